"""«Angre siste endring»: the figure that was replaced comes back, unless somebody has been there since."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.models import DateTimeField, Value
from django.db.models.functions import Now
from django.http import HttpResponse
from django.test import Client

from budget.actions import undo as undo_actions
from budget.actions.copying import start_revision
from budget.actions.effects import EffectChange, set_effect, set_effects
from budget.actions.grid_figures import FigureChange, set_figure
from budget.actions.undo import undo_last_change
from budget.enums import CellFigure
from budget.models import ClimateBudget, Cost, Effect, Line, OverlapYear
from budget.queries.undo import day_of
from budget.views.budget_page import CHART_ID
from budget.words import budgets as budget_words
from organisation.models import Unit, User
from tests import htmx
from tests.budget_factory import adopt, make_line, worked_example
from tests.cast import Cast
from tests.html_rules import parse
from tests.races import until_waiting
from tests.worlds import kept
from web.actors import DEMO, part_of
from web.concurrency import StaleObject
from web.once import InvalidSubmission, new_submission_token
from web.refusals import Closed, Refused

pytestmark = pytest.mark.django_db
PAGE = "/budsjett/2027/kommunen-direkte/"


@kept
def budget() -> ClimateBudget:
    return worked_example()


@pytest.fixture
def klima(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.klima)
    return client


def save(by: User, amount: int | None, figure: CellFigure = CellFigure.EFFECT, year: int = 2030) -> None:
    """Whatever stands there, as somebody would who has just read it."""
    line = Line.objects.select_related("budget__target", "measure").order_by("pk")[0]
    effect = Effect.objects.filter(line=line, year=year).first()
    cost = Cost.objects.filter(line=line, year=year, kind=figure.value).first()
    version = {
        CellFigure.EFFECT: effect.version if effect else 0,
        CellFigure.LOW: effect.low_version if effect and effect.low is not None else 0,
    }.get(figure, cost.version if cost else 0)
    tonnes = None if amount is None else Decimal(amount)
    set_figure(by=by, change=FigureChange(line, year, figure, tonnes, version))


def undo(by: User, budget: ClimateBudget) -> list[Decimal | None]:
    token = new_submission_token(by)
    done = undo_last_change(by=by, budget=budget, token=token)
    return [one.saved.amount for one in done.undone]


def another_editor(cast: Cast) -> User:
    """Somebody else with klima's appointment: the right comes from that."""
    other = User.objects.create_user(email="en.til@drammen.example", name="En til")
    appointment = cast.klima.appointments.get()
    appointment.pk, appointment.user = None, other
    appointment._state.adding = True
    appointment.save()
    return other


def stands(year: int = 2030) -> Decimal | None:
    return (
        Effect.objects.filter(line=Line.objects.order_by("pk")[0], year=year)
        .values_list("tonnes", flat=True)
        .first()
    )


def post(client: Client, page: str, *, part: bool = True) -> HttpResponse:
    """The form on the page, with htmx or without."""
    root = parse(page)
    form = htmx.find(root, "undo").attributes
    assert form["action"] == form["hx-post"]
    fields = {"submission_token": htmx.find(root, "undo-token").attributes["value"]}
    headers = {"HX-Request": "true", "HX-Target": "undo-message"} if part else {}
    return client.post(form["action"], fields, headers=headers)  # type: ignore[return-value]


# --- What is undone -----------------------------------------------------------------------------


def test_the_former_figure_is_written_as_a_new_version(budget: ClimateBudget, cast: Cast) -> None:
    save(cast.klima, 250)
    assert undo(cast.klima, budget) == [300]
    effect = Effect.objects.get(line=Line.objects.order_by("pk")[0], year=2030)
    assert (effect.tonnes, effect.version) == (300, 3)
    events = Effect.pgh_event_model.objects.filter(pgh_obj_id=effect.pk).order_by("pgh_id")  # type: ignore[attr-defined]
    assert [event.tonnes for event in events] == [300, 250, 300]


