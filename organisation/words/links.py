"""One-time links: the mails they come by, and what is said of one that no longer holds."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.enums import LinkPurpose
from organisation.queries.links import HOURS, LinkState
from web.mail import LINK_HERE


@dataclass(frozen=True, slots=True)
class Words:
    subject: str
    text: str


def link_mail(purpose: LinkPurpose, name: str) -> Words:
    """The mail, with a place for its link, and how long that holds."""
    subject, does, otherwise = {
        LinkPurpose.INVITATION: (
            _("Du er invitert til Klimaportalen"),
            _("Du er invitert til Klimaportalen. Velg et passord, så er du inne:"),
            _("Er den for gammel, kan den som inviterte deg, sende en ny."),
        ),
        LinkPurpose.NEW_PASSWORD: (
            _("Nytt passord i Klimaportalen"),
            _("Noen har bedt om et nytt passord til brukeren din i Klimaportalen. Velg det her:"),
            _("Var det ikke deg, trenger du ikke gjøre noe: det gamle passordet gjelder fortsatt."),
        ),
        LinkPurpose.OPEN_ACCOUNT: (
            _("Åpne brukeren din i Klimaportalen"),
            _("Brukeren din er låst en stund etter for mange mislykkede forsøk. Åpne den her:"),
            _("Var det ikke deg som prøvde, bør du velge et nytt passord når du er inne."),
        ),
    }[purpose]
    parts = [
        _("Hei {name},").format(name=name),
        does,
        LINK_HERE,
        holds(purpose) + " " + otherwise,
        _("Spørsmål: {email}").format(email=settings.SUPPORT_EMAIL),
    ]
    return Words(subject, "\n\n".join(parts))


def holds(purpose: LinkPurpose) -> str:
    hours = HOURS[purpose]
    return ngettext(
        "Lenken virker én gang, i {n} time.", "Lenken virker én gang, i {n} timer.", hours
    ).format(n=hours)


def why_closed(purpose: LinkPurpose, state: LinkState) -> str:
    """What to do with a link that does not hold; empty for one that does."""
    if state == LinkState.HOLDS:
        return ""
    if state == LinkState.SHUT_OUT:
        return _("Du har ikke lenger tilgang til portalen. Skriv til {email} hvis det er feil.").format(
            email=settings.SUPPORT_EMAIL
        )
    if purpose == LinkPurpose.INVITATION:
        return _("Lenken er brukt eller for gammel. Be den som inviterte deg, sende en ny.")
    if state == LinkState.TOO_OLD:
        return _("Lenken er for gammel. Be om en ny.") + " " + holds(purpose)
    return _("Lenken er brukt, eller passordet eller adressen er endret siden den ble sendt. Be om en ny.")
