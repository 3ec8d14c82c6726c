"""What every register made of its columns is asked, in one line each."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.html_rules import Node, broken_rules, parse
from tests.htmx import same, swapped
from web.register.file_import import FileImport


def round_trips(client: Client, export_url: str, about: FileImport[Any], file_format: str) -> None:
    """What is taken out can be read back, and changes nothing."""
    answer = client.get(export_url)
    assert answer.status_code == 200
    plan = about.plan(answer.content, f"fil.{file_format}", {})
    assert plan.rows
    assert [(row.outcome, row.changes, row.errors) for row in plan.rows] == [("unchanged", [], [])] * len(
        plan.rows
    )
    assert not plan.is_ready


def queries_of(client: Client, url: str) -> int:
    """How many queries the page costs, asked once before so that nothing is asked for the first time."""
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def part_is_the_page(client: Client, url: str) -> None:
    """The list that htmx swaps in is the list of a fresh page."""
    whole = client.get(url).content.decode()
    part = client.get(url, headers={"HX-Request": "true", "HX-Target": "register"}).content.decode()
    assert same(swapped(whole, part, "register"), parse(whole)) == []


def row_answers(
    client: Client, opened: str, sent: dict[str, str], *, wrong: dict[str, str], late: dict[str, str]
) -> dict[int, str]:
    """What an open row is told beside its list, by status: 422 for the `wrong`, 409 for what comes `late`.

    `sent` is the whole row, which is saved in between and leads back to the list. `opened` is the list
    with a filter and the row in its address: «…?filter=x&rad=1».
    """
    form = _form_of(client.get(opened))
    told = {}
    for status, posted in ((422, sent | wrong), (303, sent), (409, sent | late)):
        answer = client.post(form.attributes["action"].partition("#")[0], posted)
        assert answer.status_code == status
        if status == 303:
            assert answer["Location"] == opened.partition("&rad=")[0]
        else:
            told[status] = answer.content.decode().replace("\u00a0", " ")
            assert broken_rules(told[status]) == []
            # The list stands around it, and the row is sent to the same address again.
            assert _form_of(answer).attributes["action"] == form.attributes["action"]
            hrefs = [node.attributes.get("href", "") for node in parse(told[status]).walk()]
            assert not [href for href in hrefs if href.startswith("?")]
    return told


def _form_of(answer: Any) -> Node:
    panel = next(node for node in parse(answer.text).walk() if node.attributes.get("id") == "rad")
    return next(node for node in panel.walk() if node.tag == "form")
