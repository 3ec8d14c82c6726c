"""The login log: who reads it, what it tells by id, and what it never holds."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from organisation.actions.appointments import end_role, give_role
from organisation.enums import LoginLogKind, Role
from organisation.models import Appointment, LoginLogEntry
from tests.cast import PASSWORD, Cast
from tests.html_rules import broken_rules
from tests.register_checks import part_is_the_page, queries_of

pytestmark = pytest.mark.django_db

URL = "/organisasjon/innlogginger/"


@pytest.fixture(autouse=True)
def limits(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {}
    cache.clear()


def try_login(email: str, password: str) -> None:
    Client().post("/logg-inn/", {"login": email, "password": password})


def test_logins_and_failures_are_lines_without_what_was_typed(cast: Cast) -> None:
    try_login(cast.kontakt.email, "hemmelig-feil")
    try_login("ukjent@drammen.example", "hemmelig-feil")
    try_login(cast.kontakt.email, PASSWORD)
    rows = LoginLogEntry.objects.exclude(kind=LoginLogKind.ROLE_GIVEN).order_by("pk")
    assert list(rows.values_list("kind", "user", "by")) == [
        ("login_failed", cast.kontakt.pk, None),
        ("login_failed", None, None),
        ("logged_in", cast.kontakt.pk, cast.kontakt.pk),
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(line::text, ' ') FROM organisation_loginlogentry AS line")
        [written] = cursor.fetchone()
    assert "hemmelig" not in written
    assert "@" not in written


def test_changes_of_role_are_lines_by_whoever_made_them(cast: Cast) -> None:
    role = give_role(by=cast.admin, user=cast.ingen, role=Role.AUDITOR)
    end_role(by=cast.admin, appointment=role, last_day=timezone.localdate(), expected=role.version)
    Appointment.objects.filter(pk=role.pk).update(version=99)
    Appointment.objects.filter(pk=role.pk).update(valid_from="2026-01-01")
    Appointment.objects.filter(pk=role.pk).delete()
    rows = LoginLogEntry.objects.filter(user=cast.ingen).order_by("pk")
    assert list(rows.values_list("kind", "role")) == [
        ("role_given", "auditor"),
        ("role_ended", "auditor"),
        ("role_changed", "auditor"),
        ("role_ended", "auditor"),
    ]
    assert [row.by for row in rows[:2]] == [cast.admin] * 2


def test_administrator_and_auditor_read_it(cast: Cast, as_user: Any) -> None:
    for name, user in cast.people().items():
        for url in (URL, f"{URL}eksport/csv/"):
            expected = 200 if name in ("admin", "revisor") else 403
            assert as_user(user).get(url).status_code == expected, name


def test_the_list_is_filtered_by_person_kind_and_day(cast: Cast, as_user: Any) -> None:
    try_login(cast.kontakt.email, PASSWORD)
    try_login("ukjent@drammen.example", "feil")
    admin = as_user(cast.admin)
    page = admin.get(URL)
    assert not broken_rules(page.text)
    assert "ukjent adresse" in page.text
    assert 'href=""' not in page.text
    today = f"{timezone.localdate():%d.%m.%Y}"
    found = admin.get(URL, {"sok": "kontakt", "hendelse": "logged_in", "fra": today, "til": today}).text
    assert "Én linje." in found
    assert "Én linje." not in admin.get(URL, {"hendelse": "logged_in", "til": "01.01.2020"}).text
    assert admin.get(URL, {"fra": "i går"}).status_code == 422
    assert admin.get(f"{URL}eksport/csv/", {"fra": "i går"}).status_code == 404
    file = admin.get(f"{URL}eksport/csv/", {"hendelse": "logged_in"})
    assert file.getvalue().decode("utf-8-sig").count("Kontakt Eksempel") == 1
    part_is_the_page(admin, URL)


def test_many_lines_cost_no_more_queries(cast: Cast, as_user: Any) -> None:
    admin = as_user(cast.admin)
    few = queries_of(admin, URL)
    for user in cast.people().values():
        LoginLogEntry.objects.create(kind=LoginLogKind.LOGGED_IN, user=user, by=user)
    assert queries_of(admin, URL) == few


def test_a_persons_page_has_the_last_five(cast: Cast, as_user: Any) -> None:
    for _number in range(6):
        try_login(cast.kontakt.email, "feil")
    url = reverse("organisation:person", args=[cast.kontakt.pk])
    page = as_user(cast.revisor).get(url)
    # Roles are logged by the database's clock, which is ahead of Python's in tests.
    assert len(re.findall(r"<li>\d\d\.\d\d\.\d{4} \d\d\.\d\d\.\d\d: ", page.text)) == 5
    assert "Mislykket innlogging" in page.text
    assert f"{URL}?sok=Kontakt" in page.text
    assert "Mislykket" not in as_user(cast.klima).get(url).text
    with CaptureQueriesContext(connection) as queries:
        as_user(cast.kontakt).get(url)
    assert not any("loginlogentry" in query["sql"] for query in queries)
