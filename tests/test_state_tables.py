"""Every table of states stands in the database: the moves in it pass by raw SQL, all others are refused."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from itertools import permutations
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from budget.enums import TRANSITIONS as BUDGET_TRANSITIONS
from budget.models import ClimateBudget
from reporting.enums import TRANSITIONS as REPORT_TRANSITIONS
from reporting.models import UnitReport
from strategy.enums import HEARING_TRANSITIONS, MEASURE_TRANSITIONS, STRATEGY_TRANSITIONS
from strategy.models import HearingRound, Measure, Strategy
from tests.owner import as_owner
from web.enums import MAIL_TRANSITIONS
from web.models import OutboxMail

pytestmark = pytest.mark.django_db

NAME = "state_along_the_table"
# Class 23, as all broken rules of the data: restrict_violation.
REFUSED = "23001"
TABLES: dict[type[Model], Mapping[Any, frozenset[Any]]] = {
    ClimateBudget: BUDGET_TRANSITIONS,
    HearingRound: HEARING_TRANSITIONS,
    Measure: MEASURE_TRANSITIONS,
    OutboxMail: MAIL_TRANSITIONS,
    Strategy: STRATEGY_TRANSITIONS,
    UnitReport: REPORT_TRANSITIONS,
}
MOVES = [
    pytest.param(model, origin, target, id=f"{model.__name__}-{origin}-{target}")
    for model, transitions in TABLES.items()
    for origin, target in permutations(transitions, 2)
]


@contextmanager
def row_in(model: type[Model], **values: str) -> Iterator[str]:
    """A table with the model's columns and its state trigger, no other rule, and one row with these values.

    The trigger's definition is the database's own, so what is tried is what is installed. The owner tries:
    the portal itself makes no tables.
    """
    table = model._meta.db_table
    columns, marks = ", ".join(values), ", ".join(["%s"] * len(values))
    with as_owner() as owner, owner.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE tried AS SELECT * FROM {table} WITH NO DATA")
        cursor.execute(
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE %s",
            [table, f"pgtrigger_{NAME}_%"],
        )
        (definition,) = cursor.fetchone()
        cursor.execute(definition.replace(f" ON public.{table} ", " ON tried "))
        cursor.execute(f"INSERT INTO tried ({columns}) VALUES ({marks})", list(values.values()))
        yield "tried"
        cursor.execute("DROP TABLE tried")


def change(table: str, **values: str) -> str:
    """Updates the row. The database's error code, empty when it passes."""
    columns = ", ".join(f"{name} = %s" for name in values)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {columns}", list(values.values()))
    except DatabaseError as error:
        return str(error.__cause__.sqlstate)  # type: ignore[union-attr]
    return ""


@pytest.mark.parametrize(("model", "origin", "target"), MOVES)
def test_the_moves_of_the_table_pass_and_no_others(
    model: type[Model], origin: StrEnum, target: StrEnum
) -> None:
    allowed = target in TABLES[model][origin]
    with row_in(model, state=origin) as table:
        assert change(table, state=target) == ("" if allowed else REFUSED)


@pytest.mark.parametrize("model", TABLES)
def test_a_row_may_begin_in_any_state_and_be_saved_as_it_is(model: type[Model]) -> None:
    for state in TABLES[model]:
        with row_in(model, state=state) as table:
            assert change(table, state=state) == ""


def test_every_state_of_a_table_has_its_line() -> None:
    for model, transitions in TABLES.items():
        known = {state for targets in transitions.values() for state in targets} | set(transitions)
        assert set(transitions) == known == set(type(next(iter(transitions)))), model


def test_every_model_with_a_table_of_states_is_walked() -> None:
    found = {
        model
        for model in apps.get_models()
        if any(trigger.name == NAME for trigger in getattr(model._meta, "triggers", ()))
    }
    assert found == set(TABLES)


def test_nobody_writes_such_a_trigger_by_hand() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname FROM pg_proc WHERE prosrc LIKE '%%cannot go from %%'")
        functions = [name for (name,) in cursor.fetchall()]
    assert len(functions) == len(TABLES)
    assert all(name.startswith(f"pgtrigger_{NAME}_") for name in functions)


# --- The correction of a report: the only moves outside a table ---------------------------------------------

OPENED = {"correction_reason": "Feil tall", "correction_origin": "assured"}
NOT_OPENED = {"correction_reason": "", "correction_origin": ""}


@pytest.mark.parametrize("origin", ["submitted", "approved", "assured"])
def test_a_correction_opens_a_report_wherever_it_stands(origin: str) -> None:
    with row_in(UnitReport, state=origin, **NOT_OPENED) as table:
        assert change(table, state="returned", **OPENED) == ""


def test_a_correction_given_up_goes_back_to_where_it_was_and_nowhere_else() -> None:
    for target, answer in {"assured": "", "approved": REFUSED, "draft": REFUSED}.items():
        with row_in(UnitReport, state="returned", **OPENED) as table:
            assert change(table, state=target, **NOT_OPENED) == answer


def test_an_assured_report_is_not_returned_without_a_correction() -> None:
    for told in (NOT_OPENED, OPENED):
        with row_in(UnitReport, state="assured", **told) as table:
            assert change(table, state="returned", **told) == REFUSED
