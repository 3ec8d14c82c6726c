"""The grid's views of the same lines: what is grouped where, and cells of estimates and costs."""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budget.actions.costs import set_cost
from budget.actions.figures_saved import FigureSaved
from budget.actions.funding import add_funding
from budget.actions.grid_figures import FigureChange, set_figure
from budget.enums import CellFigure, CostKind
from budget.models import ClimateBudget, Cost, Effect, Line
from budget.views.budget_page import CHART_ID
from tests import htmx
from tests.budget_factory import HORIZON, adopt, make_budget, make_line, make_source, worked_example
from tests.cast import Cast
from tests.html_rules import broken_rules, parse
from tests.worlds import kept
from web.actors import DEMO
from web.concurrency import StaleObject
from web.formats import format_date
from web.refusals import Closed, Refused

pytestmark = pytest.mark.django_db
PAGE = "/budsjett/2027/kommunen-direkte/"
RANGE, COST, FUNDING = f"{PAGE}?visning=spenn", f"{PAGE}?visning=kostnad", f"{PAGE}?visning=finansiering"
WORDS = {
    CellFigure.LOW: "lavt",
    CellFigure.HIGH: "hoyt",
    CellFigure.INVESTMENT: "investering",
    CellFigure.OPERATION: "drift",
    CellFigure.SAVING: "innsparing",
}


@kept
def budget() -> ClimateBudget:
    budget = worked_example()
    make_line(budget, "T2", {2030: 40}, area="Ressursbruk", unit="Drift", already_counted=10)
    make_line(budget, "K1", reason="virker gjennom innkjøp")
    return budget


@pytest.fixture
def klima(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.klima)
    return client


def first_line() -> Line:
    return Line.objects.select_related("budget__target", "measure").order_by("pk")[0]


def change(
    figure: CellFigure, amount: int | str | None, version: int = 0, line: Line | None = None
) -> FigureChange:
    return FigureChange(
        line or first_line(), 2030, figure, None if amount is None else Decimal(amount), version
    )


def set_one(*args: object, **kwargs: object) -> FigureSaved:
    return set_figure(by=DEMO, change=change(*args, **kwargs))  # type: ignore[arg-type]


def post(
    client: Client, page: str, figure: CellFigure, typed: str, version: int | None = None
) -> HttpResponse:
    """What portal.js sends from the cell on the page."""
    key = f"{first_line().pk}-2030-{WORDS[figure]}"
    cell = htmx.find(parse(page), f"c-{key}")
    seen = htmx.find(parse(page), f"v-{key}").attributes["value"] if version is None else str(version)
    return client.post(
        f"/budsjett/celle/{key.replace('-', '/')}/",
        {cell.attributes["name"]: typed, f"version-{key}": seen, **htmx.shown_with(page, key)},
        headers={"HX-Request": "true", "HX-Target": f"m-{key}"},
    )  # type: ignore[return-value]


def groups(page: str) -> list[str]:
    return [
        node.all_text().split(" Lagre ")[0].strip()
        for node in parse(page).walk()
        if node.attributes.get("scope") == "rowgroup"
    ]


# --- Views, groups, filter ------------------------------------------------------------------------


def test_every_view_keeps_the_rules_of_a_page(budget: ClimateBudget, klima: Client) -> None:
    set_one(CellFigure.LOW, 250)
    set_one(CellFigure.INVESTMENT, 1000)
    add_funding(by=DEMO, line=first_line(), scheme="Klimasats", applied_nok=Decimal(5000))
    for view in ("effekt", "spenn", "kostnad", "finansiering"):
        for grouping in ("innsatsomrade", "sektor", "virksomhet"):
            address = f"{PAGE}?visning={view}&grupper={grouping}"
            response = klima.get(address)
            assert (response.status_code, broken_rules(response.text)) == (200, []), address
            assert f'href="{PAGE}' in response.text


@pytest.mark.parametrize(
    "query",
    [
        "visning=x",
        "virksomhet=999999999",
        "virksomhet=-1",
        "virksomhet=" + "9" * 40,
        "visning=spenn&visning=",
    ],
)
def test_an_unknown_choice_shows_the_page_as_usual(budget: ClimateBudget, klima: Client, query: str) -> None:
    response = klima.get(f"{PAGE}?{query}")
    assert response.status_code == 200
    assert groups(response.text) == groups(klima.get(PAGE).text)


