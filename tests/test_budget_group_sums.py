"""One name, one sum; and a cut belongs to whoever makes it."""

from __future__ import annotations

from decimal import Decimal

from budget.actions.effects import set_effect
from budget.models import ClimateBudget
from budget.queries.assembling import budget_table
from budget.words.document_tables import effect_table, sum_tables
from budget.words.groups import sums_by_focus_area, sums_by_unit
from strategy.enums import Level
from strategy.models import Measure
from tests.budget_factory import make_budget, make_line
from tests.cast import Cast
from tests.test_budget_pages import client_of
from tests.worlds import kept
from web.actors import DEMO

PAGE = "/budsjett/2027/kommunen-direkte/"
SAVE = f"{PAGE}1/lagre/"


@kept
def budget() -> ClimateBudget:
    """A municipal cut of 100 and a national one of 300 in one focus area, both with one unit."""
    budget = make_budget()
    make_line(budget, "T1", {2030: 100}, unit="Klimaavdelingen")
    make_line(budget, "S1", {2030: 300}, unit="Klimaavdelingen", level=Level.NATIONAL)
    Measure.objects.filter(code="S1").update(external_actor="Staten")
    return budget


def test_a_focus_area_has_one_sum(budget: ClimateBudget) -> None:
    table = budget_table(budget)
    sums = {name: row[2030] for name, row in sums_by_focus_area(table).items()}
    assert sums == {"Mobilitet": 100, "Statlige og regionale tiltak": 300}
    effects = effect_table(table)
    assert effects is not None
    in_table = {part.title: part.rows[-1].cells[-1] for part in effects.parts}
    assert in_table == {"Mobilitet": "100", "Statlige og regionale tiltak": "300"}
    areas = sum_tables(table)[2]
    assert {row.cells[0]: row.cells[-1] for row in areas.parts[0].rows} == in_table


def test_the_state_has_a_row_of_its_own(budget: ClimateBudget, cast: Cast) -> None:
    table = budget_table(budget)
    assert {name: row[2030] for name, row in sums_by_unit(table).items()} == {
        "Klimaavdelingen": 100,
        "Staten": 300,
    }
    page = client_of(cast.klima).get(PAGE).text
    sums = page.partition("Summer per virksomhet og nivå")[2]
    assert '<th scope="row" colspan="2">Staten</th>' in sums


def test_a_saved_cell_moves_the_row_on_the_page(budget: ClimateBudget, cast: Cast) -> None:
    klima = client_of(cast.klima)
    line = budget.lines.get(measure__code="S1")
    sent = {f"effect-{line.pk}-2030": "350", f"version-{line.pk}-2030": "1"}
    answer = klima.post(f"/budsjett/celle/{line.pk}/2030/", sent, headers={"HX-Request": "true"}).text
    page = klima.get(PAGE).text
    (cell,) = [one for one in answer.split("<td") if 'id="actor-' in one]
    assert ">350</td>" in cell
    assert cell.replace(' hx-swap-oob="true"', "").partition("</td>")[0] in page
    assert 'id="unit-' not in answer


# --- Without JavaScript ------------------------------------------------------------------------------------


def test_a_refused_form_keeps_every_figure(budget: ClimateBudget, cast: Cast) -> None:
    klima, line = client_of(cast.klima), budget.lines.get(measure__code="T1")
    sent = {
        f"effect-{line.pk}-2028": "440",
        f"version-{line.pk}-2028": "0",
        f"effect-{line.pk}-2029": "ca 12",
        f"version-{line.pk}-2029": "0",
        f"effect-{line.pk}-2030": "100",
        f"version-{line.pk}-2030": "1",
    }
    response = klima.post(SAVE, sent)
    assert response.status_code == 422
    assert f'id="c-{line.pk}-2028" form="' in response.text
    assert _value(response.text, line.pk, 2028) == "440"
    assert _value(response.text, line.pk, 2029) == "ca 12"
    assert response.text.count('aria-invalid="true"') == 1
    assert budget_table(budget).lines[0].raw.keys() == {2030}


def test_a_kept_figure_does_not_run_over_somebody_elses(budget: ClimateBudget, cast: Cast) -> None:
    """It comes back with the version it was typed over, so that sending it again is a conflict."""
    klima, line = client_of(cast.klima), budget.lines.get(measure__code="T1")
    set_effect(by=DEMO, line=line, year=2030, tonnes=Decimal(77), version=1)
    sent = {
        f"effect-{line.pk}-2029": "ca 12",
        f"version-{line.pk}-2029": "0",
        f"effect-{line.pk}-2030": "88",
        f"version-{line.pk}-2030": "1",
    }
    page = klima.post(SAVE, sent).text
    assert f'id="v-{line.pk}-2030" name="version-{line.pk}-2030"' in page
    assert page.partition(f'id="v-{line.pk}-2030"')[2].partition('value="')[2].startswith('1"')
    again = {**sent, f"effect-{line.pk}-2029": "12"}
    assert klima.post(SAVE, again).status_code == 409


def test_a_refused_form_of_costs_keeps_every_figure(budget: ClimateBudget, cast: Cast) -> None:
    klima, line = client_of(cast.klima), budget.lines.get(measure__code="T1")
    sent = {
        f"figure-{line.pk}-2028-drift": "1000",
        f"version-{line.pk}-2028-drift": "0",
        f"figure-{line.pk}-2029-drift": "mye",
        f"version-{line.pk}-2029-drift": "0",
    }
    response = klima.post(f"{SAVE}kostnad/?visning=kostnad", sent)
    assert response.status_code == 422
    assert _value(response.text, line.pk, "2028-drift") == "1000"
    assert _value(response.text, line.pk, "2029-drift") == "mye"


def _value(page: str, line: int, cell: int | str) -> str:
    return page.partition(f'id="c-{line}-{cell}"')[2].partition('value="')[2].partition('"')[0]


def test_the_button_names_the_group_it_saves(budget: ClimateBudget, cast: Cast) -> None:
    page = " ".join(client_of(cast.klima).get(PAGE).text.split())
    assert "> Lagre Mobilitet </button>" in page
    assert "> Lagre Statlige og regionale tiltak </button>" in page
    assert "Hver gruppe lagres for seg" in page
    assert "Lagre alt" not in page
