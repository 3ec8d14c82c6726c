"""The first thing that is written in an empty portal: whose it is, and who may invite the others."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from organisation.actions.names import MunicipalityNames, name_municipality
from organisation.actions.people import invite_person
from organisation.calculations.addresses import normal_address
from organisation.enums import AppointmentSource, Role, Switch
from organisation.models import Appointment, Municipality, User
from organisation.queries.municipality_codes import municipality_codes
from web.actors import SystemActor, acting
from web.concurrency import save_versioned
from web.refusals import Refusal, Refused

# Beginning with levels is a choice of its own, made later; most have a leader and one above.
LEADER_LEVELS_AT_FIRST = 2


@dataclass(frozen=True, slots=True)
class SetUp:
    """What stands afterwards. `changed` is False when all of it stood before."""

    municipality: Municipality
    administrator: User
    changed: bool


def set_up(
    *,
    by: SystemActor,
    name: str,
    number: str,
    admin_email: str,
    admin_name: str,
    chief_title: str = "kommunedirektør",
    on: Collection[Switch] = frozenset(Switch),
) -> SetUp:
    """Says which municipality the portal is for, and invites its first administrator; again it does nothing.

    Only commands do this, so there is nobody whose permission to ask. Raises Refused for a number that is no
    municipality's, when the portal is another municipality's, and when somebody else administers it.
    """
    with acting(by, _("Satt opp")):
        stored = Municipality.objects.select_for_update().first()
        municipality = stored or _named(by, name, number, chief_title, on)
        _refuse_another(municipality, name, number)
        administrator = _administrator(admin_email)
        invited = administrator is None
        if administrator is None:
            administrator = invite_person(
                by=by, name=admin_name, email=admin_email, role=Role.ADMIN, source=AppointmentSource.SETUP
            )
    return SetUp(municipality, administrator, stored is None or invited)


def _named(by: SystemActor, name: str, number: str, chief_title: str, on: Collection[Switch]) -> Municipality:
    if number not in municipality_codes():
        sentence = _("Ingen kommune har nummer {number}. Se kommunenummeret hos SSB.").format(number=number)
        raise Refused(Refusal(sentence, field="number"))
    given = MunicipalityNames(
        name=name,
        number=number,
        organisation=_("{name} kommune").format(name=name),
        chief_title=chief_title,
        network=Municipality._meta.get_field("network").get_default(),
        leader_levels=LEADER_LEVELS_AT_FIRST,
    )
    municipality = name_municipality(by=by, given=given, version=0)
    chosen = [switch.value for switch in Switch if switch in on]
    save_versioned(municipality, expected=municipality.version, fields={"switched_on": chosen})
    return municipality


def _refuse_another(municipality: Municipality, name: str, number: str) -> None:
    if (municipality.name, municipality.number) == (name, number):
        return
    sentence = _(
        "Portalen er satt opp for {name} ({number}). Navnet endres i portalen, under Organisasjon og Navn."
    )
    raise Refused(sentence.format(name=municipality.name, number=municipality.number))


def _administrator(email: str) -> User | None:
    """The one there is with this address; None while nobody administers the portal."""
    address = normal_address(email)
    there = Appointment.objects.current().filter(role=Role.ADMIN, user__is_active=True)
    users = {appointment.user.email: appointment.user for appointment in there.select_related("user")}
    if users and address not in users:
        sentence = _(
            "Portalen har allerede en administrator. Flere inviteres i portalen, under Organisasjon."
        )
        raise Refused(Refusal(sentence, field="admin_email"))
    return users.get(address)
