"""What the pages of a unit's report show, read in a fixed number of queries however many measures it has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Max, Min, OuterRef, Prefetch, Q, QuerySet, Subquery

from climate_portal.web.sorting import NorskSort
from reporting.enums import EDITABLE_STATES, OFF_PLAN, Audience, PeriodKind
from reporting.models import (
    PERIOD_KIND_LABELS,
    MeasureStatus,
    Period,
    Publication,
    ReportVersion,
    UnitReport,
)
from reporting.queries.delays import Estimate, estimate_of
from strategy.models import Indicator, IndicatorTarget

_CODE = re.compile(rf"([0-9]{{4}})-({'|'.join(PeriodKind)})")


@dataclass(frozen=True, slots=True)
class AskedIndicator:
    """The result a measure is asked for, and what it should show at the end of the year (None: not set)."""

    name: str
    unit_label: str
    target: Decimal | None


@dataclass(frozen=True, slots=True)
class Previous:
    """What was last reported about a measure, in an earlier period and by whichever unit answered then."""

    period: str
    status: str
    status_label: str
    indicator_value: Decimal | None
    what_happened: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One measure of a report with what stands around it."""

    status: MeasureStatus
    indicator: AskedIndicator | None
    previous: Previous | None
    estimate: Estimate | None

    @property
    def title(self) -> str:
        """As adopted, so that the report speaks of the measure by the name the budget has."""
        line = self.status.line
        return line.adopted_title if line and line.adopted_title else self.status.measure.title

    @property
    def changed(self) -> bool:
        return self.previous is not None and self.previous.status != self.status.status


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
        UnitReport.objects.select_related("unit", "period__budget")
        .filter(period__year=int(match[1]), period__kind=match[2], unit_id=unit_id)
        .first()
    )


def answers_of(report: UnitReport) -> list[Answer]:
    """All measures of a report in its order: six queries."""
    return _answers(report, report.statuses.all())


def answer_of(report: UnitReport, status_id: int) -> Answer | None:
    """One measure of the report, or None if it is not the report's."""
    return next(iter(_answers(report, report.statuses.filter(pk=status_id))), None)


def _answers(report: UnitReport, rows: QuerySet[MeasureStatus]) -> list[Answer]:
    targets = IndicatorTarget.objects.filter(year=report.period.year)
    indicators = Indicator.objects.order_by("pk").prefetch_related(Prefetch("targets", targets))
    statuses = list(
        rows.select_related("measure", "line", "imported_from")
        .prefetch_related(Prefetch("measure__indicators", indicators), "line__effects")
        .order_by("order", "pk")
    )
    before = _previous(report.period, [status.measure_id for status in statuses])
    return [
        Answer(
            status=status,
            indicator=_indicator(status),
            previous=before.get(status.measure_id),
            estimate=estimate_of(status, report.period),
        )
        for status in statuses
    ]


def _indicator(status: MeasureStatus) -> AskedIndicator | None:
    first = next(iter(status.measure.indicators.all()), None)
    if first is None:
        return None
    target = next((one.value for one in first.targets.all()), None)
    return AskedIndicator(first.name, first.unit_label, target)


def _previous(period: Period, measure_ids: list[int]) -> dict[int, Previous]:
    """The latest answer sent before this period, by measure."""
    rows = (
        MeasureStatus.objects.filter(measure_id__in=measure_ids, report__period__opens_at__lt=period.opens_at)
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
        )
        for row in rows
    }


def _short_name(period: Period, seen_from: Period) -> str:
    if period.year != seen_from.year:
        return str(period)
    return str(PERIOD_KIND_LABELS[PeriodKind(period.kind)])


def answered_count(report: UnitReport) -> tuple[int, int]:
    """(measures with a status in this period, measures)."""
    found = report.statuses.aggregate(answered=Count("pk", filter=~Q(status="")), measures=Count("pk"))
    return found["answered"], found["measures"]


def last_saved(report: UnitReport) -> datetime | None:
    """When somebody last saved an answer in the report, by its history."""
    events = MeasureStatus.pgh_event_model.objects  # type: ignore[attr-defined]
    found: dict[str, datetime | None] = events.filter(report_id=report.pk, pgh_label="update").aggregate(
        at=Max("pgh_created_at")
    )
    return found["at"]


def first_submitted(report: UnitReport) -> datetime | None:
    """When the report was first sent; later versions are corrections."""
    found: dict[str, datetime | None] = report.versions.aggregate(at=Min("submitted_at"))
    return found["at"]


def reports_in(periods: Iterable[Period], unit_ids: Iterable[int] | None = None) -> QuerySet[UnitReport]:
    """Reports of the periods (of these units, or of all), sorted by unit.

    Each carries `measures`, `answered`, `off_plan` (counts) and `first_sent` (when version 1 was sent).
    """
    rows = UnitReport.objects.filter(period__in=list(periods))
    if unit_ids is not None:
        rows = rows.filter(unit_id__in=list(unit_ids))
    versions = ReportVersion.objects.filter(report=OuterRef("pk"), number=1)
    counted = rows.select_related("unit", "period").annotate(
        measures=Count("statuses"),
        answered=Count("statuses", filter=~Q(statuses__status="")),
        off_plan=Count("statuses", filter=Q(statuses__status__in=sorted(OFF_PLAN))),
        first_sent=Subquery(versions.values("submitted_at")),
    )
    return counted.order_by("-period__opens_at", NorskSort("unit__name"), "pk")


def periods_newest_first() -> list[Period]:
    return list(Period.objects.select_related("budget").order_by("-opens_at", "-pk"))


def latest_publications(periods: Iterable[Period]) -> dict[int, Publication]:
    """The newest publication for leadership of each period that has one, without its data and files."""
    rows = (
        Publication.objects.filter(period__in=list(periods), audience=Audience.LEADERSHIP)
        .defer("data", "pdf", "archive_pdf", "html")
        .order_by("period_id", "-number")
        .distinct("period_id")
    )
    return {row.period_id: row for row in rows}
