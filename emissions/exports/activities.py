"""The workbook people fill in: a row for each activity, with lists to choose from."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from web.sheets.writing import Column, Sheet, write_xlsx

# Unit, activity, unit of measure, year, quantity or reason, note.
TemplateRow = tuple[str, str, str, int, Decimal | str | None, str]
_SHEET = "Aktiviteter"
_LISTS = "Lister"
_ROWS_WITH_LISTS = 2000


def activity_template(
    rows: Iterable[TemplateRow], *, units: Sequence[str], activities: Sequence[str], reasons: Sequence[str]
) -> bytes:
    """An XLSX with the rows and with drop-downs for unit, activity and why a figure is missing."""
    title = [
        _("Aktiviteter i egen virksomhet"),
        _("Skriv et tall i kolonnen «Mengde», eller velg hvorfor det mangler. Tomme rader endrer ingenting."),
    ]
    table = Sheet(
        name=_SHEET,
        columns=[
            Column("Virksomhet"),
            Column("Aktivitet"),
            Column("Måleenhet"),
            Column("År", "integer"),
            Column("Mengde", "number"),
            Column("Merknad"),
        ],
        rows=list(rows),
        title=title,
    )
    lists = (units, activities, reasons)
    longest = max(map(len, lists), default=0)
    choices = Sheet(
        name=_LISTS,
        columns=[Column("Virksomhet"), Column("Aktivitet"), Column(_("Hvorfor tallet mangler"))],
        rows=[[one[index] if index < len(one) else None for one in lists] for index in range(longest)],
    )
    return _with_lists(write_xlsx([table, choices]), first_row=len(title) + 3, lengths=[*map(len, lists)])


def _with_lists(workbook: bytes, *, first_row: int, lengths: Sequence[int]) -> bytes:
    book = load_workbook(io.BytesIO(workbook))
    sheet = book[_SHEET]
    for index, (column, length) in enumerate(zip("ABE", lengths, strict=True), start=1):
        if not length:
            continue
        letter = get_column_letter(index)
        # Only a help in «Mengde», where a number is what one mostly writes.
        rule = DataValidation(
            type="list",
            formula1=f"{_LISTS}!${letter}$2:${letter}${length + 1}",
            allow_blank=True,
            showErrorMessage=column != "E",
        )
        rule.add(f"{column}{first_row}:{column}{first_row + _ROWS_WITH_LISTS}")
        sheet.add_data_validation(rule)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
