"""Reads CSV: finds the encoding, the delimiter and the header, then streams the rows."""

import csv
import io
from collections.abc import Iterator
from itertools import chain, islice

from django.utils.translation import gettext as _

from emissions.importers.cells import TextNumbers, WrongCell, at_cell
from emissions.importers.errors import UnreadableFile
from emissions.importers.municipalities import Choice
from emissions.importers.results import Oddity, Shape
from emissions.importers.shapes import (
    HEADER_WITHIN,
    Columns,
    better,
    check_columns,
    columns_of,
    table_description,
)
from emissions.importers.tally import Tally
from emissions.importers.upload import UTF16_MARKS, Limits, not_a_spreadsheet, too_many_columns

SAMPLE = 100_000
DELIMITERS = {";": "semicolon", ",": "comma", "\t": "tab", "|": "pipe"}


def decoded(content: bytes) -> tuple[str, list[Oddity]]:
    """The text, and an oddity when it had to be read as Windows-1252. Raises UnreadableFile."""
    if content.startswith(UTF16_MARKS):
        try:
            return content.decode("utf-16"), []
        except UnicodeDecodeError:
            raise not_a_spreadsheet() from None
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("windows-1252")
    except UnicodeDecodeError:
        raise not_a_spreadsheet() from None
    sentence = _("Filen er lagret med gammel tegnkoding (Windows-1252). Se etter at æ, ø og å er riktige.")
    return text, [Oddity("windows_1252", sentence, 0)]


def delimiter_of(text: str) -> str:
    """The delimiter that makes most sense of the header; semicolon when none does."""
    lines = text[:SAMPLE].splitlines()[:HEADER_WITHIN]

    def understood(delimiter: str) -> int:
        return max(
            (len(columns_of(0, line.replace('"', "").split(delimiter)).at) for line in lines), default=0
        )

    return max(DELIMITERS, key=understood)


def read_text(content: bytes, choice: Choice, limits: Limits) -> tuple[Shape, Tally, list[Oddity]]:
    """Sum the rows of a CSV file. Raises UnreadableFile."""
    text, oddities = decoded(content)
    delimiter = delimiter_of(text)
    rows = _rows(text, delimiter)
    head = list(islice(rows, HEADER_WITHIN))
    best: Columns | None = None
    for number, cells in head:
        best = better(best, columns_of(number, cells))
    if best is not None and len(best.headers) > limits.columns:
        raise too_many_columns(limits)
    columns = check_columns(best)
    numbers = TextNumbers("." if delimiter == "," else ",")
    tally = Tally(columns, choice, numbers, limits)
    tally.add(chain((row for row in head if row[0] > columns.row), rows))
    try:
        numbers.check()
    except WrongCell as problem:
        raise at_cell(_("Filen"), columns.header("tonnes"), problem) from None
    return Shape(f"csv_{DELIMITERS[delimiter]}", _description(delimiter, columns)), tally, oddities


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=delimiter != "\t", strict=True
    )
    try:
        # Records, not lines, are the rows a spreadsheet shows.
        yield from enumerate(reader, start=1)
    except csv.Error:
        sentence = _(
            "Filen kan ikke leses forbi linje {line}: et anførselstegn mangler, eller filen er kuttet. "
            "Last den ned på nytt, og prøv igjen."
        )
        raise UnreadableFile("csv_quotes", sentence.format(line=reader.line_num)) from None


def _description(delimiter: str, columns: Columns) -> str:
    sentences = {
        ";": _("CSV med semikolon, {rows}"),
        ",": _("CSV med komma, {rows}"),
        "\t": _("CSV med tabulator, {rows}"),
        "|": _("CSV med loddrett strek, {rows}"),
    }
    return sentences[delimiter].format(rows=table_description(columns))
