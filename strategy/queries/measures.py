"""Reads about measures and who answers for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.db.models.functions import Lower
from django.utils import timezone

from organisation.models import Unit
from strategy.models import (
    Contribution,
    Measure,
    MeasureDependency,
    MeasureSource,
    MeasureTransition,
    Placement,
    Responsibility,
)
from strategy.rules import PUBLISHED_STATES


def responsible_units(measures: Iterable[int], day: date | None = None) -> dict[int, Unit]:
    """Measure → the unit that answers for it on `day` (default today); one query."""
    return {
        responsibility.measure_id: responsibility.unit
        for responsibility in Responsibility.objects.valid_on(day or timezone.localdate())
        .filter(measure__in=list(measures))
        .select_related("unit")
    }


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers for a measure on a day, and those who are to take over after it, in order of time."""

    today: Responsibility | None
    planned: tuple[Responsibility, ...]

    @property
    def unit(self) -> Unit | None:
        return self.today.unit if self.today else None


def answering(responsibilities: Iterable[Responsibility], day: date | None = None) -> Answering:
    """Read from the measure's responsibilities, with their units, as they are fetched; no query."""
    day = day or timezone.localdate()
    rows = sorted(responsibilities, key=lambda row: row.valid_from)
    return Answering(
        today=next(
            (row for row in rows if row.valid_from <= day and (row.valid_to is None or row.valid_to >= day)),
            None,
        ),
        planned=tuple(row for row in rows if row.valid_from > day),
    )


def measure_by_code(code: str, *, drafts: bool = True) -> Measure | None:
    """The measure with what its page shows; where it stands in drafts is left out unless `drafts`."""
    placements = Placement.objects.select_related("strategy", "focus_area", "theme").order_by(
        "strategy__order", "pk"
    )
    if not drafts:
        placements = placements.filter(strategy__state__in=sorted(PUBLISHED_STATES))
    return (
        Measure.objects.filter(code=code)
        .select_related("assured_by")
        .prefetch_related(
            Prefetch("contributions", queryset=Contribution.objects.select_related("unit")),
            Prefetch("source_links", queryset=MeasureSource.objects.select_related("source__sector")),
            Prefetch("placements", queryset=placements),
            "milestones",
            "indicators__targets",
            Prefetch(
                "responsibilities",
                queryset=Responsibility.objects.select_related("unit").order_by("valid_from"),
            ),
            Prefetch("needs_links", queryset=MeasureDependency.objects.select_related("needs")),
            Prefetch("needed_by_links", queryset=MeasureDependency.objects.select_related("measure")),
            Prefetch("transitions", queryset=MeasureTransition.objects.select_related("by")),
        )
        .first()
    )


def measures_by_code(codes: Iterable[str]) -> dict[str, Measure]:
    """Those of the measures there are, by number in lower case, whatever the case asked for; one query."""
    wanted = [code.casefold() for code in codes]
    found = Measure.objects.annotate(lower=Lower("code")).filter(lower__in=wanted)
    return {measure.code.casefold(): measure for measure in found}
