"""Forms of the klimabarometer."""

from __future__ import annotations

from collections.abc import Sequence
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
from strategy.models import (
    DIRECTION_LABELS,
    FREQUENCY_LABELS,
    BarometerIndicator,
    parse_period,
    period_example,
)
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
        if "value" not in cleaned or "missing_reason" not in cleaned:
            return cleaned
        value: Decimal | None = cleaned["value"]
        if value is None and not cleaned["missing_reason"]:
            self.add_error("value", _("Skriv et tall, eller velg hvorfor det mangler."))
        elif value is not None and cleaned["missing_reason"]:
            self.add_error("missing_reason", _("Du har skrevet et tall. Velg «Tallet mangler ikke»."))
        return cleaned


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


class PeriodRowForm(FigureForm):
    """One indicator among all those of a period. A row nobody has touched asks for nothing.

    What stood in it goes along, hidden: others may have changed the same row since it was shown, and a row
    left alone is no opinion about theirs.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = (
            ("value", _("{name}, verdi i {unit}")),
            ("missing_reason", _("{name}, hvorfor tallet mangler")),
            ("source_note", _("{name}, kilde eller merknad")),
        )
        for name, label in named:
            field = self.fields[name]
            field.label = label.format(name=self.indicator.name, unit=self.indicator.unit_label)
            field.show_hidden_initial = True
        self.fields["value"].widget.attrs["size"] = 9

    @property
    def is_touched(self) -> bool:
        return any(name in self.changed_data for name in FIGURE_FIELDS)

    @property
    def cells(self) -> list[BoundField]:
        return [self[name] for name in FIGURE_FIELDS]

    def clean(self) -> dict[str, Any]:
        return super().clean() if self.is_touched else self.cleaned_data


# Heading, and (code, words) of each period under it.
PeriodGroup = tuple[str, Sequence[tuple[str, str]]]


class PeriodForm(PortalForm):
    """Which period to fill in."""

    periode = forms.ChoiceField(label=gettext_lazy("Periode"))

    def __init__(self, *args: Any, periods: Sequence[PeriodGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["periode"].choices = periods  # type: ignore[attr-defined]
