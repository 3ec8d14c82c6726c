"""The form of a line's row in the økonomiplan."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from web.forms import HeltallField, PortalForm


class PlanRowForm(PortalForm):
    """The row of the økonomiplan a line gets its money from. The page has those of the newest file."""

    plan_row = forms.CharField(
        label=_("Rad i økonomiplanen"),
        max_length=120,
        required=False,
        help_text=_("Slik raden er skrevet i filen med regnskapstall. La stå tomt for det budsjettet sier."),
        widget=forms.TextInput(attrs={"list": "rader", "size": 40, "autocomplete": "off"}),
    )
    version = HeltallField(widget=forms.HiddenInput)
