"""Whether background jobs are being done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

# The worker writes its heartbeat every ten seconds. A job whose worker has been silent for this long is
# taken from it.
WORKER_SILENT_AFTER = timedelta(seconds=45)
# What has waited longer does not wait for its turn: the largest import is read in half of it.
STUCK_AFTER = timedelta(minutes=10)

# By the database's clock throughout, as the queue's own times are.
_SIGNS = """
SELECT sign FROM (
    SELECT greatest(
        (SELECT max(last_heartbeat) FROM procrastinate_workers),
        (SELECT to_timestamp(max(defer_timestamp)) FROM procrastinate_periodic_defers)
    )
) AS last (sign) WHERE sign < now() - make_interval(secs => %s)
"""
_WAITING = """
SELECT count(*), min(since) FROM (
    SELECT greatest(max(event.at), max(job.scheduled_at)) AS since
    FROM procrastinate_jobs job JOIN procrastinate_events event ON event.job_id = job.id
    WHERE job.status = 'todo' AND event.type IN ('deferred', 'deferred_for_retry')
    GROUP BY job.id
) AS job WHERE since < now() - make_interval(secs => %s)
"""


@dataclass(frozen=True, slots=True)
class StuckQueue:
    """Background jobs are not done: since when, how many have waited too long, and whether a worker is up."""

    since: datetime
    waiting: int
    worker_is_up: bool


def worker_is_up() -> bool:
    """Whether a worker has given sign of life lately; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM procrastinate_workers"
            " WHERE last_heartbeat > now() - make_interval(secs => %s))",
            [WORKER_SILENT_AFTER.total_seconds()],
        )
        return bool(cursor.fetchone()[0])


def stuck_queue() -> StuckQueue | None:
    """How the queue stands still, or None when it does not; two queries, and one more when it does.

    It stands still when no worker has given a sign for `STUCK_AFTER`, or a job has waited that long. Where
    no worker has ever been and nothing waits, there is nothing to tell.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SIGNS, [STUCK_AFTER.total_seconds()])
        silent_since = row[0] if (row := cursor.fetchone()) else None
        cursor.execute(_WAITING, [STUCK_AFTER.total_seconds()])
        waiting, oldest = cursor.fetchone()
    since = silent_since or oldest
    if since is None:
        return None
    return StuckQueue(since=since, waiting=waiting, worker_is_up=silent_since is None and worker_is_up())
