"""How far a municipality has come with its organisation on the first day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone

from organisation.enums import Role, UnitKind
from organisation.models import Appointment, Municipality, Unit, User


@dataclass(frozen=True, slots=True)
class FirstDay:
    """`units` counts those open today; `invited` everybody but those shut out, `here` who has logged in."""

    municipality: Municipality
    units: int
    invited: int
    here: int
    roles: Collection[str]


def first_day() -> FirstDay | None:
    """Four queries; None until the municipality has a name."""
    municipality = Municipality.objects.first()
    if municipality is None:
        return None
    people = User.objects.filter(is_active=True).values_list("last_login", flat=True)
    logins = list(people)
    open_units = Unit.objects.valid_on(timezone.localdate()).exclude(kind=UnitKind.AREA)
    held = Appointment.objects.current().filter(user__is_active=True)
    return FirstDay(
        municipality=municipality,
        units=open_units.count(),
        invited=len(logins),
        here=sum(at is not None for at in logins),
        roles=set(held.values_list("role", flat=True).distinct()),
    )


# Without these nobody can make a strategy and a budget, or answer for a unit.
NEEDED = (Role.CLIMATE_EDITOR, Role.LEADER)
