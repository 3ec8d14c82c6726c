"""What a file of a plain register would do: each row found by its keys, and held against what stands."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from web.formats import folded, format_number
from web.register.columns import Column, text_of
from web.register.file_table import TableReader
from web.register.parsing import FileResource, ParsedRow, parsed_rows
from web.register.plan import Plan, PlannedRow, refuse_twice
from web.sheets.cells import plain_text

# (column, sentence) of what is wrong; the column is empty where it is the row as a whole.
Wrong = tuple[str, Any]
_AGAIN: Wrong = ("", gettext_lazy("Det samme står også i rad {row}. Behold bare den ene."))


def _no_rules(_values: Mapping[str, Any]) -> Iterable[Wrong]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainRegister:
    """A register whose rows are found by some of their columns, and changed one row at a time.

    `keys` are the columns that say which row it is, whatever the capitals and spaces of a text. `needed` are
    those a file must have, where they are not those a row must. `links`: column → name in lower case → the
    row it means. `stored` gives the rows there are. `title` says what a row is about, from its values.
    `rules` say what is wrong between the columns of a row that are right each by itself; `again` is said of
    a row that stands twice.
    """

    model: type[Model]
    columns: Sequence[Column]
    sheet: str
    keys: Sequence[str]
    needed: frozenset[str] | None = None
    links: Callable[[], Mapping[str, Mapping[str, Any]]] = dict
    stored: Callable[[], Iterable[Model]]
    title: Callable[[Mapping[str, Any]], str]
    rules: Callable[[Mapping[str, Any]], Iterable[Wrong]] = _no_rules
    again: Wrong = _AGAIN


def plan_rows(register: PlainRegister, content: bytes, file_name: str) -> Plan:
    """The whole file, every wrong cell told; a handful of queries whatever its size. Nothing is written.

    A column the file does not have changes nothing; an empty cell takes the value away. Raises
    UnreadableFile.
    """
    read = [column for column in register.columns if column.read and column.in_form]
    needed = register.needed
    if needed is None:
        needed = frozenset(column.name for column in read if column.required)
    table = TableReader(read, needed, register.sheet).read(content, file_name)
    resource = FileResource(register.model, read, {**_words(read), **register.links()})
    stored = {_key(register, partial(getattr, row)): row for row in register.stored()}
    heads = {"": ""} | {column.name: str(column.header) for column in read}
    rows = [_row(register, read, heads, parsed) for parsed in parsed_rows(table, resource)]
    about, sentence = register.again

    def refuse_again(row: PlannedRow, first: int) -> None:
        row.errors.append((heads[about], str(sentence).format(row=first)))

    refuse_twice(rows, lambda row: _key(register, row.values.get), refuse_again)
    for row in rows:
        _compare(register, read, row, stored.get(_key(register, row.values.get)))
    return Plan(rows=rows)


def _words(columns: Sequence[Column]) -> dict[str, dict[str, Any]]:
    """Of columns with given words: word in lower case → code. The code itself is read too."""
    return {
        column.name: {
            **{str(code).casefold(): code for code in column.words},
            **{folded(word): code for code, word in column.words.items()},
        }
        for column in columns
        if column.kind == "choice"
    }


def _key(register: PlainRegister, said: Callable[[str], Any]) -> Hashable:
    """What tells the row from others; None while a part of it is not said."""
    key = tuple(_plain(said(name)) for name in register.keys)
    return None if None in key or "" in key else key


def _plain(value: Any) -> Any:
    return folded(value) if isinstance(value, str) else value


def _row(
    register: PlainRegister, columns: Sequence[Column], heads: Mapping[str, str], parsed: ParsedRow
) -> PlannedRow:
    """What the row says, and what is wrong with it by itself."""
    values = parsed.values
    row = PlannedRow(number=parsed.number, values=values, source=parsed.source, title=register.title(values))
    row.errors = [(heads.get(name, ""), sentence) for name, sentence in parsed.wrong]
    wrong = {name for name, _sentence in parsed.wrong}
    for column in columns:
        if column.name in values and column.name not in wrong:
            row.errors += [(heads[column.name], text) for text in _faults(column, values[column.name])]
    if not row.errors:
        row.errors = [(heads[name], str(sentence)) for name, sentence in register.rules(values)]
    return row


def _compare(
    register: PlainRegister, columns: Sequence[Column], row: PlannedRow, there: Model | None
) -> None:
    """What the row would change of what stands, and the version it stands at."""
    row.is_new, row.mark = there is None, (there.pk, getattr(there, "version", 0)) if there else None
    if row.errors:
        return
    row.changes = list(_changes(columns, register.keys, there, row.values))
    # What the file has no column for stays as it is.
    for column in columns:
        if there is not None and column.name not in row.values:
            row.values[column.name] = getattr(there, column.name)


def _faults(column: Column, value: Any) -> Iterator[str]:
    if value in (None, ""):
        if column.required:
            yield _("Må fylles ut.")
        return
    if column.least is not None and value < column.least:
        yield _("Skriv et tall som er {limit} eller høyere.").format(limit=format_number(column.least))
    if column.most is not None and value > column.most:
        yield _("Skriv et tall som er {limit} eller lavere.").format(limit=format_number(column.most))


def _changes(
    columns: Sequence[Column], keys: Sequence[str], there: Model | None, values: Mapping[str, Any]
) -> Iterator[tuple[str, str, str]]:
    for column in columns:
        if column.name in keys or column.name not in values:
            continue
        before, after = getattr(there, column.name) if there else None, values[column.name]
        if isinstance(before, str):
            # A file holds no signs nobody sees, so what is stored is held against it without them.
            before = plain_text(before)
        # Zero is said; an empty cell of a new row is not.
        if there is None and (after in (None, "") or after is False):
            continue
        if there is None or before != after:
            yield str(column.header), _said(column, before), _said(column, after)


def _said(column: Column, value: Any) -> str:
    return str(column.words[value]) if column.kind == "choice" and value else text_of(column, value)
