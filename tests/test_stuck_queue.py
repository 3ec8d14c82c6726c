"""Background jobs that are not done are told on Min side, to those who can have them started again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django import app

from organisation.models import User
from tests.cast import Cast
from tests.html_rules import broken_rules
from web.formats import format_datetime
from web.worker import STUCK_AFTER, WORKER_SILENT_AFTER, stuck_queue

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
TITLE = "Bakgrunnsjobben står stille"
TOO_LONG, NOT_YET = STUCK_AFTER + timedelta(minutes=1), STUCK_AFTER - timedelta(minutes=1)


def sql(statement: str, *values: object) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0] if cursor.description else None


def waiting_for(age: timedelta) -> int:
    """A job that has been in the queue for so long by the database's clock."""
    job: int = app.configure_task("web.send_mail").defer(timestamp=0)
    sql("UPDATE procrastinate_events SET at = now() - %s WHERE job_id = %s", age, job)
    return job


def worker(silent_for: timedelta) -> None:
    sql("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s)", silent_for)


def told(people: Cast, as_user: AsUser) -> set[str]:
    found = set()
    for name, person in people.people().items():
        answer = as_user(person).get(reverse("min_side"))
        if TITLE in answer.content.decode():
            found.add(name)
    return found


def test_klima_and_the_administrator_are_told(cast: Cast, as_user: AsUser) -> None:
    assert told(cast, as_user) == set()
    waiting_for(TOO_LONG)
    assert told(cast, as_user) == {"klima", "admin"}
    page = as_user(cast.admin).get(reverse("min_side")).content.decode()
    assert broken_rules(page) == []
    assert "Be den som drifter portalen starte bakgrunnsjobben igjen." in page
    stuck = stuck_queue()
    assert stuck is not None
    assert format_datetime(stuck.since) in page


def test_a_queue_that_moves_is_not_told() -> None:
    waiting_for(NOT_YET)
    worker(timedelta(0))
    assert stuck_queue() is None


def test_what_is_put_back_waits_from_then() -> None:
    job = waiting_for(TOO_LONG)
    sql("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", job)
    sql("SELECT procrastinate_retry_job_v2(%s, NULL, NULL, NULL, NULL)", job)
    assert stuck_queue() is None


def test_what_is_meant_for_later_does_not_wait() -> None:
    job = waiting_for(TOO_LONG)
    assert stuck_queue() is not None
    sql("UPDATE procrastinate_jobs SET scheduled_at = now() + interval '1 hour' WHERE id = %s", job)
    assert stuck_queue() is None


def test_a_worker_that_is_up_beside_a_queue_that_stands_is_another_sentence(
    cast: Cast, as_user: AsUser
) -> None:
    waiting_for(TOO_LONG)
    waiting_for(TOO_LONG)
    worker(timedelta(0))
    stuck = stuck_queue()
    assert stuck is not None
    assert (stuck.worker_is_up, stuck.waiting) == (True, 2)
    page = as_user(cast.klima).get(reverse("min_side")).content.decode()
    assert "Den er i gang, men 2 oppgaver har ventet siden" in page


def test_a_worker_that_is_gone_is_told_though_nothing_waits() -> None:
    worker(WORKER_SILENT_AFTER + timedelta(seconds=1))  # a restart
    assert stuck_queue() is None
    sql("UPDATE procrastinate_workers SET last_heartbeat = now() - %s", TOO_LONG)
    stuck = stuck_queue()
    assert stuck is not None
    assert (stuck.worker_is_up, stuck.waiting) == (False, 0)


def test_a_worker_that_was_stopped_is_known_by_what_it_last_ordered() -> None:
    sql(
        "INSERT INTO procrastinate_periodic_defers (task_name, defer_timestamp)"
        " VALUES ('web.send_mail', extract(epoch FROM now() - %s::interval)::bigint)",
        TOO_LONG,
    )
    assert stuck_queue() is not None
    worker(timedelta(0))
    assert stuck_queue() is None


def test_ready_says_what_it_said(client: Client) -> None:
    worker(timedelta(0))
    waiting_for(TOO_LONG)
    assert client.get("/ready").status_code == 200
