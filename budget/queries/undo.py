"""What somebody last did to the figures of a budget, read from its history, so that it can be undone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, Func, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Now
from django.utils import timezone

from budget.enums import CellFigure
from budget.models import ClimateBudget, Cost, Effect

_TONNES = {CellFigure.EFFECT: "tonnes", CellFigure.LOW: "low", CellFigure.HIGH: "high"}
_TRACKED: tuple[Any, ...] = (Effect, Cost)
Place = tuple[int, int, CellFigure]
Amounts = dict[Place, Decimal | None]


@dataclass(frozen=True, slots=True)
class FigureMove:
    """One figure of a line and a year, tonnes or NOK, before and after a change; None: no figure."""

    line_id: int
    year: int
    figure: CellFigure
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, slots=True)
class OwnChange:
    """What somebody did at once: one cell, a group with «Lagre Mobilitet», or a block that was pasted, of
    which each cell was saved by itself. `pks` are the contexts in history that it is made of.
    """

    pks: tuple[UUID, ...]
    moves: tuple[FigureMove, ...]


def last_own_change(budget: ClimateBudget, user_id: int, reasons: Collection[str]) -> OwnChange | None:
    """The user's newest change of today to the budget's figures that is not undone; at most ten queries.

    `reasons` are those of changes to figures alone: a copied budget is never taken apart again.
    """
    undone = {UUID(pk) for events in _today(budget) for pk in _undone(events)}
    own = [
        events.filter(
            pgh_context__metadata__actor_id=user_id, pgh_context__metadata__reason__in=reasons
        ).exclude(pgh_context_id__in=undone)
        for events in _today(budget)
    ]
    columns = ("pgh_created_at", "pgh_context_id", "pgh_context__metadata__block")
    newest = [found for events in own if (found := events.order_by("-pgh_id").values_list(*columns).first())]
    if not newest:
        return None
    _when, pk, block = max(newest, key=lambda found: found[:2])
    pks = {pk}
    if block:
        for events in own:
            pks |= set(
                events.filter(pgh_context__metadata__block=block).values_list("pgh_context_id", flat=True)
            )
    moves = [move for events in own for move in _moves(events.filter(pgh_context_id__in=pks))]
    return OwnChange(tuple(sorted(pks)), tuple(moves))


def _today(budget: ClimateBudget) -> list[QuerySet[Any]]:
    """Today's events of the budget's effects and of its costs."""
    midnight = day_of(Now())  # by the clock the events were written by
    event_models: list[Any] = [tracked_model.pgh_event_model for tracked_model in _TRACKED]
    return [model.objects.filter(line__budget=budget, pgh_created_at__gte=midnight) for model in event_models]


def day_of(moment: Any) -> Func:
    """The instant the day of a moment began here.

    With the zone given, PostgreSQL answers with an instant. Django's TruncDay is a time without a zone in
    SQL, an hour or two off beside what has one.
    """
    zone = Value(timezone.get_current_timezone_name())
    return Func(Value("day"), moment, zone, function="date_trunc", output_field=DateTimeField())


def _undone(events: QuerySet[Any]) -> Iterable[str]:
    rows = events.filter(pgh_context__metadata__has_key="undoes")
    lists = rows.values_list("pgh_context__metadata__undoes", flat=True).distinct()
    return (pk for pks in lists for pk in pks)


def _moves(events: QuerySet[Any]) -> list[FigureMove]:
    """What the events did to each figure, from before the first to after the last; two queries."""
    earlier = (
        events.model.objects.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
        .order_by("-pgh_id")
        .values("pgh_id")[:1]
    )
    rows = list(events.order_by("pgh_id").annotate(before_id=Subquery(earlier)))
    previous = events.model.objects.in_bulk([row.before_id for row in rows if row.before_id])
    before: Amounts = {}
    after: Amounts = {}
    for row in rows:
        # A delete is stored with the row as it was; an insert had nothing before it.
        older = row if row.pgh_label == "delete" else previous.get(row.before_id)
        here = _amounts(row)
        nothing: Mapping[Place, None] = dict.fromkeys(here)
        for place, amount in (_amounts(older) if older else nothing).items():
            before.setdefault(place, amount)
        after.update(nothing if row.pgh_label == "delete" else here)
    return [
        FigureMove(*place, before[place], after[place]) for place in before if before[place] != after[place]
    ]


def _amounts(event: Any) -> Amounts:
    if hasattr(event, "nok"):
        return {(event.line_id, event.year, CellFigure(event.kind)): event.nok}
    return {(event.line_id, event.year, figure): getattr(event, name) for figure, name in _TONNES.items()}
