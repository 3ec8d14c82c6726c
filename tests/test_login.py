"""Logging in and out: no hints to strangers, a limit that says how long, and always back to this site."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from organisation.forms.login import PortalAccountAdapter
from tests.html_rules import broken_rules
from tests.small_site import PASSWORD, make_user, small_site  # noqa: F401
from tests.test_http import ELSEWHERE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_site")]

EMAIL = "kontakt@drammen.example"


@pytest.fixture(autouse=True)
def limits(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "5/10m/key"}
    cache.clear()


def log_in(client: Client, email: str = EMAIL, password: str = PASSWORD, **data: str) -> Any:
    return client.post("/logg-inn/", {"login": email, "password": password, **data})


def is_logged_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def test_the_page_keeps_the_rules_and_names_its_fields(client: Client) -> None:
    response = client.get("/logg-inn/?next=/budsjett/")
    assert response.status_code == 200
    assert not broken_rules(response.text)
    assert 'name="login"' in response.text
    assert 'name="password"' in response.text
    assert 'autocomplete="current-password"' in response.text
    assert '<input type="hidden" name="next" value="/budsjett/">' in response.text
    assert "E-postadresse" in response.text
    assert not re.search(r"Password|Sign [Ii]n|Email|Remember|Forgot", response.text)
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("email", [EMAIL, "  KONTAKT@Drammen.example "])
def test_logging_in(client: Client, email: str) -> None:
    user = make_user()
    response = log_in(client, email)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert is_logged_in(client)
    user.refresh_from_db()
    assert user.last_login is not None


def test_the_session_changes_its_key(client: Client) -> None:
    make_user()
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key
    client.get("/logg-inn/")
    log_in(client)
    assert client.session.session_key != planted
    assert not type(session)().exists(planted)


def test_the_session_lasts_a_day_at_most(client: Client) -> None:
    make_user()
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        log_in(client)
        clock.shift(timedelta(hours=23))
        assert is_logged_in(client)
        clock.shift(timedelta(hours=2))
        assert not is_logged_in(client)


def test_the_login_lasts_no_longer_than_the_browser_is_open(client: Client) -> None:
    make_user()
    assert not log_in(client).cookies["sessionid"]["max-age"]


# --- Refused ----------------------------------------------------------------------------------


def without_what_always_differs(html: str) -> str:
    html = re.sub(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]*', r"\1", html)
    return html.replace("ukjent@drammen.example", EMAIL)


def test_a_wrong_password_is_422_and_says_so_in_norwegian(client: Client) -> None:
    make_user()
    response = log_in(client, password="feil")
    assert response.status_code == 422
    assert "Feil e-postadresse eller passord. Prøv igjen." in response.text
    assert f'value="{EMAIL}"' in response.text, "what was typed stays"
    assert "feil" not in re.findall(r'name="password"[^>]*', response.text)[0]
    assert not is_logged_in(client)


def test_empty_fields_are_422_and_say_what_is_missing(client: Client) -> None:
    response = log_in(client, email="", password="")
    assert response.status_code == 422
    assert response.text.count("Må fylles ut.") >= 2


def test_strangers_learn_nothing_about_who_has_an_account(client: Client) -> None:
    make_user()
    make_user("sluttet@drammen.example", is_active=False)
    wrong = log_in(client, password="feil")
    unknown = log_in(client, "ukjent@drammen.example")
    closed = log_in(client, "sluttet@drammen.example")
    assert wrong.status_code == unknown.status_code == closed.status_code == 422
    expected = without_what_always_differs(wrong.text)
    assert without_what_always_differs(unknown.text) == expected
    assert without_what_always_differs(closed.text.replace("sluttet@drammen.example", EMAIL)) == expected
    assert not is_logged_in(client)


def test_an_unknown_account_costs_a_password_check_too(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    monkeypatch.setattr(
        "organisation.models.User.set_password", lambda user, password: hashed.append(password)
    )
    log_in(client, "ukjent@drammen.example")
    assert hashed == [PASSWORD]


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    assert getattr(client, method)("/logg-inn/").status_code == 405
    assert getattr(client, method)("/logg-ut/").status_code == 405


def test_head_and_many_gets_cost_no_attempts(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    for _number in range(3):
        assert client.get("/logg-inn/").status_code == 200
        assert client.head("/logg-inn/").status_code == 200


# --- Limits -----------------------------------------------------------------------------------


@pytest.mark.parametrize("email", [EMAIL, "ukjent@drammen.example"])
def test_after_five_failures_the_account_waits_ten_minutes(client: Client, email: str) -> None:
    make_user()
    with time_machine.travel("2026-09-01T08:00:00Z", tick=False) as clock:
        for _number in range(5):
            assert log_in(client, email, "feil").status_code == 422
        clock.shift(timedelta(minutes=3, seconds=20))
        refused = log_in(client, email, PASSWORD)
        assert refused.status_code == 429, "the right password too"
        assert "Vent 7 minutter og prøv igjen." in refused.text
        assert refused["Retry-After"] == "400"
        assert not broken_rules(refused.text)
        assert f'value="{email}"' in refused.text
        assert not is_logged_in(client)
        clock.shift(timedelta(minutes=6, seconds=41))
        assert log_in(client, email, PASSWORD).status_code == (302 if email == EMAIL else 422)


def test_the_last_seconds_are_counted_in_seconds(client: Client) -> None:
    with time_machine.travel("2026-09-01T08:00:00Z", tick=False) as clock:
        for _number in range(5):
            log_in(client, EMAIL, "feil")
        clock.shift(timedelta(minutes=9, seconds=59))
        assert "Vent 1 sekund og prøv igjen." in log_in(client, EMAIL, "feil").text


def test_one_account_waiting_stops_nobody_else(client: Client) -> None:
    make_user("annen@drammen.example")
    for _number in range(6):
        log_in(client, EMAIL, "feil")
    assert log_in(client, "annen@drammen.example").status_code == 302


def test_spelling_the_address_otherwise_gives_no_new_attempts(client: Client) -> None:
    make_user()
    for number in range(5):
        log_in(client, EMAIL.upper() if number % 2 else f" {EMAIL}", "feil")
    assert log_in(client, EMAIL, "feil").status_code == 429
    other_name = client.post("/logg-inn/", {"login": EMAIL, "password": "x"}, headers={"Host": "localhost"})
    assert other_name.status_code == 429


def test_right_passwords_use_up_nothing(client: Client) -> None:
    make_user()
    for _number in range(8):
        assert log_in(client).status_code == 302
        client.logout()


def test_an_address_waits_after_too_many_logins(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip", "login_failed": "5/10m/key"}
    with time_machine.travel("2026-09-01T08:00:00Z", tick=False) as clock:
        for number in range(3):
            log_in(client, f"person{number}@drammen.example", "feil")
            clock.shift(timedelta(seconds=5))
        refused = log_in(client, "person9@drammen.example", "feil")
        assert refused.status_code == 429
        assert "Vent 45 sekunder og prøv igjen." in refused.text
        assert log_in(Client(REMOTE_ADDR="192.0.2.7"), "person9@drammen.example", "x").status_code == 422


# --- Where one lands --------------------------------------------------------------------------


@pytest.mark.parametrize("url", ["/budsjett/detalj/?fane=2#x", "/historikk/organisation.unit/1/"])
def test_one_lands_where_one_was_going(client: Client, url: str) -> None:
    make_user()
    assert log_in(client, next=url)["Location"] == url


@pytest.mark.parametrize("url", [url for url in ELSEWHERE if url and "\x00" not in url])
@pytest.mark.parametrize("how", ["post", "get", "already"])
def test_one_never_lands_elsewhere(client: Client, url: str, how: str) -> None:
    make_user()
    if how == "already":
        log_in(client)
        response = client.get("/logg-inn/", {"next": url})
    elif how == "post":
        response = log_in(client, next=url)
    else:
        page = client.get("/logg-inn/", {"next": url})
        assert 'name="next"' not in page.text
        response = client.post(
            "/logg-inn/", {"login": EMAIL, "password": PASSWORD}, query_params={"next": url}
        )
    assert response["Location"] == "/"


@pytest.mark.parametrize("url", [url for url in ELSEWHERE if url and "\x00" in url])
def test_one_with_signs_nobody_can_read_is_refused(client: Client, url: str) -> None:
    make_user()
    assert log_in(client, next=url).status_code == 400
    assert client.get("/logg-inn/", {"next": url}).status_code == 400


def test_who_is_logged_in_already_just_moves_on(client: Client) -> None:
    make_user()
    log_in(client)
    response = client.get("/logg-inn/?next=/budsjett/")
    assert (response.status_code, response["Location"]) == (303, "/budsjett/")


def test_two_clicks_on_log_in_end_logged_in() -> None:
    make_user()
    client = Client(enforce_csrf_checks=True)
    form = client.get("/logg-inn/").text
    token = re.findall(r'csrfmiddlewaretoken" value="([^"]*)', form)[0]
    first = log_in(client, csrfmiddlewaretoken=token)
    second = log_in(client, csrfmiddlewaretoken=token)
    assert first.status_code == second.status_code == 302
    assert second["Location"] == "/"


# --- Out --------------------------------------------------------------------------------------


def test_logging_out_asks_first_and_ends_the_session(client: Client) -> None:
    make_user()
    log_in(client)
    key = client.session.session_key
    page = client.get("/logg-ut/")
    assert page.status_code == 200
    assert not broken_rules(page.text)
    assert is_logged_in(client), "a GET logs nobody out"
    response = client.post("/logg-ut/")
    assert (response.status_code, response["Location"]) == (303, "/logg-inn/")
    assert not is_logged_in(client)
    assert not type(client.session)().exists(key)


def test_logging_out_twice_is_fine(client: Client) -> None:
    assert client.post("/logg-ut/")["Location"] == "/logg-inn/"
    assert client.get("/logg-ut/")["Location"] == "/logg-inn/"


def test_nobody_signs_up_and_nothing_else_of_allauth_is_there(client: Client) -> None:
    assert not PortalAccountAdapter().is_open_for_signup(None)  # type: ignore[arg-type]
    for path in ("signup/", "password/reset/", "email/", "login/", "inactive/"):
        assert client.get(f"/accounts/{path}").status_code == 404
        assert client.get(f"/{path}").status_code == 404
