"""Figures of a budget as people read them, rounded to whole tonnes and kroner only here; and lists."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from web.formats import MINUS, format_number


def tonnes(value: Decimal | None) -> str:
    return format_number(value, 0)


def cut(value: Decimal | None) -> str:
    """What is subtracted, with its minus: «−2 260»; nothing is «0»."""
    text = tonnes(value)
    return f"{MINUS}{text}" if value is not None and text not in ("0", "–") else text


def whole(value: Decimal) -> Decimal:
    """Rounded as it is shown."""
    return value.quantize(Decimal(1), ROUND_HALF_UP)


def signed(value: Decimal | None) -> str:
    """«+1 200», «−300», «0»"""
    text = tonnes(value)
    return f"+{text}" if value is not None and whole(value) > 0 else text


def gap(value: Decimal | None) -> str:
    """«23 560», or «1 200 under»."""
    if value is not None and whole(value) < 0:
        return _("{tonnes} under").format(tonnes=tonnes(-value))
    return tonnes(value)


def gap_words(value: Decimal) -> str:
    """«23 560 tonn over rammen», «på rammen»"""
    if whole(value) == 0:
        return _("på rammen")
    words = _("{tonnes} tonn over rammen") if value > 0 else _("{tonnes} tonn under rammen")
    return words.format(tonnes=tonnes(abs(value)))


def listed(words: Sequence[str]) -> str:
    """«T1, T2 og T3»"""
    if len(words) < 2:
        return "".join(words)
    return _("{first} og {last}").format(first=", ".join(words[:-1]), last=words[-1])


def span(years: Sequence[int]) -> str:
    """«2027», «2027–2030», or the years one by one where some are missing."""
    if len(years) > 1 and years[-1] - years[0] == len(years) - 1:
        return f"{years[0]}–{years[-1]}"
    return listed([str(year) for year in years])
