"""The workbook people fill in: a row for each activity, with lists to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from emissions.words.activity_columns import ACTIVITY, COLUMNS, QUANTITY, SHEET, UNIT
from web.register.columns import sheet_column
from web.register.template import FillIn, template_workbook
from web.sheets.writing import Sheet

# Unit, activity, unit of measure, year, quantity or reason, note.
TemplateRow = tuple[str, str, str, int, Decimal | str | None, str]
_ROWS_WITH_LISTS = 2001


def activity_template(
    rows: Iterable[TemplateRow], *, units: Sequence[str], activities: Sequence[str], reasons: Sequence[str]
) -> bytes:
    """An XLSX with the rows and with drop-downs for unit, activity and why a figure is missing."""
    title = [
        _("Aktiviteter i egen virksomhet"),
        _("Skriv et tall i kolonnen «Mengde», eller velg hvorfor det mangler. Tomme rader endrer ingenting."),
    ]
    why = _("Hvorfor tallet mangler")
    table = FillIn(
        Sheet(name=SHEET, columns=list(map(sheet_column, COLUMNS)), rows=list(rows), title=title),
        _ROWS_WITH_LISTS,
        lists={UNIT: UNIT, ACTIVITY: ACTIVITY, QUANTITY: why},
        # In «Mengde» a number is what one mostly writes.
        suggested=frozenset({QUANTITY}),
    )
    return template_workbook([table], {UNIT: units, ACTIVITY: activities, why: reasons})
