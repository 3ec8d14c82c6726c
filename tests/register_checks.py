"""What every register made of its columns is asked, in one line each."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.html_rules import parse
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
