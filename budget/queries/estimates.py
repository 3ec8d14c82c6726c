"""Estimates worked out, and read back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Subquery

from budget.calculations.estimates import (
    SHAPES,
    Inputs,
    MixedScopes,
    NegativeEstimate,
    estimated,
    inputs_for,
    result_scope,
)
from budget.enums import Calculator, EstimateProblem
from budget.models import OWN_FACTOR_LABEL, Effect, Estimate, EstimateFactor, Line
from budget.queries.rows import horizon_of
from emissions.enums import Scope


class CannotEstimate(ValueError):
    """Nothing can be worked out from this. `grows`: the year and the tonnes by which emissions would grow."""

    def __init__(self, problem: EstimateProblem, grows: tuple[int, Decimal] | None = None) -> None:
        super().__init__(problem.value)
        self.problem, self.grows = problem, grows


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
        raise CannotEstimate(EstimateProblem.INCOMPLETE) from None
    try:
        scope = result_scope((Scope(factor.scope) for factor in factors.values()), Scope(line.scope))
        tonnes = estimated(inputs, horizon_of(line.budget))
    except MixedScopes:
        raise CannotEstimate(EstimateProblem.MIXED_SCOPES) from None
    except NegativeEstimate as more:
        raise CannotEstimate(EstimateProblem.NO_REDUCTION, (more.year, abs(more.tonnes))) from None
    return Calculation(data, inputs, factors, tonnes, scope)


def _factors_used(data: EstimateData) -> dict[str, FactorUse]:
    ids = [choice.factor_id for choice in data.choices.values() if choice.factor_id is not None]
    rows = EstimateFactor.objects.filter(pk__in=ids, calculator=data.calculator).in_bulk()
    used = {}
    for name, choice in data.choices.items():
        if choice.factor_id is not None:
            if choice.factor_id not in rows:
                raise CannotEstimate(EstimateProblem.UNKNOWN_FACTOR)
            used[name] = _factor_use(rows[choice.factor_id])
        elif choice.value is not None and choice.source.strip() and choice.scope in set(Scope):
            used[name] = FactorUse(
                str(OWN_FACTOR_LABEL), str(choice.value), choice.scope, choice.source.strip()
            )
        else:
            raise CannotEstimate(EstimateProblem.OWN_FACTOR_INCOMPLETE)
    return used


def _factor_use(row: EstimateFactor) -> FactorUse:
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
        used[name] = FactorUse(**stored) if row is None else _factor_use(row)
        if row is not None:
            choices[name] = FactorChoice(row.pk)
    return _calculated(replace(data, choices=choices), used, estimate.line)


@dataclass(frozen=True, slots=True)
class EstimateInForce:
    """A stored estimate. result: tonnes of CO2e per year; `matches`: the line still has those figures."""

    estimate: Estimate
    calculator: Calculator
    inputs: Inputs
    factors: Mapping[str, FactorUse]
    result: Mapping[int, Decimal]
    matches: bool


def estimate_of(line: Line) -> EstimateInForce | None:
    """The estimate in force for the line; two queries at most."""
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
    return EstimateInForce(estimate, data.calculator, inputs, factors, result, matches=now == result)
