"""What was last reported about a measure: shown beside the question, and filled in where that is usual."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reporting.enums import EDITABLE_STATES, OFF_PLAN, PeriodKind
from reporting.models import PERIOD_KIND_LABELS, MeasureStatus, Period

# What a unit is asked, in the form's order.
ANSWER_FIELDS = (
    "status",
    "indicator_value",
    "what_happened",
    "cause",
    "corrective_action",
    "new_date",
    "delayed_share",
    "decision_level",
    "decision_question",
    "decision_follow_up",
    "links",
)
# What is usually the same as last time. What has happened is new each time; a decision is asked for once.
SLOW_FIELDS = ("status", "indicator_value", "cause", "corrective_action", "new_date", "delayed_share")


@dataclass(frozen=True, slots=True)
class Previous:
    """What was last reported about a measure, in an earlier period and by whichever unit answered then."""

    period: str
    status: str
    status_label: str
    indicator_value: Decimal | None
    what_happened: str
    cause: str = ""
    corrective_action: str = ""
    new_date: date | None = None
    delayed_share: Decimal | None = None


def previous_answers(period: Period, measure_ids: Iterable[int]) -> dict[int, Previous]:
    """The latest answer sent before this period, by measure: one query."""
    rows = (
        MeasureStatus.objects.filter(
            measure_id__in=list(measure_ids), report__period__opens_at__lt=period.opens_at
        )
        .exclude(report__state__in=sorted(EDITABLE_STATES))
        .exclude(status="")
        .select_related("report__period")
        .order_by("measure_id", "-report__period__opens_at", "-pk")
        .distinct("measure_id")
    )
    return {
        row.measure_id: Previous(
            period=_short_name(row.report.period, period),
            status=row.status,
            status_label=row.get_status_display(),
            indicator_value=row.indicator_value,
            what_happened=row.what_happened,
            cause=row.cause,
            corrective_action=row.corrective_action,
            new_date=row.new_date,
            delayed_share=row.delayed_share,
        )
        for row in rows
    }


def _short_name(period: Period, seen_from: Period) -> str:
    if period.year != seen_from.year:
        return str(period)
    return str(PERIOD_KIND_LABELS[PeriodKind(period.kind)])


def untouched(status: MeasureStatus) -> bool:
    """Whether nobody has answered anything about the measure in this period."""
    return status.confirmed_at is None and not any(
        getattr(status, name) not in ("", None) for name in ANSWER_FIELDS
    )


def filled_in(status: MeasureStatus, previous: Previous | None, today: date) -> MeasureStatus:
    """The status as the form shows it: last period's slow answers where nobody has answered yet.

    Only shown, never saved: what nobody has said is not stored. A date that has passed is asked for again.
    """
    if previous is None or not untouched(status):
        return status
    shown = copy(status)
    for name in SLOW_FIELDS:
        setattr(shown, name, getattr(previous, name))
    if shown.status not in OFF_PLAN or (shown.new_date is not None and shown.new_date < today):
        shown.new_date = None
    return shown
