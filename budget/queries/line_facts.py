"""What a line has beside its figures: the indicators of its measure, and all its funding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from budget.models import Funding, Line
from strategy.models import IndicatorTarget


@dataclass(frozen=True, slots=True)
class IndicatorGoals:
    """An indicator of a measure with its måltall, by year and the tertials of a year first."""

    name: str
    unit_label: str
    targets: list[IndicatorTarget]


def indicator_goals(measures: Collection[int]) -> dict[int, list[IndicatorGoals]]:
    """Per measure the indicators that have måltall, as the strategy says today; one query."""
    rows = IndicatorTarget.objects.filter(indicator__measure__in=measures).order_by(
        "indicator", "year", F("tertial").asc(nulls_last=True)
    )
    by_indicator: dict[int, IndicatorGoals] = {}
    found: dict[int, list[IndicatorGoals]] = defaultdict(list)
    for row in rows.select_related("indicator"):
        indicator = row.indicator
        if indicator.pk not in by_indicator:
            goals = by_indicator[indicator.pk] = IndicatorGoals(indicator.name, indicator.unit_label, [])
            found[indicator.measure_id].append(goals)
        by_indicator[indicator.pk].targets.append(row)
    return found


def fundings_of(line: Line, states: Collection[str]) -> QuerySet[Funding]:
    """The line's own funding, and the same measure's in earlier budgets the reader may see; one query."""
    earlier = Q(
        line__measure=line.measure_id,
        line__budget__scope=line.budget.scope,
        line__budget__state__in=states,
        line__budget__year__lt=line.budget.year,
    )
    rows = Funding.objects.filter(Q(line=line) | earlier).select_related("line__budget")
    return rows.order_by("-line__budget__year", "pk")
