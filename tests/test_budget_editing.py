"""Editing one line: sources, estimates, costs, funding, putting it in and taking it out."""

from __future__ import annotations

import re
import threading
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from budget.actions.effects import set_effect
from budget.actions.figures import CostChange, RangeChange, set_costs, set_ranges
from budget.actions.funding import add_funding, remove_funding
from budget.actions.grid_figures import FigureChange, set_figure
from budget.actions.lines import LineDetails, add_line, remove_line, set_sources, update_line
from budget.actions.overlaps import add_overlap
from budget.actions.transitions import hand_over
from budget.enums import CellFigure, CostKind, OverlapMethod
from budget.models import ClimateBudget, Cost, Effect, Funding, Line
from budget.queries.assembling import budget_table
from strategy.models import Indicator, IndicatorTarget
from tests.budget_factory import (
    HORIZON,
    adopt,
    make_budget,
    make_edition,
    make_line,
    make_measure,
    make_source,
    worked_example,
)
from tests.cast import Cast
from tests.html_rules import broken_rules
from tests.test_budget_pages import client_of
from tests.worlds import kept
from web.actors import DEMO
from web.concurrency import StaleFigures, StaleObject
from web.history import history_of
from web.refusals import Closed, Refused

pytestmark = pytest.mark.django_db
INVESTMENT = CostKind.INVESTMENT


@kept
def line() -> Line:
    """100 tonnes in 2030 on cars; the edition has buses too."""
    cars, buses = make_source(), make_source("Veitrafikk", "Busser")
    figures = {(source, year): 1000 for source in (cars, buses) for year in (2009, 2024)}
    return make_line(make_budget(edition=make_edition(figures)), "T1", {2030: 100})


@pytest.fixture
def klima(cast: Cast) -> Client:
    return client_of(cast.klima)


def url(line: Line, page: str = "") -> str:
    return f"/budsjett/tiltak/{line.pk}/{page}"


# --- Sources --------------------------------------------------------------------------------------


def test_sources_are_split_and_whole(line: Line) -> None:
    cars, buses = make_source(), make_source("Veitrafikk", "Busser")
    set_sources(by=DEMO, line=line, version=1, sources={cars.pk: Decimal(40), buses.pk: Decimal(60)})
    assert dict(line.sources.values_list("source__name", "share")) == {"Personbiler": 40, "Busser": 60}
    with pytest.raises(StaleObject):
        set_sources(by=DEMO, line=line, version=1, sources={cars.pk: Decimal(100)})
    for wrong in ({cars.pk: Decimal(90)}, {}, {cars.pk: Decimal("33.335"), buses.pk: Decimal("66.665")}):
        with pytest.raises(Refused):
            set_sources(by=DEMO, line=line, version=2, sources=wrong)


def test_a_source_with_an_overlap_is_not_taken_away(db: None) -> None:
    budget = worked_example()
    line = budget.lines.order_by("pk")[0]
    with pytest.raises(Refused, match="avgjørelse om overlapp på Personbiler"):
        set_sources(by=DEMO, line=line, version=line.version, sources={})


# --- Low and high, costs --------------------------------------------------------------------------


def set_range(line: Line, low: str | None, high: str | None, version: int = 3, year: int = 2030) -> None:
    change = RangeChange(year, *(None if text is None else Decimal(text) for text in (low, high)), version)
    set_ranges(by=DEMO, line=line, changes=[change])


def test_estimates_stand_on_each_side_of_the_effect(line: Line) -> None:
    set_range(line, "80", "130")
    effect = Effect.objects.get(line=line)
    assert (effect.low, effect.high, effect.range_version) == (80, 130, 5)
    set_range(line, "80", "130")  # the same again: nothing to save, no conflict
    with pytest.raises(StaleFigures):
        set_range(line, "70", None)
    for low, high in (("101", None), (None, "99"), ("-1", None)):
        with pytest.raises(Refused):
            set_range(line, low, high, version=5)
    with pytest.raises(Refused, match="Legg inn effekten i 2029"):
        set_range(line, "1", "2", version=0, year=2029)
    set_range(line, None, None, version=5)
    assert Effect.objects.get(line=line).low is None


