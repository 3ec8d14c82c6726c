"""Estimates in words: the arithmetic as on paper, the factors, and why there is no result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.calculations.estimates import SHAPES, Inputs, Term, Vehicles
from budget.enums import Calculator, EstimateProblem
from budget.models import CALCULATOR_LABELS, OWN_FACTOR_LABEL, Estimate
from budget.queries.estimates import CannotEstimate, EstimateInForce, FactorUse
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
PROBLEMS = {
    EstimateProblem.INCOMPLETE: gettext_lazy(
        "Fyll inn minst ett år, og bruk ikke negative tall. Velg en faktor for det du fyller inn."
    ),
    EstimateProblem.MIXED_SCOPES: gettext_lazy(
        "Faktorene har ulike systemgrenser og kan ikke regnes sammen. Velg faktorer med samme grense."
    ),
    EstimateProblem.NO_REDUCTION: gettext_lazy(
        "I {year} blir utslippene {tonnes} tonn større enn før. Det gir ingen effekt."
    ),
    EstimateProblem.UNKNOWN_FACTOR: gettext_lazy("Faktoren finnes ikke. Velg en annen."),
    EstimateProblem.OWN_FACTOR_INCOMPLETE: gettext_lazy(
        "Skriv både tall og kilde for faktoren du har funnet selv."
    ),
}
TWO_DECIMALS = 2


def cannot_estimate_sentence(error: CannotEstimate) -> str:
    """Why nothing can be worked out, and what to correct."""
    text = str(PROBLEMS[error.problem])
    if error.grows is None:
        return text
    year, tonnes = error.grows
    return text.format(year=year, tonnes=format_number(tonnes, TWO_DECIMALS))


@dataclass(frozen=True, slots=True)
class FactorReading:
    """A factor as people read it: kg CO2e per unit, where it is from, and which version of the table."""

    name: str
    value: str
    source: str
    edition: str


def factor_reading(factor: FactorUse) -> FactorReading:
    edition = _("utgave {n}").format(n=factor.version) if factor.version else str(OWN_FACTOR_LABEL)
    return FactorReading(factor.name, factor.value, factor.source, edition)


@dataclass(frozen=True, slots=True)
class EstimateReading:
    """A stored estimate as people read it. `matches`: the line still has the figures it gave."""

    estimate: Estimate
    title: str
    scope: str
    factors: tuple[tuple[str, FactorReading], ...]
    sentences: tuple[str, ...]
    matches: bool
    is_example: bool


def estimate_reading(found: EstimateInForce) -> EstimateReading:
    """The estimate with its factors by label and its arithmetic in words."""
    return EstimateReading(
        estimate=found.estimate,
        title=str(CALCULATOR_LABELS[found.calculator]),
        scope=str(SCOPE_LABELS[Scope(found.estimate.scope)]),
        factors=tuple(
            (factor_label(found.calculator, name), factor_reading(factor))
            for name, factor in found.factors.items()
        ),
        sentences=tuple(arithmetic(found.calculator, found.inputs, found.result)),
        matches=found.matches,
        is_example=any(factor.is_example for factor in found.factors.values()),
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
