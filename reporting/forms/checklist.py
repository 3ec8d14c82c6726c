"""Ticking off a point of the checklist."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from web.forms import PortalForm


class TickForm(PortalForm):
    note = forms.CharField(
        label=_("Hvorfor er punktet i orden?"),
        max_length=300,
        help_text=_("For eksempel at det gjelder hele avtalen, eller følges opp et annet sted."),
        error_messages={
            "required": _("Skriv kort hvorfor punktet er i orden."),
            "max_length": _("Teksten er for lang. Den kan ha høyst %(limit_value)s tegn."),
        },
    )