def grid_change(line: Line, figure: CellFigure, amount: str, version: int) -> FigureChange:
    return FigureChange(line, 2030, figure, Decimal(amount), version)


def test_the_page_of_estimates_sees_what_the_grid_has_saved(line: Line) -> None:
    seen = Effect.objects.get(line=line)
    set_figure(by=DEMO, change=grid_change(line, CellFigure.LOW, "80", 0))
    with pytest.raises(StaleFigures):
        set_range(line, "70", "130", version=seen.range_version)
    # The grid's own effect is no conflict with that estimate.
    saved = set_effect(by=DEMO, line=line, year=2030, tonnes=Decimal(110), version=seen.version)
    assert saved.changed
    assert Effect.objects.get(line=line).low == 80


def test_the_grid_sees_what_the_page_of_estimates_has_saved(line: Line) -> None:
    set_range(line, "80", "130")
    seen = Effect.objects.get(line=line)
    set_range(line, "70", "130", version=seen.range_version)
    with pytest.raises(StaleObject):
        set_figure(by=DEMO, change=grid_change(line, CellFigure.LOW, "60", seen.low_version))
    set_figure(by=DEMO, change=grid_change(line, CellFigure.HIGH, "140", seen.high_version))
    effect = Effect.objects.get(line=line)
    assert (effect.low, effect.high) == (70, 140)


def test_a_high_estimate_above_the_shared_basis_is_refused(db: None) -> None:
    line = worked_example().lines.order_by("pk")[0]
    with pytest.raises(Refused, match="mer enn felles utslippsgrunnlag"):
        set_range(line, None, "1100")


def set_cost(line: Line, nok: str | None, version: int, year: int = 2027) -> None:
    change = CostChange(year, INVESTMENT, None if nok is None else Decimal(nok), version)
    set_costs(by=DEMO, line=line, changes=[change])


def test_two_editors_of_a_cost_do_not_overwrite_each_other(line: Line) -> None:
    set_cost(line, "1000", 0)
    with pytest.raises(StaleFigures) as stale:
        set_cost(line, "2000", 0)
    assert stale.value.figures[0][1].nok == 1000
    version = Cost.objects.get(line=line).version
    set_cost(line, None, version)
    set_cost(line, "3000", 0)
    with pytest.raises(StaleFigures):
        set_cost(line, "4000", version)
    assert Cost.objects.get(line=line).nok == 3000


def test_nothing_is_saved_when_one_cost_is_stale(line: Line) -> None:
    set_cost(line, "1000", 0)
    changes = [
        CostChange(2028, INVESTMENT, Decimal(5), 0),
        CostChange(2027, INVESTMENT, Decimal(6), 9),
    ]
    with pytest.raises(StaleFigures):
        set_costs(by=DEMO, line=line, changes=changes)
    assert list(Cost.objects.values_list("year", "nok")) == [(2027, 1000)]


# --- What it says about itself ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "details",
    [
        LineDetails(lifetime_years=0),
        LineDetails(lifetime_years=201),
        LineDetails(discount_percent=Decimal(101)),
        LineDetails(discount_percent=Decimal("1.234")),
        LineDetails(extra_cost_nok=Decimal("1.001")),
        LineDetails(attachment_url="javascript:alert(1)"),
    ],
)
def test_details_that_cannot_stand_are_refused(line: Line, details: LineDetails) -> None:
    with pytest.raises(Refused):
        update(line, details)


def update(line: Line, details: LineDetails | None) -> None:
    line.refresh_from_db()
    update_line(
        by=DEMO,
        line=line,
        version=line.version,
        not_quantified_reason="",
        already_counted=Decimal(0),
        assumptions="Ti biler.",
        details=details,
    )


