"""What the pages of a unit's report show, read in a fixed number of queries however many measures it has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Max, Min, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone

from reporting.enums import OFF_PLAN, LogKind, PeriodKind, ReportState
from reporting.models import (
    MeasureComment,
    MeasureStatus,
    Period,
    ReportLogEntry,
    ReportTransition,
    ReportVersion,
    UnitReport,
)
from reporting.queries.completeness import sendable_counts
from reporting.queries.delays import Estimate, estimate_of
from reporting.queries.deviations import OpenDecision, open_decisions
from reporting.queries.previous import Previous, filled_in, previous_answers
from reporting.rules.links import split_links
from strategy.enums import Direction
from strategy.models import Indicator, IndicatorTarget
from web.formats import whole_percent
from web.sorting import NorskSort

# What makes it somebody else's turn without changing the state.
_NEXT_IN_TURN = (LogKind.AREA_APPROVED, LogKind.CORRECTION_OPENED)
_CODE = re.compile(rf"([0-9]{{4}})-({'|'.join(PeriodKind)})")
_TERTIALS = {PeriodKind.FIRST_TERTIAL: 1, PeriodKind.SECOND_TERTIAL: 2}


@dataclass(frozen=True, slots=True)
class AskedIndicator:
    """The result a measure is asked for, and what it should show at the end of the year (None: not set).

    `stage` is what it should show at the end of the period's own tertial, where that is planned.
    """

    name: str
    unit_label: str
    target: Decimal | None
    direction: str = Direction.UP
    stage: Decimal | None = None

    def reached(self, value: Decimal | None) -> Decimal | None:
        """Whole percent of the year's target; None where that says nothing."""
        if value is None or not self.target or self.direction != Direction.UP:
            return None
        return whole_percent(value, self.target)


@dataclass(frozen=True, slots=True)
class Answer:
    """One measure of a report with what stands around it; `words/answers.py` says it.

    `shown` is what the form shows: the stored status, or last period's answer where there is none yet.
    `decided` is a decision that was asked for and made, and is not closed; `undecided` still waits for it.
    """

    status: MeasureStatus
    shown: MeasureStatus
    indicator: AskedIndicator | None
    previous: Previous | None
    estimate: Estimate | None
    comments: tuple[MeasureComment, ...] = ()
    to_answer: tuple[MeasureComment, ...] = ()
    decided: OpenDecision | None = None
    undecided: OpenDecision | None = None

    @property
    def title(self) -> str:
        """As adopted, so that the report speaks of the measure by the name the budget has."""
        return self.status.adopted_title

    @property
    def links(self) -> tuple[str, ...]:
        return split_links(self.status.links)

    @property
    def is_filled_in(self) -> bool:
        """Whether what the form shows is last period's answer, which nobody has confirmed."""
        return self.shown is not self.status


def period_by_code(code: str) -> Period | None:
    """The period with a code such as «2026-T2», its budget with it."""
    match = _CODE.fullmatch(code)
    if match is None:
        return None
    return Period.objects.select_related("budget").filter(year=int(match[1]), kind=match[2]).first()


def report_of(code: str, unit_id: int) -> UnitReport | None:
    """A unit's report in a period, with unit, period and budget; None where there is none."""
    match = _CODE.fullmatch(code)
    if match is None:
        return None
    return (
        UnitReport.objects.select_related("unit", "period__budget", "handed_over_to")
        .filter(period__year=int(match[1]), period__kind=match[2], unit_id=unit_id)
        .first()
    )


def answers_of(report: UnitReport) -> list[Answer]:
    """All measures of a report in its order: eight queries."""
    return _answers(report.period, report.statuses.all())


def answers_in(period: Period, reports: Iterable[UnitReport]) -> dict[int, list[Answer]]:
    """All measures of several reports of one period, by report: eight queries however many."""
    found: dict[int, list[Answer]] = {}
    for answer in _answers(period, MeasureStatus.objects.filter(report__in=[one.pk for one in reports])):
        found.setdefault(answer.status.report_id, []).append(answer)
    return found


def answer_of(report: UnitReport, status_id: int) -> Answer | None:
    """One measure of the report, or None if it is not the report's."""
    return next(iter(_answers(report.period, report.statuses.filter(pk=status_id))), None)


def place_in(report: UnitReport, status: MeasureStatus) -> int:
    """The measure's number in the report, counted from 1."""
    before = Q(order__lt=status.order) | Q(order=status.order, pk__lt=status.pk)
    return report.statuses.filter(before).count() + 1


