"""Names in a file: what they mean here, or the nearest there is."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

from django.utils.translation import gettext as _

from web.register.columns import Column
from web.sheets.words import shortened

T = TypeVar("T")
# What is typed wrong is nearer than this; what is another word is not.
_NEAR = 0.6


def plain_name(text: str) -> str:
    """A name without what people type differently: case, and how many spaces."""
    return " ".join(text.casefold().split())


class Names(Generic[T]):
    """What a cell may say, and what it means. Of two with one name the first is meant."""

    def __init__(self, named: Iterable[tuple[str, T]], aliases: Iterable[tuple[str, T]] = ()) -> None:
        self._shown: dict[str, str] = {}
        self._meant: dict[str, T] = {}
        for name, what in named:
            self._shown.setdefault(plain_name(name), name)
            self._meant.setdefault(plain_name(name), what)
        for name, what in aliases:
            self._meant.setdefault(plain_name(name), what)

    def get(self, text: str) -> T | None:
        return self._meant.get(plain_name(text))

    def nearest(self, text: str, cutoff: float = _NEAR) -> str:
        """The name most like this one; empty where none is like it."""
        near = difflib.get_close_matches(plain_name(text), self._shown, n=1, cutoff=cutoff)
        return self._shown[near[0]] if near else ""

    def unknown(self, text: str) -> str:
        """What to say of a name there is not."""
        if near := self.nearest(text):
            return _("«{text}» finnes ikke. Mente du «{near}»?").format(text=shortened(text), near=near)
        return _("«{text}» finnes ikke. Se hva det heter i portalen.").format(text=shortened(text))


def words_of(column: Column) -> Names[str]:
    """The words of a column of codes; the codes themselves are read too."""
    words: Mapping[str, object] = column.words
    return Names(
        [(str(word), str(code)) for code, word in words.items()], [(str(code), str(code)) for code in words]
    )
