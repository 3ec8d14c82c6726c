"""Somebody who is logged in and has no role is told so, and whom to ask."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from organisation.models import Appointment, User
from tests.html_rules import broken_rules, parse
from tests.reporting_world import World

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]


@pytest.mark.parametrize("url", ["/", "/rapportering/"])
def test_the_pages_say_whom_to_ask_and_what_is_open(world: World, as_user: AsUser, url: str) -> None:
    client = as_user(world.cast.ingen)
    html = client.get(url).content.decode()
    said = " ".join(parse(html).all_text().split())
    assert "Du har ingen rolle i portalen ennå." in said
    assert f"om å gi deg en: {world.cast.admin.name}." in said
    assert "Bruk menyen" not in said
    assert 'href="/apent/"' in html
    assert broken_rules(html) == []
    Appointment.objects.filter(user=world.cast.admin).delete()
    assert "Be administratoren om å gi deg en." in client.get(url).content.decode()


def test_those_with_a_role_are_not_told(world: World, as_user: AsUser) -> None:
    for user in (world.cast.utvalg, world.cast.kontakt):
        assert "ingen rolle" not in as_user(user).get("/").content.decode()
