"""What is added stands: every table is known, and as the application nothing changes what is append-only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pghistory
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import override_settings
from pghistory.models import Context
from psycopg.types.json import Jsonb

from organisation.models import User
from reporting.enums import MessageKind
from reporting.models import ReportMessage
from strategy.models import DecisionNote
from tests.owner import as_owner
from tests.reporting_world import World
from web.actors import DEMO, WHO_KEYS, acting
from web.history import tracked_models
from web.models import OutboxMail
from web.triggers import append_only_models, keep_the_rules

# Every other table says append_only or @tracked. A new one that does neither is written here, with why.
ORDINARY = {
    "account_emailaddress": "allauth's; the portal writes none",
    "account_emailconfirmation": "allauth's; the portal writes none",
    "mfa_authenticator": "secrets of authenticator apps; the login log tells what happens to them",
    "socialaccount_socialaccount": "allauth's; identities from elsewhere, none yet",
    "socialaccount_socialapp": "allauth's; the portal writes none",
    "socialaccount_socialtoken": "allauth's; the portal writes none",
    "usersessions_usersession": "where somebody is logged in, until she is not",
    "auth_group": "Django's; the portal has appointments",
    "auth_group_permissions": "Django's; the portal has appointments",
    "auth_permission": "Django's; made by migrate",
    "budget_documentorder": "an order of a PDF, replaced by her next",
    "django_content_type": "Django's; made by migrate",
    "django_migrations": "Django's; written by migrate",
    "django_session": "who is logged in, until she is not",
    "emissions_municipality": "names and numbers that editions refer to",
    "emissions_sector": "names that figures refer to",
    "emissions_source": "names that figures refer to",
    "emissions_uploadreading": "how a file is read; what it became stands in its edition",
    "portal_cache": "counters of logins, until they lapse",
    "procrastinate_events": "what became of jobs; goes with them",
    "procrastinate_jobs": "work to do; gone when done",
    "procrastinate_periodic_defers": "when periodic work was last ordered",
    "procrastinate_workers": "who works now",
    "publishing_summaryorder": "an order of a PDF; the publication is what stands",
    "web_upload": "a file from upload to receipt; its bytes go when confirmed, or after a day",
    "web_uploadpart": "the bytes of a large file, kept for a day",
    "web_submission": "that a form was sent, so that it is not sent twice",
}
APPEND_ONLY = sorted({model._meta.db_table for model in append_only_models()})
TRACKED = {model._meta.db_table for model in tracked_models()}
# The context may grow, and to set a column to what it is takes nothing away.
CHANGES = {"pghistory_context": "metadata = '{}'"}
# What other triggers judge by the row: a draft's line takes its estimates along.
DELETED_WITH_A_DRAFT = {"budget_estimate"}


def rows_of(sql: str, *values: object) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] if len(row) == 1 else row for row in cursor.fetchall()]


def goes_through(*statements: str) -> bool:
    """Whether the statements, one after the other, are let through; undone in any case."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            transaction.set_rollback(True)
    except DatabaseError:
        return False
    return True


# --- Every table is known -------------------------------------------------------------------------