def _answers(period: Period, rows: QuerySet[MeasureStatus]) -> list[Answer]:
    targets = IndicatorTarget.objects.filter(year=period.year)
    indicators = Indicator.objects.order_by("pk").prefetch_related(Prefetch("targets", targets))
    statuses = list(
        rows.select_related("measure", "line", "imported_from", "report")
        .prefetch_related(
            Prefetch("measure__indicators", indicators),
            "line__effects",
            Prefetch("comments", MeasureComment.objects.select_related("by").order_by("at", "pk")),
        )
        .order_by("order", "pk")
    )
    measures = [status.measure_id for status in statuses]
    before = previous_answers(period, measures)
    decisions = open_decisions(measures)
    today = timezone.localdate()
    return [
        _answer(period, status, before.get(status.measure_id), decisions.get(status.measure_id), today)
        for status in statuses
    ]


def _answer(
    period: Period,
    status: MeasureStatus,
    previous: Previous | None,
    asked: OpenDecision | None,
    today: date,
) -> Answer:
    shown = filled_in(status, previous, today)
    comments = tuple(status.comments.all())
    return Answer(
        status=status,
        shown=shown,
        indicator=_indicator(status, period),
        previous=previous,
        estimate=estimate_of(shown, period),
        comments=comments,
        to_answer=tuple(one for one in comments if must_be_answered(one, status.report)),
        decided=asked if asked and asked.decided else None,
        undecided=asked if asked and not asked.decided else None,
    )


def must_be_answered(comment: MeasureComment, report: UnitReport) -> bool:
    """Whether the report is with the unit because of this comment."""
    if not comment.returned or report.state != ReportState.RETURNED or report.submitted_at is None:
        return False
    return comment.at >= report.submitted_at


def _indicator(status: MeasureStatus, period: Period) -> AskedIndicator | None:
    first = next(iter(status.measure.indicators.all()), None)
    if first is None:
        return None
    targets = {one.tertial: one.value for one in first.targets.all()}
    tertial = _TERTIALS.get(PeriodKind(period.kind))
    return AskedIndicator(
        first.name,
        first.unit_label,
        # Where only a tertial has a target, it is the one there is to hold the result against.
        next((one.value for one in first.targets.all()), None),
        first.direction,
        targets.get(tertial) if tertial else None,
    )


def moved_away(report: UnitReport, status_id: int) -> MeasureStatus | None:
    """A measure that has been moved out of the report to another of the period, where it stands now.

    None for one that is still there, and for what was never in it.
    """
    events = MeasureStatus.pgh_event_model.objects  # type: ignore[attr-defined]
    status = MeasureStatus.objects.select_related("measure", "report__unit").filter(pk=status_id).first()
    if status is None or status.report_id == report.pk or status.report.period_id != report.period_id:
        return None
    return status if events.filter(id=status_id, report_id=report.pk).exists() else None


def last_saved(report: UnitReport) -> datetime | None:
    """When somebody last saved an answer in the report, by its history."""
    events = MeasureStatus.pgh_event_model.objects  # type: ignore[attr-defined]
    # What a return did to an answer is no saving: it only took the confirmation away.
    saved = events.filter(
        Q(confirmed_at__isnull=False) | Q(status=""), report_id=report.pk, pgh_label="update"
    )
    found: dict[str, datetime | None] = saved.aggregate(at=Max("pgh_created_at"))
    return found["at"]


def first_submitted(report: UnitReport) -> datetime | None:
    """When the report was first sent; later versions are corrections."""
    found: dict[str, datetime | None] = report.versions.aggregate(at=Min("submitted_at"))
    return found["at"]


def reports_in(periods: Iterable[Period], unit_ids: Iterable[int] | None = None) -> list[UnitReport]:
    """Reports of the periods (of these units, or of all), sorted by unit.

    Each carries `measures`, `answered` (those that can be sent), `off_plan` (counts), `first_sent` (when
    version 1 was sent) and `moved_at` (when it last became somebody else's turn; None when nothing has
    happened). Three queries.
    """
    rows = UnitReport.objects.filter(period__in=list(periods))
    if unit_ids is not None:
        rows = rows.filter(unit_id__in=list(unit_ids))
    versions = ReportVersion.objects.filter(report=OuterRef("pk"), number=1)
    steps = ReportTransition.objects.filter(report=OuterRef("pk")).order_by("-at")
    turns = ReportLogEntry.objects.filter(report=OuterRef("pk"), kind__in=_NEXT_IN_TURN).order_by("-at")
    counted = rows.select_related("unit", "period", "handed_over_to").annotate(
        measures=Count("statuses"),
        off_plan=Count("statuses", filter=Q(statuses__status__in=sorted(OFF_PLAN))),
        first_sent=Subquery(versions.values("submitted_at")),
        moved_at=Greatest(Subquery(steps.values("at")[:1]), Subquery(turns.values("at")[:1])),
    )
    found: list[UnitReport] = list(counted.order_by("-period__opens_at", NorskSort("unit__name"), "pk"))
    answered = sendable_counts(found)
    for report in found:
        report.answered = answered[report.pk]  # type: ignore[attr-defined]
    return found


def periods_newest_first() -> list[Period]:
    return list(Period.objects.select_related("budget").order_by("-opens_at", "-pk"))
