"""The pages of the climate budget: who sees what, saving with and without JavaScript, and bad input."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from budget.actions.copying import start_revision
from budget.actions.effects import set_effect
from budget.actions.transitions import hand_over, propose
from budget.models import ClimateBudget, Effect, Line
from emissions.enums import Scope
from tests import htmx
from tests.budget_factory import (
    HORIZON,
    adopt,
    decide_overlaps,
    make_budget,
    make_line,
    make_source,
    worked_example,
)
from tests.cast import Cast
from tests.html_rules import broken_rules, parse
from tests.report_forms import posted_by
from tests.worlds import kept
from web.actors import DEMO

pytestmark = pytest.mark.django_db
PAGE = "/budsjett/2027/kommunen-direkte/"
STEPS = ("klargjor", "foresla", "vedtak", "ta-tilbake", "revisjon")


@kept
def budget() -> ClimateBudget:
    budget = worked_example()
    make_line(budget, "T2", {2030: 40}, area="Ressursbruk", unit="Drift", already_counted=10)
    make_line(budget, "K1", reason="virker gjennom innkjøp")
    make_line(budget, "F1", {2030: 260}, scope=Scope.OWN_OPERATIONS_FOOTPRINT)
    decide_overlaps(budget)
    return budget


@pytest.fixture
def klima(cast: Cast) -> Client:
    return client_of(cast.klima)


def client_of(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def first_line() -> Line:
    return Line.objects.order_by("pk")[0]


def cell_url(page: str, line: Line, year: int = 2030) -> str:
    """The address portal.js makes of the table's and the cell's id."""
    found = re.search(r'<table[^>]* data-kp-post="([^"]*)"', page)
    assert found
    return f"{found[1]}{line.pk}/{year}/"


def post_cell(
    client: Client, line: Line, typed: str, version: int | str, year: int = 2030, page: str = ""
) -> HttpResponse:
    """What portal.js sends from the cell on the page; without a page, from a cell of no form."""
    key = f"{line.pk}-{year}"
    return client.post(
        cell_url(page, line, year) if page else f"/budsjett/celle/{line.pk}/{year}/",
        {
            f"effect-{key}": typed,
            f"version-{key}": str(version),
            **(htmx.shown_with(page, key) if page else {}),
        },
        headers={"HX-Request": "true", "HX-Target": f"m-{key}"},
    )  # type: ignore[return-value]


# --- Who sees what --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "readers"),
    [
        ("draft", {"klima", "analyse", "radmann", "revisor", "admin"}),
        ("handed_over", {"klima", "analyse", "radmann", "revisor", "admin"}),
        ("proposed", None),
        ("adopted", None),
        ("superseded", None),
    ],
)
def test_who_reads_a_budget_in_each_state(
    budget: ClimateBudget, cast: Cast, state: str, readers: set[str] | None
) -> None:
    move(budget, state)
    line = budget.lines.order_by("pk")[0]
    everybody = set(cast.people()) - {"ingen"}
    for name, person in cast.people().items():
        client = client_of(person)
        expected = 200 if name in (everybody if readers is None else readers) else 404
        if name == "ingen":
            expected = 403
        addresses = (f"{PAGE}?revisjon=1", f"{PAGE}last-ned/csv/?revisjon=1", f"/budsjett/tiltak/{line.pk}/")
        for address in addresses:
            assert client.get(address).status_code == expected, (name, address)
        listed = client.get("/budsjett/").text
        assert (PAGE in listed) == (expected == 200), name
        if expected == 200:
            may_type = name == "klima" and state == "draft"
            assert ("kp-cell" in client.get(f"{PAGE}?revisjon=1").text) == may_type, name


def move(budget: ClimateBudget, state: str) -> ClimateBudget:
    if state in ("adopted", "superseded"):
        budget = adopt(budget)
    if state == "superseded":
        adopt(start_revision(by=DEMO, budget=budget), "26/2")
    if state in ("handed_over", "proposed"):
        budget = hand_over(by=DEMO, budget=budget, version=1)
    if state == "proposed":
        budget = propose(by=DEMO, budget=budget, version=2)
    return budget


def test_nobody_else_writes(budget: ClimateBudget, cast: Cast) -> None:
    line = first_line()
    for name in set(cast.people()) - {"klima"}:
        client = client_of(getattr(cast, name))
        assert post_cell(client, line, "1", 1).status_code == 403, name
        assert client.post(f"{PAGE}1/lagre/", {}).status_code == 403, name
        assert client.get(f"/budsjett/tiltak/{line.pk}/rediger/").status_code == 403, name
        assert client.post(f"{PAGE}1/klargjor/", {"version": 1}).status_code == 403, name
    assert Effect.objects.filter(line=line, tonnes=300).count() == len(HORIZON)


@pytest.mark.parametrize(
    ("state", "buttons"),
    [
        ("draft", {"klima": "Klargjør for rådmannen"}),
        ("handed_over", {"radmann": "Foreslå for kommunestyret"}),
        ("proposed", {"klima": "Registrer kommunestyrets vedtak"}),
        ("adopted", {}),
    ],
)
def test_at_most_one_primary_button(
    budget: ClimateBudget, cast: Cast, state: str, buttons: dict[str, str]
) -> None:
    move(budget, state)
    for name in ("klima", "radmann", "analyse", "revisor"):
        page = parse(client_of(getattr(cast, name)).get(PAGE).text)
        primary = [node.all_text() for node in page.walk() if node.attributes.get("class") == "kp-btn"]
        assert primary == ([buttons[name]] if name in buttons else []), name


@pytest.mark.parametrize(
    "address",
    [
        "/budsjett/2031/",
        "/budsjett/2027/egen-virksomhet-direkte/",
        "/budsjett/2027/finnes-ikke/",
        f"{PAGE}?revisjon=2",
        f"{PAGE}?revisjon=en",
        f"{PAGE}?revisjon=99999",
        "/budsjett/99999999999999999999/kommunen-direkte/",
        "/budsjett/tiltak/999999/",
        "/budsjett/tiltak/99999999999999999999/",
        f"{PAGE}2/klargjor/",
    ],
)
def test_what_is_not_there_is_404(budget: ClimateBudget, klima: Client, address: str) -> None:
    assert klima.get(address).status_code == 404


def test_a_year_leads_to_its_one_budget(budget: ClimateBudget, klima: Client) -> None:
    assert klima.get("/budsjett/2027/")["Location"] == PAGE
    make_budget(scope=Scope.OWN_OPERATIONS_DIRECT)
    assert klima.get("/budsjett/2027/").text.count("Klimabudsjett 2027</a>") == 2


def test_every_page_keeps_the_rules(budget: ClimateBudget, klima: Client) -> None:
    line = first_line()
    pages = [
        "/budsjett/",
        PAGE,
        f"/budsjett/tiltak/{line.pk}/",
        f"/budsjett/tiltak/{line.pk}/rediger/",
        f"{PAGE}1/klargjor/",
    ]
    for address in pages:
        response = klima.get(address)
        assert (response.status_code, broken_rules(response.text)) == (200, []), address
    move(budget, "proposed")
    for address in (PAGE, f"{PAGE}1/vedtak/"):
        assert broken_rules(klima.get(address).text) == [], address


def test_the_page_says_where_from_and_answers_first(budget: ClimateBudget, klima: Client) -> None:
    text = klima.get(PAGE).text
    assert "mål −55 % i 2030 fra 2009" in text.replace("\u00a0", " ")
    assert "Miljødirektoratet, publisert" in text
    assert text.index('id="budget-answer"') < text.index('<svg class="kp-chart') < text.index("Sammendrag")
    assert "2025–2026 ligger mellom siste regnskapsår og planperioden 2027–2030" in text
    assert "10 tonn er allerede med i regnskapet" in text
    assert "eksempeldata" not in text
    ClimateBudget.objects.update(is_example=True)
    assert "eksempeldata" in klima.get(PAGE).text


# --- One cell at a time ---------------------------------------------------------------------------


@pytest.mark.usefixtures("database_clock")  # «Sist endret» is now in the answer, and from history on the page
@pytest.mark.parametrize(
    ("code", "typed"), [("T1", "1 234,5"), ("T1", "0"), ("T1", ""), ("S1", "150"), ("T2", "7")]
)
def test_after_a_saved_cell_the_page_is_as_if_loaded_again(
    budget: ClimateBudget, klima: Client, code: str, typed: str
) -> None:
    budget.overlaps.all().delete()  # its basis would refuse the largest figure
    line = budget.lines.get(measure__code=code)
    page = klima.get(PAGE).text
    response = post_cell(klima, line, typed, 1, page=page)
    assert response.status_code == 200
    ours = htmx.swapped(page, response.text, f"m-{line.pk}-2030")
    link = next(
        node for node in ours.walk() if response["HX-Trigger"] in node.attributes.get("hx-trigger", "")
    )
    target = link.attributes["hx-target"].removeprefix("#")
    part = klima.get(link.attributes["hx-get"], headers={"HX-Request": "true", "HX-Target": target})
    assert "<html" not in part.text
    ours = htmx.swapped(ours, part.text, target)
    fresh = parse(klima.get(PAGE).text)
    assert htmx.same(ours, fresh, but_value_of=f"c-{line.pk}-2030") == []


def test_control_the_comparison_sees_a_stale_sum(budget: ClimateBudget, klima: Client) -> None:
    page = klima.get(PAGE).text
    answer = post_cell(klima, first_line(), "299", 1).text
    without = re.sub(r'<td[^>]*id="sum-path-2030".*?</td>', "", answer)
    ours = htmx.swapped(page, without, f"m-{first_line().pk}-2030")
    assert any("sum-path-2030" in one for one in htmx.same(ours, parse(klima.get(PAGE).text)))


def test_what_is_read_is_in_whole_tonnes_and_what_is_written_stands_as_it_is(
    budget: ClimateBudget, klima: Client
) -> None:
    line = first_line()
    post_cell(klima, line, "61,2", 1)
    grid, ranges = klima.get(PAGE).text, klima.get(f"{PAGE}?visning=spenn").text
    assert 'value="61,2"' in grid
    assert "men det du fører, står som det er ført" in grid
    assert '<td class="num sum">61</td>' in ranges
    assert '<td class="num sum">61,2</td>' not in ranges


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("abc", "Skriv et tall, for eksempel 1 234,5."),
        ("ca 400", "Skriv et tall"),
        ("1.234", "Mener du"),
        ("−5", "positivt tall"),
        ("1,2345678", "færre desimaler"),
        ("1" * 40, "for langt"),
        ("2000", "større enn utslippsgrunnlaget"),
        ("<script>", "Skriv et tall"),
    ],
)
def test_a_refused_figure_moves_nothing_but_its_message(
    budget: ClimateBudget, klima: Client, typed: str, words: str
) -> None:
    response = post_cell(klima, first_line(), typed, 1)
    answer = parse(response.text)
    assert response.status_code == 422
    elements = [node for node in answer.walk() if node.tag != "#root"]
    assert [(node.tag, "data-kp-error" in node.attributes) for node in elements] == [("span", True)]
    assert words in elements[0].all_text().replace("\u00a0", " ")
    assert "HX-Trigger" not in response
    assert Effect.objects.get(line=first_line(), year=2030).tonnes == 300


def test_a_year_outside_the_budget_is_refused(budget: ClimateBudget, klima: Client) -> None:
    assert post_cell(klima, first_line(), "5", 0, year=2040).status_code == 422


def test_somebody_elses_figure_is_shown_and_can_be_kept_or_replaced(
    budget: ClimateBudget, klima: Client
) -> None:
    line = first_line()
    set_effect(by=DEMO, line=line, year=2030, tonnes=Decimal(310), version=1)
    response = post_cell(klima, line, "320", 1)
    assert response.status_code == 409
    assert "Noen andre har lagret 310 her" in response.text
    message = htmx.find(parse(response.text), f"m-{line.pk}-2030")
    assert message.attributes["data-kp-value"] == "310"
    assert htmx.find(parse(response.text), f"v-{line.pk}-2030").attributes["value"] == "2"
    assert post_cell(klima, line, "320", 2).status_code == 200


def test_quick_typing_never_conflicts_with_itself(budget: ClimateBudget, klima: Client) -> None:
    line, version = first_line(), "1"
    for typed in ("301", "302", "302", "", "303"):
        response = post_cell(klima, line, typed, version)
        assert response.status_code == 200
        version = htmx.find(parse(response.text), f"v-{line.pk}-2030").attributes["value"]
    assert Effect.objects.get(line=line, year=2030).tonnes == 303


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_a_made_up_version_is_a_conflict_not_an_error(
    budget: ClimateBudget, klima: Client, version: str
) -> None:
    assert post_cell(klima, first_line(), "5", version).status_code == 409


def test_a_budget_handed_over_meanwhile_says_so(budget: ClimateBudget, klima: Client) -> None:
    hand_over(by=DEMO, budget=budget, version=1)
    response = post_cell(klima, first_line(), "5", 1)
    assert response.status_code == 409
    assert "klargjort for rådmannen og kan ikke endres" in response.text
    assert "data-kp-keep" not in response.text


def test_an_odd_figure_is_remarked_on_now_and_later(budget: ClimateBudget, klima: Client) -> None:
    line = budget.lines.get(measure__code="T2")
    words = "Mer enn kilden slipper ut"
    assert words in post_cell(klima, line, "5000", 1).text
    assert words in klima.get(PAGE).text


def test_a_lost_session_leads_to_the_login_page(budget: ClimateBudget) -> None:
    response = post_cell(Client(), first_line(), "5", 1)
    assert response["HX-Redirect"].startswith("/logg-inn/")
    assert Effect.objects.get(line=first_line(), year=2030).tonnes == 300


# --- Without JavaScript ---------------------------------------------------------------------------


def form_of(page: str, line: Line) -> tuple[str, dict[str, str]]:
    """(action, fields) of the focus area the line stands in, as a browser without scripts would post it."""
    root = parse(page)
    form_id = htmx.find(root, f"c-{line.pk}-2030").attributes["form"]
    form = htmx.find(root, form_id)
    fields = {
        node.attributes["name"]: node.attributes.get("value", "")
        for node in root.walk()
        if node.tag == "input" and node.attributes.get("form") == form_id
    }
    assert any(node.tag == "button" and node.attributes.get("form") == form_id for node in root.walk()), (
        "no button to save with"
    )
    return form.attributes["action"], fields


def test_a_focus_area_is_saved_at_once(budget: ClimateBudget, klima: Client) -> None:
    line = first_line()
    action, fields = form_of(klima.get(PAGE).text, line)
    fields |= {f"effect-{line.pk}-2029": "250,5", f"effect-{line.pk}-2030": ""}
    response = klima.post(action, fields)
    assert (response.status_code, response["Location"]) == (303, f"{PAGE}?revisjon=1")
    stored = dict(line.effects.values_list("year", "tonnes"))
    assert (stored[2029], stored.get(2030), stored[2028]) == (250.5, None, 300)


def test_what_is_saved_without_scripts_is_confirmed(budget: ClimateBudget, klima: Client) -> None:
    line = first_line()
    action, fields = form_of(klima.get(PAGE).text, line)
    one_cell = {f"effect-{line.pk}-2030": "7", f"version-{line.pk}-2030": "1"}
    edit = reverse("budget:edit_line", args=[line.pk])
    for address, posted in (
        (edit, posted_by(klima.get(edit))),
        (action, fields | {f"effect-{line.pk}-2029": "250,5"}),
        (reverse("budget:save_cell", args=[line.pk, 2030]), one_cell),
    ):
        response = klima.post(address, posted)
        assert response.status_code == 303, address
        assert klima.get(response["Location"]).text.count("Lagret.") == 1, address


def error_summary(page: str) -> list[tuple[str, str]]:
    """(address, words) of each thing to correct, without the address where there is no cell to lead to."""
    summary = next(node for node in parse(page).walk() if node.tag == "ds-error-summary")
    items = [node for node in summary.walk() if node.tag == "li"]
    links = [next((child for child in item.walk() if child.tag == "a"), None) for item in items]
    return [
        (link.attributes["href"] if link else "", item.all_text())
        for item, link in zip(items, links, strict=True)
    ]


def test_one_error_stops_the_whole_focus_area(budget: ClimateBudget, klima: Client) -> None:
    line = first_line()
    action, fields = form_of(klima.get(PAGE).text, line)
    fields |= {f"effect-{line.pk}-2029": "250", f"effect-{line.pk}-2030": "abc"}
    response = klima.post(action, fields)
    assert response.status_code == 422
    cell = htmx.find(parse(response.text), f"c-{line.pk}-2030")
    assert (cell.attributes["value"], cell.attributes["aria-invalid"]) == ("abc", "true")
    (link,) = error_summary(response.text)
    assert link == (f"#c-{line.pk}-2030", "Tiltak T1, 2030: Skriv et tall, for eksempel 1\u00a0234,5.")
    assert line.effects.get(year=2029).tonnes == 300
    assert broken_rules(response.text) == []


def test_what_others_changed_and_i_left_alone_is_no_conflict(budget: ClimateBudget, klima: Client) -> None:
    line = first_line()
    action, fields = form_of(klima.get(PAGE).text, line)
    set_effect(by=DEMO, line=line, year=2028, tonnes=Decimal(333), version=1)
    fields[f"effect-{line.pk}-2029"] = "250"
    assert klima.post(action, fields).status_code == 303
    assert dict(line.effects.filter(year__in=(2028, 2029)).values_list("year", "tonnes")) == {
        2028: 333, 2029: 250,
    }  # fmt: skip


def test_both_changed_the_same_cell(budget: ClimateBudget, klima: Client) -> None:
    line = first_line()
    action, fields = form_of(klima.get(PAGE).text, line)
    set_effect(by=DEMO, line=line, year=2030, tonnes=Decimal(333), version=1)
    fields |= {f"effect-{line.pk}-2030": "444", f"effect-{line.pk}-2029": "250"}
    response = klima.post(action, fields)
    assert response.status_code == 409
    assert line.effects.get(year=2029).tonnes == 300
    page = parse(response.text)
    again = next(
        node for node in page.walk() if node.tag == "form" and node.attributes.get("action") == action
    )
    resent = {
        node.attributes["name"]: node.attributes.get("value", "")
        for node in again.walk()
        if node.tag == "input" and node.attributes["name"] != "csrfmiddlewaretoken"
    }
    assert klima.post(action, resent).status_code == 303
    assert dict(line.effects.filter(year__in=(2029, 2030)).values_list("year", "tonnes")) == {
        2029: 250, 2030: 444,
    }  # fmt: skip


def test_a_focus_area_of_a_budget_that_is_no_draft_is_409(budget: ClimateBudget, klima: Client) -> None:
    line = first_line()
    action, fields = form_of(klima.get(PAGE).text, line)
    hand_over(by=DEMO, budget=budget, version=1)
    fields[f"effect-{line.pk}-2030"] = "1"
    response = klima.post(action, fields)
    assert response.status_code == 409
    (reason,) = error_summary(response.text)
    assert reason[0] == ""
    assert "klargjort for rådmannen" in reason[1]
    assert line.effects.get(year=2030).tonnes == 300


def test_cells_of_another_budget_are_not_saved_along(budget: ClimateBudget, klima: Client) -> None:
    other = make_line(make_budget(2028), "X1", {2030: 5})
    key = f"{other.pk}-2030"
    response = klima.post(f"{PAGE}1/lagre/", {f"effect-{key}": "9", f"version-{key}": "1"})
    assert response.status_code == 404
    assert other.effects.get(year=2030).tonnes == 5


def edit_form(client: Client, line: Line) -> dict[str, str]:
    page = parse(client.get(f"/budsjett/tiltak/{line.pk}/rediger/").text)
    fields = {}
    for node in page.walk():
        if node.tag in ("input", "textarea") and "name" in node.attributes:
            fields[node.attributes["name"]] = node.attributes.get("value", node.text.strip())
    return {name: value for name, value in fields.items() if name != "csrfmiddlewaretoken"}


def test_one_line_is_edited_on_its_page(budget: ClimateBudget, klima: Client) -> None:
    line = first_line()
    fields = edit_form(klima, line) | {"effect-2030": "1\u00a0000", "assumptions": "Ti biler"}
    response = klima.post(f"/budsjett/tiltak/{line.pk}/rediger/", fields)
    assert (response.status_code, response["Location"]) == (303, f"/budsjett/tiltak/{line.pk}/")
    line.refresh_from_db()
    assert (line.assumptions, line.effects.get(year=2030).tonnes) == ("Ti biler", 1000)
    assert "Ti biler" in klima.get(f"/budsjett/tiltak/{line.pk}/").text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"effect-2030": "abc"}, "Skriv et tall"),
        ({"effect-2030": "-1"}, "0 eller høyere"),
        ({"already_counted": ""}, "Må fylles ut"),
        ({"not_quantified_reason": "vet ikke"}, "Fjern effektene"),
    ],
)
def test_a_line_with_errors_comes_back_as_typed(
    budget: ClimateBudget, klima: Client, change: dict[str, str], words: str
) -> None:
    line = first_line()
    response = klima.post(f"/budsjett/tiltak/{line.pk}/rediger/", edit_form(klima, line) | change)
    assert response.status_code == 422
    assert words in response.text
    assert broken_rules(response.text) == []


def test_two_at_the_same_line_get_yours_and_theirs(budget: ClimateBudget, klima: Client) -> None:
    line = first_line()
    fields = edit_form(klima, line) | {"effect-2030": "310", "assumptions": "Mitt"}
    klima.post(f"/budsjett/tiltak/{line.pk}/rediger/", edit_form(klima, line) | {"assumptions": "Deres"})
    response = klima.post(f"/budsjett/tiltak/{line.pk}/rediger/", fields)
    assert response.status_code == 409
    assert "Mitt" in response.text
    assert "Deres" in response.text
    line.refresh_from_db()
    assert line.assumptions == "Deres"


# --- The weighty steps ----------------------------------------------------------------------------


def step(client: Client, name: str, version: int, **fields: object) -> HttpResponse:
    return client.post(f"{PAGE}1/{name}/", {"version": version, **fields})  # type: ignore[return-value]


def test_from_draft_to_adopted_as_the_three_do_it(budget: ClimateBudget, cast: Cast, klima: Client) -> None:
    radmann = client_of(cast.radmann)
    assert step(klima, "klargjor", 1, comment="Klart").status_code == 303
    assert step(radmann, "foresla", 2).status_code == 303
    today = timezone.localdate()
    response = step(klima, "vedtak", 3, adopted_on=today.strftime("%d.%m.%Y"), case_number="25/101")
    assert response.status_code == 303
    page = klima.get(PAGE).text
    assert "Kommunestyrets vedtak er registrert." in page
    assert "sak 25/101" in page
    assert "kp-cell" not in page.replace("kp-cellerr", "")
    assert post_cell(klima, first_line(), "1", 1).status_code == 409


def test_the_same_step_twice_is_one_step(budget: ClimateBudget, klima: Client) -> None:
    for _click in range(2):
        response = step(klima, "klargjor", 1)
        assert (response.status_code, response["Location"]) == (303, f"{PAGE}?revisjon=1")
    assert budget.transitions.count() == 1


def test_a_step_on_an_old_page_asks_to_look_again(budget: ClimateBudget, cast: Cast, klima: Client) -> None:
    hand_over(by=DEMO, budget=budget, version=1)
    response = step(klima, "klargjor", 1)
    assert response.status_code == 409
    assert "endret siden du åpnet siden" in response.text


def test_what_is_missing_is_listed_with_links(budget: ClimateBudget, klima: Client) -> None:
    line = make_line(budget, "T7", {2030: 1}, unit=None)
    page = klima.get(f"{PAGE}1/klargjor/").text
    assert f'<a href="/budsjett/tiltak/{line.pk}/">T7 Tiltak T7 har ingen ansvarlig virksomhet.</a>' in page
    assert "kp-form" not in page
    assert step(klima, "klargjor", 1).status_code == 422
    assert ClimateBudget.objects.get().state == "draft"


@pytest.mark.parametrize(
    ("day", "case", "words"),
    [
        ("i morgen", "25/1", "Skriv en dato"),
        ("31.02.2026", "25/1", "Datoen finnes ikke"),
        ("", "25/1", "Må fylles ut"),
        ("+1", "25/1", "fram i tid"),
        ("+0", "", "Må fylles ut"),
        ("+0", "9" * 41, "40"),
    ],
)
def test_a_decision_that_cannot_be_registered(
    budget: ClimateBudget, klima: Client, day: str, case: str, words: str
) -> None:
    move(budget, "proposed")
    if day.startswith("+"):
        day = (timezone.localdate() + timedelta(days=int(day))).strftime("%d.%m.%Y")
    response = step(klima, "vedtak", 3, adopted_on=day, case_number=case)
    assert response.status_code == 422
    assert words in response.text
    assert broken_rules(response.text) == []
    assert ClimateBudget.objects.get().state == "proposed"


def test_a_revision_from_the_page(budget: ClimateBudget, klima: Client) -> None:
    adopt(budget)
    assert "Lag en revisjon" in klima.get(PAGE).text
    assert klima.get(f"{PAGE}1/revisjon/").status_code == 200
    response = klima.post(f"{PAGE}1/revisjon/")
    assert response["Location"] == f"{PAGE}?revisjon=2"
    assert "Revisjon 2: utkast" in klima.get(PAGE).text
    assert klima.post(f"{PAGE}1/revisjon/").status_code == 422


def test_rådmannen_sends_back(budget: ClimateBudget, cast: Cast) -> None:
    move(budget, "proposed")
    radmann = client_of(cast.radmann)
    assert "Trekk forslaget tilbake" in radmann.get(PAGE).text
    assert step(radmann, "ta-tilbake", 3).status_code == 303
    assert step(radmann, "ta-tilbake", 3).status_code == 303
    assert ClimateBudget.objects.get().state == "handed_over"
    assert client_of(cast.revisor).get(f"{PAGE}1/ta-tilbake/").status_code == 403


# --- Cost -----------------------------------------------------------------------------------------


def count(ask: Callable[[], object]) -> int:
    ask()  # what is remembered between requests
    with CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)


def test_the_number_of_queries_does_not_depend_on_the_number_of_lines(cast: Cast) -> None:
    budget = make_budget()
    klima = client_of(cast.klima)
    seen: dict[int, list[int]] = {}
    for lines in (1, 3, 300):
        while budget.lines.count() < lines:
            number = budget.lines.count()
            line = make_line(
                budget, f"T{number}", unit=f"Virksomhet {number % 9}", sources={make_source(): 100}
            )
            Effect.objects.bulk_create(Effect(line=line, year=year, tonnes=1) for year in HORIZON)
        cache.clear()
        version = iter(range(lines * 10, lines * 10 + 9))
        cell = first_line()

        def save(line: Line = cell, values: object = version) -> None:
            current = Effect.objects.get(line=line, year=2030).version
            assert post_cell(klima, line, str(next(values)), current).status_code == 200  # type: ignore[call-overload]

        seen[lines] = [
            count(lambda: klima.get(PAGE)),
            count(save),
            count(lambda: klima.get(f"{PAGE}last-ned/json/")),
            count(lambda: klima.get(f"/budsjett/tiltak/{first_line().pk}/")),
        ]
    assert seen[1] == seen[3] == seen[300], seen
    assert seen[1][1] <= 22
