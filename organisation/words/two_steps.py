"""What is said of two steps, in mail and on pages."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from organisation.words.links import Words
from web.mail import site_address


def reset_mail(name: str, path: str) -> Words:
    """«Totrinn er nullstilt», to whoever it was reset for."""
    parts = [
        _("Hei {name},").format(name=name),
        _("En administrator har nullstilt innloggingen din med to trinn i Klimaportalen."),
        _("Logg inn med passordet, og sett den opp på nytt:"),
        site_address(path),
        _("Har du ikke bedt om det, så skriv straks til {email}.").format(email=settings.SUPPORT_EMAIL),
    ]
    return Words(_("Totrinn er nullstilt i Klimaportalen"), "\n\n".join(parts))


def codes_file(name: str, codes: list[str]) -> str:
    """The recovery codes as a file to keep, a line each."""
    lines = [
        _("Reservekoder til Klimaportalen for {name}").format(name=name),
        _("Hver kode virker én gang. Oppbevar dem et annet sted enn telefonen."),
        "",
        *codes,
    ]
    return "\r\n".join(lines) + "\r\n"
