"""Searching the list of 5 000 measures, beside the portal's smallest page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

from django.utils.http import urlencode

from benchmarks.pages import FLOOR, ROUNDS, WARM_UP
from benchmarks.processes import Browser
from benchmarks.table import Row
from benchmarks.timing import medians
from organisation.enums import UnitKind
from organisation.models import Unit
from strategy.enums import MeasureKind
from strategy.models import Measure, Responsibility

MEASURES = 5_000
MOST_TIMES = 3
THINGS = ("Elbiler", "Ladestasjoner", "Sykkelveier", "Busser", "Anleggsmaskiner", "Varmepumper", "Matsvinn")
PLACES = ("i hjemmetjenesten", "ved skolene", "i sentrum", "på anleggsplassene", "i boligområdene")


def make_measures() -> None:
    """Measures with texts of ordinary length and units in turn; written in bulk, past the actions."""
    things, places = cycle(THINGS), cycle(PLACES)
    rows = Measure.objects.bulk_create(
        Measure(
            code=f"MALING-{number}",
            title=f"{next(things)} {next(places)}, pulje {number}",
            description="Virksomheten går gjennom behovet, lyser ut anbud og tar løsningen i bruk. " * 4,
            kind=MeasureKind.TILTAK,
            is_example=True,
        )
        for number in range(1, MEASURES + 1)
    )
    units = cycle(Unit.objects.exclude(kind=UnitKind.AREA).order_by("pk"))
    Responsibility.objects.bulk_create(
        Responsibility(measure=row, unit=unit) for row, unit in zip(rows, units, strict=False)
    )


def measure(browser: Browser) -> Iterator[Row]:
    """The search a reader makes, some hundred hits, timed in turn with the floor."""
    address = f"/strategi/tiltak/?{urlencode({'q': 'busser skolen'})}"
    seconds = medians(
        {"floor": lambda: browser.get(FLOOR), "search": lambda: browser.get(address)},
        rounds=ROUNDS,
        warm_up=WARM_UP,
    )
    yield Row("Søk i 5 000 tiltak", seconds["search"], "s", seconds["floor"], MOST_TIMES)
