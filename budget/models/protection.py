"""Triggers that keep an adopted budget as it was adopted, whatever path a change comes by.

Each guard looks at the old and the new parent and locks it FOR SHARE: adoption takes the same row
FOR UPDATE, so an edit that began before adoption either commits before it or fails after it.
A line, overlap or reference figure never moves to another budget; therefore the parent read
through it cannot change under the lock.
"""

from __future__ import annotations

import pgtrigger

from budget.enums import TRANSITIONS, BudgetState, OverlapMethod
from web.triggers import state_table

LOCKED = ", ".join(f"'{state}'" for state in (BudgetState.ADOPTED, BudgetState.SUPERSEDED))
REFUSED = "an adopted climate budget cannot be changed"

_RAISE = f"RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'restrict_violation'"


def _check(budget_id: str) -> str:
    return f"""
        SELECT state INTO guarded_state FROM budget_climatebudget WHERE id = {budget_id} FOR SHARE;
        IF guarded_state IN ({LOCKED}) THEN {_RAISE}; END IF;"""  # noqa: S608


def _guard(parent: str) -> pgtrigger.Trigger:
    """Refuse INSERT, UPDATE and DELETE of rows whose budget is locked; `parent` has «{row}»: OLD or NEW."""
    return pgtrigger.Trigger(
        name="adopted_guard",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("guarded_state", "text")],
        func=f"""
        IF TG_OP <> 'INSERT' THEN {_check(parent.format(row="OLD"))}
        END IF;
        IF TG_OP <> 'DELETE' THEN {_check(parent.format(row="NEW"))}
            RETURN NEW;
        END IF;
        RETURN OLD;
        """,
    )


def refuse_truncate() -> pgtrigger.Trigger:
    """TRUNCATE skips row triggers; these tables are never emptied that way."""
    return pgtrigger.Trigger(
        name="no_truncate",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func=f"{_RAISE}; RETURN NULL;",
    )


def _stays(column: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=f"{column}_stays",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf(column),
        condition=pgtrigger.Condition(f"OLD.{column} IS DISTINCT FROM NEW.{column}"),
        func="RAISE EXCEPTION 'a row never moves to another budget' USING ERRCODE = 'restrict_violation';",
    )


def guard_of_budget() -> pgtrigger.Trigger:
    """For a row that is append-only besides: it comes before adoption or not at all."""
    return _guard("{row}.budget_id")


def child_of_budget() -> list[pgtrigger.Trigger]:
    return [guard_of_budget(), _stays("budget_id"), refuse_truncate()]


def child_of_line() -> list[pgtrigger.Trigger]:
    return [_guard("(SELECT budget_id FROM budget_line WHERE id = {row}.line_id)"), refuse_truncate()]


def child_of_overlap() -> list[pgtrigger.Trigger]:
    return [_guard("(SELECT budget_id FROM budget_overlap WHERE id = {row}.overlap_id)"), refuse_truncate()]


def line_is_no_policy() -> pgtrigger.Trigger:
    """A measure is a line or a policy in the reference path, never both in one budget."""
    return _not_also("line_is_no_policy", "budget_referencepolicy")


def policy_is_no_line() -> pgtrigger.Trigger:
    """The other half of `line_is_no_policy`."""
    return _not_also("policy_is_no_line", "budget_line")


