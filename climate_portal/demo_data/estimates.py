"""Emission factors and two estimates in the draft. Only the two KOSTRA factors are facts."""

from __future__ import annotations

from decimal import Decimal

from budget.actions.estimates import Seen, add_factor, save_estimate
from budget.enums import BudgetState, Calculator
from budget.models import EstimateFactor, Line
from budget.queries.estimates import EstimateData, FactorChoice
from emissions.enums import Scope
from web.actors import DEMO

OWN, FOOTPRINT = Scope.OWN_OPERATIONS_DIRECT, Scope.OWN_OPERATIONS_FOOTPRINT
KOSTRA = "KOSTRA, utslippsfaktorer for energi i bygg"
EXAMPLE = "Eksempeldata"
C = Calculator

# code, calculator, name, kg CO2e per unit, scope, source, is_example
FACTORS = (
    ("fyringsolje", C.ENERGY, "Fyringsolje", "0.2645", OWN, KOSTRA, False),
    ("naturgass", C.ENERGY, "Naturgass", "0.2018", OWN, KOSTRA, False),
    ("bil-bensin", C.VEHICLES, "Personbil, bensin", "0.17", OWN, EXAMPLE, True),
    ("bil-diesel", C.VEHICLES, "Varebil, diesel", "0.2", OWN, EXAMPLE, True),
    ("bil-el", C.VEHICLES, "Elbil", "0", OWN, EXAMPLE, True),
    ("anleggsdiesel", C.MACHINERY, "Anleggsdiesel", "2.7", OWN, EXAMPLE, True),
    ("maskin-el", C.MACHINERY, "Strøm i stedet for diesel", "0", OWN, EXAMPLE, True),
    ("matsvinn", C.FOOD_WASTE, "Matsvinn, blandet", "3", FOOTPRINT, EXAMPLE, True),
    ("fly-innland", C.TRAVEL, "Fly innenlands", "0.2", FOOTPRINT, EXAMPLE, True),
    ("tog", C.TRAVEL, "Tog", "0.01", FOOTPRINT, EXAMPLE, True),
    ("egen-bil", C.TRAVEL, "Egen bil i tjeneste", "0.15", FOOTPRINT, EXAMPLE, True),
    ("innkjop-varer", C.PROCUREMENT, "Innkjøp, varer", "0.03", FOOTPRINT, EXAMPLE, True),
)
VALID_FROM = 2024


def load_factors() -> None:
    """The first version of every factor."""
    for code, calculator, name, value, scope, source, is_example in FACTORS:
        _factor(code, calculator, name, value, scope, source, VALID_FROM, is_example=is_example)


def load_estimates() -> None:
    """Cars within the budget, food waste outside it; the factor of the cars has since got a new version."""
    cars = EstimateData(
        C.VEHICLES,
        {"amount": {2026: Decimal(24), 2027: Decimal(36), 2029: Decimal(40)}},
        {"before": _choice("bil-bensin"), "after": _choice("bil-el")},
        Decimal(15_000),
        "Eksempeldata: 15 000 km i året for hver bil.",
    )
    food = EstimateData(
        C.FOOD_WASTE,
        {"amount": {2026: Decimal(20_000), 2028: Decimal(35_000)}},
        {"factor": _choice("matsvinn")},
        note="Eksempeldata: kilo mindre enn i 2024.",
    )
    for code, data in (("T7", cars), ("T17", food)):
        line = Line.objects.get(budget__state=BudgetState.DRAFT, measure__code=code)
        seen = Seen(line.version, dict(line.effects.values_list("year", "version")))
        save_estimate(by=DEMO, line=line, data=data, seen=seen)
    _factor("bil-bensin", C.VEHICLES, "Personbil, bensin", "0.16", OWN, EXAMPLE, VALID_FROM + 2)


def _choice(code: str) -> FactorChoice:
    return FactorChoice(EstimateFactor.objects.get(code=code, version=1).pk)


def _factor(
    code: str,
    calculator: Calculator,
    name: str,
    value: str,
    scope: Scope,
    source: str,
    valid_from: int,
    *,
    is_example: bool = True,
) -> None:
    add_factor(
        by=DEMO,
        code=code,
        calculator=calculator,
        name=name,
        value=Decimal(value),
        scope=scope,
        source=source,
        valid_from=valid_from,
        is_example=is_example,
    )
