"""What is frozen, as plain JSON data and back: figures as exact decimal text, dates as ISO 8601."""

from __future__ import annotations

from dataclasses import Field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T")
# Of a field that came later: left out while it says nothing, so that what has not changed since is the same
# data as before, and is not published once more.
LATER = {"later": True}


def to_plain(frozen: DataclassInstance) -> dict[str, Any]:
    """A dataclass as data that JSON holds without loss."""
    return {
        field.name: _encode(value)
        for field in fields(frozen)
        if not _unsaid(field, value := getattr(frozen, field.name))
    }


def _unsaid(field: Field[Any], value: Any) -> bool:
    return "later" in field.metadata and bool(value == field.default)


def from_plain(kind: type[T], data: dict[str, Any]) -> T:
    """The dataclass again, equal to the one that was frozen.

    What an older form did not have gets the field's own default. Raises KeyError where there is none.
    """
    hints = get_type_hints(kind)
    values = {
        field.name: _decode(hints[field.name], data[field.name])
        for field in fields(kind)  # type: ignore[arg-type]
        if field.name in data
    }
    try:
        return kind(**values)
    except TypeError as error:
        raise KeyError(str(error)) from error


def _encode(value: Any) -> Any:
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, date | datetime):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return to_plain(value)
    if isinstance(value, dict):
        return {key: _encode(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_encode(one) for one in value]
    return value


def _decode(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    origin = get_origin(kind)
    if origin is tuple:
        return tuple(_decode(get_args(kind)[0], one) for one in value)
    if origin is UnionType:
        kind = next(one for one in get_args(kind) if one is not type(None))
    if is_dataclass(kind):
        return from_plain(kind, value)  # type: ignore[arg-type]
    if kind is Decimal:
        return Decimal(value)
    if kind is date:
        return date.fromisoformat(value)
    return value