def test_again_and_again_goes_further_back(budget: ClimateBudget, cast: Cast) -> None:
    for amount, year in ((250, 2030), (260, 2029), (270, 2030)):
        save(cast.klima, amount, year=year)
    assert undo(cast.klima, budget) == [250]
    assert undo(cast.klima, budget) == [300]
    assert stands(2029) == 300
    save(cast.klima, 280)  # a new change after undoing is the next to be undone
    assert undo(cast.klima, budget) == [250]
    assert undo(cast.klima, budget) == [300]
    assert stands(2029) == 300
    with pytest.raises(Refused, match="Du har ikke endret noe tall her i dag"):
        undo(cast.klima, budget)


@pytest.mark.parametrize(("before", "after"), [(300, None), (None, 5), (0, None), (None, 0)])
def test_unknown_and_zero_come_back_as_what_they_were(
    budget: ClimateBudget, cast: Cast, before: int | None, after: int | None
) -> None:
    save(cast.klima, before)
    save(cast.klima, after)
    assert undo(cast.klima, budget) == [before]
    assert stands() == before


@pytest.mark.parametrize("figure", [CellFigure.LOW, CellFigure.SAVING])
def test_estimates_and_costs_too(budget: ClimateBudget, cast: Cast, figure: CellFigure) -> None:
    save(cast.klima, 100, figure)
    save(cast.klima, 110, figure)
    assert undo(cast.klima, budget) == [100]
    assert undo(cast.klima, budget) == [None]


def test_an_effect_comes_back_with_its_estimates(budget: ClimateBudget, cast: Cast) -> None:
    save(cast.klima, 200, CellFigure.LOW)
    save(cast.klima, None)
    assert sorted(undo(cast.klima, budget)) == [200, 300]
    effect = Effect.objects.get(line=Line.objects.order_by("pk")[0], year=2030)
    assert (effect.low, effect.tonnes) == (200, 300)


def test_what_was_saved_at_once_is_undone_at_once(budget: ClimateBudget, cast: Cast) -> None:
    line = Line.objects.select_related("budget__target", "measure").order_by("pk")[0]
    changes = [EffectChange(line, year, Decimal(1), 1) for year in (2028, 2029, 2030)]
    set_effects(by=cast.klima, budget=budget, changes=changes)
    assert undo(cast.klima, budget) == [300, 300, 300]


BLOCK = "0123456789abcdef" * 2


def paste(by: User, amounts: dict[int, int], figure: CellFigure = CellFigure.EFFECT) -> None:
    """Each figure by itself, as the grid does, with the mark they share."""
    for year, amount in amounts.items():
        with part_of(BLOCK):
            save(by, amount, figure, year)


def test_a_pasted_block_is_undone_as_one(budget: ClimateBudget, cast: Cast) -> None:
    save(cast.klima, 250, year=2027)
    paste(cast.klima, {2028: 1, 2029: 2, 2030: 3})
    save(cast.klima, 4, year=2030)
    assert undo(cast.klima, budget) == [3]
    assert undo(cast.klima, budget) == [300, 300, 300]
    assert undo(cast.klima, budget) == [300]  # what was before the block
    assert stands(2027) == 300


def test_what_others_changed_in_a_block_is_left_and_named(
    budget: ClimateBudget, klima: Client, cast: Cast
) -> None:
    paste(cast.klima, {2028: 1, 2029: 2, 2030: 3})
    save(another_editor(cast), 260, year=2029)
    response = post(klima, klima.get(PAGE).text)
    assert (response.status_code, response.headers["HX-Refresh"]) == (200, "true")
    assert [stands(year) for year in (2028, 2029, 2030)] == [300, 260, 300]
    said = klima.get(PAGE).text
    assert "Angret: 2 tall er som før. Disse er endret etter at du lagret, og står som de er: " in said
    assert "står som de er: Tiltak T1, 2029." in said
    with pytest.raises(Refused, match="ikke endret noe tall"):
        undo(cast.klima, budget)


