"""Stored values in words people read: labels for choices, Norwegian numbers and dates."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Field, IntegerField
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from web.formats import format_date, format_datetime, format_number

# Years and codes stand in integer fields too, and must not be grouped.
_GROUPED_FROM = 10_000


def field_label(field: Field[Any, Any]) -> str:
    return capfirst(str(field.verbose_name)) or field.name


def display_value(field: Field[Any, Any], value: Any) -> str:
    """`value` of `field` in bokmål; «–» for nothing. Targets of relations are the caller's to name."""
    if value is None or value == "":
        return "–"
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("ja") if value else _("nei")
    if isinstance(value, Decimal):
        return format_number(value)
    if isinstance(value, int):
        grouped = isinstance(field, IntegerField) and abs(value) >= _GROUPED_FROM
        return format_number(value) if grouped else str(value)
    return _display_other(value)


def _display_other(value: Any) -> str:
    if isinstance(value, datetime):
        return format_datetime(value)
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, (list, tuple)):
        return ", ".join(str(part) for part in value) or "–"
    return str(value)
