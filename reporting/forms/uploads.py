"""Choosing a file of a period."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from strategy.forms.measure_import import RegisterFileForm


class PeriodFileForm(RegisterFileForm):
    file = forms.FileField(
        label=_("Fil"),
        help_text=_("XLSX eller CSV, høyst 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={"empty": _("Filen er tom. Velg en fil med rader.")},
    )
