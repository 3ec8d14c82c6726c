"""Markup that is put into a page after it is rendered.

A template joins its text again for every block, loop and condition it is inside, so the rows of a large grid
would be copied a dozen times on their way out. In their place goes a mark that no text from people can
hold, since its angle brackets would have been escaped.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.safestring import SafeString


class LateMarkup:
    """Safe markup of any size, written in a template like any other. It is true unless it is empty.

    It stands in the context's list `late_markup`, where `render_page` finds it.
    """

    def __init__(self, markup: str) -> None:
        self.markup = SafeString(markup)

    def __bool__(self) -> bool:
        return bool(self.markup)

    def __str__(self) -> SafeString:
        return SafeString(f"<late-markup {id(self):x}>" if self.markup else "")


def put_in(content: bytes, late: Iterable[LateMarkup]) -> bytes:
    """The rendered page with each markup where its mark stands; they come in the order of the page.

    What the template has left out is left out.
    """
    parts, rest = [], content
    for one in late:
        before, mark, after = rest.partition(str(one).encode()) if one else (rest, b"", b"")
        if mark:
            parts += [before, one.markup.encode()]
            rest = after
    return b"".join([*parts, rest])
