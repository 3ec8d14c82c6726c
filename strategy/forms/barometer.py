"""Forms of the klimabarometer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from emissions.models import MISSING_LABELS, Sector
from strategy.actions.barometer import ValueData
from strategy.models import (
    DIRECTION_LABELS,
    FREQUENCY_LABELS,
    BarometerIndicator,
    parse_period,
    period_example,
)
from strategy.queries.barometer import PeriodRow
from strategy.words.barometer import newest_before
from web.forms import (
    HeltallField,
    LongTextField,
    NorskTallField,
    PortalForm,
)

FIGURE_FIELDS = ("value", "missing_reason", "source_note")
INDICATOR_FIELDS = (
    "name",
    "unit_label",
    "direction",
    "frequency",
    "source",
    "description",
    "sector",
    "order",
    "active",
)


class BarometerIndicatorForm(PortalForm):
    """What an indicator counts, how often, and which way is good."""

    name = forms.CharField(
        label=gettext_lazy("Navn"),
        max_length=160,
        help_text=gettext_lazy("For eksempel «Andelen nullutslippsbiler»."),
    )
    unit_label = forms.CharField(
        label=gettext_lazy("Måleenhet"),
        max_length=40,
        help_text=gettext_lazy("For eksempel %, liter eller kWh per m²."),
    )
    direction = forms.ChoiceField(
        label=gettext_lazy("Hva er bra?"),
        choices=[(code, capfirst(label)) for code, label in DIRECTION_LABELS.items()],
    )
    frequency = forms.ChoiceField(
        label=gettext_lazy("Hvor ofte kommer tallet?"),
        choices=[(code, capfirst(label)) for code, label in FREQUENCY_LABELS.items()],
    )
    source = forms.CharField(
        label=gettext_lazy("Kilde"),
        max_length=250,
        help_text=gettext_lazy("Hvem som har tallet, og hvor det står."),
    )
    description = LongTextField(label=gettext_lazy("Hva tallet viser"), max_length=1000, required=False)
    sector = forms.ModelChoiceField(
        queryset=Sector.objects.none(),
        label=gettext_lazy("Sektor i klimaregnskapet"),
        required=False,
        empty_label=gettext_lazy("Ingen bestemt sektor"),
    )
    order = HeltallField(
        label=gettext_lazy("Plass i rekken"),
        min_value=1,
        max_value=999,
        initial=100,
        widget=forms.TextInput(attrs={"size": 6, "inputmode": "numeric"}),
        help_text=gettext_lazy("Lavest tall står først."),
        error_messages={
            "invalid": gettext_lazy("Skriv et helt tall fra 1 til 999."),
            "min_value": gettext_lazy("Skriv et helt tall fra 1 til 999."),
            "max_value": gettext_lazy("Skriv et helt tall fra 1 til 999."),
        },
    )
    active = forms.BooleanField(label=gettext_lazy("Vis i barometeret"), required=False, initial=True)
    version = HeltallField(widget=forms.HiddenInput, initial=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sector"].queryset = Sector.objects.order_by("name")  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """The indicator's fields by name."""
        return {name: self.cleaned_data[name] for name in INDICATOR_FIELDS}


