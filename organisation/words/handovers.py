"""What is said of a handover, on its page and in the mail to those it concerns."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.models import Handover
from organisation.words.lacks import counted, role_in
from organisation.words.links import Words
from web.contributions import Holding, HoldingGoes
from web.formats import format_date
from web.mail import site_address


def handover_sentence(held: Sequence[Holding]) -> str:
    """«Åtte ting står åpne. Sju går videre av seg selv, og én trenger en ny eier.»"""
    itself = sum(one.count for one in held if one.goes == HoldingGoes.WITH_UNIT)
    owner = sum(one.count for one in held if one.goes == HoldingGoes.TO_SUCCESSOR)
    if not itself + owner:
        return _("Ingenting står åpent.")
    opened = counted(ngettext("Én ting står åpen.", "{n} ting står åpne.", itself + owner), itself + owner)
    if not owner:
        return f"{opened} {_('Alt går videre av seg selv.')}"
    needs = counted(ngettext("Én trenger en ny eier.", "{n} trenger en ny eier.", owner), owner)
    if not itself:
        return f"{opened} {needs}"
    goes = counted(ngettext("Én går videre av seg selv", "{n} går videre av seg selv", itself), itself)
    return f"{opened} {goes}, {_('og')} {needs[0].lower()}{needs[1:]}"


def role_sentence(handover: Handover) -> str:
    """«kontaktperson i Vann og avløp», «administrator»."""
    appointment = handover.appointment
    return role_in(appointment.role, appointment.unit.name if appointment.unit else "")


def handover_mail(handover: Handover, name: str, path: str) -> Words:
    """To whoever takes over, the leader and Klima: who leaves what on which day, and where the note is."""
    appointment = handover.appointment
    subject = _("{person} overleverer: {role}").format(
        person=appointment.user.name, role=role_sentence(handover)
    )
    told = [
        _("{person} er {role} til og med {day}.").format(
            person=appointment.user.name,
            role=role_sentence(handover),
            day=format_date(appointment.valid_to),
        )
    ]
    if handover.successor is not None:
        told.append(_("{name} tar over.").format(name=handover.successor.name))
    if handover.note:
        told.append(_("Det er skrevet et notat om oppgaven."))
    parts = [
        _("Hei {name},").format(name=name),
        " ".join(told),
        _("Se overleveringen:") + "\n" + site_address(path),
        _("Spørsmål: {email}").format(email=settings.SUPPORT_EMAIL),
    ]
    return Words(subject, "\n\n".join(parts))
