"""An adopted climate budget stays as adopted: every leak named in the architecture, tried with plain SQL."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from budget.actions import effects, transitions
from budget.actions.copying import start_revision
from budget.actions.costs import set_cost
from budget.actions.effects import set_effect
from budget.actions.funding import add_funding
from budget.actions.lines import remove_line
from budget.actions.reference import add_policy, set_reference_source
from budget.actions.transitions import hand_over, propose, register_adoption
from budget.enums import CostKind, ReferenceRule
from budget.models import (
    BudgetSnapshot,
    ClimateBudget,
    Effect,
    Funding,
    Line,
    Overlap,
    ReferencePolicy,
    ReferenceSource,
)
from budget.queries.assembling import budget_table
from budget.queries.fingerprint import table_sha256
from strategy.enums import Level
from tests.budget_factory import adopt, make_line, make_source, worked_example
from tests.owner import as_owner
from tests.races import settle
from tests.worlds import kept
from web.actors import DEMO
from web.refusals import Closed, Refused

TABLES = (
    "budget_climatebudget",
    "budget_line",
    "budget_linesource",
    "budget_effect",
    "budget_cost",
    "budget_overlap",
    "budget_overlapmember",
    "budget_overlapyear",
    "budget_referencepath",
    "budget_referencepolicy",
    "budget_referencesource",
    "budget_adoptedceiling",
)
CANNOT = "an adopted climate budget cannot be changed"


def full_budget() -> ClimateBudget:
    """A budget with a row in every protected table once it is adopted."""
    budget = worked_example()
    line = budget.lines.first()
    assert line is not None
    set_cost(by=DEMO, line=line, year=2027, kind=CostKind.OPERATION, nok=Decimal(1000))
    ReferencePolicy.objects.create(budget=budget, title="CO2-avgift", level=Level.NATIONAL)
    ReferenceSource.objects.create(budget=budget, source=make_source(), rule=ReferenceRule.FLAT)
    return budget


@kept
def adopted() -> ClimateBudget:
    return adopt(full_budget())


def execute(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def first_id(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT min(id) FROM {table}")
        found = cursor.fetchone()[0]
    assert found is not None, f"{table} is empty"
    return int(found)


def other_columns(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} LIMIT 0")
        return ", ".join(f'"{column.name}"' for column in cursor.description if column.name != "id")


@pytest.mark.parametrize("table", TABLES)
def test_rows_of_an_adopted_budget_are_not_updated(adopted: ClimateBudget, table: str) -> None:
    with pytest.raises(DatabaseError, match=CANNOT):
        execute(f"UPDATE {table} SET id = id WHERE id = %s", first_id(table))


@pytest.mark.parametrize("table", TABLES)
def test_rows_of_an_adopted_budget_are_not_deleted(adopted: ClimateBudget, table: str) -> None:
    with pytest.raises(DatabaseError, match=CANNOT):
        execute(f"DELETE FROM {table} WHERE id = %s", first_id(table))


@pytest.mark.parametrize("table", TABLES[1:])
def test_rows_are_not_added_to_an_adopted_budget(adopted: ClimateBudget, table: str) -> None:
    columns = other_columns(table)
    with pytest.raises(DatabaseError, match=CANNOT):
        execute(
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE id = %s", first_id(table)
        )


@pytest.mark.parametrize("table", [*TABLES, "budget_budgettransition", "budget_budgetsnapshot"])
def test_no_protected_table_is_emptied(db: None, table: str) -> None:
    # Not by the owner, whom triggers hold; the application may not at all.
    with as_owner(), pytest.raises(DatabaseError, match=f"{CANNOT}|append-only: cannot truncate"):
        execute(f"TRUNCATE {table} CASCADE")
    with pytest.raises(DatabaseError, match="permission denied"):
        execute(f"TRUNCATE {table} CASCADE")


def test_control_the_same_rows_move_freely_in_a_draft(db: None) -> None:
    full_budget()
    for table in TABLES[:-1]:
        execute(f"UPDATE {table} SET id = id WHERE id = %s", first_id(table))
    execute("DELETE FROM budget_effect")
    assert not Effect.objects.exists()


def test_a_budget_is_not_born_adopted(db: None) -> None:
    full_budget()
    columns = other_columns("budget_climatebudget")
    values = columns.replace('"revision"', "9").replace('"state"', "'adopted'")
    with pytest.raises(DatabaseError, match="begins as a draft"):
        execute(f"INSERT INTO budget_climatebudget ({columns}) SELECT {values} FROM budget_climatebudget")


def test_the_state_is_not_set_back(adopted: ClimateBudget) -> None:
    for state in ("draft", "handed_over", "proposed"):
        with pytest.raises(DatabaseError, match=CANNOT):
            execute("UPDATE budget_climatebudget SET state = %s", state)
    execute("UPDATE budget_climatebudget SET state = 'superseded'")
    with pytest.raises(DatabaseError, match=CANNOT):
        execute("UPDATE budget_climatebudget SET state = 'adopted'")


def test_superseding_changes_nothing_else(adopted: ClimateBudget) -> None:
    with pytest.raises(DatabaseError, match=CANNOT):
        execute("UPDATE budget_climatebudget SET state = 'superseded', case_number = 'en annen'")


@pytest.mark.parametrize("state", ["proposed", "adopted", "superseded"])
def test_no_state_is_jumped_over(db: None, state: str) -> None:
    full_budget()
    with pytest.raises(DatabaseError, match="cannot go from draft"):
        execute("UPDATE budget_climatebudget SET state = %s", state)


@kept
def two(adopted: ClimateBudget) -> tuple[Line, Line]:
    """(a line of the adopted budget, a line of a draft revision of it)"""
    draft = start_revision(by=DEMO, budget=adopted)
    return adopted.lines.order_by("pk")[0], draft.lines.order_by("pk")[0]


def test_an_effect_moves_neither_out_nor_in(two: tuple[Line, Line]) -> None:
    inside, draft = two
    with pytest.raises(DatabaseError, match=CANNOT):
        execute("UPDATE budget_effect SET line_id = %s, year = 2040 WHERE line_id = %s", draft.pk, inside.pk)
    with pytest.raises(DatabaseError, match=CANNOT):
        execute("UPDATE budget_effect SET line_id = %s, year = 2040 WHERE line_id = %s", inside.pk, draft.pk)


@pytest.mark.parametrize(
    "table", ["budget_line", "budget_overlap", "budget_referencepath", "budget_referencesource"]
)
def test_nothing_moves_to_another_budget(adopted: ClimateBudget, table: str) -> None:
    draft = start_revision(by=DEMO, budget=adopted)
    for origin, target in ((adopted, draft), (draft, adopted)):
        with pytest.raises(DatabaseError):
            execute(f"UPDATE {table} SET budget_id = %s WHERE budget_id = %s", target.pk, origin.pk)


def test_a_draft_line_never_changes_its_budget(db: None) -> None:
    """Otherwise a line could be moved in between a guard's look and its commit."""
    first = full_budget()
    with pytest.raises(DatabaseError, match="never moves to another budget"):
        execute("UPDATE budget_line SET budget_id = %s", first.pk + 1000)


