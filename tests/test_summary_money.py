"""Money in what leadership reads: per row of the økonomiplan, frozen in publications, and never public."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from budget.models import Line
from organisation.models import User
from publishing.enums import Audience
from publishing.exports.summary_pdf import render_publication
from publishing.queries.chapter import Chapter, chapter_of
from publishing.queries.documents import thawed
from publishing.queries.period_summary import Money, PaidMeasure, PeriodSummary
from publishing.queries.period_summary import MoneyRow as PlanRow
from publishing.queries.plain import from_plain, to_plain
from publishing.words.chapter import chapter_tables
from publishing.words.money import money_part
from publishing.words.summary_page import MOST_ROWS, page_of
from reporting.actions.money import MoneyRow, import_money, link_line
from reporting.actions.period_steps import finish_step
from reporting.enums import PeriodStepKind
from reporting.models import MoneyImport
from tests.html_rules import broken_rules
from tests.leadership_world import UNAPPROVED, Board, part_of, period_summary
from tests.worlds import kept
from web.actors import DEMO

AsUser = Callable[[User], Client]
ROWS = (
    MoneyRow("Sykkelvei", Decimal(1000), Decimal(400), Decimal(900)),
    MoneyRow("Elbiler", Decimal(5000), Decimal(4000), Decimal(7000), "KANARI-merknad"),
    MoneyRow("Kjøkken", None, Decimal(70), None),
    MoneyRow("Ingen tiltak", Decimal(1), Decimal(1), Decimal(1)),
)


def words(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("\u00a0", " ").split())


def give(board: Board, *rows: MoneyRow) -> MoneyImport:
    newest = MoneyImport.objects.order_by("-pk").first()
    return import_money(
        by=board.cast.analyse,
        period=board.second,
        file_name="KANARI-fil.csv",
        sha256="0" * 64,
        rows=rows or ROWS,
        seen=newest.pk if newest else None,
    )


def link(board: Board, **rows: str) -> None:
    for code, row in rows.items():
        line = Line.objects.get(budget=board.budget, measure__code=code)
        link_line(by=DEMO, line=line, plan_row=row, version=0)


@kept
def paid(board: Board) -> Board:
    link(board, T1="Sykkelvei", T2="Elbiler", K1="Kjøkken")
    give(board)
    return board


def money(board: Board, *units: int) -> Money:
    summary = period_summary(board.second, part_of(units)) if units else period_summary(board.second)
    assert summary.money is not None
    return summary.money


def test_rows_furthest_from_their_budget_come_first(paid: Board) -> None:
    found = money(paid)
    assert [(row.plan_row, row.deviation) for row in found.rows] == [
        ("Elbiler", Decimal(2000)),
        ("Sykkelvei", Decimal(-100)),
        # Unknown is not zero.
        ("Kjøkken", None),
    ]
    assert (found.imported_on, found.checked, found.without) == (date(2026, 9, 7), False, 0)


def test_the_status_is_the_one_its_leader_approved(paid: Board) -> None:
    labels = {row.plan_row: [one.label for one in row.measures] for row in money(paid).rows}
    assert labels == {"Elbiler": ["Forsinket"], "Sykkelvei": ["I rute"], "Kjøkken": ["Mangler"]}


def test_without_a_file_nothing_is_said(board: Board, as_user: AsUser) -> None:
    link(board, T1="Sykkelvei")
    assert period_summary(board.second).money is None
    page = as_user(board.cast.radmann).get(board.path()).content.decode()
    assert "Pengene til tiltakene" not in page
    assert "Pengene til tiltakene" not in board.publish(Audience.CHAPTER, render=render_publication).html


def test_a_shared_row_is_counted_once_and_never_divided(board: Board) -> None:
    link(board, T1="Elbiler", K1="elbiler ")
    give(board)
    found = money(board)
    assert [(row.plan_row, [one.code for one in row.measures]) for row in found.rows] == [
        ("Elbiler", ["K1", "T1"])
    ]
    assert found.without == 1
    # In the part of one unit the row is whole, with the other unit's measure beside.
    part = money(board, board.cast.transport.pk)
    assert part.rows[0].budgeted == 5000
    assert [(one.code, one.label) for one in part.rows[0].measures] == [("K1", "–"), ("T1", "I rute")]
    table = money_part(part, year=2026)
    assert table is not None
    assert "beløpene gjelder dem samlet" in table.table.note


def test_a_part_has_its_own_rows_only(paid: Board) -> None:
    assert [row.plan_row for row in money(paid, paid.cast.kitchen.pk).rows] == ["Kjøkken"]
    part = period_summary(paid.second, part_of([paid.cast.klima_unit.pk]))
    assert part.money is not None
    assert (part.money.rows, part.money.without) == ((), 0)
    assert page_of(part, None).money is None


def test_the_newest_file_counts_and_a_finished_check_is_told(paid: Board) -> None:
    give(paid, MoneyRow("Elbiler", Decimal(5000), Decimal(4500), Decimal(5000)))
    finish_step(by=paid.cast.analyse, period=paid.second, kind=PeriodStepKind.MONEY, version=0, comment="")
    found = money(paid)
    assert ([row.deviation for row in found.rows], found.checked, found.without) == ([Decimal(0)], True, 2)


# --- Shown


def test_the_table_adds_up_and_says_what_it_cannot_add(paid: Board) -> None:
    part = money_part(money(paid), year=2026)
    assert part is not None
    cells = [row.cells for row in part.table.parts[0].rows]
    road, kitchen = paid.cast.transport.name, paid.cast.kitchen.name
    assert [[cell.replace("\u00a0", " ") for cell in row] for row in cells] == [
        [f"Tiltak T2 ({road})", "Forsinket", "5 000", "4 000", "7 000", "2 000"],
        [f"Tiltak T1 ({road})", "I rute", "1 000", "400", "900", "\u2212100"],
        [f"Tiltak K1 ({kitchen})", "Mangler", "–", "70", "–", "–"],
    ]
    assert [cell.replace("\u00a0", " ") for cell in part.table.foot[0].cells] == [
        "Sum", "", "–", "4 470", "–", "1 900",
    ]  # fmt: skip
    assert words(part.sentence) == (
        "Prognosen for året er 1 900 kr over budsjettet, på 2 av 3 rader i økonomiplanen."
    )
    assert "De er ikke ferdig kontrollert." in part.source


@pytest.mark.parametrize(
    ("forecast", "said"),
    [
        (Decimal(100), "Prognosen for året er lik budsjettet, på 1 av 1 rader i økonomiplanen."),
        (Decimal(60), "Prognosen for året er 40 kr under budsjettet, på 1 av 1 rader i økonomiplanen."),
        (None, "Ingen av radene i økonomiplanen har både budsjett og prognose."),
    ],
)
def test_the_answer_in_one_sentence(forecast: Decimal | None, said: str) -> None:
    row = PlanRow(
        "Rad", (PaidMeasure("T1", "Biler", "", "on_track", "I rute"),), Decimal(100), None, forecast
    )
    part = money_part(Money(date(2026, 9, 7), True, False, (row,), 1), year=2026)
    assert part is not None
    assert (words(part.sentence), part.table.foot) == (said, ())
    assert part.source.endswith("Ett tiltak i klimabudsjettet har ingen rad med tall.")


def test_many_rows_are_listed_as_far_as_they_are_read_and_the_rest_added() -> None:
    rows = tuple(
        PlanRow(f"Rad {n}", (), Decimal(100), Decimal(n), Decimal(200 - n)) for n in range(MOST_ROWS + 2)
    )
    part = money_part(Money(date(2026, 9, 7), True, False, rows, 0), year=2026, most=MOST_ROWS)
    assert part is not None
    shown = part.table.parts[0].rows
    assert len(shown) == MOST_ROWS + 1
    assert shown[-1].cells[0] == "De andre 2 radene i økonomiplanen"
    assert shown[-1].cells[3] == str(MOST_ROWS + MOST_ROWS + 1)
    whole = money_part(Money(date(2026, 9, 7), True, False, rows, 0), year=2026)
    assert whole is not None
    assert (len(whole.table.parts[0].rows), whole.table.foot) == (len(rows), part.table.foot)


@pytest.mark.parametrize("name", ["radmann", "analyse", "klima", "leder", "direktor"])
def test_those_who_see_the_dashboard_see_their_part(paid: Board, as_user: AsUser, name: str) -> None:
    page = as_user(getattr(paid.cast, name)).get(paid.path()).content.decode()
    assert broken_rules(page) == []
    assert "Pengene til tiltakene" in page
    text = words(page)
    assert "Forsinket 5 000 4 000 7 000 2 000" in text
    assert ("Mangler – 70 – –" in text) == (name not in {"leder"})
    # What the analyst notes is for the analyst and Klima.
    assert "KANARI" not in page


def test_the_chapter_says_not_reported_and_has_every_row(paid: Board) -> None:
    row = paid.publish(Audience.CHAPTER, render=render_publication)
    text = words(row.html)
    assert "Pengene til tiltakene" in text
    assert "Ikke rapportert – 70 – –" in text
    assert "Sum – 4 470 – 1 900" in text
    everything = row.html + json.dumps(row.data, ensure_ascii=False)
    assert "KANARI" not in everything
    assert UNAPPROVED not in everything


def test_the_public_publication_has_no_money(paid: Board) -> None:
    row = paid.publish(Audience.COMMITTEE, render=render_publication)
    public = json.dumps(row.data) + Client().get(f"/apent/{paid.second.code}/1/").content.decode()
    for secret in ("Pengene", "Elbiler", "money", "7\u00a0000", "KANARI"):
        assert secret not in public, secret


# --- Frozen


@pytest.mark.parametrize("audience", [Audience.LEADERSHIP, Audience.CHAPTER])
def test_what_was_published_stays_when_a_new_file_comes(paid: Board, audience: Audience) -> None:
    first = paid.publish(audience)
    frozen: Any = thawed(first)
    give(paid, MoneyRow("Elbiler", Decimal(1), Decimal(1), Decimal(1)))
    again: Any = thawed(type(first).objects.get(pk=first.pk))
    assert again == frozen
    assert again.money.rows[0].forecast == 7000
    second = paid.publish(audience)
    assert second.number == first.number + 1
    assert second.data["money"]["rows"][0]["forecast"] == "1"


def test_publications_from_before_there_was_money_open(paid: Board) -> None:
    summary = period_summary(paid.second)
    for frozen, form in ((summary, 2), (chapter_of(summary), 1)):
        data = json.loads(json.dumps(to_plain(frozen)))
        assert from_plain(type(frozen), data) == frozen
        data["form"] = form
        del data["money"]
        old = from_plain(type(frozen), data)
        assert (old.form, old.money) == (form, None)
        if isinstance(old, Chapter):
            assert chapter_tables(old).money is None
        else:
            assert isinstance(old, PeriodSummary)
            assert page_of(old, None).money is None


def test_queries_do_not_grow_with_rows(board: Board) -> None:
    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            period_summary(board.second)
        return len(queries)

    link(board, T1="Rad 1")
    give(board, MoneyRow("Rad 1", Decimal(1)))
    counted()  # The adopted budget's table is computed once per process.
    one = counted()
    link(board, T2="Rad 2", K1="Rad 3")
    give(board, *(MoneyRow(f"Rad {n}", Decimal(1)) for n in range(1, 4)))
    assert counted() == one
