"""What a row or a cell that cannot be read gives."""

from django.utils.translation import gettext as _

from web.sheets.errors import UnreadableFile


class UnreadableCell(UnreadableFile):
    """One row or cell cannot be read; the sentence names the row and, for a cell, the column."""


def wrong_length(place: str, found: int, width: int) -> UnreadableCell:
    """The error for a row with more or fewer fields than the header; `place` is «Rad 17»."""
    if found > width:
        sentence = _(
            "{place} har {found} felt, men overskriften har {width}. "
            "Sett anførselstegn rundt navn med komma, eller lagre filen med semikolon."
        )
    else:
        sentence = _(
            "{place} har {found} felt, men overskriften har {width}. "
            "Filen kan være kuttet. Last den ned på nytt, og prøv igjen."
        )
    return UnreadableCell("row_length", sentence.format(place=place, found=found, width=width))
