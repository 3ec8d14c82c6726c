"""Measures as a spreadsheet that can be read back, and the empty one to fill in."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from climate_portal.web.spreadsheets import Column, Sheet, write_csv, write_xlsx
from organisation.queries import responsible_choices
from strategy import queries
from strategy.models import Measure
from strategy.queries.measure_columns import (
    COLUMNS,
    LABELLED,
    ROW_HEADER,
    SHEET,
    WHY_HEADER,
    MeasureColumn,
    shown_values,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX}
# Rows of the template with drop-downs.
TEMPLATE_ROWS = 500


def measures_file(measures: Iterable[Measure], file_format: str) -> bytes:
    """The measures in one of FORMATS, all columns; seven queries whatever their number."""
    records = queries.measure_records(measures)
    names = queries.measure_names()
    return _written((shown_values(record, names) for record in records), file_format)


def measure_template() -> bytes:
    """An empty workbook: the same columns, drop-downs where the words are given, and the words on a sheet."""
    return _with_drop_downs(COLUMNS, _sheet([]), TEMPLATE_ROWS)


@dataclass(frozen=True, slots=True)
class FailedRow:
    """A row of an uploaded file as it stood, by field; its number there, and why it cannot be imported."""

    number: int
    values: Mapping[str, object]
    why: str


def failed_rows_file(names: Collection[str], rows: Iterable[FailedRow]) -> bytes:
    """An XLSX of the rows that failed under the template's headings, to be mended and read again.

    `names` are the fields the file had columns for. The last two columns say where the row stood and why it
    was refused; they mean nothing when the file is read.
    """
    columns = [column for column in COLUMNS if column.name in names]
    lines = [[*(row.values.get(one.name) or None for one in columns), row.number, row.why] for row in rows]
    sheet = Sheet(
        SHEET,
        [
            *(Column(str(one.header)) for one in columns),
            Column(str(ROW_HEADER), "integer"),
            Column(str(WHY_HEADER)),
        ],
        lines,
    )
    return _with_drop_downs(columns, sheet, len(lines))


def _with_drop_downs(columns: Sequence[MeasureColumn], sheet: Sheet, rows: int) -> bytes:
    """The sheet as a workbook with drop-downs where the words are given, and the words on a second sheet."""
    lists = {name: [str(label) for label in labels.values()] for name, labels in LABELLED.items()}
    lists["unit"] = [unit.name for unit in responsible_choices()]
    listed = [column for column in COLUMNS if column.name in lists]
    longest = max(len(values) for values in lists.values())
    words = [
        [lists[column.name][row] if row < len(lists[column.name]) else None for column in listed]
        for row in range(longest)
    ]
    header = [Column(str(column.header)) for column in listed]
    book = load_workbook(io.BytesIO(write_xlsx([sheet, Sheet(_("Lister"), header, words)])))
    page, word_page = book.worksheets
    for index, column in enumerate(listed, start=1):
        if column.several or column not in columns:
            continue
        letter = get_column_letter(index)
        source = f"'{word_page.title}'!${letter}$2:${letter}${len(lists[column.name]) + 1}"
        choice = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True)
        choice.error = _("Velg fra listen.")
        target = get_column_letter(columns.index(column) + 1)
        choice.add(f"{target}2:{target}{rows + 1}")
        page.add_data_validation(choice)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _written(rows: Iterable[list[object]], file_format: str) -> bytes:
    sheet = _sheet(rows)
    return write_csv(sheet) if file_format == "csv" else write_xlsx([sheet])


def _sheet(rows: Iterable[list[object]]) -> Sheet:
    columns = [Column(str(one.header), "integer" if one.is_year else "text") for one in COLUMNS]
    return Sheet(SHEET, columns, rows)
