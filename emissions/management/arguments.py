"""What the commands of klimaregnskapet are told, understood or refused in Norwegian."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.core.management.base import CommandError

from emissions.enums import Scope
from web.formats import parse_iso_date


def scope_of(text: str | None) -> Scope:
    """The scope with this code. Raises CommandError."""
    try:
        return Scope(text or "")
    except ValueError:
        codes = ", ".join(Scope)
        said = f"«{text}» er ikke en systemgrense." if text else "Systemgrensen mangler."
        raise CommandError(f"{said} Skriv --scope med en av disse: {codes}.") from None


def date_of(text: str | None) -> date:
    """The date the statistics were published. Raises CommandError."""
    if not text:
        raise CommandError(
            "Publiseringsdatoen mangler. Skriv når statistikken ble publisert: --published 2025-12-16."
        )
    try:
        return parse_iso_date(text)
    except ValueError:
        raise CommandError(f"«{text}» er ikke en dato. Skriv for eksempel 2025-12-16.") from None


def years_of(texts: list[str]) -> list[int]:
    """Years as numbers. Raises CommandError."""
    for text in texts:
        if not (text.isascii() and text.isdigit() and len(text) == 4):
            raise CommandError(f"«{text}» er ikke et årstall. Skriv for eksempel 2009.")
    return [int(text) for text in texts]


def plain(tonnes: Decimal) -> str:
    """The exact tonnes as people and programs write them: no exponent, no zeros after the last decimal."""
    text = f"{tonnes:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
