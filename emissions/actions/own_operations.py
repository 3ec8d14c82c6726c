"""Entering activities: one cell, a whole form or a whole workbook, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from emissions.actions.editions import FIRST_YEAR
from emissions.enums import MissingReason
from emissions.models import Activity, ActivityType
from emissions.queries.own_operations import Key, activities_at, was_open
from emissions.rules import require_entry
from organisation.models import Unit
from web.actor_columns import actor_values
from web.actors import Actor, acting
from web.concurrency import StaleFigures, save_versioned
from web.refusals import Refused

# As the column: 20 digits, six of them decimals.
MOST_DECIMALS = 6
TOO_LARGE = Decimal(10) ** 14


@dataclass(frozen=True, slots=True)
class ActivityChange:
    """What a unit used in a year: a quantity, or a reason why there is none, or neither to empty it.

    `version` is the one the editor saw, 0 for nothing there; `note` None leaves the note as it is.
    """

    unit: Unit
    activity_type: ActivityType
    year: int
    quantity: Decimal | None
    reason: MissingReason | None
    version: int
    note: str | None = None

    @property
    def key(self) -> Key:
        return self.unit.pk, self.activity_type.pk, self.year


def check_quantity(quantity: Decimal) -> None:
    """Raises Refused for a quantity that cannot be kept exactly, or is below zero."""
    if quantity < 0:
        raise Refused(_("Mengden kan ikke være negativ. Skriv 0 hvis ingenting ble brukt."))
    exponent = quantity.normalize().as_tuple().exponent
    if isinstance(exponent, int) and exponent < -MOST_DECIMALS:
        raise Refused(_("Skriv mengden med høyst 6 desimaler."))
    if quantity >= TOO_LARGE:
        raise Refused(_("Mengden er for stor. Den kan ha høyst 14 sifre før komma."))


def check_place(unit: Unit, year: int) -> None:
    """Raises Refused for a year that is not over or too old, or a unit that did not exist then."""
    this_year = timezone.localdate().year
    if not FIRST_YEAR <= year <= this_year:
        text = _("{year} kan ikke føres. Velg et år fra {first} til {last}.")
        raise Refused(text.format(year=year, first=FIRST_YEAR, last=this_year))
    if not was_open(unit, year):
        text = _("{unit} fantes ikke i {year}. Før aktiviteten på virksomheten som hadde den da.")
        raise Refused(text.format(unit=unit.name, year=year))


def set_activities(
    *, by: Actor, changes: Sequence[ActivityChange], is_example: bool = False
) -> list[Activity]:
    """Save quantities (in each type's own unit of measure), all or none; returns them as they stand.

    The same again changes nothing, whatever the version. Raises Refused with a sentence,
    StaleFigures when somebody else saved first, PermissionDenied for a unit that is not hers.
    """
    require_entry(by, frozenset(change.unit.pk for change in changes))
    for change in changes:
        if change.quantity is not None:
            check_quantity(change.quantity)
        check_place(change.unit, change.year)
    with acting(by, _("Aktiviteter ført")):
        _lock(changes)
        standing = activities_at([change.key for change in changes])
        needed = [change for change in changes if not _says_the_same(change, standing.get(change.key))]
        stale = [
            (change, standing.get(change.key))
            for change in needed
            if change.version != (standing[change.key].version if change.key in standing else 0)
        ]
        if stale:
            raise StaleFigures(stale)
        for change in needed:
            standing[change.key] = _write(by, change, standing.get(change.key), is_example=is_example)
    return [standing[change.key] for change in changes if change.key in standing]


def _lock(changes: Sequence[ActivityChange]) -> None:
    """Two people in the same empty cell come one after the other.

    An empty cell has no row to lock, so it is the unit that is: by id, so that two workbooks over the same
    units cannot wait for each other, and without its key, so that whoever only points at a unit goes on.
    """
    units = {change.unit.pk for change in changes}
    list(Unit.objects.select_for_update(no_key=True).filter(pk__in=units).order_by("pk"))


def _says_the_same(change: ActivityChange, current: Activity | None) -> bool:
    quantity, reason, note = (
        (current.quantity, current.missing_reason, current.note) if current else (None, "", "")
    )
    return change.quantity == quantity and (change.reason or "") == reason and change.note in (None, note)


def _write(by: Actor, change: ActivityChange, current: Activity | None, *, is_example: bool) -> Activity:
    fields = {
        "quantity": change.quantity,
        "missing_reason": change.reason or "",
        "note": change.note if change.note is not None else current.note if current else "",
        "is_example": is_example,
        **actor_values("entered_by", by),
    }
    if current is None:
        unit, activity_type, year = change.key
        return Activity.objects.create(unit_id=unit, activity_type_id=activity_type, year=year, **fields)
    save_versioned(current, expected=current.version, fields=fields)
    return current
