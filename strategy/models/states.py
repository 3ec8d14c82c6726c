"""A measure's way from idea to done: the triggers that hold it to the table, and the log of its moves."""

from __future__ import annotations

import pgtrigger

from strategy.enums import MEASURE_TRANSITIONS

_ALLOWED = ", ".join(
    f"('{origin}', '{target}')"
    for origin, targets in MEASURE_TRANSITIONS.items()
    for target in sorted(targets)
)


def states_follow_the_table() -> pgtrigger.Trigger:
    """A measure may begin anywhere, as decided before the portal, but moves along the table."""
    return pgtrigger.Trigger(
        name="state_transition",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("state"),
        condition=pgtrigger.Condition("OLD.state IS DISTINCT FROM NEW.state"),
        func=f"""
        IF (OLD.state, NEW.state) NOT IN ({_ALLOWED}) THEN
            RAISE EXCEPTION 'a measure cannot go from % to %', OLD.state, NEW.state
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
        """,
    )


def refuse_cycles() -> pgtrigger.Trigger:
    """Follows the new link onwards; one transaction at a time, or two could close a ring together."""
    return pgtrigger.Trigger(
        name="no_cycle",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func="""
        PERFORM pg_advisory_xact_lock(hashtext('strategy_measuredependency'));
        IF EXISTS (
            WITH RECURSIVE onwards(id) AS (
                SELECT NEW.needs_id
                UNION
                SELECT link.needs_id FROM strategy_measuredependency link
                    JOIN onwards ON link.measure_id = onwards.id
            )
            SELECT 1 FROM onwards WHERE id = NEW.measure_id
        ) THEN
            RAISE EXCEPTION 'a measure cannot depend on itself, not through others either'
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
        """,
    )
