"""Figures that cannot be right, and years nobody has a figure for: said in time, and never handed over."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from budget.actions.effects import set_effect
from budget.actions.transitions import hand_over
from budget.exports.data import as_json, summary_rows
from budget.models import ClimateBudget
from budget.queries.assembling import budget_table
from budget.queries.fingerprint import table_sha256
from budget.queries.totals import cell_totals
from budget.words.answers import answer
from budget.words.curves import chart
from budget.words.document_tables import effect_table, summary_table
from tests.budget_factory import HORIZON, decide_overlaps, make_budget, make_line, make_target
from tests.cast import Cast
from tests.test_budget_pages import client_of
from tests.worlds import kept
from web.actors import DEMO
from web.refusals import Refused

PAGE = "/budsjett/2027/kommunen-direkte/"


@kept
def absurd() -> ClimateBudget:
    budget = make_budget()
    make_line(budget, "T1", {2029: 100, 2030: 5000})
    return budget


def test_more_than_its_source_is_refused_at_each_step(absurd: ClimateBudget, cast: Cast) -> None:
    line = absurd.lines.get()
    words = "Effekten av T1 Tiltak T1 i 2030 er 5\u00a0000 tonn, mer enn kilden slipper ut"
    steps = (("draft", "klargjor", cast.klima), ("handed_over", "foresla", cast.radmann))
    for state, step, person in (*steps, ("proposed", "vedtak", cast.klima)):
        ClimateBudget.objects.update(state=state)
        client, address = client_of(person), f"{PAGE}1/{step}/"
        page = client.get(address).text
        assert words in page, state
        assert f'href="/budsjett/tiltak/{line.pk}/"' in page, state
        sent = {"version": 1, "adopted_on": "9.12.2025", "case_number": "25/101"}
        response = client.post(address, sent)
        assert (response.status_code, words in response.text) == (422, True), state
    absurd.refresh_from_db()
    assert (absurd.state, absurd.version) == ("proposed", 1)


def test_it_stands_at_the_top_of_the_draft(absurd: ClimateBudget, cast: Cast) -> None:
    page = client_of(cast.klima).get(PAGE).text
    assert "Må rettes før budsjettet kan klargjøres" in page
    assert page.index("Effekten av T1 Tiltak T1 i 2030") < page.index('id="tiltak"')


def test_lines_that_exceed_it_only_together_go_on(db: None) -> None:
    """ADR 0008: the excess is shared."""
    budget = make_budget()
    for code in ("T1", "T2"):
        make_line(budget, code, dict.fromkeys(HORIZON, 600))
    decide_overlaps(budget)
    hand_over(by=DEMO, budget=budget, version=1)
    assert budget_table(budget).year(2030).path == 0


def test_what_the_inventory_shows_already_is_not_held_against_it(db: None) -> None:
    budget = make_budget()
    make_line(budget, "T1", dict.fromkeys(HORIZON, 1100), already_counted=100)
    hand_over(by=DEMO, budget=budget, version=1)


@kept
def blank() -> ClimateBudget:
    """Figures from 2026 to 2029, none in the last year."""
    budget = make_budget()
    make_line(budget, "T1", dict.fromkeys(range(2026, 2030), 300))
    return budget


def test_a_year_without_figures_is_unknown_not_nothing(blank: ClimateBudget, cast: Cast) -> None:
    table = budget_table(blank)
    assert [row.year for row in table.years if not row.known] == [2030]
    rows = [row.cells for part in summary_table(table).parts for row in part.rows]
    assert [row[-1] for row in rows] == ["1\u00a0000", "–", "–", "–"]
    # Before the first figure nothing is cut; that is known.
    assert [row[1] for row in rows] == ["1\u00a0000", "0", "0", "1\u00a0000"]
    assert [row.cells[-1] for row in summary_table(table).foot] == ["495", "–"]
    effects = effect_table(table)
    assert effects is not None
    assert {row.cells[-1] for row in effects.foot} == {"–"}
    assert answer(table).text == "Ingen tiltak har tall for 2030, så tiltaksbanen kan ikke regnes ut."
    page = client_of(cast.klima).get(PAGE).text
    assert 'id="sum-path-2030">–</td>' in page
    assert 'id="sum-gap-2030">–</td>' in page
    assert "T1 har ikke tall for 2030." in page


def test_the_curve_stops_where_figures_do(blank: ClimateBudget) -> None:
    with_figures = str(chart(budget_table(blank)))
    set_effect(by=DEMO, line=blank.lines.get(), year=2030, tonnes=Decimal(0), version=0)
    assert str(chart(budget_table(blank))) != with_figures


def test_a_saved_cell_says_the_same_as_the_page(blank: ClimateBudget) -> None:
    line = blank.lines.get()
    for year in HORIZON:
        assert cell_totals(line, year).year.known == budget_table(blank).year(year).known, year
    set_effect(by=DEMO, line=line, year=2030, tonnes=Decimal(5), version=0)
    assert cell_totals(line, 2030).year.known
    assert budget_table(blank).year(2030).known


def test_files_tell_the_unknown_from_zero(blank: ClimateBudget) -> None:
    """As the page does: nothing is written where no line has a figure, and JSON says so."""
    table = budget_table(blank)
    unknown = [row.year for row in table.years if not row.known]
    assert 2030 in unknown
    assert [row["year"] for row in as_json(table)["years"] if not row["known"]] == unknown
    figures = {label: dict(zip(table.horizon, row, strict=True)) for label, row in summary_rows(table)}
    for label in ("Kutt i alt, etter overlapp", "Tiltaksbane", "Over rammen"):
        assert [year for year, tonnes in figures[label].items() if tonnes is None] == unknown, label
    assert None not in figures["Referansebane"].values()
    assert None not in figures["Utslippsramme"].values()


def test_what_is_hashed_does_not_know_of_it(blank: ClimateBudget) -> None:
    """The figures an adopted budget was hashed with are the arithmetic's own, in every year."""
    table = budget_table(blank)
    assert table.year(2030).path == 1000
    as_before = replace(table, years=tuple(replace(row, known=True) for row in table.years))
    assert table_sha256(table) == table_sha256(as_before)


def test_the_refusal_is_an_exception_with_the_line(absurd: ClimateBudget) -> None:
    with pytest.raises(Refused) as refused:
        hand_over(by=DEMO, budget=absurd, version=1)
    assert [reason.url for reason in refused.value.reasons] == [absurd.lines.get().get_absolute_url()]


def test_targets_of_the_same_title_are_told_apart(db: None, cast: Cast) -> None:
    make_target(percent=Decimal(55))
    make_target(percent=Decimal(95), target_year=2040)
    page = client_of(cast.klima).get("/budsjett/nytt/").text
    for words in (
        "Kutte 55 prosent: −55\u00a0% i 2030 fra 2009 – Klimastrategi",
        "−95\u00a0% i 2040 fra 2009",
    ):
        assert words in page
