"""What others carry out, somebody here follows up: the triggers that hold a measure to it.

They look when the transaction ends, since a measure is written before the unit that answers for it, and one
unit's time is cut before the next one's begins. What counts is a responsibility without an end: the rule
holds tomorrow as well, with no clock in the database.
"""

from __future__ import annotations

import pgtrigger


def _check(measure_id: str) -> str:
    """The measure as it stands now, locked: of two transactions that together break the rule, one loses."""
    return f"""
        SELECT external_actor INTO actor FROM strategy_measure WHERE id = {measure_id} FOR SHARE;
        IF actor <> '' AND NOT EXISTS (
            SELECT 1 FROM strategy_responsibility WHERE measure_id = {measure_id} AND valid_to IS NULL
        ) THEN
            RAISE EXCEPTION 'a measure with an external actor has nobody here who follows it up'
                USING ERRCODE = 'check_violation';
        END IF;"""  # noqa: S608 - only column names


def followed_up() -> pgtrigger.Trigger:
    """On the measure: an external actor is written."""
    return pgtrigger.Trigger(
        name="external_is_followed_up",
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("external_actor"),
        condition=pgtrigger.Condition("NEW.external_actor <> ''"),
        declare=[("actor", "text")],
        func=f"""{_check("NEW.id")}
        RETURN NULL;
        """,
    )


def still_followed_up() -> pgtrigger.Trigger:
    """On the responsibility: one is ended, moved to another measure, or taken away."""
    return pgtrigger.Trigger(
        name="external_is_followed_up",
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        operation=pgtrigger.Update | pgtrigger.Delete,
        declare=[("actor", "text")],
        func=f"""{_check("OLD.measure_id")}
        RETURN NULL;
        """,
    )
