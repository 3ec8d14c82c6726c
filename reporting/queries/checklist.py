"""What makes a measure possible to follow, point by point, as its unit sees it. No score of anybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from budget.enums import BudgetState
from budget.models import Line
from organisation.models import Unit
from reporting.enums import LEADER_APPROVED_STATES, CheckItem, DeviationState
from reporting.models import CHECK_ITEM_LABELS, CHECK_ITEM_MENDS, ChecklistTick, Deviation, MeasureStatus
from reporting.queries.freshness import Update, last_updates
from reporting.rules.reports import has_contact
from strategy.enums import MeasureKind, MeasureState
from strategy.models import IndicatorTarget, Measure, Milestone, Responsibility
from web.sorting import NorskSort

# What is decided and not over is followed.
FOLLOWED_STATES = frozenset({MeasureState.ADOPTED, MeasureState.ONGOING, MeasureState.POSTPONED})


@dataclass(frozen=True, slots=True)
class CheckPoint:
    """One point: in place as the portal sees it, or ticked off by the unit with a note."""

    item: CheckItem
    label: str
    in_place: bool
    mend_url: str
    mend: str
    tick: ChecklistTick | None

    @property
    def is_ok(self) -> bool:
        return self.in_place or self.tick is not None


@dataclass(frozen=True, slots=True)
class FollowedMeasure:
    """A measure with its points, when something last happened, and how it was last reported."""

    measure: Measure
    points: tuple[CheckPoint, ...]
    updated: Update | None
    status: MeasureStatus | None
    deviation_id: int | None

    @property
    def left(self) -> int:
        return sum(not point.is_ok for point in self.points)


def followed_measures(unit: Unit, today: date | None = None) -> list[FollowedMeasure]:
    """The measures a unit answers for today; fourteen queries however many."""
    day = today or timezone.localdate()
    measures = list(
        Measure.objects.filter(
            pk__in=Responsibility.objects.valid_on(day).filter(unit=unit).values("measure_id"),
            state__in=sorted(FOLLOWED_STATES),
        ).order_by(NorskSort("code"), "pk")
    )
    ids = [measure.pk for measure in measures]
    in_place = _in_place(unit, ids, day)
    ticks = {
        (tick.measure_id, tick.item): tick
        for tick in ChecklistTick.objects.filter(measure_id__in=ids).select_related("by")
    }
    updates = last_updates(ids)
    reported = _latest_statuses(ids)
    deviations = dict(
        Deviation.objects.filter(measure_id__in=ids, state=DeviationState.OPEN).values_list(
            "measure_id", "pk"
        )
    )
    return [
        FollowedMeasure(
            measure=measure,
            points=tuple(
                _point(measure, unit, item, measure.pk in in_place[item], ticks.get((measure.pk, item)))
                for item in asked_of(measure)
            ),
            updated=updates.get(measure.pk),
            status=reported.get(measure.pk),
            deviation_id=deviations.get(measure.pk),
        )
        for measure in measures
    ]


def asked_of(measure: Measure) -> list[CheckItem]:
    """The points of a measure. A virkemiddel has no tonnes of its own, and needs no line in the budget."""
    if measure.kind == MeasureKind.VIRKEMIDDEL:
        return [item for item in CheckItem if item != CheckItem.BUDGET_LINE]
    return list(CheckItem)


def _in_place(unit: Unit, ids: list[int], day: date) -> dict[CheckItem, set[int]]:
    """The measures for which each point is as it should be."""
    found: dict[CheckItem, set[int]] = defaultdict(set)
    if has_contact(unit.pk):
        found[CheckItem.CONTACT] = set(ids)
    with_target = IndicatorTarget.objects.filter(indicator__measure_id__in=ids, year__gte=day.year)
    found[CheckItem.INDICATOR] = set(with_target.values_list("indicator__measure_id", flat=True))
    near = Milestone.objects.filter(
        measure_id__in=ids, done_on__isnull=True, due__gte=day, due__lte=a_year_after(day)
    )
    found[CheckItem.MILESTONE] = set(near.values_list("measure_id", flat=True))
    lines = Line.objects.filter(measure_id__in=ids, budget__state=BudgetState.ADOPTED)
    found[CheckItem.BUDGET_LINE] = set(lines.values_list("measure_id", flat=True))
    return found


def a_year_after(day: date) -> date:
    """The same day next year; 28 February after a leap day."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 2, 28)


def _point(
    measure: Measure, unit: Unit, item: CheckItem, in_place: bool, tick: ChecklistTick | None
) -> CheckPoint:
    mend_url = {
        CheckItem.CONTACT: reverse("organisation:index"),
        CheckItem.INDICATOR: reverse("strategy:new_indicator", args=[measure.code]),
        CheckItem.MILESTONE: reverse("strategy:new_milestone", args=[measure.code]),
        CheckItem.BUDGET_LINE: reverse("budget:unit", args=[unit.pk]),
    }[item]
    label, button = str(CHECK_ITEM_LABELS[item]), str(CHECK_ITEM_MENDS[item])
    return CheckPoint(item, label, in_place, mend_url, button, tick)


def _latest_statuses(ids: Iterable[int]) -> dict[int, MeasureStatus]:
    """The latest approved answer by measure."""
    rows = (
        MeasureStatus.objects.filter(
            measure_id__in=list(ids), report__state__in=sorted(LEADER_APPROVED_STATES)
        )
        .select_related("report__period")
        .order_by("measure_id", "-report__period__opens_at", "-pk")
        .distinct("measure_id")
    )
    return {row.measure_id: row for row in rows}
