"""The reference path as a file people correct and upload again."""

from __future__ import annotations

from dataclasses import replace

from budget.queries.reference import PathPage
from budget.words.reference_columns import COLUMNS, SHEET
from web.register.columns import sheet_column
from web.sheets.writing import Sheet, write_xlsx


def reference_file(page: PathPage) -> bytes:
    """XLSX, exact tonnes, a row per source and year."""
    rows = [
        [path.source.sector.name, path.source.name, year, *figures]
        for path in page.rows
        for year, figures in sorted(path.years.items())
    ]
    columns = [
        replace(sheet_column(column), decimals=0 if column.kind == "number" else None) for column in COLUMNS
    ]
    return write_xlsx([Sheet(SHEET, columns, rows)])
