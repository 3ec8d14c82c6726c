"""A hundred contacts send their reports within a minute, to two web processes with the worker beside them."""

from __future__ import annotations

import http
import os
import random
import re
import socket
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.conf import settings
from django.test import Client
from django.utils import timezone

from benchmarks.ground import as_owner
from benchmarks.pages import FLOOR, HTMX
from benchmarks.processes import BenchmarkFailed, Browser, job_worker, web_server
from benchmarks.table import Row
from budget.models import ClimateBudget
from climate_portal.processes import until
from emissions.enums import Scope
from organisation.enums import Role, UnitKind
from organisation.models import Appointment, Unit, User
from reporting.actions.periods import open_period
from reporting.enums import MessageKind, PeriodKind, Status
from reporting.models import Period, ReportVersion
from strategy.enums import MeasureKind, MeasureState
from strategy.models import Measure, Responsibility
from web.actors import DEMO
from web.enums import MailState
from web.models import OutboxMail

CONTACTS, MEASURES = 100, 4
SECONDS = 60
# How long the worker may take with the mail after the last one has sent.
MAIL_SECONDS = 180
PROCESSES = "2"
PAGE_TIMES, SEND_TIMES = 6, 8
_VERSION = re.compile(r'name="(s-\d+)-version" value="(\d+)"')
_FIELD = re.compile(r'name="(version|submission_token)" value="([^"]*)"')


