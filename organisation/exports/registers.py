"""The registers of units and people as spreadsheets, and their templates with drop-downs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from organisation.enums import Role
from organisation.queries.files import PersonFileRow, UnitFileRow
from organisation.words import people_columns, unit_columns
from web.register.columns import Column, meanings_sheet, rows_sheet, sheet_column
from web.register.template import FillIn, Limits, template_workbook
from web.sheets.writing import Sheet

# Rows with drop-downs in a template.
EMPTY_ROWS = 500
_A_DATE = Limits("date", Decimal(1))


def unit_sheets(rows: Iterable[UnitFileRow]) -> list[Sheet]:
    """The units, and what the columns mean."""
    columns = unit_columns.COLUMNS
    return [rows_sheet(unit_columns.SHEET, columns, rows), meanings_sheet(columns)]


def people_sheets(rows: Iterable[PersonFileRow]) -> list[Sheet]:
    """People with their roles, and what the columns mean."""
    columns = people_columns.COLUMNS
    return [rows_sheet(people_columns.SHEET, columns, rows), meanings_sheet(columns)]


def unit_template(units: Sequence[str]) -> bytes:
    """An empty .xlsx of units; `units` are the names to lie under, which new ones may too."""
    kinds, parents = unit_columns.BY_NAME["kind"], unit_columns.BY_NAME["parent"]
    lists = {str(kinds.header): list(map(str, kinds.words.values())), str(parents.header): units}
    return _template(unit_columns.SHEET, unit_columns.COLUMNS, lists, suggested=parents)


def people_template(units: Sequence[str], roles: Iterable[Role]) -> bytes:
    """An empty .xlsx of people, with the units and the roles there are to choose among."""
    role, unit = people_columns.BY_NAME["role"], people_columns.BY_NAME["unit"]
    lists = {str(role.header): [str(role.words[one]) for one in roles], str(unit.header): units}
    return _template(people_columns.SHEET, people_columns.COLUMNS, lists)


def _template(
    name: str,
    columns: Sequence[Column],
    lists: dict[str, Sequence[str]],
    suggested: Column | None = None,
) -> bytes:
    read = [column for column in columns if column.read]
    table = FillIn(
        Sheet(name, [sheet_column(column) for column in read], []),
        EMPTY_ROWS,
        lists={header: header for header in lists},
        suggested=frozenset({str(suggested.header)} if suggested else ()),
        limits={str(column.header): _A_DATE for column in read if column.kind == "date"},
    )
    return template_workbook([table], lists)
