"""The personnel system's file, row by row: a handful of columns, and nothing of the others.

A cell under any other heading is looked at once, for a fødselsnummer, and let go: it is in no row, message
or exception from here.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from organisation.words.personnel import FIELD_OF, heading_key, national_id_found, no_headings
from web.national_id import holds_national_id
from web.register.file_table import LONGEST_CELL, as_text, usual_sentence
from web.sheets.cells import Moment
from web.sheets.csv_rows import each_register_row
from web.sheets.errors import UnreadableFile
from web.sheets.limits import REGISTERS, kind_of
from web.sheets.named_rows import HEADER_WITHIN
from web.sheets.workbook import read_in_subprocess

# No sheet can be called this, so that every one of them is read.
_EVERY_SHEET = "\x00"
_NEEDED = ({"name", "email"}, {"given", "family", "email"})
_CLOCK = re.compile(r"[T ][0-9]{2}:[0-9]{2}(:[0-9.]+)?$")


@dataclass(frozen=True, slots=True)
class PersonnelRow:
    """What is read of a row, by column; `number` is the row's in the file."""

    number: int
    values: dict[str, str]


def personnel_rows(content: bytes, file_name: str) -> Iterator[PersonnelRow]:
    """The rows of the file. What came before is worth nothing until the last one is read.

    Raises UnreadableFile, in the middle of the reading too, and for a fødselsnummer anywhere in it.
    """
    try:
        if holds_national_id(file_name):
            raise _national_id(_("Filens navn"))
        found = False
        for sheet in _sheets(content, file_name):
            has_header = yield from _rows_of(sheet, read=not found)
            found = found or has_header
        if not found:
            raise UnreadableFile("no_header", no_headings())
    except UnreadableFile as refusal:
        raise UnreadableFile(refusal.code, usual_sentence(refusal)) from None


@dataclass(slots=True)
class _Sheet:
    """`title` is empty in a CSV file, which has but one."""

    title: str
    rows: Iterator[tuple[int, Sequence[Any]]]

    def place(self, number: int, column: int) -> str:
        words = _("Rad {row}, kolonne {column}")
        place = words.format(row=number, column=get_column_letter(column + 1))
        return f"{self.title}, {place[0].lower()}{place[1:]}" if self.title else place


def _sheets(content: bytes, file_name: str) -> Iterator[_Sheet]:
    if kind_of(content, file_name, REGISTERS) != "workbook":
        yield _Sheet("", iter(each_register_row(content)))
        return
    with read_in_subprocess(content, REGISTERS, _EVERY_SHEET, longest_text=LONGEST_CELL) as sheets:
        for number, (title, rows) in enumerate(sheets, start=1):
            if holds_national_id(title):
                raise _national_id(_("Navnet på ark {number}").format(number=number))
            yield _Sheet(title, rows)


def _rows_of(sheet: _Sheet, *, read: bool) -> Generator[PersonnelRow, None, bool]:
    """Every cell is looked at, those of the columns we read are kept; gives whether the sheet has them."""
    names: list[str | None] = []
    before = 0
    for number, cells in sheet.rows:
        for column, cell in enumerate(cells):
            if holds_national_id(cell.text if isinstance(cell, Moment) else cell):
                raise _national_id(sheet.place(number, column))
        if not read:
            continue
        if names:
            values = {name: _text(cell) for name, cell in zip(names, cells, strict=False) if name}
            if any(values.values()):
                yield PersonnelRow(number, _named(values))
        elif before < HEADER_WITHIN:
            before += 1
            names = _header(cells)
    return bool(names)


def _header(cells: Sequence[Any]) -> list[str | None]:
    """What is read from each column; empty when this is not the header."""
    names = [FIELD_OF.get(heading_key(as_text(cell))) for cell in cells]
    found = [name for name in names if name]
    if not any(needed <= set(found) for needed in _NEEDED):
        return []
    if twice := next((at for at, name in enumerate(names) if name and name in names[:at]), None):
        raise UnreadableFile(
            "doubled_column",
            _("Kolonnen «{header}» står to ganger. Slett den ene.").format(header=as_text(cells[twice])),
        )
    return names


def _text(cell: Any) -> str:
    return " ".join(as_text(cell).split())


def _named(values: dict[str, str]) -> dict[str, str]:
    """The name in one, and dates without a time of day."""
    given, family = values.pop("given", ""), values.pop("family", "")
    name = values.get("name", "") or f"{given} {family}".strip()
    # «Eksempel, Kari» is how some systems sort.
    if name.count(",") == 1:
        family, given = (part.strip() for part in name.split(","))
        name = f"{given} {family}".strip()
    for one in ("valid_from", "valid_to"):
        if one in values:
            values[one] = _CLOCK.sub("", values[one])
    return values | {"name": name}


def _national_id(where: str) -> UnreadableFile:
    return UnreadableFile("national_id", national_id_found(where))