def test_a_block_of_which_all_is_changed_since_is_refused(budget: ClimateBudget, cast: Cast) -> None:
    paste(cast.klima, {2029: 2, 2030: 3})
    other = another_editor(cast)
    for year in (2029, 2030):
        save(other, 260, year=year)
    with pytest.raises(Refused, match=r"Alle tallene er endret .*Tiltak T1, 2029; Tiltak T1, 2030"):
        undo(cast.klima, budget)
    assert [stands(2029), stands(2030)] == [260, 260]


def test_estimates_stay_with_the_figure_they_were_given_for(budget: ClimateBudget, cast: Cast) -> None:
    """An effect taken away took its low estimate along; the effect somebody has given since gets none."""
    save(cast.klima, 200, CellFigure.LOW)
    save(cast.klima, None)
    save(another_editor(cast), 260)
    with pytest.raises(Refused, match="er endret etter"):
        undo(cast.klima, budget)
    assert Effect.objects.get(line=Line.objects.order_by("pk")[0], year=2030).low is None


def test_a_block_joins_nobody_elses_changes(budget: ClimateBudget, cast: Cast) -> None:
    other = another_editor(cast)
    paste(other, {2029: 2})
    paste(cast.klima, {2030: 3})
    assert undo(cast.klima, budget) == [300]
    assert stands(2029) == 2


@pytest.mark.parametrize("word", ["", "innsparing"])
def test_a_cell_is_posted_with_the_block_it_came_with(
    budget: ClimateBudget, klima: Client, cast: Cast, word: str
) -> None:
    line = Line.objects.order_by("pk")[0].pk
    for year in (2029, 2030):
        key = f"{line}-{year}-{word}" if word else f"{line}-{year}"
        fields = {f"{'figure' if word else 'effect'}-{key}": "5", f"version-{key}": "0" if word else "1"}
        address = f"/budsjett/celle/{key.replace('-', '/')}/"
        headers = {"HX-Request": "true", "HX-Target": f"m-{key}"}
        assert klima.post(address, {**fields, "blokk": BLOCK}, headers=headers).status_code == 200
    assert len(undo(cast.klima, budget)) == 2


def test_a_made_up_block_is_no_block(budget: ClimateBudget, klima: Client, cast: Cast) -> None:
    line = Line.objects.order_by("pk")[0].pk
    for year in (2029, 2030):
        fields = {f"effect-{line}-{year}": "5", f"version-{line}-{year}": "1", "blokk": "x" * 5000}
        headers = {"HX-Request": "true", "HX-Target": f"m-{line}-{year}"}
        assert klima.post(f"/budsjett/celle/{line}/{year}/", fields, headers=headers).status_code == 200
    assert len(undo(cast.klima, budget)) == 1


def test_only_ones_own_figures_in_this_budget_are_undone(budget: ClimateBudget, cast: Cast) -> None:
    """Not somebody else's, and not what a larger change of their own also changed."""
    make_line(budget, "T9", {2030: 10})  # by the demo loader
    adopted = adopt(budget)
    start_revision(by=cast.klima, budget=adopted)
    revision = ClimateBudget.objects.order_by("-revision")[0]
    with pytest.raises(Refused, match="ikke endret noe tall"):
        undo(cast.klima, revision)
    assert Effect.objects.filter(line__budget=revision).count() == 13


# --- What is refused ----------------------------------------------------------------------------


def test_somebody_elses_change_since_is_left_alone(budget: ClimateBudget, cast: Cast) -> None:
    other = another_editor(cast)
    save(cast.klima, 250)
    save(other, 260)
    with pytest.raises(Refused, match="Tiltak T1, 2030, er endret etter at du lagret"):
        undo(cast.klima, budget)
    assert stands() == 260
    assert undo(other, budget) == [250]
    assert undo(cast.klima, budget) == [300]