def test_lines_are_grouped_by_area_sector_or_unit(budget: ClimateBudget, klima: Client) -> None:
    other = make_source("Avfall", "Forbrenning")
    line = make_line(budget, "T3", {2030: 1}, sources={make_source(): 100}, unit=None)
    line.sources.all().delete()
    line.sources.create(source=other, share=60)
    line.sources.create(source=make_source(), share=40)
    assert groups(klima.get(PAGE).text) == ["Mobilitet", "Ressursbruk", "Statlige og regionale tiltak"]
    by_sector = klima.get(f"{PAGE}?grupper=sektor").text
    assert groups(by_sector) == ["Avfall", "Veitrafikk"]
    avfall = re.split(r">\s*Avfall\s*<", by_sector)[1]
    assert avfall.index("Tiltak T3") < avfall.index("Virker i flere sektorer") < avfall.index("Veitrafikk")
    by_unit = groups(klima.get(f"{PAGE}?grupper=virksomhet").text)
    assert by_unit == ["Drift", "Klimaavdelingen", "Samferdsel", "Ingen ansvarlig"]


def test_one_unit_alone(budget: ClimateBudget, klima: Client) -> None:
    unit = budget.lines.get(measure__code="T2").measure.responsibilities.get().unit
    page = klima.get(f"{PAGE}?virksomhet={unit.pk}").text
    grid = page.partition('id="tiltak"')[2].partition("<h2>Ikke tallfestet")[0]
    assert "Tiltak T2" in grid
    assert "Tiltak T1" not in grid
    assert "Summene nederst gjelder hele budsjettet" in grid
    # The choice stays when the view changes.
    assert f"visning=spenn&amp;virksomhet={unit.pk}" in grid


def test_group_sums_are_of_what_counts(budget: ClimateBudget, klima: Client) -> None:
    page = parse(klima.get(PAGE).text)
    sums = {
        node.attributes["id"]: node.all_text()
        for node in page.walk()
        if node.attributes.get("id", "").startswith("sum-group")
    }
    by_year = [text for identity, text in sums.items() if identity.endswith("-2030")]
    assert by_year == ["300", "30", "200"]  # 40 less the 10 that the inventory shows
    without = [text for identity, text in sums.items() if identity.endswith("-2029")]
    assert without == ["300", "–", "200"]


def test_readers_see_every_view_without_cells(budget: ClimateBudget, cast: Cast) -> None:
    set_one(CellFigure.LOW, 250)
    set_one(CellFigure.SAVING, 70)
    add_funding(
        by=DEMO, line=first_line(), scheme="Klimasats", applied_nok=Decimal(5000), deadline=date(2027, 2, 1)
    )
    client = Client()
    client.force_login(cast.analyse)
    for view, words in (
        ("spenn", "250"),
        ("kostnad", "innsparing"),
        ("finansiering", format_date(date(2027, 2, 1))),
    ):
        text = client.get(f"{PAGE}?visning={view}").text
        assert words in text, view
        assert "kp-cell" not in text
        assert "Angre siste endring" not in text
        assert "Legg til finansiering" not in text


def test_funding_leads_to_where_it_is_changed(budget: ClimateBudget, klima: Client) -> None:
    line = first_line()
    scheme = add_funding(by=DEMO, line=line, scheme="Klimasats")
    text = klima.get(FUNDING).text
    assert f'href="{reverse("budget:edit_funding", args=[scheme.pk])}"' in text
    assert f'href="{reverse("budget:add_funding", args=[line.pk])}"' in text


@pytest.mark.parametrize("address", [PAGE, RANGE, COST, FUNDING, f"{PAGE}?grupper=sektor"])
def test_more_lines_cost_no_more_queries(klima: Client, address: str) -> None:
    budget = make_budget()
    counts = []
    for number in (1, 3):
        while budget.lines.count() < number:
            line = make_line(budget, f"T{budget.lines.count() + 1}", dict.fromkeys(HORIZON, 1))
            for figure in (CellFigure.LOW, CellFigure.SAVING):
                set_one(figure, 1, line=line)
            add_funding(by=DEMO, line=line, scheme="Enova")
        klima.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert klima.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


