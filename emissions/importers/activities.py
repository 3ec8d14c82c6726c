"""Reads a workbook of activities, row by row, against a register of what the portal knows. No database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from emissions.enums import MissingReason
from emissions.models import MISSING_LABELS
from emissions.words.activity_columns import ACTIVITY, MEASURE, NOTE, QUANTITY, SHEET, UNIT, YEAR
from web.formats import parse_norsk_tall, without_spaces
from web.sheets.cells import Moment
from web.sheets.errors import UnreadableFile
from web.sheets.limits import REGISTERS, kind_of
from web.sheets.workbook import Row, read_in_subprocess

HEADERS = (UNIT, ACTIVITY, MEASURE, YEAR, QUANTITY, NOTE)
# Lines of explanation may stand above the table.
_HEADER_WITHIN = 20
LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class KnownType:
    """An activity type as the workbook names it, with the label of its unit of measure."""

    pk: int
    measure: str


@dataclass(frozen=True, slots=True)
class Register:
    """What names in the workbook may mean. Keys are lower-cased without outer spaces.

    `refusal` says in one sentence why a (unit, type, year, quantity) cannot stand, and in which column;
    None when it can.
    """

    units: Mapping[str, int]
    types: Mapping[str, KnownType]
    refusal: Callable[[int, int, int, Decimal | None], tuple[str, str] | None]


@dataclass(frozen=True, slots=True)
class ReadActivity:
    """One row that can stand. Neither quantity nor reason: the row was left empty, and says nothing."""

    row: int
    unit_id: int
    type_id: int
    year: int
    quantity: Decimal | None
    reason: MissingReason | None
    note: str


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong in one cell. `row` is as the spreadsheet counts, `cells` are what stands there."""

    row: int
    column: str
    sentence: str
    cells: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReadWorkbook:
    activities: tuple[ReadActivity, ...]
    problems: tuple[RowProblem, ...]
    empty_rows: int


