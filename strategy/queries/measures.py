"""Reads about measures and who answers for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from organisation.models import Unit
from strategy.models import Measure, Responsibility


def responsible_units(measures: Iterable[int], day: date | None = None) -> dict[int, Unit]:
    """Measure → the unit that answers for it on `day` (default today); one query."""
    return {
        responsibility.measure_id: responsibility.unit
        for responsibility in Responsibility.objects.valid_on(day or timezone.localdate())
        .filter(measure__in=list(measures))
        .select_related("unit")
    }


def measure_by_code(code: str) -> Measure | None:
    return (
        Measure.objects.filter(code=code)
        .prefetch_related(
            "contributions__unit",
            "source_links__source__sector",
            "placements__strategy",
            "placements__focus_area",
            "placements__theme",
            "milestones",
            "indicators__targets",
            "responsibilities__unit",
            "needs_links__needs",
            "needed_by_links__measure",
            "transitions",
        )
        .first()
    )
