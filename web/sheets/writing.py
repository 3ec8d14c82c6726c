"""Typed XLSX and CSV out of the portal: numbers stay numbers, text never becomes a formula.

A text somebody typed may begin with ``=`` and would run as a formula when a colleague opens the file.
In XLSX the cell's type says text; CSV has no types, so such a text gets a leading apostrophe that
``strip_formula_guard`` takes away again when the file is read back.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, TypeAlias

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

Kind: TypeAlias = Literal["text", "number", "integer", "date"]

# Excel refuses these in a sheet name, and names longer than 31 characters.
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_SHEET_NAME_LENGTH = 31
_CELL_TEXT_LENGTH = 32_767
# XML 1.0 has no way to write these; one in a pasted text must not stop the whole export.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Full-width variants count too: Excel reads them as their ASCII twins.
_FORMULA_START = r"=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20"
# Leading apostrophes belong to the pattern so that a text that already has one survives the round trip.
_NEEDS_GUARD = re.compile(rf"'*\s*[{_FORMULA_START}]")
_WIDEST_COLUMN = 60
_ROWS_MEASURED = 200
_HEADER_FONT = Font(bold=True)
_TITLE_FONT = Font(bold=True, size=14)
_TOP = Alignment(vertical="top")
_TOP_WRAPPED = Alignment(vertical="top", wrap_text=True)
_HEADER_RULE = Border(bottom=Side(style="medium", color="6B7785"))


@dataclass(frozen=True)
class Column:
    """One column. ``decimals`` is how many an XLSX number shows; the cell itself holds the exact value."""

    header: str
    kind: Kind = "text"
    decimals: int | None = None


@dataclass(frozen=True)
class Sheet:
    """A table: ``rows`` hold one value per column; None is an empty cell, never zero.

    ``title`` gives lines above the header in XLSX (what, which version, how fresh); CSV is data only.
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[object]]
    title: Sequence[str] = ()


