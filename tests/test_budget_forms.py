"""The form a budget's table is hashed in is kept with the budget: later forms leave old hashes alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from budget.actions.transitions import hand_over, propose
from budget.models import ClimateBudget
from budget.queries import fingerprint
from budget.queries.assembling import budget_table
from budget.queries.fingerprint import holds, table_content, table_sha256
from budget.queries.tables import BudgetTable
from tests.budget_factory import adopt, decide_overlaps, worked_example
from web.actors import DEMO

pytestmark = pytest.mark.django_db


@pytest.fixture
def second_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """A form 2 that holds one thing more than form 1."""
    first = fingerprint.FORMS[1]

    def second(table: BudgetTable) -> dict[str, Any]:
        return {**first(table), "price_year": 2027}

    monkeypatch.setitem(fingerprint.FORMS, 2, second)
    monkeypatch.setattr(fingerprint, "FORM", 2)


def adopted() -> ClimateBudget:
    return adopt(worked_example())


def test_a_budget_keeps_the_form_it_was_adopted_in() -> None:
    budget = adopted()
    assert (budget.table_form, fingerprint.FORM) == (1, 1)
    assert holds(budget, budget_table(budget))


def test_one_adopted_in_form_1_holds_after_form_2_has_come(request: pytest.FixtureRequest) -> None:
    budget = adopted()
    request.getfixturevalue("second_form")
    table = budget_table(ClimateBudget.objects.get(pk=budget.pk))
    assert holds(budget, table)
    assert table_sha256(table) != budget.table_sha256  # the control: today's form gives another text
    assert "price_year" not in table_content(table, 1)


def test_the_next_one_is_adopted_in_form_2(second_form: None) -> None:
    budget = adopted()
    assert budget.table_form == 2
    assert holds(budget, budget_table(budget))
    assert table_content(budget_table(budget))["price_year"] == 2027


def test_a_form_nobody_knows_is_not_guessed() -> None:
    with pytest.raises(LookupError, match="no form 9"):
        table_content(budget_table(worked_example()), 9)


def test_the_database_holds_no_adopted_budget_without_a_form() -> None:
    budget = worked_example()
    decide_overlaps(budget)
    budget = hand_over(by=DEMO, budget=budget, version=budget.version)
    budget = propose(by=DEMO, budget=budget, version=budget.version)
    with pytest.raises(IntegrityError, match="budget_adopted_is_complete"), transaction.atomic():
        ClimateBudget.objects.filter(pk=budget.pk).update(
            state="adopted",
            adopted_on="2025-12-09",
            adopted_target_year=2030,
            case_number="25/1",
            table_sha256="a" * 64,
        )
