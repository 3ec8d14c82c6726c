"""Stores what every page says, a file for each person and page: scripts/page_texts.py runs it.

Pytest does not collect this file by itself. What is stored is what people meet and nothing of how it is
written: the title, the text as Chromium lays it out with everything unfolded, and the accessibility tree.

Twice on one commit gives the same bytes. What would differ, and nothing else, is left out: the server's port,
the day and time of the database's clock, what mails are told apart by, and the numbers of nodes in the tree.
So is the fingerprint of a published PDF, which changes with any space in its template; what the PDFs are made
of is stored beside the pages.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.urls import reverse
from playwright.sync_api import Browser, Page

from budget.exports.document_pdf import render_budget
from budget.models import ClimateBudget
from publishing.enums import Audience
from publishing.jobs import publish
from publishing.models import Publication
from reporting.models import Period
from tests.browser import Site, Tab, Tabs, open_tabs
from tests.every_page import PAGES, report
from web import pdf_engine
from web.actors import DEMO
from web.formats import OSLO, format_date

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOLDER = "PAGE_TEXTS"  # the variable that says where
UNFOLD = "() => document.querySelectorAll('details').forEach((part) => { part.open = true; })"
SUBMIT_AS_IT_IS = """() => {
  const form = document.querySelector("main form");
  form.noValidate = true;
  form.requestSubmit();
}"""
LAYOUT_ROLES = {"InlineTextBox", "LineBreak"}  # where a line breaks, not what it says
MAIL_ID = re.compile(r"<\d+\.\d+\.\d+@")
MAIL_FILE = re.compile(r"/demo/epost/[0-9a-f]{16}/")


@dataclass
class Store:
    folder: Path
    tabs: Tabs
    by_login: dict[str, Tab] = field(default_factory=dict)

    def tab(self, login: str) -> Tab:
        if login not in self.by_login:
            self.by_login[login] = self.tabs.open(login)
        return self.by_login[login]

    def keep(self, login: str, name: str, page: Page) -> None:
        """Writes the page a person has open."""
        page.wait_for_load_state()
        page.evaluate(UNFOLD)
        text = page.evaluate("() => document.body.innerText")
        stored = "\n\n".join([page.title(), text, tree_of(page)])
        file = self.folder / (login or "anybody") / (re.sub(r"[^\w.]+", "-", name) + ".txt")
        assert not file.exists(), file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(without_chance(stored.replace(self.tabs.origin, "")) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def store(site: Site, chromium: Browser) -> Iterator[Store]:
    with open_tabs(chromium, site.origin) as tabs:
        yield Store(Path(os.environ[FOLDER]), tabs)


@pytest.mark.parametrize("name", PAGES)
def test_page(store: Store, name: str) -> None:
    login, address = PAGES[name]
    path = address()  # some write: those of the sweep do so in the same order each time
    store.keep(login, name, store.tab(login).go(path))
    assert store.tabs.problems() == ""


def test_error_pages(store: Store) -> None:
    stranger = store.tab("annen")
    with stranger.expecting(404):
        stranger.go(report("report", "Samferdsel, vei- og parkforvaltning")())
        store.keep("annen", "404", stranger.page)
    with stranger.expecting(403):
        stranger.go(reverse("emissions:import"))
        store.keep("annen", "403", stranger.page)


def test_a_form_that_is_refused(store: Store) -> None:
    editor = store.tab("klima")
    with editor.expecting(422):
        editor.go(reverse("strategy:new"))
        with editor.page.expect_navigation():
            editor.page.evaluate(SUBMIT_AS_IT_IS)
    store.keep("klima", "422", editor.page)


def test_documents(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What PDFs are made of: what is written of the budgets, and published of a period to everybody."""
    made: list[str] = []

    def note(html: str, *, variants: Sequence[str], **_: str) -> list[bytes]:
        made.append(html)
        return [b"%PDF-" for _variant in variants]

    monkeypatch.setattr(pdf_engine, "write_copies", note)
    for budget in ClimateBudget.objects.order_by("pk"):
        render_budget(budget)
    with transaction.atomic():
        for audience in sorted(set(Audience) - {Audience.AREA}):
            publish(by=DEMO, period=Period.objects.latest("opens_at"), audience=audience)
        transaction.set_rollback(True)
    reader = store.tab("")
    for number, html in enumerate(made, start=1):
        reader.page.goto("about:blank")
        reader.page.set_content(html)
        store.keep("", f"document {number}", reader.page)


def without_chance(stored: str) -> str:
    """What the portal's own clock and the demo decide, and not the day, the process or a random number."""
    for fingerprint in Publication.objects.values_list("pdf_sha256", flat=True):
        stored = stored.replace(fingerprint, "[the PDF's fingerprint]")
    stored = MAIL_FILE.sub("/demo/epost/…/", MAIL_ID.sub("<…@", stored))
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        now: datetime = cursor.fetchone()[0].astimezone(OSLO)
    for day in {now.date(), (now - timedelta(minutes=30)).date()}:  # the demo was loaded a little before
        stored = re.sub(rf"{format_date(day)}(\skl\.\s\d\d\.\d\d)?", "[the database's clock]", stored)
    return stored


def tree_of(page: Page) -> str:
    """The accessibility tree, a line a node: role, name, description, value and states."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by_id = {node["nodeId"]: node for node in nodes}
    return "\n".join(_lines(nodes[0], by_id, ""))


def _lines(node: Mapping[str, Any], by_id: Mapping[str, Mapping[str, Any]], indent: str) -> Iterator[str]:
    role = node["role"]["value"]
    if role in LAYOUT_ROLES:
        return
    if not node["ignored"]:
        yield f"{indent}{' '.join([role, *_told(node), *_states(node)])}"
        indent += "  "
    for child in node["childIds"]:
        if child in by_id:
            yield from _lines(by_id[child], by_id, indent)


def _told(node: Mapping[str, Any]) -> Iterator[str]:
    for part in ("name", "description", "value"):
        if node.get(part, {}).get("value"):
            yield f"{part}={json.dumps(node[part]['value'], ensure_ascii=False)}"


def _states(node: Mapping[str, Any]) -> Iterator[str]:
    """Without what refers to other nodes: those are numbered, and what they say is in the name already."""
    for state in node.get("properties", ()):
        if not state["value"]["type"].startswith(("node", "idref")):
            yield f"{state['name']}={state['value']['value']}"