class _Wrong(Exception):
    def __init__(self, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column, self.sentence = column, sentence


def read_activities(content: bytes, file_name: str, register: Register) -> ReadWorkbook:
    """Every row of the sheet «Aktiviteter», or of the first sheet; quantities in each type's own unit.

    Raises UnreadableFile for what is no workbook, too large or hostile, or has not the columns. What is
    wrong in a single row is a problem in the answer, with row and column.
    """
    if kind_of(content, file_name, REGISTERS) != "workbook":
        raise UnreadableFile(
            "not_a_workbook", _("Filen er ikke et regneark. Last ned malen, fyll den ut og last opp den.")
        )
    with read_in_subprocess(content, REGISTERS, SHEET) as sheets:
        for _title, rows in sheets:
            return _read(rows, register)
    raise UnreadableFile("empty", _("Regnearket har ingen ark. Last ned malen på nytt."))


def _read(rows: Iterator[Row], register: Register) -> ReadWorkbook:
    columns = _columns(rows)
    found: list[ReadActivity] = []
    problems: list[RowProblem] = []
    seen: dict[tuple[int, int, int], int] = {}
    empty = 0
    for number, cells in rows:
        values = {name: cells[index] if index < len(cells) else None for name, index in columns.items()}
        try:
            activity = _activity(number, values, register)
            if activity is None:
                empty += 1
                continue
            key = (activity.unit_id, activity.type_id, activity.year)
            if key in seen:
                text = _("Samme virksomhet, aktivitet og år står også i rad {row}. Behold én av dem.")
                raise _Wrong(ACTIVITY, text.format(row=seen[key]))
            seen[key] = number
            found.append(activity)
        except _Wrong as wrong:
            problems.append(RowProblem(number, wrong.column, wrong.sentence, values))
    if not found and not problems:
        raise UnreadableFile("no_rows", _("Ingen rader har tall. Fyll ut kolonnen «Mengde», og prøv igjen."))
    return ReadWorkbook(tuple(found), tuple(problems), empty)


def _columns(rows: Iterator[Row]) -> dict[str, int]:
    for number, cells in rows:
        names = [str(cell).strip().casefold() if cell is not None else "" for cell in cells]
        if UNIT.casefold() in names and ACTIVITY.casefold() in names:
            missing = [name for name in (YEAR, QUANTITY) if name.casefold() not in names]
            if missing:
                text = _("Kolonnen «{name}» mangler. Bruk malen, og behold overskriftene.")
                raise UnreadableFile("no_column", text.format(name=missing[0]))
            return {name: names.index(name.casefold()) for name in HEADERS if name.casefold() in names}
        if number > _HEADER_WITHIN:
            break
    raise UnreadableFile(
        "no_header",
        _("Fant ikke overskriftene «Virksomhet» og «Aktivitet». Last ned malen, og behold overskriftene."),
    )


def _activity(number: int, values: Mapping[str, Any], register: Register) -> ReadActivity | None:
    quantity, reason = _quantity(values[QUANTITY])
    if quantity is None and reason is None:
        return None
    unit = _known(
        values[UNIT],
        UNIT,
        register.units,
        _("Fant ingen virksomhet som heter «{name}». Velg en fra listen i malen."),
    )
    kind = _known(
        values[ACTIVITY],
        ACTIVITY,
        register.types,
        _("Fant ingen aktivitet som heter «{name}». Velg en fra listen i malen."),
    )
    measure = _text(values.get(MEASURE))
    if measure and measure.casefold() != kind.measure.casefold():
        text = _("«{activity}» føres i {right}, ikke i {wrong}. Regn om mengden.")
        raise _Wrong(
            MEASURE, text.format(activity=_text(values[ACTIVITY]), right=kind.measure, wrong=measure)
        )
    year = _year(values[YEAR])
    if refused := register.refusal(unit, kind.pk, year, quantity):
        raise _Wrong(*refused)
    note = _text(values.get(NOTE))
    if len(note) >= LONGEST_NOTE:
        raise _Wrong(NOTE, _("Merknaden er for lang. Skriv under 300 tegn."))
    return ReadActivity(number, unit, kind.pk, year, quantity, reason, note)


def _known(value: object, column: str, names: Mapping[str, Any], unknown: str) -> Any:
    name = _text(value)
    if not name:
        raise _Wrong(column, _("Feltet er tomt. Fyll det ut, eller tøm mengden."))
    found = names.get(name.casefold())
    if found is None:
        raise _Wrong(column, unknown.format(name=name[:80]))
    return found


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def _year(value: object) -> int:
    text = _text(value)
    if isinstance(value, Moment | bool) or not (text.isascii() and text.isdecimal() and len(text) == 4):
        raise _Wrong(YEAR, _("Skriv året med fire sifre, for eksempel 2024."))
    return int(text)


def _quantity(value: object) -> tuple[Decimal | None, MissingReason | None]:
    if value is None or (isinstance(value, str) and not without_spaces(value)):
        return None, None
    if isinstance(value, bool | Moment):
        raise _Wrong(QUANTITY, _("Mengden er ikke et tall. Skriv for eksempel 1\u00a0234,5."))
    if isinstance(value, int | float):
        # A spreadsheet keeps fifteen digits; what comes after them is noise of its own.
        return Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}"), None
    try:
        return parse_quantity(str(value))
    except ValueError as error:
        raise _Wrong(QUANTITY, str(error)) from None


def parse_quantity(typed: str) -> tuple[Decimal | None, MissingReason | None]:
    """What somebody typed: a number, one of the reasons in words, or nothing.

    Raises ValueError with a Norwegian sentence.
    """
    if not without_spaces(typed):
        return None, None
    words = " ".join(typed.split()).casefold()
    for reason, label in MISSING_LABELS.items():
        if words == str(label).casefold():
            return None, reason
    if words[0].isalpha():
        text = _("Skriv et tall, for eksempel 1\u00a0234,5, eller hvorfor det mangler: {reasons}.")
        raise ValueError(text.format(reasons=", ".join(str(label) for label in MISSING_LABELS.values())))
    return parse_norsk_tall(typed), None
