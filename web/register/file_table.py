"""From an uploaded file to rows under known columns; nothing here touches the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import tablib
from django.utils.translation import gettext as _

from web.formats import folded, format_number
from web.register.columns import Column
from web.sheets.cells import Moment, plain_text
from web.sheets.csv_rows import register_rows
from web.sheets.errors import UnreadableFile
from web.sheets.limits import REGISTERS, kind_of
from web.sheets.named_rows import HEADER_WITHIN, Numbered, named_rows
from web.sheets.workbook import read_in_subprocess

LONGEST_CELL = 32_767
RawRows = list[Numbered]


def as_text(cell: Any) -> str:
    """Text as text, whole numbers without decimals, a decimal mark nobody can read two ways."""
    if cell is None:
        return ""
    if isinstance(cell, Moment):
        return cell.text
    if isinstance(cell, bool):
        return _("ja") if cell else _("nei")
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell).replace(".", ",")
    return plain_text(str(cell))


@dataclass(frozen=True, slots=True)
class FileTable:
    """The rows as a dataset with column names for headers, and the row number each has in the file.

    Cells are what the reader's `value` made of them: text, also of a workbook's dates.
    """

    rows: tablib.Dataset
    numbers: tuple[int, ...]
    columns: frozenset[str]
    is_workbook: bool


@dataclass(frozen=True, slots=True)
class TableReader:
    """Reads files with these columns, `required` ones among them; `sheet` is the one read if it is there.

    `value` makes of a cell what the columns read: its text, unless told otherwise. `sentences` say of the
    file as a whole what to do, by the code of UnreadableFile, where the usual ones do not fit.
    """

    columns: Sequence[Column]
    required: frozenset[str]
    sheet: str
    value: Callable[[Any], Any] = as_text
    sentences: Callable[[], Mapping[str, str]] = dict
    most_rows: int = REGISTERS.rows

    def read(self, content: bytes, file_name: str) -> FileTable:
        """Raises UnreadableFile with a sentence about the file as a whole."""
        try:
            if kind_of(content, file_name, REGISTERS) == "workbook":
                return self._table(self._workbook_rows(content), is_workbook=True)
            return self._table(register_rows(content), is_workbook=False)
        except UnreadableFile as refusal:
            raise UnreadableFile(refusal.code, self._sentence(refusal)) from None

    def _workbook_rows(self, content: bytes) -> RawRows:
        with read_in_subprocess(content, REGISTERS, self.sheet, longest_text=LONGEST_CELL) as sheets:
            for _title, rows in sheets:
                # The first sheet with a header is the one; another holds what the columns mean.
                found = list(rows)
                if any(self._known(cells) for _number, cells in found[:HEADER_WITHIN]):
                    return found
        raise self._no_header()

    def _known(self, cells: Iterable[Any]) -> list[str | None]:
        """The column of each header cell; empty when this is not the header."""
        headers = {
            folded(header): column.name for column in self.columns for header in (column.header, *column.also)
        }
        names = [headers.get(folded(cell or "")) for cell in cells]
        return names if self.required & {name for name in names if name} else []

    def _table(self, raw: RawRows, *, is_workbook: bool) -> FileTable:
        at = next(
            (index for index, (_n, cells) in enumerate(raw[:HEADER_WITHIN]) if self._known(cells)), None
        )
        if at is None:
            raise self._no_header()
        names = self._known(raw[at][1])
        found = [name for name in names if name]
        missing = [column for column in self.columns if column.name in self.required - set(found)]
        if missing:
            raise UnreadableFile(
                "missing_columns",
                _(
                    "Filen mangler kolonnen {headers}. Bruk overskriftene i filen du laster ned herfra."
                ).format(headers=", ".join(f"«{column.header}»" for column in missing)),
            )
        if twice := next((name for name in found if found.count(name) > 1), None):
            header = next(column.header for column in self.columns if column.name == twice)
            raise UnreadableFile(
                "doubled_column",
                _("Kolonnen «{header}» står to ganger. Slett den ene.").format(header=header),
            )
        rows = [(number, cells) for number, cells in raw[at + 1 :] if any(as_text(cell) for cell in cells)]
        if not rows:
            raise UnreadableFile("no_rows", _("Filen har overskrifter, men ingen rader. Fyll inn minst én."))
        if len(rows) > self.most_rows:
            raise UnreadableFile("too_many_rows", "")
        dataset = named_rows(names, rows, self.value)
        return FileTable(dataset, tuple(number for number, _cells in rows), frozenset(found), is_workbook)

    def _sentence(self, refusal: UnreadableFile) -> str:
        own = self.sentences()
        return own[refusal.code] if refusal.code in own else usual_sentence(refusal)

    def _no_header(self) -> UnreadableFile:
        headers = ", ".join(f"«{column.header}»" for column in self.columns if column.name in self.required)
        return UnreadableFile(
            "no_header",
            _("Vi finner ikke overskriftene. Filen må ha en rad med {headers}.").format(headers=headers),
        )


def usual_sentence(refusal: UnreadableFile) -> str:
    """The reader speaks of statistics; here the file holds the rows of a register."""
    words = {
        "empty": _("Filen er tom. Velg en fil med rader."),
        "too_large": _("Filen må være mindre enn 5 MB. Del den i flere, og last opp en om gangen."),
        "too_many_rows": _("Filen har for mange rader. Grensen er {rows}. Del den i flere."),
        "too_many_columns": _("Filen har for mange kolonner. Grensen er {columns}."),
        "not_a_spreadsheet": _("Filen er verken et regneark (.xlsx) eller en CSV-fil."),
        "web_page": _("Filen er en nettside, ikke et regneark."),
        "truncated": _(
            "Regnearket er ikke helt: slutten av filen mangler. Lagre det på nytt, og prøv igjen."
        ),
        "damaged": _("Regnearket er ødelagt og kan ikke leses. Åpne det, lagre det som .xlsx og prøv igjen."),
        "csv_quotes": _("Et anførselstegn mangler i CSV-filen, eller filen er kuttet. Lagre den på nytt."),
        "forbidden_xml": _(
            "Regnearket inneholder XML-definisjoner som ikke er tillatt. Kopier radene til et nytt."
        ),
        "unpacked": _("Regnearket er for stort når det pakkes ut. Kopier radene til et nytt."),
        "memory": _("Regnearket krever for mye minne. Kopier radene til et nytt, og prøv igjen."),
        "cpu": _("Regnearket tar for lang tid å lese. Kopier radene til et nytt, og prøv igjen."),
    }
    limits = {"rows": format_number(REGISTERS.rows), "columns": format_number(REGISTERS.columns)}
    return words[refusal.code].format(**limits) if refusal.code in words else str(refusal)
