"""Tables to read: the same rows on a page, in a PDF and in a document to copy from. Cells are text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Column:
    header: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """`pk` is what the row is about, for a link; `css` marks a row that means something else than the
    others: «sum» or «gap».
    """

    cells: tuple[str, ...]
    pk: int | None = None
    css: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Rows under one heading; the heading is empty where the table has only one part."""

    title: str
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class ReadingTable:
    """`head` is the column whose cell names its row. `note` stands beside the table, not in it.

    `figures_first`: on a phone only the row's name and its figures are shown; its other words must stand on
    the page the row leads to.
    """

    caption: str
    columns: tuple[Column, ...]
    parts: tuple[Part, ...]
    foot: tuple[TableRow, ...] = ()
    head: int = 0
    note: str = ""
    figures_first: bool = False


def rows_html(
    table: ReadingTable,
    rows: Iterable[TableRow],
    *,
    link: str = "",
    paste: bool = False,
) -> SafeString:
    """The rows as markup; a table may have thousands of cells, and the template engine takes ten times as
    long. `link` is what the address of a row begins with. `paste` leaves out every class and puts figures to
    the right by an attribute, which text editors keep.
    """
    return SafeString("\n".join(_row_html(table, row, link, paste) for row in rows))


def _row_html(table: ReadingTable, row: TableRow, link: str, paste: bool) -> str:
    cells = []
    for number, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True)):
        text = escape(cell)
        if number == table.head:
            if link and row.pk is not None:
                text = f'<a href="{escape(link)}{row.pk}/">{text}</a>'
            cells.append(
                f'<th scope="row" align="left">{text}</th>' if paste else f'<th scope="row">{text}</th>'
            )
        elif column.numeric:
            cells.append(f'<td align="right">{text}</td>' if paste else f'<td class="num">{text}</td>')
        else:
            cells.append(f"<td>{text}</td>")
    css = f' class="{row.css}"' if row.css and not paste else ""
    return f"<tr{css}>{''.join(cells)}</tr>"
