"""Measures with their plans as a spreadsheet that can be read back, and the empty one to fill in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from organisation.queries.units import responsible_choices
from strategy.models import Measure
from strategy.queries.measure_plan import indicators_of, milestones_of
from strategy.queries.measure_table import measure_names, measure_records
from strategy.words.measure_columns import (
    COLUMNS,
    ROW_HEADER,
    SHEET,
    WHY_HEADER,
    shown_values,
)
from strategy.words.part_columns import (
    INDICATORS,
    MILESTONES,
    PART_SHEETS,
    PartSheet,
    indicator_rows,
    milestone_rows,
)
from web.register.columns import Column as RegisterColumn
from web.register.columns import sheet_column
from web.register.template import FillIn, template_workbook
from web.sheets.writing import Column, Sheet, write_csv, write_xlsx

# A workbook has all of it; a CSV file is one table, so milestones and indicators are files of their own.
FILE_NAMES = {
    "xlsx": "tiltak.xlsx",
    "csv": "tiltak.csv",
    "milepaeler": "milepæler.csv",
    "indikatorer": "indikatorer.csv",
}
# Rows of the template with drop-downs.
TEMPLATE_ROWS = 500


def measures_file(measures: Iterable[Measure], file_format: str) -> bytes:
    """The measures in one of FILE_NAMES, with milestones and indicators in XLSX; at most ten queries."""
    if file_format in ("milepaeler", "indikatorer"):
        codes = {measure.pk: measure.code for measure in measures}
        return write_csv(_milestones(codes) if file_format == "milepaeler" else _indicators(codes))
    records = measure_records(measures)
    names = measure_names()
    sheet = _sheet(shown_values(record, names) for record in records)
    if file_format == "csv":
        return write_csv(sheet)
    codes = {record.measure.pk: record.measure.code for record in records}
    return write_xlsx([sheet, _milestones(codes), _indicators(codes)])


def _milestones(codes: dict[int, str]) -> Sheet:
    return part_sheet(MILESTONES, milestone_rows(codes, milestones_of(codes)))


def _indicators(codes: dict[int, str]) -> Sheet:
    return part_sheet(INDICATORS, indicator_rows(codes, indicators_of(codes)))


def part_sheet(sheet: PartSheet, rows: Iterable[Sequence[object]]) -> Sheet:
    return Sheet(str(sheet.title), [sheet_column(one) for one in sheet.columns], rows)


def measure_template() -> bytes:
    """An empty workbook: the same sheets and columns, drop-downs where the words are given."""
    sheets: list[tuple[Sheet, Sequence[RegisterColumn]]] = [(_sheet([]), COLUMNS)]
    sheets += [(part_sheet(one, []), one.columns) for one in PART_SHEETS]
    return _with_drop_downs(sheets, TEMPLATE_ROWS)


@dataclass(frozen=True, slots=True)
class FailedRow:
    """A row of an uploaded file as it stood, by field; its number there, and why it cannot be imported."""

    number: int
    values: Mapping[str, object]
    why: str


def failed_rows_file(
    names: Collection[str],
    rows: Sequence[FailedRow],
    parts: Sequence[tuple[PartSheet, Sequence[FailedRow]]] = (),
) -> bytes:
    """An XLSX of the rows that failed under the template's headings, to be corrected and read again.

    `names` are the fields the file had columns for, `parts` its milestones and indicators. The last two
    columns say where the row stood and why it was refused; they mean nothing when the file is read.
    """
    sheets: list[tuple[Sheet, Sequence[RegisterColumn]]] = []
    if rows:
        columns = [column for column in COLUMNS if column.name in names]
        heads = [Column(str(one.header)) for one in columns]
        sheets.append((_failed(SHEET, heads, [one.name for one in columns], rows), columns))
    for part, failed in parts:
        if failed:
            heads = [sheet_column(one) for one in part.columns]
            fields = [one.name for one in part.columns]
            sheets.append((_failed(str(part.title), heads, fields, failed), part.columns))
    longest = max(len(rows), *(len(failed) for _part, failed in parts), 0)
    return _with_drop_downs(sheets, longest)


def _failed(title: str, heads: list[Column], fields: list[str], rows: Iterable[FailedRow]) -> Sheet:
    lines = [[*(_filled(row.values.get(name)) for name in fields), row.number, row.why] for row in rows]
    return Sheet(title, [*heads, Column(str(ROW_HEADER), "integer"), Column(str(WHY_HEADER))], lines)


def _filled(value: object) -> object:
    return None if value == "" else value


def _with_drop_downs(sheets: Sequence[tuple[Sheet, Sequence[RegisterColumn]]], rows: int) -> bytes:
    """The sheets as a workbook with drop-downs where the words are given, and the words on a last sheet."""
    known = (*COLUMNS, *MILESTONES.columns, *INDICATORS.columns)
    words = {one.name: [str(word) for word in one.words.values()] for one in known if one.kind == "choice"}
    words["unit"] = [unit.name for unit in responsible_choices()]
    lists = {str(column.header): words[column.name] for column in known if column.name in words}
    tables = [
        FillIn(
            sheet,
            rows,
            lists={
                str(column.header): str(column.header)
                for column in columns
                if column.name in words and not column.several
            },
        )
        for sheet, columns in sheets
    ]
    return template_workbook(tables, lists)


def _sheet(rows: Iterable[list[object]]) -> Sheet:
    return Sheet(SHEET, [sheet_column(one) for one in COLUMNS], rows)
