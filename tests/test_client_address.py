"""Whose request it is: only a trusted proxy is believed, and only about who came to it."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory

from climate_portal import environment
from tests.cast import PASSWORD, Cast
from web.client_address import client_address

PROXY, INNER, CLIENT = "10.0.0.1", "10.0.7.7", "192.0.2.7"


@pytest.fixture
def proxies(settings: Any) -> None:
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/16"), ip_network("fd00::/8"), "unix"]


def asked(peer: str, forwarded: str | None = None) -> str:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return client_address(RequestFactory().get("/", headers=headers, REMOTE_ADDR=peer))


def test_without_proxies_the_header_is_nobodys_word() -> None:
    assert asked(CLIENT, "203.0.113.1") == CLIENT
    assert asked(PROXY, "203.0.113.1") == PROXY


@pytest.mark.usefixtures("proxies")
@pytest.mark.parametrize(
    ("peer", "forwarded", "whose"),
    [
        (PROXY, CLIENT, CLIENT),
        (PROXY, f"203.0.113.1, {CLIENT}", CLIENT),
        (PROXY, f"{CLIENT}, {INNER}", CLIENT),
        (PROXY, f"10.0.3.3, {CLIENT}, {INNER}", CLIENT),
        (PROXY, f"{CLIENT}:51234", CLIENT),
        (PROXY, f"[2001:db8::7]:51234, {INNER}", "2001:db8::7"),
        (PROXY, f"::ffff:{CLIENT}", CLIENT),
        (f"::ffff:{PROXY}", CLIENT, CLIENT),
        ("fd00::1", "2001:db8::7", "2001:db8::7"),
        ("", CLIENT, CLIENT),
        (PROXY, f"{INNER}, 10.0.9.9", INNER),
        (PROXY, None, PROXY),
        (PROXY, "", PROXY),
    ],
)
def test_the_right_most_that_is_no_proxy(peer: str, forwarded: str | None, whose: str) -> None:
    assert asked(peer, forwarded) == whose


@pytest.mark.usefixtures("proxies")
@pytest.mark.parametrize("peer", ["203.0.113.9", "10.1.0.1", "2001:db8::9"])
def test_a_stranger_that_says_it_is_a_proxy_is_a_stranger(peer: str) -> None:
    assert asked(peer, CLIENT) == peer


@pytest.mark.usefixtures("proxies")
@pytest.mark.parametrize(
    "garbage",
    ["unknown", "<script>", "1.2.3", "1.2.3.4.5", "999.0.0.1", "192.0.2.7;", "x" * 9000, ",,", "[", "::1::"],
)
def test_garbage_is_not_believed(garbage: str) -> None:
    assert asked(PROXY, garbage) == PROXY
    assert asked(PROXY, f"{CLIENT}, {garbage}") == PROXY, "what stands behind it is nobody's word"
    assert asked(PROXY, f"{garbage}, {CLIENT}") == CLIENT


def test_a_peer_that_is_no_address_is_nobody() -> None:
    assert asked("", CLIENT) == "0.0.0.0"


@pytest.mark.usefixtures("proxies")
def test_a_long_chain_is_read_from_its_near_end() -> None:
    assert asked(PROXY, ", ".join([CLIENT, *[INNER] * 500])) == INNER


@pytest.mark.django_db
@pytest.mark.usefixtures("proxies")
def test_behind_a_proxy_people_are_counted_one_by_one(cast: Cast, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    cache.clear()

    def log_in(client: str, forwarded: str) -> int:
        typed = {"login": cast.kontakt.email, "password": PASSWORD if client else "feil"}
        headers = {"X-Forwarded-For": forwarded}
        return Client(REMOTE_ADDR=PROXY).post("/logg-inn/", typed, headers=headers).status_code

    assert [log_in("", "192.0.2.1") for _number in range(3)] == [422, 422, 429]
    spoofed = [log_in("", f"203.0.113.{number}, 192.0.2.1") for number in range(3)]
    assert spoofed == [429] * 3, "what she writes in front gives no new attempts"
    assert log_in("right", "192.0.2.2") == 302, "the others come in"


def test_the_setting_is_addresses_networks_and_unix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_TRUSTED_PROXIES", "10.0.0.5, 10.1.0.0/16, unix")
    assert environment.networks("PORTAL_TRUSTED_PROXIES") == [
        ip_network("10.0.0.5/32"),
        ip_network("10.1.0.0/16"),
        "unix",
    ]
    monkeypatch.setenv("PORTAL_TRUSTED_PROXIES", "alle")
    with pytest.raises(environment.BadEnvironment, match="PORTAL_TRUSTED_PROXIES"):
        environment.networks("PORTAL_TRUSTED_PROXIES")
