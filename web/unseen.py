"""Signs nobody sees: zero-width spaces, marks of writing direction, soft hyphens, byte order marks.

They come along when text is copied from a web page, a PDF or a spreadsheet, and make two names that look the
same differ. They are taken away where text enters the portal, and whoever wrote it is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# Format characters (Cf) and what is drawn as nothing, but for the two joiners.
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
# Joiners hold emoji and some scripts together; beside a Latin letter, or at an end, they do nothing.
_PLAIN = "\x00-\u024f"
_PATTERN = re.compile(
    f"[{_UNSEEN}]|(?<![^{_PLAIN}])[\u200c\u200d]|[\u200c\u200d](?![^{_PLAIN}])",
)
_SUSPECT = re.compile(f"[{_UNSEEN}\u200c\u200d]")
_MOST_NAMED = 5


def without_unseen(text: str) -> str:
    """The text without the signs nobody sees. Spaces, also no-break ones, and line breaks stay."""
    # Nearly all text is ASCII, where there are none; this is asked of every cell of large files.
    return text if text.isascii() else _PATTERN.sub("", text)


class UnseenSigns:
    """Takes signs nobody sees away from the cells of a file, and remembers in which rows they stood."""

    def __init__(self) -> None:
        self.rows: list[int] = []
        self.cells = 0

    def clean(self, number: int, cells: list[Any]) -> list[Any]:
        """The row without them; `number` is the row's in the file."""
        # Nearly every row has none, and a national file has a million rows: one look at each.
        together = "\n".join([cell for cell in cells if isinstance(cell, str)])
        if together.isascii() or _SUSPECT.search(together) is None:
            return cells
        found = [without_unseen(cell) if isinstance(cell, str) else cell for cell in cells]
        if changed := sum(one != other for one, other in zip(found, cells, strict=True)):
            self.cells += changed
            self.rows.append(number)
        return found

    def sentence(self) -> str:
        """What to tell whoever uploaded the file; empty where there was nothing."""
        if not self.cells:
            return ""
        shown = ", ".join(str(number) for number in self.rows[:_MOST_NAMED])
        more = " …" if len(self.rows) > _MOST_NAMED else ""
        words = ngettext(
            "Vi tok bort usynlige tegn i %(cells)d celle (rad %(rows)s). Se etter at teksten er riktig.",
            "Vi tok bort usynlige tegn i %(cells)d celler (rad %(rows)s). Se etter at tekstene er riktige.",
            self.cells,
        )
        return words % {"cells": self.cells, "rows": shown + more}


def told_of_fields(labels: Iterable[str]) -> str:
    """What to tell whoever filled in these fields."""
    named = ", ".join(f"«{label}»" for label in labels)
    return _("Vi tok bort usynlige tegn fra {fields}. Se etter at teksten er riktig.").format(fields=named)
