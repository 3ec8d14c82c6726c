"""Reads about Klimalaget: seats, the people in them, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from klimalaget.enums import SeatKind
from klimalaget.models import BASIS_LABELS, SEAT_KIND_LABELS, Meeting, Membership, Seat
from organisation.enums import UnitKind
from organisation.models import UNIT_KIND_LABELS, Unit
from web.sorting import NorskSort


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One seat as it stands on a day."""

    pk: int
    unit: str
    kind: SeatKind
    kind_label: str
    basis: tuple[str, ...]
    outside_reason: str
    member: str
    deputy: str
    is_example: bool

    @property
    def lacks_member(self) -> bool:
        return self.kind == SeatKind.FIXED and not self.member

    @property
    def lacks_deputy(self) -> bool:
        return self.kind == SeatKind.FIXED and bool(self.member) and not self.deputy


@dataclass(frozen=True, slots=True)
class UnitWithoutSeat:
    unit: str
    kind: str
    kind_label: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who is in Klimalaget on a day, and which active units are not. Sorted by unit, Norwegian order.

    Counted are active virksomhet, stab and KF except the one that coordinates; a seat outside or voluntary
    is a seat; member and deputy are asked of fixed seats only.
    """

    seats: tuple[SeatRow, ...]
    units_without_seat: tuple[UnitWithoutSeat, ...]

    @property
    def seats_without_member(self) -> tuple[SeatRow, ...]:
        return tuple(seat for seat in self.seats if seat.lacks_member)

    @property
    def members_without_deputy(self) -> tuple[SeatRow, ...]:
        return tuple(seat for seat in self.seats if seat.lacks_deputy)


def network_coverage(day: date | None = None) -> Coverage:
    """Klimalaget on `day` (default today); three queries."""
    day = day or timezone.localdate()
    units = list(
        Unit.objects.valid_on(day)
        .exclude(kind=UnitKind.AREA)
        .exclude(coordinates_network=True)
        .order_by(NorskSort("name"))
    )
    seats = {seat.unit_id: seat for seat in Seat.objects.filter(unit__in=units)}
    memberships = {
        membership.seat_id: membership
        for membership in Membership.objects.valid_on(day)
        .filter(seat__in=seats.values())
        .select_related("member", "deputy")
    }
    return Coverage(
        seats=tuple(
            _seat_row(unit, seats[unit.pk], memberships.get(seats[unit.pk].pk))
            for unit in units
            if unit.pk in seats
        ),
        units_without_seat=tuple(
            UnitWithoutSeat(unit.name, unit.kind, str(UNIT_KIND_LABELS[UnitKind(unit.kind)]))
            for unit in units
            if unit.pk not in seats
        ),
    )


def _seat_row(unit: Unit, seat: Seat, membership: Membership | None) -> SeatRow:
    basis = [str(label) for name, label in BASIS_LABELS.items() if getattr(seat, name)]
    return SeatRow(
        pk=seat.pk,
        unit=unit.name,
        kind=SeatKind(seat.kind),
        kind_label=str(SEAT_KIND_LABELS[SeatKind(seat.kind)]),
        basis=tuple(basis),
        outside_reason=seat.outside_reason,
        member=membership.member.name if membership else "",
        deputy=membership.deputy.name if membership and membership.deputy else "",
        is_example=seat.is_example,
    )


def meetings_between(start: datetime, end: datetime) -> QuerySet[Meeting]:
    return Meeting.objects.filter(starts_at__gte=start, starts_at__lt=end).order_by("starts_at")


def seat_of(unit: int) -> Seat | None:
    """The unit's place in the network."""
    return Seat.objects.filter(unit=unit).first()


def memberships_of(person: int, day: date) -> list[Membership]:
    """The seats the person fills or is deputy in on the day, or is to fill later; one query."""
    rows = Membership.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
    rows = rows.filter(Q(member=person) | Q(deputy=person))
    return list(rows.select_related("seat__unit").order_by("valid_from", "pk"))
