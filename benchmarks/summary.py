"""The leadership summary as PDF: the worker's job beside WeasyPrint alone on the same document."""

from __future__ import annotations

import http
from collections.abc import Callable, Iterator
from unittest.mock import patch

from benchmarks.processes import BenchmarkFailed, Browser
from benchmarks.table import Row
from benchmarks.timing import medians
from climate_portal.processes import until
from organisation.models import User
from publishing.actions import publications
from publishing.enums import OrderState
from publishing.jobs import make_summary
from publishing.models import SummaryOrder
from reporting.models import Period
from web import pdf_engine

ROUNDS = 5
MOST_TIMES = 1.3
JOB_SECONDS = 60


def measure() -> Iterator[Row]:
    """The whole job of a preview, from reading the figures to the stored PDF."""
    klima = User.objects.get(email="klima@drammen.example")
    period = _newest()

    def job() -> None:
        order = publications.order_summary(by=klima, period=period, preview=True)
        make_summary(order.pk)
        order.refresh_from_db()
        if order.state != OrderState.DONE:
            raise BenchmarkFailed("Sammendraget ble ikke laget.")

    seconds = medians({"floor": weasyprint_alone(_document(job)), "job": job}, rounds=ROUNDS)
    yield Row("Sammendraget som PDF, hele jobben", seconds["job"], "s", seconds["floor"], MOST_TIMES)


def run_in_worker(browser: Browser) -> None:
    """Order a summary on the page and wait until the worker of background jobs has made it."""
    before = SummaryOrder.objects.count()
    browser.post(f"/rapportering/{_newest().code}/sammendrag/", {}, status=http.HTTPStatus.SEE_OTHER)
    order = SummaryOrder.objects.latest("pk")
    if SummaryOrder.objects.count() == before:
        raise BenchmarkFailed("Bestillingen ble ikke laget.")
    for _left in until(JOB_SECONDS, every=0.2):
        order.refresh_from_db()
        if order.state == OrderState.DONE:
            return
    raise BenchmarkFailed("Bakgrunnsjobben ble ikke ferdig.")


def _newest() -> Period:
    return Period.objects.latest("opens_at")


def _document(job: Callable[[], None]) -> str:
    """The HTML that the job hands to WeasyPrint."""
    with patch.object(pdf_engine, "write", wraps=pdf_engine.write) as write:
        job()
    html = write.call_args.args[0]
    assert isinstance(html, str)
    return html


def weasyprint_alone(html: str) -> Callable[[], bytes]:
    """The same pages as tagged PDF with the same style sheets and fonts, and nothing of ours around it."""
    fetcher = pdf_engine.StaticFetcher()

    def run() -> bytes:
        document = pdf_engine.HTML(string=html, base_url=pdf_engine.STATIC, url_fetcher=fetcher)
        content = document.write_pdf(pdf_variant="pdf/ua-1")
        assert isinstance(content, bytes)
        return content

    return run
