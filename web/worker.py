"""Whether background jobs are being done."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection

# The worker writes its heartbeat every ten seconds.
WORKER_SILENT_AFTER = timedelta(seconds=45)


def worker_is_up() -> bool:
    """Whether a worker has given sign of life lately; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM procrastinate_workers"
            " WHERE last_heartbeat > now() - make_interval(secs => %s))",
            [WORKER_SILENT_AFTER.total_seconds()],
        )
        return bool(cursor.fetchone()[0])
