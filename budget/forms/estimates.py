"""Forms of the calculators and of emission factors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.actions.estimates import Seen
from budget.calculations.estimates import SHAPES
from budget.enums import Calculator
from budget.models import CALCULATOR_CHOICES, CALCULATOR_UNITS, Effect, Estimate, EstimateFactor
from budget.queries.estimates import EstimateData, FactorChoice
from budget.words.estimates import factor_label
from emissions.models import SCOPE_CHOICES
from web.formats import format_number
from web.forms import (
    HeltallField,
    NorskTallField,
    NorskTallWidget,
    PortalForm,
)

OWN = "own"
# Beyond this it is a typing error, and the result would not fit the column.
MOST_AMOUNT = Decimal(10) ** 10
MOST_FACTOR = Decimal(10) ** 3

ROW_LABELS = {
    Calculator.VEHICLES: gettext_lazy("Nye kjøretøy byttet ut hvert år"),
    Calculator.MACHINERY: gettext_lazy("Liter drivstoff byttet ut i året"),
    Calculator.ENERGY: gettext_lazy("kWh spart i året"),
    Calculator.FOOD_WASTE: gettext_lazy("Kilo mindre matsvinn i året"),
    Calculator.PROCUREMENT: gettext_lazy("Kroner mindre innkjøp i året"),
}


def amount_field(label: str, **more: Any) -> NorskTallField:
    options = {"min_value": 0, "max_value": MOST_AMOUNT, "decimal_places": 6, "required": False, **more}
    return NorskTallField(label=label, widget=NorskTallWidget({"size": 8}), **options)


class SeenForm(PortalForm):
    """What the page showed goes along: the version of the line, and of its effect per year, 0 for none."""

    def __init__(
        self,
        *args: Any,
        years: Iterable[int],
        effects: Mapping[int, Effect],
        line_version: int,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.years = tuple(years)
        hidden = {"version": line_version}
        hidden |= {f"version-{year}": effects[year].version if year in effects else 0 for year in self.years}
        for name, version in hidden.items():
            self.fields[name] = HeltallField(
                widget=forms.HiddenInput, initial=version, min_value=0, max_value=2**31 - 1
            )
            self.initial[name] = version

    @property
    def seen(self) -> Seen:
        data = self.cleaned_data
        return Seen(data["version"], {year: data[f"version-{year}"] for year in self.years})


class EstimateForm(SeenForm):
    """What one calculator asks for: figures per year, an emission factor for each, and assumptions."""

    def __init__(
        self,
        *args: Any,
        calculator: Calculator,
        factors: Sequence[EstimateFactor],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.calculator, self.shape = calculator, SHAPES[calculator]
        unit = CALCULATOR_UNITS[calculator]
        choices = [
            ("", _("Velg")),
            *((str(row.pk), factor_text(row)) for row in factors),
            (OWN, _("Eget tall med kilde")),
        ]
        for slot in self.shape.factors:
            self._add_factor(slot, choices, str(unit))
        if self.shape.needs_each:
            self.fields["each"] = amount_field(_("Kjørelengde for hvert kjøretøy, km i året"), required=True)
        for row in self.shape.rows:
            for year in self.years:
                least = {"min_value": -MOST_AMOUNT} if self.shape.may_grow else {}
                self.fields[f"{row}-{year}"] = amount_field(str(year), **least)
        self.fields["note"] = forms.CharField(
            label=_("Forutsetninger"),
            max_length=500,
            required=False,
            widget=forms.Textarea({"rows": 3, "cols": None}),
            help_text=_("Hva tallene bygger på. Vises på siden til tiltaket."),
        )

    def _add_factor(self, slot: str, choices: list[tuple[str, str]], unit: str) -> None:
        label = factor_label(self.calculator, slot)
        needed = not self.shape.may_grow or slot == "first"
        self.fields[f"{slot}-choice"] = forms.ChoiceField(
            label=_("{label}, kg CO₂e per {unit}").format(label=label, unit=unit),
            choices=choices,
            required=needed,
        )
        self.fields[f"{slot}-value"] = NorskTallField(
            label=_("{label}: kg CO₂e per {unit}").format(label=label, unit=unit),
            required=False,
            min_value=0,
            max_value=MOST_FACTOR,
            decimal_places=8,
        )
        self.fields[f"{slot}-source"] = forms.CharField(
            label=_("{label}: kilde").format(label=label), required=False, max_length=250
        )
        self.fields[f"{slot}-scope"] = forms.ChoiceField(
            label=_("{label}: hva tallet gjelder").format(label=label), required=False, choices=SCOPE_CHOICES
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for slot in self.shape.factors:
            if data.get(f"{slot}-choice") != OWN:
                continue
            if data.get(f"{slot}-value") is None and not self.has_error(f"{slot}-value"):
                self.add_error(f"{slot}-value", _("Skriv tallet du vil bruke."))
            if not data.get(f"{slot}-source"):
                self.add_error(f"{slot}-source", _("Skriv hvor tallet er hentet fra."))
        rows = [row for row in self.shape.rows if self._years_of(row)]
        if not rows and not any("-2" in name for name in self.errors):
            self.add_error(f"{self.shape.rows[0]}-{self.years[0]}", _("Fyll inn minst ett år."))
        for row in rows:
            if self.shape.may_grow and not data.get(f"{row}-choice") and not self.has_error(f"{row}-choice"):
                self.add_error(f"{row}-choice", _("Velg reisemåte for kilometerne du har fylt inn."))
        return data

    def _years_of(self, row: str) -> dict[int, Decimal]:
        found = ((year, self.cleaned_data.get(f"{row}-{year}")) for year in self.years)
        return {year: value for year, value in found if value is not None}

    def estimate_data(self) -> EstimateData:
        """What a valid form says. A travel row without figures is left out with its factor."""
        data = self.cleaned_data
        rows = {row: self._years_of(row) for row in self.shape.rows}
        slots = [s for s in self.shape.factors if not self.shape.may_grow or rows[s]]
        choices = {}
        for slot in slots:
            chosen = data[f"{slot}-choice"]
            choices[slot] = (
                FactorChoice(None, data[f"{slot}-value"], data[f"{slot}-source"], data[f"{slot}-scope"])
                if chosen == OWN
                else FactorChoice(int(chosen))
            )
        return EstimateData(
            self.calculator,
            {row: values for row, values in rows.items() if values},
            choices,
            data.get("each"),
            data["note"],
        )

    def factor_groups(self) -> Iterator[tuple[BoundField, list[BoundField], bool]]:
        """(the choice, the fields of an own factor, whether those are in use) for each factor."""
        for slot in self.shape.factors:
            choice = self[f"{slot}-choice"]
            own = [self[f"{slot}-{part}"] for part in ("value", "source", "scope")]
            yield choice, own, choice.value() == OWN

    def year_groups(self) -> Iterator[tuple[str, list[BoundField]]]:
        """(what the figures are, a field per year)"""
        for number, row in enumerate(self.shape.rows):
            label = (
                str(ROW_LABELS[self.calculator])
                if self.calculator in ROW_LABELS
                else _("Færre km i året, {mode}").format(
                    mode=factor_label(self.calculator, self.shape.factors[number]).lower()
                )
            )
            yield label, [self[f"{row}-{year}"] for year in self.years]


def initial_from(estimate: Estimate | None, factors: Sequence[EstimateFactor]) -> dict[str, Any]:
    """What a form begins with when the line has been estimated before: the same figures, today's factors."""
    if estimate is None:
        return {}
    current = {row.code: row.pk for row in factors}
    initial: dict[str, Any] = {"note": estimate.note}
    if estimate.inputs["each"] is not None:
        initial["each"] = Decimal(estimate.inputs["each"])
    for row, years in estimate.inputs["rows"].items():
        initial |= {f"{row}-{year}": Decimal(value) for year, value in years.items()}
    for slot, factor in estimate.factors.items():
        if factor["code"] in current:
            initial[f"{slot}-choice"] = str(current[factor["code"]])
        else:
            initial[f"{slot}-choice"] = OWN
            initial[f"{slot}-value"] = Decimal(factor["value"])
            initial[f"{slot}-source"], initial[f"{slot}-scope"] = factor["source"], factor["scope"]
    return initial


