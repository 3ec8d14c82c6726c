"""Reads about units and people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import capfirst

from organisation.enums import Role, UnitKind
from organisation.models import ROLE_LABELS, UNIT_KIND_LABELS, Appointment, Unit, User
from web.sorting import NorskSort


def user_subtitle(user: AbstractBaseUser) -> str:
    """What stands under the user's name in the header: her unit, else her municipality-wide role."""
    if not isinstance(user, User):
        return ""
    first = (
        Appointment.objects.current()
        .filter(user=user)
        .select_related("unit")
        .order_by("unit_id", "role")
        .first()
    )
    if first is None:
        return ""
    return first.unit.name if first.unit else capfirst(str(ROLE_LABELS[Role(first.role)]))


def mail_address(user_id: int) -> str:
    """Where the user gets mail now; empty for one who is no longer active."""
    rows = User.objects.filter(pk=user_id, is_active=True).values_list("email", flat=True)
    return rows.first() or ""


def active_units(day: date | None = None) -> QuerySet[Unit]:
    """Units valid on `day` (default today), in Norwegian alphabetical order."""
    return Unit.objects.valid_on(day or timezone.localdate()).order_by(NorskSort("name"))


def responsible_choices() -> QuerySet[Unit]:
    """Units that can answer for a measure: everything but the areas, which are levels of leadership."""
    return active_units().exclude(kind=UnitKind.AREA)


def units_above() -> dict[int, tuple[int, ...]]:
    """The units above each unit, the nearest first, by primary key; one query."""
    parents = dict(Unit.objects.values_list("pk", "parent_id"))

    def above(pk: int) -> tuple[int, ...]:
        found: list[int] = []
        parent = parents.get(pk)
        while parent is not None and parent not in found:
            found.append(parent)
            parent = parents.get(parent)
        return tuple(found)

    return {pk: above(pk) for pk in parents}


@dataclass(frozen=True, slots=True)
class People:
    """Who is contact, deputy and leader of a unit on a day, by name."""

    contacts: tuple[str, ...] = ()
    deputies: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()

    @property
    def reporters(self) -> tuple[str, ...]:
        """Those who report: the contacts, else the deputies, else the leaders."""
        return self.contacts or self.deputies or self.leaders


NOBODY = People()


def people_of_units(day: date | None = None) -> dict[int, People]:
    """Active people with a role in a unit on `day` (default today), by unit; one query."""
    found: dict[int, dict[str, list[str]]] = {}
    rows = (
        Appointment.objects.valid_on(day or timezone.localdate())
        .filter(unit__isnull=False, user__is_active=True)
        .order_by(NorskSort("user__name"))
        .values_list("unit_id", "role", "user__name")
    )
    for unit, role, name in rows:
        found.setdefault(unit, {}).setdefault(role, []).append(name)
    return {
        unit: People(
            tuple(roles.get(Role.CONTACT, ())),
            tuple(roles.get(Role.DEPUTY, ())),
            tuple(roles.get(Role.LEADER, ())),
        )
        for unit, roles in found.items()
    }


def who_gives_roles() -> list[str]:
    """The names of those who run the portal today; one query."""
    rows = Appointment.objects.current().filter(role=Role.ADMIN, user__is_active=True)
    return list(rows.order_by(NorskSort("user__name")).values_list("user__name", flat=True))


def unanswered_for(day: date | None = None) -> QuerySet[Unit]:
    """Units that can answer for something, but have neither leader, contact nor deputy on `day`."""
    manned = Appointment.objects.valid_on(day or timezone.localdate()).filter(
        unit__isnull=False, user__is_active=True, role__in=[Role.LEADER, Role.CONTACT, Role.DEPUTY]
    )
    return responsible_choices().exclude(pk__in=manned.values("unit"))


@dataclass(frozen=True, slots=True)
class UnitRow:
    pk: int
    name: str
    kind: str
    depth: int
    leaders: tuple[str, ...]
    contacts: tuple[str, ...]
    deputies: tuple[str, ...]
    is_example: bool
    # Everything but the areas, which are levels of leadership, takes part in reporting.
    reports: bool


def unit_tree(day: date | None = None) -> list[UnitRow]:
    """All units of the day as a tree in reading order, with the people in each; two queries."""
    day = day or timezone.localdate()
    people: dict[tuple[int, str], list[str]] = {}
    for unit, role, name in (
        Appointment.objects.valid_on(day)
        .filter(unit__isnull=False)
        .order_by(NorskSort("user__name"))
        .values_list("unit_id", "role", "user__name")
    ):
        people.setdefault((unit, role), []).append(name)
    children: dict[int | None, list[Unit]] = {}
    units = list(active_units(day))
    present = {unit.pk for unit in units}
    for unit in units:
        children.setdefault(unit.parent_id if unit.parent_id in present else None, []).append(unit)

    rows: list[UnitRow] = []

    def walk(parent: int | None, depth: int) -> None:
        for unit in children.get(parent, ()):
            rows.append(
                UnitRow(
                    pk=unit.pk,
                    name=unit.name,
                    kind=str(UNIT_KIND_LABELS[UnitKind(unit.kind)]),
                    depth=depth,
                    leaders=tuple(people.get((unit.pk, Role.LEADER), ())),
                    contacts=tuple(people.get((unit.pk, Role.CONTACT), ())),
                    deputies=tuple(people.get((unit.pk, Role.DEPUTY), ())),
                    is_example=unit.is_example,
                    reports=unit.kind != UnitKind.AREA,
                )
            )
            walk(unit.pk, depth + 1)

    walk(None, 0)
    return rows
