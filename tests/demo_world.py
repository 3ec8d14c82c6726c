"""The demo municipality as a world for tests that sweep every page: loaded once per session.

Each module has a copy of its database. Each test runs in a transaction of its own and is rolled back, so the
world stays as it was loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from budget.queries import afterwards
from budget.queries.editions import base_of, last_year_of
from climate_portal.demo_data.organisation import CAST, person
from climate_portal.management.commands.load_demo import load_demo
from publishing.queries import period_facts
from tests.template import no_new_tables


class Undo(Exception):
    """Rolls the loaded world back."""


@contextmanager
def database_copied(source: str, name: str) -> Iterator[None]:
    """Everybody in this process works in a copy of a database meanwhile; the copy is dropped at last."""
    own = connection.settings_dict["NAME"]
    connection.close()  # a database somebody is connected to cannot be copied
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
        cursor.execute(no_new_tables(name))
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        forget()


def forget() -> None:
    """What is remembered of editions and budgets by their ids, which in another database are others'."""
    for remembered in (base_of, last_year_of, afterwards._outcome, period_facts._adopted_table):
        remembered.cache_clear()


@pytest.fixture(scope="session")
def demo_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The name of a database with the demo municipality. Loading it takes seconds, copying it does not."""
    empty = connection.settings_dict["NAME"]
    with django_db_blocker.unblock(), database_copied(empty, f"{empty}_demo"):
        load_demo()
        connection.close()
        connection.settings_dict["NAME"] = empty
        yield f"{empty}_demo"


@contextmanager
def demo_loaded() -> Iterator[None]:
    """The demo municipality, loaded as of what the clock shows and rolled back afterwards."""
    try:
        with transaction.atomic():
            load_demo()
            yield
            raise Undo
    except Undo:
        pass


@pytest.fixture(scope="module")
def demo(demo_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo municipality, for one test module: a copy of its own."""
    with django_db_blocker.unblock(), database_copied(demo_database, f"{demo_database}_module"):
        yield


@pytest.fixture
def demo_db(demo: None, db: None) -> None:
    """The demo municipality in a test's own transaction."""


def everybody() -> list[str]:
    """The logins of the demo's cast, the same as the ten roles of the portal."""
    return [login for login, *_rest in CAST]


def client_for(login: str) -> Client:
    """A client logged in as one of the cast; nobody for «»."""
    client = Client()
    if login:
        client.force_login(person(login))
    return client
