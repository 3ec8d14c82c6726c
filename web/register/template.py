"""A workbook to fill in: words to choose from, and cells that take only what their column holds."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from web.sheets.writing import Column, Sheet, write_xlsx

LISTS = "Lister"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a cell takes: a «whole» number, a «decimal» or a «date»; None is no limit on that side."""

    kind: str
    least: int | Decimal | None = None
    most: int | Decimal | None = None


@dataclass(frozen=True, slots=True)
class FillIn:
    """A sheet to fill in.

    `lists`: heading of a column → the list its cells choose from. In the `suggested` columns something else
    may stand too. `limits` are by heading. `rows` is how many rows, from the first under the header, have
    them.
    """

    sheet: Sheet
    rows: int
    lists: Mapping[str, str] = field(default_factory=dict)
    suggested: frozenset[str] = frozenset()
    limits: Mapping[str, Limits] = field(default_factory=dict)

    @property
    def first_row(self) -> int:
        """The row under the header, as the spreadsheet counts: an empty one stands under the title."""
        return len(self.sheet.title) + (3 if self.sheet.title else 2)


def template_workbook(tables: Sequence[FillIn], lists: Mapping[str, Sequence[str]]) -> bytes:
    """The sheets as XLSX, and last a sheet with the lists: heading → words, a column for each."""
    longest = max(map(len, lists.values()), default=0)
    words = [
        [values[row] if row < len(values) else None for values in lists.values()] for row in range(longest)
    ]
    choices = Sheet(LISTS, [Column(heading) for heading in lists], words)
    book = load_workbook(io.BytesIO(write_xlsx([*(table.sheet for table in tables), choices])))
    for page, table in zip(book.worksheets, tables, strict=False):
        _add_lists(book, page, table, lists)
        _add_limits(page, table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _add_lists(book: Workbook, page: Worksheet, table: FillIn, lists: Mapping[str, Sequence[str]]) -> None:
    order = list(lists)
    for name in dict.fromkeys(table.lists.values()):
        if not lists[name]:
            continue
        letter = get_column_letter(order.index(name) + 1)
        source = f"'{book.worksheets[-1].title}'!${letter}$2:${letter}${len(lists[name]) + 1}"
        for strict in (True, False):
            headings = [
                heading
                for heading, own in table.lists.items()
                if own == name and (heading not in table.suggested) is strict
            ]
            choice = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=strict)
            choice.error = _("Velg fra listen.")
            _put(page, table, choice, headings)


def _add_limits(page: Worksheet, table: FillIn) -> None:
    for limits in dict.fromkeys(table.limits.values()):
        check = DataValidation(type=limits.kind, allow_blank=True, showErrorMessage=True, **_between(limits))
        check.error = _("Skriv en dato.") if limits.kind == "date" else _("Skriv et tall.")
        _put(page, table, check, [heading for heading, own in table.limits.items() if own == limits])


def _between(limits: Limits) -> dict[str, str]:
    if limits.most is None:
        return {"operator": "greaterThanOrEqual", "formula1": str(limits.least or 0)}
    return {"operator": "between", "formula1": str(limits.least or 0), "formula2": str(limits.most)}


def _put(page: Worksheet, table: FillIn, check: DataValidation, headings: Sequence[str]) -> None:
    if not headings:
        return
    order = [column.header for column in table.sheet.columns]
    for heading in headings:
        letter = get_column_letter(order.index(heading) + 1)
        check.add(f"{letter}{table.first_row}:{letter}{table.first_row + table.rows - 1}")
    page.add_data_validation(check)
