"""People and their roles written from a file: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.actions.appointments import administrators_kept
from organisation.actions.people import send_invitations
from organisation.enums import AppointmentSource, Role
from organisation.models import Appointment, Unit, User
from organisation.rules import Permission, require
from web.actors import Actor, acting
from web.concurrency import StaleObject

RowT = TypeVar("RowT", bound=Model)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """A row as it was read: whoever has changed it since is not written over."""

    pk: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """Somebody to invite, by her address as it is stored."""

    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewName(Stood):
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRole:
    """A role for somebody: by primary key, or by the address of somebody who is new in the file."""

    person: int | str
    role: Role
    unit: int | None
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDays(Stood):
    """Other days for a role that is here."""

    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleChanges:
    """What a file changes. `withdrawn` are roles that never began."""

    people: Sequence[NewPerson] = ()
    names: Sequence[NewName] = ()
    roles: Sequence[NewRole] = ()
    days: Sequence[NewDays] = ()
    withdrawn: Sequence[Stood] = ()


def write_people_changes(*, by: Actor, changes: PeopleChanges) -> None:
    """Writes it all, or nothing; what is new has the file as its source. Who is new is invited by mail.

    A number of queries that does not grow with the file. Raises PermissionDenied, StaleObject when somebody
    has changed or registered one of the rows since they were read, and Refused when the portal would be
    left without an administrator.
    """
    require(by, Permission.MANAGE_ORGANISATION)
    with acting(by, _("Personer fra fil")), administrators_kept():
        try:
            with transaction.atomic():
                _write(changes)
        except IntegrityError:
            # Somebody else registered the address, or gave the role, meanwhile.
            raise StaleObject(None) from None


def _write(changes: PeopleChanges) -> None:
    people = _held(User, [*changes.names, *_owners(changes.roles), *_owners_of(changes.days)])
    for person in people.values():
        if person.erased_at is not None:
            raise StaleObject(person)
    roles = _held(Appointment, [*changes.days, *changes.withdrawn])
    _hold_units(changes.roles)
    for name in changes.names:
        people[name.pk].name = name.name
    _save(User, [people[one.pk] for one in changes.names], ["name"])
    Appointment.objects.filter(pk__in=[one.pk for one in changes.withdrawn]).delete()
    for days in changes.days:
        roles[days.pk].valid_from, roles[days.pk].valid_to = days.valid_from, days.valid_to
    _save(Appointment, [roles[one.pk] for one in changes.days], ["valid_from", "valid_to"])
    invited = _invited(changes.people)
    Appointment.objects.bulk_create(
        Appointment(
            user_id=one.person if isinstance(one.person, int) else invited[one.person].pk,
            role=one.role,
            unit_id=one.unit,
            valid_from=one.valid_from,
            valid_to=one.valid_to,
            source=AppointmentSource.FILE,
        )
        for one in changes.roles
    )
    send_invitations(invited.values())


def _owners(roles: Iterable[NewRole]) -> list[int]:
    return [one.person for one in roles if isinstance(one.person, int)]


def _owners_of(days: Iterable[NewDays]) -> list[int]:
    """Held before their roles are, as by everybody else."""
    return list(Appointment.objects.filter(pk__in=[one.pk for one in days]).values_list("user_id", flat=True))


def _held(model: type[RowT], wanted: Sequence[Stood | int]) -> dict[int, RowT]:
    """The rows, locked in the order of their keys. Raises StaleObject for one that has moved on."""
    versions = {one.pk: one.version for one in wanted if isinstance(one, Stood)}
    keys = {one.pk if isinstance(one, Stood) else one for one in wanted}
    if not keys:
        return {}
    rows = {row.pk: row for row in model._base_manager.select_for_update().filter(pk__in=keys).order_by("pk")}
    for pk in keys:
        if pk not in rows or (pk in versions and rows[pk].version != versions[pk]):  # type: ignore[attr-defined]
            raise StaleObject(rows.get(pk))
    return rows


def _hold_units(roles: Iterable[NewRole]) -> None:
    """Nobody closes a unit while people are given roles in it. Raises StaleObject for one that is closed."""
    first: dict[int, date] = {}
    for one in roles:
        if one.unit is not None:
            first[one.unit] = min(one.valid_from, first.get(one.unit, one.valid_from))
    if not first:
        return
    units = Unit.objects.select_for_update(no_key=True).filter(pk__in=first).order_by("pk")
    for unit in units:
        if unit.valid_to is not None and unit.valid_to < first[unit.pk]:
            raise StaleObject(unit)


def _save(model: type[RowT], rows: Sequence[RowT], fields: Sequence[str]) -> None:
    for row in rows:
        row.version += 1  # type: ignore[attr-defined]
    model._base_manager.bulk_update(rows, [*fields, "version"])


def _invited(people: Sequence[NewPerson]) -> Mapping[str, User]:
    now = timezone.now()
    made = User.objects.bulk_create(
        User(name=one.name, email=one.email, invited_at=now, password=make_password(None)) for one in people
    )
    return {user.email: user for user in made}
