"""Small pieces of Norwegian that the sentences about a file are put together from."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from web.formats import NBSP, format_number


def megabytes(size: int) -> str:
    """Bytes as «5 MB» or «7,2 MB», never rounded down to a limit that it is over."""
    tenths = -(-size * 10 // (1024 * 1024))
    whole, tenth = divmod(tenths, 10)
    return f"{format_number(whole)}{f',{tenth}' if tenth else ''}{NBSP}MB"


def listed(names: Sequence[str], most: int = 10) -> str:
    """«Skien, Tinn og Vinje», or the first ten «… og 347 til»."""
    shown = list(names[:most])
    if len(names) > most:
        return _("{names} og {count} til").format(
            names=", ".join(shown), count=format_number(len(names) - most)
        )
    if len(shown) < 2:
        return "".join(shown)
    return _("{names} og {last}").format(names=", ".join(shown[:-1]), last=shown[-1])


def quoted(names: Sequence[str]) -> list[str]:
    """Each name in Norwegian quotation marks."""
    return [f"«{name}»" for name in names]


def shortened(text: str, most: int = 60) -> str:
    """A cell's text for use inside a sentence: one line, not long."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def day(iso: str) -> str:
    """«2009-07-01…» -> «01.07.2009»; what is not a date is given back."""
    try:
        return date.fromisoformat(iso[:10]).strftime("%d.%m.%Y")
    except ValueError:
        return iso