def test_a_kept_state_is_never_changed(adopted: ClimateBudget) -> None:
    assert BudgetSnapshot.objects.filter(budget=adopted).count() == 3
    for statement in (
        "UPDATE budget_budgetsnapshot SET state = 'draft'",
        "UPDATE budget_budgetsnapshot SET sha256 = repeat('0', 64)",
        "DELETE FROM budget_budgetsnapshot",
    ):
        with pytest.raises(DatabaseError, match="append-only: cannot"):
            execute(statement)


def test_funding_stays_open(adopted: ClimateBudget) -> None:
    line = adopted.lines.first()
    assert line is not None
    funding = add_funding(by=DEMO, line=line, scheme="Klimasats", applied_nok=Decimal(500))
    Funding.objects.filter(pk=funding.pk).update(granted_nok=Decimal(400))
    funding.refresh_from_db()
    assert funding.granted_nok == 400


def test_the_ordinary_paths_are_closed_too(adopted: ClimateBudget) -> None:
    line = adopted.lines.first()
    assert line is not None
    with pytest.raises(Closed, match="vedtatt av kommunestyret og kan ikke endres"):
        set_effect(by=DEMO, line=line, year=2030, tonnes=Decimal(1), version=1)
    with pytest.raises(Closed):
        set_cost(by=DEMO, line=line, year=2027, kind=CostKind.SAVING, nok=Decimal(1))
    with pytest.raises(Closed):
        make_line(adopted, "T9")
    with pytest.raises(Closed):
        remove_line(by=DEMO, line=line, version=line.version)
    with pytest.raises(Closed):
        add_policy(by=DEMO, budget=adopted, title="Krav", level=Level.NATIONAL)
    with pytest.raises(Closed):
        set_reference_source(
            by=DEMO,
            budget=adopted,
            source=make_source(),
            rule=ReferenceRule.FLAT,
            years={},
            version=1,
        )
    with pytest.raises(DatabaseError, match=CANNOT), transaction.atomic():
        Effect.objects.filter(line=line).update(tonnes=1)
    with pytest.raises(DatabaseError, match=CANNOT), transaction.atomic():
        Overlap.objects.all().delete()


