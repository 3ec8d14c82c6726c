"""Statuses of a period as XLSX, CSV and JSON, for the municipality's existing reporting system."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from reporting.models import Period
from reporting.words.exchange import STATUS_COLUMNS, STATUS_SHEET
from web.register.columns import meanings_sheet, sheet_column
from web.sheets.writing import Sheet, write_csv, write_xlsx

FORMATS = ("csv", "json", "xlsx")
Rows = Sequence[Mapping[str, Any]]


def statuses_file(period: Period, rows: Rows, file_format: str) -> bytes:
    """The file in one of FORMATS. The same rows in each; XLSX has a sheet with what the columns mean.

    Raises KeyError for another format.
    """
    return {"csv": _csv, "json": _json, "xlsx": _xlsx}[file_format](period, rows)


def status_sheet(rows: Rows) -> Sheet:
    return Sheet(
        name=STATUS_SHEET,
        columns=[sheet_column(column) for column in STATUS_COLUMNS],
        # An empty cell is what is not said; zero is a figure.
        rows=[
            [None if row[column.name] == "" else row[column.name] for column in STATUS_COLUMNS]
            for row in rows
        ],
    )


def _xlsx(period: Period, rows: Rows) -> bytes:
    return write_xlsx([status_sheet(rows), meanings_sheet(STATUS_COLUMNS)])


def _csv(period: Period, rows: Rows) -> bytes:
    return write_csv(status_sheet(rows))


def _json(period: Period, rows: Rows) -> bytes:
    """Numbers as decimal strings, dates and times as ISO 8601, null for what is not said."""
    budget = period.budget
    content = {
        "period": period.code,
        "budget": {
            "year": budget.year,
            "scope": budget.scope,
            "revision": budget.revision,
            "case": budget.case_number,
        },
        "statuses": [{one.name: _plain(row[one.name]) for one in STATUS_COLUMNS} for row in rows],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date | datetime):
        return value.isoformat()
    return None if value == "" else value
