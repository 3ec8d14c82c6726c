"""The rows of a register's list as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from web.grid import escape
from web.register.columns import Column, cell_of, text_of

# A column, its heading in words, and whether it is of numbers: asked once, and not for every cell.
Headed = tuple[Column, str, bool]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as people read it, and what its column is called on a phone."""

    label: str
    text: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list: where it leads, what heads it, its other cells, and whether it is open."""

    obj: Any
    url: str
    title: str
    head: Cell
    cells: Sequence[Cell]
    is_open: bool


def headed(columns: Iterable[Column]) -> list[Headed]:
    return [(column, str(column.header), column.kind in ("number", "integer")) for column in columns]


def cells_of(columns: Iterable[Headed], obj: Any) -> list[Cell]:
    """What stands in each column for a row."""
    return [
        Cell(header, text_of(column, cell_of(column, obj)), is_number)
        for column, header, is_number in columns
    ]


def rows_markup(rows: Iterable[Row], example: str) -> SafeString:
    """A table row each: the first cell is the link, and the others say what their columns are called.

    `example` marks a row that is one. Through the template engine they cost as much as the rest of the page.
    """
    return SafeString("\n".join(_markup(row, example) for row in rows))


def _markup(row: Row, example: str) -> str:
    opened, current = (' class="kp-open"', ' aria-current="true"') if row.is_open else ("", "")
    mark = f" {example}" if getattr(row.obj, "is_example", False) else ""
    text = escape(row.head.text)
    link = f'<a href="{escape(row.url)}"{current}>{text}</a>' if row.url else text
    return f'<tr{opened}><th scope="row">{link}{mark}</th>{"".join(map(_cell, row.cells))}</tr>'


def _cell(cell: Cell) -> str:
    number = ' class="num"' if cell.is_number else ""
    return f'<td{number} data-label="{escape(cell.label)}">{escape(cell.text)}</td>'
