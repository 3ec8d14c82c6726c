"""The first day: every page, as every role, before anything but people is there, in each size."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from climate_portal.urls import ROUTES
from organisation.actions.setup import set_up
from organisation.enums import SWITCHES_OF_SIZE, UNIT_ROLES, Role, Size, UnitKind
from organisation.models import Appointment, Municipality, Unit, User
from tests.html_rules import broken_rules
from web.actors import COMMAND_LINE

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
# What a page says when it has counted to zero without thinking of it.
THOUGHTLESS = re.compile(r"\b(None|nan|NaN|Infinity|0 av 0|undefined)\b|\(\)|: ?,")


def pages() -> list[str]:
    """Every route that can be opened as a page without anything in its address."""
    found = []
    for name, route in ROUTES.items():
        if route.post_only or not route.uses_database or name == "account_logout":
            continue
        try:
            found.append(reverse(name))
        except NoReverseMatch:
            continue
    return found


def begun(size: Size) -> None:
    set_up(
        by=COMMAND_LINE,
        name="Skien",
        number="4003",
        admin_email="forste@skien.example",
        admin_name="Første Eksempel",
        on=SWITCHES_OF_SIZE[size],
    )


def asks_one_step() -> None:
    """Two steps are asked for in tests/test_two_steps.py."""
    Municipality.objects.update(mfa_required=False)


def person(role: Role | None) -> User:
    """Somebody with the role alone; a unit is there only for the roles that need one. None has no role."""
    name = role.value if role else "ingen"
    user = User.objects.create_user(f"{name}@skien.example", "x", name=f"{name} Eksempel")
    if role:
        unit = Unit.objects.create(name="Skole", kind=UnitKind.UNIT) if role in UNIT_ROLES else None
        last = date(2030, 1, 1) if role == Role.STAND_IN else None
        Appointment.objects.create(
            user=user, role=role, unit=unit, valid_from=date(2026, 1, 1), valid_to=last
        )
    return user


def text_of(html: str) -> str:
    body = re.sub(r"<(script|style|svg)\b.*?</\1>", "", html, flags=re.S)
    return unescape(re.sub(r"<[^>]+>", " ", body))


def links_of(html: str) -> set[str]:
    main = html.partition("<body")[2]
    found = {unescape(link) for link in re.findall(r'<a\b[^>]*\bhref="([^"#]+)', main)}
    return {link for link in found if link.startswith("/") and not link.startswith("/static/")}


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("role", [*Role, None])
def test_every_page_makes_sense_with_zero(role: Role | None, size: Size, as_user: AsUser) -> None:
    begun(size)
    asks_one_step()
    client = as_user(person(role))
    opened, leads = [], set()
    for address in pages():
        answer = client.get(address)
        assert answer.status_code in {200, 302, 303, 403, 404, 409, 410}, address
        if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
            continue
        opened.append(address)
        html = answer.content.decode()
        assert broken_rules(html) == [], address
        assert THOUGHTLESS.search(text_of(html)) is None, (address, THOUGHTLESS.search(text_of(html)))
        leads |= links_of(html)
    assert "/" in opened
    for link in sorted(leads):
        try:
            resolve(link.partition("?")[0])
        except Resolver404:
            pytest.fail(f"{link} leads nowhere")
        assert client.get(link).status_code in {200, 302, 303}, link
