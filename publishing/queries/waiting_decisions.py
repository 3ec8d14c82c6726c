"""The decisions that wait: what approved reports ask for now, and what earlier ones asked for in vain."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from publishing.queries.period_summary import Decision, Loss
from publishing.queries.summary_rows import Reported, code_of, title_of, whole
from reporting.enums import LEADER_APPROVED_STATES, DecisionLevel, DeviationState
from reporting.models import DECISION_LEVEL_LABELS, Deviation, MeasureStatus, Period

# Highest first.
LEVELS = tuple(reversed(DecisionLevel))


def waiting_decisions(
    reported: Reported, period: Period, units: Collection[int] | None
) -> tuple[Decision, ...]:
    """What approved reports ask to have decided: highest level first, then most tonnes. Two queries.

    A deviation that is still open keeps its question until somebody has decided. One that is decided or
    closed no longer waits, whatever the report says.
    """
    found = _deviations(period, units)
    states = list(found.values_list("measure_id", "pk", "state", "decision_id"))
    waiting = {
        measure: pk
        for measure, pk, state, decision in states
        if state == DeviationState.OPEN and decision is None
    }
    settled = {measure for measure, *_rest in states} - waiting.keys()
    asked = [one for one in reported.approved if one.decision_level and one.measure_id not in settled]
    read = _with_question(waiting.values())
    rows = [_from_report(one, read.pop(waiting.get(one.measure_id), None), reported, period) for one in asked]
    rows += [_from_deviation(one, period) for one in read.values() if _told_by(one, period)]
    rows.sort(key=lambda row: (LEVELS.index(DecisionLevel(row.level)), -_lost(row)))
    return tuple(rows)


def _deviations(period: Period, units: Collection[int] | None) -> QuerySet[Deviation]:
    """The open ones, and those whose latest report is of this period or a later one."""
    found = Deviation.objects.filter(
        Q(state=DeviationState.OPEN) | Q(status__report__period__opens_at__gte=period.opens_at)
    )
    if units is not None:
        found = found.filter(unit__in=units)
    return found.order_by("opened_at", "pk")


def _with_question(keys: Iterable[int]) -> dict[int | None, Deviation]:
    """Those of them that ask for a decision: few, so only these are read in full."""
    related = Deviation.objects.select_related("unit", "measure", "line", "status__report__period")
    asking = related.filter(pk__in=list(keys)).exclude(decision_level="")
    return {one.pk: one for one in asking.order_by("opened_at", "pk")}


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
