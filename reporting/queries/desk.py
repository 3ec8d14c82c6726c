"""Klima's review desk: every report of a period with what to look at, in a fixed number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch
from django.utils import timezone

from organisation.queries.leading import Leading, leading_of_units
from reporting.calculations.remarks import Found, Said, missing_explanations, outliers
from reporting.enums import (
    EDITABLE_STATES,
    LEADER_APPROVED_STATES,
    DeviationState,
    PeriodKind,
    Place,
    ReportState,
)
from reporting.models import (
    REPORT_STATE_LABELS,
    Deviation,
    MeasureComment,
    MeasureStatus,
    Period,
    UnitReport,
)
from reporting.queries.delays import Estimate, counted_effects, estimate_of
from reporting.queries.deviations import OpenDecision, open_decisions
from reporting.queries.money import LineMoney, money_of
from reporting.rules.desk import offered_move
from reporting.rules.reports import is_frozen
from strategy.enums import Direction, MeasureState
from strategy.models import MEASURE_STATE_LABELS, Indicator, IndicatorTarget
from web.sorting import NorskSort


@dataclass(frozen=True, slots=True)
class DeskFilter:
    """What the desk's address asks for; empty is all."""

    state: str = ""
    area: int | None = None
    only: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of the status that is another than in the previous report."""

    field: str
    before: str | Decimal | date | None
    after: str | Decimal | date | None


@dataclass(frozen=True, slots=True)
class DeskMeasure:
    """One measure of a report with what there is to look at; `words/desk.py` says it."""

    status: MeasureStatus
    title: str
    differences: tuple[Difference, ...]
    lacks: tuple[Found, ...]
    stands_out: tuple[Found, ...]
    comments: tuple[MeasureComment, ...]
    estimate: Estimate | None
    deviation_id: int | None
    decision: OpenDecision | None
    money: LineMoney | None
    move: MeasureState | None

    @property
    def move_label(self) -> str:
        return str(MEASURE_STATE_LABELS[self.move]) if self.move else ""

    @property
    def worth_a_look(self) -> bool:
        return bool(
            self.differences or self.lacks or self.stands_out or self.comments or self.status.off_plan
        )

    def is_in(self, only: str) -> bool:
        """Whether it is one of those asked for: mangler, skiller, endret, avvik, flytt."""
        return {
            "mangler": bool(self.lacks),
            "skiller": bool(self.stands_out),
            "endret": bool(self.differences),
            "avvik": self.status.off_plan,
            "flytt": self.move is not None,
        }.get(only, True)


@dataclass(frozen=True, slots=True)
class DeskUnit:
    """One report and its measures."""

    report: UnitReport
    measures: tuple[DeskMeasure, ...]
    leading: Leading

    @property
    def awaits_approval(self) -> bool:
        """Whether its leader, or who acts for her, has something to do with it still."""
        report = self.report
        sent_here = report.place == Place.HERE and report.state not in LEADER_APPROVED_STATES
        return sent_here and not is_frozen(report)

    @property
    def can_be_assured(self) -> bool:
        return self.report.state == ReportState.APPROVED

    @property
    def off_plan(self) -> int:
        return sum(one.status.off_plan for one in self.measures)

    @property
    def changed(self) -> int:
        return sum(bool(one.differences) for one in self.measures)

    @property
    def missing(self) -> int:
        return sum(bool(one.lacks) for one in self.measures)

    @property
    def odd(self) -> int:
        return sum(bool(one.stands_out) for one in self.measures)

    @property
    def to_look_at(self) -> list[DeskMeasure]:
        return [one for one in self.measures if one.worth_a_look or one.move]


@dataclass(frozen=True, slots=True)
class Desk:
    """All reports of a period, and those the filter lets through. `states` are (label, count)."""

    units: tuple[DeskUnit, ...]
    shown: tuple[DeskUnit, ...]
    states: tuple[tuple[str, int], ...]

    def count(self, only: str) -> int:
        """Measures of all reports that are in a filter."""
        return sum(one.is_in(only) for unit in self.units for one in unit.measures)


def desk(period: Period, chosen: DeskFilter) -> Desk:
    """The desk of a period: fourteen queries, however many units and measures."""
    reports = list(
        UnitReport.objects.filter(period=period, handed_over_to__isnull=True)
        .select_related("unit__parent", "period__budget")
        .order_by(NorskSort("unit__name"), "pk")
    )
    measures = _measures(period, reports)
    leading = leading_of_units()
    units = tuple(
        DeskUnit(report, tuple(measures.get(report.pk, ())), leading[report.unit_id]) for report in reports
    )
    counted = Counter(report.state for report in reports)
    states = tuple(
        (str(REPORT_STATE_LABELS[state]), counted[state.value])
        for state in ReportState
        if counted[state.value]
    )
    return Desk(units, tuple(_filtered(units, chosen)), states)


def _filtered(units: tuple[DeskUnit, ...], chosen: DeskFilter) -> Iterator[DeskUnit]:
    for unit in units:
        if chosen.state and unit.report.state != chosen.state:
            continue
        if chosen.area and unit.report.unit.parent_id != chosen.area:
            continue
        if not chosen.only:
            yield unit
        elif some := tuple(one for one in unit.measures if one.is_in(chosen.only)):
            yield DeskUnit(unit.report, some, unit.leading)


def _measures(period: Period, reports: list[UnitReport]) -> dict[int, list[DeskMeasure]]:
    targets = IndicatorTarget.objects.filter(year=period.year, tertial__isnull=True)
    indicators = Indicator.objects.order_by("pk").prefetch_related(Prefetch("targets", targets))
    comments = MeasureComment.objects.select_related("by").order_by("at", "pk")
    statuses = list(
        MeasureStatus.objects.filter(report__period=period)
        .select_related("measure", "line", "imported_from")
        .prefetch_related(
            Prefetch("measure__indicators", indicators), "line__effects", Prefetch("comments", comments)
        )
        .order_by("report_id", "order", "pk")
    )
    of_report = {report.pk: report for report in reports}
    ids = [status.measure_id for status in statuses]
    around = _Around(
        before=_previous(period, ids),
        deviations=dict(
            Deviation.objects.filter(measure_id__in=ids, state=DeviationState.OPEN).values_list(
                "measure_id", "pk"
            )
        ),
        decisions=open_decisions(ids),
        money=money_of(period),
        today=timezone.localdate(),
    )
    found: dict[int, list[DeskMeasure]] = {}
    for status in statuses:
        report = of_report.get(status.report_id)
        if report is not None:
            status.report = report
            found.setdefault(report.pk, []).append(_measure(status, period, around))
    return found


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around the statuses of a period, read once for all."""

    before: Mapping[int, MeasureStatus]
    deviations: Mapping[int, int]
    decisions: Mapping[int, OpenDecision]
    money: Mapping[int, LineMoney]
    today: date


