"""What of the budgets hangs on a unit or a person, and how it moves."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from budget.actions import scenarios
from budget.actions.copying import start_revision
from budget.enums import BudgetState
from budget.models import ClimateBudget, Line, Scenario
from organisation.models import Unit, User
from strategy.models import Responsibility
from tests.budget_factory import adopt, make_budget, make_line, make_unit
from tests.cast import Cast
from tests.holdings import DAY, held_by, move, queries_to_ask, queries_to_move
from web.contributions import HoldingGoes
from web.refusals import Refused

pytestmark = pytest.mark.django_db


def lines(many: int = 1, start: int = 1, budget: ClimateBudget | None = None) -> ClimateBudget:
    budget = budget or make_budget()
    for number in range(start, start + many):
        make_line(budget, f"T{number}", {2027: 40})
    return budget


@pytest.fixture
def unit() -> Unit:
    return make_unit()


# --- Lines ---------------------------------------------------------------------------------------------


def test_lines_that_are_not_adopted_follow_the_measure(cast: Cast, unit: Unit) -> None:
    lines(2)
    found = held_by(unit)["open_lines"]
    assert found.sentence == "2 linjer i klimabudsjett som ikke er vedtatt"
    assert (found.goes, found.why, found.move) == (
        HoldingGoes.TO_SUCCESSOR,
        "De følger ansvaret for tiltaket.",
        None,
    )
    move(unit, "measures", by=cast.admin, to=cast.kitchen)
    assert "open_lines" not in held_by(unit)
    assert held_by(cast.kitchen)["open_lines"].count == 2


def test_adopted_lines_keep_the_name(cast: Cast, unit: Unit) -> None:
    budget = adopt(lines(1))
    found = held_by(unit)
    assert "open_lines" not in found
    assert (found["adopted_lines"].sentence, found["adopted_lines"].goes) == (
        "1 linje i vedtatt klimabudsjett",
        HoldingGoes.STAYS,
    )
    assert found["adopted_lines"].why == "Vedtatte linjer beholder navnet. Vedtatte tall endres ikke."
    before = Line.objects.values().get(budget=budget)
    move(unit, "measures", by=cast.admin, to=cast.kitchen)
    assert Line.objects.values().get(budget=budget) == before
    assert before["adopted_unit_id"] == unit.pk


def test_the_database_keeps_the_unit_of_an_adopted_line(cast: Cast, unit: Unit) -> None:
    """The same statement passes while the budget is a draft."""
    budget = lines(1)
    Line.objects.filter(budget=budget).update(adopted_unit=cast.kitchen)
    Line.objects.filter(budget=budget).update(adopted_unit=None)
    adopt(budget)
    with pytest.raises(DatabaseError, match="an adopted climate budget"), transaction.atomic():
        Line.objects.filter(budget=budget).update(adopted_unit=cast.kitchen)


def test_a_revision_under_way_follows_the_measure_and_the_adopted_one_stays(cast: Cast, unit: Unit) -> None:
    revision = start_revision(by=cast.klima, budget=adopt(lines(1)))
    assert revision.state == BudgetState.DRAFT
    found = held_by(unit)
    assert (found["open_lines"].count, found["adopted_lines"].count) == (1, 1)


# --- «Hva om» ------------------------------------------------------------------------------------------


def make(by: User, budget: ClimateBudget, name: str = "Flere elbiler") -> Scenario:
    return scenarios.create_scenario(by=by, budget=budget, name=name)


def test_what_she_has_tried_goes_to_whoever_takes_over(cast: Cast) -> None:
    made = make(cast.analyse, lines())
    found = held_by(cast.analyse)["scenarios"]
    assert (found.sentence, found.goes, found.url) == (
        "1 «hva om»",
        HoldingGoes.TO_SUCCESSOR,
        made.get_absolute_url(),
    )
    move(cast.analyse, "scenarios", by=cast.admin, to=cast.klima)
    made.refresh_from_db()
    assert (made.owner, made.version) == (cast.klima, 2)
    assert "scenarios" not in held_by(cast.analyse)


def test_a_name_that_is_in_use_gets_a_number(cast: Cast) -> None:
    budget = lines()
    for name in ("Flere elbiler", "Flere elbiler (2)", "x" * 120):
        make(cast.analyse, budget, name)
    for name in ("Flere elbiler", "x" * 120):
        make(cast.klima, budget, name)
    move(cast.analyse, "scenarios", by=cast.admin, to=cast.klima)
    names = sorted(Scenario.objects.filter(owner=cast.klima).values_list("name", flat=True))
    assert names == [
        "Flere elbiler",
        "Flere elbiler (2)",
        "Flere elbiler (3)",
        "x" * 116 + " (2)",
        "x" * 120,
    ]


def test_nobody_gets_what_she_may_not_make(cast: Cast) -> None:
    make(cast.analyse, lines())
    with pytest.raises(Refused, match="Kontakt Eksempel kan ikke lage «hva om»"):
        move(cast.analyse, "scenarios", by=cast.admin, to=cast.kontakt)
    assert Scenario.objects.get().owner == cast.analyse


# --- Queries -------------------------------------------------------------------------------------------


def counted(cast: Cast, unit: Unit) -> tuple[Any, ...]:
    return queries_to_ask(unit), queries_to_ask(cast.analyse)


def test_one_and_three_are_asked_and_moved_in_as_many_queries(cast: Cast, unit: Unit) -> None:
    budget = lines(1)
    make(cast.klima, budget)
    make(cast.analyse, budget)
    asked = counted(cast, unit)
    moved = queries_to_move(held_by(cast.analyse)["scenarios"], by=cast.admin, to=cast.klima, day=DAY)
    lines(3, 5, budget)
    for name in ("Flere elbiler", "Sykkel", "Tog"):
        make(cast.analyse, budget, name)
    assert Responsibility.objects.filter(unit=unit).count() == 4
    assert counted(cast, unit) == asked
    assert queries_to_move(held_by(cast.analyse)["scenarios"], by=cast.admin, to=cast.klima) == moved
