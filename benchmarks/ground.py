"""What is measured on: an own database with production's settings in a folder that is thrown away."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from climate_portal import environment
from climate_portal.database import Cluster, export
from climate_portal.demo import HOST

# What a developer's shell may carry that would change what is measured.
FOREIGN = (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "DEBUG",
    "ALLOWED_HOSTS",
    "DEFAULT_FROM_EMAIL",
    "TILGJENGELIGHETSERKLAERING_URL",
)
_owner_address = ""


@contextmanager
def own_database(port: int) -> Iterator[None]:
    """Environment and database of a run; both servers and the folder are gone afterwards.

    Everything measured works as the application; `as_owner` is for what is made to measure against.

    The server is as durable as in production: fsync is part of what saving a figure costs.
    """
    for name in [*FOREIGN, *(name for name in os.environ if name.startswith("PORTAL_"))]:
        os.environ.pop(name, None)
    # Short, because a socket's path may be no longer than 107 bytes; open for the system user as root.
    folder = Path(tempfile.mkdtemp(prefix="kp-bench-", dir="/tmp"))
    folder.chmod(0o711)
    os.environ.update(
        PORTAL_DATA_DIR=str(folder),
        PORTAL_DEMO="1",
        PORTAL_STATIC_MANIFEST="1",
        SITE_ORIGIN=f"http://{HOST}:{port}",
        WEB_CONCURRENCY="1",
        DJANGO_SETTINGS_MODULE="climate_portal.settings",
    )
    global _owner_address
    environment.prepare_for("prepare_demo")
    cluster = Cluster(folder, tied=True)
    try:
        addresses = cluster.open()
        _owner_address = addresses.owner
        export(addresses, folder)
        yield
    finally:
        cluster.close()
        shutil.rmtree(folder, ignore_errors=True)


def as_owner(statement: str) -> None:
    """Run what only the owner of the tables may."""
    with psycopg.connect(_owner_address, autocommit=True) as connection:
        connection.execute(statement.encode())