# --- One estimate or cost at a time -----------------------------------------------------------------


@pytest.mark.usefixtures("database_clock")  # «Sist endret» is now in the answer, and from history on the page
@pytest.mark.parametrize(
    ("view", "figure", "typed"),
    [
        (RANGE, CellFigure.LOW, "250,5"),
        (RANGE, CellFigure.HIGH, "999,5"),
        (RANGE, CellFigure.LOW, ""),
        (COST, CellFigure.INVESTMENT, "1 000 000"),
        (f"{COST}&grupper=sektor", CellFigure.SAVING, "0"),
        (f"{COST}&grupper=virksomhet", CellFigure.OPERATION, ""),
    ],
)
def test_after_a_saved_figure_the_page_is_as_if_loaded_again(
    budget: ClimateBudget, klima: Client, cast: Cast, view: str, figure: CellFigure, typed: str
) -> None:
    set_one(CellFigure.LOW, 200)
    set_one(CellFigure.OPERATION, 70)
    # Within a test's one transaction all changes have one time, so all are the same person's.
    set_figure(by=cast.klima, change=change(CellFigure.EFFECT, 290, 1))
    page = klima.get(view).text
    response = post(klima, page, figure, typed)
    assert response.status_code == 200, response.text
    key = f"{first_line().pk}-2030-{WORDS[figure]}"
    ours = htmx.swapped(page, response.text, f"m-{key}")
    if "kp-effect-saved" in response.headers.get("HX-Trigger", ""):
        headers = {"HX-Request": "true", "HX-Target": CHART_ID}
        ours = htmx.swapped(ours, klima.get(PAGE, headers=headers).text, CHART_ID)
    assert htmx.same(ours, parse(klima.get(view).text), but_value_of=f"c-{key}") == []


@pytest.mark.parametrize("grouping", ["sektor", "virksomhet"])
def test_group_sums_follow_the_effect_in_every_grouping(
    budget: ClimateBudget, klima: Client, grouping: str
) -> None:
    address = f"{PAGE}?grupper={grouping}"
    page = klima.get(address).text
    key = f"{first_line().pk}-2030"
    response = klima.post(
        f"/budsjett/celle/{key.replace('-', '/')}/",
        {f"effect-{key}": "123", f"version-{key}": "1", **htmx.shown_with(page, key)},
        headers={"HX-Request": "true", "HX-Target": f"m-{key}"},
    )
    ours = htmx.swapped(page, response.text, f"m-{key}")
    fresh = parse(klima.get(address).text)
    ids = [node.attributes["id"] for node in fresh.walk() if node.attributes.get("id", "").startswith("sum-")]
    assert any("group" in identity for identity in ids)
    assert [htmx.find(ours, one).all_text() for one in ids] == [
        htmx.find(fresh, one).all_text() for one in ids
    ]


@pytest.mark.parametrize(
    ("view", "figure", "typed", "words"),
    [
        (RANGE, CellFigure.LOW, "301", "kan ikke være høyere enn effekten, 300 tonn"),
        (RANGE, CellFigure.HIGH, "299", "kan ikke være lavere enn effekten, 300 tonn"),
        (RANGE, CellFigure.HIGH, "1001", "større enn utslippsgrunnlaget"),
        (RANGE, CellFigure.LOW, "-1", "positivt tall"),
        (RANGE, CellFigure.HIGH, "abc", "Skriv et tall"),
        (COST, CellFigure.SAVING, "-5", "Innsparing har en egen rad"),
        (COST, CellFigure.SAVING, "1,234567", "færre desimaler"),
        (COST, CellFigure.OPERATION, "1" * 16, "for stort"),
    ],
)
def test_a_refused_figure_moves_nothing_but_its_message(
    budget: ClimateBudget, klima: Client, view: str, figure: CellFigure, typed: str, words: str
) -> None:
    response = post(klima, klima.get(view).text, figure, typed)
    elements = [node for node in parse(response.text).walk() if node.tag != "#root"]
    assert response.status_code == 422
    assert [(node.tag, "data-kp-error" in node.attributes) for node in elements] == [("span", True)]
    assert words in elements[0].all_text().replace("\u00a0", " ")
    assert (Cost.objects.count(), Effect.objects.filter(low__isnull=False).count()) == (0, 0)


