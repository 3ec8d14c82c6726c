"""Reads about units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from organisation.enums import Role, UnitKind
from organisation.models import UNIT_KIND_LABELS, Appointment, Unit
from web.sorting import NorskSort


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
