"""What a front page links to, whoever reads it can open."""

from __future__ import annotations

from urllib.parse import urldefrag

import pytest
from django.test import Client
from django.urls import reverse

from tests.demo_world import client_for, everybody
from tests.html_rules import Node, parse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_db")]


def links(node: Node) -> set[str]:
    """Where the links under a node lead within the portal, without the place on the page."""
    found = (one.attributes.get("href", "") for one in node.walk() if one.tag == "a")
    return {urldefrag(href).url for href in found if href.startswith("/")}


def page_of(client: Client, url: str) -> Node:
    response = client.get(url)
    assert response.status_code == 200, url
    return parse(response.content.decode())


@pytest.mark.parametrize("login", everybody())
def test_every_link_on_a_front_page_leads_somewhere(login: str) -> None:
    client = client_for(login)
    home = page_of(client, reverse("min_side"))
    menu = next(node for node in home.walk() if node.attributes.get("id") == "hovedmeny")
    pages = {url: page_of(client, url) for url in links(menu)}
    # A period's publications are a front page too, which each audience sees a part of.
    period = reverse("publishing:publications", args=["2026-T2"])
    if client.get(period).status_code == 200:
        pages[period] = page_of(client, period)
    to_follow = set().union(*(links(page) for page in (home, *pages.values()))) - set(pages)
    # Told of when jobs have waited long, as they have here by the database's clock; it answers 503 then.
    to_follow.discard(reverse("ready"))
    refused = {}
    for url in sorted(to_follow):
        response = client.get(url)
        while "Location" in response:
            response = client.get(response["Location"])
        if response.status_code != 200:
            refused[url] = response.status_code
    assert refused == {}
