"""Jobs whose worker is silent run again, and of two runs of one job only the newest writes."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection, connections, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

import budget.actions.orders
import publishing.actions.publications
from budget.actions import orders
from budget.models import DocumentOrder
from publishing.actions import publications
from publishing.models import Publication, SummaryOrder
from tests.leadership_world import Board, quick
from tests.races import TOO_LONG, at_once, other_connection
from tests.races import run as run_sql
from web.job_recovery import recover_stalled_jobs
from web.job_runs import OwnRuns, RunReplaced, hold_run, remember_run, run_ordered
from web.worker import WORKER_SILENT_AFTER

LONG_AGO = WORKER_SILENT_AFTER + timedelta(seconds=1)
LATELY = WORKER_SILENT_AFTER - timedelta(seconds=15)
TASK = "web.send_mail"  # any that is known


def sql(statement: str, *values: object) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0] if cursor.description else None


def worker(silent_for: timedelta = timedelta(0)) -> int:
    """A worker in the database; its heartbeat is so old."""
    number: int = sql(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s) RETURNING id", silent_for
    )
    return number


def fetch(by: int) -> Job:
    """The worker takes the next job, as procrastinate has it do."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM procrastinate_fetch_job_v2(NULL, %s)", [by])
        names = [column.name for column in cursor.description]
        row = dict(zip(names, cursor.fetchone(), strict=True))
    found = ProcrastinateJob.objects.get(pk=row["id"])
    return Job(
        id=found.pk,
        status="doing",
        queue=found.queue_name,
        lock=found.lock,
        queueing_lock=found.queueing_lock,
        task_name=found.task_name,
        task_kwargs=found.args,
        attempts=found.attempts,
        worker_id=by,
    )


def do(job: Job) -> None:
    """Runs the job's function as a worker would."""
    task = app.tasks[job.task_name]
    remember_run(lambda: task.func(**job.task_kwargs), SimpleNamespace(job=job), None)


def defer(**options: Any) -> int:
    number: int = app.configure_task(TASK, **options).defer(timestamp=0)
    return number


def only(task: str) -> None:
    """The queue without what building the world has put there."""
    sql("DELETE FROM procrastinate_jobs WHERE task_name <> %s", task)


def states() -> dict[int, tuple[str, int]]:
    rows = ProcrastinateJob.objects.values_list("pk", "status", "attempts")
    return {pk: (status, attempts) for pk, status, attempts in rows}


# --- Finding them ----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_job_of_a_silent_worker_runs_again_and_no_other() -> None:
    dead, alive = defer(), defer()
    fetch(worker(LONG_AGO))
    fetch(worker(LATELY))
    waiting = defer()
    assert recover_stalled_jobs() == 1
    assert states() == {dead: ("todo", 1), alive: ("doing", 0), waiting: ("todo", 0)}
    assert recover_stalled_jobs() == 0


@pytest.mark.django_db
def test_the_age_is_one_for_readiness_and_recovery() -> None:
    defer()
    fetch(worker(LATELY))
    assert recover_stalled_jobs() == 0
    assert recover_stalled_jobs(LATELY - timedelta(seconds=1)) == 1


@pytest.mark.django_db
def test_the_job_of_a_worker_that_was_removed_runs_again() -> None:
    """A new worker removes the rows of silent ones when it starts."""
    job, by = defer(), worker()
    fetch(by)
    sql("DELETE FROM procrastinate_workers WHERE id = %s", by)
    assert recover_stalled_jobs() == 1
    assert states() == {job: ("todo", 1)}


@pytest.mark.django_db
def test_the_lock_of_the_dead_is_let_go() -> None:
    dead, behind = defer(lock="one at a time"), defer(lock="one at a time")
    fetch(worker(LONG_AGO))
    assert sql("SELECT id FROM procrastinate_fetch_job_v2(NULL, %s)", worker()) is None  # blocked
    recover_stalled_jobs()
    for expected in (dead, behind):
        job = fetch(worker())
        assert job.id == expected
        sql("SELECT procrastinate_finish_job_v1(%s, 'succeeded', true)", job.id)


@pytest.mark.django_db
def test_where_an_equal_job_waits_the_dead_one_is_removed() -> None:
    defer(queueing_lock="look")
    fetch(worker(LONG_AGO))
    later, other = defer(queueing_lock="look"), defer()
    fetch(worker())  # the later one, alive; and a third waits
    third = defer(queueing_lock="look")
    assert recover_stalled_jobs() == 1
    assert states() == {later: ("doing", 0), other: ("todo", 0), third: ("todo", 0)}


