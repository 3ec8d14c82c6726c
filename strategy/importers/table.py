"""From an uploaded file to rows under known columns; nothing here touches the database.

A workbook may have milestones and indicators on sheets beside the measures. A CSV file holds one of the
three, and its headings say which.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import tablib
from django.utils.translation import gettext as _

from strategy.importers.part_table import PartTable, part_of
from strategy.words.measure_columns import COLUMNS, OWN_HEADERS, REQUIRED, SHEET
from strategy.words.part_columns import PART_SHEETS
from web.formats import folded, format_number
from web.sheets.cells import Moment, plain_text
from web.sheets.csv_rows import register_rows
from web.sheets.errors import UnreadableFile
from web.sheets.limits import REGISTERS, kind_of
from web.sheets.named_rows import HEADER_WITHIN, Numbered, heading, named_rows
from web.sheets.workbook import read_in_subprocess

Columns = Mapping[str, str]
LONGEST_CELL = 32_767
_HEADERS = {folded(column.header): column.name for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class MeasureTable:
    """The rows as a dataset with fields for headers, and the row number each has in the file.

    `headers` are the file's own headings, `matched` which of them each field was read from.
    """

    rows: tablib.Dataset
    numbers: tuple[int, ...]
    headers: tuple[str, ...]
    matched: Mapping[str, str]

    @property
    def unused(self) -> tuple[str, ...]:
        """Headings nobody has said the meaning of; those the portal writes itself aside."""
        known = {*self.matched.values(), *map(str, OWN_HEADERS), ""}
        return tuple(header for header in dict.fromkeys(self.headers) if header not in known)


@dataclass(slots=True)
class Tables:
    """What a file holds: measures, and milestones and indicators by the code of their sheet."""

    measures: MeasureTable | None = None
    parts: dict[str, PartTable] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        measures = self.measures.numbers if self.measures else ()
        return not measures and not any(part.numbers for part in self.parts.values())


def read_tables(content: bytes, file_name: str, chosen: Columns | None = None) -> Tables:
    """The rows under the headings of the template, or under those chosen for the measures: field → heading.

    Raises UnreadableFile with a sentence about the file as a whole; with its `headers` where somebody may
    say what they mean.
    """
    chosen = chosen or {}
    try:
        if kind_of(content, file_name, REGISTERS) == "workbook":
            tables = _from_workbook(content, chosen)
        else:
            tables = _from_text(register_rows(content), chosen)
    except UnreadableFile as refusal:
        raise UnreadableFile(refusal.code, _sentence(refusal), refusal.headers) from None
    if tables.is_empty:
        raise UnreadableFile("no_rows", _("Filen har overskrifter, men ingen tiltak. Fyll inn minst ett."))
    return tables


def _from_workbook(content: bytes, chosen: Columns) -> Tables:
    tables, likely = Tables(), list[tuple[str, ...]]()
    beside = tuple(str(sheet.title) for sheet in PART_SHEETS)
    with read_in_subprocess(content, REGISTERS, SHEET, longest_text=LONGEST_CELL, beside=beside) as sheets:
        for title, rows in sheets:
            found = list(rows)
            part = part_of(found, title, is_workbook=True)
            if part and part.sheet.code in tables.parts:
                raise UnreadableFile(
                    "doubled_sheet",
                    _("Filen har to ark med %(sheet)s. Samle radene i ett.")
                    % {"sheet": str(part.sheet.title).lower()},
                )
            if part:
                tables.parts[part.sheet.code] = part
            elif tables.measures is None and any(
                _fields(cells, chosen) for _n, cells in found[:HEADER_WITHIN]
            ):
                # The first sheet with a header is the one; the template's last sheet holds only words.
                tables.measures = _table(found, chosen)
            else:
                likely.append(_likely_headers(found))
    if tables.measures is None and (chosen or not tables.parts):
        raise _no_header(next(filter(None, likely), ()))
    return tables


def _from_text(rows: list[Numbered], chosen: Columns) -> Tables:
    part = None if chosen else part_of(rows, "", is_workbook=False)
    return Tables(parts={part.sheet.code: part}) if part else Tables(_table(rows, chosen))


def _fields(cells: Iterable[Any], chosen: Columns) -> list[str | None]:
    """The field of each header cell; empty when this is not the header."""
    headers = [heading(cell) for cell in cells]
    if chosen:
        meant = {header: name for name, header in chosen.items()}
        names = [meant.get(header) for header in headers]
        return names if set(chosen) <= set(names) else []
    names = [_HEADERS.get(header.casefold()) for header in headers]
    return names if "code" in names and sum(name is not None for name in names) > 1 else []


def recognised(headers: Iterable[str]) -> dict[str, str]:
    """Field → heading, for the headings that are the template's."""
    return {_HEADERS[header.casefold()]: header for header in headers if header.casefold() in _HEADERS}


