"""«Ble rammen overholdt?», the newer edition, the unit's own page, and the PDF by order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from unittest import mock

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from budget import jobs
from budget.actions import orders
from budget.actions.copying import start_revision
from budget.actions.costs import set_cost
from budget.actions.funding import add_funding
from budget.enums import CostKind, OrderState
from budget.models import ClimateBudget, DocumentOrder
from budget.queries.afterwards import budget_by_new_edition, budgets_by_new_edition, years_afterwards
from budget.queries.assembling import budget_table
from budget.queries.units import unit_parts
from budget.queries.warnings import newer_edition
from budget.words.afterwards import new_edition_sentence, verdict, year_sentence
from emissions.enums import Scope
from organisation.models import User
from strategy.models import Responsibility
from tests.budget_factory import (
    adopt,
    make_budget,
    make_edition,
    make_line,
    make_source,
    make_target,
    worked_example,
)
from tests.cast import Cast
from tests.html_rules import broken_rules, parse
from tests.worlds import kept
from web.actors import DEMO

pytestmark = pytest.mark.django_db
KEPT = "/budsjett/rammen/kommunen-direkte/"
SCOPE = Scope.COMMUNITY_DIRECT
TODAY = date(2027, 6, 1)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@kept
def world() -> ClimateBudget:
    """A budget adopted for 2024 on an edition to 2022, and a newer edition with the year measured.

    Road 1 000 and ships 100 in 2009; in the newer edition road is 1 100. 55 percent in 2030.
    """
    road, ships = make_source(), make_source("Sjøfart", "Stykkgods")
    then = {(road, 2009): 1000, (road, 2022): 700, (ships, 2009): 100, (ships, 2022): 50}
    old = make_edition(then, published=date(2023, 12, 1))
    budget = make_budget(2024, edition=old, target=make_target())
    make_line(budget, "T1", dict.fromkeys(range(2024, 2031), 100), sources={road: 100})
    adopted = adopt(budget, "23/1")
    now = {**then, (road, 2009): 1100, (road, 2024): 620, (ships, 2024): 40}
    make_edition(now, published=date(2025, 12, 20))
    return ClimateBudget.objects.get(pk=adopted.pk)


def test_one_year_by_the_edition_then_and_now(world: ClimateBudget) -> None:
    rows = {row.year: row for row in years_afterwards(SCOPE, TODAY)}
    assert sorted(rows) == [2024, 2025, 2026]
    row = rows[2024]
    percent = Decimal(55) * 15 / 21
    assert row.percent == pytest.approx(percent)
    assert row.whole.ceiling_then == pytest.approx(1100 * (1 - percent / 100))
    assert row.whole.ceiling_now == pytest.approx(1200 * (1 - percent / 100))
    # Flat from 2022: 750 less the measure's 100.
    assert (row.whole.expected, row.whole.measured) == (650, 660)
    assert row.whole.kept is True
    assert row.whole.ceiling_then == budget_table(world).year(2024).ceiling
    sectors = {sector.name: sector.figures for sector in row.sectors}
    assert (sectors["Veitrafikk"].expected, sectors["Veitrafikk"].measured) == (600, 620)
    assert (sectors["Sjøfart"].expected, sectors["Sjøfart"].measured) == (50, 40)
    assert sum(figures.over for figures in sectors.values() if figures.over) == row.whole.over
    assert rows[2025].whole.measured is None
    assert verdict(rows[2025].whole) == "Ikke målt ennå"


def test_the_answer_is_said(world: ClimateBudget) -> None:
    rows = {row.year: year_sentence(row).replace("\u00a0", " ") for row in years_afterwards(SCOPE, TODAY)}
    assert rows[2024].startswith(
        "Rammen ble overholdt i 2024: utslippene var 660 tonn og rammen 729 tonn, 69 tonn under rammen. "
        "Budsjettet ventet 650 tonn; det ble 10 mer."
    )
    assert rows[2025].startswith("2025 er ikke målt ennå.")


def test_a_year_that_has_not_ended_is_not_looked_back_on(world: ClimateBudget) -> None:
    assert [row.year for row in years_afterwards(SCOPE, date(2024, 12, 31))] == []
    assert [row.year for row in years_afterwards(SCOPE, date(2025, 1, 1))] == [2024]


def test_the_budget_of_the_year_itself_answers_for_it(world: ClimateBudget) -> None:
    later = make_budget(2026, target=world.target, edition=newer_edition(world))
    make_line(later, "T2", {2026: 5}, sources={make_source(): 100})
    adopt(later, "25/2")
    rows = {row.year: row for row in years_afterwards(SCOPE, TODAY)}
    assert {year: row.budget.year for year, row in rows.items()} == {2024: 2024, 2025: 2024, 2026: 2026}
    assert [row.own_budget for _year, row in sorted(rows.items())] == [True, False, True]


def test_a_superseded_budget_gives_way_to_its_revision(world: ClimateBudget) -> None:
    revised = adopt(start_revision(by=DEMO, budget=world), "24/9")
    assert {row.budget.pk for row in years_afterwards(SCOPE, TODAY)} == {revised.pk}


def test_an_unknown_source_is_not_zero(world: ClimateBudget) -> None:
    figures = {(make_source(), 2009): 1000, (make_source(), 2024): 500}
    newest = make_edition(figures, published=date(2025, 12, 24))
    row = {row.year: row for row in years_afterwards(SCOPE, TODAY)}[2024]
    assert row.edition_now == newest
    sectors = {sector.name: sector.figures for sector in row.sectors}
    assert (sectors["Sjøfart"].measured, sectors["Sjøfart"].kept) == (None, None)
    assert row.whole.measured == 500


def test_a_newer_edition_moves_base_and_ceiling_and_nothing_else(world: ClimateBudget) -> None:
    (row,) = budgets_by_new_edition(SCOPE)
    assert (row.base_then, row.base_now) == (1100, 1200)
    last = row.years[-1]
    assert (last.year, last.path, last.ceiling_then, last.ceiling_now) == (2030, 650, 495, 540)
    assert (last.gap_then, last.gap_now, last.change) == (155, 110, -45)
    words = new_edition_sentence(row).replace("\u00a0", " ")
    assert "basisåret 2009 går fra 1 100 til 1 200 tonn" in words
    assert "Avstanden i 2030 går fra 155 tonn over rammen til 110 tonn over rammen." in words
    assert budget_table(world).year(2030).gap == 155, "the budget keeps its own edition"


def test_one_budget_asked_for_says_the_same(world: ClimateBudget) -> None:
    paths = {row.year: row.path for row in budget_table(world).years}
    (row,) = budgets_by_new_edition(SCOPE)
    assert budget_by_new_edition(world, paths) == row


def test_a_budget_on_the_newest_edition_has_nothing_to_say(db: None) -> None:
    budget = adopt(worked_example())
    assert budgets_by_new_edition(SCOPE) == []
    assert newer_edition(ClimateBudget.objects.get(pk=budget.pk)) is None
    assert budget_by_new_edition(budget, {}) is None


def test_an_edition_without_the_base_year_says_so(world: ClimateBudget) -> None:
    make_edition({(make_source(), 2024): 500}, published=date(2025, 12, 25))
    (row,) = budgets_by_new_edition(SCOPE)
    assert "ikke tall for basisåret 2009" in new_edition_sentence(row)
    assert {year.gap_now for year in row.years} == {None}


def test_the_page_for_everybody_who_reads_what_is_published(world: ClimateBudget, cast: Cast) -> None:
    with time_machine.travel(TODAY):
        for name, person in cast.people().items():
            response = client_of(person).get(KEPT)
            assert response.status_code == (403 if name == "ingen" else 200), name
        page = client_of(cast.utvalg).get(KEPT).text
        assert broken_rules(page) == []
        text = " ".join(parse(page).all_text().split())
        assert "Rammen ble overholdt i 2024" in text
        assert "Klimabudsjett 2024 med nyeste utgave" in text
        budget_page = client_of(cast.utvalg).get("/budsjett/2024/kommunen-direkte/").text
    assert f'href="{KEPT}"' in budget_page
    assert "En nyere utgave ble publisert" in budget_page
    assert client_of(cast.utvalg).get("/budsjett/rammen/finnes-ikke/").status_code == 404
    assert (
        "Ingen år å se tilbake på" in client_of(cast.utvalg).get("/budsjett/rammen/kommunen-indirekte/").text
    )


def count(ask: Callable[[], object]) -> int:
    ask()
    with CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)


def test_queries_do_not_grow_with_years(world: ClimateBudget) -> None:
    one = count(lambda: years_afterwards(SCOPE, date(2025, 6, 1)))
    for year in (2025, 2026):
        later = make_budget(year, target=world.target, edition=newer_edition(world))
        make_line(later, f"T{year}", {year: 5}, sources={make_source(): 100})
        adopt(later, f"{year}/1")
    assert len(years_afterwards(SCOPE, TODAY)) == 3
    assert count(lambda: years_afterwards(SCOPE, TODAY)) == one


# --- The unit's own page --------------------------------------------------------------------------


@kept
def unit_world(cast: Cast) -> ClimateBudget:
    budget = make_budget(2026)
    for code, effects in (("T1", {2026: 10, 2027: 20, 2030: 40}), ("T2", {2026: 1, 2030: "4.6"})):
        line = make_line(budget, code, effects, unit=cast.transport.name)
        set_cost(by=DEMO, line=line, year=2026, kind=CostKind.OPERATION, nok=Decimal(1000))
    set_cost(by=DEMO, line=line, year=2027, kind=CostKind.SAVING, nok=Decimal(300))
    make_line(budget, "K1", reason="krav i planer", unit=cast.transport.name)
    make_line(budget, "F1", {2026: 7}, scope=Scope.OWN_OPERATIONS_FOOTPRINT, unit=cast.transport.name)
    make_line(budget, "T9", {2026: 99}, unit="Andre")
    add_funding(by=DEMO, line=line, scheme="Enova", report_due=date(2027, 5, 1), deadline=date(2026, 2, 1))
    return adopt(budget, "25/1")


def unit_url(cast: Cast) -> str:
    return f"/budsjett/virksomhet/{cast.transport.pk}/"


def test_what_the_unit_answers_for(unit_world: ClimateBudget, cast: Cast) -> None:
    with time_machine.travel(date(2026, 6, 1)):
        page = client_of(cast.kontakt).get(unit_url(cast)).text
    assert broken_rules(page) == []
    text = " ".join(parse(page).all_text().replace("\u00a0", " ").split())
    assert "T9" not in text
    assert "99" not in text.replace("1999", "")
    for words in (
        "i 2026",
        "i 2030",
        "Samlet 2026–2029 skal tiltakene kutte 31 tonn",
        "Kroner samlet 2026–2029",
        "nei: krav i planer",
        "virker utenfor: klimafotavtrykk fra egen virksomhet",
        "1. februar 2026: søknadsfrist hos Enova",
        "1. mai 2027: rapporter til Enova",
    ):
        assert words in text, words
    sums = next(row for row in parse(page).walk() if row.tag == "tr" and "Sum før overlapp" in row.all_text())
    figures = [cell.all_text() for cell in sums.children if "num" in cell.attributes.get("class", "")]
    assert figures == ["11", "20", "–", "–", "45"]


def test_years_and_sums_over_years_never_share_a_table(unit_world: ClimateBudget, cast: Cast) -> None:
    page = parse(client_of(cast.kontakt).get(unit_url(cast)).text)
    for table in (node for node in page.walk() if node.tag == "table"):
        headers = [cell.all_text() for cell in table.walk() if cell.tag == "th"]
        tonnes = [header for header in headers if header.startswith("i 2")]
        assert not (tonnes and any("amlet" in header for header in headers))


def test_who_reads_it_and_who_finds_it(unit_world: ClimateBudget, cast: Cast) -> None:
    for name, person in cast.people().items():
        client = client_of(person)
        response = client.get(unit_url(cast))
        assert response.status_code == (403 if name == "ingen" else 200), name
        if name == "ingen":
            continue
        own = name in ("kontakt", "vara", "leder")
        assert ("Rapportene våre" in response.text) == own, name
        assert (unit_url(cast) in client.get("/").text) == own, name
    assert client_of(cast.utvalg).get("/budsjett/virksomhet/99999999/").status_code == 404
    empty = client_of(cast.annen).get(f"/budsjett/virksomhet/{cast.kitchen.pk}/").text
    assert "Ingen tiltak i vedtatte klimabudsjetter" in empty


def test_responsibility_is_the_adopted_one(unit_world: ClimateBudget, cast: Cast) -> None:
    Responsibility.objects.filter(unit=cast.transport).update(unit=cast.kitchen)
    assert [len(part.lines) for part in unit_parts(cast.transport, TODAY)] == [3]
    assert unit_parts(cast.kitchen, TODAY) == []


def test_this_years_budget_and_never_a_draft(unit_world: ClimateBudget, cast: Cast) -> None:
    edition, target = unit_world.edition, unit_world.target
    later = make_budget(2027, edition=edition, target=target)
    make_line(later, "T7", {2027: 5}, unit=cast.transport.name)
    assert [part.budget.year for part in unit_parts(cast.transport, date(2027, 6, 1))] == [2026]
    adopt(later, "26/1")
    assert [part.budget.year for part in unit_parts(cast.transport, date(2027, 6, 1))] == [2027]
    assert [part.budget.year for part in unit_parts(cast.transport, date(2026, 6, 1))] == [2026]
    assert [part.budget.year for part in unit_parts(cast.transport, date(2020, 6, 1))] == [2026]


def test_queries_do_not_grow_with_lines(cast: Cast) -> None:
    budget, counts = make_budget(2026), []
    for number in range(3):
        make_line(budget, f"T{number}", {2030: 1}, unit=cast.transport.name)
    adopt(budget)
    counts.append(count(lambda: client_of(cast.kontakt).get(unit_url(cast))))
    more = start_revision(by=DEMO, budget=ClimateBudget.objects.get(pk=budget.pk))
    for number in range(3, 6):
        make_line(more, f"T{number}", {2030: 1}, unit=cast.transport.name)
    adopt(more, "27/2")
    counts.append(count(lambda: client_of(cast.kontakt).get(unit_url(cast))))
    assert counts[0] == counts[1]


# --- The PDF by order -----------------------------------------------------------------------------


def order_url(budget: ClimateBudget) -> str:
    return f"/budsjett/{budget.year}/kommunen-direkte/{budget.revision}/pdf/"


def test_order_wait_and_fetch(world: ClimateBudget, cast: Cast) -> None:
    client = client_of(cast.utvalg)
    first = client.post(order_url(world))
    again = client.post(order_url(world))
    assert (first.status_code, first["Location"]) == (303, again["Location"])
    waiting = client.get(first["Location"], headers={"HX-Request": "true", "HX-Target": "klimabudsjett"})
    assert "hx-get" in waiting.text
    order = DocumentOrder.objects.get()
    assert client.get(f"{first['Location']}last-ned/").status_code == 404
    with mock.patch("budget.jobs.render_budget", return_value=b"%PDF-1.7"):
        jobs.make_document(order.pk)
        jobs.make_document(order.pk)
    done = client.get(first["Location"])
    assert broken_rules(done.text) == []
    assert "Last ned PDF" in done.text
    assert "hx-get" not in done.text.partition("klimabudsjett")[2].partition("</div>")[0]
    pdf = client.get(f"{first['Location']}last-ned/")
    assert pdf["Content-Type"] == "application/pdf"
    assert 'filename="klimabudsjett-2024-kommunen-direkte.pdf"' in pdf["Content-Disposition"]
    assert pdf.content.startswith(b"%PDF")


def test_an_order_is_its_owners_alone(world: ClimateBudget, cast: Cast) -> None:
    order = orders.order_document(by=cast.utvalg, budget=world)
    for name, person in cast.people().items():
        expected = 200 if name == "utvalg" else 403 if name == "ingen" else 404
        assert client_of(person).get(f"/budsjett/pdf/{order.pk}/").status_code == expected, name
    assert client_of(cast.utvalg).get("/budsjett/pdf/99999999999999999999/").status_code == 404


def test_a_draft_is_ordered_by_those_who_read_drafts(cast: Cast) -> None:
    draft = worked_example()
    assert client_of(cast.utvalg).post(order_url(draft)).status_code == 404
    with pytest.raises(PermissionDenied):
        orders.order_document(by=cast.utvalg, budget=draft)
    assert client_of(cast.analyse).post(order_url(draft)).status_code == 303


def test_what_went_wrong_is_said_and_can_be_tried_again(world: ClimateBudget, cast: Cast) -> None:
    order = orders.order_document(by=cast.utvalg, budget=world)
    with (
        mock.patch("budget.jobs.render_budget", side_effect=RuntimeError("font")),
        pytest.raises(RuntimeError),
    ):
        jobs.make_document(order.pk)
    order.refresh_from_db()
    assert order.state == OrderState.FAILED
    assert "Prøv igjen" in client_of(cast.utvalg).get(f"/budsjett/pdf/{order.pk}/").text
    second = orders.order_document(by=cast.utvalg, budget=world)
    assert (second.pk != order.pk, DocumentOrder.objects.count()) == (True, 1)


def test_a_lost_worker_is_not_waited_for(world: ClimateBudget, cast: Cast) -> None:
    order = orders.order_document(by=cast.utvalg, budget=world)
    DocumentOrder.objects.update(ordered_at=timezone.now() - orders.ORDER_LIFE - timedelta(seconds=1))
    assert orders.order_document(by=cast.utvalg, budget=world).pk != order.pk
    jobs.make_document(order.pk)  # its order is gone: nothing to do
