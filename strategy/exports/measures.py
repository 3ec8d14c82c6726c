"""Measures as a spreadsheet that can be read back, and the empty one to fill in."""

from __future__ import annotations

import io
from collections.abc import Iterable

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from climate_portal.web.spreadsheets import Column, Sheet, write_csv, write_xlsx
from organisation.queries import responsible_choices
from strategy import queries
from strategy.models import Measure
from strategy.queries.measure_columns import COLUMNS, LABELLED, SHEET, shown_values

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
    units = [unit.name for unit in responsible_choices()]
    lists = {name: [str(label) for label in labels.values()] for name, labels in LABELLED.items()}
    lists["unit"] = units
    columns = [column for column in COLUMNS if column.name in lists]
    longest = max(len(values) for values in lists.values())
    words = [
        [lists[column.name][row] if row < len(lists[column.name]) else None for column in columns]
        for row in range(longest)
    ]
    header = [Column(str(column.header)) for column in columns]
    book = load_workbook(io.BytesIO(write_xlsx([_sheet([]), Sheet(_("Lister"), header, words)])))
    page, word_page = book.worksheets
    for index, column in enumerate(columns, start=1):
        if column.several:
            continue
        letter = get_column_letter(index)
        source = f"'{word_page.title}'!${letter}$2:${letter}${len(lists[column.name]) + 1}"
        choice = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True)
        choice.error = _("Velg fra listen.")
        target = get_column_letter(COLUMNS.index(column) + 1)
        choice.add(f"{target}2:{target}{TEMPLATE_ROWS + 1}")
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
