"""«Prøv igjen» on the pages that wait for a job, in the part that is fetched too."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from budget.actions import orders
from budget.models import DocumentOrder
from emissions.actions.uploads import fail_reading, keep_large_statistics
from organisation.models import User
from publishing.actions import publications
from publishing.models import SummaryOrder
from tests import files
from tests.cast import Cast
from tests.html_rules import Node, broken_rules, parse
from tests.leadership_world import Board

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
WORDS = "Prøv igjen"


def with_words(html: str, tag: str) -> list[Node]:
    return [node for node in parse(html).walk() if node.tag == tag and WORDS in node.all_text()]


def press(client: Client, address: str, target: str) -> str:
    """Presses the button in the part that htmx fetches; where it leads."""
    part = client.get(address, headers={"HX-Request": "true", "HX-Target": target}).text
    assert broken_rules(part) == []
    assert broken_rules(client.get(address).text) == []
    [form] = with_words(part, "form")
    fields = {
        node.attributes["name"]: node.attributes["value"] for node in form.walk() if node.tag == "input"
    }
    answer = client.post(form.attributes["action"], fields)
    assert answer.status_code == 303
    return str(answer["Location"])


def test_a_document_is_ordered_again(board: Board, as_user: AsUser) -> None:
    order = orders.order_document(by=board.cast.utvalg, budget=board.budget)
    orders.fail_order(order.pk, "PDF-en kunne ikke lages.")
    client = as_user(board.cast.utvalg)
    press(client, f"/budsjett/pdf/{order.pk}/", "klimabudsjett")
    again = DocumentOrder.objects.get()
    assert (again.pk != order.pk, again.state) == (True, "queued")


@pytest.mark.parametrize("preview", [True, False])
def test_a_summary_is_ordered_again_as_it_was(board: Board, as_user: AsUser, preview: bool) -> None:
    order = publications.order_summary(
        by=board.cast.klima, period=board.second, preview=preview, case_number="" if preview else "26/7"
    )
    publications.fail_order(order.pk, "Sammendraget kunne ikke lages.")
    where = press(as_user(board.cast.klima), board.path("sammendrag", order.pk), "sammendrag")
    again = SummaryOrder.objects.exclude(pk=order.pk).get()
    assert where == board.path("sammendrag", again.pk)
    same = ("audience", "unit_id", "preview", "case_number", "ordered_by_id")
    assert [getattr(again, name) for name in same] == [getattr(order, name) for name in same]


def test_a_summary_that_is_made_has_no_button(board: Board, as_user: AsUser) -> None:
    order = publications.order_summary(by=board.cast.klima, period=board.second, preview=True)
    page = as_user(board.cast.klima).get(board.path("sammendrag", order.pk)).text
    assert with_words(page, "form") == []


def test_a_reading_leads_to_the_form_that_reads_again(cast: Cast, as_user: AsUser) -> None:
    """There the municipality can be changed, which may be what was wrong."""
    reading = keep_large_statistics(
        by=cast.klima, file_name="u.csv", pieces=[files.county_csv()], municipality="Drammen"
    )
    fail_reading(reading.pk, reading.attempt, "Filen kunne ikke leses.")
    client, address = as_user(cast.klima), f"/klimaregnskap/importer/{reading.pk}/lesing/"
    part = client.get(address, headers={"HX-Request": "true", "HX-Target": "lesing"}).text
    [link] = with_words(part, "a")
    assert link.attributes["href"] == f"{address}#paa-nytt"
    page = client.get(address).text
    assert 'id="paa-nytt"' in page
    assert client.post(address, {"kommune": "Drammen"}).status_code == 303
    reading.refresh_from_db()
    assert (reading.state, reading.attempt) == ("queued", 2)