def test_kroner_per_tonne_is_said_where_all_of_it_is_given(line: Line, klima: Client) -> None:
    update(line, LineDetails(extra_cost_nok=Decimal(1_000_000), lifetime_years=10))
    assert "kroner per tonn" not in klima.get(url(line)).text
    update(
        line,
        LineDetails(
            extra_cost_nok=Decimal(1_000_000),
            lifetime_years=10,
            discount_percent=Decimal(4),
            calculated_by="Klima",
            calculated_on=date(2026, 9, 1),
            attachment_url="https://arkiv.drammen.example/1",
            plan_reference="Rad 7",
            decision_reference="26/1",
        ),
    )
    page = klima.get(url(line)).text.replace("\u00a0", " ")
    assert "1 233 kroner per tonn i 2030" in page
    assert "regnet av 1 000 000 kroner i samlet merkostnad over 10 års levetid" in page
    assert "Kostnadene per år" not in page
    assert "Regnet ut av Klima 1. september 2026." in page
    assert 'href="https://arkiv.drammen.example/1"' in page
    assert "Rad 7" in page
    assert "26/1" in page
    update(line, None)
    line.refresh_from_db()
    assert line.plan_reference == "Rad 7"


@pytest.mark.parametrize(
    ("nok", "words"),
    [
        ("400000", "til sammen 400 000 kroner, er den delen som faller i budsjettets år."),
        ("1500000", "til sammen 1 500 000 kroner, mer enn den samlede merkostnaden. Se over dem."),
        ("1000000", ""),
    ],
)
def test_two_costs_say_which_is_which(line: Line, klima: Client, nok: str, words: str) -> None:
    details = LineDetails(extra_cost_nok=Decimal(1_000_000), lifetime_years=10, discount_percent=Decimal(4))
    update(line, details)
    set_cost(line, nok, 0)
    page = klima.get(url(line)).text.replace("\u00a0", " ")
    assert "1 233 kroner per tonn i 2030" in page
    assert words in page
    assert ("Kostnadene per år" in page) == bool(words)


def test_what_a_phone_leaves_out_of_tables_is_on_the_line(line: Line, klima: Client) -> None:
    page = klima.get(url(line)).text
    for name, value in (("Type", "tiltak"), ("Nivå", "kommunalt")):
        assert f"<dt>{name}</dt><dd>{value}</dd>" in page, name
    assert "<dt>Ansvarlig</dt>" in page
    assert "Utslippskilder" in page


def test_indicators_are_shown_and_kept_as_adopted(db: None, cast: Cast) -> None:
    budget = worked_example()
    line = budget.lines.order_by("pk")[0]
    indicator = Indicator.objects.create(measure=line.measure, name="Elbiler", unit_label="biler")
    IndicatorTarget.objects.create(indicator=indicator, year=2027, value=24)
    for tertial, value in ((2, 16), (1, 8)):
        IndicatorTarget.objects.create(indicator=indicator, year=2027, tertial=tertial, value=value)
    client = client_of(cast.klima)
    periods = "Elbiler, biler: 8 etter 1. tertial 2027, 16 etter 2. tertial 2027, 24 i 2027"
    assert periods in client.get(url(line)).text
    assert budget_table(budget).lines[0].details.indicators[0].goals == {2027: 24}
    adopt(budget)
    IndicatorTarget.objects.update(value=99)
    assert periods in client.get(url(line)).text


# --- In and out -----------------------------------------------------------------------------------


def test_a_line_is_taken_out_with_its_figures(line: Line) -> None:
    budget, pk = line.budget, line.pk
    set_cost(line, "1000", 0)
    line.refresh_from_db()
    with pytest.raises(StaleObject):
        remove_line(by=DEMO, line=line, version=line.version + 1)
    funding = add_funding(by=DEMO, line=line, scheme="Klimasats")
    with pytest.raises(Refused, match="Ta bort finansieringen"):
        remove_line(by=DEMO, line=line, version=line.version)
    remove_funding(by=DEMO, funding=funding, version=1)
    remove_line(by=DEMO, line=line, version=line.version)
    assert not budget.lines.exists()
    assert not Effect.objects.exists()
    line.pk = pk
    assert "Slettet" in {entry.action for entry in history_of(line)}


def test_a_line_that_shares_emissions_is_not_taken_out(db: None) -> None:
    budget = worked_example()
    line = budget.lines.order_by("pk")[0]
    with pytest.raises(Refused, match="overlapp på Personbiler"):
        remove_line(by=DEMO, line=line, version=line.version)