def test_an_estimate_needs_an_effect(budget: ClimateBudget) -> None:
    line = budget.lines.select_related("budget__target", "measure").get(measure__code="T2")
    with pytest.raises(Refused, match="Skriv effekten for 2029 først"):
        set_figure(by=DEMO, change=FigureChange(line, 2029, CellFigure.LOW, Decimal(1), 0))


@pytest.mark.parametrize(("view", "figure"), [(RANGE, CellFigure.LOW), (COST, CellFigure.SAVING)])
def test_somebody_elses_figure_is_shown(
    budget: ClimateBudget, klima: Client, view: str, figure: CellFigure
) -> None:
    page = klima.get(view).text
    set_one(figure, 110)
    response = post(klima, page, figure, "120")
    assert response.status_code == 409
    assert "Noen andre har lagret 110 her" in response.text
    key = f"{first_line().pk}-2030-{WORDS[figure]}"
    version = int(htmx.find(parse(response.text), f"v-{key}").attributes["value"])
    assert post(klima, page, figure, "120", version).status_code == 200


def test_figures_of_one_effect_have_versions_of_their_own(budget: ClimateBudget, klima: Client) -> None:
    """Low, high and the effect itself, all seen before any was saved: three savings, no conflict."""
    page = klima.get(RANGE).text
    set_one(CellFigure.EFFECT, 310, 1)
    assert post(klima, page, CellFigure.LOW, "200").status_code == 200
    assert post(klima, page, CellFigure.HIGH, "400").status_code == 200
    effect = Effect.objects.get(line=first_line(), year=2030)
    assert (effect.low, effect.tonnes, effect.high) == (200, 310, 400)


@pytest.mark.parametrize("figure", [CellFigure.LOW, CellFigure.HIGH, CellFigure.OPERATION])
def test_a_version_never_comes_again(budget: ClimateBudget, figure: CellFigure) -> None:
    """Taken away and written again, the figure is not the one somebody saw before."""
    seen = set_one(figure, 300).version
    set_one(figure, None, seen)
    again = set_one(figure, 300)
    assert again.version > seen
    with pytest.raises(StaleObject):
        set_one(figure, None, seen)


def test_nor_when_the_whole_effect_was_taken_away(budget: ClimateBudget) -> None:
    seen = set_one(CellFigure.LOW, 200).version
    set_one(CellFigure.EFFECT, None, 1)
    set_one(CellFigure.EFFECT, 300, 0)
    set_one(CellFigure.LOW, 250, 0)
    with pytest.raises(StaleObject):
        set_one(CellFigure.LOW, 100, seen)


def test_an_adopted_budget_keeps_its_figures(budget: ClimateBudget) -> None:
    adopt(budget)
    for figure in WORDS:
        with pytest.raises(Closed):
            set_one(figure, 1)


def test_nobody_else_writes(budget: ClimateBudget, cast: Cast, klima: Client) -> None:
    page = klima.get(RANGE).text
    for name in set(cast.people()) - {"klima"}:
        client = Client()
        client.force_login(getattr(cast, name))
        assert post(client, page, CellFigure.LOW, "1").status_code == 403, name
        for address in ("lagre/spenn/", "angre/"):
            assert client.post(f"{PAGE}1/{address}").status_code == 403, (name, address)
    assert not Effect.objects.filter(low__isnull=False).exists()


