"""What of own operations hangs on a unit."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from emissions.models import OWN_SCOPES, Activity
from emissions.queries.closing import closed_through


def open_activities(unit: int) -> QuerySet[Activity]:
    """What the unit has said of years that are not frozen as an edition; one query beside its own."""
    closed = closed_through()
    still_open = Q()
    for scope in OWN_SCOPES:
        still_open |= Q(activity_type__scope=scope, year__gt=closed.get(scope, 0))
    return _said(unit).filter(still_open)


def _said(unit: int) -> QuerySet[Activity]:
    """Without what is emptied, which is as if it were never filled in."""
    return Activity.objects.filter(unit=unit).exclude(quantity__isnull=True, missing_reason="")


@dataclass(frozen=True, slots=True)
class HeldByUnit:
    """What a unit has entered: of years that are open, and the last of them, and of years that are closed."""

    unit: int
    activities: int
    last_year: int
    closed: int


def held_by_unit(unit: int) -> HeldByUnit:
    """What the unit has entered; three queries."""
    years = list(open_activities(unit).values_list("year", flat=True))
    return HeldByUnit(unit, len(years), max(years, default=0), _said(unit).count() - len(years))
