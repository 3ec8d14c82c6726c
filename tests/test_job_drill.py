"""A worker is killed with -9 at several points of every kind of job: all end, or say why, and nothing twice.

DRILL=all tries every point; otherwise each kind has the telling ones.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from budget.actions import orders
from budget.models import DocumentOrder
from emissions.actions.uploads import keep_large_statistics
from emissions.enums import ReadingState
from emissions.models import UploadReading
from organisation.models import User
from publishing.actions import publications
from publishing.models import Publication
from reporting.models import Period, ReportMessage
from tests import files
from tests.cast import Cast
from tests.drill import KILLED, Drill, Point, drill, ending
from tests.html_rules import broken_rules
from tests.leadership_world import Board
from tests.mail_worker import worker_environment
from tests.reporting_world import DEADLINE, NOW, World
from web.enums import MailState
from web.mail import Letter, queue_mail
from web.mail_folder import folder_mail
from web.models import OutboxMail
from web.worker import WORKER_SILENT_AFTER

pytestmark = pytest.mark.django_db(transaction=True)
AsUser = Callable[[User], Client]
READ, DOCUMENT, SUMMARY = "emissions.read_upload", "budget.make_document", "reporting.make_summary"
MAIL, DUE, CLOSE = "web.send_mail", "reporting.queue_due_messages", "reporting.close_periods"
STOPPED = "Arbeidet stanset to ganger før det var klart."

ALL = os.environ.get("DRILL") == "all"


def points(*telling: Point, more: tuple[Point, ...] = ()) -> tuple[Point, ...]:
    return (*telling, *more) if ALL else telling


@pytest.fixture(autouse=True)
def time_of_the_workers() -> Iterator[None]:
    """The workers' clock, so that what is ordered here is due there."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def workers(db: None, tmp_path: Path) -> Iterator[Drill]:
    with drill(worker_environment(PORTAL_DATA_DIR=str(tmp_path))) as ready:
        yield ready


def statuses(task: str) -> list[str]:
    return list(ProcrastinateJob.objects.filter(task_name=task).values_list("status", flat=True))


