"""The register of 5 000 people, and a search in it, beside the portal's smallest page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from benchmarks.pages import FLOOR, ROUNDS, WARM_UP
from benchmarks.processes import Browser
from benchmarks.table import Row
from benchmarks.timing import medians
from organisation.enums import Role, UnitKind
from organisation.models import Appointment, Unit, User

PEOPLE, UNITS = 5_000, 50
MOST_TIMES = 3.0
ADDRESS = "/organisasjon/personer/"


def make_people() -> None:
    """Five thousand invented people, contacts of fifty invented units; in bulk, past the actions."""
    units = Unit.objects.bulk_create(
        Unit(name=f"Måling {number:02d} eksempel", kind=UnitKind.UNIT, is_example=True)
        for number in range(UNITS)
    )
    people = User.objects.bulk_create(
        User(name=f"Person Måling {number:04d}", email=f"maling{number}@drammen.example", password="!")
        for number in range(PEOPLE)
    )
    Appointment.objects.bulk_create(
        Appointment(user=person, role=Role.CONTACT, unit=units[number % UNITS], valid_from=date(2024, 1, 1))
        for number, person in enumerate(people)
    )


def measure(browser: Browser) -> Iterator[Row]:
    """The first page of all, and what two words find, timed in turn with the floor."""
    seconds = medians(
        {
            "floor": lambda: browser.get(FLOOR),
            "list": lambda: browser.get(ADDRESS),
            "search": lambda: browser.get(f"{ADDRESS}?sok=person+499"),
        },
        rounds=ROUNDS,
        warm_up=WARM_UP,
    )
    yield Row("5 000 personer", seconds["list"], "s", seconds["floor"])
    yield Row("Søk i 5 000 personer", seconds["search"], "s", seconds["floor"], MOST_TIMES)
