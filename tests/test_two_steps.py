"""Two steps: a code from an app, recovery codes, who must have it, and how it is reset."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organisation.actions.two_steps import reset_two_steps
from organisation.models import LoginLogEntry, Municipality, User
from tests.cast import PASSWORD, Cast
from tests.clock import NOW
from tests.html_rules import broken_rules
from web.models import OutboxMail

pytestmark = pytest.mark.django_db

SET_UP = "account_two_steps"


@pytest.fixture(autouse=True)
def limits(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"code": "5/10m/key"}
    cache.clear()


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as moment:
        yield moment


def app_shows(secret: str) -> str:
    """What an authenticator app shows now, by RFC 6238 and nothing of the portal's."""
    counter = struct.pack(">Q", int(timezone.now().timestamp()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def secret_on(page: Any) -> str:
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", page.text)
    assert found is not None
    return found[1].replace(" ", "")


def set_up(client: Client) -> str:
    """Sets it up for whoever is logged in; gives the secret her app has."""
    secret = secret_on(client.get(reverse(SET_UP)))
    done = client.post(reverse(SET_UP), {"code": app_shows(secret)})
    assert (done.status_code, done["Location"]) == (303, reverse("account_codes"))
    return secret


def codes_on(page: Any) -> list[str]:
    return re.findall(r"<code>(\d{8})</code>", page.text)


def password_given(user: User) -> Client:
    client = Client()
    answer = client.post("/logg-inn/", {"login": user.email, "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, reverse("account_code"))
    return client


def type_code(client: Client, code: str) -> Any:
    return client.post(reverse("account_code"), {"code": code})


def is_in(client: Client) -> bool:
    return client.get(reverse("account_own")).status_code == 200


def kinds(user: User) -> list[str]:
    rows = LoginLogEntry.objects.filter(user=user).exclude(kind="role_given")
    return list(rows.order_by("pk").values_list("kind", flat=True))


# --- Set up -------------------------------------------------------------------------------------


def test_it_is_set_up_with_a_code_from_the_app(cast: Cast, as_user: Any, clock: Any) -> None:
    client = as_user(cast.kontakt)
    page = client.get(reverse(SET_UP))
    assert not broken_rules(page.text)
    picture = client.get(reverse("account_two_steps_picture"))
    assert picture["Content-Type"] == "image/svg+xml"
    assert "no-store" in picture["Cache-Control"]
    assert f'src="{reverse("account_two_steps_picture")}"' in page.text
    secret = secret_on(page)
    wrong = client.post(reverse(SET_UP), {"code": "000000"})
    assert wrong.status_code == 422
    assert "Koden er feil" in wrong.text
    assert secret_on(wrong) == secret, "the app need not be set up again"
    assert set_up(client) == secret
    stored = Authenticator.objects.get(user=cast.kontakt, type="totp")
    assert secret not in str(stored.data), "encrypted"
    again = client.get(reverse(SET_UP))
    assert secret not in again.text.replace(" ", ""), "never shown again"
    assert "satt opp allerede" in again.text
    assert client.get(reverse("account_two_steps_picture")).status_code == 404
    assert kinds(cast.kontakt) == ["mfa_set"]


def test_codes_are_guessed_no_more_than_five_times(cast: Cast, as_user: Any, clock: Any) -> None:
    client = as_user(cast.kontakt)
    secret = secret_on(client.get(reverse(SET_UP)))
    for _number in range(5):
        client.post(reverse(SET_UP), {"code": "000000"})
    late = client.post(reverse(SET_UP), {"code": app_shows(secret)})
    assert late.status_code == 422
    assert "For mange forsøk" in late.text
    assert not Authenticator.objects.exists()


def test_recovery_codes_are_read_for_ten_minutes(cast: Cast, as_user: Any, clock: Any) -> None:
    client = as_user(cast.kontakt)
    file_url = reverse("account_codes_file")
    assert client.get(file_url).status_code == 404
    set_up(client)
    page = client.get(reverse("account_codes"))
    codes = codes_on(page)
    assert len(set(codes)) == 10
    assert not broken_rules(page.text)
    file = client.get(file_url)
    assert file["Content-Disposition"].startswith("attachment")
    assert all(code in file.text for code in codes)
    assert "no-store" in file["Cache-Control"]
    clock.shift(timedelta(minutes=11))
    assert codes_on(client.get(reverse("account_codes"))) == []
    assert client.get(file_url).status_code == 404


# --- Logging in -----------------------------------------------------------------------------------


def test_logging_in_takes_two_steps(cast: Cast, as_user: Any, clock: Any) -> None:
    secret = set_up(as_user(cast.kontakt))
    client = password_given(cast.kontakt)
    assert not is_in(client), "the password alone is not enough"
    page = client.get(reverse("account_code"))
    assert page.status_code == 200
    assert not broken_rules(page.text)
    wrong = type_code(client, "000000")
    assert wrong.status_code == 422
    assert "Koden er feil" in wrong.text
    done = type_code(client, app_shows(secret))
    assert (done.status_code, done["Location"]) == (302, "/")
    assert is_in(client)
    assert kinds(cast.kontakt) == ["mfa_set", "mfa_failed", "logged_in"]
    second = password_given(cast.kontakt)
    assert type_code(second, app_shows(secret)).status_code == 422, "a code that is seen works once"
    clock.shift(timedelta(seconds=30))
    assert type_code(second, app_shows(secret)).status_code == 302


def test_a_recovery_code_works_once(cast: Cast, as_user: Any, clock: Any) -> None:
    owner = as_user(cast.kontakt)
    set_up(owner)
    code = codes_on(owner.get(reverse("account_codes")))[3]
    assert type_code(password_given(cast.kontakt), f" {code[:4]} {code[4:]} ").status_code == 302
    assert type_code(password_given(cast.kontakt), code).status_code == 422
    assert "9 reservekoder igjen" in owner.get(reverse("account_own")).text
    assert "code_used" in kinds(cast.kontakt)


def test_after_five_wrong_codes_one_waits(cast: Cast, as_user: Any, clock: Any) -> None:
    secret = set_up(as_user(cast.kontakt))
    client = password_given(cast.kontakt)
    for _number in range(5):
        assert type_code(client, "000000").status_code == 422
    refused = type_code(password_given(cast.kontakt), app_shows(secret))
    assert (refused.status_code, refused["Retry-After"]) == (429, "600")
    assert not broken_rules(refused.text)
    clock.shift(timedelta(minutes=10, seconds=1))
    assert type_code(password_given(cast.kontakt), app_shows(secret)).status_code == 302


def test_without_the_first_step_there_is_no_second(cast: Cast, client: Client, as_user: Any) -> None:
    for visitor in (client, as_user(cast.kontakt)):
        answer = visitor.get(reverse("account_code"))
        assert (answer.status_code, answer["Location"]) == (303, "/logg-inn/")
        assert type_code(visitor, "000000").status_code == 303


def test_the_page_one_was_going_to_is_kept(cast: Cast, as_user: Any, clock: Any) -> None:
    secret = set_up(as_user(cast.kontakt))
    client = Client()
    typed = {"login": cast.kontakt.email, "password": PASSWORD, "next": "/strategi/"}
    assert client.post("/logg-inn/", typed)["Location"] == reverse("account_code")
    assert type_code(client, app_shows(secret))["Location"] == "/strategi/"


def test_an_earlier_key_still_reads_secrets(cast: Cast, as_user: Any, clock: Any, settings: Any) -> None:
    secret = set_up(as_user(cast.kontakt))
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new one"
    assert type_code(password_given(cast.kontakt), app_shows(secret)).status_code == 302
    settings.SECRET_KEY_FALLBACKS = []
    clock.shift(timedelta(seconds=30))
    assert type_code(password_given(cast.kontakt), app_shows(secret)).status_code == 422, "no 500"


# --- Changed and turned off -----------------------------------------------------------------------


def test_new_codes_end_the_old(cast: Cast, as_user: Any, clock: Any) -> None:
    client = as_user(cast.kontakt)
    secret = set_up(client)
    old = codes_on(client.get(reverse("account_codes")))
    url = reverse("account_new_codes")
    assert client.post(url, {"code": "000000"}).status_code == 422
    assert client.post(url, {"code": app_shows(secret)})["Location"] == reverse("account_codes")
    new = codes_on(client.get(reverse("account_codes")))
    assert not set(old) & set(new)
    assert type_code(password_given(cast.kontakt), old[0]).status_code == 422
    assert kinds(cast.kontakt)[-2:] == ["codes_renewed", "mfa_failed"]


def test_turned_off_the_password_is_enough(cast: Cast, as_user: Any, clock: Any) -> None:
    client = as_user(cast.kontakt)
    assert "Sett opp totrinn først." in client.get(reverse("account_turn_off")).text
    secret = set_up(client)
    assert client.post(reverse("account_turn_off"), {"code": app_shows(secret)}).status_code == 303
    assert not Authenticator.objects.exists(), "the codes too"
    plain = Client().post("/logg-inn/", {"login": cast.kontakt.email, "password": PASSWORD})
    assert plain["Location"] == "/"


# --- Required -------------------------------------------------------------------------------------


@pytest.fixture
def required(cast: Cast) -> None:
    Municipality.objects.create(name="Skien", number="4003", organisation="Skien kommune")


def test_a_new_municipality_requires_it() -> None:
    made = Municipality.objects.create(name="Skien", number="4003", organisation="Skien kommune")
    assert made.mfa_required


@pytest.mark.usefixtures("required")
def test_who_must_have_it_comes_to_it_before_any_page(cast: Cast, as_user: Any, clock: Any) -> None:
    for user in (cast.admin, cast.klima):
        client = as_user(user)
        for url in ("/", "/strategi/", reverse("account_own"), reverse("organisation:people")):
            answer = client.get(url)
            assert (answer.status_code, answer["Location"]) == (302, reverse(SET_UP))
        part = client.get("/", headers={"HX-Request": "true"})
        assert part["HX-Redirect"] == reverse(SET_UP)
        assert "Rollen din krever" in client.get(reverse(SET_UP)).text
        assert client.post("/logg-ut/").status_code == 303
        client = as_user(user)
        set_up(client)
        assert client.get(reverse("account_codes")).status_code == 200
        assert client.get("/").status_code == 200
        assert "krever totrinn" in client.get(reverse("account_turn_off")).text
    for user in (cast.kontakt, cast.revisor, cast.ingen):
        assert as_user(user).get("/").status_code == 200


@pytest.mark.usefixtures("required")
def test_an_administrator_turns_the_demand_off(cast: Cast, as_user: Any, clock: Any) -> None:
    client = as_user(cast.admin)
    set_up(client)
    url = reverse("organisation:two_steps")
    assert not broken_rules(client.get(url).text)
    assert client.post(url, {}).status_code == 303
    assert not Municipality.objects.get().mfa_required
    assert as_user(cast.klima).get("/").status_code == 200


# --- Reset ----------------------------------------------------------------------------------------


def test_an_administrator_resets_it_and_the_person_is_told(cast: Cast, as_user: Any, clock: Any) -> None:
    hers = as_user(cast.kontakt)
    set_up(hers)
    admin = as_user(cast.admin)
    assert (
        reverse("organisation:reset_two_steps", args=[cast.kontakt.pk])
        in admin.get(reverse("organisation:person", args=[cast.kontakt.pk])).text
    )
    url = reverse("organisation:reset_two_steps", args=[cast.kontakt.pk])
    assert not broken_rules(admin.get(url).text)
    assert admin.post(url).status_code == 303
    assert not Authenticator.objects.exists()
    assert not is_in(hers)
    entry = LoginLogEntry.objects.get(kind="mfa_reset")
    assert (entry.user, entry.by) == (cast.kontakt, cast.admin)
    mail = OutboxMail.objects.get()
    assert mail.recipient_id == cast.kontakt.pk
    assert "nullstilt" in mail.subject
    assert admin.post(url).status_code == 409
    with pytest.raises(PermissionDenied):
        reset_two_steps(by=cast.klima, user=cast.kontakt)
