"""Writes about who does what in the organisation."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.enums import Role
from organisation.models import Appointment, Unit, User
from organisation.rules import Permission, require
from web.actors import Actor, acting
from web.refusals import Refused


def appoint_contact(*, by: Actor, unit: Unit, user: User, since: date | None = None) -> Appointment:
    """Makes a person contact of a unit from `since` (default today).

    Gives the appointment she has when she is contact already. Raises PermissionDenied, and
    Refused for one who cannot log in, or who is to become contact later.
    """
    require(by, Permission.NAME_CONTACT)
    since = since or timezone.localdate()
    if not user.is_active:
        raise Refused(_("{name} kan ikke logge inn. Velg en annen.").format(name=user.name))
    with acting(by, _("Kontaktperson utpekt")):
        held = Appointment.objects.valid_on(since).filter(user=user, unit=unit, role=Role.CONTACT).first()
        if held is not None:
            return held
        try:
            with transaction.atomic():
                return Appointment.objects.create(user=user, unit=unit, role=Role.CONTACT, valid_from=since)
        except IntegrityError as error:
            if "appointment_not_twice_at_once" not in str(error):
                raise
            raise Refused(
                _("{name} er allerede satt opp som kontaktperson fra en senere dag.").format(name=user.name)
            ) from error
