"""Reads about people and what they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import timezone
from django.utils.text import capfirst

from organisation.enums import Role
from organisation.models import ROLE_LABELS, Appointment, User
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


@dataclass(frozen=True, slots=True)
class People:
    """Who is contact, deputy, leader and stand-in of a unit on a day, by name."""

    contacts: tuple[str, ...] = ()
    deputies: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    stand_ins: tuple[str, ...] = ()

    @property
    def leading(self) -> tuple[str, ...]:
        """Those who may do what the leader does: the leaders, and who stands in for them."""
        return tuple(dict.fromkeys((*self.leaders, *self.stand_ins)))

    @property
    def reporters(self) -> tuple[str, ...]:
        """Those who report: the contacts, else the deputies, else those who lead."""
        return self.contacts or self.deputies or self.leading


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
            tuple(roles.get(Role.STAND_IN, ())),
        )
        for unit, roles in found.items()
    }


def who_gives_roles() -> list[str]:
    """The names of those who run the portal today; one query."""
    rows = Appointment.objects.current().filter(role=Role.ADMIN, user__is_active=True)
    return list(rows.order_by(NorskSort("user__name")).values_list("user__name", flat=True))


# A page's list of suggestions, not a register: whoever is not in it is found by her address.
MOST_SUGGESTED = 300


def suggested_people() -> list[tuple[str, str]]:
    """(address, name) of active people, by name, for a field where somebody is chosen; one query."""
    rows = User.objects.filter(is_active=True).order_by(NorskSort("name"))
    return list(rows.values_list("email", "name")[:MOST_SUGGESTED])
