"""Filters and tags every template has (a template builtin): figures, dates, status, crumbs, errors."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms, template
from django.utils import timezone
from django.utils.safestring import SafeString

from web import formats, grid
from web.forms import ErrorLink
from web.forms import error_links as links_of
from web.grid import GridCell, cell_html, escape
from web.names import naming
from web.reading_tables import ReadingTable, TableRow, rows_html

register = template.Library()

# Status code of a measure: (symbol, class). The symbol is never the only bearer of meaning.
STATUS_LOOKS = {
    "not_started_planned": ("○", "kp-none"),
    "should_have_started": ("△", "kp-late"),
    "on_track": ("●", "kp-ok"),
    "delayed": ("▲", "kp-late"),
    "stopped": ("■", "kp-stop"),
    "postponed": ("◇", "kp-none"),
    "completed": ("✓", "kp-ok"),
    "missing": ("–", "kp-none"),
}
_UNKNOWN = ("", "kp-none")


@register.filter
def number(value: Decimal | int | float | None, decimals: int | None = None) -> str:
    """`{{ value|number }}`, `{{ value|number:1 }}` – «–» for nothing."""
    return formats.EN_DASH if value is None or value == "" else formats.format_number(value, decimals)


@register.filter
def named(sentence: str, day: date | None = None) -> str:
    """`{% translate "Be {climate} om tilgang."|named %}` – names filled in, of a day: web/names.py."""
    return naming(str(sentence), day)


@register.filter
def percent(value: Decimal | int | float | None, decimals: int | None = None) -> str:
    """`{{ 55|percent }}` is «55 %»."""
    return formats.EN_DASH if value is None or value == "" else formats.format_percent(value, decimals)


@register.filter
def date_no(value: date | None) -> str:
    """«10. september 2026»"""
    return formats.format_date(value or None)


@register.filter
def day_no(value: date | None) -> str:
    """«10. september»"""
    return formats.format_day(value or None)


@register.filter
def weekday_no(value: date | None) -> str:
    """«torsdag 10. september»"""
    return formats.format_weekday(value or None)


@register.filter
def datetime_no(value: datetime | None) -> str:
    """«10. september 2026 kl. 10.42»"""
    return formats.format_datetime(value or None)


@register.filter
def time_no(value: datetime | None) -> str:
    """«10.42» – write «kl.» before it."""
    return formats.format_time(value or None)


@register.filter
def until(value: date | None) -> str:
    """«om 4 dager», counted from today in Oslo."""
    return formats.days_until(value, timezone.localdate(timezone=formats.OSLO)) if value else ""


@register.filter
def status_symbol(code: str) -> str:
    return STATUS_LOOKS.get(code, _UNKNOWN)[0]


@register.filter
def status_class(code: str) -> str:
    return STATUS_LOOKS.get(code, _UNKNOWN)[1]


@register.simple_tag
def error_links(source: forms.BaseForm | Iterable[forms.BaseForm] | None) -> list[ErrorLink]:
    """`{% error_links form as links %}` – for one form or a list of forms."""
    return links_of(source)


@register.simple_tag
def select_options(options: Iterable[dict[str, Any]]) -> SafeString:
    """`{% select_options group_choices %}`: the options of a select, which may be hundreds.

    They are not rendered through a template each: that costs more than all else on a page with filters.
    """
    return SafeString("".join(_option(option) for option in options))


def _option(option: dict[str, Any]) -> str:
    attributes = "".join(
        f" {escape(name)}" if value is True else f' {escape(name)}="{escape(str(value))}"'
        for name, value in option["attrs"].items()
        if value is not False
    )
    value, label = escape(str(option["value"])), escape(str(option["label"]))
    return f'\n  <option value="{value}"{attributes}>{label}</option>'


@register.simple_tag
def grid_cell(cell: GridCell) -> SafeString:
    """`{% grid_cell cell %}`: one editable figure; see ds/grid_cell.html."""
    return cell_html(cell)


@register.simple_tag
def grid_attributes(post_url: str) -> SafeString:
    """`<table {% grid_attributes post_url %}>`: a table with such figures in it."""
    return grid.grid_attributes(post_url)


@register.simple_tag
def reading_rows(
    table: ReadingTable, rows: Iterable[TableRow], link: str = "", *, paste: bool = False
) -> SafeString:
    """`{% reading_rows table part.rows link %}`: rows of a table to read; see ds/reading_table.html."""
    return rows_html(table, rows, link=link, paste=paste)


@register.inclusion_tag("ds/crumbs.html")
def crumbs(*parts: str) -> dict[str, list[tuple[str, str]]]:
    """`{% crumbs "Klimabudsjett" budget_url "2027" %}`: title and address in turn, the last without."""
    padded = [*parts, ""] if len(parts) % 2 else list(parts)
    return {"crumbs": list(zip(padded[::2], padded[1::2], strict=True))}
