"""What of the organisation waits for a person, as tasks on Min side."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from organisation.enums import Role
from organisation.models import ROLE_LABELS, Appointment, AppointmentProposal
from organisation.words.lacks import role_in
from web.contributions import Task
from web.formats import format_date


def handover_task(appointment: Appointment) -> Task:
    """«Overlever rollen som kontaktperson i Vann og avløp»."""
    role = role_in(appointment.role, appointment.unit.name if appointment.unit else "")
    return Task(
        title=_("Overlever rollen som {role}").format(role=role),
        detail=_("Siste dag er {day}. Velg hvem som tar over, og skriv et notat om oppgaven.").format(
            day=format_date(appointment.valid_to)
        ),
        url=reverse("organisation:handover", args=[appointment.pk]),
        button=_("Overlever"),
    )


def proposal_task(proposal: AppointmentProposal) -> Task:
    """«Vara Eksempel er foreslått som vara for kontaktperson»."""
    return Task(
        title=_("{name} er foreslått som {role}").format(
            name=proposal.user.name, role=ROLE_LABELS[Role(proposal.role)]
        ),
        detail=_("Du avgjør hvem som har roller i {unit}.").format(unit=proposal.unit.name),
        url=reverse("organisation:unit", args=[proposal.unit_id]),
        button=_("Se forslaget"),
    )