# --- Two people at once, two real connections -----------------------------------------------------


@contextmanager
def other_connection() -> Iterator[BaseDatabaseWrapper]:
    other = connection.copy()
    other.set_autocommit(False)
    try:
        yield other
        other.rollback()
    finally:
        other.close()


def run(other: BaseDatabaseWrapper, sql: str, *values: object) -> Any:
    with other.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone() if cursor.description else None


def proposed() -> ClimateBudget:
    budget = full_budget()
    budget = hand_over(by=DEMO, budget=budget, version=budget.version)
    return propose(by=DEMO, budget=budget, version=budget.version)


def register(budget: ClimateBudget) -> ClimateBudget:
    return register_adoption(
        by=DEMO,
        budget=budget,
        version=budget.version,
        adopted_on=budget.edition.published,
        case_number="25/101",
    )


EDIT = "UPDATE budget_effect SET tonnes = tonnes + 1 WHERE id = %s"
GUARDED = "SELECT tgname FROM pg_trigger WHERE tgrelid = 'budget_effect'::regclass AND tgname LIKE '%guard%'"


@pytest.mark.django_db(transaction=True)
def test_an_edit_opened_before_adoption_is_not_committed_after_it() -> None:
    budget = proposed()
    effect = first_id("budget_effect")
    with other_connection() as other:
        run(other, "SELECT tonnes FROM budget_effect WHERE id = %s", effect)
        register(budget)
        with pytest.raises(DatabaseError, match=CANNOT):
            run(other, EDIT, effect)


@pytest.mark.django_db(transaction=True)
def test_a_rule_of_the_path_opened_before_adoption_is_not_committed_after_it() -> None:
    budget = proposed()
    rule = first_id("budget_referencesource")
    with other_connection() as other:
        run(other, "SELECT note FROM budget_referencesource WHERE id = %s", rule)
        register(budget)
        with pytest.raises(DatabaseError, match=CANNOT):
            run(other, "UPDATE budget_referencesource SET note = 'ny' WHERE id = %s", rule)


@pytest.mark.django_db(transaction=True)
def test_control_without_the_trigger_the_same_edit_slips_in() -> None:
    budget = proposed()
    effect = first_id("budget_effect")
    with as_owner() as owners, owners.cursor() as cursor:
        cursor.execute(GUARDED)
        guard = cursor.fetchone()[0]
        cursor.execute(f"ALTER TABLE budget_effect DISABLE TRIGGER {guard}")
    try:
        with other_connection() as other:
            run(other, "SELECT tonnes FROM budget_effect WHERE id = %s", effect)
            adopted = register(budget)
            run(other, EDIT, effect)
            other.commit()
        assert table_sha256(budget_table(adopted)) != adopted.table_sha256
    finally:
        with as_owner() as owners, owners.cursor() as cursor:
            cursor.execute(f"ALTER TABLE budget_effect ENABLE TRIGGER {guard}")