class FigureForm(PortalForm):
    """A figure in an indicator's unit, or why there is none."""

    needed_at_times = frozenset({"value", "missing_reason"})

    value = NorskTallField(label=gettext_lazy("Verdi"), max_digits=18, decimal_places=4, required=False)
    missing_reason = forms.ChoiceField(
        label=gettext_lazy("Hvis tallet mangler: hvorfor?"),
        required=False,
        choices=[
            ("", gettext_lazy("Tallet mangler ikke")),
            *((code.value, capfirst(label)) for code, label in MISSING_LABELS.items()),
        ],
    )
    source_note = forms.CharField(label=gettext_lazy("Kilde eller merknad"), max_length=250, required=False)
    version = HeltallField(widget=forms.HiddenInput, initial=0)

    def __init__(self, *args: Any, indicator: BarometerIndicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        self.fields["value"].label = _("Verdi, {unit}").format(unit=indicator.unit_label)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name, sentence in _faults(cleaned):
            self.add_error(name, sentence)
        return cleaned


def _faults(cleaned: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(field, sentence) of a figure that says neither how much nor why not, or both."""
    if "value" not in cleaned or "missing_reason" not in cleaned:
        return
    value: Decimal | None = cleaned["value"]
    if value is None and not cleaned["missing_reason"]:
        yield "value", _("Skriv et tall, eller velg hvorfor det mangler.")
    elif value is not None and cleaned["missing_reason"]:
        yield "missing_reason", _("Du har skrevet et tall. Velg «Tallet mangler ikke».")


class ValueForm(FigureForm):
    """One period of one indicator."""

    period = forms.CharField(label=gettext_lazy("Periode"), max_length=40)
    field_order = ("period",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].help_text = _("Skriv {example}.").format(
            example=period_example(self.indicator.frequency)
        )

    def clean_period(self) -> date:
        try:
            return parse_period(self.indicator.frequency, self.cleaned_data["period"])
        except ValueError as problem:
            raise ValidationError(str(problem)) from None


class PeriodFiguresForm(PortalForm):
    """Every indicator of a period, a row of a table each. A row nobody has touched asks for nothing.

    What stood in it goes along, hidden: others may have changed the same row since it was shown, and a row
    left alone is no opinion about theirs.
    """

    def __init__(self, data: Any = None, *, rows: Sequence[PeriodRow]) -> None:
        stored = {
            in_row(row.indicator.pk, name): getattr(row.value, name)
            for row in rows
            for name in (*FIGURE_FIELDS, "version")
            if row.value is not None
        }
        super().__init__(data, initial=stored)
        self.rows = rows
        for row in rows:
            self.fields |= _row_fields(row.indicator)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for row in self._touched():
            for name, sentence in _faults(self._said(row, cleaned)):
                self.add_error(in_row(row.indicator.pk, name), sentence)
        return cleaned

    def _touched(self) -> list[PeriodRow]:
        changed = set(self.changed_data)
        return [
            row for row in self.rows if changed & {in_row(row.indicator.pk, name) for name in FIGURE_FIELDS}
        ]

    def _said(self, row: PeriodRow, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        names = {name: in_row(row.indicator.pk, name) for name in (*FIGURE_FIELDS, "version")}
        return {name: cleaned[own] for name, own in names.items() if own in cleaned}

    def values(self, start: date) -> list[tuple[BarometerIndicator, ValueData]]:
        """What the rows somebody has touched say of the period; asked when it is valid."""
        return [
            (row.indicator, ValueData(period=start, **self._said(row, self.cleaned_data)))
            for row in self._touched()
        ]

    @property
    def lines(self) -> list[tuple[BarometerIndicator, str, BoundField, list[BoundField]]]:
        """(indicator, its newest figure from before, its version, its cells) of each row."""
        return [
            (
                row.indicator,
                newest_before(row),
                self[in_row(row.indicator.pk, "version")],
                [self[in_row(row.indicator.pk, name)] for name in FIGURE_FIELDS],
            )
            for row in self.rows
        ]


def in_row(indicator: int, name: str) -> str:
    """What a field of a figure is called in the row of an indicator."""
    return f"i{indicator}-{name}"


def _row_fields(indicator: BarometerIndicator) -> dict[str, forms.Field]:
    fields = FigureForm(indicator=indicator).fields
    named = (
        ("value", _("{name}, verdi i {unit}")),
        ("missing_reason", _("{name}, hvorfor tallet mangler")),
        ("source_note", _("{name}, kilde eller merknad")),
    )
    for name, label in named:
        fields[name].label = label.format(name=indicator.name, unit=indicator.unit_label)
        fields[name].show_hidden_initial = True
    fields["value"].widget.attrs["size"] = 9
    return {in_row(indicator.pk, name): field for name, field in fields.items()}


# Heading, and (code, words) of each period under it.
PeriodGroup = tuple[str, Sequence[tuple[str, str]]]


class PeriodForm(PortalForm):
    """Which period to fill in."""

    periode = forms.ChoiceField(label=gettext_lazy("Periode"))

    def __init__(self, *args: Any, periods: Sequence[PeriodGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["periode"].choices = periods  # type: ignore[attr-defined]
