"""Estimates worked out, read back and put in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.calculations.estimates import (
    SHAPES,
    Inputs,
    MixedScopes,
    NegativeEstimate,
    Term,
    Vehicles,
    estimated,
    inputs_for,
    result_scope,
)
from budget.enums import Calculator
from budget.models import CALCULATOR_LABELS, Effect, Estimate, EstimateFactor, Line
from budget.queries.reading import horizon_of
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS
from web.formats import MINUS, NBSP, format_number

QUANTITIES = {
    Calculator.VEHICLES: gettext_lazy("kjøretøy"),
    Calculator.MACHINERY: gettext_lazy("liter"),
    Calculator.ENERGY: gettext_lazy("kWh"),
    Calculator.FOOD_WASTE: gettext_lazy("kg mat"),
    Calculator.TRAVEL: gettext_lazy("km"),
    Calculator.PROCUREMENT: gettext_lazy("kroner"),
}
TWO_DECIMALS = 2


class CannotEstimate(ValueError):
    """Nothing can be worked out from this; `str()` is a Norwegian sentence that says what to correct."""


@dataclass(frozen=True, slots=True)
class FactorChoice:
    """A factor from the table by its id, or one typed: kg CO2e per unit, with source and scope."""

    factor_id: int | None
    value: Decimal | None = None
    source: str = ""
    scope: str = ""


@dataclass(frozen=True, slots=True)
class EstimateData:
    """What somebody filled in. rows: units per year; each: km a year for each vehicle."""

    calculator: Calculator
    rows: Mapping[str, Mapping[int, Decimal]]
    choices: Mapping[str, FactorChoice]
    each: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class FactorUse:
    """A factor as it was when it was used, kg CO2e per unit. version 0: typed, not from the table."""

    name: str
    value: str
    scope: str
    source: str
    code: str = ""
    version: int = 0
    is_example: bool = False

    @property
    def edition(self) -> str:
        return _("utgave {n}").format(n=self.version) if self.version else _("eget tall")


@dataclass(frozen=True, slots=True)
class Calculation:
    """A result before anybody saves it: tonnes of CO2e per year, in `scope`, and how it came about."""

    data: EstimateData
    inputs: Inputs
    factors: Mapping[str, FactorUse]
    tonnes: Mapping[int, Decimal]
    scope: Scope

    def stored_inputs(self) -> dict[str, Any]:
        rows = {
            name: {str(year): str(value) for year, value in row.items()}
            for name, row in self.data.rows.items()
            if row
        }
        return {"rows": rows, "each": None if self.data.each is None else str(self.data.each)}

    def stored_factors(self) -> dict[str, Any]:
        return {name: asdict(factor) for name, factor in self.factors.items()}

    def stored_result(self) -> dict[str, str]:
        return {str(year): str(tonnes) for year, tonnes in self.tonnes.items()}


def calculate(data: EstimateData, line: Line) -> Calculation:
    """Work out the effect of the line in every year of its budget, tonnes of CO2e.

    Factors of the table are read as they stand there; one query. Raises CannotEstimate.
    """
    return _calculated(data, _factors_used(data), line)


def _calculated(data: EstimateData, factors: Mapping[str, FactorUse], line: Line) -> Calculation:
    values = {name: Decimal(factor.value) for name, factor in factors.items()}
    try:
        inputs = inputs_for(data.calculator, data.rows, values, data.each)
    except ValueError:
        raise CannotEstimate(
            _("Fyll inn minst ett år, og bruk ikke negative tall. Velg en faktor for det du fyller inn.")
        ) from None
    try:
        scope = result_scope((Scope(factor.scope) for factor in factors.values()), Scope(line.scope))
        tonnes = estimated(inputs, horizon_of(line.budget))
    except MixedScopes:
        raise CannotEstimate(
            _("Faktorene har ulike systemgrenser og kan ikke regnes sammen. Velg faktorer med samme grense.")
        ) from None
    except NegativeEstimate as more:
        raise CannotEstimate(
            _("I {year} blir utslippene {tonnes} tonn større enn før. Det gir ingen effekt.").format(
                year=more.year, tonnes=format_number(abs(more.tonnes), TWO_DECIMALS)
            )
        ) from None
    return Calculation(data, inputs, factors, tonnes, scope)


def _factors_used(data: EstimateData) -> dict[str, FactorUse]:
    ids = [choice.factor_id for choice in data.choices.values() if choice.factor_id is not None]
    rows = EstimateFactor.objects.filter(pk__in=ids, calculator=data.calculator).in_bulk()
    used = {}
    for name, choice in data.choices.items():
        if choice.factor_id is not None:
            if choice.factor_id not in rows:
                raise CannotEstimate(_("Faktoren finnes ikke. Velg en annen."))
            used[name] = _use(rows[choice.factor_id])
        elif choice.value is not None and choice.source.strip() and choice.scope in set(Scope):
            used[name] = FactorUse(_("eget tall"), str(choice.value), choice.scope, choice.source.strip())
        else:
            raise CannotEstimate(_("Skriv både tall og kilde for faktoren du har funnet selv."))
    return used


def _use(row: EstimateFactor) -> FactorUse:
    value = f"{row.value.normalize():f}"
    return FactorUse(row.name, value, row.scope, row.source, row.code, row.version, row.is_example)


def latest_factors(calculator: Calculator | None = None) -> list[EstimateFactor]:
    """The newest version of every factor, by calculator and name; one query."""
    newest = EstimateFactor.objects.filter(code=OuterRef("code")).order_by("-version").values("version")[:1]
    rows = EstimateFactor.objects.filter(version=Subquery(newest)).order_by("calculator", "name")
    return list(rows if calculator is None else rows.filter(calculator=calculator))


def stored_data(estimate: Estimate) -> EstimateData:
    """What was filled in for a stored estimate, its factors pinned to the values they had."""
    calculator = Calculator(estimate.calculator)
    rows = {
        name: {int(year): Decimal(value) for year, value in row.items()}
        for name, row in estimate.inputs["rows"].items()
    }
    each = estimate.inputs["each"]
    choices = {
        name: FactorChoice(None, Decimal(factor["value"]), factor["source"], factor["scope"])
        for name, factor in estimate.factors.items()
    }
    return EstimateData(calculator, rows, choices, None if each is None else Decimal(each), estimate.note)


def stored_factors(estimate: Estimate) -> Iterable[tuple[str, dict[str, Any]]]:
    """(name, factor as stored) in the calculator's order; the database keeps none."""
    names = SHAPES[Calculator(estimate.calculator)].factors
    return [(name, estimate.factors[name]) for name in names if name in estimate.factors]