def make_silent() -> None:
    """As if the dead worker had been silent for as long as it takes to believe it: nobody waits for that."""
    age = WORKER_SILENT_AFTER + timedelta(seconds=1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - %s", [age])


def die(workers: Drill, task: str, point: Point, at: datetime = NOW) -> None:
    assert workers.work(at, kill=point) == KILLED, point
    assert "doing" in statuses(task), point
    make_silent()


def heal(workers: Drill, task: str, at: datetime = NOW) -> None:
    assert workers.work(at) == 0
    assert statuses(task) == []


def sticks(workers: Drill, task: str, at: datetime = NOW) -> None:
    """The control: without the recovery the job stays with the dead, whoever comes after."""
    assert workers.work(at, recovers=False) == 0
    assert "doing" in statuses(task)


# --- What a person has ordered ------------------------------------------------------------------------


def upload(by: User) -> UploadReading:
    return keep_large_statistics(
        by=by, file_name="u.csv", pieces=[files.county_csv()], municipality="Drammen"
    )


READ_POINTS = points(
    Point("emissions.jobs:start_reading", after=True),
    Point("emissions.actions.uploads:hold_run", after=True, nth=2),  # the result is not committed
    ending(READ),
    more=(Point("emissions.jobs:start_reading"), Point("emissions.jobs:read_statistics", after=True)),
)


def test_a_reading_ends_and_blocks_no_other(workers: Drill, cast: Cast) -> None:
    for point in READ_POINTS:
        reading, other = upload(cast.klima), upload(cast.klima)
        die(workers, READ, point)
        sticks(workers, READ)
        other.refresh_from_db()
        assert other.state == ReadingState.QUEUED  # the control: behind the lock of the dead
        heal(workers, READ)
        for one in (reading, other):
            one.refresh_from_db()
            assert (one.state, one.problem) == (ReadingState.READ, ""), point
    assert UploadReading.objects.count() == 2 * len(READ_POINTS)


DOCUMENT_POINTS = points(
    Point("budget.jobs:render_budget"),
    Point("budget.actions.orders:hold_run", after=True, nth=2),
    ending(DOCUMENT),
    more=(Point("budget.actions.orders:start_order"), Point("budget.jobs:render_budget", after=True)),
)


def test_a_document_is_made_once(workers: Drill, board: Board) -> None:
    for point in DOCUMENT_POINTS:
        order = orders.order_document(by=board.cast.klima, budget=board.budget)
        die(workers, DOCUMENT, point)
        sticks(workers, DOCUMENT)
        heal(workers, DOCUMENT)
        order.refresh_from_db()
        assert (order.state, bytes(order.pdf or b"")) == ("done", b"%PDF-1.7"), point
    assert DocumentOrder.objects.count() == 1


SUMMARY_POINTS = points(
    Point("publishing.jobs:render_publication", after=True),
    Point("publishing.actions.publications:finish_order", after=True),  # published and told, not committed
    ending(SUMMARY),
    more=(
        Point("publishing.actions.publications:start_order", after=True),
        Point("publishing.actions.publications:finish_order"),
    ),
)


def test_a_summary_is_published_once(workers: Drill, board: Board) -> None:
    for number, point in enumerate(SUMMARY_POINTS, 1):
        # A case number of its own makes each a new publication.
        order = publications.order_summary(
            by=board.cast.klima, period=board.second, preview=False, case_number=f"26/{number}"
        )
        die(workers, SUMMARY, point)
        sticks(workers, SUMMARY)
        heal(workers, SUMMARY)
        order.refresh_from_db()
        assert order.publication is not None, point
        assert (order.state, order.publication.number, order.error) == ("done", number, ""), point
        assert Publication.objects.count() == number, point


def test_what_kills_its_worker_twice_is_told_and_can_be_tried_again(
    workers: Drill, board: Board, as_user: AsUser
) -> None:
    def kill_twice(task: str, place: str) -> None:
        die(workers, task, Point(place))
        die(workers, task, Point(place))
        heal(workers, task)

    reading = upload(board.cast.klima)
    kill_twice(READ, "emissions.jobs:read_statistics")
    document = orders.order_document(by=board.cast.klima, budget=board.budget)
    kill_twice(DOCUMENT, "budget.jobs:render_budget")
    summary = publications.order_summary(by=board.cast.klima, period=board.second, preview=False)
    kill_twice(SUMMARY, "publishing.jobs:render_publication")
    reading.refresh_from_db()
    document.refresh_from_db()
    summary.refresh_from_db()
    told = {(one.state, one.error[: len(STOPPED)]) for one in (document, summary)}
    assert (told, reading.state, reading.problem[: len(STOPPED)]) == (
        {("failed", STOPPED)},
        "failed",
        STOPPED,
    )
    assert not Publication.objects.exists()
    client = as_user(board.cast.klima)
    for address in (
        f"/budsjett/pdf/{document.pk}/",
        board.path("sammendrag", summary.pk),
        f"/klimaregnskap/importer/{reading.pk}/lesing/",
    ):
        page = client.get(address)
        assert broken_rules(page.text) == []
        assert (STOPPED in page.text, "Prøv igjen</" in page.text) == (True, True), address


# --- What the clock orders ----------------------------------------------------------------------------


def letters(by: User, name: str) -> list[str]:
    keys = [f"{name}-{number}" for number in range(3)]
    whom = {"recipient_id": by.pk, "address": by.email, "name": by.name}
    with transaction.atomic():
        queue_mail(Letter(key=key, kind="test", subject=key, text=key, **whom) for key in keys)
    return keys


MAIL_POINTS = points(
    Point("web.mail_sending:_hand_over", nth=2),
    Point("web.mail_sending:_note", after=True, nth=2),  # the server has it, and the row does not say so
    ending(MAIL),
    more=(Point("web.mail_sending:_hand_over", after=True, nth=3),),
)


def test_mail_goes_once(workers: Drill, cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    for point in MAIL_POINTS:
        keys = letters(cast.kontakt, str(point))
        die(workers, MAIL, point)
        sticks(workers, MAIL)
        heal(workers, MAIL)
        rows = OutboxMail.objects.filter(key__in=keys)
        assert set(rows.values_list("state", "attempts")) == {(MailState.SENT, 1)}, point
    # The same Message-ID is the same file: what was handed over again is not another mail.
    assert len(folder_mail()) == OutboxMail.objects.count() == 3 * len(MAIL_POINTS)


DUE_POINTS = (
    Point("reporting.actions.messages:_queue_due"),
    Point("reporting.actions.messages:_queue_due", after=True),  # written, not committed
    ending(DUE),
)


@pytest.mark.parametrize("point", DUE_POINTS, ids=str)
def test_those_who_are_to_be_told_are_told_once(workers: Drill, world: World, point: Point) -> None:
    before = ReportMessage.objects.count()
    app.configure_task(DUE).defer()
    die(workers, DUE, point)
    sticks(workers, DUE)
    heal(workers, DUE)
    told = list(ReportMessage.objects.values_list("report_id", "kind", "user_id"))
    assert len(told) > before
    assert len(told) == len(set(told))


CLOSE_POINTS = points(
    Point("reporting.actions.periods:close_period", after=True),  # written, not committed
    ending(CLOSE),
    more=(Point("reporting.actions.periods:close_period"),),
)


@pytest.mark.parametrize("point", CLOSE_POINTS, ids=str)
def test_a_period_is_closed_once(workers: Drill, world: World, point: Point) -> None:
    later = DEADLINE + timedelta(days=15)
    before = Period.pgh_event_model.objects.count()
    app.configure_task(CLOSE).defer(timestamp=0)
    die(workers, CLOSE, point, later)
    sticks(workers, CLOSE, later)
    heal(workers, CLOSE, later)
    world.period.refresh_from_db()
    assert world.period.closed_at is not None
    assert Period.pgh_event_model.objects.count() == before + 1
