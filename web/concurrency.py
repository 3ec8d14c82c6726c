"""Two people at the same row: the one who saves last is told, never silently overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F, Field, Model
from django.forms import BaseForm
from django.utils.translation import gettext_lazy

from web.field_display import display_value, field_label
from web.http import ConflictField

# Beside the form as it was typed, which then carries the version that stands now.
STALE = gettext_lazy(
    "Noen andre endret dette mens du arbeidet. Det du skrev, står fortsatt her. Se over, og lagre på nytt."
)


class StaleObject(Exception):
    """Somebody saved the row after it was read. `obj` is the row as it is now, None if it is gone."""

    def __init__(self, obj: Any) -> None:
        self.obj = obj
        super().__init__(f"{obj!r} was changed by somebody else")


class StaleFigures(StaleObject):
    """Somebody saved some of several figures first: each change, with what stands there now."""

    def __init__(self, figures: Iterable[tuple[Any, Any]]) -> None:
        self.figures = tuple(figures)
        super().__init__(self.figures)


def save_versioned(obj: Model, *, expected: int, fields: Mapping[str, Any]) -> None:
    """Writes `fields` to the row and counts its `version` up, if it still stands at `expected`.

    Field by name, as for `QuerySet.update`. On success `obj` carries the new values and version; other
    attributes are left as they were. Raises StaleObject, with nothing written, when the row has moved on.
    """
    rows = type(obj)._base_manager.filter(pk=obj.pk, version=expected)
    if not rows.update(version=F("version") + 1, **fields):
        raise StaleObject(type(obj)._base_manager.filter(pk=obj.pk).first())
    for name, value in fields.items():
        setattr(obj, name, value)
    obj.version = expected + 1  # type: ignore[attr-defined]


def conflict_fields(
    form: BaseForm, current: Model, names: Iterable[str]
) -> tuple[list[ConflictField], list[ConflictField]]:
    """(yours, theirs) for `http.conflict`: what the form was sent, and what the row holds now.

    `names` are form fields that are also fields of `current`; choices and targets are shown in words.
    """
    yours, theirs = [], []
    for name in names:
        field = current._meta.get_field(name)
        assert isinstance(field, Field)
        bound = form[name]
        sent = bound.value()
        stored = field.value_from_object(current)
        label = str(bound.label or field_label(field))
        cleaned = getattr(form, "cleaned_data", {}).get(name, sent)
        yours.append(ConflictField(name, label, "" if sent is None else str(sent), _shown(field, cleaned)))
        theirs.append(
            ConflictField(name, label, "" if stored is None else str(stored), _shown(field, stored))
        )
    return yours, theirs


def _shown(field: Field[Any, Any], value: Any) -> str:
    if isinstance(value, Model):
        return str(value)
    if field.is_relation and value not in (None, ""):
        target = field.related_model._base_manager.filter(pk=value).first()  # type: ignore[union-attr]
        return str(target) if target else str(value)
    return display_value(field, value)
