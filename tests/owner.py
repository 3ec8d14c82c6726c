"""The owner of the tables, for what the application may not do: triggers off, tables made or emptied.

Tests work in the database as the portal does, as a role that owns nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.base import DatabaseWrapper

from climate_portal import environment

# Not DATABASE_OWNER_URL, which settings forget.
VARIABLE = "TESTS_OWNER_DATABASE_URL"

_server_cursor_of = DatabaseWrapper._nodb_cursor


@contextmanager
def as_owner() -> Iterator[BaseDatabaseWrapper]:
    """Everything this thread does meanwhile is done by the owner, in transactions of its own.

    What the test has not committed is not there for the owner, and what it holds is waited for.
    """
    own = connections[DEFAULT_DB_ALIAS]
    owners = _owners(own)
    connections[DEFAULT_DB_ALIAS] = owners
    try:
        yield owners
    finally:
        connections[DEFAULT_DB_ALIAS] = own
        owners.close()


def server_cursor(connection: DatabaseWrapper) -> Any:
    """Stands in for Django's cursor on the server as a whole: only the owner makes and drops databases."""
    return _server_cursor_of(_owners(connection))


def address() -> str:
    return os.environ[VARIABLE]


def _owners(connection: BaseDatabaseWrapper) -> Any:
    copied: Any = connection.copy()
    copied.settings_dict |= {
        name: value for name, value in environment.database(VARIABLE).items() if name != "NAME"
    }
    return copied
