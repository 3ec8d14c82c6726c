"""The rows of a register saved as CSV."""

import io
from collections.abc import Callable, Iterator

from web.sheets.limits import REGISTERS, not_a_spreadsheet, too_many_rows
from web.sheets.text import Numbered, encoding_of, rows_of
from web.sheets.writing import strip_formula_guard
from web.told import tell
from web.unseen import UnseenSigns


def register_rows(content: bytes, delimiter_in: Callable[[str], str] | None = None) -> list[Numbered]:
    """The rows of a register in CSV that say something, with their row numbers. Raises UnreadableFile."""
    return list(each_register_row(content, delimiter_in))


def each_register_row(content: bytes, delimiter_in: Callable[[str], str] | None = None) -> Iterator[Numbered]:
    """The same one by one, possibly raising UnreadableFile in the middle of the reading.

    `delimiter_in` finds the delimiter in the text; otherwise it is the most frequent in the first line.
    Whoever uploaded the file is told which signs that nobody sees were taken away.
    """
    encoding = encoding_of(content)
    if encoding is None:
        raise not_a_spreadsheet()
    decoded = content.decode(encoding)
    delimiter = (delimiter_in or _delimiter_of_first_line)(decoded)
    signs = UnseenSigns()
    found = 0
    for number, cells in rows_of(io.StringIO(decoded, newline=""), delimiter):
        if any(cell.strip() for cell in cells):
            found += 1
            if found > REGISTERS.rows:
                raise too_many_rows(REGISTERS)
            yield number, [strip_formula_guard(cell) for cell in signs.clean(number, cells)]
    tell(signs.sentence())


def _delimiter_of_first_line(decoded: str) -> str:
    first = next((line for line in decoded.splitlines() if line.strip()), "")
    return max(";,\t", key=first.count)