def test_no_overlap_is_said_about_those_that_are_left(db: None) -> None:
    budget = make_budget()
    lines = [make_line(budget, code, {2030: 10}) for code in ("T1", "T2", "T3")]
    add_overlap(
        by=DEMO,
        budget=budget,
        source=make_source(),
        method=OverlapMethod.NONE,
        lines=lines,
        years={},
        reason="Ulike biler",
        decided_by="Klima",
    )
    for line, left in ((lines[0], 1), (lines[1], 0)):
        line.refresh_from_db()
        remove_line(by=DEMO, line=line, version=line.version)
        assert budget.overlaps.count() == left


def test_who_may_do_it_and_when(line: Line, cast: Cast) -> None:
    def everything(by: object) -> list[object]:
        return [
            lambda: set_sources(by=by, line=line, version=1, sources={}),  # type: ignore[arg-type]
            lambda: set_costs(by=by, line=line, changes=[]),  # type: ignore[arg-type]
            lambda: set_ranges(by=by, line=line, changes=[]),  # type: ignore[arg-type]
            lambda: remove_line(by=by, line=line, version=1),  # type: ignore[arg-type]
        ]

    for name in set(cast.people()) - {"klima"}:
        for attempt in everything(getattr(cast, name)):
            with pytest.raises(PermissionDenied):
                attempt()  # type: ignore[operator]
    hand_over(by=DEMO, budget=line.budget, version=1)
    for attempt in everything(cast.klima):
        with pytest.raises(Closed):
            attempt()  # type: ignore[operator]


# --- The pages ------------------------------------------------------------------------------------

PAGES = ("rediger/", "kilder/", "anslag/", "kostnader/", "finansiering/", "ta-ut/")


def test_the_pages_keep_the_rules(line: Line, klima: Client) -> None:
    for page in ("", *PAGES):
        answer = klima.get(url(line, page))
        assert (answer.status_code, broken_rules(answer.text)) == (200, []), page
        assert page == "" or page == "finansiering/" or url(line, page) in klima.get(url(line)).text, page


def test_an_adopted_line_is_read_and_not_edited(db: None, cast: Cast) -> None:
    line = worked_example().lines.order_by("pk")[0]
    adopt(line.budget)
    client = client_of(cast.klima)
    for page in PAGES:
        status = 200 if page == "finansiering/" else 409
        assert client.get(url(line, page)).status_code == status, page
    answer = client.post(url(line, "ta-ut/"), {"version": "1"})
    assert (answer.status_code, "kan ikke endres" in answer.text) == (409, True)
    assert url(line, "rediger/") not in client_of(cast.utvalg).get(url(line)).text


def test_sources_are_saved_from_the_page(line: Line, klima: Client) -> None:
    cars, buses = make_source(), make_source("Veitrafikk", "Busser")
    form = {"source-1": cars.pk, "share-1": "30", "source-2": buses.pk, "share-2": "70", "version": "1"}
    assert klima.post(url(line, "kilder/"), {**form, "share-2": ""}).status_code == 422
    twice = klima.post(url(line, "kilder/"), {**form, "source-2": cars.pk})
    assert "kan stå én gang" in twice.text
    assert klima.post(url(line, "kilder/"), form).status_code == 303
    stale = klima.post(url(line, "kilder/"), {**form, "share-1": "40", "share-2": "60"})
    assert stale.status_code == 409


def test_costs_and_estimates_are_saved_from_the_page(line: Line, klima: Client) -> None:
    answer = klima.post(url(line, "kostnader/"), costs(line, **{"investment-2027": "1 234,50"}))
    assert answer.status_code == 303
    assert budget_table(line.budget).lines[0].costs[2027] == Decimal("1234.5")
    stale = klima.post(url(line, "kostnader/"), costs(line, **{"investment-2027": "9"}))
    assert stale.status_code == 409
    assert re.search(r"<td>9</td>\s*<td>1\u00a0234,5</td>", stale.text)
    answer = klima.post(url(line, "anslag/"), {"low-2030": "90", "high-2030": "x", "version-2030": "3"})
    assert answer.status_code == 422
    answer = klima.post(url(line, "anslag/"), {"low-2030": "90", "high-2030": "", "version-2030": "3"})
    assert (answer.status_code, Effect.objects.get(line=line).low) == (303, 90)