def write_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as one workbook. Raises ValueError without sheets or where a row has the wrong length."""
    if not sheets:
        raise ValueError("En arbeidsbok må ha minst ett ark.")
    book = Workbook()
    book.remove(book.active)
    names: set[str] = set()
    for sheet in sheets:
        _write_sheet(book, sheet, _sheet_name(sheet.name, names))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_csv(sheet: Sheet) -> bytes:
    """The sheet as Norwegian Excel reads it: UTF-8 with BOM, semicolon, decimal comma, ISO dates."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([guard_formula(column.header) for column in sheet.columns])
    for row in _checked_rows(sheet):
        writer.writerow([_csv_text(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def guard_formula(text: str) -> str:
    """The text with a leading apostrophe if a spreadsheet could read it as a formula."""
    return f"'{text}" if _NEEDS_GUARD.match(text) else text


def strip_formula_guard(text: str) -> str:
    """Take away the apostrophe ``guard_formula`` set. For text read from CSV; XLSX cells have none."""
    if text.startswith("'") and _NEEDS_GUARD.match(text[1:]):
        return text[1:]
    return text


def _checked_rows(sheet: Sheet) -> Iterator[Sequence[object]]:
    for row in sheet.rows:
        if len(row) != len(sheet.columns):
            raise ValueError(f"Raden har {len(row)} verdier, arket {sheet.name} har {len(sheet.columns)}.")
        yield row


def _write_sheet(book: Workbook, sheet: Sheet, name: str) -> None:
    page = book.create_sheet(name)
    rows = list(_checked_rows(sheet))
    widths = [_column_width(column, index, rows) for index, column in enumerate(sheet.columns)]
    for index, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(index)].width = width
    header_row = len(sheet.title) + (2 if sheet.title else 1)
    page.freeze_panes = f"A{header_row + 1}"
    for number, line in enumerate(sheet.title):
        page.append([_text_cell(page, _xml_text(line), _TITLE_FONT if number == 0 else None)])
    if sheet.title:
        page.append([])
    page.append([_header_cell(page, column) for column in sheet.columns])
    for row in rows:
        page.append([_cell(page, column, value) for column, value in zip(sheet.columns, row, strict=True)])


def _header_cell(page: object, column: Column) -> Cell:
    cell = _text_cell(page, _xml_text(column.header), _HEADER_FONT)
    cell.border = _HEADER_RULE
    side = "right" if column.kind in ("number", "integer") else None
    cell.alignment = Alignment(horizontal=side, vertical="bottom", wrap_text=True)
    return cell


def _cell(page: object, column: Column, value: object) -> Cell | None:
    """One typed cell. A text in a number column stays text: the caller's reason why a number is missing."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return _typed_cell(page, _local_naive(value), "dd.mm.yyyy hh:mm")
    if isinstance(value, date):
        return _typed_cell(page, value, "dd.mm.yyyy")
    if _is_number(value) and column.kind != "text":
        return _typed_cell(page, value, _number_format(column))
    text = _xml_text(_plain_text(value))
    return _text_cell(page, text) if text else None


def _typed_cell(page: object, value: object, number_format: str) -> Cell:
    cell = Cell(page, value=value)
    cell.number_format = number_format
    cell.alignment = _TOP
    return cell


def _text_cell(page: object, text: str, font: Font | None = None) -> Cell:
    cell = Cell(page, value=text)
    # openpyxl guesses «=…» to be a formula and «#N/A» an error; the type is ours to say.
    cell.data_type = "s"
    cell.alignment = _TOP_WRAPPED if font is None and len(text) > _WIDEST_COLUMN else _TOP
    if _NEEDS_GUARD.match(text):
        cell.quotePrefix = True
    if font is not None:
        cell.font = font
    return cell


def _number_format(column: Column) -> str:
    if column.kind == "integer":
        # No grouping: an integer is as often a year or an id as a count.
        return "0"
    if column.decimals is None:
        return "General"
    return "#,##0" + ("." + "0" * column.decimals if column.decimals else "")


def _is_number(value: object) -> bool:
    """Whether the value is a number a cell can hold. Raises ValueError for NaN and infinity."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return False
    if not Decimal(value).is_finite():
        raise ValueError("Et tall i et regneark må være endelig.")
    return True


def _csv_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return _local_naive(value).isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if _is_number(value):
        return _plain_number(value).replace(".", ",")
    return guard_formula(_plain_text(value))


def _plain_text(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nei"
    return _plain_number(value) if _is_number(value) else str(value)


def _plain_number(value: object) -> str:
    """Exact digits without exponent, grouping or trailing zeros after the point."""
    text = f"{Decimal(str(value)):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _local_naive(value: datetime) -> datetime:
    """Spreadsheets have no time zones: an instant is written as the local clock showed it."""
    return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value


def _xml_text(text: str) -> str:
    """Text as a cell can hold it: line breaks as Excel writes them, characters outside XML left out."""
    text = _NOT_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text if len(text) <= _CELL_TEXT_LENGTH else text[: _CELL_TEXT_LENGTH - 1] + "…"


def _column_width(column: Column, index: int, rows: Sequence[Sequence[object]]) -> int:
    longest = max(
        (len(line) for row in rows[:_ROWS_MEASURED] for line in _shown(row[index], column).splitlines()),
        default=0,
    )
    # Headers wrap; over figures they would else make the column several times as wide as what is in it.
    is_text = column.kind == "text"
    header = len(column.header) if is_text else max(map(len, column.header.split()), default=0)
    return max(10, min(_WIDEST_COLUMN, max(longest, header) + 3))


def _shown(value: object, column: Column) -> str:
    """As the cell shows it: a figure rounded and grouped, whatever it holds."""
    if isinstance(value, datetime):
        return "dd.mm.yyyy hh:mm"
    if column.decimals is not None and _is_number(value):
        return f"{value:,.{column.decimals}f}"
    return "" if value is None else str(value)


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """A name Excel accepts, unlike those already taken (Excel ignores case when it compares)."""
    base = _NOT_IN_SHEET_NAME.sub(" ", wanted).strip().strip("'")[:_SHEET_NAME_LENGTH] or "Ark"
    name, number = base, 2
    while name.casefold() in taken:
        suffix = f" {number}"
        name, number = base[: _SHEET_NAME_LENGTH - len(suffix)] + suffix, number + 1
    taken.add(name.casefold())
    return name
