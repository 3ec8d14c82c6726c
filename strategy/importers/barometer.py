"""A spreadsheet or CSV file with one row per indicator and period.

Columns are known by their headers, in any order; others are passed over, so that the portal's own export can
be read back. A row with neither figure nor reason says nothing and is passed over too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from emissions.models import MISSING_LABELS
from strategy.models import parse_period
from strategy.words.barometer_columns import HEADERS, INDICATOR, MISSING, NOTE, PERIOD, VALUE
from web.formats import parse_norsk_tall
from web.sheets.cells import Moment
from web.sheets.csv_rows import register_rows
from web.sheets.errors import UnreadableFile
from web.sheets.limits import REGISTERS, kind_of
from web.sheets.words import shortened
from web.sheets.workbook import read_in_subprocess

HEADER_WITHIN = 15
MOST_ROWS = 2_000
MOST_ERRORS = 30
LONGEST_NOTE = 250
# The column is numeric(18,4).
MOST_DECIMALS, MOST_VALUE = 4, Decimal(10) ** 14

Row = tuple[int, Sequence[Any]]
# Name in lower case → (id, frequency).
Indicators = Mapping[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with one cell; `row` is the row number the spreadsheet shows."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class BarometerRow:
    """One row: the indicator's id, first day of the period, a figure in its unit or why there is none."""

    row: int
    indicator: int
    period: date
    value: Decimal | None
    missing_reason: str
    source_note: str


@dataclass(frozen=True, slots=True)
class BarometerFile:
    """What a file says. With `errors` nothing of it may be used."""

    rows: tuple[BarometerRow, ...]
    errors: tuple[RowError, ...]
    rows_read: int


