"""What has no owner: it hangs on somebody who has left or soon does, and nobody has taken it over."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from organisation.models import Appointment
from organisation.rules import Duties, Permission, read_tree
from web.contributions import Holder, Holding, HoldingGoes, collect, holding
from web.sorting import NorskSort

# Whoever leaves within these days is counted as leaving; what was left long ago is somebody's by now.
SOON, LATELY = timedelta(days=30), timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Unowned:
    """All that needs a new owner after one person, by the last of her roles in the units asked about."""

    appointment: Appointment
    holdings: Sequence[Holding]


def units_to_answer_for(held: Duties) -> frozenset[int] | None:
    """The units whose people's work is somebody's to see to: None is all of them."""
    if {Permission.MANAGE_ORGANISATION, Permission.NAME_CONTACT} & held.permissions:
        return None
    return held.approves_for | held.oversees


def units_with(unit: int) -> frozenset[int]:
    """A unit and those below it, as far as one leads: not into a municipal enterprise; one query."""
    return read_tree().below([unit], outside_enterprises=True) | {unit}


def unowned(units: Collection[int] | None, day: date) -> list[Unowned]:
    """By person, in the order of her last day; one query, and the rooms' for each of them.

    Somebody with another role to go on with is not leaving.
    """
    found = [Unowned(row, owned_by(row.user_id, day)) for row in leaving(units, day)]
    return [one for one in found if one.holdings]


def owned_by(person: int, day: date) -> list[Holding]:
    """What needs a new owner when the person is no longer there."""
    held = collect(holding, Holder(person=person), day)
    return [one for one in held if one.goes == HoldingGoes.TO_SUCCESSOR]


def leaving(units: Collection[int] | None, day: date) -> list[Appointment]:
    """The last role of each who has left the units lately or soon leaves, and has no successor; one query."""
    goes_on = Appointment.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=day + SOON), user=OuterRef("user"), user__is_active=True
    )
    rows = Appointment.objects.filter(unit__isnull=False, valid_to__range=(day - LATELY, day + SOON))
    if units is not None:
        rows = rows.filter(unit__in=list(units))
    rows = rows.exclude(handover__confirmed_at__isnull=False, handover__successor__isnull=False)
    ordered = (
        rows.filter(~Exists(goes_on))
        .select_related("user", "unit")
        .order_by("valid_to", NorskSort("user__name"), "pk")
    )
    return list({row.user_id: row for row in ordered}.values())
