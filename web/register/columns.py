"""The columns of a register: declared once, in the room's `words`, for its list, form, files and template."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from web.sheets import writing

# «choice» is a code shown by its label, «link» another row shown by its name.
ColumnKind = Literal["text", "long_text", "number", "integer", "year", "date", "choice", "yes_no", "link"]
Labels = Mapping[Any, Any]
# The first columns of a workbook of wrong rows: where they stood, and what to mend.
ABOUT_THE_ROW = (gettext_lazy("Rad i filen"), gettext_lazy("Feil"))
_SHEET_KINDS: Mapping[str, writing.Kind] = {
    "number": "number",
    "integer": "integer",
    "year": "integer",
    "date": "date",
}


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is the field and the key in JSON, `header` the heading in a file, `label` the one in the form.
    `also` are headings it is known by too.

    `meaning` explains it in the file, `help` in the form. What is not `read` is written and passed over when
    the file comes back. `longest` is the signs of a text, `decimals` those of a number. `several`: the cell
    holds names with semicolons between. `labels`: code → word, or what gives it, where words depend on the
    municipality. `at_times`: whether it must be there depends on another. `in_form`, `in_file`: where it
    stands. `reader`: one cell to one value, or ValueError with a sentence; `writer`: a row to its cell.
    """

    name: str
    header: Any
    meaning: Any = ""
    kind: ColumnKind = "text"
    read: bool = True
    longest: int = 1000
    decimals: int = 2
    several: bool = False
    required: bool = False
    at_times: bool = False
    label: Any = ""
    help: Any = ""
    labels: Labels | Callable[[], Labels] | None = None
    in_form: bool = True
    in_file: bool = True
    reader: Callable[[Any], Any] | None = None
    writer: Callable[[Any], object] | None = None
    also: tuple[str, ...] = ()

    @property
    def words(self) -> Labels:
        """Code → word for people; empty where there are none."""
        return self.labels() if callable(self.labels) else self.labels or {}


def sheet_column(column: Column) -> writing.Column:
    """The column as a sheet has it, typed."""
    return writing.Column(str(column.header), _SHEET_KINDS.get(column.kind, "text"))


def cell_of(column: Column, row: Any) -> object:
    """What stands in the column's cell for a row: typed, a code by its word; None for what is not said."""
    value = column.writer(row) if column.writer else getattr(row, column.name)
    if value in (None, ""):
        return None
    return str(column.words[value]) if column.kind == "choice" else value


def rows_sheet(name: str, columns: Sequence[Column], rows: Iterable[Any], title: Sequence[str] = ()) -> Any:
    """The rows as a sheet, one line each, in the order of the columns."""
    shown = [column for column in columns if column.in_file]
    return writing.Sheet(
        name=name,
        title=title,
        columns=[sheet_column(column) for column in shown],
        rows=[[cell_of(column, row) for column in shown] for row in rows],
    )


def meanings_sheet(columns: Sequence[Column]) -> writing.Sheet:
    """What each column means, and whether it is read when the file comes back."""
    return writing.Sheet(
        name=_("Om kolonnene"),
        columns=[
            writing.Column(_("Kolonne")),
            writing.Column(_("Navn i JSON")),
            writing.Column(_("Leses inn")),
            writing.Column(_("Betydning")),
        ],
        rows=[[str(one.header), one.name, one.read, str(one.meaning)] for one in columns],
    )
