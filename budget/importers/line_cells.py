"""Cells of a spreadsheet of lines: read as what their column holds, or named as wrong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from web.formats import format_number, parse_norsk_dato, parse_norsk_tall
from web.sheets.cells import Formula, Moment
from web.sheets.words import shortened
from web.unseen import without_unseen

HUNDRED = Decimal(100)
Cells = Mapping[str, Any]


class WrongValue(ValueError):
    """The cell of `column` cannot be used; the message says why, in Norwegian."""

    def __init__(self, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column = column


def plain(cell: Any) -> str:
    """The cell as somebody reads it."""
    if cell is None:
        return ""
    if isinstance(cell, Moment | Formula):
        return cell.text
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def words(cells: Cells, column: str) -> str:
    """A cell of text. Raises WrongValue for a date or a formula."""
    cell = cells.get(column)
    if isinstance(cell, Moment):
        raise WrongValue(column, _("cellen er en dato ({date}), ikke tekst.").format(date=cell.text))
    _refuse_formula(cell, column)
    return plain(cell)


def text_of(cells: Cells, column: str, before: str, longest: int) -> str:
    """A longer text; `before` where there is no such column. Raises WrongValue."""
    if column not in cells:
        return before
    text = words(cells, column).replace("\r\n", "\n")
    if len(text) > longest:
        raise WrongValue(column, _("teksten er lengre enn {most} tegn.").format(most=format_number(longest)))
    # Spreadsheets have one kind of line break; that is no change of the text.
    shown = without_unseen(before.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return before if text == shown else text


def number_of(
    cell: Any,
    column: str,
    precision: Decimal,
    most: Decimal,
    before: Decimal | None,
    *,
    negative: bool = False,
) -> Decimal | None:
    """Tonnes, NOK or percent; None for an empty cell. `before` stands when the cell holds it as exactly as
    it can. Raises WrongValue.
    """
    _refuse_formula(cell, column)
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, Moment):
        raise WrongValue(column, _("cellen er en dato ({date}), ikke et tall.").format(date=cell.text))
    if isinstance(cell, bool | str):
        text = _("«{cell}» er tekst, ikke et tall. Gjør om cellen til tall, og prøv igjen.")
        raise WrongValue(column, text.format(cell=shortened(plain(cell))))
    if before is not None and float(before) == cell:
        return before
    value = Decimal(repr(cell))
    if not value.is_finite() or abs(value) >= most:
        raise WrongValue(
            column, _("tallet er for stort. Skriv mindre enn {most}.").format(most=format_number(most))
        )
    if value < 0 and not negative:
        raise WrongValue(column, _("tallet er negativt. Skriv null eller mer."))
    return value.quantize(precision, ROUND_HALF_UP)


def date_of(cells: Cells, column: str) -> date | None:
    """A day, typed as a date or as text; None for an empty cell. Raises WrongValue."""
    cell = cells.get(column)
    _refuse_formula(cell, column)
    text = plain(cell)
    if not text:
        return None
    try:
        return parse_norsk_dato(text)
    except ValueError:
        sentence = _("«{cell}» er ikke en dato. Skriv for eksempel 15.09.2026.")
        raise WrongValue(column, sentence.format(cell=shortened(text))) from None


def share_of(text: str, column: str) -> Decimal:
    """A percent above 0, with two decimals at most. Raises WrongValue."""
    try:
        share = parse_norsk_tall(text)
    except ValueError as problem:
        raise WrongValue(column, str(problem)) from None
    if not 0 < share <= HUNDRED or share != round(share, 2):
        raise WrongValue(column, _("«{text}» er ikke en andel mellom 0 og 100 prosent.").format(text=text))
    return share


def _refuse_formula(cell: Any, column: str) -> None:
    if isinstance(cell, Formula):
        raise WrongValue(column, _("cellen er en formel. Lim inn verdien i stedet, og prøv igjen."))
