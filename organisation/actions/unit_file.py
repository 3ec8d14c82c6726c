"""Units written from a file: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.actions.units import locked_tree, plan_change
from organisation.enums import UnitChangeKind, UnitKind
from organisation.models import Unit
from organisation.rules import Permission, require
from web.actors import Actor, acting
from web.concurrency import StaleObject

# A unit by primary key, or by the name of one that is new in the file; None is the top.
Place = int | str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUnit:
    name: str
    kind: UnitKind
    parent: Place
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFields:
    """What is corrected of a unit, as of always."""

    pk: int
    kind: UnitKind
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMove:
    pk: int
    parent: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitClosing:
    pk: int
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitChanges:
    """What a file changes. `tree` is every unit with its version, as the file was read against; `new` has
    what lies under another after it, `closings` before it.
    """

    tree: frozenset[tuple[int, int]] = frozenset()
    new: Sequence[NewUnit] = ()
    fields: Sequence[UnitFields] = ()
    moves: Sequence[UnitMove] = ()
    closings: Sequence[UnitClosing] = ()


def write_unit_changes(*, by: Actor, changes: UnitChanges) -> None:
    """Writes it all, or nothing. Moves are from today; a closing with its day to come is planned.

    Raises PermissionDenied, StaleObject when the units have changed since they were read, and Refused or
    Closed as `plan_change`.
    """
    require(by, Permission.MANAGE_ORGANISATION)
    with acting(by, _("Virksomheter fra fil")):
        locked_tree()
        if frozenset(Unit.objects.values_list("pk", "version")) != changes.tree:
            raise StaleObject(None)
        try:
            with transaction.atomic():
                made = _made(changes.new)
        except IntegrityError:
            raise StaleObject(None) from None
        units = {unit.pk: unit for unit in Unit.objects.all()}
        _correct(units, changes.fields)
        _move(by, units, changes.moves, made)
        for one in changes.closings:
            plan_change(
                by=by,
                unit=units[one.pk],
                kind=UnitChangeKind.CLOSE,
                on=date.fromordinal(one.last_day.toordinal() + 1),
            )


def _made(new: Sequence[NewUnit]) -> dict[str, int]:
    """The new units, those that lie under one another level by level; name → primary key."""
    made: dict[str, int] = {}
    waiting = list(new)
    while waiting:
        ready = [one for one in waiting if not isinstance(one.parent, str) or one.parent in made]
        for unit in Unit.objects.bulk_create(
            Unit(
                name=one.name,
                kind=one.kind,
                parent_id=_pk_of(one.parent, made),
                valid_from=one.valid_from,
                valid_to=one.valid_to,
            )
            for one in ready
        ):
            made[unit.name] = unit.pk
        if not ready:
            raise StaleObject(None)
        waiting = [one for one in waiting if one not in ready]
    return made


def _pk_of(place: Place, made: dict[str, int]) -> int | None:
    return made[place] if isinstance(place, str) else place


def _correct(units: dict[int, Unit], fields: Sequence[UnitFields]) -> None:
    for one in fields:
        unit = units[one.pk]
        unit.kind, unit.valid_from, unit.valid_to = one.kind, one.valid_from, one.valid_to
        unit.version += 1
    Unit.objects.bulk_update([units[one.pk] for one in fields], ["kind", "valid_from", "valid_to", "version"])


def _move(by: Actor, units: dict[int, Unit], moves: Sequence[UnitMove], made: dict[str, int]) -> None:
    """From today; one that does not exist yet has never been anywhere else."""
    today = timezone.localdate()
    coming = []
    for one in moves:
        unit, parent = units[one.pk], _pk_of(one.parent, made)
        if unit.valid_from > today:
            unit.parent_id, unit.version = parent, unit.version + 1
            coming.append(unit)
            continue
        plan_change(
            by=by,
            unit=unit,
            kind=UnitChangeKind.MOVE,
            on=today,
            parent=None if parent is None else Unit.objects.get(pk=parent),
        )
        unit.refresh_from_db()
    Unit.objects.bulk_update(coming, ["parent", "version"])
