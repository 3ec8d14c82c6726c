"""What holds the log of a measure's moves, and keeps measures from waiting for each other in a ring."""

from __future__ import annotations

import pgtrigger


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
