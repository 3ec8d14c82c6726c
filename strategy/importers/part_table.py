"""A sheet, or a CSV file, of milestones or indicators: which one it is, and its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import tablib
from django.utils.translation import gettext as _

from strategy.words.measure_columns import OWN_HEADERS
from strategy.words.part_columns import PART_SHEETS, PartSheet
from web.sheets.cells import Moment, plain_text
from web.sheets.errors import UnreadableFile
from web.sheets.named_rows import HEADER_WITHIN, Numbered, heading, named_rows

Rows = Sequence[Numbered]


@dataclass(frozen=True, slots=True)
class PartTable:
    """The rows as a dataset with fields for headers, and the row number each has in the file.

    In a workbook a number is a number and a date is a date; in CSV everything is text.
    """

    sheet: PartSheet
    rows: tablib.Dataset
    numbers: tuple[int, ...]
    unused: tuple[str, ...]
    is_workbook: bool


def part_of(rows: Rows, title: str, *, is_workbook: bool) -> PartTable | None:
    """The table of milestones or indicators, by its headings; None where it is neither.

    Raises UnreadableFile for a sheet with the title of one and not its columns, and where columns are
    missing or stand twice.
    """
    for at, (_number, cells) in enumerate(rows[:HEADER_WITHIN]):
        for sheet in PART_SHEETS:
            names = _fields(cells, sheet)
            if "code" in names and sheet.key in names:
                return _table(sheet, rows[at + 1 :], cells, names, is_workbook=is_workbook)
    named = next((sheet for sheet in PART_SHEETS if str(sheet.title).casefold() == title.casefold()), None)
    if named and rows:
        raise UnreadableFile("no_header", _missing(named, ["code", named.key]))
    return None


def _fields(cells: Iterable[Any], sheet: PartSheet) -> list[str | None]:
    known = {str(column.header).casefold(): column.name for column in sheet.columns}
    return [known.get(heading(cell).casefold()) for cell in cells]


def _table(
    sheet: PartSheet, rows: Rows, header: Sequence[Any], names: list[str | None], *, is_workbook: bool
) -> PartTable:
    found = [name for name in names if name]
    if missing := [one.name for one in sheet.columns if one.required and one.name not in found]:
        raise UnreadableFile("missing_columns", _missing(sheet, missing))
    if twice := next((name for name in found if found.count(name) > 1), None):
        raise UnreadableFile(
            "doubled_column",
            _("Kolonnen «%(header)s» står to ganger. Slett den ene.")
            % {"header": sheet.column(twice).header},
        )
    kept = [(number, cells) for number, cells in rows if any(cell not in (None, "") for cell in cells)]
    dataset = named_rows(names, kept, _value)
    own = {str(one).casefold() for one in OWN_HEADERS}
    unused = [
        text
        for cell, name in zip(header, names, strict=True)
        if not name and (text := heading(cell)) and text.casefold() not in own
    ]
    return PartTable(sheet, dataset, tuple(number for number, _cells in kept), tuple(unused), is_workbook)


def _missing(sheet: PartSheet, names: Sequence[str]) -> str:
    return _("%(sheet)s mangler kolonnen %(headers)s. Last ned malen, og bruk overskriftene derfra.") % {
        "sheet": sheet.title,
        "headers": ", ".join(f"«{sheet.column(name).header}»" for name in names),
    }


def _value(cell: Any) -> Any:
    """Text without what no spreadsheet keeps; numbers and dates stay what they are."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return _("ja") if cell else _("nei")
    return cell if isinstance(cell, Moment | int | float) else plain_text(str(cell))
