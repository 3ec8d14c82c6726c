"""Units and people as their files have them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from organisation.enums import UnitChangeKind, UnitChangeState
from organisation.models import Appointment, Unit, UnitChange, User
from web.sorting import NorskSort


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFileRow:
    """A unit; `valid_to` is also the last day of one that is to be closed."""

    name: str
    kind: str
    parent: Unit | None
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFileRow:
    """A role somebody has or is to have; without one, the person alone."""

    name: str
    email: str
    role: str = ""
    unit: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""


def not_ended(day: date) -> Q:
    """What is valid on the day, or will be."""
    return Q(valid_to__isnull=True) | Q(valid_to__gte=day)


def unit_file_rows(day: date) -> list[UnitFileRow]:
    """The units there are and those to come, areas first as the tree has them; two queries."""
    closing = planned_closings()
    units = Unit.objects.filter(not_ended(day)).select_related("parent")
    return [
        UnitFileRow(
            name=unit.name,
            kind=unit.kind,
            parent=unit.parent,
            valid_from=unit.valid_from,
            valid_to=closing.get(unit.pk, unit.valid_to),
        )
        for unit in units.order_by(NorskSort("name"), "valid_from")
    ]


def planned_closings() -> dict[int, date]:
    """The last day of each unit that is to be closed, by primary key; one query."""
    planned = UnitChange.objects.filter(kind=UnitChangeKind.CLOSE, state=UnitChangeState.PLANNED)
    return {unit: on - timedelta(days=1) for unit, on in planned.values_list("unit_id", "on")}


def person_file_rows(day: date) -> list[PersonFileRow]:
    """The roles of those who can log in, not those that have ended, and those with none; two queries."""
    people: QuerySet[User] = User.objects.filter(is_active=True).order_by(NorskSort("name"), "email")
    roles: dict[int, list[Appointment]] = {}
    appointments: Iterable[Appointment] = (
        Appointment.objects.filter(not_ended(day), user__is_active=True)
        .select_related("unit")
        .order_by("valid_from", "pk")
    )
    for one in appointments:
        roles.setdefault(one.user_id, []).append(one)
    rows: list[PersonFileRow] = []
    for person in people:
        if person.pk not in roles:
            rows.append(PersonFileRow(name=person.name, email=person.email))
        rows += [
            PersonFileRow(
                name=person.name,
                email=person.email,
                role=one.role,
                unit=one.unit.name if one.unit else "",
                valid_from=one.valid_from,
                valid_to=one.valid_to,
                source=one.source,
            )
            for one in roles.get(person.pk, ())
        ]
    return rows
