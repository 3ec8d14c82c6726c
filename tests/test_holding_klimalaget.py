"""A unit's seat in Klimalaget, the people in it, and how it moves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from klimalaget.enums import SeatKind
from klimalaget.models import Membership, Seat
from tests.cast import Cast
from tests.holdings import DAY, held_by, move, queries_to_ask
from tests.worlds import kept
from web.contributions import HoldingGoes

pytestmark = pytest.mark.django_db


@kept
def seat(cast: Cast) -> Seat:
    made = Seat.objects.create(unit=cast.transport, kind=SeatKind.FIXED, large_emissions=True)
    Membership.objects.create(seat=made, member=cast.kontakt, deputy=cast.vara, valid_from=date(2024, 1, 1))
    return made


def test_the_seat_goes_to_a_unit_without_one_with_those_who_fill_it(cast: Cast, seat: Seat) -> None:
    found = held_by(cast.transport)["seat"]
    assert (found.sentence, found.goes) == ("Klimalaget: fast plass", HoldingGoes.TO_SUCCESSOR)
    move(cast.transport, "seat", by=cast.admin, to=cast.kitchen)
    seat.refresh_from_db()
    assert (seat.unit, seat.version) == (cast.kitchen, 2)
    assert Membership.objects.get().valid_to is None
    assert "seat" not in held_by(cast.transport)


def test_where_there_is_a_seat_already_nobody_fills_the_other(cast: Cast, seat: Seat) -> None:
    own = Seat.objects.create(unit=cast.kitchen, kind=SeatKind.VOLUNTARY)
    Membership.objects.filter(seat=seat).update(valid_to=DAY + timedelta(days=5))
    Membership.objects.create(seat=seat, member=cast.leder, valid_from=DAY + timedelta(days=6))
    move(cast.transport, "seat", by=cast.admin, to=cast.kitchen)
    assert {one.unit for one in Seat.objects.all()} == {cast.transport, cast.kitchen}
    left = Membership.objects.get()
    assert (left.seat, left.valid_to) == (seat, DAY - timedelta(days=1))
    assert not own.memberships.exists()


@pytest.mark.parametrize("name", ["kontakt", "vara"])
def test_who_fills_a_seat_has_it_with_her_unit(cast: Cast, seat: Seat, name: str) -> None:
    found = held_by(cast.people()[name])["memberships"]
    assert (found.sentence, found.goes, found.move) == (
        "Klimalaget for Samferdsel, vei- og parkforvaltning",
        HoldingGoes.WITH_UNIT,
        None,
    )


def test_one_whose_time_is_over_has_none(cast: Cast, seat: Seat) -> None:
    Membership.objects.update(valid_to=DAY - timedelta(days=1))
    assert "memberships" not in held_by(cast.kontakt)


def test_one_and_three_seats_are_asked_in_as_many_queries(cast: Cast, seat: Seat) -> None:
    asked = queries_to_ask(cast.transport), queries_to_ask(cast.kontakt)
    for unit in (cast.kitchen, cast.klima_unit):
        other = Seat.objects.create(unit=unit, kind=SeatKind.VOLUNTARY)
        Membership.objects.create(seat=other, member=cast.kontakt, valid_from=date(2024, 1, 1))
    assert (queries_to_ask(cast.transport), queries_to_ask(cast.kontakt)) == asked
    assert held_by(cast.kontakt)["memberships"].count == 3
