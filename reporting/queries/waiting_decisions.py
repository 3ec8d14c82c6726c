"""The decisions that wait: what approved reports ask for now, and what earlier ones asked for in vain."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.timezone import localdate

from reporting.enums import LEADER_APPROVED_STATES, DecisionLevel, DeviationState
from reporting.models import DECISION_LEVEL_LABELS, Deviation, MeasureStatus, Period
from reporting.queries.leadership_rows import Reported, code_of, title_of, whole
from reporting.queries.summary import Decision, Loss

# Highest first.
LEVELS = (DecisionLevel.COUNCIL, DecisionLevel.EXECUTIVE, DecisionLevel.DIRECTOR, DecisionLevel.LEADER)


def waiting_decisions(
    reported: Reported, period: Period, units: Collection[int] | None
) -> tuple[Decision, ...]:
    """What approved reports ask to have decided: highest level first, then most tonnes. One query.

    A deviation that is still open keeps its question until somebody has decided. One that is decided or
    closed no longer waits, whatever the report says.
    """
    deviations = _deviations(period, units)
    waiting = {one.measure_id: one for one in deviations if _waits(one)}
    settled = {one.measure_id for one in deviations} - waiting.keys()
    asked = [one for one in reported.approved if one.decision_level and one.measure_id not in settled]
    rows = [_from_report(one, waiting.pop(one.measure_id, None), reported, period) for one in asked]
    rows += [
        _from_deviation(one, period)
        for one in waiting.values()
        if _told_by(one, period) and one.decision_level
    ]
    rows.sort(key=lambda row: (LEVELS.index(DecisionLevel(row.level)), -_lost(row)))
    return tuple(rows)


def _deviations(period: Period, units: Collection[int] | None) -> list[Deviation]:
    """The open ones, and those whose latest report is of this period or a later one."""
    found = Deviation.objects.filter(
        Q(state=DeviationState.OPEN) | Q(status__report__period__opens_at__gte=period.opens_at)
    )
    if units is not None:
        found = found.filter(unit__in=units)
    related = found.select_related("unit", "measure", "line", "status__report__period")
    return list(related.order_by("opened_at", "pk"))


def _waits(one: Deviation) -> bool:
    return one.state == DeviationState.OPEN and one.decision_id is None


def _told_by(one: Deviation, period: Period) -> bool:
    """Whether a leader had approved the report that tells of it, in this period or before."""
    report = one.status.report
    return report.state in LEADER_APPROVED_STATES and report.period.opens_at <= period.opens_at


def _from_report(
    one: MeasureStatus, deviation: Deviation | None, reported: Reported, period: Period
) -> Decision:
    return Decision(
        code=code_of(one),
        title=title_of(one),
        unit_id=one.report.unit_id,
        unit=one.report.unit.name,
        level=one.decision_level,
        level_label=str(DECISION_LEVEL_LABELS[DecisionLevel(one.decision_level)]),
        question=one.decision_question,
        loss=reported.losses.get(one.pk),
        new_date=one.new_date,
        since=_since(deviation, period),
    )


def _from_deviation(one: Deviation, period: Period) -> Decision:
    line, measure = one.line, one.measure
    return Decision(
        code=(line.adopted_code if line else "") or measure.code,
        title=(line.adopted_title if line else "") or measure.title,
        unit_id=one.unit_id,
        unit=one.unit.name,
        level=one.decision_level,
        level_label=str(DECISION_LEVEL_LABELS[DecisionLevel(one.decision_level)]),
        question=one.decision_question,
        loss=None if one.tonnes_at_stake is None else _at_stake(one, one.tonnes_at_stake, period),
        new_date=one.due_on,
        since=_since(one, period),
    )


def _at_stake(one: Deviation, tonnes: Decimal, period: Period) -> Loss:
    return Loss(
        total=whole(tonnes),
        # Not kept per year.
        answer_year=Decimal(0),
        counts=one.line is not None and one.line.scope == period.budget.scope,
    )


def _since(one: Deviation | None, period: Period) -> date | None:
    return localdate(one.opened_at) if one and one.opened_at < period.opens_at else None


def _lost(row: Decision) -> Decimal:
    return row.loss.total if row.loss else Decimal(0)