def recalculate(estimate: Estimate) -> Calculation:
    """The stored inputs with today's factors; a typed factor stays. Two queries. Raises CannotEstimate."""
    data = stored_data(estimate)
    today = {row.code: row for row in latest_factors(data.calculator)}
    used, choices = {}, dict(data.choices)
    for name, stored in stored_factors(estimate):
        row = today.get(stored["code"])
        used[name] = FactorUse(**stored) if row is None else _use(row)
        if row is not None:
            choices[name] = FactorChoice(row.pk)
    return _calculated(replace(data, choices=choices), used, estimate.line)


@dataclass(frozen=True, slots=True)
class EstimateReading:
    """A stored estimate as people read it. `matches`: the line still has the figures it gave."""

    estimate: Estimate
    title: str
    scope: str
    factors: tuple[tuple[str, FactorUse], ...]
    sentences: tuple[str, ...]
    matches: bool
    is_example: bool


def estimate_of(line: Line) -> EstimateReading | None:
    """The estimate in force for the line, with its arithmetic in words; two queries at most."""
    estimate = line.estimates.select_related("created_by").order_by("-pk").first()
    if estimate is None:
        return None
    estimate.line = line
    data = stored_data(estimate)
    factors = {name: FactorUse(**factor) for name, factor in stored_factors(estimate)}
    values = {name: Decimal(factor.value) for name, factor in factors.items()}
    inputs = inputs_for(data.calculator, data.rows, values, data.each)
    result = {int(year): Decimal(tonnes) for year, tonnes in estimate.result.items()}
    now = dict(Effect.objects.filter(line=line, year__in=result).values_list("year", "tonnes"))
    return EstimateReading(
        estimate=estimate,
        title=str(CALCULATOR_LABELS[data.calculator]),
        scope=str(SCOPE_LABELS[Scope(estimate.scope)]),
        factors=tuple((factor_label(data.calculator, name), factor) for name, factor in factors.items()),
        sentences=tuple(arithmetic(data.calculator, inputs, result)),
        matches=now == result,
        is_example=any(factor.is_example for factor in factors.values()),
    )


FACTOR_LABELS = {
    "before": gettext_lazy("Utslipp før"),
    "after": gettext_lazy("Utslipp etter"),
    "factor": gettext_lazy("Utslippsfaktor"),
    "first": gettext_lazy("Første reisemåte"),
    "second": gettext_lazy("Andre reisemåte"),
    "third": gettext_lazy("Tredje reisemåte"),
}


def factor_label(calculator: Calculator, name: str) -> str:
    assert name in SHAPES[calculator].factors
    return str(FACTOR_LABELS[name])


def arithmetic(calculator: Calculator, inputs: Inputs, tonnes: Mapping[int, Decimal]) -> Iterable[str]:
    """«40 kjøretøy × 15 000 km × (0,17 − 0) kg = 102 tonn i året fra 2028»; years that are alike together.

    Years with nothing done yet have no sentence.
    """
    years = sorted(tonnes)
    start = 0
    while start < len(years):
        end = start
        terms = inputs.terms(years[start])
        while end + 1 < len(years) and inputs.terms(years[end + 1]) == terms:
            end += 1
        if any(term.quantity for term in terms):
            yield _("{sum} = {tonnes} tonn {when}").format(
                sum=" + ".join(_term(calculator, inputs, term) for term in terms if term.quantity),
                tonnes=format_number(round(tonnes[years[start]], TWO_DECIMALS)),
                when=_when(years[start], years[end], years[-1]),
            )
        start = end + 1


def _term(calculator: Calculator, inputs: Inputs, term: Term) -> str:
    quantity = f"{format_number(term.quantity)}{NBSP}{QUANTITIES[calculator]}"
    each = f" × {format_number(term.each)}{NBSP}km" if isinstance(inputs, Vehicles) else ""
    before, after = format_number(term.before), format_number(term.after)
    if "after" not in SHAPES[calculator].factors:
        return f"{quantity} × {before}{NBSP}kg"
    return f"{quantity}{each} × ({before}{NBSP}{MINUS}{NBSP}{after}){NBSP}kg"


def _when(first: int, last: int, horizon: int) -> str:
    if first == last:
        return _("i {year}").format(year=first)
    if last == horizon:
        return _("i året fra {year}").format(year=first)
    return _("i året fra {first} til {last}").format(first=first, last=last)