@pytest.mark.django_db(transaction=True)
def test_adoption_waits_for_an_edit_and_adopts_it() -> None:
    budget = proposed()
    effect = Effect.objects.get(pk=first_id("budget_effect"))

    def adopt_it() -> None:
        try:
            register(budget)
        finally:
            connection.close()

    adoption = threading.Thread(target=adopt_it)
    with other_connection() as other:
        run(other, EDIT, effect.pk)
        adoption.start()
        adoption.join(0.4)
        assert adoption.is_alive(), "adoption did not wait"
        other.commit()
    adoption.join(20)
    adopted = ClimateBudget.objects.get(pk=budget.pk)
    assert adopted.state == "adopted"
    assert Effect.objects.get(pk=effect.pk).tonnes == effect.tonnes + 1
    assert table_sha256(budget_table(adopted)) == adopted.table_sha256


@pytest.mark.django_db(transaction=True)
def test_an_edit_waits_for_adoption_and_is_refused() -> None:
    budget = proposed()
    effect = first_id("budget_effect")
    errors: list[Exception] = []

    def edit() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute(EDIT, [effect])
        except DatabaseError as error:
            errors.append(error)
        finally:
            connection.close()

    late = threading.Thread(target=edit)
    with transaction.atomic():
        register(budget)
        late.start()
        late.join(0.4)
        assert late.is_alive(), "the edit did not wait"
    late.join(20)
    assert CANNOT in str(errors[0])


@pytest.mark.django_db(transaction=True)
def test_a_cell_saved_while_the_budget_is_handed_over_is_refused() -> None:
    """No trigger guards a budget that is only handed over: the action's own lock does."""
    budget = full_budget()
    line = budget.lines.first()
    assert line is not None
    errors: list[Exception] = []

    def save() -> None:
        try:
            set_effect(by=DEMO, line=line, year=2030, tonnes=Decimal(7), version=1)
        except Closed as error:
            errors.append(error)
        finally:
            connection.close()

    late = threading.Thread(target=save)
    with transaction.atomic():
        hand_over(by=DEMO, budget=budget, version=budget.version)
        late.start()
        late.join(0.4)
        assert late.is_alive(), "the cell did not wait"
    late.join(20)
    assert "klargjort for rådmannen" in str(errors[0])


def adopt_while_a_cell_is_saved(monkeypatch: pytest.MonkeyPatch) -> list[Exception]:
    """The cell comes when the budget is locked and its lines not yet written; what either was told."""
    budget = proposed()
    line = Line.objects.select_related("budget__target").filter(budget=budget).order_by("pk")[0]
    locked, errors = threading.Event(), list[Exception]()
    whole = transitions._copy_lines

    def slow(fresh: ClimateBudget) -> None:
        locked.set()
        settle(late)
        whole(fresh)

    def run(work: Callable[[], object]) -> None:
        try:
            work()
        except (DatabaseError, Refused) as error:
            errors.append(error)
        finally:
            connection.close()

    def save() -> None:
        assert locked.wait(10)
        set_effect(by=DEMO, line=line, year=2030, tonnes=Decimal(7), version=1)

    monkeypatch.setattr(transitions, "_copy_lines", slow)
    late = threading.Thread(target=run, args=(save,))
    adoption = threading.Thread(target=run, args=(lambda: register(budget),))
    for thread in (late, adoption):
        thread.start()
    for thread in (adoption, late):
        thread.join(30)
        assert not thread.is_alive()
    return errors


@pytest.mark.django_db(transaction=True)
def test_a_cell_saved_during_adoption_waits_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    (told,) = adopt_while_a_cell_is_saved(monkeypatch)
    assert "vedtatt av kommunestyret" in str(told)
    adopted = ClimateBudget.objects.get()
    assert (adopted.state, table_sha256(budget_table(adopted))) == ("adopted", adopted.table_sha256)


@pytest.mark.django_db(transaction=True)
def test_control_with_the_line_locked_first_the_two_wait_for_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = effects._LOCK.strip().rsplit("FOR SHARE OF budget ", 1)[0], "FOR NO KEY UPDATE OF line"
    monkeypatch.setattr(effects, "_LOCK", f"{first} {second} FOR SHARE OF budget")
    told = adopt_while_a_cell_is_saved(monkeypatch)
    given_up = [one for one in told if "deadlock detected" in str(one)]
    assert len(given_up) == 1, told
    # Where the adoption came to wait last it is the one given up, and the cell has its turn: it is refused,
    # as in any proposed budget.
    assert all(isinstance(one, Refused) for one in told if one not in given_up), told
