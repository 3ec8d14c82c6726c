"""What a saved cell answers with is what the whole table says of that year."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from budget.actions.effects import set_effect
from budget.actions.lines import add_line
from budget.actions.overlaps import add_overlap
from budget.enums import OverlapMethod
from budget.models import ClimateBudget, Line
from budget.queries.assembling import budget_table
from budget.queries.tables import BudgetTable, TableYear
from budget.queries.totals import cell_totals
from budget.words.groups import carried_out_by
from emissions.enums import Scope
from strategy.enums import Level
from tests.budget_factory import (
    HORIZON,
    YEAR,
    make_budget,
    make_edition,
    make_line,
    make_measure,
    make_source,
)
from web.actors import DEMO


def lines_of(budget: ClimateBudget) -> list[Line]:
    return list(Line.objects.filter(budget=budget).select_related("budget__target", "measure").order_by("pk"))


def unit_sum(table: BudgetTable, line: Line, year: int) -> Decimal:
    """What the unit or the actor that carries the line out cuts, in the table."""
    own = next(one for one in (*table.lines, *table.outside) if one.pk == line.pk)
    known = [one.effects[year] for one in table.quantified if carried_out_by(one) == carried_out_by(own)]
    return sum((tonnes for tonnes in known if tonnes is not None), Decimal(0))


def check_same_year(found: TableYear, expected: TableYear) -> None:
    """Sums are equal to the last digit; how a cut is shared on levels is rounded in the twelfth decimal."""
    assert replace(found, by_level={}) == replace(expected, by_level={})
    for level in Level:
        for name in ("gross", "overlap", "net"):
            difference = getattr(found.by_level[level], name) - getattr(expected.by_level[level], name)
            assert abs(difference) < Decimal("0.000000001")


def check_every_cell(budget: ClimateBudget) -> None:
    table = budget_table(budget)
    for line in lines_of(budget):
        for year in table.horizon:
            totals = cell_totals(line, year)
            check_same_year(totals.year, table.year(year))
            assert (totals.unit_sum or Decimal(0)) == unit_sum(table, line, year)


@pytest.mark.parametrize("seed", range(6))
def test_totals_of_a_cell_are_those_of_the_table(db: None, seed: int) -> None:
    dice = random.Random(seed)
    cars, buses = make_source(), make_source("Veitrafikk", "Busser")
    edition = make_edition({(cars, 2009): 1100, (cars, 2024): 1000, (buses, 2009): 500, (buses, 2024): 400})
    budget = make_budget(edition=edition)
    levels = list(Level)
    for number in range(7):
        unit = dice.choice(["Samferdsel", "Arealplan", None])
        measure = make_measure(f"T{number}", level=dice.choice(levels), unit=unit)
        share = Decimal(dice.choice([100, 60, 25]))
        shares = {cars.pk: share} if share == 100 else {cars.pk: share, buses.pk: 100 - share}
        line = add_line(
            by=DEMO,
            budget=budget,
            measure=measure,
            scope=dice.choice([Scope.COMMUNITY_DIRECT] * 5 + [Scope.OWN_OPERATIONS_FOOTPRINT]),
            order=number,
            sources=shares,
            not_quantified_reason="Vi vet ikke." if number == 6 else "",
            already_counted=Decimal(dice.choice([0, 0, 15])),
        )
        for year in HORIZON if number != 6 else ():
            if dice.random() < 0.8:
                tonnes = Decimal(dice.randrange(0, 40_000)) / 100
                set_effect(by=DEMO, line=line, year=year, tonnes=tonnes, version=0)
    shared = [line for line in lines_of(budget)[:6] if line.scope == budget.scope][:2]
    if len(shared) == 2:
        add_overlap(
            by=DEMO,
            budget=budget,
            source=cars,
            method=dice.choice([OverlapMethod.PRODUCT, OverlapMethod.FIXED]),
            lines=shared,
            years=dict.fromkeys(HORIZON[:4], Decimal(450)),
            reason="De bytter ut de samme bilene.",
            decided_by="Klima",
        )
    check_every_cell(budget)


def test_sources_that_do_not_make_a_whole_count_nowhere(db: None) -> None:
    budget = make_budget(YEAR)
    whole, broken = make_line(budget, "T1"), make_line(budget, "T2")
    for line in (whole, broken):
        set_effect(by=DEMO, line=line, year=2030, tonnes=Decimal(100), version=0)
    broken.sources.update(share=Decimal(60))
    check_every_cell(budget)
    totals = cell_totals(lines_of(budget)[0], 2030)
    assert (totals.year.gross, totals.unit_sum) == (100, 100)
