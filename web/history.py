"""Who changed what, when and why – kept by database triggers, shown in words.

`@tracked()` on a model stores every insert, update and delete as an event. The history of an object is its
own events and those of its parts: tracked models whose foreign key to it deletes them with it (CASCADE),
or that say so with `@tracked(part_of=["budget"])`. Two levels down: budget → line → effect.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import pghistory
from django.apps import apps
from django.db.models import CASCADE, F, ForeignKey, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from web.access import SAFE_METHODS
from web.actor_columns import named_in_metadata
from web.actors import from_address
from web.event_words import Change, EventWords
from web.formats import whole_number
from web.http import render_page
from web.secret_paths import without_secrets
from web.triggers import append_only

PAGE_SIZE = 100
_LEVELS = 2

M = TypeVar("M", bound=type[Model])

_event_models: dict[type[Model], type[Model]] = {}
_part_of: dict[type[Model], tuple[str, ...]] = {}


def tracked(*, part_of: Sequence[str] = (), **options: Any) -> Callable[[M], M]:
    """Keeps every insert, update and delete of the model as an event nobody can change.

    `part_of` names foreign keys to what the row is a part of, beyond those that cascade. Other options are
    `pghistory.track`'s; `exclude` leaves out secrets, people's names and addresses, and text that is to be
    gone after a time. A change of nothing else is no event, and a row goes by what it is called today.
    """

    def decorate(model: M) -> M:
        pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            append_only=False,
            meta={"triggers": append_only()},
            **options,
        )(model)
        _event_models[model] = model.pgh_event_model  # type: ignore[attr-defined]
        _part_of[model] = tuple(part_of)
        return model

    return decorate


class HistoryMiddleware:
    """Lets actions store the address of the page that posted. Actor and reason come from the action."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in SAFE_METHODS:
            return self.get_response(request)
        with from_address(without_secrets(request.path)):
            return self.get_response(request)


@dataclass(frozen=True)
class HistoryEntry:
    """One change of one row. `changes` are (field, from, to) in words; an empty side is «»."""

    when: datetime
    who: str
    reason: str
    action: str
    what: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class HistoryPage:
    """One page of history, newest first; `number` counts from 1."""

    entries: tuple[HistoryEntry, ...]
    number: int
    has_more: bool


def history_of(obj: Model) -> list[HistoryEntry]:
    """The newest 100 changes of an object and its parts, newest first."""
    return list(history_page(type(obj), obj.pk).entries)


def history_page(model: type[Model], pk: int, number: int = 1) -> HistoryPage:
    """One page of the history of the row `pk` of a tracked model, deleted or not, newest first.

    The number of queries depends on how many kinds of parts the model has, never on how much happened.
    """
    start = (number - 1) * PAGE_SIZE
    streams = list(_streams(model, pk))
    keys = [
        events.annotate(stream=Value(index)).order_by().values_list("pgh_created_at", "stream", "pgh_id")
        for index, events in enumerate(streams)
    ]
    merged = keys[0].union(*keys[1:], all=True) if keys[1:] else keys[0]
    newest = list(merged.order_by("-pgh_created_at", "stream", "-pgh_id")[start : start + PAGE_SIZE + 1])
    shown = newest[:PAGE_SIZE]
    found = _fetch(streams, [(stream, event_id) for _created, stream, event_id in shown])
    words = EventWords([pair for pair in found if pair[0] is not None], _event_models)
    who = named_in_metadata(event.metadata for event, _before in found)
    return HistoryPage(
        entries=tuple(
            _entry(words, event, before, name) for (event, before), name in zip(found, who, strict=True)
        ),
        number=number,
        has_more=len(newest) > PAGE_SIZE,
    )


def latest_change(obj: Model) -> HistoryEntry | None:
    """The newest change of an object or its parts: who to name when two people save at once."""
    return next(iter(history_of(obj)), None)


def _parts(model: type[Model]) -> Iterator[tuple[type[Model], str]]:
    """(part model, name of its foreign key) for the tracked parts of a model."""
    for relation in model._meta.related_objects:
        part, field = relation.related_model, relation.field
        if part not in _event_models or not isinstance(field, ForeignKey) or part is model:
            continue
        assert isinstance(part, type)
        if relation.on_delete is CASCADE or field.name in _part_of[part]:
            yield part, field.name


