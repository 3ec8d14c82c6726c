"""Milestones and indicators of many measures, as a spreadsheet of them is made and read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from strategy.models import Indicator, Milestone


def milestones_of(measures: Collection[int]) -> dict[int, list[Milestone]]:
    """The milestones of each of the measures, by the measure's id; one query."""
    found: dict[int, list[Milestone]] = {pk: [] for pk in measures}
    for one in Milestone.objects.filter(measure__in=list(measures)):
        found[one.measure_id].append(one)
    return found


def indicators_of(measures: Collection[int]) -> dict[int, list[Indicator]]:
    """The indicators of each of the measures with their targets, by the measure's id; two queries."""
    found: dict[int, list[Indicator]] = {pk: [] for pk in measures}
    for one in (
        Indicator.objects.filter(measure__in=list(measures)).order_by("pk").prefetch_related("targets")
    ):
        found[one.measure_id].append(one)
    return found


@dataclass(frozen=True, slots=True)
class StoredParts:
    """The milestones and indicators of some measures, by the measure's number."""

    milestones: dict[str, list[Milestone]]
    indicators: dict[str, list[Indicator]]


def stored_parts(codes: Collection[str]) -> StoredParts:
    """Milestones and indicators with targets of the measures with these numbers; three queries."""
    stored = StoredParts({}, {})
    for milestone in Milestone.objects.filter(measure__code__in=codes).select_related("measure"):
        stored.milestones.setdefault(milestone.measure.code, []).append(milestone)
    found = Indicator.objects.filter(measure__code__in=codes).select_related("measure").order_by("pk")
    for indicator in found.prefetch_related("targets"):
        stored.indicators.setdefault(indicator.measure.code, []).append(indicator)
    return stored
