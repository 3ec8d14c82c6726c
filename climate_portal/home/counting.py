"""Small numbers as words, as sentences have them."""

from __future__ import annotations

_WORDS = ("ingen", "én", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv")


def word_of(count: int) -> str:
    """«tre»; figures from thirteen on."""
    return _WORDS[count] if count < len(_WORDS) else str(count)
