"""What monitoring asks: is the process alive, and can the portal do its work?"""

from __future__ import annotations

from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

# The worker writes its heartbeat every ten seconds.
WORKER_SILENT_AFTER = timedelta(seconds=45)


def live(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    """200 when database, migrations and worker are there, else 503; one word either way."""
    is_ready = _migrated() and _worker_is_up()
    return HttpResponse(
        "ok" if is_ready else "nei", content_type="text/plain", status=200 if is_ready else 503
    )


def _migrated() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def _worker_is_up() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT 1 FROM procrastinate_workers"
                " WHERE last_heartbeat > now() - make_interval(secs => %s))",
                [WORKER_SILENT_AFTER.total_seconds()],
            )
            return bool(cursor.fetchone()[0])
    except DatabaseError:
        return False
