"""The worker as a process: it waits for a database that is away, connects again, and says if it gives up."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from climate_portal.processes import until
from tests.database_gate import Gate, gate
from tests.mail_worker import PROJECT, kill, worker_environment
from web import worker_process
from web.management.commands.procrastinate import Command
from web.worker import WORKER_SILENT_AFTER

JOB = "web.send_mail"


@contextmanager
def worker_behind(database: Gate) -> Iterator[subprocess.Popen[bytes]]:
    """The worker of production, which reaches the test's database through the gate."""
    command = [
        sys.executable,
        str(PROJECT / "manage.py"),
        "procrastinate",
        "worker",
        "--delete-jobs",
        "successful",
    ]
    environment = worker_environment(DATABASE_URL=database.url)
    process = subprocess.Popen(command, cwd=PROJECT, env=environment, stdin=subprocess.DEVNULL)
    try:
        yield process
    finally:
        kill(process)


def wait_for_work(seconds: float = 90) -> None:
    """Returns when nothing waits and nobody works."""
    for _left in until(seconds, every=0.2):
        if not ProcrastinateJob.objects.filter(task_name=JOB).exists():
            return
    raise AssertionError("The job was not done.")


def lose_a_worker() -> None:
    """A job whose worker has been silent for too long."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s) RETURNING id",
            [WORKER_SILENT_AFTER + timedelta(seconds=1)],
        )
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, lock, status, worker_id)"
            " VALUES ('default', %s, '{}', 'of the dead', 'doing', %s)",
            [JOB, cursor.fetchone()[0]],
        )


@pytest.mark.django_db(transaction=True)
def test_it_connects_again_and_looks_for_stalled_jobs_all_the_time() -> None:
    with gate() as database, worker_behind(database) as worker:
        assert any(ProcrastinateWorker.objects.exists() for _left in until(90, every=0.2))
        database.shut()
        assert any(database.refused for _left in until(60, every=0.2)), "it never tried"
        app.configure_task(JOB).defer(timestamp=0)
        database.open()
        wait_for_work()
        lose_a_worker()
        wait_for_work()
        assert worker.poll() is None  # the same process all the time
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(60) == 0


@pytest.mark.django_db(transaction=True)
def test_it_waits_for_a_database_that_is_not_there_yet_and_can_be_stopped_meanwhile() -> None:
    with gate() as database:
        database.shut()
        with worker_behind(database) as worker:
            assert any(database.refused > 1 for _left in until(90, every=0.2))
            assert worker.poll() is None
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(60) == 0


def run_command() -> Any:
    try:
        Command().run_from_argv(["manage.py", "procrastinate", "--skip-checks", "worker"])
    except SystemExit as ended:
        return ended.code
    return 0


def ended_without_database(monkeypatch: pytest.MonkeyPatch, patience: timedelta) -> Any:
    nowhere = {"host": "127.0.0.1", "port": "1", "dbname": "none"}
    monkeypatch.setattr(worker_process, "connector_params", lambda: nowhere)
    monkeypatch.setattr(worker_process, "PATIENCE", patience)
    # Beside this thread, which may have Playwright's event loop.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run_command).result(60)


def test_it_ends_with_an_error_when_it_gives_up(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended_without_database(monkeypatch, timedelta(0)) == 1
    assert "Bakgrunnsjobben fikk ikke kontakt med databasen" in capsys.readouterr().err


def test_its_patience_outlasts_a_restart() -> None:
    assert timedelta(minutes=5) <= worker_process.PATIENCE
