"""The demo municipality as a world for tests that sweep every page: loaded once, never changed.

Each test runs in a transaction of its own and is rolled back, so the world stays as it was loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import Client

from climate_portal.demo_data.organisation import CAST, person
from climate_portal.management.commands.load_demo import load_demo


class Undo(Exception):
    """Rolls the loaded world back."""


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
def demo(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """The demo municipality, for one test module."""
    with django_db_blocker.unblock(), demo_loaded():
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
