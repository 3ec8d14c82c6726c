"""One's own page: the password, and where one is logged in; ended, and ended at once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from organisation.models import LoginLogEntry, User
from organisation.words.sessions import browser_in_words
from tests.cast import PASSWORD, Cast
from tests.html_rules import broken_rules

pytestmark = pytest.mark.django_db

NEW = "en lang setning om været i dag"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"


@pytest.fixture(autouse=True)
def limits(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"code": "5/10m/key"}
    cache.clear()


def logged_in(user: User, agent: str = FIREFOX, password: str = PASSWORD) -> Client:
    client = Client(headers={"User-Agent": agent})
    answer = client.post("/logg-inn/", {"login": user.email, "password": password})
    assert answer.status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("account_own")).status_code == 200


def kinds(user: User) -> list[str]:
    rows = LoginLogEntry.objects.filter(user=user).exclude(kind="role_given")
    return list(rows.order_by("pk").values_list("kind", flat=True))


def test_the_page_says_who_one_is_and_where(cast: Cast) -> None:
    logged_in(cast.kontakt, EDGE)
    page = logged_in(cast.kontakt).get(reverse("account_own"))
    assert not broken_rules(page.text)
    for said in (cast.kontakt.name, cast.kontakt.email, "Admin Eksempel", "Edge på Windows", "127.0.0.1"):
        assert said in page.text
    assert re.search(r"Firefox på Linux</strong> \(denne\)", page.text)
    assert page.text.count("/avslutt/") == 2, "the other one, and all"


def test_it_stands_under_ones_name(cast: Cast, as_user: Any) -> None:
    assert f'href="{reverse("account_own")}">Min konto' in as_user(cast.kontakt).get("/").text


def test_another_password_ends_all_other_sessions_at_once(cast: Cast) -> None:
    here, there = logged_in(cast.kontakt), logged_in(cast.kontakt, EDGE)
    url = reverse("account_password")
    assert not broken_rules(here.get(url).text)
    wrong = here.post(url, {"present": "feil", "password": NEW})
    assert wrong.status_code == 422
    assert "Passordet er ikke riktig." in wrong.text
    assert is_in(there)
    assert here.post(url, {"present": PASSWORD, "password": "kort"}).status_code == 422
    done = here.post(url, {"present": PASSWORD, "password": NEW})
    assert (done.status_code, done["Location"]) == (303, reverse("account_own"))
    assert is_in(here)
    assert not is_in(there)
    assert UserSession.objects.get(user=cast.kontakt).session_key == here.session.session_key
    logged_in(cast.kontakt, password=NEW)
    assert kinds(cast.kontakt) == ["logged_in"] * 2 + ["password_changed", "logged_in"]


def test_whoever_has_a_session_does_not_guess_the_password(cast: Cast, as_user: Any) -> None:
    client, url = as_user(cast.kontakt), reverse("account_password")
    for _number in range(5):
        assert client.post(url, {"present": "feil", "password": NEW}).status_code == 422
    late = client.post(url, {"present": PASSWORD, "password": NEW})
    assert late.status_code == 422
    assert "For mange forsøk" in late.text


def test_signing_out_everywhere_leaves_this_one(cast: Cast, as_user: Any) -> None:
    here, there, unlisted = logged_in(cast.kontakt), logged_in(cast.kontakt, EDGE), as_user(cast.kontakt)
    other = logged_in(cast.annen)
    assert here.post(reverse("account_end_all")).status_code == 303
    assert [is_in(client) for client in (here, there, unlisted, other)] == [True, False, False, True]
    assert UserSession.objects.filter(user=cast.kontakt).count() == 1
    assert kinds(cast.kontakt)[-1] == "signed_out_all"
    logged_in(cast.kontakt)


def test_one_is_ended_and_nobody_elses(cast: Cast) -> None:
    here, there, other = logged_in(cast.kontakt), logged_in(cast.kontakt, EDGE), logged_in(cast.annen)
    mine = UserSession.objects.get(session_key=there.session.session_key)
    foreign = UserSession.objects.get(session_key=other.session.session_key)
    for pk in (mine.pk, mine.pk, foreign.pk, 999_999):
        assert here.post(reverse("account_end_session", args=[pk])).status_code == 303
    assert [is_in(client) for client in (here, there, other)] == [True, False, True]


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (EDGE, "Edge på Windows"),
        (FIREFOX, "Firefox på Linux"),
        ("curl/8", "Ukjent nettleser"),
        ("", "Ukjent nettleser"),
    ],
)
def test_a_browser_in_words(agent: str, said: str) -> None:
    assert browser_in_words(agent) == said