def test_an_estimate_somebody_put_around_the_figure_is_not_taken_along(
    budget: ClimateBudget, cast: Cast
) -> None:
    save(cast.klima, None)
    save(cast.klima, 250)
    effect = Effect.objects.get(line=Line.objects.order_by("pk")[0], year=2030)
    Effect.objects.filter(pk=effect.pk).update(low=200)
    with pytest.raises(Refused, match="er endret etter"):
        undo(cast.klima, budget)
    assert Effect.objects.get(pk=effect.pk).low == 200


def test_a_figure_that_can_no_longer_stand_is_named(budget: ClimateBudget, cast: Cast) -> None:
    """Nothing of the block is undone then: half of it would be neither the one nor the other."""
    paste(cast.klima, {2029: 1, 2030: 100})
    OverlapYear.objects.filter(overlap__budget=budget, year=2030).update(tonnes=250)
    words = "Tiltak T1, 2030: Effekten er større enn utslippsgrunnlaget"
    with pytest.raises(Refused, match=words):
        undo(cast.klima, budget)
    assert [stands(2029), stands(2030)] == [1, 100]


def test_a_budget_that_has_moved_on_is_closed(budget: ClimateBudget, cast: Cast) -> None:
    save(cast.klima, 250)
    adopt(budget)
    with pytest.raises(Closed):
        undo(cast.klima, budget)


def test_the_same_form_sent_twice_undoes_once(budget: ClimateBudget, cast: Cast) -> None:
    save(cast.klima, 250)
    save(cast.klima, 260)
    token = new_submission_token(cast.klima)
    assert len(undo_last_change(by=cast.klima, budget=budget, token=token).undone) == 1
    assert undo_last_change(by=cast.klima, budget=budget, token=token).undone == ()
    assert stands() == 250
    with pytest.raises(InvalidSubmission):
        undo_last_change(by=cast.klima, budget=budget, token="laget")


# --- The button ---------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)  # changes have times of their own, as they do in life
@pytest.mark.parametrize(
    ("view", "figure"),
    [
        ("", CellFigure.EFFECT),
        ("?grupper=sektor", CellFigure.EFFECT),
        ("?visning=spenn", CellFigure.LOW),
        ("?visning=kostnad&grupper=virksomhet", CellFigure.SAVING),
    ],
)
@pytest.mark.usefixtures("database_clock")  # «Sist endret» is now in the answer, and from history on the page
def test_after_an_undo_the_page_is_as_if_loaded_again(
    budget: ClimateBudget,
    klima: Client,
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
    view: str,
    figure: CellFigure,
) -> None:
    # The database's clock goes on meanwhile, perhaps into the next minute.
    monkeypatch.setattr(budget_words, "format_time", lambda moment: "10.42")
    save(cast.klima, 280)
    save(cast.klima, 100, figure)
    save(cast.klima, 120, figure)
    page = klima.get(f"{PAGE}{view}").text
    response = post(klima, page)
    assert response.status_code == 200
    word = {CellFigure.LOW: "-lavt", CellFigure.SAVING: "-innsparing"}.get(figure, "")
    key = f"{Line.objects.order_by('pk')[0].pk}-2030{word}"
    assert htmx.find(parse(response.text), f"m-{key}").attributes["data-kp-value"] == "100"
    # The figure itself is put into its cell by portal.js; the chart is fetched after it.
    inner = re.sub(r"<p>.*?</p>", "", response.text, count=1, flags=re.DOTALL)
    ours = htmx.swapped(page, f'<div class="kp-meta" id="undo-message"></div>{inner}', "undo-message")
    if "kp-effect-saved" in response.headers["HX-Trigger"]:
        headers = {"HX-Request": "true", "HX-Target": CHART_ID}
        ours = htmx.swapped(ours, klima.get(PAGE, headers=headers).text, CHART_ID)
    fresh = parse(klima.get(f"{PAGE}{view}").text)
    assert htmx.same(ours, fresh, but_value_of=f"c-{key}") == []


