"""The list of a register with 5 000 rows, beside the portal's smallest page."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.pages import FLOOR, ROUNDS, WARM_UP
from benchmarks.processes import Browser
from benchmarks.table import Row
from benchmarks.timing import medians
from emissions.models import Municipality, Population

ROWS = 5_000
MOST_TIMES = 2.5
ADDRESS = "/klimaregnskap/folketall/"


def make_rows() -> None:
    """A hundred years of fifty invented municipalities; written in bulk, past the actions."""
    made = Municipality.objects.bulk_create(
        Municipality(name=f"Måling {number:02d} eksempel", number=f"98{number:02d}") for number in range(50)
    )
    Population.objects.bulk_create(
        Population(
            municipality=municipality, year=year, inhabitants=1_000 + year, source="Måling", is_example=True
        )
        for municipality in made
        for year in range(1980, 1980 + ROWS // len(made))
    )


def measure(browser: Browser) -> Iterator[Row]:
    """The list's first page, and with a row open beside it, timed in turn with the floor."""
    opened = f"{ADDRESS}?rad={Population.objects.order_by('pk')[0].pk}"
    seconds = medians(
        {
            "floor": lambda: browser.get(FLOOR),
            "list": lambda: browser.get(ADDRESS),
            "open": lambda: browser.get(opened),
        },
        rounds=ROUNDS,
        warm_up=WARM_UP,
    )
    yield Row("Register med 5 000 rader", seconds["list"], "s", seconds["floor"], MOST_TIMES)
    yield Row("Register med 5 000 rader, én rad åpen", seconds["open"], "s", seconds["floor"])
