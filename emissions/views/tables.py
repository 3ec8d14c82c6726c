"""A table of values as the page shows it: figures in cells, and a note for each reason one is missing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from string import ascii_lowercase

from django.utils.translation import gettext as _

from emissions.calculations import Value
from emissions.enums import Absence
from emissions.models import reason_text
from emissions.words.tables import FigureLine, FigureTable, Head
from web.formats import EN_DASH, MINUS, NBSP, format_number

# Not the dash of the unknown: these figures will come.
TO_COME = "…"


@dataclass(frozen=True, slots=True)
class Cell:
    """`note` is the letter of a note below the table, `reason` what it says; empty for a plain figure."""

    text: str
    note: str = ""
    reason: str = ""
    # Percent of the whole, for a bar.
    bar: str = ""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One row. `parent` is what a part belongs to, empty for others; a whole has its parts below it."""

    name: str
    parent: str
    cells: tuple[Cell, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class ShownTable:
    name_head: str
    # Text, and the letter and reason of a note for years whose figures will come.
    heads: tuple[tuple[str, str, str], ...]
    lines: tuple[ShownLine, ...]
    total: ShownLine | None
    notes: tuple[tuple[str, str], ...]
    has_bars: bool


class _Notes:
    """Letters for reasons, in the order they turn up."""

    def __init__(self) -> None:
        self.letters: dict[str, str] = {}

    def letter(self, sentence: str) -> str:
        if sentence not in self.letters:
            count = len(self.letters)
            # After z comes aa; a table has a handful.
            self.letters[sentence] = ascii_lowercase[count % 26] * (count // 26 + 1)
        return self.letters[sentence]


def shown_table(table: FigureTable, bar_column: int | None = None) -> ShownTable:
    """The table in words and letters. Bars stand in the column given, for values in percent."""
    notes = _Notes()
    has_parts = any(not one.is_sum for one in table.lines) and len(table.name_heads) > 1

    def line(one: FigureLine) -> ShownLine:
        cells = tuple(
            _cell(value, head, notes, with_bar=index == bar_column)
            for index, (value, head) in enumerate(zip(one.values, table.heads, strict=True))
        )
        name, *part = one.names
        if not part or one.is_sum or not has_parts:
            return ShownLine(name, "", cells, one.is_sum and has_parts)
        return ShownLine(part[0], name, cells, is_whole=False)

    lines = tuple(line(one) for one in table.lines)
    total = line(table.total) if table.total else None
    return ShownTable(
        name_head=_(" og ").join(table.name_heads[: 2 if has_parts else 1]).capitalize(),
        heads=tuple(_head(head, notes) for head in table.heads),
        lines=lines,
        total=total,
        notes=tuple((letter, sentence) for sentence, letter in notes.letters.items()),
        has_bars=bar_column is not None,
    )


def _head(head: Head, notes: _Notes) -> tuple[str, str, str]:
    if head.absence != Absence.NOT_YET_PUBLISHED:
        return head.text, "", ""
    reason = reason_text([head.absence])
    return head.text, notes.letter(reason), reason


def _cell(value: Value, head: Head, notes: _Notes, *, with_bar: bool) -> Cell:
    if value.number is None:
        reason = reason_text(value.reasons)
        text = TO_COME if Absence.NOT_YET_PUBLISHED in value.reasons else EN_DASH
        return Cell(text, notes.letter(reason), reason)
    text = figure_text(value.number, head.decimals, signed=head.signed)
    bar = f"{max(Decimal(0), min(value.number, Decimal(100))):.2f}" if with_bar else ""
    if not value.unknown:
        return Cell(text, bar=bar)
    reason = _("En del av tallet mangler: {reason}").format(reason=reason_text(value.unknown))
    return Cell(text, notes.letter(reason), reason, bar)


def figure_text(number: Decimal, decimals: int, *, signed: bool = False) -> str:
    """A figure rounded for reading; «0» only for zero, and a plus before a rise where changes are shown."""
    smallest = Decimal(1).scaleb(-decimals)
    if number and abs(number) < smallest / 2:
        least = format_number(smallest, decimals)
        if number > 0:
            return f"<{NBSP}{'+' if signed else ''}{least}"
        return f">{NBSP}{MINUS}{least}"
    text = format_number(number, decimals if number else 0)
    return f"+{text}" if signed and number > 0 else text
