"""When something of substance last happened to a measure. A save that changes nothing is no update."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Model

from reporting.enums import EDITABLE_STATES
from reporting.models import MeasureStatus
from strategy.models import MEASURE_STATE_LABELS, Indicator, IndicatorTarget, MeasureTransition, Milestone

# What makes an answer another one. Confirming the last one again says that it still holds, and is no news.
_ANSWER = (
    "status",
    "indicator_value",
    "what_happened",
    "cause",
    "corrective_action",
    "new_date",
    "delayed_share",
)


class UpdateKind(StrEnum):
    """What happened. Never stored."""

    REPORTED = "reported"
    MILESTONE = "milestone"
    MILESTONE_REACHED = "milestone_reached"
    INDICATOR = "indicator"
    TARGET = "target"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Update:
    """What happened, to what, and when. `name` is the period's, the milestone's, the target's year…"""

    at: datetime
    kind: UpdateKind
    name: str


def last_updates(measure_ids: Iterable[int]) -> dict[int, Update]:
    """The latest real update by measure; those without any are not there. Five queries however many."""
    ids = list(measure_ids)
    newest: dict[int, Update] = {}
    for measure, update in (*_answers(ids), *_plans(ids), *_moves(ids)):
        if measure not in newest or update.at >= newest[measure].at:
            newest[measure] = update
    return newest


def _answers(ids: list[int]) -> Iterator[tuple[int, Update]]:
    """Sent answers that say something else than the one before."""
    rows = (
        MeasureStatus.objects.filter(measure_id__in=ids)
        .exclude(report__state__in=sorted(EDITABLE_STATES))
        .exclude(status="")
        .select_related("report__period")
        .order_by("measure_id", "report__period__opens_at", "pk")
    )
    before: dict[int, tuple[Any, ...]] = {}
    for row in rows:
        said = tuple(getattr(row, name) for name in _ANSWER)
        if before.get(row.measure_id) != said and row.report.submitted_at is not None:
            update = Update(row.report.submitted_at, UpdateKind.REPORTED, str(row.report.period))
            yield row.measure_id, update
        before[row.measure_id] = said


def _plans(ids: list[int]) -> Iterator[tuple[int, Update]]:
    """Milestones, indicators and targets that were added, taken away, or say something else, by history."""
    milestones = _substance(Milestone, {"measure_id__in": ids}, ("title", "due", "done_on"))
    for event, was in milestones:
        reached = event.done_on is not None and (was is None or was.done_on is None)
        kind = UpdateKind.MILESTONE_REACHED if reached else UpdateKind.MILESTONE
        yield event.measure_id, Update(event.pgh_created_at, kind, event.title)
    measure_of: dict[int, int] = {}
    indicators = _substance(Indicator, {"measure_id__in": ids}, ("name", "unit_label", "direction"))
    for event, _was in indicators:
        measure_of[event.pgh_obj_id] = event.measure_id
        yield event.measure_id, Update(event.pgh_created_at, UpdateKind.INDICATOR, event.name)
    targets = _substance(
        IndicatorTarget, {"indicator_id__in": list(measure_of)}, ("year", "tertial", "value")
    )
    for event, _was in targets:
        update = Update(event.pgh_created_at, UpdateKind.TARGET, str(event.year))
        yield measure_of[event.indicator_id], update


def _substance(
    model: type[Model], which: Mapping[str, Any], fields: tuple[str, ...]
) -> Iterator[tuple[Any, Any | None]]:
    """(event, the same row's event before it) where the row came, went, or got other words or figures."""
    events = model.pgh_event_model.objects.filter(**which)  # type: ignore[attr-defined]
    before: dict[int, Any] = {}
    for event in events.order_by("pgh_obj_id", "pgh_id"):
        was = before.get(event.pgh_obj_id)
        same = was is not None and all(getattr(was, name) == getattr(event, name) for name in fields)
        if not same or event.pgh_label == "delete":
            yield event, was
        before[event.pgh_obj_id] = event


def _moves(ids: list[int]) -> Iterator[tuple[int, Update]]:
    for move in MeasureTransition.objects.filter(measure_id__in=ids).order_by("pk"):
        state = MEASURE_STATE_LABELS[move.to_state]  # type: ignore[index]
        yield move.measure_id, Update(move.at, UpdateKind.MOVED, str(state))
