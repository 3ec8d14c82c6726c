"""What has no owner, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.models import Appointment
from organisation.queries.unowned import Unowned
from organisation.words.lacks import counted, role_in
from web.contributions import Task
from web.formats import format_date


def unowned_sentence(found: Sequence[Unowned]) -> str:
    """«Tre ting har ingen eier etter to personer.»"""
    things = sum(held.count for one in found for held in one.holdings)
    if not things:
        return _("Alt har en eier.")
    sentence = ngettext("Én ting har ingen eier", "{n} ting har ingen eier", things)
    after = ngettext("etter én person.", "etter {n} personer.", len(found))
    return f"{counted(sentence, things)} {counted(after, len(found)).lower()}"


def left_text(appointment: Appointment) -> str:
    """«kontaktperson i Vann og avløp til og med 30. september 2026»"""
    unit = appointment.unit.name if appointment.unit else ""
    return _("{role} til og med {day}").format(
        role=role_in(appointment.role, unit), day=format_date(appointment.valid_to)
    )


def unowned_task(found: Sequence[Unowned]) -> Task:
    names = ", ".join(one.appointment.user.name for one in found)
    return Task(
        title=unowned_sentence(found),
        detail=_("{names} slutter eller har sluttet. Velg hvem som tar over.").format(names=names),
        url=reverse("organisation:unowned"),
        button=_("Se hva"),
    )
