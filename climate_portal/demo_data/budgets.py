"""The adopted climate budget 2026 and the draft for 2027, made through the same actions as the pages use."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from budget.actions.costs import set_cost
from budget.actions.creating import create_budget
from budget.actions.effects import set_effect
from budget.actions.funding import add_funding
from budget.actions.lines import add_line
from budget.actions.transitions import hand_over, propose, register_adoption
from budget.enums import CostKind, ReferenceRule
from budget.models import ClimateBudget, Line
from climate_portal.demo_data.budget_decisions import BAND_IN, decide, record_example
from climate_portal.demo_data.budget_lines import BUSES, CARS, LINES, SITES, VANS, LineData
from climate_portal.demo_data.looking_back import add_ranges
from emissions.enums import Scope
from emissions.models import Edition, Figure, Source
from strategy.models import Measure, Target
from web.actors import DEMO

FIRST_EFFECT_YEAR = 2026
# The reference path falls with 3 000 tonnes a year in all, shared by each source's emissions.
YEARLY_FALL = Decimal(3000)
LAST_YEAR = 2024
HORIZON = range(LAST_YEAR + 1, 2031)
NOTE = "Eksempeldata: utslippene faller med 3 000 tonn i året uten tiltakene i budsjettet."
ASSUMPTIONS = "Eksempeldata. Effekten er regnet mot referansebanen i samme år."


def load_budgets(edition: Edition, target: Target) -> ClimateBudget:
    """Create both budgets; returns the adopted one, which the reporting period is bound to."""
    record_example()
    adopted = _budget(2026, edition, target, share=Decimal(1))
    hand_over(by=DEMO, budget=adopted, version=adopted.version, comment="Eksempeldata")
    adopted.refresh_from_db()
    propose(by=DEMO, budget=adopted, version=adopted.version, comment="Eksempeldata")
    adopted.refresh_from_db()
    register_adoption(
        by=DEMO,
        budget=adopted,
        version=adopted.version,
        adopted_on=date(2025, 12, 9),
        case_number="Eksempel 25/101",
    )
    adopted.refresh_from_db()
    _budget(2027, edition, target, share=Decimal("1.04"))
    return adopted


def _budget(year: int, edition: Edition, target: Target, share: Decimal) -> ClimateBudget:
    budget = create_budget(
        by=DEMO,
        year=year,
        scope=Scope.COMMUNITY_DIRECT,
        target=target,
        edition=edition,
        reference_rule=ReferenceRule.TYPED,
        reference=_reference(edition),
        reference_note=NOTE,
        is_example=True,
    )
    lines = {data.code: _line(budget, order, data, share) for order, data in enumerate(LINES, start=1)}
    if year != BAND_IN:  # there every line gets its own
        add_ranges(budget)
    decide(budget, lines, {place: _source(*place) for place in (BUSES, CARS, SITES, VANS)})
    budget.refresh_from_db()
    return budget


def _reference(edition: Edition) -> dict[tuple[int, int], Decimal]:
    last = {
        source: tonnes
        for source, tonnes in Figure.objects.filter(edition=edition, year=LAST_YEAR).values_list(
            "source_id", "tonnes"
        )
        if tonnes is not None
    }
    total = sum(last.values(), Decimal(0))
    return {
        (source, year): (tonnes - tonnes / total * YEARLY_FALL * (year - LAST_YEAR)).quantize(Decimal("0.01"))
        for source, tonnes in last.items()
        for year in HORIZON
    }


def _source(sector: str, name: str) -> Source:
    return Source.objects.get(sector__name=sector, name=name)


def _line(budget: ClimateBudget, order: int, data: LineData, share: Decimal) -> Line:
    line = add_line(
        by=DEMO,
        budget=budget,
        measure=Measure.objects.get(code=data.code),
        scope=data.scope,
        order=order,
        sources={_source(sector, name).pk: Decimal(part) for sector, name, part in data.sources},
        not_quantified_reason=data.not_quantified,
        assumptions="" if data.not_quantified else ASSUMPTIONS,
    )
    for year, tonnes in enumerate(data.effects, start=FIRST_EFFECT_YEAR):
        effect = (tonnes * share).quantize(Decimal(1))
        set_effect(by=DEMO, line=line, year=year, tonnes=effect, version=0)
    for year, thousand in enumerate(data.costs, start=budget.year):
        if thousand:
            nok = Decimal(thousand) * 1000
            set_cost(by=DEMO, line=line, year=year, kind=CostKind.INVESTMENT, nok=nok)
    for scheme, granted in data.fundings:
        add_funding(
            by=DEMO,
            line=line,
            scheme=scheme,
            granted_nok=Decimal(granted),
            report_due=date(budget.year + 1, 3, 1),
        )
    return line