@dataclass
class Times:
    """Seconds by what was asked for, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: list[str] = field(default_factory=list)

    @contextmanager
    def take(self, what: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.seconds[what].append(time.perf_counter() - start)

    def p95(self, what: str) -> float:
        taken = sorted(self.seconds[what])
        if not taken:
            raise BenchmarkFailed(f"Ingen rakk «{what}».")
        return taken[min(len(taken) - 1, int(len(taken) * 0.95))]


def measure(listener: socket.socket) -> Iterator[Row]:
    """Each opens the form, answers four measures as the page saves them, sends, and reads the receipt."""
    period = make_period()
    as_owner("ANALYZE")
    sessions = _sessions()
    before = os.environ.get("WEB_CONCURRENCY", "")
    os.environ["WEB_CONCURRENCY"] = PROCESSES
    try:
        with web_server(listener), job_worker():
            port = listener.getsockname()[1]
            times = _minute(port, period, sessions)
            mailed = _wait_for_mail(period)
    finally:
        os.environ["WEB_CONCURRENCY"] = before
    yield from _rows(period, times, mailed)


def make_period() -> Period:
    """A hundred units with four virkemidler each and a period that asks about them; written in bulk."""
    area = Unit.objects.filter(kind=UnitKind.AREA).earliest("pk")
    units = Unit.objects.bulk_create(
        Unit(name=f"Måleenhet {number}", kind=UnitKind.UNIT, parent=area, is_example=True)
        for number in range(1, CONTACTS + 1)
    )
    people = User.objects.bulk_create(
        User(email=f"{login}.{number}@maling.example", name=f"{login.title()} {number}", password="!")
        for number in range(1, CONTACTS + 1)
        for login in ("kontakt", "leder")
    )
    roles = (Role.CONTACT, Role.LEADER)
    Appointment.objects.bulk_create(
        Appointment(user=user, role=roles[index % 2], unit=units[index // 2], valid_from=date(2026, 1, 1))
        for index, user in enumerate(people)
    )
    measures = Measure.objects.bulk_create(
        Measure(
            code=f"LAST-{unit}-{number}",
            title=f"Opplæring i klimavennlig drift, del {number}",
            kind=MeasureKind.VIRKEMIDDEL,
            state=MeasureState.ONGOING,
            is_example=True,
        )
        for unit in range(CONTACTS)
        for number in range(1, MEASURES + 1)
    )
    Responsibility.objects.bulk_create(
        Responsibility(measure=measure, unit=units[index // MEASURES], valid_from=date(2026, 1, 1))
        for index, measure in enumerate(measures)
    )
    now = timezone.now()
    return open_period(
        by=DEMO,
        year=2026,
        kind=PeriodKind.ANNUAL,
        budget=ClimateBudget.objects.get(year=2026, scope=Scope.COMMUNITY_DIRECT, revision=1),
        opens_at=now - timedelta(days=1),
        contact_deadline=now + timedelta(days=9),
        leader_deadline=now + timedelta(days=16),
        closes_at=now + timedelta(days=60),
    )


def _sessions() -> list[tuple[int, str]]:
    """(unit, session) of each contact, logged in since the morning: hashing passwords is not measured."""
    found = []
    rows = Appointment.objects.filter(role=Role.CONTACT, user__email__endswith="@maling.example")
    for row in rows.select_related("user").order_by("pk"):
        client = Client()
        client.force_login(row.user)
        found.append((row.unit_id, client.cookies[settings.SESSION_COOKIE_NAME].value))
    return found


def _minute(port: int, period: Period, sessions: list[tuple[int, str]]) -> Times:
    """The contacts come at any time in the minute; somebody reads the smallest page all the while."""
    times = Times()
    done = threading.Event()
    moments = random.Random(42)
    reader = threading.Thread(target=_read_floor, args=(port, times, done))
    start = time.monotonic()
    with ThreadPoolExecutor(CONTACTS) as pool:
        reader.start()
        for unit, session in sessions:
            at = start + moments.uniform(0, SECONDS - 5)
            pool.submit(_contact, port, f"/rapportering/{period.code}/{unit}/", session, at, times)
    done.set()
    reader.join()
    return times


def _read_floor(port: int, times: Times, done: threading.Event) -> None:
    browser = Browser(port, "klima")
    while not done.wait(0.4):
        with times.take("gulv"):
            browser.get(FLOOR)


def _contact(port: int, path: str, session: str, at: float, times: Times) -> None:
    try:
        time.sleep(max(0.0, at - time.monotonic()))
        browser = Browser(port, session=session)
        with times.take("skjema"):
            page = browser.get(path)
        browser.read_token(page)
        _send(browser, path, page.decode(), times)
    except Exception as fault:
        times.faults.append(f"{path}: {fault}")


def _send(browser: Browser, path: str, page: str, times: Times) -> None:
    fields = dict(_FIELD.findall(page))
    cards = _VERSION.findall(page)
    if len(cards) != MEASURES:
        raise BenchmarkFailed(f"Skjemaet har {len(cards)} kort.")
    for prefix, version in cards:
        answer = {f"{prefix}-status": Status.ON_TRACK.value, f"{prefix}-what_happened": "Vi følger planen."}
        url = f"{path}lagre/{prefix.removeprefix('s-')}/"
        target = {**HTMX, "HX-Target": f"lagret-{prefix.removeprefix('s-')}"}
        with times.take("lagring"):
            browser.post(url, answer | {f"{prefix}-version": version}, status=200, headers=target)
        fields |= answer | {f"{prefix}-version": str(int(version) + 1)}
    with times.take("innsending"):
        browser.post(f"{path}send/", fields, status=http.HTTPStatus.SEE_OTHER)
    with times.take("kvittering"):
        browser.get(browser.location)


def _wait_for_mail(period: Period) -> float:
    """Seconds until the worker has sent what was queued."""
    start = time.monotonic()
    for _left in until(MAIL_SECONDS, every=0.2):
        if not OutboxMail.objects.filter(report_message__period=period, state=MailState.QUEUED).exists():
            return time.monotonic() - start
    raise BenchmarkFailed("Bakgrunnsjobben sendte ikke e-posten.")


def _rows(period: Period, times: Times, mailed: float) -> Iterator[Row]:
    versions = ReportVersion.objects.filter(report__period=period, number=1).count()
    mail = OutboxMail.objects.filter(report_message__period=period)
    receipts = mail.filter(kind=MessageKind.RECEIPT)
    sent = receipts.filter(state=MailState.SENT).values("address").distinct().count()
    name = f"{CONTACTS} innsendinger på ett minutt"
    if times.faults:
        sys.stderr.write(f"{times.faults[0]}\n")
    yield Row(f"{name}: feil", len(times.faults), "stk.", target=0)
    yield Row(f"{name}: rapporter tapt", CONTACTS - versions, "stk.", target=0)
    yield Row(f"{name}: kvitteringer tapt", CONTACTS - min(receipts.count(), sent), "stk.", target=0)
    floor = times.p95("gulv")
    yield Row(f"{name}: skjemaet, p95", times.p95("skjema"), "s", floor, PAGE_TIMES)
    yield Row(f"{name}: lagre ett svar, p95", times.p95("lagring"), "s", floor, PAGE_TIMES)
    yield Row(f"{name}: sende rapporten, p95", times.p95("innsending"), "s", floor, SEND_TIMES)
    yield Row(f"{name}: e-posten er ute etter", mailed, "s")
