"""Klimaledelse: its virkemidler, who answers for each, and how each stood when leaders last approved."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from organisation.models import Unit
from reporting.enums import LEADER_APPROVED_STATES, Status
from reporting.models import STATUS_LABELS, MeasureStatus, Period
from strategy.enums import StrategyState
from strategy.models import Measure, Placement
from strategy.queries.measures import responsible_units


@dataclass(frozen=True, slots=True)
class LeadershipMeasure:
    """One virkemiddel of Klimaledelse with its newest leader-approved status; empty when there is none."""

    code: str
    title: str
    theme: str
    unit: str
    status: str
    status_label: str
    period: str


@dataclass(frozen=True, slots=True)
class ThemeMeasures:
    title: str
    measures: tuple[LeadershipMeasure, ...]


def _placements() -> list[Placement]:
    return list(
        Placement.objects.filter(focus_area__is_leadership=True, strategy__state=StrategyState.ADOPTED)
        .select_related("measure", "theme")
        .order_by("theme__order", "order", "measure__code")
    )


def leadership_measures() -> list[ThemeMeasures]:
    """All virkemidler of Klimaledelse by theme; three queries."""
    placements = _placements()
    ids = [placement.measure_id for placement in placements]
    units = responsible_units(ids)
    newest: dict[int, MeasureStatus] = {}
    for status in (
        MeasureStatus.objects.filter(measure__in=ids, report__state__in=sorted(LEADER_APPROVED_STATES))
        .select_related("report__period")
        .order_by("report__period__opens_at")
    ):
        newest[status.measure_id] = status
    themes: dict[str, list[LeadershipMeasure]] = {}
    for placement in placements:
        title = placement.theme.title if placement.theme else ""
        row = _leadership_measure(
            placement.measure, title, units.get(placement.measure_id), newest.get(placement.measure_id)
        )
        themes.setdefault(title, []).append(row)
    return [ThemeMeasures(title, tuple(rows)) for title, rows in themes.items()]


def _leadership_measure(
    measure: Measure, theme: str, unit: Unit | None, status: MeasureStatus | None
) -> LeadershipMeasure:
    return LeadershipMeasure(
        code=measure.code,
        title=measure.title,
        theme=theme,
        unit=unit.name if unit else "",
        status=status.status if status else "",
        status_label=status.get_status_display() if status else "",
        period=str(status.report.period) if status else "",
    )


@dataclass(frozen=True, slots=True)
class StatusCount:
    code: str
    label: str
    count: int


def status_counts(period: Period) -> tuple[int, list[StatusCount]]:
    """How many virkemidler there are, and how many leaders have approved with each status in the period."""
    ids = [placement.measure_id for placement in _placements()]
    counted = Counter(
        MeasureStatus.objects.filter(
            measure__in=ids, report__period=period, report__state__in=sorted(LEADER_APPROVED_STATES)
        ).values_list("status", flat=True)
    )
    return len(ids), [
        StatusCount(status.value, str(STATUS_LABELS[status]), counted[status.value])
        for status in Status
        if counted[status.value]
    ]
