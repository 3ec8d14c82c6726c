"""What a reorganisation would move."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from organisation.models import Unit
from strategy.models import Measure, Responsibility


@dataclass(frozen=True, slots=True)
class MovableMeasure:
    """A measure the unit answers for on the day; `later` is what is planned after it, and gives way."""

    measure: Measure
    later: tuple[Responsibility, ...]


def movable_measures(unit: Unit, day: date) -> list[MovableMeasure]:
    """Measures `unit` answers for on `day`, in order of their number; two queries."""
    measures = list(
        Measure.objects.filter(
            pk__in=Responsibility.objects.valid_on(day).filter(unit=unit).values("measure_id")
        ).order_by("code_key", "pk")
    )
    later: dict[int, list[Responsibility]] = {}
    planned = Responsibility.objects.filter(measure__in=measures, valid_from__gt=day).select_related("unit")
    for one in planned.order_by("valid_from"):
        later.setdefault(one.measure_id, []).append(one)
    return [MovableMeasure(one, tuple(later.get(one.pk, ()))) for one in measures]