def _likely_headers(raw: Sequence[Numbered]) -> tuple[str, ...]:
    """The headings of the first rows that looks most like a header: the one with most different texts."""
    rows = [
        [heading(cell) if isinstance(cell, str) else "" for cell in cells]
        for _n, cells in raw[:HEADER_WITHIN]
    ]
    best = max(rows, key=lambda headers: len({header for header in headers if header}), default=[])
    return tuple(header for header in dict.fromkeys(best) if header)


def _table(raw: list[Numbered], chosen: Columns) -> MeasureTable:
    at = next(
        (index for index, (_n, cells) in enumerate(raw[:HEADER_WITHIN]) if _fields(cells, chosen)), None
    )
    if at is None:
        raise _no_header(_likely_headers(raw))
    names = _fields(raw[at][1], chosen)
    headers = tuple(heading(cell) for cell in raw[at][1])
    found = [name for name in names if name]
    if missing := [column for column in COLUMNS if column.name in REQUIRED and column.name not in found]:
        raise UnreadableFile(
            "missing_columns",
            _("Filen mangler kolonnen %(headers)s. Last ned malen, og bruk overskriftene derfra.")
            % {"headers": ", ".join(f"«{column.header}»" for column in missing)},
            tuple(header for header in dict.fromkeys(headers) if header),
        )
    if twice := next((name for name in found if found.count(name) > 1), None):
        header = next(header for name, header in zip(names, headers, strict=True) if name == twice)
        raise UnreadableFile(
            "doubled_column", _("Kolonnen «%(header)s» står to ganger. Slett den ene.") % {"header": header}
        )
    rows = [
        (number, cells) for number, cells in raw[at + 1 :] if any(cell not in (None, "") for cell in cells)
    ]
    dataset = named_rows(names, rows, _value)
    return MeasureTable(
        dataset,
        tuple(number for number, _cells in rows),
        headers,
        {name: header for name, header in zip(names, headers, strict=True) if name},
    )


def _value(cell: Any) -> Any:
    """Text as text, whole numbers without decimals; a date stays a date, for the column to refuse."""
    if cell is None or isinstance(cell, Moment):
        return cell if cell is not None else ""
    if isinstance(cell, bool):
        return _("ja") if cell else _("nei")
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    return plain_text(str(cell))


def _no_header(likely: tuple[str, ...]) -> UnreadableFile:
    return UnreadableFile(
        "no_header",
        _("Vi finner ikke overskriftene. Filen må ha en rad med «Nummer», «Tittel» og «Type». Bruk malen."),
        likely,
    )


def _sentence(refusal: UnreadableFile) -> str:
    """The reader speaks of statistics; here the file holds measures."""
    words = {
        "empty": _("Filen er tom. Velg en fil med tiltak."),
        "too_large": _("Filen må være mindre enn 5 MB. Del den i flere, og last opp en om gangen."),
        "too_many_rows": _("Filen har for mange rader. Grensen er %(rows)s. Del den i flere."),
        "too_many_columns": _(
            "Filen har for mange kolonner. Grensen er %(columns)s. Bruk kolonnene i malen."
        ),
        "not_a_spreadsheet": _("Filen er verken et regneark (.xlsx) eller en CSV-fil. Bruk malen."),
        "web_page": _("Filen er en nettside, ikke et regneark. Last ned malen, og fyll ut den."),
        "truncated": _(
            "Regnearket er ikke helt: slutten av filen mangler. Lagre det på nytt, og prøv igjen."
        ),
        "damaged": _("Regnearket er ødelagt og kan ikke leses. Åpne det, lagre det som .xlsx og prøv igjen."),
        "csv_quotes": _("Et anførselstegn mangler i CSV-filen, eller filen er kuttet. Lagre den på nytt."),
        "forbidden_xml": _(
            "Regnearket inneholder XML-definisjoner som ikke er tillatt. Kopier tiltakene til malen."
        ),
        "unpacked": _("Regnearket er for stort når det pakkes ut. Kopier tiltakene til malen."),
        "memory": _("Regnearket krever for mye minne. Kopier tiltakene til malen, og prøv igjen."),
        "cpu": _("Regnearket tar for lang tid å lese. Kopier tiltakene til malen, og prøv igjen."),
    }
    limits = {"rows": format_number(REGISTERS.rows), "columns": format_number(REGISTERS.columns)}
    return words[refusal.code] % limits if refusal.code in words else str(refusal)