def _not_also(name: str, other: str) -> pgtrigger.Trigger:
    """The measure's row is locked first, so that one of two who put it in both places sees the other."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("measure_id"),
        condition=pgtrigger.Condition("NEW.measure_id IS NOT NULL"),
        func=f"""
        PERFORM 1 FROM strategy_measure WHERE id = NEW.measure_id FOR NO KEY UPDATE;
        IF EXISTS (
            SELECT 1 FROM {other} WHERE budget_id = NEW.budget_id AND measure_id = NEW.measure_id
        ) THEN
            RAISE EXCEPTION 'a measure is a line or in the reference path, never both'
                USING ERRCODE = 'unique_violation';
        END IF;
        RETURN NEW;
        """,  # noqa: S608
    )


# A line that is in two overlaps of the same source in the same year.
_TWICE = """
    SELECT 1 FROM budget_overlapmember AS mine
    JOIN budget_overlap AS this ON this.id = mine.overlap_id
    JOIN budget_overlapyear AS stated ON stated.overlap_id = this.id
    JOIN budget_overlapmember AS other ON other.line_id = mine.line_id AND other.overlap_id <> this.id
    JOIN budget_overlap AS that ON that.id = other.overlap_id AND that.source_id = this.source_id
    JOIN budget_overlapyear AS also ON also.overlap_id = that.id AND also.year = stated.year
    WHERE this.id = NEW.overlap_id"""
_IN_TWO = "RAISE EXCEPTION 'a line is in two overlaps of the same source' USING ERRCODE = 'unique_violation'"


def line_in_one_overlap() -> pgtrigger.Trigger:
    """A line is in one overlap per source and year. Its row is locked, so that two at once take turns."""
    return pgtrigger.Trigger(
        name="in_one_overlap",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
        PERFORM 1 FROM budget_line WHERE id = NEW.line_id FOR NO KEY UPDATE;
        IF EXISTS ({_TWICE} AND mine.line_id = NEW.line_id) THEN {_IN_TWO}; END IF;
        RETURN NULL;
        """,
    )


def year_in_one_overlap() -> pgtrigger.Trigger:
    """As `line_in_one_overlap`, for a year added afterwards; and «ingen overlapp» has no tonnes.

    All lines of the overlap are locked, in the order of id as everywhere: two overlaps with the same lines
    would otherwise wait for each other.
    """
    return pgtrigger.Trigger(
        name="in_one_overlap",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
        IF EXISTS (
            SELECT 1 FROM budget_overlap WHERE id = NEW.overlap_id AND method = '{OverlapMethod.NONE}'
        ) THEN
            RAISE EXCEPTION 'no overlap has no tonnes' USING ERRCODE = 'check_violation';
        END IF;
        PERFORM 1 FROM budget_line
        WHERE id IN (SELECT line_id FROM budget_overlapmember WHERE overlap_id = NEW.overlap_id)
        ORDER BY id FOR NO KEY UPDATE;
        IF EXISTS ({_TWICE} AND stated.year = NEW.year) THEN {_IN_TWO}; END IF;
        RETURN NULL;
        """,  # noqa: S608
    )


def budget_document() -> list[pgtrigger.Trigger]:
    """The document itself: born as a draft, moves along the transition table, never changes once adopted."""
    return [
        state_table(TRANSITIONS, what="a climate budget"),
        pgtrigger.Trigger(
            name="adopted_guard",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            func=f"""
            IF OLD.state IN ({LOCKED}) AND NOT (
                OLD.state = '{BudgetState.ADOPTED}' AND NEW.state = '{BudgetState.SUPERSEDED}'
                AND (to_jsonb(NEW) - 'state' - 'version') = (to_jsonb(OLD) - 'state' - 'version')
            ) THEN {_RAISE};
            END IF;
            RETURN NEW;
            """,
        ),
        pgtrigger.Trigger(
            name="born_as_draft",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            condition=pgtrigger.Condition(f"NEW.state <> '{BudgetState.DRAFT}'"),
            func="RAISE EXCEPTION 'a climate budget begins as a draft' USING ERRCODE = 'restrict_violation';",
        ),
        pgtrigger.Trigger(
            name="only_drafts_deleted",
            when=pgtrigger.Before,
            operation=pgtrigger.Delete,
            condition=pgtrigger.Condition(f"OLD.state <> '{BudgetState.DRAFT}'"),
            func=f"{_RAISE};",
        ),
        refuse_truncate(),
    ]
