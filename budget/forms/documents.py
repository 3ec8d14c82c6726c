"""Forms of the document and its lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from budget.actions.transitions import CASE_NUMBER_LENGTH
from budget.models import Effect
from climate_portal.web.forms import LongTextField, NorskDatoField, NorskTallField, PortalForm


class CommentForm(PortalForm):
    """Words to those who take over."""

    comment = LongTextField(label=_("Kommentar"), max_length=1000, required=False)


class AdoptionForm(PortalForm):
    adopted_on = NorskDatoField(label=_("Vedtaksdato"), help_text=_("Dagen kommunestyret vedtok budsjettet."))
    case_number = forms.CharField(
        label=_("Saksnummer"), max_length=CASE_NUMBER_LENGTH, help_text=_("For eksempel 25/101.")
    )


class LineForm(PortalForm):
    """One line: an effect per year and what the line says about itself."""

    def __init__(
        self, *args: Any, years: Iterable[int], effects: Mapping[int, Effect], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.years = tuple(years)
        for year in self.years:
            effect = effects.get(year)
            self.fields[f"effect-{year}"] = NorskTallField(
                label=_("Effekt {year}, tonn CO₂e").format(year=year),
                required=False,
                min_value=0,
                max_digits=20,
                decimal_places=6,
                initial=effect.tonnes.normalize() if effect else None,
            )
            self.fields[f"version-{year}"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=effect.version if effect else 0, min_value=0
            )
        self.order_fields([*(name for name in self.fields if "-" in name), *self.fields])

    already_counted = NorskTallField(
        label=_("Allerede med i regnskapet, tonn CO₂e"),
        help_text=_("Det av effekten som vises i siste regnskapsår. Trekkes fra hvert år."),
        min_value=0,
        max_digits=20,
        decimal_places=6,
        initial=Decimal(0),
    )
    assumptions = LongTextField(label=_("Metode og forutsetninger"), required=False, rows=5)
    not_quantified_reason = forms.CharField(
        label=_("Hvorfor tiltaket ikke er tallfestet"),
        help_text=_("Bare for tiltak uten tall i tonn."),
        max_length=300,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
