"""The form for how many live in a municipality."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from emissions.models import Municipality, Population
from web.forms import (
    HeltallField,
    NorskTallField,
    PortalForm,
)
from web.sorting import NorskSort


class PopulationForm(PortalForm):
    """Inhabitants on 1 January of one year. The municipality and the year say which row it is."""

    municipality = forms.ModelChoiceField(
        queryset=Municipality.objects.none(),
        label=_("Kommune"),
        empty_label=_("Velg kommune"),
        error_messages={"invalid_choice": _("Kommunen finnes ikke i klimaregnskapet. Velg en annen.")},
    )
    year = HeltallField(
        label=_("År"),
        min_value=1970,
        max_value=2200,
        widget=forms.TextInput({"size": 6, "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Skriv et årstall med fire sifre, for eksempel 2024."),
            "min_value": _("Skriv et årstall fra 1970 til 2200."),
            "max_value": _("Skriv et årstall fra 1970 til 2200."),
        },
    )
    inhabitants = NorskTallField(
        label=_("Innbyggere 1. januar"),
        min_value=1,
        max_value=20_000_000,
        decimal_places=0,
        error_messages={"max_decimal_places": _("Skriv folketallet som et helt tall.")},
    )
    source = forms.CharField(
        label=_("Kilde"),
        max_length=200,
        help_text=_("Hvor tallet står, for eksempel «SSB, tabell 07459»."),
        error_messages={"max_length": _("Kilden er for lang. Den kan ha høyst 200 tegn.")},
    )
    is_example = forms.BooleanField(
        label=_("Eksempeldata: tallet er ikke hentet fra en offentlig kilde"), required=False
    )
    version = HeltallField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, row: Population | None = None, **kwargs: Any) -> None:
        """With a row, its municipality and year stand: a version belongs to that row and no other."""
        super().__init__(*args, **kwargs)
        municipalities = Municipality.objects.order_by(NorskSort("name"))
        self.fields["municipality"].queryset = municipalities  # type: ignore[attr-defined]
        for name in ("municipality", "year"):
            self.fields[name].disabled = row is not None
        self.fields["version"].disabled = row is None
