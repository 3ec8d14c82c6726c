"""What a cell of a spreadsheet holds: a date, a formula, a year or a label, or what is wrong with it."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from web.formats import without_spaces
from web.sheets.words import shortened
from web.unseen import without_unseen

FIRST_YEAR, LAST_YEAR = 1900, 2100


LONGEST_LABEL = 200


@dataclass(frozen=True)
class Moment:
    """A date or a time in a workbook's cell."""

    text: str


@dataclass(frozen=True)
class Formula:
    """A formula in a workbook's cell, where the caller asked for what was filled in."""

    text: str


class WrongCell(Exception):
    """A cell that cannot be used: code and sentence; the caller knows the row and the column."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


class EmptyCell(Exception):
    """A cell without a value, where a value is missing rather than wrong."""


def year_of(cell: object) -> int:
    """The year in a cell: 2009, 2009.0 or «2009». Raises WrongCell."""
    if isinstance(cell, Moment):
        raise WrongCell("date", _("cellen er en dato ({cell}), ikke et årstall.").format(cell=cell.text))
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = "" if cell is None else without_spaces(str(cell))
    if not text:
        raise WrongCell("empty_cell", _("cellen er tom. Fyll inn årstallet."))
    if re.fullmatch(r"[12][0-9]{3}(\.0+)?", text) and FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        return int(text[:4])
    raise WrongCell("not_a_year", _("«{cell}» er ikke et årstall.").format(cell=shortened(str(cell))))


def label_of(cell: object) -> str | None:
    """A label as published, without space around it; None when the cell is empty. Raises WrongCell."""
    if cell is None:
        return None
    if isinstance(cell, Moment):
        raise WrongCell("date", _("cellen er en dato ({cell}), ikke et navn.").format(cell=cell.text))
    label = str(cell).strip()
    if not label.isprintable():
        label = "".join(" " if unicodedata.category(sign) in {"Cc", "Cs"} else sign for sign in label).strip()
    if len(label) > LONGEST_LABEL:
        raise WrongCell(
            "too_long",
            _("«{cell}» er lengre enn {most} tegn.").format(cell=shortened(label), most=LONGEST_LABEL),
        )
    return label or None


def plain_text(text: str) -> str:
    """A text as every spreadsheet can hold it: one kind of line break, no control signs or outer spaces,
    and none of the signs nobody sees, which the readers take away.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs", "Cn"))
    return without_unseen("".join(kept)).strip()
