"""The ground of the suite itself: tables emptied past triggers, no network, undefined template names fail."""

import socket

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.template import engines

from tests.conftest import NetworkUsed, empty_tables
from tests.owner import as_owner

GUARDED = """
CREATE TABLE guarded (line text);
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'vedtatt'; END $$;
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON guarded FOR EACH STATEMENT EXECUTE FUNCTION refuse();
CREATE TRIGGER no_delete BEFORE DELETE ON guarded FOR EACH ROW EXECUTE FUNCTION refuse();
INSERT INTO guarded VALUES ('a');
"""


def rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_tables_are_emptied_past_their_triggers_which_stay() -> None:
    with as_owner() as owners, owners.cursor() as cursor:
        cursor.execute(GUARDED)
    try:
        with pytest.raises(DatabaseError, match="vedtatt"), as_owner() as owners, owners.cursor() as cursor:
            cursor.execute("TRUNCATE guarded")
        empty_tables()
        assert rows("guarded") == 0
        with pytest.raises(DatabaseError, match="vedtatt"), as_owner() as owners, owners.cursor() as cursor:
            cursor.execute("TRUNCATE guarded")
    finally:
        with as_owner() as owners, owners.cursor() as cursor:
            cursor.execute("DROP TABLE guarded; DROP FUNCTION refuse")


@pytest.mark.django_db(transaction=True)
def test_jobs_and_cache_are_emptied_and_what_migrations_made_is_kept() -> None:
    cache.set("forsøk", 3)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('default', 'a')")
    assert rows("procrastinate_events") == 1
    empty_tables()
    assert [rows(name) for name in ("procrastinate_jobs", "procrastinate_events", "portal_cache")] == [
        0,
        0,
        0,
    ]
    assert ContentType.objects.exists()
    assert rows("django_migrations") > 0


def test_other_machines_cannot_be_reached() -> None:
    with pytest.raises(NetworkUsed), socket.socket() as outward:
        outward.connect(("192.0.2.1", 80))
    with pytest.raises(NetworkUsed):
        socket.getaddrinfo("kommune.example", 443)


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()


def test_undefined_name_in_a_template_fails() -> None:
    template = engines["django"].from_string("{{ finnes.ikke }}")
    with pytest.raises(pytest.fail.Exception, match=r"finnes\.ikke"):
        template.render({})
    asked = engines["django"].from_string("{% if finnes %}ja{% else %}nei{% endif %}")
    assert asked.render({}) == "nei"