def test_a_change_in_another_view_loads_the_page_again(
    budget: ClimateBudget, klima: Client, cast: Cast
) -> None:
    save(cast.klima, 100, CellFigure.SAVING)
    response = post(klima, klima.get(PAGE).text)
    assert (response.status_code, response.headers["HX-Refresh"]) == (200, "true")
    assert "Angret: «Tiltak T1, 2030, innsparing» er tom igjen." in klima.get(PAGE).text


def test_without_javascript(budget: ClimateBudget, klima: Client, cast: Cast) -> None:
    save(cast.klima, 250)
    address = f"{PAGE}?grupper=sektor"
    page = klima.get(address).text
    response = post(klima, page, part=False)
    assert (response.status_code, response["Location"]) == (303, f"{PAGE}?revisjon=1&grupper=sektor")
    assert "Angret: «Tiltak T1, 2030» er 300 igjen." in klima.get(address).text
    refused = post(klima, klima.get(address).text, part=False)
    assert refused.status_code == 422
    assert "Du har ikke endret noe tall her i dag som kan angres." in refused.text
    part = post(klima, klima.get(address).text)
    assert part.status_code == 422
    assert "<html" not in part.text


# --- Undo and a newer edit at once ----------------------------------------------------------------


def undo_while_somebody_saves(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Between undo's look at the figure and its writing, somebody saves it again. What each was told."""
    budget = worked_example()
    save(cast.klima, 250)
    looked, saved = threading.Event(), threading.Event()
    told: set[str] = set()
    whole = undo_actions._now

    def slow(*arguments: Any) -> Any:
        found = whole(*arguments)
        looked.set()
        until_waiting(saved.is_set)
        return found

    def run(name: str, work: Callable[[], object]) -> None:
        try:
            work()
            told.add(f"{name}: lagret")
        except (StaleObject, Refused) as refused:
            told.add(f"{name}: {type(refused).__name__}")
        finally:
            connection.close()

    def newer() -> None:
        assert looked.wait(10)
        line = Line.objects.select_related("budget__target").order_by("pk")[0]
        set_effect(by=DEMO, line=line, year=2030, tonnes=Decimal(99), version=2)
        saved.set()

    monkeypatch.setattr(undo_actions, "_now", slow)
    threads = [
        threading.Thread(target=run, args=("angre", lambda: undo(cast.klima, budget))),
        threading.Thread(target=run, args=("ny", newer)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
        assert not thread.is_alive()
    return told


@pytest.mark.django_db(transaction=True)
def test_undo_and_a_newer_edit_take_turns(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    assert undo_while_somebody_saves(cast, monkeypatch) == {"angre: lagret", "ny: StaleObject"}
    assert stands() == 300


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_the_newer_edit_gets_in_between(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The figure's version is the last line: the newer edit stands, and undo fails with nothing to say."""
    monkeypatch.setattr(undo_actions, "_lock", lambda ids: None)
    assert undo_while_somebody_saves(cast, monkeypatch) == {"ny: lagret", "angre: StaleObject"}
    assert stands() == 99


@pytest.mark.parametrize(
    ("moment", "began"),
    [
        ("2026-11-30T23:44+00:00", "2026-11-30T23:00+00:00"),  # a quarter to one at night, in winter
        ("2026-11-30T22:59+00:00", "2026-11-29T23:00+00:00"),
        ("2026-07-01T22:30+00:00", "2026-07-01T22:00+00:00"),
    ],
)
def test_the_day_begins_at_midnight_here(moment: str, began: str) -> None:
    """Whatever zone the database counts in: what was done after midnight can be undone at once."""
    given = Value(datetime.fromisoformat(moment), output_field=DateTimeField())
    Unit.objects.create(name="Skole", kind="virksomhet")
    found = Unit.objects.annotate(day=day_of(given), today=day_of(Now())).get()
    assert found.day == datetime.fromisoformat(began)
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s <= now(), %s > now() - interval '25 hours'", [found.today, found.today])
        assert cursor.fetchone() == (True, True)