def _streams(model: type[Model], pk: int) -> Iterator[QuerySet[Any]]:
    """Events of the object, then of its parts level by level; each model once, at its nearest level."""
    level: dict[type[Model], QuerySet[Any]] = {
        model: _event_models[model]._base_manager.filter(pgh_obj_id=pk)
    }
    seen: set[type[Model]] = set()
    for _depth in range(_LEVELS + 1):
        yield from level.values()
        seen |= level.keys()
        belongs: dict[type[Model], Q] = {}
        for parent, events in level.items():
            owners = events.order_by().values("pgh_obj_id")
            for part, foreign_key in _parts(parent):
                if part not in seen:
                    # A part may point at two of its owners (an overlap and a line): one stream, not two.
                    belongs[part] = belongs.get(part, Q()) | Q(**{f"{foreign_key}__in": owners})
        level = {part: _event_models[part]._base_manager.filter(ours) for part, ours in belongs.items()}


def _fetch(
    streams: Sequence[QuerySet[Any]], wanted: Sequence[tuple[int, int]]
) -> list[tuple[Any, Any | None]]:
    """(event, the same row's event before it) for each wanted one, in that order."""
    by_key: dict[tuple[int, int], tuple[Any, Any | None]] = {}
    for index in {stream for stream, _event_id in wanted}:
        model = streams[index].model
        ids = [event_id for stream, event_id in wanted if stream == index]
        earlier = (
            model._base_manager.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
            .order_by("-pgh_id")
            .values("pgh_id")[:1]
        )
        events = list(
            model._base_manager.filter(pgh_id__in=ids)
            .annotate(before_id=Subquery(earlier), metadata=F("pgh_context__metadata"))
            .all()
        )
        before = model._base_manager.in_bulk([event.before_id for event in events if event.before_id])
        for event in events:
            by_key[(index, event.pgh_id)] = (event, before.get(event.before_id))
    return [by_key[key] for key in wanted]


def _entry(words: EventWords, event: Any, before: Any | None, who: str) -> HistoryEntry:
    metadata = event.metadata or {}
    actions = {"insert": _("Opprettet"), "update": _("Endret"), "delete": _("Slettet")}
    return HistoryEntry(
        when=event.pgh_created_at,
        who=who or _("Ikke registrert"),
        reason=str(metadata.get("reason") or ""),
        action=actions[event.pgh_label],
        what=words.what(event),
        changes=words.changes(event, before),
    )


def tracked_models() -> list[type[Model]]:
    """Every model whose changes are kept."""
    return list(_event_models)


def tracked_model(label: str) -> type[Model] | None:
    """The tracked model with this label («budget.line»), or None."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return None
    return model if model in _event_models else None


def object_history(request: HttpRequest, model_label: str, pk: int) -> HttpResponse:
    """The history page of any tracked object, also after it was deleted."""
    model = tracked_model(model_label)
    if model is None:
        raise Http404
    obj = model._base_manager.filter(pk=pk).first()
    page = history_page(model, pk, _page_number(request))
    if obj is None and not _event_models[model]._base_manager.filter(pgh_obj_id=pk).exists():
        raise Http404
    context = {
        "page_title": _("Historikk: {name}").format(name=_title(model, pk, obj)),
        "page": page,
        "newer": page.number - 1,
        "older": page.number + 1,
        "kind": capfirst(str(model._meta.verbose_name)),
        "is_deleted": obj is None,
        "back_url": obj.get_absolute_url() if obj and hasattr(obj, "get_absolute_url") else "",
    }
    return render_page(request, "history/object.html", context)


def _page_number(request: HttpRequest) -> int:
    # Nothing people can reach stands beyond this; PostgreSQL refuses offsets that do not fit.
    return min(max(whole_number(request.GET.get("side", ""), 1), 1), 1_000_000)


def _title(model: type[Model], pk: int, obj: Model | None) -> str:
    if obj is not None:
        return str(obj)
    return EventWords.name_of_deleted(model, pk, _event_models)