def costs(line: Line, **typed: str) -> dict[str, str]:
    versions = {f"version-{kind}-{year}": "0" for kind in CostKind for year in HORIZON}
    return {**versions, **typed}


def token_of(client: Client, address: str) -> str:
    return client.get(address).text.partition('name="submission_token" value="')[2].partition('"')[0]


def test_funding_is_followed_up_after_adoption(cast: Cast) -> None:
    budget = adopt(worked_example())
    line = budget.lines.order_by("pk")[0]
    client = client_of(cast.klima)
    address = url(line, "finansiering/")
    form = {
        "scheme": "Klimasats 2027",
        "applied_nok": "500 000",
        "submission_token": token_of(client, address),
    }
    assert [client.post(address, form).status_code for _click in range(2)] == [303, 303]
    funding = Funding.objects.get()
    edit = f"/budsjett/finansiering/{funding.pk}/"
    assert broken_rules(client.get(edit).text) == []
    change = {"scheme": "Klimasats 2027", "granted_nok": "400 000", "report_due": "1.3.2028", "version": "1"}
    assert client.post(edit, change).status_code == 303
    assert client.post(edit, {**change, "granted_nok": "1"}).status_code == 409
    page = client.get(url(line)).text
    assert "400\u00a0000" in page
    assert "1. mars 2028" in page.replace("\u00a0", " ")
    assert client_of(cast.radmann).get(edit).status_code == 403
    assert client.post(f"{edit}ta-bort/", {"version": "2"}).status_code == 303
    assert not Funding.objects.exists()


def test_a_measure_is_put_in_once(klima: Client) -> None:
    budget = worked_example()
    measure = make_measure("T9")
    address = "/budsjett/2027/kommunen-direkte/1/nytt-tiltak/"
    assert broken_rules(klima.get(address).text) == []
    form = {
        "measure": measure.pk,
        "scope": budget.scope,
        "already_counted": "0",
        "source-1": make_source().pk,
        "share-1": "100",
        "submission_token": token_of(klima, address),
    }
    wrong = klima.post(address, {**form, "share-1": "90"})
    assert (wrong.status_code, "100 prosent" in wrong.text) == (422, True)
    assert klima.post(address, {**form, "already_counted": ""}).status_code == 422
    answers = [klima.post(address, form) for _click in range(2)]
    line = budget.lines.get(measure=measure)
    assert [answer["Location"] for answer in answers] == [url(line), url(line)]
    assert (line.order, line.sources.get().share) == (3, 100)


@pytest.mark.django_db(transaction=True)
def test_the_same_measure_put_in_by_two_at_once_is_told_to_the_second() -> None:
    """The second waits for the first, and is refused with a sentence when that one has saved."""
    budget, measure = make_budget(), make_measure("T9")
    told: list[BaseException] = []

    def put_in() -> None:
        add_line(
            by=DEMO,
            budget=budget,
            measure=measure,
            scope=budget.scope,
            order=1,
            sources={make_source().pk: Decimal(100)},
        )

    def second() -> None:
        try:
            put_in()
        except Refused as refused:
            told.append(refused)
        finally:
            connection.close()

    late = threading.Thread(target=second)
    with transaction.atomic():
        put_in()
        late.start()
        late.join(0.4)
        assert late.is_alive(), "the second did not wait"
    late.join(20)
    assert "gjorde det samme samtidig" in str(told[0])
    assert budget.lines.count() == 1


def test_queries_of_a_lines_page_do_not_grow(klima: Client) -> None:
    budget: ClimateBudget = make_budget()
    line = make_line(budget, "T1", {2030: 10})

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert klima.get(url(line)).status_code == 200
        return len(caught)

    add_funding(by=DEMO, line=line, scheme="Klimasats")
    make_line(budget, "T0", {2030: 10})  # shares the source, so that there is something to warn of
    queries()
    before = queries()
    for code in ("T2", "T3"):
        make_line(budget, code, {2030: 10})
        add_funding(by=DEMO, line=line, scheme=code)
    assert queries() == before