def factor_text(row: EstimateFactor) -> str:
    """«Personbil, bensin: 0,17 (utgave 1, eksempeldata)»"""
    text = _("{name}: {value} (utgave {version}, eksempeldata)") if row.is_example else ""
    text = text or _("{name}: {value} (utgave {version})")
    return text.format(name=row.name, value=format_number(row.value), version=row.version)


class FactorForm(PortalForm):
    """A new emission factor, or a new version of one."""

    calculator = forms.ChoiceField(label=gettext_lazy("Kalkulator"), choices=CALCULATOR_CHOICES)
    code = forms.SlugField(
        label=gettext_lazy("Kode"),
        max_length=60,
        help_text=gettext_lazy(
            "Samme kode som før gir en ny utgave. Bare små bokstaver, tall og bindestrek."
        ),
    )
    name = forms.CharField(label=gettext_lazy("Navn"), max_length=120)
    value = NorskTallField(
        label=gettext_lazy("kg CO₂e per måleenhet"),
        help_text=gettext_lazy("Per km, liter, kWh, kg mat eller krone, etter kalkulatoren."),
        min_value=0,
        max_value=MOST_FACTOR,
        decimal_places=8,
    )
    scope = forms.ChoiceField(label=gettext_lazy("Hva tallet gjelder"), choices=SCOPE_CHOICES)
    source = forms.CharField(label=gettext_lazy("Kilde"), max_length=250)
    valid_from = HeltallField(label=gettext_lazy("Gjelder fra år"), min_value=1990, max_value=2100)
