"""Tables with a column per year, read as if they had a row per year."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from emissions.importers.errors import wrong_length
from emissions.importers.shapes import Columns, blank


def long_form(
    columns: Columns, rows: Iterator[tuple[int, Sequence[object]]], *, ragged: bool
) -> tuple[Columns, Iterator[tuple[int, Sequence[object]]]]:
    """A wide table as one with a row per year; any other table as it is.

    A row of another length than the header is passed on as it stands, unless `ragged`.
    """
    if not columns.is_wide:
        return columns, rows
    width = columns.width
    at = {**columns.at, "year": width, "tonnes": width + 1}
    headers = (*columns.headers, _("År"), _("Utslipp"))
    made = Columns(columns.row, headers, at, columns.doubled, columns.years, width)

    def lengthened() -> Iterator[tuple[int, Sequence[object]]]:
        for number, row in rows:
            if ragged or blank(row[width:]):
                row = [*row[:width], *([None] * (width - len(row)) if ragged else ())]
            if blank(row):
                continue
            if len(row) != width:
                if len(row) == len(headers):
                    # As long as a lengthened one, and would be taken for it.
                    raise wrong_length(_("Rad {number}").format(number=number), len(row), width)
                yield number, row
                continue
            if blank([row[index] for index, _year in columns.years]) and len(columns.years) > 1:
                yield number, [*row, None, None]
                continue
            for index, year in columns.years:
                yield number, [*row, year, row[index]]

    return made, lengthened()
