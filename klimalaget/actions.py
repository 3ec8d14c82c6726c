"""Gives a unit's place in the network to another.

For the organisation's own action, which has asked whether the actor may: nothing here does.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from django.db.models import F, Q
from django.utils.translation import gettext as _

from klimalaget.enums import HoldingKind
from klimalaget.models import Membership, Seat
from web.actors import Actor, acting
from web.contributions import Move


def unit_moves(unit: int) -> dict[HoldingKind, Move]:
    """How the unit's seat is given to another: (by, to, day)."""
    return {HoldingKind.SEAT: partial(move_seat, unit)}


def move_seat(unit: int, by: Actor, to: int, day: date) -> None:
    """The seat with those who fill it. Where `to` has one, nobody fills the unit's from `day`."""
    with acting(by, _("Plassen i Klimalaget flyttet")):
        seats = Seat.objects.select_for_update(no_key=True).filter(unit__in=[unit, to]).order_by("pk")
        by_unit = {seat.unit_id: seat for seat in seats}
        if unit not in by_unit:
            return
        if to not in by_unit:
            Seat.objects.filter(pk=by_unit[unit].pk).update(unit=to, version=F("version") + 1)
            return
        rows = Membership.objects.filter(seat=by_unit[unit])
        rows.filter(valid_from__gte=day).delete()
        still = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
        still.update(valid_to=day - timedelta(days=1))
