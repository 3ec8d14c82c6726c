"""Every release's database can be migrated to today's, and what was frozen in it is what it was.

`tests/releases/` holds the demo of each release as plain SQL (`scripts/release_dump.py`). A migration that
loses a row, makes another catalogue than an empty database gets, or changes what was adopted or published,
fails here.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
import time_machine
from django.db import connection
from django.test import Client
from psycopg import sql
from psycopg.conninfo import make_conninfo

from budget.models import BudgetSnapshot, ClimateBudget
from budget.queries.assembling import budget_table
from budget.queries.fingerprint import holds
from budget.queries.snapshots import content_sha256 as snapshot_sha256
from climate_portal.database_owner import binaries
from organisation.models import User
from publishing.actions import publications
from publishing.enums import Audience
from publishing.exports.summary_pdf import render_publication
from publishing.models import Publication
from publishing.queries.period_facts import period_facts
from publishing.queries.plain import to_plain
from publishing.words.period_summary import document_for
from reporting.models import Period, ReportVersion
from reporting.queries.frozen import canonical_json, content_sha256
from tests import owner, template
from web.actors import DEMO

FOLDER = Path(__file__).parent / "releases"
RELEASES = sorted(path.stem for path in FOLDER.glob("*.sql"))
MOST_BYTES = 5_000_000

# What was frozen, as the release itself named its tables and columns.
PUBLICATIONS = {
    "2026-11": "SELECT id, data_sha256, pdf_sha256, archive_pdf_sha256 FROM publishing_publication"
    " ORDER BY id",
}
BUDGETS = {
    "2026-11": "SELECT id, table_sha256, table_form FROM budget_climatebudget WHERE table_sha256 <> ''"
    " ORDER BY id",
}

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Release:
    """A release's database after migration, and what was in it before."""

    name: str
    address: str
    publications: Rows
    budgets: Rows


@pytest.fixture(scope="module", params=RELEASES)
def release(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Release]:
    """Loaded, looked at, migrated, and the one this process reads until the module is done."""
    database = f"kp_release_{os.getpid()}"
    address = make_conninfo(owner.address(), dbname=database)
    with psycopg.connect(owner.address(), dbname="postgres", autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
        try:
            psql(address, (FOLDER / f"{request.param}.sql").read_text())
            with psycopg.connect(address) as before:
                publications = before.execute(PUBLICATIONS[request.param]).fetchall()
                budgets = before.execute(BUDGETS[request.param]).fetchall()
            template.migrate(address)
            with django_db_blocker.unblock():
                tests_own = connection.settings_dict["NAME"]
                connection.close()
                connection.settings_dict["NAME"] = database
                try:
                    yield Release(request.param, address, publications, budgets)
                finally:
                    connection.close()
                    connection.settings_dict["NAME"] = tests_own
        finally:
            server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(database)))


@pytest.fixture
def at_the_release(release: Release, db: None) -> Release:
    """The release's database in a test's own transaction."""
    return release


def psql(address: str, text: str) -> None:
    options = ["--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", "--dbname", address]
    subprocess.run(
        [binaries() / "psql", *options], check=True, input=text, text=True, stdout=subprocess.DEVNULL
    )


def dump_of_schema(address: str) -> str:
    options = ["--schema-only", "--no-owner", "--no-privileges", "--dbname", address]
    made = subprocess.run([binaries() / "pg_dump", *options], check=True, capture_output=True, text=True)
    return made.stdout


def schema(address: str) -> set[str]:
    """The lines of the catalogue, once dumped and loaded: PostgreSQL writes a CHECK it has read differently.

    A column added later stands elsewhere in its table, which is no difference.
    """
    scratch = f"kp_scratch_{os.getpid()}"
    with psycopg.connect(owner.address(), dbname="postgres", autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(scratch)))
        try:
            copy = make_conninfo(owner.address(), dbname=scratch)
            psql(copy, dump_of_schema(address))
            lines = (line.strip().rstrip(",") for line in dump_of_schema(copy).splitlines())
            return {line for line in lines if not line.startswith(("--", "\\restrict", "\\unrestrict"))}
        finally:
            server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(scratch)))


def test_there_is_a_release_to_migrate() -> None:
    assert RELEASES
    assert set(PUBLICATIONS) == set(BUDGETS) == set(RELEASES)


@pytest.mark.parametrize("name", RELEASES)
def test_a_release_is_small_enough_to_keep(name: str) -> None:
    assert (FOLDER / f"{name}.sql").stat().st_size <= MOST_BYTES


def test_nothing_is_left_to_migrate(release: Release) -> None:
    template.manage(release.address, "migrate", "--check", "--skip-checks")


def test_the_catalogue_is_as_in_an_empty_database(release: Release) -> None:
    empty = make_conninfo(owner.address(), dbname=os.environ[template.VARIABLE])
    assert schema(release.address) == schema(empty)


def test_publications_are_what_was_published(at_the_release: Release) -> None:
    kept = Publication.objects.order_by("pk")
    fields = ("pk", "data_sha256", "pdf_sha256", "archive_pdf_sha256")
    assert list(kept.values_list(*fields)) == at_the_release.publications
    assert at_the_release.publications
    for publication in kept:
        assert content_sha256(publication.data) == publication.data_sha256
        assert hashlib.sha256(publication.pdf).hexdigest() == publication.pdf_sha256
        if publication.archive_pdf:
            assert hashlib.sha256(publication.archive_pdf).hexdigest() == publication.archive_pdf_sha256


def test_what_was_adopted_is_what_is_read(at_the_release: Release) -> None:
    adopted = ClimateBudget.objects.exclude(table_sha256="").order_by("pk")
    assert list(adopted.values_list("pk", "table_sha256", "table_form")) == at_the_release.budgets
    assert at_the_release.budgets
    for budget in adopted:
        assert holds(budget, budget_table(budget))


def test_kept_states_and_reports_have_their_hashes(at_the_release: Release) -> None:
    assert BudgetSnapshot.objects.exists()
    for snapshot in BudgetSnapshot.objects.all():
        assert snapshot_sha256(snapshot.content) == snapshot.sha256
    assert ReportVersion.objects.exists()
    for version in ReportVersion.objects.all():
        assert content_sha256(version.content) == version.sha256


def test_what_is_published_again_is_found_unchanged(at_the_release: Release) -> None:
    """The open period was published for everybody as the last thing that happened."""
    period = Period.objects.latest("opens_at")
    newest = {one.audience: one for one in period.publications.order_by("number")}
    rows = Publication.objects.count()
    assert set(newest) == set(Audience) - {Audience.AREA}
    for audience, publication in newest.items():
        with time_machine.travel(publication.published_at, tick=False):
            found = publications.publish_summary(
                by=DEMO, period=period, render=render_publication, audience=audience
            )
        assert (found.pk, found.number) == (publication.pk, publication.number)
        assert Publication.objects.count() == rows
        # Said once more from the tables, it is the bytes that were frozen.
        with time_machine.travel(publication.published_at, tick=False):
            again = document_for(
                audience, period_facts(period, publications.reach_for(period, audience, None))
            )
        assert canonical_json(to_plain(again)) == canonical_json(publication.data)


@pytest.mark.parametrize(
    "path", ["/", "/klimaregnskap/", "/strategi/", "/budsjett/", "/rapportering/", "/klimalaget/", "/apent/"]
)
def test_pages_can_be_read(at_the_release: Release, path: str) -> None:
    client = Client()
    client.force_login(User.objects.get(email="klima@drammen.example"))
    assert client.get(path).status_code == 200
