"""Attachments are links: addresses on https, one per line."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

MOST_LINKS = 5
# The intranet's one-word hosts too; but no «name@» before the host, which only serves to deceive.
_ADDRESS = re.compile(r"https://[^\s/?#@\\<>\"]+(?:[/?#][^\s\\<>\"]*)?")


def split_links(text: str) -> tuple[str, ...]:
    """The addresses in a text with one per line; empty lines are left out."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def why_not_links(text: str) -> str:
    """Why the text cannot be kept as links; empty when it can."""
    links = split_links(text)
    if len(links) > MOST_LINKS:
        return _("Skriv høyst {n} adresser, én på hver linje.").format(n=MOST_LINKS)
    for link in links:
        if not _ADDRESS.fullmatch(link):
            return _(
                "Skriv hele adressen, med https:// først, og én på hver linje. Du skrev «{link}»."
            ).format(link=link[:80])
    return ""