def _previous(period: Period, measure_ids: list[int]) -> dict[int, MeasureStatus]:
    """The latest answer sent before this period, by measure."""
    rows = (
        MeasureStatus.objects.filter(measure_id__in=measure_ids, report__period__opens_at__lt=period.opens_at)
        .exclude(report__state__in=sorted(EDITABLE_STATES))
        .exclude(status="")
        .select_related("report__period")
        .order_by("measure_id", "-report__period__opens_at", "-pk")
        .distinct("measure_id")
    )
    return {row.measure_id: row for row in rows}


def _measure(status: MeasureStatus, period: Period, around: _Around) -> DeskMeasure:
    before = around.before.get(status.measure_id)
    decision = around.decisions.get(status.measure_id)
    said = _said(status, period, before, decision, around.today)
    report = status.report
    sent = report.state not in EDITABLE_STATES
    assured = report.state == ReportState.ASSURED
    return DeskMeasure(
        status=status,
        title=status.adopted_title,
        differences=tuple(_differences(before, status)) if before and status.status else (),
        # What the unit is still writing is its own; Klima reads what has been sent.
        lacks=tuple(missing_explanations(said)) if sent else (),
        stands_out=tuple(outliers(said)) if sent else (),
        comments=tuple(status.comments.all()),
        estimate=estimate_of(status, period),
        deviation_id=around.deviations.get(status.measure_id),
        decision=decision,
        money=around.money.get(status.line_id) if status.line_id else None,
        move=offered_move(status.status, status.measure.state) if assured else None,
    )


def _said(
    status: MeasureStatus,
    period: Period,
    before: MeasureStatus | None,
    decision: OpenDecision | None,
    today: date,
) -> Said:
    indicator = next(iter(status.measure.indicators.all()), None)
    target = next((one.value for one in indicator.targets.all()), None) if indicator else None
    effects = counted_effects(status.line) if status.line else {}
    return Said(
        status=status.status,
        year=period.year,
        period=PeriodKind(period.kind),
        read_on=today,
        what_happened=status.what_happened,
        cause=status.cause,
        corrective_action=status.corrective_action,
        new_date=status.new_date,
        delayed_share=status.delayed_share,
        asked=indicator is not None,
        value=status.indicator_value,
        target=target,
        direction=indicator.direction if indicator else Direction.UP,
        effect=effects.get(period.year),
        previous_status=before.status if before else "",
        previous_value=before.indicator_value
        if before and before.report.period.year == period.year
        else None,
        decided=decision is not None and decision.decided,
        follow_up=status.decision_follow_up,
    )


def _differences(before: MeasureStatus, after: MeasureStatus) -> Iterator[Difference]:
    """What is another than in the previous report."""
    if before.status != after.status:
        yield Difference("status", before.get_status_display(), after.get_status_display())
    for name in ("indicator_value", "new_date", "delayed_share"):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield Difference(name, old, new)
