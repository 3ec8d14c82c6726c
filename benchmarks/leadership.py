"""What leadership reads of a large municipality: the dashboard, and the summary published by the worker."""

from __future__ import annotations

import http
import socket
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from statistics import median
from time import perf_counter

from django.utils import timezone

from benchmarks import pages
from benchmarks.processes import BenchmarkFailed, Browser, job_worker, peak_megabytes, web_server
from benchmarks.table import Row
from benchmarks.timing import medians
from benchmarks.world import make_budget
from budget.actions.overlaps import add_overlap
from budget.actions.transitions import hand_over, propose, register_adoption
from budget.enums import OverlapMethod
from budget.models import ClimateBudget
from budget.queries.overlaps import overlap_page
from climate_portal.processes import until
from organisation.enums import UnitKind
from organisation.models import Unit
from publishing.enums import OrderState
from publishing.jobs import publish
from publishing.models import SummaryOrder
from reporting.actions.periods import open_period
from reporting.enums import PeriodKind, ReportState, Status
from reporting.models import MeasureStatus, Period, UnitReport
from web.actors import DEMO

UNITS, MEASURES = 60, 300
YEAR = 2028
ROUNDS, PDF_ROUNDS, WARM_UP = 30, 3, 3
PAGE_TIMES = 8
MOST_MEGABYTES = 300
JOB_SECONDS = 120


def measure(listener: socket.socket) -> Iterator[Row]:
    """The dashboard timed in turn with the floor, publishing, and what the worker needs for it."""
    period = make_period()
    size = f"{UNITS} virksomheter × {MEASURES} tiltak"
    port = listener.getsockname()[1]
    dashboard = f"/rapportering/{period.code}/"
    with web_server(listener):
        browser = Browser(port, "klima")
        seconds = medians(
            {
                "floor": lambda: browser.get(pages.FLOOR),
                "dashboard": lambda: browser.get(dashboard),
                "area": lambda: browser.get(f"{dashboard}?niva={_area().pk}"),
            },
            rounds=ROUNDS,
            warm_up=WARM_UP,
        )
    yield Row(f"Lederoversikten, {size}", seconds["dashboard"], "s", seconds["floor"], PAGE_TIMES)
    yield Row("Lederoversikten for ett område", seconds["area"], "s", seconds["floor"], PAGE_TIMES)
    yield Row(f"Publisere sammendraget, {size}, hele jobben", _publishing(period), "s")
    with web_server(listener), job_worker() as worker:
        _publish_in_worker(Browser(port, "klima"), period)
        name = f"Minne, bakgrunnsjobb som publiserer {size}"
        yield Row(name, peak_megabytes(worker), "MB", target=MOST_MEGABYTES)


def _publishing(period: Period) -> float:
    """Median seconds from reading the figures to PDF/UA, PDF/A and hashes stored.

    A new case number each time: unchanged figures alone would give the publication there is.
    """
    took = []
    for number in range(PDF_ROUNDS):
        start = perf_counter()
        publish(by=DEMO, period=period, case_number=f"Måling {number}")
        took.append(perf_counter() - start)
    return median(took)


def _publish_in_worker(browser: Browser, period: Period) -> None:
    fields = {"for": "ledergruppen", "case_number": "Måling i jobb"}
    path = f"/rapportering/{period.code}/publiser/"
    browser.post(path, fields, status=http.HTTPStatus.SEE_OTHER)
    order = SummaryOrder.objects.latest("pk")
    for _left in until(JOB_SECONDS, every=0.2):
        order.refresh_from_db()
        if order.state == OrderState.DONE:
            return
    raise BenchmarkFailed("Bakgrunnsjobben ble ikke ferdig med sammendraget.")


def make_period() -> Period:
    """Two periods against an adopted budget: all on track in the first, half of it late in the second."""
    numbers = count(1)
    while Unit.objects.exclude(kind=UnitKind.AREA).count() < UNITS:
        Unit.objects.create(
            name=f"Virksomhet til måling {next(numbers)}", kind=UnitKind.UNIT, parent=_area(), is_example=True
        )
    budget = _adopted(make_budget(YEAR, MEASURES).budget)
    first = _reported(budget, PeriodKind.FIRST_TERTIAL, days_ago=5, late_every=0)
    second = _reported(budget, PeriodKind.SECOND_TERTIAL, days_ago=3, late_every=2)
    reported = UnitReport.objects.filter(period=second).count()
    if reported < UNITS or MeasureStatus.objects.filter(report__period=second).count() < MEASURES:
        raise BenchmarkFailed(f"Bare {reported} virksomheter rapporterer.")
    publish(by=DEMO, period=first)
    return second


def _area() -> Unit:
    return Unit.objects.filter(kind=UnitKind.AREA).order_by("pk")[0]


def _adopted(budget: ClimateBudget) -> ClimateBudget:
    """Through the hands it goes through, with every pair of measures on a source decided."""
    for shared in overlap_page(budget).sources:
        if shared.open:
            add_overlap(
                by=DEMO,
                budget=budget,
                source=shared.source,
                method=OverlapMethod.NONE,
                lines=budget.lines.filter(pk__in=shared.open.lines),
                years={},
                reason="Ulike maskiner",
                decided_by="Måling",
            )
    budget = hand_over(by=DEMO, budget=budget, version=budget.version)
    budget = propose(by=DEMO, budget=budget, version=budget.version)
    return register_adoption(
        by=DEMO,
        budget=budget,
        version=budget.version,
        adopted_on=timezone.localdate(),
        case_number="Måling",
    )


def _reported(budget: ClimateBudget, kind: PeriodKind, *, days_ago: int, late_every: int) -> Period:
    """A period every unit has reported in and every leader approved, written in bulk past the actions."""
    now = timezone.now()
    opened = now - timedelta(days=days_ago)
    period = open_period(
        by=DEMO,
        year=YEAR,
        kind=kind,
        budget=budget,
        opens_at=opened,
        contact_deadline=opened + timedelta(days=20),
        leader_deadline=opened + timedelta(days=30),
        closes_at=opened + timedelta(days=400),
    )
    answers = MeasureStatus.objects.filter(report__period=period)
    answers.update(
        status=Status.ON_TRACK,
        what_happened="Vi følger planen.",
        decision_follow_up="Beslutningen er fulgt.",
        confirmed_at=now,
    )
    late = list(answers.order_by("pk").values_list("pk", flat=True))[::late_every] if late_every else []
    MeasureStatus.objects.filter(pk__in=late).update(
        status=Status.DELAYED,
        cause="Leverandøren er forsinket, og anbudet måtte lyses ut på nytt.",
        corrective_action="Vi leier maskiner til de nye er levert.",
        new_date=now.date().replace(year=YEAR + 1),
        delayed_share=40,
    )
    reports = UnitReport.objects.filter(period=period)
    reports.update(state=ReportState.SUBMITTED, submitted_at=now)
    reports.update(state=ReportState.APPROVED, approved_at=now)
    return period