@pytest.mark.django_db(transaction=True)
def test_two_who_look_at_once_find_it_once() -> None:
    job = defer()
    fetch(worker(LONG_AGO))
    assert sorted(at_once(recover_stalled_jobs, recover_stalled_jobs)) == [0, 1]
    assert states() == {job: ("todo", 1)}


@pytest.mark.django_db(transaction=True)
def test_a_result_that_is_being_stored_is_not_taken_and_not_waited_for() -> None:
    job = defer()
    fetch(worker(LONG_AGO))
    with other_connection() as other:
        run_sql(other, "SELECT 1 FROM procrastinate_jobs WHERE id = %s FOR NO KEY UPDATE", job)
        assert recover_stalled_jobs() == 0
    assert recover_stalled_jobs() == 1


# --- Who may write -----------------------------------------------------------------------------------------


@pytest.fixture
def first_waits(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """The first PDF takes until it is let go; it is another than the next."""
    gate = SimpleNamespace(came=threading.Event(), go_on=threading.Event())
    made = iter((b"%PDF the old run", b"%PDF the new run"))

    def render(_budget: Any) -> bytes:
        pdf = next(made)
        if not gate.came.is_set():
            gate.came.set()
            assert gate.go_on.wait(TOO_LONG)
        return pdf

    monkeypatch.setattr("budget.jobs.render_budget", render)
    yield gate
    gate.go_on.set()


@contextmanager
def beside(operation: Callable[[], None]) -> Iterator[None]:
    """The operation in a thread of its own; its error is raised when the block is over."""

    def work() -> None:
        try:
            operation()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(work)
        yield
        running.result(TOO_LONG)


def a_worker_comes_back(board: Board, gate: SimpleNamespace) -> bytes:
    """The first worker is silent while it makes the PDF; another makes it; then the first goes on."""
    order = orders.order_document(by=board.cast.klima, budget=board.budget)
    silent = worker()
    only(orders.JOB)
    old = fetch(silent)
    with beside(lambda: do(old)):
        assert gate.came.wait(TOO_LONG)
        sql("UPDATE procrastinate_workers SET last_heartbeat = now() - %s WHERE id = %s", LONG_AGO, silent)
        assert recover_stalled_jobs() == 1
        new = fetch(worker())
        assert (new.id, new.attempts) == (old.id, 1)
        do(new)
        gate.go_on.set()
    return bytes(DocumentOrder.objects.get(pk=order.pk).pdf or b"")


@pytest.mark.django_db(transaction=True)
def test_of_two_runs_the_newest_writes(board: Board, first_waits: SimpleNamespace) -> None:
    assert a_worker_comes_back(board, first_waits) == b"%PDF the new run"


@pytest.mark.django_db(transaction=True)
def test_control_without_holding_the_run_the_late_one_overwrites(
    board: Board, first_waits: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget.actions.orders, "hold_run", lambda: None)
    assert a_worker_comes_back(board, first_waits) == b"%PDF the old run"


def publish_and_be_replaced(board: Board, monkeypatch: pytest.MonkeyPatch) -> SummaryOrder:
    """While it renders, the job is taken over by another worker."""
    order = publications.order_summary(by=board.cast.klima, period=board.second, preview=False)
    only(publications.JOB)
    job = fetch(worker(LONG_AGO))

    def render(*arguments: Any) -> Any:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(_recover_and_close).result(TOO_LONG)
        return quick(*arguments)

    monkeypatch.setattr("publishing.jobs.render_publication", render)
    do(job)
    order.refresh_from_db()
    return order


def _recover_and_close() -> None:
    try:
        assert recover_stalled_jobs() == 1
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_a_replaced_run_publishes_nothing(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    order = publish_and_be_replaced(board, monkeypatch)
    assert (order.state, Publication.objects.count()) == ("running", 0)
    monkeypatch.setattr("publishing.jobs.render_publication", quick)
    do(fetch(worker()))  # the one that took over
    order.refresh_from_db()
    assert order.state == "done"


@pytest.mark.django_db(transaction=True)
def test_control_without_holding_the_run_it_publishes(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing.actions.publications, "hold_run", lambda: None)
    order = publish_and_be_replaced(board, monkeypatch)
    assert (order.state, Publication.objects.count()) == ("done", 1)


def end_after_takeover(manager_class: type[JobManager]) -> dict[int, tuple[str, int]]:
    """A worker that was thought dead says that its job is done, while another does it."""
    defer()
    old = fetch(worker(LONG_AGO))
    recover_stalled_jobs()
    fetch(worker())

    async def end() -> None:
        await manager_class(app.connector).finish_job(old, Status.SUCCEEDED, delete_job=True)
        await sync_to_async(connections.close_all)()

    # Beside this thread, which may have Playwright's event loop.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, end()).result(TOO_LONG)
    return states()


@pytest.mark.django_db(transaction=True)
def test_a_late_worker_does_not_end_the_job_of_another() -> None:
    assert list(end_after_takeover(OwnRuns).values()) == [("doing", 1)]


@pytest.mark.django_db(transaction=True)
def test_control_procrastinates_own_queue_ends_it() -> None:
    assert end_after_takeover(JobManager) == {}


class Interrupted:
    """A connection that breaks as often as told, and then works."""

    def __init__(self, times: int) -> None:
        self.asked, self._times = 0, times

    async def execute_query_all_async(self, _query: str, **_arguments: Any) -> list[dict[str, Any]]:
        self.asked += 1
        if self.asked <= self._times:
            raise ConnectorException
        return [{"id": 1}]


@pytest.mark.parametrize(("breaks", "asked", "gives_up"), [(0, 1, False), (2, 3, False), (9, 4, True)])
def test_a_broken_connection_does_not_leave_the_job_undone(
    monkeypatch: pytest.MonkeyPatch, breaks: int, asked: int, gives_up: bool
) -> None:
    monkeypatch.setattr("web.job_runs.RESTS_BEFORE_TELLING_AGAIN", (0, 0, 0))
    connector = Interrupted(breaks)
    job = Job(id=1, queue="default", lock=None, queueing_lock=None, task_name=TASK)
    with ThreadPoolExecutor(1) as pool:
        told = pool.submit(asyncio.run, OwnRuns(connector).finish_job(job, Status.SUCCEEDED, delete_job=True))
        assert isinstance(told.exception(TOO_LONG), ConnectorException) == gives_up
    assert connector.asked == asked


def test_the_portals_queue_is_the_one_that_asks() -> None:
    assert isinstance(app.job_manager, OwnRuns)


# --- What a run tells --------------------------------------------------------------------------------------


def told(number: int, work: Callable[[], None]) -> list[str]:
    """What the orderer is told by run `number`."""
    found: list[str] = []
    context = SimpleNamespace(job=SimpleNamespace(id=1, attempts=number - 1))
    remember_run(lambda: run_ordered(work, fail=found.append, broken="Gikk ikke."), context, None)
    return found


def test_the_third_run_does_not_work_but_tells() -> None:
    worked: list[int] = []
    assert told(1, lambda: worked.append(1)) == told(2, lambda: worked.append(2)) == []
    [sentence] = told(3, lambda: worked.append(3))
    assert sentence.startswith("Arbeidet stanset to ganger")
    assert worked == [1, 2]


def raising(error: Exception) -> Callable[[], None]:
    def work() -> None:
        raise error

    return work


def test_a_run_that_was_replaced_tells_nothing() -> None:
    assert told(1, raising(RunReplaced())) == []


def test_an_error_is_told_and_raised() -> None:
    found: list[str] = []
    with pytest.raises(PermissionDenied):
        run_ordered(raising(PermissionDenied()), fail=found.append, broken="Gikk ikke.")
    assert found == ["Gikk ikke."]


def test_a_lost_database_is_not_the_orderers_fault_and_the_job_is_tried_again() -> None:
    found: list[str] = []
    lost = OperationalError("server closed the connection")
    with pytest.raises(OperationalError):
        run_ordered(raising(lost), fail=found.append, broken="Gikk ikke.")
    assert found == []
    for name in ("emissions.read_upload", "budget.make_document", "reporting.make_summary"):
        task = app.tasks[name]
        job = SimpleNamespace(attempts=0)
        assert task.get_retry_exception(exception=lost, job=job) is not None
        assert task.get_retry_exception(exception=PermissionDenied(), job=job) is None


@pytest.mark.django_db(transaction=True)
def test_a_run_is_held_in_a_transaction_only() -> None:
    job = defer()
    fetched = fetch(worker())
    with pytest.raises(RuntimeError, match="inside the transaction"):
        remember_run(hold_run, SimpleNamespace(job=fetched), None)

    def hold() -> None:
        with transaction.atomic():
            hold_run()

    remember_run(hold, SimpleNamespace(job=fetched), None)
    sql("SELECT procrastinate_retry_job_v2(%s, NULL, NULL, NULL, NULL)", job)
    with pytest.raises(RunReplaced):
        remember_run(hold, SimpleNamespace(job=fetched), None)
    hold()  # not from the queue: nobody can have taken over
