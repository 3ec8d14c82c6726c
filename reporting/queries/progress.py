"""What Klima must know of a period that is going on: who nobody answers for, and what has moved since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from organisation.models import Unit
from reporting.models import MeasureStatus, Period, UnitReport
from strategy.enums import MeasureState
from strategy.models import Measure, Responsibility
from web.sorting import NorskSort

_OVER = (MeasureState.IDEA, MeasureState.DONE, MeasureState.DISCONTINUED)


@dataclass(frozen=True, slots=True)
class MovedResponsibility:
    """A measure that another unit answers for today than the one whose report it is in."""

    status: MeasureStatus
    unit: Unit


def moved_responsibilities(period: Period) -> list[MovedResponsibility]:
    """Measures whose responsibility has moved since they came into a report; two queries."""
    today = dict(
        Responsibility.objects.current()
        .filter(measure__statuses__report__period=period)
        .values_list("measure_id", "unit_id")
    )
    statuses = (
        MeasureStatus.objects.filter(report__period=period)
        .select_related("measure", "report__unit", "report__period")
        .order_by(NorskSort("report__unit__name"), "order", "pk")
    )
    moved = [one for one in statuses if today.get(one.measure_id, one.report.unit_id) != one.report.unit_id]
    units = Unit.objects.in_bulk(today[one.measure_id] for one in moved) if moved else {}
    return [MovedResponsibility(one, units[today[one.measure_id]]) for one in moved]


def closed_units(reports: Iterable[UnitReport]) -> list[UnitReport]:
    """Reports of units that are closed down, and that nobody has taken over."""
    day = timezone.localdate()
    return [
        report
        for report in reports
        if report.handed_over_to_id is None
        and report.unit.valid_to is not None
        and report.unit.valid_to < day
    ]


def addable_measures(period: Period) -> QuerySet[Measure]:
    """Measures that could be added to a period: under way or planned, and in none of its reports."""
    return (
        Measure.objects.exclude(state__in=_OVER)
        .exclude(statuses__report__period=period)
        .order_by(NorskSort("code"), "pk")
    )


def measures_outside(period: Period) -> list[tuple[Measure, Unit]]:
    """Measures under way that a unit answers for today, and that are in no report of the period."""
    rows = (
        Responsibility.objects.current()
        .filter(measure__in=addable_measures(period), measure__state=MeasureState.ONGOING)
        .select_related("measure", "unit")
        .order_by(NorskSort("measure__code"), "pk")
    )
    return [(row.measure, row.unit) for row in rows]
