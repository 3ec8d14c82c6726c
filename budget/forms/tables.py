"""Forms with figures in a table: one row per year, source or line, one input per cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.forms.boundfield import BoundField

from web.forms import NorskTallField, NorskTallWidget, PortalForm


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: a cell is an input, or a figure to read. `note` stands under the label."""

    label: str
    cells: Sequence[BoundField | Decimal | None]
    note: str = ""


class FigureField(NorskTallField):
    """A figure in a cell; its label is read aloud and not shown."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", NorskTallWidget(attrs={"size": 11}))
        super().__init__(**kwargs)


class TableForm(PortalForm):
    """`columns` are the headings, the first above the rows' labels; `text_columns` of them stand over words.
    Other fields stand before the table.
    """

    caption: Any = ""
    columns: Sequence[Any] = ()
    text_columns = 1
    # The name of the button that puts the rows' suggestions into the empty fields, where they have any.
    suggestions = ""

    def rows(self) -> list[TableRow]:
        return []

    def cells(self, *names: str) -> list[BoundField]:
        return [self[name] for name in names]

    @property
    def plain_fields(self) -> list[BoundField]:
        inside = {cell.name for row in self.rows() for cell in row.cells if isinstance(cell, BoundField)}
        return [field for field in self.visible_fields() if field.name not in inside]

    @property
    def table_rows(self) -> list[TableRow]:
        return self.rows()
