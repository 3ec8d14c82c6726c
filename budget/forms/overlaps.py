"""The form of a decision about overlap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from budget.enums import OverlapMethod
from budget.forms.tables import FigureField, TableForm, TableRow
from budget.queries.rows import LineRow
from web.forms import (
    HeltallField,
    LongTextField,
)

METHODS = {
    OverlapMethod.PRODUCT: _("Felles utslippsgrunnlag: hvert tiltak kutter sin del av det som er igjen"),
    OverlapMethod.FIXED: _("Oppgitt antall tonn: overlappet er regnet ut et annet sted"),
    OverlapMethod.NONE: _("Ingen overlapp: tiltakene virker på hver sin del av utslippene"),
}


class OverlapForm(TableForm):
    """Which lines share emissions of one source, how, and who decided."""

    caption = _("Tonn CO₂e per år")
    columns = (_("År"), _("Referansebanen til kilden"), _("Felles grunnlag eller overlapp"))
    lines = forms.MultipleChoiceField(
        label=_("Tiltak som virker på de samme utslippene"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Velg minst to tiltak.")},
    )
    method = forms.ChoiceField(
        label=_("Avgjørelse"),
        choices=[(method.value, label) for method, label in METHODS.items()],
        widget=forms.RadioSelect,
    )
    reason = LongTextField(
        label=_("Begrunnelse"), help_text=_("Hvorfor tiltakene overlapper, eller hvorfor ikke."), rows=3
    )
    decided_by = forms.CharField(label=_("Avgjort av"), max_length=120)
    version = HeltallField(widget=forms.HiddenInput, min_value=0, initial=0)

    def __init__(
        self,
        *args: Any,
        lines: Sequence[LineRow],
        reference: Mapping[int, Decimal | None],
        stored: Mapping[int, Decimal],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.reference = reference
        choices = self.fields["lines"]
        assert isinstance(choices, forms.MultipleChoiceField)
        choices.choices = [(str(line.pk), f"{line.code} {line.title}") for line in lines]
        for year in reference:
            figure = stored.get(year)
            self.fields[f"tonnes-{year}"] = FigureField(
                label=str(_("Felles grunnlag eller overlapp {year}, tonn")).format(year=year),
                required=False,
                min_value=0,
                max_digits=20,
                decimal_places=6,
                initial=None if figure is None else figure.normalize() + 0,
            )

    def rows(self) -> list[TableRow]:
        return [
            TableRow(str(year), [tonnes, self[f"tonnes-{year}"]]) for year, tonnes in self.reference.items()
        ]

    @property
    def years(self) -> dict[int, Decimal]:
        return {
            year: tonnes
            for year in self.reference
            if (tonnes := self.cleaned_data[f"tonnes-{year}"]) is not None
        }

    @property
    def line_ids(self) -> list[int]:
        return [int(pk) for pk in self.cleaned_data["lines"]]
