"""The mail with the link by which somebody comes in for the first time."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from web.mail import site_address


@dataclass(frozen=True, slots=True)
class Words:
    subject: str
    text: str


def invitation(name: str, path: str) -> Words:
    """«Du er invitert til Klimaportalen», with the link, and how long it holds."""
    hours = settings.PASSWORD_RESET_TIMEOUT // 3600
    holds = ngettext(
        "Lenken virker én gang, i {n} time.", "Lenken virker én gang, i {n} timer.", hours
    ).format(n=hours)
    parts = [
        _("Hei {name},").format(name=name),
        _("Du er invitert til Klimaportalen. Velg et passord, så er du inne:"),
        site_address(path),
        holds + " " + _("Er den for gammel, kan den som inviterte deg, sende en ny."),
        _("Spørsmål: {email}").format(email=settings.SUPPORT_EMAIL),
    ]
    return Words(_("Du er invitert til Klimaportalen"), "\n\n".join(parts))
