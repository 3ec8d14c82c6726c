"""The text of a CSV file: which encoding it is in, and its rows, whatever ends its lines."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from web.formats import format_number
from web.sheets.errors import UnreadableFile

UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# The first of these begins with a mark of UTF-16: ask for them first.
UTF32_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
# Python's own limit. A longer cell is nearly always a quotation mark that never ends.
LONGEST_CELL = 131_072
_CHUNK = 1024 * 1024

Numbered = tuple[int, list[str]]


def encoding_of(content: bytes) -> str | None:
    """The encoding all of the content can be read in: «utf-16», «utf-8-sig», «windows-1252» or none.

    Raises UnreadableFile for UTF-32, and for signs that no text has.
    """
    refuse_utf32(content)
    marked = content.startswith(UTF16_MARKS)
    candidates = ("utf-16",) if marked else ("utf-8-sig", "windows-1252")
    found = next((encoding for encoding in candidates if _decodes(content, encoding)), None)
    if found is None and not marked and b"\x00" in content:
        raise _nul()
    return found


def refuse_utf32(content: bytes) -> None:
    """Raises UnreadableFile for what no spreadsheet saves and none of our readers knows."""
    if content.startswith(UTF32_MARKS):
        raise UnreadableFile(
            "utf32", _("Filen er lagret med tegnkodingen UTF-32. Lagre den som CSV UTF-8, og prøv igjen.")
        )


def rows_of(lines: Iterable[str], delimiter: str, *, spaces: bool = False) -> Iterator[Numbered]:
    """(Row number, cells) from the top; records, not lines, are the rows a spreadsheet shows.

    `lines` must keep its line ends as they are (newline=""): CR alone ends a line too. With `spaces`,
    those after a delimiter are left out. Raises UnreadableFile, possibly in the middle of the reading.
    """
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=spaces, strict=True)
    number = 0
    try:
        for number, record in enumerate(reader, start=1):
            if any(len(cell) > LONGEST_CELL for cell in record):
                raise _too_long(number)
            yield number, record
    except csv.Error as problem:
        if "field limit" in str(problem):
            raise _too_long(number + 1) from None
        sentence = _(
            "Filen kan ikke leses forbi linje {line}: et anførselstegn mangler, eller filen er kuttet. "
            "Last den ned på nytt, og prøv igjen."
        )
        raise UnreadableFile("csv_quotes", sentence.format(line=reader.line_num)) from None


def _too_long(row: int) -> UnreadableFile:
    sentence = _(
        "Rad {row} har en celle med mer enn {most} tegn. Se etter om et anførselstegn mangler, "
        "eller kort ned teksten, og prøv igjen."
    )
    return UnreadableFile("cell_too_long", sentence.format(row=row, most=format_number(LONGEST_CELL)))


def _decodes(content: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    view = memoryview(content)
    try:
        for start in range(0, len(view), _CHUNK):
            _refuse_nul(decoder.decode(view[start : start + _CHUNK]))
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_nul(text: str) -> None:
    if "\x00" in text:
        raise _nul()


def _nul() -> UnreadableFile:
    return UnreadableFile(
        "nul",
        _("Filen har tegn som ikke kan leses (NUL). Lagre den som CSV UTF-8 eller .xlsx, og prøv igjen."),
    )