class _WrongCell(ValueError):
    def __init__(self, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column = column


def read_barometer(content: bytes, file_name: str, indicators: Indicators) -> BarometerFile:
    """Read a file; `indicators` is name in lower case → (id, frequency).

    Every wrong cell is listed with row and column, up to the first thirty. Raises UnreadableFile when the
    file as a whole cannot be read, with a Norwegian sentence.
    """
    try:
        if kind_of(content, file_name, REGISTERS) == "text":
            return _table(register_rows(content, _delimiter_in), indicators, from_text=True)
        with read_in_subprocess(content, REGISTERS, "Klimabarometer") as sheets:
            for _title, rows in sheets:
                return _table(rows, indicators, from_text=False)
    except UnreadableFile as problem:
        raise UnreadableFile(problem.code, _about_this_file(problem)) from None
    raise _no_header()


def _about_this_file(problem: UnreadableFile) -> str:
    """The sentence of the shared checks, said of this file rather than of emission statistics."""
    own = {
        "empty": _("Filen er tom. Last ned malen, fyll den ut og last den opp."),
        "too_large": _("Filen er større enn 5 MB. Last ned malen, og fyll ut den."),
        "too_many_rows": _("Filen har for mange rader. Last ned malen, og fyll ut den."),
        "too_many_columns": _("Filen har for mange kolonner. Last ned malen, og fyll ut den."),
        "not_a_spreadsheet": _(
            "Filen er verken et regneark (.xlsx) eller en CSV-fil. Last ned malen, og fyll ut den."
        ),
        "forbidden_xml": _(
            "Regnearket inneholder noe et regneark ikke skal ha, og blir ikke lest. "
            "Last ned malen, og fyll ut den."
        ),
    }
    own |= dict.fromkeys(
        ("unpacked", "memory", "cpu"), _("Regnearket er for stort å lese. Last ned malen, og fyll ut den.")
    )
    return own.get(problem.code, str(problem))


def _no_header() -> UnreadableFile:
    return UnreadableFile(
        "no_header",
        _(
            "Vi finner ikke kolonnene «{indicator}», «{period}» og «{value}». Last ned malen, og fyll ut den."
        ).format(indicator=INDICATOR, period=PERIOD, value=VALUE),
    )


def _delimiter_in(text: str) -> str:
    head = text[:2000]
    return ";" if ";" in head else max("\t,", key=head.count)


def _table(rows: Iterable[Row], indicators: Indicators, *, from_text: bool) -> BarometerFile:
    at: dict[str, int] = {}
    read: list[BarometerRow] = []
    errors: list[RowError] = []
    seen: dict[tuple[int, date], int] = {}
    count = 0
    for number, cells in rows:
        if not at:
            at = _columns(cells)
            if not at and number >= HEADER_WITHIN:
                raise _no_header()
            continue
        if not any(_plain(cell) for cell in cells):
            continue
        count += 1
        if count > MOST_ROWS:
            raise UnreadableFile("too_many_rows", "")
        try:
            row = _value_row(
                number, {name: _cell(cells, place) for name, place in at.items()}, indicators, from_text
            )
            if row is not None:
                _refuse_twice(row, seen)
                read.append(row)
        except _WrongCell as problem:
            errors.append(RowError(number, problem.column, str(problem)))
    if not at:
        raise _no_header()
    return BarometerFile(tuple(read), tuple(errors[:MOST_ERRORS]), count)


def _columns(cells: Sequence[Any]) -> dict[str, int]:
    found = {_plain(cell).casefold(): place for place, cell in reversed(list(enumerate(cells)))}
    at = {name: found[name.casefold()] for name in HEADERS if name.casefold() in found}
    return at if {INDICATOR, PERIOD, VALUE} <= at.keys() else {}


def _cell(cells: Sequence[Any], place: int) -> Any:
    return cells[place] if place < len(cells) else None


def _plain(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Moment):
        return cell.text
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def _value_row(
    number: int, cells: Mapping[str, Any], indicators: Indicators, from_text: bool
) -> BarometerRow | None:
    reason = _reason(_plain(cells.get(MISSING)))
    value = _value(cells[VALUE], from_text=from_text)
    if value is None and not reason:
        return None
    if value is not None and reason:
        raise _WrongCell(MISSING, _("raden har både et tall og en grunn til at det mangler. Fjern ett."))
    name = _plain(cells[INDICATOR])
    known = indicators.get(name.casefold())
    if known is None:
        raise _WrongCell(
            INDICATOR,
            _("«{name}» finnes ikke i klimabarometeret.").format(name=shortened(name))
            if name
            else _("cellen er tom. Skriv navnet på indikatoren."),
        )
    try:
        period = parse_period(known[1], _plain(cells[PERIOD]))
    except ValueError as problem:
        raise _WrongCell(PERIOD, str(problem)) from None
    note = _plain(cells.get(NOTE))
    if len(note) > LONGEST_NOTE:
        raise _WrongCell(NOTE, _("teksten er lengre enn {most} tegn.").format(most=LONGEST_NOTE))
    return BarometerRow(number, known[0], period, value, reason, note)


def _reason(text: str) -> str:
    if not text:
        return ""
    for code, label in MISSING_LABELS.items():
        if text.casefold() in (code.value, str(label).casefold()):
            return code.value
    raise _WrongCell(
        MISSING,
        _("«{text}» er ikke en av grunnene. Velg mellom: {known}.").format(
            text=shortened(text), known=", ".join(str(label) for label in MISSING_LABELS.values())
        ),
    )


def _value(cell: Any, *, from_text: bool) -> Decimal | None:
    if isinstance(cell, Moment):
        raise _WrongCell(VALUE, _("cellen er en dato ({date}), ikke et tall.").format(date=cell.text))
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, bool) or (isinstance(cell, str) and not from_text):
        raise _WrongCell(
            VALUE,
            _("«{cell}» er tekst, ikke et tall. Gjør om cellen til tall, og prøv igjen.").format(
                cell=shortened(str(cell))
            ),
        )
    try:
        value = parse_norsk_tall(cell) if isinstance(cell, str) else Decimal(repr(cell))
    except ValueError as problem:
        raise _WrongCell(VALUE, str(problem)) from None
    if not value.is_finite() or abs(value) >= MOST_VALUE:
        raise _WrongCell(VALUE, _("tallet er for stort."))
    rounded = round(value, MOST_DECIMALS)
    # A workbook's binary floats have noise beyond what anybody typed.
    if rounded != value and isinstance(cell, str):
        raise _WrongCell(VALUE, _("tallet har mer enn {most} desimaler.").format(most=MOST_DECIMALS))
    return rounded


def _refuse_twice(row: BarometerRow, seen: dict[tuple[int, date], int]) -> None:
    first = seen.setdefault((row.indicator, row.period), row.row)
    if first != row.row:
        raise _WrongCell(
            PERIOD, _("samme indikator og periode står også i rad {row}. Behold én av dem.").format(row=first)
        )
