"""Which roles lack a person, now or soon, and who was asked and has not come."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q

from organisation.enums import LEADING_ROLES, Role, UnitKind
from organisation.models import Appointment, Unit
from organisation.queries.units import active_units
from web.sorting import NorskSort

# Days ahead in which an end that nobody follows is told.
SOON = timedelta(days=60)
WANTED = (Role.LEADER, Role.CONTACT)


@dataclass(frozen=True, slots=True)
class Holder:
    """A person with a role in a unit, with its days."""

    appointment: int
    person: int
    name: str
    role: Role
    valid_from: date
    valid_to: date | None
    # Invited and not yet logged in; None for one who has.
    invited_at: datetime | None

    def is_there(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)


@dataclass(frozen=True, slots=True)
class Lack:
    """A role in a unit that nobody has from a day; `until` is who has it till then."""

    unit: Unit
    role: Role
    since: date | None
    until: str = ""
    # Whoever gets the unit's tasks meanwhile.
    meanwhile: str = ""
    invited: Holder | None = None


@dataclass(slots=True)
class Manning:
    """The units of a day with those who are there and those who come; two queries whatever their number."""

    day: date
    units: list[Unit]
    holders: dict[int, list[Holder]] = field(default_factory=dict)

    def with_role(self, unit: int, *roles: Role) -> list[Holder]:
        """Those who have one of the roles in the unit on the day."""
        return [one for one in self.holders.get(unit, ()) if one.role in roles and one.is_there(self.day)]

    def coming(self, unit: int, role: Role) -> list[Holder]:
        """Those who begin later than the day."""
        return [one for one in self.holders.get(unit, ()) if one.role == role and one.valid_from > self.day]


def manning(day: date) -> Manning:
    """All units of the day and their people, those to come and those who have left in between too."""
    rows = (
        Appointment.objects.filter(unit__isnull=False, user__is_active=True)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
        .order_by("valid_from", NorskSort("user__name"))
        .values_list(
            "unit_id",
            "pk",
            "user_id",
            "user__name",
            "role",
            "valid_from",
            "valid_to",
            "user__invited_at",
            "user__last_login",
        )
    )
    found: dict[int, list[Holder]] = defaultdict(list)
    for unit, pk, person, name, role, first, last, invited, seen in rows:
        waits = invited if seen is None else None
        found[unit].append(Holder(pk, person, name, Role(role), first, last, waits))
    return Manning(day, list(active_units(day)), found)


def lacks(manned: Manning) -> list[Lack]:
    """What is missing in units that have somebody: nobody now, nobody after a day near, or only invited."""
    found = []
    for unit in manned.units:
        if unit.kind == UnitKind.AREA or not manned.holders.get(unit.pk):
            continue
        found += [lack for role in WANTED if (lack := _lack(manned, unit, role)) is not None]
    # Nobody now before nobody soon, and both before those who are only asked.
    return sorted(found, key=lambda one: (one.invited is not None, one.since is not None))


def without_anybody(manned: Manning) -> list[Unit]:
    """Units that could answer for something, and have not been given a single person."""
    return [unit for unit in manned.units if unit.kind != UnitKind.AREA and not manned.holders.get(unit.pk)]


def _lack(manned: Manning, unit: Unit, role: Role) -> Lack | None:
    filling = LEADING_ROLES if role == Role.LEADER else {role}
    now = manned.with_role(unit.pk, *filling)
    coming = manned.coming(unit.pk, role)
    if not now:
        leaders = manned.with_role(unit.pk, *LEADING_ROLES)
        return None if coming else Lack(unit, role, None, meanwhile=_names(leaders))
    last = max((one.valid_to or date.max) for one in now)
    if last <= manned.day + SOON and not coming:
        return Lack(unit, role, last + timedelta(days=1), until=_names(now))
    if all(one.invited_at is not None for one in now):
        return Lack(unit, role, None, invited=now[0])
    return None


def _names(holders: list[Holder]) -> str:
    return ", ".join(one.name for one in holders)
