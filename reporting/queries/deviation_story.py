"""What has happened to a deviation: what approved reports said, and what people did with it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db.models import F, QuerySet

from reporting.enums import LEADER_APPROVED_STATES
from reporting.models import Deviation, MeasureStatus
from web.actor_columns import named_in_metadata


@dataclass(frozen=True, slots=True)
class Change:
    """The deviation's history before and after one change, and who made it."""

    before: Any
    after: Any
    who: str


@dataclass(frozen=True, slots=True)
class Story:
    """The reports of the measure from the one that opened the deviation, and the changes, oldest first."""

    reported: tuple[MeasureStatus, ...]
    changes: tuple[Change, ...]


def story_of(deviation: Deviation) -> Story:
    """Four queries."""
    return Story(tuple(_reported(deviation)), tuple(_changes(deviation)))


def _reported(deviation: Deviation) -> QuerySet[MeasureStatus]:
    first = (
        _events(deviation).order_by("pgh_id").values_list("status__report__period__opens_at", flat=True)[:1]
    )
    return (
        MeasureStatus.objects.filter(
            measure_id=deviation.measure_id,
            report__state__in=sorted(LEADER_APPROVED_STATES),
            report__period__opens_at__gte=first,
        )
        .select_related("report__period", "report__unit")
        .order_by("report__period__opens_at")
    )


def _events(deviation: Deviation) -> QuerySet[Any]:
    events: QuerySet[Any] = Deviation.pgh_event_model.objects.filter(  # type: ignore[attr-defined]
        pgh_obj_id=deviation.pk
    )
    return events


def _changes(deviation: Deviation) -> list[Change]:
    events = list(
        _events(deviation)
        .select_related("owner", "decision")
        .annotate(metadata=F("pgh_context__metadata"))
        .order_by("pgh_id")
    )
    names = named_in_metadata(event.metadata for event in events)
    return [
        Change(before, after, who) for (before, after), who in zip(pairwise(events), names[1:], strict=True)
    ]
