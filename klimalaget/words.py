"""What of the network hangs on a unit or a person, and where it goes, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from klimalaget.enums import HoldingKind, SeatKind
from klimalaget.models import SEAT_KIND_LABELS, Membership, Seat
from web.contributions import Holding, HoldingGoes, Move
from web.names import naming


def seat_holding(seat: Seat, moves: Mapping[HoldingKind, Move]) -> Holding:
    """«Klimalaget: fast plass»"""
    return Holding(
        kind=HoldingKind.SEAT,
        count=1,
        sentence=_("Klimalaget: {place}").format(place=SEAT_KIND_LABELS[SeatKind(seat.kind)]),
        goes=HoldingGoes.TO_SUCCESSOR,
        why=_("Medlem og vara følger plassen. Har den som overtar, en plass, er det den som gjelder."),
        url=reverse("klimalaget:index"),
        move=moves[HoldingKind.SEAT],
    )


def membership_holding(held: Sequence[Membership]) -> Holding:
    """«Klimalaget for Samferdsel»: whose the seats are."""
    units = ", ".join(dict.fromkeys(one.seat.unit.name for one in held))
    return Holding(
        kind=HoldingKind.MEMBERSHIPS,
        count=len(held),
        sentence=_("Klimalaget for {units}").format(units=units),
        goes=HoldingGoes.WITH_UNIT,
        why=naming(_("Plassen er virksomhetens. {Climate_name} fører inn den som overtar.")),
        url=reverse("klimalaget:index"),
    )
