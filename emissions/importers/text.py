"""Reads CSV: finds the encoding, the delimiter and the header, then streams the rows."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from emissions.importers.cells import GroupedNumbers, TextNumbers, WrongCell, at_cell, thousands_mark
from emissions.importers.errors import UnreadableCell, UnreadableFile
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
from emissions.importers.upload import REGISTERS, UTF16_MARKS, Limits, not_a_spreadsheet, too_many_columns
from emissions.importers.wide import long_form
from web.spreadsheets import strip_formula_guard

SAMPLE = 100_000
DELIMITERS = {";": "semicolon", ",": "comma", "\t": "tab", "|": "pipe"}
# Rows between each time the progress is told.
STEP = 5_000
_DOUBTFUL_NUMBERS = frozenset({"ambiguous_number", "mixed_marks"})


@dataclass(frozen=True)
class Source:
    """A CSV file that is known to be text: its bytes, encoding and delimiter. Never decoded as a whole."""

    content: bytes
    encoding: str
    delimiter: str

    def rows(self, progress: Callable[[int], None]) -> Iterator[tuple[int, list[str]]]:
        """(Row number, cells) from the top. Raises UnreadableFile where a quotation mark is missing."""
        packed = io.BytesIO(self.content)
        text = io.TextIOWrapper(packed, encoding=self.encoding, newline="")
        spaces = self.delimiter != "\t"
        reader = csv.reader(text, delimiter=self.delimiter, skipinitialspace=spaces, strict=True)
        try:
            # Records, not lines, are the rows a spreadsheet shows.
            for number, record in enumerate(reader, start=1):
                if number % STEP == 0:
                    progress(100 * packed.tell() // len(self.content))
                yield number, record
        except csv.Error:
            sentence = _(
                "Filen kan ikke leses forbi linje {line}: et anførselstegn mangler, eller filen er kuttet. "
                "Last den ned på nytt, og prøv igjen."
            )
            raise UnreadableFile("csv_quotes", sentence.format(line=reader.line_num)) from None


def encoding_of(content: bytes) -> tuple[str, list[Oddity]]:
    """The encoding, and an oddity when it had to be Windows-1252. Raises UnreadableFile."""
    if content.startswith(UTF16_MARKS):
        if not _decodes(content, "utf-16"):
            raise not_a_spreadsheet()
        return "utf-16", []
    if _decodes(content, "utf-8-sig"):
        return "utf-8-sig", []
    if not _decodes(content, "windows-1252"):
        raise not_a_spreadsheet()
    sentence = _("Filen er lagret med gammel tegnkoding (Windows-1252). Se etter at æ, ø og å er riktige.")
    return "windows-1252", [Oddity("windows_1252", sentence, 0)]


def decoded(content: bytes) -> str:
    """The text of a register, which is small enough to be held whole. Raises UnreadableFile."""
    encoding, _oddities = encoding_of(content)
    return content.decode(encoding)


def register_rows(content: bytes) -> list[tuple[int, list[str]]]:
    """The rows of a register in CSV that say something, with their line numbers. Raises UnreadableFile."""
    text = decoded(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(";,\t", key=first.count)
    csv.field_size_limit(max(csv.field_size_limit(), REGISTERS.upload))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                rows.append((number, [strip_formula_guard(cell) for cell in cells]))
            if len(rows) > REGISTERS.rows:
                raise UnreadableFile("too_many_rows", "")
    except csv.Error:
        raise UnreadableFile("csv_quotes", "") from None
    return rows


def _decodes(content: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    view = memoryview(content)
    try:
        for start in range(0, len(view), 1024 * 1024):
            decoder.decode(view[start : start + 1024 * 1024])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def delimiter_of(text: str, headers: Mapping[str, str] | None = None) -> str:
    """The delimiter that makes most sense of the header; semicolon when none does.

    Where no header is understood it is the one that parts the lines most alike.
    """
    lines = text.splitlines()[:HEADER_WITHIN]

    def understood(delimiter: str) -> tuple[int, int]:
        rows = [line.replace('"', "").split(delimiter) for line in lines]
        most = max((columns_of(0, row, headers).understood for row in rows), default=0)
        widths = [len(row) for row in rows if len(row) > 1]
        alike = max((widths.count(width) for width in set(widths)), default=0)
        return most, 0 if most else alike

    return max(DELIMITERS, key=understood)


def read_text(
    content: bytes,
    wanted: str | None,
    limits: Limits,
    *,
    headers: Mapping[str, str] | None,
    progress: Callable[[int], None],
) -> tuple[Shape, Tally, list[Oddity]]:
    """Sum the rows of a CSV file. Raises UnreadableFile.

    Is it not certain what the numbers mean before all have been seen, the file is read a second time.
    """
    encoding, oddities = encoding_of(content)
    # Half a sign at the end of the sample is nothing to stumble over.
    sample = content[:SAMPLE].decode(encoding, errors="ignore")
    source = Source(content, encoding, delimiter_of(sample, headers))
    columns = _columns(source, limits, headers)
    numbers = TextNumbers("." if source.delimiter == "," else ",")
    try:
        tally = _tally(source, columns, Choice(wanted), numbers, limits, progress)
    except UnreadableCell as problem:
        mark = problem.code in _DOUBTFUL_NUMBERS and thousands_mark(_number_cells(source, columns))
        if not mark:
            raise
        tally = _tally(source, columns, Choice(wanted), GroupedNumbers(mark), limits, progress)
        oddities.append(_thousands(mark))
    description = _description(source.delimiter, tally.columns)
    return Shape(f"csv_{DELIMITERS[source.delimiter]}", description), tally, oddities


def _columns(source: Source, limits: Limits, headers: Mapping[str, str] | None) -> Columns:
    best: Columns | None = None
    for number, cells in islice(source.rows(_silent), HEADER_WITHIN):
        best = better(best, columns_of(number, cells, headers))
    if best is not None and len(best.headers) > limits.columns:
        raise too_many_columns(limits)
    return check_columns(best)


def _tally(
    source: Source,
    columns: Columns,
    choice: Choice,
    numbers: TextNumbers | GroupedNumbers,
    limits: Limits,
    progress: Callable[[int], None],
) -> Tally:
    below = (row for row in source.rows(progress) if row[0] > columns.row)
    columns, rows = long_form(columns, below, ragged=False)
    tally = Tally(columns, choice, numbers, limits)
    tally.add(rows)
    try:
        numbers.check()
    except WrongCell as problem:
        raise at_cell(_("Filen"), columns.header("tonnes"), problem) from None
    return tally


def _number_cells(source: Source, columns: Columns) -> Iterator[str]:
    places: Sequence[int] = [index for index, _year in columns.years] if columns.is_wide else ()
    places = places or [columns.at["tonnes"]]
    for number, row in source.rows(_silent):
        if number > columns.row:
            yield from (row[index] for index in places if index < len(row))


def _silent(percent: int) -> None:
    """Progress nobody asked for."""


def _thousands(mark: str) -> Oddity:
    name = {".": _("punktum"), ",": _("komma")}[mark]
    sentence = _("Tallene har {mark} mellom tusenene, og er lest slik. Se etter at summene stemmer.")
    return Oddity("thousands_mark", sentence.format(mark=name), 0)


def _description(delimiter: str, columns: Columns) -> str:
    sentences = {
        ";": _("CSV med semikolon, {rows}"),
        ",": _("CSV med komma, {rows}"),
        "\t": _("CSV med tabulator, {rows}"),
        "|": _("CSV med loddrett strek, {rows}"),
    }
    return sentences[delimiter].format(rows=table_description(columns))
