"""Estimates of a line's effect: activity times emission factor, in kg CO2e, given as tonnes per year.

Every calculator comes down to terms, quantity × each × (before − after), so that the figure and the
arithmetic shown in words are the same numbers. Method: activity data times emission factors, as in the GHG
Protocol and Miljødirektoratet's guidance on municipal measures. Factors are given, never known here.

Years: newly replaced vehicles add up from year to year. Everything else is a level: a year without a figure
is as the year before, and before the first figure nothing is done yet, which is zero and not unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import TypeAlias

from budget.enums import Calculator
from emissions.enums import Scope

ZERO, ONE = Decimal(0), Decimal(1)
KG_PER_TONNE = Decimal(1000)
# The effect of a line is stored with six decimals of a tonne.
SIX_DECIMALS = Decimal("0.000001")
# Wide enough for every product of figures a form lets through.
PRECISION = 100
# The same physical emission counts in both: where it happens, and with whoever causes it.
DIRECT_SCOPES = frozenset({Scope.COMMUNITY_DIRECT, Scope.OWN_OPERATIONS_DIRECT})

PerYear: TypeAlias = Mapping[int, Decimal]


class NegativeEstimate(ValueError):
    """More emissions than before in `year`: that is no reduction, and no effect to enter."""

    def __init__(self, year: int, tonnes: Decimal) -> None:
        super().__init__(f"{tonnes} tonnes in {year}")
        self.year, self.tonnes = year, tonnes


class MixedScopes(ValueError):
    """The factors belong to different scopes, which are never added together."""


@dataclass(frozen=True, slots=True)
class Term:
    """quantity × each × (before − after), kg CO2e; before and after are kg CO2e per unit."""

    quantity: Decimal
    each: Decimal
    before: Decimal
    after: Decimal

    @property
    def kg(self) -> Decimal:
        with localcontext(prec=PRECISION):
            return self.quantity * self.each * (self.before - self.after)


@dataclass(frozen=True, slots=True)
class Vehicles:
    """Vehicles newly replaced per year, km driven by each in a year, kg CO2e per km before and after."""

    replaced: PerYear
    km: Decimal
    before: Decimal
    after: Decimal

    def terms(self, year: int) -> tuple[Term, ...]:
        return (Term(total(self.replaced, year), self.km, self.before, self.after),)


@dataclass(frozen=True, slots=True)
class Machinery:
    """Litres of fuel replaced in a year, kg CO2e per litre before and after."""

    litres: PerYear
    before: Decimal
    after: Decimal

    def terms(self, year: int) -> tuple[Term, ...]:
        return (Term(level(self.litres, year), ONE, self.before, self.after),)


@dataclass(frozen=True, slots=True)
class Reduction:
    """Less of one activity in a year (kWh, kg of food waste, NOK), kg CO2e per unit of it."""

    less: PerYear
    factor: Decimal

    def terms(self, year: int) -> tuple[Term, ...]:
        return (Term(level(self.less, year), ONE, self.factor, ZERO),)


@dataclass(frozen=True, slots=True)
class Journey:
    """Fewer km in a year by one mode of travel (negative: more of it), kg CO2e per km."""

    less_km: PerYear
    factor: Decimal


@dataclass(frozen=True, slots=True)
class Travel:
    """Journeys by mode. More train may stand beside less flight; together they must be a reduction."""

    journeys: tuple[Journey, ...]

    def terms(self, year: int) -> tuple[Term, ...]:
        return tuple(Term(level(one.less_km, year), ONE, one.factor, ZERO) for one in self.journeys)


Inputs: TypeAlias = Vehicles | Machinery | Reduction | Travel


@dataclass(frozen=True, slots=True)
class Shape:
    """What a calculator asks for: rows of figures per year, factors, and whether there is an amount each."""

    rows: tuple[str, ...]
    factors: tuple[str, ...]
    needs_each: bool = False
    may_grow: bool = False


_ONE_FACTOR = Shape(("amount",), ("factor",))
SHAPES: Mapping[Calculator, Shape] = {
    Calculator.VEHICLES: Shape(("amount",), ("before", "after"), needs_each=True),
    Calculator.MACHINERY: Shape(("amount",), ("before", "after")),
    Calculator.ENERGY: _ONE_FACTOR,
    Calculator.FOOD_WASTE: _ONE_FACTOR,
    # One factor for each row, by position; rows without figures are left out with theirs.
    Calculator.TRAVEL: Shape(("first", "second", "third"), ("first", "second", "third"), may_grow=True),
    Calculator.PROCUREMENT: _ONE_FACTOR,
}


def inputs_for(
    calculator: Calculator, rows: Mapping[str, PerYear], factors: Mapping[str, Decimal], each: Decimal | None
) -> Inputs:
    """The calculator's own inputs. rows: units of activity per year; factors: kg CO2e per unit.

    Raises ValueError where something is missing or negative, apart from fewer km of travel.
    """
    shape = SHAPES[calculator]
    figures = [*factors.values(), *([] if each is None else [each])]
    if not shape.may_grow:
        figures += [value for row in rows.values() for value in row.values()]
    if any(not value.is_finite() or value < 0 for value in figures):
        raise ValueError("a figure is negative")
    if not any(rows.values()) or (shape.needs_each and each is None):
        raise ValueError("a figure is missing")
    try:
        if calculator == Calculator.TRAVEL:
            legs = [Journey(rows[name], factors[name]) for name in shape.rows if rows.get(name)]
            return Travel(tuple(legs))
        if calculator == Calculator.VEHICLES:
            assert each is not None
            return Vehicles(rows["amount"], each, factors["before"], factors["after"])
        if calculator == Calculator.MACHINERY:
            return Machinery(rows["amount"], factors["before"], factors["after"])
        return Reduction(rows["amount"], factors["factor"])
    except KeyError as missing:
        raise ValueError(f"{missing} is missing") from None


def estimated(inputs: Inputs, years: Iterable[int]) -> dict[int, Decimal]:
    """Tonnes of CO2e per year, six decimals. Raises NegativeEstimate where emissions would grow."""
    found = {}
    with localcontext(prec=PRECISION):
        for year in years:
            kg = sum((term.kg for term in inputs.terms(year)), ZERO)
            tonnes = (kg / KG_PER_TONNE).quantize(SIX_DECIMALS, ROUND_HALF_UP)
            if tonnes < 0:
                raise NegativeEstimate(year, tonnes)
            found[year] = abs(tonnes)
    return found


def total(by_year: PerYear, year: int) -> Decimal:
    """What has been done up to and including the year."""
    return sum((value for when, value in by_year.items() if when <= year), ZERO)


def level(by_year: PerYear, year: int) -> Decimal:
    """The figure of the year, or of the last year before it that has one; zero before the first."""
    known = [when for when in by_year if when <= year]
    return by_year[max(known)] if known else ZERO


def result_scope(factors: Iterable[Scope], wanted: Scope) -> Scope:
    """The scope in which a result counts. Direct emissions count in either direct scope, so there `wanted`,
    the line's own, decides; any other result keeps the scope of its factors. Raises MixedScopes.
    """
    scopes = set(factors)
    if scopes <= DIRECT_SCOPES:
        return wanted if wanted in DIRECT_SCOPES else min(scopes, default=wanted)
    if len(scopes) > 1:
        raise MixedScopes(", ".join(sorted(scopes)))
    return scopes.pop()
