"""Pages over HTTP as a browser asks for them, and the SQL statements behind each."""

from __future__ import annotations

import http
from collections.abc import Iterator
from itertools import count

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.processes import BenchmarkFailed, Browser
from benchmarks.table import Row
from benchmarks.timing import medians
from benchmarks.world import BudgetUnderTest
from budget.models import Effect
from web.grid import field_names

# The portal's smallest page behind login: the frame around a form with one field, and the fewest
# statements of all. It holds nothing that grows with the data.
FLOOR = "/klimaregnskap/importer/"
# One sector of the inventory through the years, with its chart.
SECTOR = "/klimaregnskap/sektor/"
ROUNDS = 30
WARM_UP = 3
PAGE_TIMES, CELL_TIMES = 8, 2
HTMX = {"HX-Request": "true"}


def measure(browser: Browser, large: BudgetUnderTest) -> Iterator[Row]:
    """The budget page, one saved cell and a sector page, timed in turn with the floor."""
    size = f"{len(large.lines)} tiltak × {len(large.years)} år"
    cells = ((line, year) for year in large.years for line in large.lines)
    saved = []

    def save_cell() -> None:
        line, year = next(cells)
        browser.post(_cell_path(line, year), _fields(line, year), status=http.HTTPStatus.OK, headers=HTMX)
        saved.append((line, year))

    seconds = medians(
        {
            "floor": lambda: browser.get(FLOOR),
            "page": lambda: browser.get(large.path),
            "cell": save_cell,
            "sector": lambda: browser.get(SECTOR),
        },
        rounds=ROUNDS,
        warm_up=WARM_UP,
    )
    stored = Effect.objects.filter(line__budget=large.budget, version=2).count()
    if stored != len(saved):
        raise BenchmarkFailed(f"{len(saved)} celler ble sendt, {stored} lagret.")
    yield Row(f"Budsjettside, {size}", seconds["page"], "s", seconds["floor"], PAGE_TIMES)
    yield Row("Sektorside i klimaregnskapet", seconds["sector"], "s", seconds["floor"], PAGE_TIMES)
    yield Row("Lagre én celle på den siden", seconds["cell"], "s", seconds["floor"], CELL_TIMES)


def measure_costs(browser: Browser, large: BudgetUnderTest) -> Iterator[Row]:
    """The view of costs, which has three cells for each effect: no target beside the page's own.

    By itself: its three megabytes would slow down whatever came next in turn.
    """
    seconds = medians(
        {
            "floor": lambda: browser.get(FLOOR),
            "costs": lambda: browser.get(f"{large.path}?visning=kostnad"),
        },
        rounds=ROUNDS,
        warm_up=WARM_UP,
    )
    size = f"{len(large.lines)} tiltak × {len(large.years)} år"
    yield Row(f"Kostnadsvisningen, {size}", seconds["costs"], "s", seconds["floor"])


def _cell_path(line: int, year: int) -> str:
    return f"/budsjett/celle/{line}/{year}/"


_figures = count(1)


def _fields(line: int, year: int) -> dict[str, str]:
    """A figure that is new to the cell, sent on the version it was made with."""
    figure, version = field_names(line, year)
    return {figure: f"{next(_figures)},25", version: "1"}


def statements(small: BudgetUnderTest, large: BudgetUnderTest) -> Iterator[Row]:
    """Exact counts of the second request; many lines may not cost one statement more than one line."""
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(get_user_model().objects.get(email="klima@drammen.example"))
    lines = f"{len(small.lines)} og {len(large.lines)} tiltak"
    # Saved first: a page that says who changed a figure asks for her name, however many lines there are.
    few_saved, many_saved = (_count_saving(client, budget) for budget in (small, large))
    few, many = (_count(client, budget.path) for budget in (small, large))
    yield Row(f"SQL, budsjettsiden med {lines}", many, "SQL", few, 1)
    yield Row(f"SQL, lagre en celle med {lines}", many_saved, "SQL", few_saved, 1)


def _count(client: Client, path: str) -> int:
    for _time in range(2):
        with CaptureQueriesContext(connection) as captured:
            _expect(client.get(path).status_code)
    return len(captured)


def _count_saving(client: Client, budget: BudgetUnderTest) -> int:
    """Cells the timing does not come to: the last ones."""
    line = budget.lines[-1]
    for year in budget.years[-2:]:
        with CaptureQueriesContext(connection) as captured:
            _expect(client.post(_cell_path(line, year), _fields(line, year), headers=HTMX).status_code)
    return len(captured)


def _expect(status: int) -> None:
    if status != http.HTTPStatus.OK:
        raise BenchmarkFailed(f"Siden ga {status}.")
