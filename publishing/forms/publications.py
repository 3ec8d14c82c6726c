"""What is asked before something is published."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from web.forms import PortalForm


class PublishForm(PortalForm):
    """The case in the municipality's archive, where there is one."""

    case_number = forms.CharField(
        label=gettext_lazy("Saksnummer i arkivet"),
        help_text=gettext_lazy("Valgfritt. Står på første side og i arkivpakken."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"size": 20, "autocomplete": "off"}),
    )
