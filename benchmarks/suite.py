"""Runs the parts in order and gives their rows. Django is set up before this module is imported."""

from __future__ import annotations

import socket
from collections.abc import Collection, Iterator

from django.core.management import call_command

from benchmarks import (
    budgets,
    imports,
    leadership,
    measure_search,
    national,
    pages,
    people_list,
    register_list,
    submissions,
    summary,
)
from benchmarks.ground import as_owner
from benchmarks.processes import Browser, job_worker, peak_megabytes, web_server
from benchmarks.table import Row
from benchmarks.world import make_budget

MOST_MEGABYTES = 250
# WeasyPrint holds all pages at once: what the machine must have, rather than what is wanted.
MOST_MEGABYTES_LARGE = 500
LARGE, SMALL = 300, 1


def run(listener: socket.socket, parts: Collection[str]) -> Iterator[Row]:
    """The rows of the named parts, on demo data. Raises BenchmarkFailed."""
    call_command("prepare_demo")
    if "sider" in parts:
        yield from _pages(listener)
    if "pdf" in parts:
        yield from summary.measure()
        yield from budgets.measure_pdf()
        yield from _worker(listener)
    if "ledelse" in parts:
        yield from leadership.measure(listener)
    if "innsending" in parts:
        yield from submissions.measure(listener)
    # Last: it makes the tables grow.
    if "import" in parts:
        yield from imports.measure()
    if "landsfil" in parts:
        yield from national.measure()


def _pages(listener: socket.socket) -> Iterator[Row]:
    large, small = make_budget(2029, LARGE), make_budget(2030, SMALL)
    _gather_statistics()
    with web_server(listener) as web:
        browser = Browser(listener.getsockname()[1], "klima")
        yield from pages.measure(browser, large)
        yield from pages.measure_costs(browser, large)
        # What takes the most memory of a web process: a spreadsheet of the same budget, and a large upload.
        browser.get(f"{large.path}last-ned/xlsx/")
        browser.upload(pages.FLOOR, "utslipp.csv", imports.usual_file())
        yield Row("Minne, nettprosess, høyeste", peak_megabytes(web), "MB", target=MOST_MEGABYTES)
    yield from pages.statements(small, large)
    yield from budgets.measure_arithmetic(large)
    # After the budget's rows: the measures belong to no budget.
    measure_search.make_measures()
    register_list.make_rows()
    people_list.make_people()
    _gather_statistics()
    with web_server(listener):
        browser = Browser(listener.getsockname()[1], "klima")
        yield from measure_search.measure(browser)
        yield from register_list.measure(browser)
        yield from people_list.measure(browser)


def _gather_statistics() -> None:
    """What autovacuum has done long before anybody looks at figures as many as these."""
    as_owner("ANALYZE")


def _worker(listener: socket.socket) -> Iterator[Row]:
    # A year of its own: the pages have theirs when both parts are measured.
    large = make_budget(2031, LARGE)
    _gather_statistics()
    with web_server(listener), job_worker() as worker:
        port = listener.getsockname()[1]
        summary.run_in_worker(Browser(port, "klima"))
        yield Row(
            "Minne, bakgrunnsjobb etter PDF, høyeste", peak_megabytes(worker), "MB", target=MOST_MEGABYTES
        )
        # Another browser: the server has closed the first one's connection, which waited too long.
        yield from budgets.measure_large_pdf(Browser(port, "klima"), large)
        name = f"Minne, bakgrunnsjobb etter PDF med {LARGE} tiltak, høyeste"
        yield Row(name, peak_megabytes(worker), "MB", target=MOST_MEGABYTES_LARGE)
