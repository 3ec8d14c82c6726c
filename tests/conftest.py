"""What every test stands on: the database emptied after each, no network, fast passwords.

Only the ground. The database server is tests/cluster.py; fixtures that make people and figures have
modules of their own, named in `pytest_plugins` below.
"""

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.backends.postgresql.creation import DatabaseCreation
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as property_settings

from tests.owner import as_owner, server_cursor
from tests.template import copy_for_tests

# One that another imports stands before it.
pytest_plugins: list[str] = [
    "tests.clock",
    "tests.worlds",
    "tests.demo_world",
    "tests.browser",
    "tests.every_page",
    "tests.cast",
    "tests.reporting_world",
    "tests.leadership_world",
]

# Filled by migrations, not by tests.
KEPT_TABLES = ("django_migrations", "django_content_type", "auth_permission")

# One block, so that the database is asked once: it finds the tables that have rows, and goes on only if there
# are any; then every table that refers to them, directly or through others, since CASCADE empties those too.
# The triggers of all of these that refuse TRUNCATE (bit 32 of tgtype) are turned off, the tables are emptied,
# and the triggers are turned on again. The %s is KEPT_TABLES; %% is a percent sign for psycopg.
EMPTY_TABLES = """
DO $$
DECLARE
    guard record;
    one text;
    filled boolean;
    names text[] := '{}';
    reached oid[];
BEGIN
    FOR one IN
        SELECT format('%%I.%%I', schemaname, tablename) FROM pg_tables
        WHERE schemaname = current_schema() AND NOT tablename = ANY (%s)
    LOOP
        EXECUTE 'SELECT EXISTS (SELECT 1 FROM ' || one || ')' INTO filled;
        IF filled THEN names := names || one; END IF;
    END LOOP;
    IF names = '{}' THEN RETURN; END IF;
    -- CASCADE goes on to what refers to them.
    WITH RECURSIVE reach(id) AS (
        SELECT unnest(names)::regclass::oid
        UNION SELECT conrelid FROM pg_constraint JOIN reach ON confrelid = reach.id WHERE contype = 'f'
    ) SELECT array_agg(id) INTO reached FROM reach;
    FOR guard IN
        SELECT tgrelid::regclass AS tbl, tgname AS name FROM pg_trigger
        WHERE tgrelid = ANY (reached) AND NOT tgisinternal AND tgtype & 32 <> 0  -- on TRUNCATE
    LOOP
        EXECUTE format('ALTER TABLE %%s DISABLE TRIGGER %%I', guard.tbl, guard.name);
    END LOOP;
    EXECUTE 'TRUNCATE ' || array_to_string(names, ', ') || ' CASCADE';
    FOR guard IN
        SELECT tgrelid::regclass AS tbl, tgname AS name FROM pg_trigger
        WHERE tgrelid = ANY (reached) AND NOT tgisinternal AND tgtype & 32 <> 0
    LOOP
        EXECUTE format('ALTER TABLE %%s ENABLE TRIGGER %%I', guard.tbl, guard.name);
    END LOOP;
END $$
"""


def empty_tables(*_: object) -> None:
    """Empty every table a test may have written, the background jobs' and the cache's too.

    Stands in for Django's flush, whose TRUNCATE the triggers on adopted budgets and on logs refuse, and
    which would make content types and permissions again each time.
    """
    with as_owner() as owners, owners.cursor() as cursor:
        # A test that has left something open fails, rather than waits for itself.
        cursor.execute("SET lock_timeout = '30s'")
        cursor.execute(EMPTY_TABLES, [list(KEPT_TABLES)])


# How fast the machine is says nothing about what the tests are about.
property_settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])


def pytest_configure() -> None:
    property_settings.load_profile("untimed")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.NAMES = "tests.names.names_in_tests"
    TransactionTestCase._fixture_teardown = empty_tables  # type: ignore[method-assign]
    DatabaseCreation.create_test_db = copy_for_tests  # type: ignore[method-assign]
    DatabaseWrapper._nodb_cursor = server_cursor  # type: ignore[method-assign]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Workers begin with the files that take longest, so that one is not left alone with them at the end."""
    if hasattr(config, "workerinput"):
        in_browser = {item.path for item in items if item.get_closest_marker("browser")}
        items.sort(key=lambda item: item.path not in in_browser)


class NetworkUsed(RuntimeError):
    """A test tried to reach another machine."""


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Only this machine can be reached: unix sockets and loopback."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not is_loopback(address[0]):
            raise NetworkUsed(f"A test tried to reach {address}.")
        return connect(self, address)

    def guarded_look_up(host: Any, *arguments: Any, **options: Any) -> Any:
        if host is not None and not is_loopback(host):
            raise NetworkUsed(f"A test tried to look up {host}.")
        return look_up(host, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket, "getaddrinfo", guarded_look_up)
        yield


def is_loopback(host: str | bytes) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    return name in {"localhost", "::1", "0.0.0.0", ""} or name.startswith("127.")
