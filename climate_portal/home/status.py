"""What monitoring asks: is the process alive, and can the portal do its work?"""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

from web.access import is_set_up
from web.worker import worker_is_up


def live(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    """200 when database, migrations and worker are there and the portal is set up, else 503; one word."""
    is_ready = _migrated() and _set_up() and _worker_is_up()
    return HttpResponse(
        "ok" if is_ready else "nei", content_type="text/plain", status=200 if is_ready else 503
    )


def _migrated() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def _set_up() -> bool:
    try:
        return is_set_up()
    except DatabaseError:
        return False


def _worker_is_up() -> bool:
    try:
        return worker_is_up()
    except DatabaseError:
        return False
