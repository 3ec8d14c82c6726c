"""Reads about units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from organisation.enums import Role, UnitKind
from organisation.models import Appointment, Unit
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
class Branch:
    """A unit in the tree, and how deep it stands."""

    unit: Unit
    depth: int


def in_reading_order(units: Sequence[Unit]) -> list[Branch]:
    """The units as a tree: what stands alone at the top first, then each area with what lies under it."""
    children: dict[int | None, list[Unit]] = {}
    present = {unit.pk for unit in units}
    for unit in units:
        children.setdefault(unit.parent_id if unit.parent_id in present else None, []).append(unit)
    rows: list[Branch] = []

    def walk(parent: int | None, depth: int) -> None:
        ours = children.get(parent, [])
        for unit in sorted(ours, key=lambda one: one.kind == UnitKind.AREA):
            rows.append(Branch(unit, depth))
            walk(unit.pk, depth + 1)

    walk(None, 0)
    return rows
