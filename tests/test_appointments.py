"""Roles: who may give which where, their days, their end, and the last administrator."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from organisation.actions.appointments import (
    answer_proposal,
    change_dates,
    end_role,
    give_role,
    propose_role,
    withdraw_role,
)
from organisation.enums import MUNICIPALITY_ROLES, UNIT_ROLES, AppointmentSource, Role, UnitKind
from organisation.models import Appointment, AppointmentProposal, Unit, User
from organisation.rules import fresh_duties, roles_to_give
from tests.cast import Cast
from web.concurrency import StaleObject
from web.refusals import Closed, Refused

pytestmark = pytest.mark.django_db
REPORTERS = {Role.CONTACT, Role.DEPUTY}
TOMORROW = timedelta(days=1)


def today() -> date:
    return timezone.localdate()


def role_of(user: User, role: Role) -> Appointment:
    return Appointment.objects.get(user=user, role=role)


@pytest.fixture
def enterprise(cast: Cast) -> Unit:
    return Unit.objects.create(name="Eksempel KF", kind=UnitKind.ENTERPRISE, parent=cast.area)


@pytest.mark.parametrize(
    ("name", "own", "other", "foretak", "municipality"),
    [
        ("admin", UNIT_ROLES, UNIT_ROLES, UNIT_ROLES, MUNICIPALITY_ROLES),
        ("klima", REPORTERS, REPORTERS, set(), set()),
        ("leder", REPORTERS | {Role.STAND_IN}, set(), set(), set()),
        ("direktor", set(), set(), set(), set()),
        ("kontakt", set(), set(), set(), set()),
        ("revisor", set(), set(), set(), set()),
        ("ingen", set(), set(), set(), set()),
    ],
)
def test_who_gives_which_role_where(
    cast: Cast, enterprise: Unit, name: str, own: Any, other: Any, foretak: Any, municipality: Any
) -> None:
    held = fresh_duties(cast.people()[name])
    assert roles_to_give(held, cast.transport) == own
    assert roles_to_give(held, cast.kitchen) == other
    assert roles_to_give(held, enterprise) == foretak
    assert roles_to_give(held, None) == municipality


@pytest.mark.parametrize("name", ["leder", "kontakt", "klima", "revisor", "ingen"])
def test_nobody_gives_a_role_she_may_not_give(cast: Cast, name: str) -> None:
    before = Appointment.objects.count()
    with pytest.raises(PermissionDenied):
        give_role(by=cast.people()[name], user=cast.ingen, role=Role.ADMIN)
    with pytest.raises(PermissionDenied):
        give_role(by=cast.people()[name], user=cast.ingen, role=Role.LEADER, unit=cast.transport)
    assert Appointment.objects.count() == before


def test_a_role_is_marked_by_its_source(cast: Cast) -> None:
    given = give_role(by=cast.klima, user=cast.ingen, role=Role.CONTACT, unit=cast.kitchen)
    assert (given.source, given.valid_from, given.valid_to) == ("portal", today(), None)
    filed = give_role(by=cast.admin, user=cast.ingen, role=Role.AUDITOR, source=AppointmentSource.FILE)
    assert filed.source == "file"


def test_a_leader_names_her_stand_in_with_dates(cast: Cast) -> None:
    until = today() + timedelta(days=14)
    with pytest.raises(Refused, match="siste dag"):
        give_role(by=cast.leder, user=cast.vara, role=Role.STAND_IN, unit=cast.transport)
    give_role(by=cast.leder, user=cast.vara, role=Role.STAND_IN, unit=cast.transport, valid_to=until)
    assert cast.transport.pk in fresh_duties(cast.vara).leader_units
    # She approves meanwhile, but names nobody and does not lengthen her own time.
    assert roles_to_give(fresh_duties(cast.vara), cast.transport) == set()
    role = role_of(cast.vara, Role.STAND_IN)
    with pytest.raises(PermissionDenied):
        change_dates(
            by=cast.vara,
            appointment=role,
            valid_from=role.valid_from,
            valid_to=until + TOMORROW,
            expected=1,
        )


@pytest.mark.parametrize(
    ("role", "unit", "valid_to", "words"),
    [
        (Role.CONTACT, "transport", -1, "før den begynner"),
        (Role.CONTACT, None, None, "Velg hvilken"),
        (Role.AUDITOR, "transport", None, "hele kommunen"),
        (Role.EMPLOYEE, None, None, "ikke tatt i bruk"),
        (Role.ADMIN, None, None, "allerede administrator"),
    ],
)
def test_what_makes_no_sense_is_refused(
    cast: Cast, role: Role, unit: str | None, valid_to: int | None, words: str
) -> None:
    before = Appointment.objects.count()
    last = None if valid_to is None else today() + timedelta(days=valid_to)
    with pytest.raises(Refused, match=words):
        give_role(
            by=cast.admin,
            user=cast.admin,
            role=role,
            unit=getattr(cast, unit) if unit else None,
            valid_to=last,
        )
    assert Appointment.objects.count() == before


def test_one_who_cannot_log_in_is_given_nothing(cast: Cast) -> None:
    User.objects.filter(pk=cast.ingen.pk).update(is_active=False)
    cast.ingen.refresh_from_db()
    with pytest.raises(Refused, match="kan ikke logge inn"):
        give_role(by=cast.admin, user=cast.ingen, role=Role.AUDITOR)


def test_a_closed_unit_takes_nobody(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.kitchen.pk).update(valid_to=today() - TOMORROW)
    with pytest.raises(Refused, match="lagt ned"):
        give_role(by=cast.admin, user=cast.ingen, role=Role.CONTACT, unit=cast.kitchen)


def test_a_role_ends_on_a_day(cast: Cast) -> None:
    role = role_of(cast.kontakt, Role.CONTACT)
    end_role(by=cast.leder, appointment=role, last_day=today(), expected=1)
    assert cast.transport.pk in fresh_duties(cast.kontakt).contact_units
    role.refresh_from_db()
    assert (role.valid_to, role.version) == (today(), 2)


def test_it_cannot_end_before_it_starts(cast: Cast) -> None:
    role = role_of(cast.kontakt, Role.CONTACT)
    with pytest.raises(Refused, match="før den begynner") as refused:
        end_role(by=cast.admin, appointment=role, last_day=role.valid_from - TOMORROW, expected=1)
    assert refused.value.reasons[0].field == "valid_to"
    role.refresh_from_db()
    assert role.valid_to is None


def test_two_administrators_on_one_role(cast: Cast) -> None:
    role = role_of(cast.kontakt, Role.CONTACT)
    change_dates(by=cast.admin, appointment=role, valid_from=role.valid_from, valid_to=today(), expected=1)
    with pytest.raises(StaleObject):
        end_role(by=cast.admin, appointment=role, last_day=today() + TOMORROW, expected=1)


def test_one_that_has_ended_stays_so(cast: Cast) -> None:
    role = role_of(cast.kontakt, Role.CONTACT)
    Appointment.objects.filter(pk=role.pk).update(valid_to=today() - TOMORROW)
    role.refresh_from_db()
    with pytest.raises(Closed, match="sluttet"):
        end_role(by=cast.admin, appointment=role, last_day=today(), expected=1)


def test_one_to_come_is_taken_back_and_one_that_is_there_is_not(cast: Cast) -> None:
    coming = give_role(
        by=cast.admin,
        user=cast.ingen,
        role=Role.CONTACT,
        unit=cast.kitchen,
        valid_from=today() + TOMORROW,
    )
    withdraw_role(by=cast.klima, appointment=coming, expected=1)
    assert not Appointment.objects.filter(pk=coming.pk).exists()
    with pytest.raises(StaleObject):
        withdraw_role(by=cast.klima, appointment=coming, expected=1)
    with pytest.raises(Closed, match="har begynt"):
        withdraw_role(by=cast.admin, appointment=role_of(cast.kontakt, Role.CONTACT), expected=1)


@pytest.mark.parametrize("days", [0, 40])
def test_the_last_administrator_stays(cast: Cast, days: int) -> None:
    role = role_of(cast.admin, Role.ADMIN)
    last = today() + timedelta(days=days)
    with pytest.raises(Refused, match="minst én administrator"):
        end_role(by=cast.admin, appointment=role, last_day=last, expected=1)
    give_role(by=cast.admin, user=cast.ingen, role=Role.ADMIN)
    end_role(by=cast.admin, appointment=role, last_day=last, expected=1)
    role.refresh_from_db()
    assert role.valid_to == last


def test_klima_proposes_and_the_enterprise_decides(cast: Cast, enterprise: Unit) -> None:
    with pytest.raises(PermissionDenied):
        give_role(by=cast.klima, user=cast.ingen, role=Role.CONTACT, unit=enterprise)
    for _ in range(2):
        propose_role(by=cast.klima, user=cast.ingen, role=Role.CONTACT, unit=enterprise, valid_from=today())
    proposal = AppointmentProposal.objects.get()
    with pytest.raises(PermissionDenied):
        answer_proposal(by=cast.direktor, proposal=proposal, accept=True, expected=1)
    give_role(by=cast.admin, user=cast.annen_leder, role=Role.LEADER, unit=enterprise)
    answer_proposal(by=cast.annen_leder, proposal=proposal, accept=True, expected=1)
    assert Appointment.objects.get(unit=enterprise, role=Role.CONTACT).user == cast.ingen
    with pytest.raises(Closed):
        answer_proposal(by=cast.annen_leder, proposal=proposal, accept=False, expected=2)


@pytest.mark.parametrize("name", ["kontakt", "leder", "revisor"])
def test_others_propose_nobody(cast: Cast, enterprise: Unit, name: str) -> None:
    with pytest.raises(PermissionDenied):
        propose_role(
            by=cast.people()[name],
            user=cast.ingen,
            role=Role.CONTACT,
            unit=enterprise,
            valid_from=today(),
        )
