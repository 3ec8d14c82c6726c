"""The one error an unreadable file gives."""

from django.utils.translation import gettext as _


class UnreadableFile(ValueError):
    """The file cannot be imported; `str()` is one Norwegian sentence or two that say what to do.

    `code` is stable and meant for logs, JSON and tests; the sentence is meant for people. `headers` are
    those of the row that looked most like a header, where somebody may say what they mean.
    """

    def __init__(self, code: str, sentence: str, headers: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.code = code
        self.headers = headers


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
