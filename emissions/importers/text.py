"""Reads CSV: finds the encoding, the delimiter and the header, then streams the rows."""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from emissions.importers.errors import UnreadableCell
from emissions.importers.municipalities import Choice
from emissions.importers.remarks import about_unseen
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
from emissions.importers.tonnes import GroupedNumbers, TextNumbers, at_cell, thousands_mark
from emissions.importers.wide import long_form
from web.sheets import text
from web.sheets.cells import WrongCell
from web.sheets.limits import Limits, not_a_spreadsheet, too_many_columns
from web.sheets.text import Numbered, rows_of
from web.unseen import UnseenSigns

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

    def rows(self, progress: Callable[[int], None], unseen: UnseenSigns | None = None) -> Iterator[Numbered]:
        """(Row number, cells) from the top, without the signs nobody sees. Raises UnreadableFile."""
        packed = io.BytesIO(self.content)
        lines = io.TextIOWrapper(packed, encoding=self.encoding, newline="")
        signs = unseen or UnseenSigns()
        for number, record in rows_of(lines, self.delimiter, spaces=self.delimiter != "\t"):
            if number % STEP == 0:
                progress(100 * packed.tell() // len(self.content))
            yield number, signs.clean(number, record)


def encoding_of(content: bytes) -> tuple[str, list[Oddity]]:
    """The encoding, and an oddity when it had to be Windows-1252. Raises UnreadableFile."""
    encoding = text.encoding_of(content)
    if encoding is None:
        raise not_a_spreadsheet()
    if encoding != "windows-1252":
        return encoding, []
    sentence = _("Filen er lagret med gammel tegnkoding (Windows-1252). Se etter at æ, ø og å er riktige.")
    return encoding, [Oddity("windows_1252", sentence, 0)]


def delimiter_of(sample: str, headers: Mapping[str, str] | None = None) -> str:
    """The delimiter that makes most sense of the header; semicolon when none does.

    Where no header is understood it is the one that parts the lines most alike.
    """
    lines = sample.splitlines()[:HEADER_WITHIN]

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
        tally = _tally(source, columns, Choice(wanted), numbers, limits, progress, oddities)
    except UnreadableCell as problem:
        mark = problem.code in _DOUBTFUL_NUMBERS and thousands_mark(_number_cells(source, columns))
        if not mark:
            raise
        tally = _tally(source, columns, Choice(wanted), GroupedNumbers(mark), limits, progress, oddities)
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
    oddities: list[Oddity],
) -> Tally:
    signs = UnseenSigns()
    below = (row for row in source.rows(progress, signs) if row[0] > columns.row)
    columns, rows = long_form(columns, below, ragged=False)
    tally = Tally(columns, choice, numbers, limits)
    tally.add(rows)
    try:
        numbers.check()
    except WrongCell as problem:
        raise at_cell(_("Filen"), columns.header("tonnes"), problem) from None
    oddities += about_unseen(signs)
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