@pytest.mark.django_db
def test_every_table_is_append_only_tracked_or_ordinary_for_a_reason() -> None:
    tables = set(rows_of("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
    assert tables - set(APPEND_ONLY) - TRACKED == set(ORDINARY)
    assert not set(ORDINARY) & (set(APPEND_ONLY) | TRACKED)
    assert set(APPEND_ONLY) | TRACKED <= tables


@pytest.mark.django_db
def test_all_of_history_is_append_only() -> None:
    events = {model.pgh_event_model._meta.db_table for model in tracked_models()}  # type: ignore[attr-defined]
    assert len(events) > 50
    assert events | {"pghistory_context"} <= set(APPEND_ONLY)


@pytest.mark.django_db
def test_the_triggers_are_there_and_on() -> None:
    found = rows_of(
        "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgenabled = 'O' AND tgtype & 32 <> 0"
        " AND tgname LIKE 'pgtrigger_never_emptied_%%'"
    )
    assert sorted(found) == APPEND_ONLY


# --- The application tries ------------------------------------------------------------------------


COLUMNS = {
    "kind": "'name_changed'",
    "scope": "'community_direct'",
    "file_sha256": "repeat('0', 64)",
    "sha256": "repeat('0', 64)",
    "budget_id": "(SELECT min(id) FROM budget_climatebudget WHERE state = 'draft')",
    "user_id": "(SELECT min(id) FROM organisation_user)",
    "municipality_id": "(SELECT min(id) FROM emissions_municipality)",
    "report_id": "(SELECT min(id) FROM reporting_unitreport)",
}
VALUES = {
    "bool": "false",
    "bytea": "''",
    "date": "now()",
    "jsonb": "'{}'",
    "text": "'x'",
    "timestamptz": "now()",
    "uuid": "gen_random_uuid()",
    "varchar": "'x'",
}


def fill(table: str) -> None:
    """One row in a table the demo leaves empty. Events have no keys and no conditions; of others one has."""
    columns = rows_of(
        "SELECT column_name, udt_name FROM information_schema.columns WHERE table_name = %s"
        " AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'",
        table,
    )
    values = [
        COLUMNS.get(name) or VALUES.get(kind, "'{}'" if kind.startswith("_") else "1")
        for name, kind in columns
    ]
    names = ", ".join(f'"{name}"' for name, _kind in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join(values)})")


@pytest.fixture
def filled(demo_db: None) -> None:
    """The demo municipality, and a row where it has none: an empty table lets UPDATE and DELETE pass."""
    for table in APPEND_ONLY:
        if not rows_of(f"SELECT 1 FROM {table} LIMIT 1"):
            fill(table)


def change(table: str) -> str:
    first = rows_of(
        "SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
        " AND attgenerated = '' AND attidentity <> 'a' ORDER BY attnum LIMIT 1",
        table,
    )[0]
    return f"UPDATE {table} SET {CHANGES.get(table, f'{first} = {first}')}"


def ignoring(table: str) -> str:
    names = rows_of(
        "SELECT string_agg(tgname, ',') FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
        table,
    )[0]
    return f"SELECT set_config('pgtrigger.ignore', '{{{names}}}', true)"


ATTACKS = {
    "UPDATE": lambda table: [change(table)],
    "DELETE": lambda table: [f"DELETE FROM {table}"],
    "TRUNCATE": lambda table: [f"TRUNCATE {table}"],
    "TRUNCATE CASCADE": lambda table: [f"TRUNCATE {table} CASCADE"],
    "ignore, UPDATE": lambda table: [ignoring(table), change(table)],
    "ignore, DELETE": lambda table: [ignoring(table), f"DELETE FROM {table}"],
    "ignore, TRUNCATE": lambda table: [ignoring(table), f"TRUNCATE {table} CASCADE"],
    "DISABLE TRIGGER": lambda table: [f"ALTER TABLE {table} DISABLE TRIGGER ALL", change(table)],
    "replication": lambda table: ["SET LOCAL session_replication_role = replica", change(table)],
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_as_the_application_nothing_is_taken_away(filled: None, attack: str) -> None:
    assert rows_of("SELECT rolsuper FROM pg_roles WHERE rolname = session_user") == [False]
    passed = {table for table in APPEND_ONLY if goes_through(*ATTACKS[attack](table))}
    assert passed == (DELETED_WITH_A_DRAFT if "DELETE" in attack else set())


@pytest.mark.parametrize("attack", ["DISABLE TRIGGER", "replication", "TRUNCATE", "TRUNCATE CASCADE"])
def test_it_is_the_role_that_is_refused_there(filled: None, attack: str) -> None:
    statement = ATTACKS[attack]("publishing_publication")[0]
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
        rows_of(statement)


@pytest.mark.parametrize("statement", ["UPDATE web_submission SET user_id = 2", "DELETE FROM web_submission"])
def test_control_an_ordinary_table_is_changed_and_emptied_by_rows(db: None, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO web_submission (token, user_id, created, result_url) VALUES ('a', 1, now(), '')"
        )
        cursor.execute(statement)
        assert cursor.rowcount > 0


# --- The owner can --------------------------------------------------------------------------------


@contextmanager
def scratch() -> Iterator[str]:
    """As the owner: a table with the triggers of a log on it, and a row in it. Nothing is left of it."""
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE scratch AS SELECT 1 AS id")
        for name, definition in rows_of(
            "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger"
            " WHERE tgrelid = 'strategy_decisionnote'::regclass AND NOT tgisinternal"
            " AND tgname ~ '^pgtrigger_(append_only|never_emptied)_'"
        ):
            assert name in definition
            cursor.execute(definition.replace("public.strategy_decisionnote", "scratch"))
        yield "scratch"
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attack", ATTACKS)
def test_control_the_same_as_owner(attack: str) -> None:
    with scratch() as table:
        assert rows_of("SELECT count(*) FROM pg_trigger WHERE tgrelid = 'scratch'::regclass") == [2]
        # The triggers hold the owner too, until it takes them away, which it can.
        may = attack not in ("UPDATE", "DELETE", "TRUNCATE", "TRUNCATE CASCADE")
        assert goes_through(*ATTACKS[attack](table)) is may


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attack", ["UPDATE", "DELETE", "TRUNCATE", "TRUNCATE CASCADE"])
def test_control_without_the_triggers(attack: str) -> None:
    with scratch() as table, connection.cursor() as cursor:
        cursor.execute("ALTER TABLE scratch DISABLE TRIGGER USER")
        assert goes_through(*ATTACKS[attack](table))


@pytest.mark.django_db(transaction=True)
def test_a_trigger_that_is_installed_lets_anybody_ignore_until_the_rules_are_kept_again() -> None:
    body = "SELECT prosrc FROM pg_proc WHERE proname = '_pgtrigger_should_ignore'"
    with as_owner(), transaction.atomic():
        kept = rows_of(body)
        assert "session_user" in kept[0]
        trigger = next(one for one in DecisionNote._meta.triggers if one.name == "append_only")  # type: ignore[attr-defined]
        trigger.install(DecisionNote)
        assert "session_user" not in rows_of(body)[0]
        keep_the_rules(using="default")
        assert rows_of(body) == kept
        transaction.set_rollback(True)


# --- Who and why ----------------------------------------------------------------------------------


def someone() -> User:
    return User.objects.create(email="ada@kommune.example", name="Ada Eksempel")


@pytest.mark.django_db
def test_the_context_grows_as_history_needs() -> None:
    with acting(DEMO, "Først"):
        user = someone()
        pghistory.context(later="Mer")
        user.is_active = False
        user.save()
    known = Context.objects.get(metadata__later="Mer").metadata
    assert (known["reason"], known["later"]) == ("Først", "Mer")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "what",
    [
        "metadata = metadata - 'reason'",
        'metadata = metadata || \'{"actor_id": 1, "system": "worker"}\'',
        "metadata = metadata || '{\"actor_id\": 1}'",
        "id = gen_random_uuid()",
        "created_at = now() - interval '1 day'",
    ],
)
def test_nothing_in_the_context_is_exchanged(what: str) -> None:
    with acting(DEMO, "Derfor"):
        someone()
    with (
        pytest.raises(DatabaseError, match="append-only: cannot update"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE pghistory_context SET {what}")


# What the application might add to history that stands, and to whom it stands.
ADDED = {
    "a person to a system actor": ({"system": "demo"}, {"actor_id": 5}),
    "a system actor to a person": ({"actor_id": 5}, {"system": "demo"}),
    "a person to nobody": ({}, {"actor_id": 5}),
    "a reason": ({"actor_id": 5}, {"reason": "Derfor"}),
    "that it was undone": ({"actor_id": 5}, {"undoes": ["x"]}),
}
GROWS = "UPDATE pghistory_context SET metadata = metadata || %s WHERE id = %s"


def stands(metadata: dict[str, Any], age: str) -> Any:
    """A context that began so long before this transaction, by the database's clock."""
    return rows_of(
        "INSERT INTO pghistory_context (id, created_at, updated_at, metadata)"
        " VALUES (gen_random_uuid(), now() - %s::interval, now(), %s) RETURNING id",
        age,
        Jsonb(metadata),
    )[0]


def grows(metadata: dict[str, Any], added: dict[str, Any], age: str) -> bool:
    context = stands(metadata, age)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(GROWS, [Jsonb(added), context])
            return cursor.rowcount == 1
    except DatabaseError:
        return False


@pytest.mark.django_db
@pytest.mark.parametrize("age", ["1 microsecond", "-1 minute", "1 year"])
@pytest.mark.parametrize("added", ADDED)
def test_the_context_grows_in_its_own_transaction_only(added: str, age: str) -> None:
    assert not grows(*ADDED[added], age=age)


@pytest.mark.django_db
@pytest.mark.parametrize("added", ADDED)
def test_control_in_its_own_transaction_all_but_who(added: str) -> None:
    assert grows(*ADDED[added], age="0") is not bool(set(WHO_KEYS) & set(ADDED[added][1]))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("added", ADDED)
def test_control_the_context_without_its_triggers(added: str) -> None:
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE pghistory_context DISABLE TRIGGER USER")
        assert grows(*ADDED[added], age="1 year")
        transaction.set_rollback(True)


# --- What has an age ------------------------------------------------------------------------------


def sent(days: int) -> int:
    """A mail that was sent so many days ago, by the database's clock."""
    mail = OutboxMail.objects.create(
        key=f"{days}", kind="test", recipient_id=1, address="ada@kommune.example", message_id=f"<{days}@x>"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE web_outboxmail SET state = 'sent', sent_at = now() - make_interval(days => %s)"
            " WHERE id = %s",
            [days, mail.pk],
        )
    return mail.pk


@pytest.mark.django_db
def test_sent_mail_is_deleted_when_it_is_old_enough_and_never_changed() -> None:
    for days in (729, 731):
        old = sent(days)
        assert not goes_through(f"UPDATE web_outboxmail SET subject = 'Ny' WHERE id = {old}")
        assert goes_through(f"DELETE FROM web_outboxmail WHERE id = {old}") is (days > 730)


@pytest.mark.django_db(transaction=True)
def test_the_age_is_the_settings_once_the_tables_are_migrated() -> None:
    with as_owner(), transaction.atomic():
        old = sent(20)
        with override_settings(SENT_MAIL_KEPT_DAYS=10):
            assert not goes_through(f"DELETE FROM web_outboxmail WHERE id = {old}")
            keep_the_rules(using="default")
            assert goes_through(f"DELETE FROM web_outboxmail WHERE id = {old}")
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_the_application_cannot_say_another_age() -> None:
    assert not goes_through(
        "CREATE OR REPLACE FUNCTION public.days_kept(setting text) RETURNS integer LANGUAGE sql RETURN 0"
    )
    assert not goes_through("CREATE TEMPORARY TABLE emissions_editionundone (edition_number bigint)")


# --- What docs/drift.md tells the owner to do -------------------------------------------------------


GUIDE = (Path(__file__).parents[1] / "docs" / "drift.md").read_text(encoding="utf-8")
OF_LOGIN_LOG, OF_MAIL = re.findall(r"```sql\n(.*?)```", GUIDE, re.DOTALL)


@pytest.mark.django_db
def test_the_guide_names_triggers_that_are_there() -> None:
    named = set(re.findall(r"pgtrigger_[a-z_]+_[0-9a-f]{5}", GUIDE))
    there = rows_of("SELECT tgname FROM pg_trigger WHERE tgname = ANY (%s)", list(named))
    assert named == set(there) != set()


@pytest.mark.django_db
def test_the_application_deletes_the_login_log_as_the_guide_says() -> None:
    for days in (364, 366):
        rows_of(
            "INSERT INTO organisation_loginlogentry (kind, user_id, at, by_system)"
            " VALUES ('name_changed', %s, now() - make_interval(days => %s), '') RETURNING id",
            someone().pk if days == 364 else User.objects.get().pk,
            days,
        )
    with connection.cursor() as cursor:
        cursor.execute(OF_LOGIN_LOG)
    assert rows_of("SELECT at > now() - interval '365 days' FROM organisation_loginlogentry") == [True]


@pytest.mark.django_db
def test_the_application_deletes_old_mail_as_the_guide_says(world: World) -> None:
    statements = [one.strip() for one in OF_MAIL.split(";") if one.strip() not in ("", "BEGIN", "COMMIT")]
    mails = [sent(729), sent(731)]
    for mail in mails:
        ReportMessage.objects.create(
            period=world.period, user=world.cast.klima, kind=MessageKind.DIGEST, mail_id=mail
        )
    # The mail cannot go before the line that points at it, nor a line before its time.
    assert not goes_through(statements[1], "SET CONSTRAINTS ALL IMMEDIATE")
    assert not goes_through(f"DELETE FROM reporting_reportmessage WHERE mail_id = {mails[0]}")
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    assert rows_of("SELECT mail_id FROM reporting_reportmessage WHERE mail_id = ANY (%s)", mails) == mails[:1]
    assert rows_of("SELECT id FROM web_outboxmail WHERE id = ANY (%s)", mails) == mails[:1]
