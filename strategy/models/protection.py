"""Triggers that keep an adopted strategy as it was adopted, whatever path a change comes by.

Each guard looks at the old and the new parent and locks the strategy FOR SHARE, while a move between states
takes the same row for itself: an edit that began before adoption commits before it or fails after it.
What is followed up afterwards stays open: adopted ceilings, indicators, and everything about measures.
"""

from __future__ import annotations

import pgtrigger

from strategy.enums import (
    EDITABLE_STATES,
    HEARING_TRANSITIONS,
    STRATEGY_TRANSITIONS,
    HearingState,
    StrategyState,
)
from web.triggers import state_table

_EDITABLE = ", ".join(f"'{state}'" for state in sorted(EDITABLE_STATES))
_RAISE = "RAISE EXCEPTION 'an adopted strategy cannot be changed' USING ERRCODE = 'restrict_violation'"


def _check(strategy_id: str) -> str:
    return f"""
        SELECT state INTO guarded_state FROM strategy_strategy WHERE id = {strategy_id} FOR SHARE;
        IF guarded_state NOT IN ({_EDITABLE}) THEN {_RAISE}; END IF;"""  # noqa: S608 - only codes


def _guard(parent: str, *, open_fields: str = "") -> pgtrigger.Trigger:
    """Refuse INSERT, UPDATE and DELETE of rows of an adopted strategy; `parent` has «{row}»: OLD or NEW.

    An update of nothing but `open_fields` passes.
    """
    passes = (
        f"""IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - '{open_fields}' = to_jsonb(OLD) - '{open_fields}' THEN
            RETURN NEW;
        END IF;"""
        if open_fields
        else ""
    )
    return pgtrigger.Trigger(
        name="adopted_guard",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("guarded_state", "text")],
        func=f"""
        {passes}
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


def child_of_strategy(*, open_fields: str = "") -> list[pgtrigger.Trigger]:
    return [_guard("{row}.strategy_id", open_fields=open_fields), refuse_truncate()]


def child_of_focus_area() -> list[pgtrigger.Trigger]:
    parent = "(SELECT strategy_id FROM strategy_focusarea WHERE id = {row}.focus_area_id)"
    return [_guard(parent), refuse_truncate()]


def child_of_theme() -> list[pgtrigger.Trigger]:
    parent = (
        "(SELECT area.strategy_id FROM strategy_theme AS theme"
        " JOIN strategy_focusarea AS area ON area.id = theme.focus_area_id WHERE theme.id = {row}.theme_id)"
    )
    return [_guard(parent), refuse_truncate()]


def strategy_document() -> list[pgtrigger.Trigger]:
    """The document itself: born as a draft, moves along the transition table, never changes once adopted."""
    return [
        state_table(STRATEGY_TRANSITIONS, what="a strategy"),
        pgtrigger.Trigger(
            name="adopted_guard",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            func=f"""
            IF OLD.state NOT IN ({_EDITABLE})
                AND (to_jsonb(NEW) - 'state' - 'version') <> (to_jsonb(OLD) - 'state' - 'version')
            THEN {_RAISE};
            END IF;
            RETURN NEW;
            """,
        ),
        pgtrigger.Trigger(
            name="born_as_draft",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            condition=pgtrigger.Condition(f"NEW.state <> '{StrategyState.DRAFT}'"),
            func="RAISE EXCEPTION 'a strategy begins as a draft' USING ERRCODE = 'restrict_violation';",
        ),
        pgtrigger.Trigger(
            name="only_drafts_deleted",
            when=pgtrigger.Before,
            operation=pgtrigger.Delete,
            condition=pgtrigger.Condition(f"OLD.state <> '{StrategyState.DRAFT}'"),
            func=f"{_RAISE};",
        ),
        refuse_truncate(),
    ]


def hearing_round() -> list[pgtrigger.Trigger]:
    """A round moves along its table, and what is published stays as it was published."""
    return [
        state_table(HEARING_TRANSITIONS, what="a hearing"),
        pgtrigger.Trigger(
            name="published_stays",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition(f"OLD.state = '{HearingState.PUBLISHED}'"),
            func="""
            RAISE EXCEPTION 'a published hearing cannot be changed' USING ERRCODE = 'restrict_violation';
            """,
        ),
        pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
    ]


_ROUND_OF_REMARK = "(SELECT round_id FROM strategy_hearinganswer WHERE id = {row}.answer_id)"


def hearing_answer() -> list[pgtrigger.Trigger]:
    """An answer is given while the round is open."""
    return [_round_guard("{row}.round_id", f"guarded_state <> '{HearingState.OPEN}'")]


def hearing_remark() -> list[pgtrigger.Trigger]:
    """A remark stands when the round is closed; what Klima does with it may change until it is published."""
    changed = (
        "TG_OP <> 'UPDATE' OR OLD.text <> NEW.text OR OLD.answer_id <> NEW.answer_id"
        " OR OLD.section_id <> NEW.section_id"
    )
    return [
        _round_guard(
            _ROUND_OF_REMARK,
            f"guarded_state = '{HearingState.PUBLISHED}'"
            f" OR guarded_state = '{HearingState.CLOSED}' AND ({changed})",
        )
    ]


def _round_guard(parent: str, refused_when: str) -> pgtrigger.Trigger:
    """Refuse changes of rows of a round, whose id is `parent` with «{row}»: OLD or NEW."""
    return pgtrigger.Trigger(
        name="round_guard",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("guarded_state", "text"), ("guarded_id", "bigint")],
        func=f"""
        IF TG_OP = 'DELETE' THEN guarded_id := {parent.format(row="OLD")};
        ELSE guarded_id := {parent.format(row="NEW")};
        END IF;
        SELECT state INTO guarded_state FROM strategy_hearinground WHERE id = guarded_id FOR SHARE;
        IF {refused_when} THEN
            RAISE EXCEPTION 'the hearing is closed' USING ERRCODE = 'restrict_violation';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
        """,  # noqa: S608 - only codes
    )