def test_made_up_addresses(budget: ClimateBudget, klima: Client) -> None:
    assert klima.post(f"/budsjett/celle/{first_line().pk}/2030/effekt/").status_code == 404
    assert klima.post(f"{PAGE}1/lagre/effekt/").status_code == 404
    assert klima.post(f"{PAGE}1/lagre/kostnad/", {"figure-999-2030-drift": "1"}).status_code == 404
    for lines in ("x", "1,,2", "1" * 30, ",".join(["1"] * 1001)):
        key = f"{first_line().pk}-2030-drift"
        fields = {f"figure-{key}": "1", f"version-{key}": "0", "skjema": "group-0123456789", "linjer": lines}
        response = klima.post(
            f"/budsjett/celle/{key.replace('-', '/')}/", fields, headers={"HX-Request": "true"}
        )
        assert response.status_code == 200
        assert "sum-group" not in response.text


# --- Without JavaScript -----------------------------------------------------------------------------


def fields_of(page: str, title: str) -> tuple[str, dict[str, str]]:
    """(address, fields) of the form of the group with this title."""
    form_id = re.search(rf'form="(group-[0-9a-f]+)">\s*Lagre {title}\s*<', page)
    assert form_id
    root = parse(page)
    form = htmx.find(root, form_id[1])
    inputs = [
        node for node in root.walk() if node.attributes.get("form") == form_id[1] and node.tag == "input"
    ]
    return form.attributes["action"], {node.attributes["name"]: node.attributes["value"] for node in inputs}


@pytest.mark.parametrize(("view", "figure"), [(RANGE, CellFigure.LOW), (COST, CellFigure.SAVING)])
def test_a_group_is_saved_at_once(
    budget: ClimateBudget, klima: Client, view: str, figure: CellFigure
) -> None:
    set_one(figure, 50)
    url, fields = fields_of(klima.get(view).text, "Mobilitet")
    line = first_line().pk
    name = f"figure-{line}-2030-{WORDS[figure]}"
    response = klima.post(url, {**fields, name: "60", f"figure-{line}-2029-{WORDS[figure]}": "20"})
    assert (response.status_code, response["Location"]) == (303, view.replace("?", "?revisjon=1&"))
    assert "Lagret." in klima.get(response["Location"]).text
    # The old page again, with another figure: yours and theirs; sent again it is saved.
    stale = klima.post(url, {**fields, name: "70", f"figure-{line}-2029-{WORDS[figure]}": "20"})
    assert stale.status_code == 409
    assert re.search(r"70.*60", stale.text, re.DOTALL)
    refused = klima.post(url, {**fields, name: "mye"})
    assert refused.status_code == 422
    assert 'value="mye"' in refused.text
    assert f"c-{line}-2030-{WORDS[figure]}" in refused.text
    stored = [set_one(figure, 60).changed]
    assert stored == [False]


# --- Two at once ------------------------------------------------------------------------------------

EDITORS = 5


def at_once(save: object) -> int:
    """How many editors, all having seen the same cell, were told that they had saved."""
    gate = threading.Barrier(EDITORS)

    def edit(number: int) -> bool:
        try:
            line = first_line()
            gate.wait(timeout=10)
            save(line, number)  # type: ignore[operator]
        except StaleObject:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(EDITORS) as pool:
        return sum(pool.map(edit, range(EDITORS)))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("figure", [CellFigure.LOW, CellFigure.SAVING])
def test_of_many_at_once_exactly_one_saves(figure: CellFigure) -> None:
    make_line(make_budget(), "T1", {2030: 300})
    version = 0
    for _round in range(3):

        def save(line: Line, number: int) -> None:
            amount = Decimal(version * 10 + number)  # noqa: B023
            set_figure(by=DEMO, change=FigureChange(line, 2030, figure, amount, version))  # noqa: B023

        assert at_once(save) == 1
        version = set_now(figure)


@pytest.mark.django_db(transaction=True)
def test_control_without_the_version_updates_are_lost() -> None:
    make_line(make_budget(), "T1", {2030: 300})

    def save(line: Line, number: int) -> None:
        set_cost(by=DEMO, line=line, year=2030, kind=CostKind.SAVING, nok=Decimal(number + 1), version=None)

    assert at_once(save) == EDITORS  # all were told so, and only one figure stands
    assert Cost.objects.count() == 1


def set_now(figure: CellFigure) -> int:
    if figure == CellFigure.SAVING:
        return Cost.objects.get().version
    return Effect.objects.get().low_version
