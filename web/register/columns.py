"""The columns of a register: declared once, in the room's `words`, for its list, form, files and template."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from web.formats import format_date, format_number
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
    """One thing a register says of each row.

    `name` is the field and the key in JSON, `header` the heading in files and lists, `label` the one in the
    form where it is another; `also` are headings a file may have instead. `meaning` explains it in the file,
    `help` in the form.

    In files: what is not `read` is written, and passed over when the file comes back. `longest` is the signs
    of a text, `decimals` those of a number, `least` and `most` the range of a number. `several`: the cell
    holds names with semicolons between. `reader`: one cell to one value, or ValueError with a sentence;
    `writer`: a row to its cell, where that is not the field itself.

    `labels`: code → word, or what gives it, where words depend on the municipality. `required` in the form,
    or `at_times`: when another is empty. `empty` is what no choice is called, `unknown` the sentence for one
    that is not there.

    Where it stands: `in_form`, `in_file`, `in_list`. `filter` is its name in the list's address; what is
    `searched` is looked for by words.
    """

    name: str
    header: Any
    meaning: Any = ""
    kind: ColumnKind = "text"
    read: bool = True
    longest: int = 1000
    decimals: int = 2
    least: int | None = None
    most: int | None = None
    several: bool = False
    labels: Labels | Callable[[], Labels] | None = None
    reader: Callable[[Any], Any] | None = None
    writer: Callable[[Any], object] | None = None
    also: tuple[str, ...] = ()
    label: Any = ""
    help: Any = ""
    lines: int = 3
    required: bool = False
    at_times: bool = False
    empty: Any = ""
    unknown: Any = ""
    in_form: bool = True
    in_file: bool = True
    in_list: bool = False
    filter: str = ""
    filter_label: Any = ""
    searched: bool = False

    @property
    def words(self) -> Labels:
        """Code → word for people; empty where there are none."""
        return self.labels() if callable(self.labels) else self.labels or {}


def sheet_column(column: Column) -> writing.Column:
    """The column as a sheet has it, typed."""
    return writing.Column(str(column.header), _SHEET_KINDS.get(column.kind, "text"))


def cell_of(column: Column, row: Any) -> object:
    """What stands in the column's cell for a row: typed, a code by its word; None for what is not said."""
    if column.writer:
        value = column.writer(row)
    else:
        value = getattr(row, column.name)
        if column.kind == "choice" and value:
            value = str(column.words[value])
    return None if value == "" else value


def text_of(column: Column, value: object) -> str:
    """A cell's value as people read it; empty for what is not said."""
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return _("ja") if value else _("nei")
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, int | Decimal) and column.kind != "year":
        return format_number(value)
    return str(value)


def rows_sheet(
    name: str, columns: Sequence[Column], rows: Iterable[Any], title: Sequence[str] = ()
) -> writing.Sheet:
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
        rows=[[str(one.header), one.name, one.read, str(one.meaning)] for one in columns if one.in_file],
    )
