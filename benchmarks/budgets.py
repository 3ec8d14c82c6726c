"""The budget's arithmetic by itself, and its PDF beside WeasyPrint alone on the same document."""

from __future__ import annotations

import http
from collections.abc import Iterator
from unittest.mock import patch

from benchmarks.processes import BenchmarkFailed, Browser
from benchmarks.summary import weasyprint_alone
from benchmarks.table import Row
from benchmarks.timing import medians
from benchmarks.world import BudgetUnderTest
from budget.actions import orders
from budget.calculations import compute
from budget.enums import OrderState
from budget.exports.document_pdf import render_budget
from budget.jobs import make_document
from budget.models import ClimateBudget, DocumentOrder
from budget.queries.assembling import budget_inputs
from climate_portal.processes import until
from emissions.enums import Scope
from organisation.models import User
from web import pdf_engine

ARITHMETIC_ROUNDS, PDF_ROUNDS = 30, 5
MOST_SECONDS = 0.03
MOST_TIMES = 1.3
JOB_SECONDS = 300


def measure_arithmetic(large: BudgetUnderTest) -> Iterator[Row]:
    """From the input as read to every sum: per year, source and line, with overlaps."""
    inputs = budget_inputs(large.budget)
    if not inputs.overlaps:
        raise BenchmarkFailed("Budsjettet har ingen overlapp.")
    size = f"{len(large.lines)} tiltak × {len(large.years)} år, {len(inputs.overlaps)} overlapp"
    seconds = medians({"compute": lambda: compute(inputs)}, rounds=ARITHMETIC_ROUNDS, warm_up=3)
    yield Row(f"Regnestykket, {size}", seconds["compute"], "s", target=MOST_SECONDS)


def measure_pdf() -> Iterator[Row]:
    """The whole job for the demo's adopted budget, from reading the figures to the stored PDF.

    A small budget: what is ours beside WeasyPrint weighs most there.
    """
    klima = User.objects.get(email="klima@drammen.example")
    budget = ClimateBudget.objects.get(year=2026, scope=Scope.COMMUNITY_DIRECT, revision=1)

    def job() -> None:
        order = orders.order_document(by=klima, budget=budget)
        make_document(order.pk)
        order.refresh_from_db()
        if order.state != OrderState.DONE:
            raise BenchmarkFailed("Klimabudsjettet ble ikke laget som PDF.")

    with patch.object(pdf_engine, "write", wraps=pdf_engine.write) as write:
        job()
    floor = weasyprint_alone(write.call_args.args[0])
    seconds = medians({"floor": floor, "job": job}, rounds=PDF_ROUNDS)
    name = f"Klimabudsjettet som PDF, {budget.lines.count()} tiltak, hele jobben"
    yield Row(name, seconds["job"], "s", seconds["floor"], MOST_TIMES)


def measure_large_pdf(browser: Browser, large: BudgetUnderTest) -> Iterator[Row]:
    """A budget of hundreds of lines, ordered on the page and made by the worker, once: it takes long."""
    browser.post(f"{large.path}1/pdf/", {}, status=http.HTTPStatus.SEE_OTHER)
    order = DocumentOrder.objects.get(budget=large.budget)
    for _left in until(JOB_SECONDS, every=0.2):
        order.refresh_from_db()
        if order.state == OrderState.DONE:
            break
    if order.finished_at is None:
        raise BenchmarkFailed("Klimabudsjettet ble ikke laget som PDF av bakgrunnsjobben.")
    seconds = (order.finished_at - order.ordered_at).total_seconds()
    with patch.object(pdf_engine, "write", return_value=b"") as write:
        render_budget(large.budget)
    alone = weasyprint_alone(write.call_args.args[0])
    floor = medians({"floor": alone}, rounds=1, warm_up=0)["floor"]
    name = f"Klimabudsjettet som PDF, {len(large.lines)} tiltak, fra bestilt til ferdig"
    yield Row(name, seconds, "s", floor, MOST_TIMES)
