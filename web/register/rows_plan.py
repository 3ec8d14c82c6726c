"""What a file of a plain register would do: each row found by its keys, and held against what stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from web.formats import format_number
from web.register.columns import Column, text_of
from web.register.file_table import TableReader
from web.register.parsing import FileResource, ParsedRow, parsed_rows
from web.register.plan import Plan, PlannedRow, refuse_twice

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainRegister:
    """A register whose rows are found by some of their columns, and changed one row at a time.

    `keys` are the columns that say which row it is. `links`: column → name in lower case → the row it means.
    `stored` gives the rows there are, by key. `title` says what a row is about, from its values.
    """

    model: type[Model]
    columns: Sequence[Column]
    sheet: str
    keys: Sequence[str]
    links: Callable[[], Mapping[str, Mapping[str, Any]]]
    stored: Callable[[], Mapping[Key, Model]]
    title: Callable[[Mapping[str, Any]], str]


def plan_rows(register: PlainRegister, content: bytes, file_name: str) -> Plan:
    """The whole file, every wrong cell told; a handful of queries whatever its size. Nothing is written.

    A column the file does not have changes nothing; an empty cell takes the value away. Raises
    UnreadableFile.
    """
    read = [column for column in register.columns if column.read and column.in_form]
    needed = frozenset(column.name for column in read if column.required)
    table = TableReader(read, needed, register.sheet).read(content, file_name)
    links = register.links()
    resource = FileResource(register.model, read, {**_words(read), **links})
    stored = register.stored()
    rows = [_row(register, read, parsed, stored) for parsed in parsed_rows(table, resource)]
    refuse_twice(rows, lambda row: None if row.errors else _key(register, row.values), _refuse_again)
    return Plan(rows=rows)


def _words(columns: Sequence[Column]) -> dict[str, dict[str, Any]]:
    """Of columns with given words: word in lower case → code. The code itself is read too."""
    return {
        column.name: {
            **{str(code).casefold(): code for code in column.words},
            **{" ".join(str(word).casefold().split()): code for code, word in column.words.items()},
        }
        for column in columns
        if column.kind == "choice"
    }


def _key(register: PlainRegister, values: Mapping[str, Any]) -> Key:
    return tuple(values.get(name) for name in register.keys)


def _refuse_again(row: PlannedRow, first: int) -> None:
    row.errors.append(("", _("Det samme står også i rad {row}. Behold bare den ene.").format(row=first)))


def _row(
    register: PlainRegister, columns: Sequence[Column], parsed: ParsedRow, stored: Mapping[Key, Model]
) -> PlannedRow:
    values = parsed.values
    heads = {column.name: str(column.header) for column in columns}
    row = PlannedRow(number=parsed.number, values=values, source=parsed.source)
    row.errors = [(heads.get(name, ""), sentence) for name, sentence in parsed.wrong]
    wrong = {name for name, _sentence in parsed.wrong}
    for column in columns:
        if column.name in values and column.name not in wrong:
            row.errors += [(heads[column.name], text) for text in _faults(column, values[column.name])]
    row.title = register.title(values)
    there = stored.get(_key(register, values))
    row.is_new, row.mark = there is None, (there.pk, getattr(there, "version", 0)) if there else None
    if not row.errors:
        row.changes = list(_changes(columns, register.keys, there, values))
        # What the file has no column for stays as it is.
        for column in columns:
            if there is not None and column.name not in values:
                values[column.name] = getattr(there, column.name)
    return row


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
        if there is None and after in (None, "", False):
            continue
        if there is None or before != after:
            yield str(column.header), _said(column, before), _said(column, after)


def _said(column: Column, value: Any) -> str:
    return str(column.words[value]) if column.kind == "choice" and value else text_of(column, value)
