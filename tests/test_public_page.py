"""The open page: what is adopted and published, and nothing else whatever stands in the database."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from budget.models import Line
from organisation.enums import Role
from organisation.models import Appointment, User
from publishing.enums import Audience
from publishing.models import Publication
from publishing.queries.documents import thawed
from publishing.queries.period_summary import StatusRow
from publishing.queries.public_summary import PublicDelay, PublicSummary
from publishing.words.public_page import public_page_of
from reporting.actions.reports import return_report
from reporting.enums import OFF_PLAN
from strategy.enums import StrategyState
from strategy.models import Strategy
from tests import budget_factory as factory
from tests.leadership_world import LATE, UNAPPROVED, Board
from tests.reporting_world import make_measure
from web.actors import DEMO

CANARY = "KANARI"
FROZEN = Path(__file__).parent / "data" / "frozen"


def page() -> str:
    response = Client().get("/apent/")
    assert response.status_code == 200
    return response.content.decode()


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\u00a0", " ").split())


@pytest.mark.django_db
def test_with_nothing_adopted_it_says_so() -> None:
    text = words(page())
    for sentence in (
        "Ingen mål er vedtatt ennå",
        "Ikke noe klimabudsjett er vedtatt ennå",
        "Ingen status er publisert ennå",
    ):
        assert sentence in text


def test_it_shows_targets_budget_and_published_status(board: Board) -> None:
    board.publish(Audience.COMMITTEE)
    text = words(page())

    assert "I 2030 ligger tiltaksbanen 55 tonn over utslippsrammen." in text
    assert "Kutte 55 prosent Direkte utslipp i kommunen 55 % 2009 2030" in text
    assert "vedtatt av kommunestyret 9. desember 2025, sak 25/101" in text
    assert "Status etter 2. tertial 2026" in text
    assert "svar fra 2 av 3 virksomheter og foretak" in text
    assert "Av 4 tiltak er 2 i rute eller gjennomført, og 1 er forsinket eller stoppet." in text
    assert "Ikke rapportert 1" in text


def test_what_is_off_plan_outside_the_budget_is_counted_beside_it() -> None:
    """The delayed one has no line in the budget: what is said of the budget's own does not contradict it."""
    kept = json.loads((FROZEN / f"{Audience.COMMITTEE}.json").read_text())
    summary = thawed(Publication(audience=Audience.COMMITTEE, data=kept["data"]))
    assert isinstance(summary, PublicSummary)

    def off_plan(summary: PublicSummary) -> str:
        context = {"summary": summary, "page": public_page_of(summary)}
        text = words(render_to_string("publishing/summary/public_body.html", context))
        return re.split("Endret siden|Tiltakene som", text.split("Tiltak som ikke følger planen ")[1])[0]

    late = StatusRow("delayed", "Forsinket", 0, Decimal(0), Decimal(0), 1)
    others = tuple(row for row in summary.statuses if row.status not in OFF_PLAN)
    outside = replace(summary, statuses=(*others, late), delays=())
    assert off_plan(outside).strip() == (
        "Alle tiltak i klimabudsjettet med godkjent svar følger planen. "
        "Utenfor klimabudsjettet er det ett tiltak som ikke følger planen."
    )
    assert "Utenfor" not in off_plan(replace(summary, statuses=others, delays=()))
    # Those that are listed are not counted once more.
    listed = PublicDelay("Elbiler", "Samferdsel", "delayed", "Forsinket", None, None)
    assert "Utenfor" not in off_plan(replace(outside, delays=(listed,)))
    stopped = replace(late, status="stopped", without_tonnes=2)
    both = replace(outside, statuses=(*others, late, stopped), delays=(listed,))
    assert "Utenfor klimabudsjettet er det 2 tiltak som ikke følger planen." in off_plan(both)


def test_the_status_is_the_published_one_not_todays(board: Board) -> None:
    board.publish(Audience.COMMITTEE, period=board.first)
    text = words(page())
    assert "Status etter 1. tertial 2026" in text
    assert "Av 4 tiltak er 4 i rute eller gjennomført" in text


def test_nothing_unpublished_internal_or_personal_is_on_it(board: Board) -> None:
    """Canaries wherever something not for the public can stand."""
    board.publish(Audience.COMMITTEE)
    draft = factory.make_budget(2027, target=board.budget.target, edition=board.budget.edition)
    factory.make_line(draft, f"{CANARY}-D", {2027: 987}, unit=f"{CANARY} virksomhet")
    Strategy.objects.create(
        title=f"{CANARY} strategi", slug="utkast", covers=f"{CANARY} gjelder", state=StrategyState.DRAFT
    ).targets.create(title=f"{CANARY} mål", kind="emission", scope="community_direct", base_year=2009,
                     target_year=2040, percent=90)  # fmt: skip
    make_measure(f"{CANARY}-M", None, title=f"{CANARY} idé", description=f"{CANARY} beskrivelse")
    user = User.objects.create_user(f"{CANARY.lower()}@drammen.example", "x" * 20, name=f"{CANARY} Person")
    Appointment.objects.create(user=user, role=Role.CLIMATE_EDITOR, valid_from="2020-01-01")
    report = board.report(board.cast.kitchen)
    return_report(by=DEMO, report=report, version=report.version, comment=f"{CANARY} retur")
    html = page()

    assert CANARY not in html.upper()
    assert UNAPPROVED not in html
    internal = (LATE.cause, LATE.what_happened, LATE.corrective_action, LATE.decision_question)
    assert not [sentence for sentence in internal if sentence in html]
    # The portal's own address for questions may be the same as a person's.
    html = html.replace(settings.SUPPORT_EMAIL, "")
    people = User.objects.values_list("name", "email")
    assert not [text for person in people for text in person if text in html]
    assert "987" not in words(html)
    assert board.cast.transport.name not in html


def test_a_superseded_budget_gives_way_to_its_revision(board: Board) -> None:
    """Only the newest adopted budget of a scope stands there."""
    newer = factory.make_budget(2027, target=board.budget.target, edition=board.budget.edition)
    factory.make_line(newer, "N1", {2030: 505})
    factory.adopt(newer, "26/202")
    text = words(page())
    assert "Klimabudsjett 2027" in text
    assert "Klimabudsjett 2026" not in text
    assert "tiltaksbanen på utslippsrammen" in text


def test_it_is_cheap_and_writes_nothing(board: Board) -> None:
    board.publish(Audience.COMMITTEE)
    with CaptureQueriesContext(connection) as few:
        page()
    assert len(few) <= 20, [query["sql"][:90] for query in few]
    assert not [query for query in few if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert Line.objects.exists()
