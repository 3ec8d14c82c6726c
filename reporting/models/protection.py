"""Triggers that hold the chain whatever path a change comes by: the state table, and what a close freezes.

Every guard of a closed period locks the period FOR KEY SHARE, and the trigger that lets it close takes the
same row FOR UPDATE: what began before the close either commits before it or fails after it. KEY SHARE, so
that whoever holds the period for a publication keeps no unit from saving.
"""

from __future__ import annotations

import pgtrigger

from reporting.enums import (
    NEEDS_NEW_DATE,
    OFF_PLAN,
    OPENED_FOR_CORRECTION,
    TRANSITIONS,
    DeviationState,
    ReportState,
)
from strategy.enums import CLOSED_DECISIONS
from web.triggers import state_table

_OPENED = ", ".join(f"'{state}'" for state in sorted(OPENED_FOR_CORRECTION))
_OFF_PLAN = ", ".join(f"'{status}'" for status in sorted(OFF_PLAN))
_NEEDS_NEW_DATE = ", ".join(f"'{status}'" for status in sorted(NEEDS_NEW_DATE))
_CLOSED_DECISIONS = ", ".join(f"'{status}'" for status in sorted(CLOSED_DECISIONS))
_CLOSED = "RAISE EXCEPTION 'the reporting period is closed' USING ERRCODE = 'restrict_violation'"


def report_along_the_table() -> pgtrigger.Trigger:
    """The chain. A correction opens a report again, or is given up: back to where the report was."""
    returned = ReportState.RETURNED
    return state_table(
        TRANSITIONS,
        what="a report",
        unless=f"""
            OLD.correction_reason = '' AND NEW.correction_reason <> ''
                AND OLD.state IN ({_OPENED}) AND NEW.state = '{returned}'
            OR OLD.correction_reason <> '' AND NEW.correction_reason = ''
                AND OLD.state = '{returned}' AND NEW.state = OLD.correction_origin""",
    )


def area_is_not_skipped() -> pgtrigger.Trigger:
    """Where the area approves, it has done so before Klima assures."""
    return pgtrigger.Trigger(
        name="area_is_not_skipped",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(
            f"OLD.state = '{ReportState.APPROVED}' AND NEW.state = '{ReportState.ASSURED}'"
            " AND NEW.needs_area AND NEW.area_approved_at IS NULL"
        ),
        func="RAISE EXCEPTION 'the area has not approved the report' USING ERRCODE = 'restrict_violation';",
    )


def complete_when_submitted() -> pgtrigger.Trigger:
    """A draft may be incomplete; what is sent may not.

    Refused is a report with an answer that is empty or not confirmed, that is off plan without cause and
    action, that needs a new date and has none, or that has half of a question. The last part is of those who
    answer here: a measure with an open deviation whose decision is made, and nothing about what came of it.

    The form says the same: rules/reports.py, and queries/deviations.py of a decision to follow up.
    """
    return pgtrigger.Trigger(
        name="complete_when_submitted",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("state"),
        condition=pgtrigger.Condition("NEW.state = 'submitted' AND OLD.state <> 'submitted'"),
        func=f"""
        IF EXISTS (
            SELECT 1 FROM reporting_measurestatus
            WHERE report_id = NEW.id AND (
                status = ''
                OR confirmed_at IS NULL
                OR status IN ({_OFF_PLAN}) AND (cause = '' OR corrective_action = '')
                OR status IN ({_NEEDS_NEW_DATE}) AND new_date IS NULL
                OR (decision_level = '') <> (decision_question = '')
                OR NEW.place = 'here' AND decision_follow_up = '' AND EXISTS (
                    SELECT 1 FROM reporting_deviation
                    JOIN strategy_decision ON strategy_decision.id = reporting_deviation.decision_id
                    WHERE reporting_deviation.measure_id = reporting_measurestatus.measure_id
                        AND reporting_deviation.state = '{DeviationState.OPEN}'
                        AND reporting_deviation.decision_level <> ''
                        AND strategy_decision.status NOT IN ({_CLOSED_DECISIONS})
                )
            )
        ) THEN
            RAISE EXCEPTION 'an incomplete report cannot be submitted'
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
        """,  # noqa: S608 - only codes from enums.py
    )


def report_frozen_when_closed() -> pgtrigger.Trigger:
    """No report of a closed period comes, goes or changes, but one that is opened for correction."""
    return pgtrigger.Trigger(
        name="frozen_when_closed",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("is_closed", "boolean")],
        func=f"""
        IF TG_OP <> 'INSERT' THEN
            SELECT closed_at IS NOT NULL INTO is_closed
            FROM reporting_period WHERE id = OLD.period_id FOR KEY SHARE;
            IF is_closed AND TG_OP = 'DELETE' THEN {_CLOSED}; END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            IF is_closed AND OLD.correction_reason = '' AND NEW.correction_reason = '' THEN {_CLOSED}; END IF;
            IF OLD.period_id = NEW.period_id THEN RETURN NEW; END IF;
        END IF;
        SELECT closed_at IS NOT NULL INTO is_closed
        FROM reporting_period WHERE id = NEW.period_id FOR KEY SHARE;
        IF is_closed THEN {_CLOSED}; END IF;
        RETURN NEW;
        """,  # noqa: S608
    )


def _check_report(row: str) -> str:
    return f"""
        SELECT period.closed_at IS NOT NULL AND report.correction_reason = '' INTO is_closed
        FROM reporting_unitreport AS report JOIN reporting_period AS period ON period.id = report.period_id
        WHERE report.id = {row}.report_id FOR KEY SHARE OF period;
        IF is_closed THEN {_CLOSED}; END IF;"""  # noqa: S608


def part_frozen_when_closed(*, open_columns: tuple[str, ...] = ()) -> pgtrigger.Trigger:
    """The same for what a report consists of. `open_columns` can still be written: what others answer."""
    kept = ", ".join(f"'{name}'" for name in open_columns)
    skip = (
        f"""IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - ARRAY[{kept}] = to_jsonb(NEW) - ARRAY[{kept}] THEN
            RETURN NEW;
        END IF;"""
        if open_columns
        else ""
    )
    return pgtrigger.Trigger(
        name="frozen_when_closed",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("is_closed", "boolean")],
        func=f"""
        {skip}
        IF TG_OP <> 'INSERT' THEN {_check_report("OLD")}
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        {_check_report("NEW")}
        RETURN NEW;
        """,
    )


def period_closes_once() -> pgtrigger.Trigger:
    """Closing waits for what is under way in the period, and is never undone."""
    return pgtrigger.Trigger(
        name="closes_once",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("closed_at"),
        condition=pgtrigger.Condition("OLD.closed_at IS DISTINCT FROM NEW.closed_at"),
        func="""
        IF OLD.closed_at IS NOT NULL THEN
            RAISE EXCEPTION 'a closed period stays closed' USING ERRCODE = 'restrict_violation';
        END IF;
        PERFORM 1 FROM reporting_period WHERE id = NEW.id FOR UPDATE;
        RETURN NEW;
        """,
    )


def period_stays_when_closed() -> pgtrigger.Trigger:
    """What a closed period was about and when is not rewritten; its case number may come later."""
    columns = ("year", "kind", "budget_id", "opens_at", "contact_deadline", "leader_deadline", "closes_at")
    changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in columns)
    return pgtrigger.Trigger(
        name="stays_when_closed",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(f"OLD.closed_at IS NOT NULL AND ({changed})"),
        func=f"{_CLOSED};",
    )
