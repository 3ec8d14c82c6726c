"""Events in words: what a row was called, and which fields went from what to what.

Everything foreign keys point at is fetched once per model for all the events shown, whether it still
exists or is only known from its own events.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Field, ForeignKey, Model, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from web.field_display import display_value, field_label

Change = tuple[str, str, str]
EventModels = Mapping[type[Model], type[Model]]
# Numbers that only sort and addresses made of titles: the reason of the operation says what happened.
UNTOLD = frozenset({"order", "slug"})
Fields = list["Field[Any, Any]"]


def _fields(event: Any) -> Fields:
    """The tracked model's fields the event holds."""
    kept = {field.name for field in event._meta.concrete_fields}
    return [field for field in event.pgh_tracked_model._meta.concrete_fields if field.name in kept]


def _left_out(event: Any) -> Fields:
    """The tracked model's fields the event was told not to keep, such as a person's name."""
    kept = {field.name for field in event._meta.concrete_fields}
    return [
        field
        for field in event.pgh_tracked_model._meta.concrete_fields
        if field.name not in kept and not field.generated
    ]


def _row_then(event: Any) -> Model:
    """The row as it was, never saved."""
    return event.pgh_tracked_model(
        **{field.attname: getattr(event, field.attname) for field in _fields(event)}
    )


def _target(field: Field[Any, Any]) -> type[Model]:
    assert isinstance(field.related_model, type)
    return field.related_model


class EventWords:
    """Names and changes for (event, the event before it) pairs."""

    def __init__(self, pairs: Iterable[tuple[Any, Any | None]], event_models: EventModels) -> None:
        self._event_models = event_models
        wanted: dict[type[Model], set[Any]] = defaultdict(set)
        for event in (event for pair in pairs for event in pair if event is not None):
            if _left_out(event):
                wanted[event.pgh_tracked_model].add(event.pgh_obj_id)
            for field in _fields(event):
                value = getattr(event, field.attname)
                if isinstance(field, ForeignKey) and value is not None:
                    wanted[_target(field)].add(value)
        self._targets = {model: self._rows(model, pks) for model, pks in wanted.items()}

    def _rows(self, model: type[Model], pks: set[Any]) -> dict[Any, Model]:
        """Rows by primary key: living ones with what they point at, deleted ones as last seen."""
        near = [field.name for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
        living = model._base_manager.filter(pk__in=pks)
        found = {row.pk: row for row in (living.select_related(*near) if near else living)}
        missing = pks - found.keys()
        if missing and model in self._event_models:
            events: QuerySet[Any] = self._event_models[model]._base_manager.filter(pgh_obj_id__in=missing)
            for event in events.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id"):
                found[event.pgh_obj_id] = _row_then(event)
        return found

    def what(self, event: Any) -> str:
        """«Tiltak: Utslippsfrie anleggsplasser», by the name the row had then.

        What the event does not keep is read from the row as it is now, while there is one.
        """
        row = _row_then(event)
        living = self._targets.get(event.pgh_tracked_model, {}).get(event.pgh_obj_id)
        for field in _left_out(event) if living is not None else ():
            setattr(row, field.attname, getattr(living, field.attname))
        for field in _fields(event):
            if isinstance(field, ForeignKey):
                target = self._targets.get(_target(field), {}).get(getattr(event, field.attname))
                if target is not None:
                    setattr(row, field.name, target)
        return f"{capfirst(str(row._meta.verbose_name))}: {_name(row)}"

    def changes(self, event: Any, before: Any | None) -> tuple[Change, ...]:
        """(field, from, to) for what the event changed; for an insert or a delete, all that was filled in."""
        changes = []
        for field in _fields(event):
            if field.primary_key or field.name.rpartition("_")[2] == "version" or field.name in UNTOLD:
                continue
            old = self._value(field, before) if event.pgh_label == "update" else None
            new = self._value(field, event)
            if event.pgh_label == "delete":
                old, new = new, None
            if old != new:
                changes.append((field_label(field), old or "", new or ""))
        return tuple(changes)

    def _value(self, field: Field[Any, Any], event: Any | None) -> str | None:
        if event is None:
            return None
        value = getattr(event, field.attname)
        if isinstance(field, ForeignKey) and value is not None:
            target = self._targets.get(_target(field), {}).get(value)
            return _name(target) if target is not None else _("nr. {number}").format(number=value)
        return None if value is None or value == "" else display_value(field, value)

    @staticmethod
    def name_of_deleted(model: type[Model], pk: Any, event_models: EventModels) -> str:
        """What a deleted row was called, from its last event."""
        last = event_models[model]._base_manager.filter(pgh_obj_id=pk).order_by("-pgh_id").first()
        if last is None:
            return _("nr. {number}").format(number=pk)
        return EventWords([(last, None)], event_models).what(last).partition(": ")[2]


def _name(row: Model) -> str:
    """What a row is called; by number when its name is made of something that is gone, or was never kept."""
    try:
        name = str(row)
    except ObjectDoesNotExist:
        name = ""
    return name or _("nr. {number}").format(number=row.pk)
