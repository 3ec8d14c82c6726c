"""Triggers that keep an adopted budget as it was adopted, whatever path a change comes by.

Each guard looks at the old and the new parent and locks it FOR SHARE: adoption takes the same row
FOR UPDATE, so an edit that began before adoption either commits before it or fails after it.
A line, overlap or reference figure never moves to another budget; therefore the parent read
through it cannot change under the lock.
"""

from __future__ import annotations

import pgtrigger

from budget.enums import TRANSITIONS, BudgetState

LOCKED = ", ".join(f"'{state}'" for state in (BudgetState.ADOPTED, BudgetState.SUPERSEDED))
_ALLOWED = ", ".join(
    f"('{origin}', '{target}')" for origin, targets in TRANSITIONS.items() for target in sorted(targets)
)
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


def child_of_budget() -> list[pgtrigger.Trigger]:
    return [_guard("{row}.budget_id"), _stays("budget_id"), refuse_truncate()]


def child_of_line() -> list[pgtrigger.Trigger]:
    return [_guard("(SELECT budget_id FROM budget_line WHERE id = {row}.line_id)"), refuse_truncate()]


def child_of_overlap() -> list[pgtrigger.Trigger]:
    return [_guard("(SELECT budget_id FROM budget_overlap WHERE id = {row}.overlap_id)"), refuse_truncate()]


def budget_document() -> list[pgtrigger.Trigger]:
    """The document itself: born as a draft, moves along the transition table, never changes once adopted."""
    return [
        pgtrigger.Trigger(
            name="adopted_guard",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            func=f"""
            IF OLD.state IN ({LOCKED}) AND NOT (
                (OLD.state, NEW.state) IN ({_ALLOWED})
                AND (to_jsonb(NEW) - 'state' - 'version') = (to_jsonb(OLD) - 'state' - 'version')
            ) THEN {_RAISE};
            END IF;
            IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN ({_ALLOWED}) THEN
                RAISE EXCEPTION 'a climate budget cannot go from % to %', OLD.state, NEW.state
                    USING ERRCODE = 'restrict_violation';
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
