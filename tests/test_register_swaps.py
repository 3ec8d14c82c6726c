"""Every register's list: what htmx swaps in when a filter is chosen is what a fresh page would show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from tests.demo_world import client_for
from tests.html_rules import parse
from tests.htmx import same, swapped

pytestmark = pytest.mark.usefixtures("demo_db")

# Who reads the list, where it is, and a filter to choose.
LISTS = {
    "organisation/views/login_log.py": ("admin", "organisation:login_log", "?q=x"),
    "organisation/views/people.py": ("kontakt", "organisation:people", "?q=leder"),
    "emissions/views/population.py": ("klima", "emissions:population", "?side=1"),
    "strategy/views/decisions.py": ("klima", "strategy:decisions", "?q=klima"),
}


def test_every_list_is_here() -> None:
    root = Path(settings.BASE_DIR)
    rooms = [path.parent.name for path in root.glob("*/views")]
    found = {
        str(path.relative_to(root))
        for room in rooms
        for path in (root / room / "views").rglob("*.py")
        if re.search(r"\blist_page\(", path.read_text(encoding="utf-8"))
    }
    assert found == set(LISTS)


@pytest.mark.parametrize("place", LISTS)
def test_what_is_swapped_in_is_what_a_fresh_page_shows(place: str) -> None:
    login, name, query = LISTS[place]
    client, address = client_for(login), reverse(name)
    page = client.get(address)
    part = client.get(f"{address}{query}", headers={"HX-Request": "true", "HX-Target": "register"})
    assert (page.status_code, part.status_code) == (200, 200)
    assert "<html" not in part.content.decode()
    fresh = client.get(f"{address}{query}").content.decode()
    shown = swapped(page.content.decode(), part.content.decode(), "register")
    register = next(node for node in shown.walk() if node.attributes.get("id") == "register")
    expected = next(node for node in parse(fresh).walk() if node.attributes.get("id") == "register")
    assert same(register, expected) == []
