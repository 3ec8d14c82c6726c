"""A kept world is made once for a module, and no test sees what another did to it."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from organisation.enums import Role, UnitKind
from organisation.models import Appointment, Unit
from tests.worlds import NOW, Kept, WorldNotMade, kept, open_worlds

pytestmark = pytest.mark.django_db
made: list[str] = []


@dataclass
class House:
    ground: Unit
    rooms: list[Unit]
    made_at: datetime


@kept
def ground() -> Unit:
    made.append("ground")
    return Unit.objects.create(name="Grunnen", kind=UnitKind.AREA)


@kept
def house(ground: Unit) -> House:
    made.append("house")
    rooms = [Unit.objects.create(name="Kjøkkenet", kind=UnitKind.UNIT, parent=ground)]
    return House(ground, rooms, timezone.now())


@kept
def tent(ground: Unit) -> Unit:
    return Unit.objects.create(name="Teltet", kind=UnitKind.UNIT, parent=ground)


def names() -> list[str]:
    return list(Unit.objects.order_by("name").values_list("name", flat=True))


@pytest.mark.parametrize("turn", range(3))
def test_it_is_made_once_and_is_as_it_was_made(house: House, turn: int) -> None:
    assert made.count("house") == made.count("ground") == 1
    assert names() == ["Grunnen", "Kjøkkenet"]
    assert (house.ground.name, [room.name for room in house.rooms]) == ("Grunnen", ["Kjøkkenet"])
    # What the next turn must not see: in the database, and in the objects.
    house.ground.name = "Pløyd"
    house.ground.save()
    house.rooms.clear()
    Unit.objects.create(name="Låven", kind=UnitKind.UNIT)


@pytest.mark.parametrize("turn", range(2))
def test_who_asks_for_the_ground_sees_no_house(ground: Unit, turn: int) -> None:
    assert names() == ["Grunnen"]


def test_two_worlds_on_one_ground(house: House, tent: Unit) -> None:
    assert names() == ["Grunnen", "Kjøkkenet", "Teltet"]
    assert tent.parent_id == house.ground.pk


def test_another_world_on_the_ground_has_no_house(tent: Unit) -> None:
    assert names() == ["Grunnen", "Teltet"]


def test_who_asks_for_nothing_sees_nothing() -> None:
    assert names() == []


def test_the_objects_of_a_test_belong_together(house: House, ground: Unit) -> None:
    assert house.ground is ground
    assert house.rooms[0].parent is ground


def test_the_clock_stands_still_while_it_is_made(house: House) -> None:
    assert house.made_at == NOW


def test_what_would_fail_at_the_commit_fails_when_it_is_made() -> None:
    def broken() -> None:
        Appointment.objects.create(user_id=0, role=Role.READER, valid_from=NOW.date())

    with pytest.raises(WorldNotMade) as told:
        open_worlds([Kept("broken", broken, ())])
    assert isinstance(told.value.why, IntegrityError)
    assert not Appointment.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(2))
def test_others_see_the_world_of_a_test_that_commits(house: House, turn: int) -> None:
    seen: list[list[str]] = []

    def look() -> None:
        seen.append(names())
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [["Grunnen", "Kjøkkenet"]]
