"""The card of one measure: filled in from last time, confirmed with one click, and never sent unconfirmed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from organisation.models import User
from reporting.actions.periods import open_period
from reporting.actions.reports import (
    CONFIRMATION,
    IncompleteReport,
    StatusAnswers,
    approve_report,
    save_status,
    submit_report,
)
from reporting.enums import DecisionLevel, PeriodKind, ReportState, Status
from reporting.models import Deviation, MeasureStatus, ReportVersion
from reporting.queries.completeness import completeness_of
from reporting.queries.reports import AskedIndicator, answers_of
from reporting.words.answers import result_words, said
from strategy.actions.decisions import DecisionData, move_decision, record_decision
from strategy.enums import DecisionBody, DecisionStatus, Direction, MeasureKind
from strategy.models import Decision, Indicator, IndicatorTarget
from tests.cast import Cast
from tests.html_rules import Node, broken_rules, parse
from tests.htmx import find, same, swapped
from tests.owner import as_owner
from tests.report_forms import HTMX, fields, form_of, posted_by, save, text_of
from tests.reporting_world import (
    DELAYED,
    ON_TRACK,
    World,
    adopt,
    deadlines,
    make_budget,
    make_line,
    make_measure,
)
from tests.worlds import kept
from web.actors import DEMO
from web.refusals import Refused

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]


def card_of(response: Any, status: MeasureStatus) -> Node:
    return next(
        node
        for node in parse(response.content.decode()).walk()
        if node.attributes.get("id") == f"kort-{status.pk}"
    )


def is_open(card: Node) -> bool:
    """Whether the questions stand open; the first details of a card hold them."""
    return "open" in next(node for node in card.walk() if node.tag == "details").attributes


def button_in(card: Node) -> Node | None:
    return next((node for node in card.walk() if node.attributes.get("name") == "bekreft"), None)


def confirm(client: Client, world: World, code: str, form: dict[str, str]) -> Any:
    """The button «Ingen endring siden sist», pressed in a browser with htmx."""
    status = world.status(code)
    mine = {name: value for name, value in form.items() if name.startswith(f"s-{status.pk}-")}
    return client.post(
        world.path("lagre", status.pk),
        mine | {"bekreft": str(status.pk)},
        headers=HTMX | {"HX-Target": f"kort-{status.pk}"},
    )


# --- Filled in from last period ---------------------------------


def test_slow_answers_are_filled_in_and_nothing_is_stored(second_period: World, as_user: AsUser) -> None:
    world = second_period
    response = as_user(world.cast.kontakt).get(world.path())
    form = posted_by(response)
    late = world.status("T2")
    shown = {name: form[f"s-{late.pk}-{name}"] for name in ("status", "indicator_value", "cause")}
    assert shown == {"status": "delayed", "indicator_value": "11", "cause": DELAYED.cause}
    assert form[f"s-{late.pk}-new_date"] == "31.05.2027"
    assert form[f"s-{late.pk}-delayed_share"] == "50"
    assert form[f"s-{late.pk}-what_happened"] == ""
    assert "Anslag: 38 tonn mindre kutt samlet 2026–2030." in card_of(response, late).all_text()
    assert text_of(response).count("Ikke bekreftet") == 4
    assert "0 av 4 tiltak er bekreftet." in text_of(response)
    assert not is_open(card_of(response, late))
    assert {(one.status, one.confirmed_at) for one in world.statuses()} == {("", None)}
    assert broken_rules(response.content.decode()) == []


@pytest.mark.django_db(transaction=True)
def test_what_changes_from_time_to_time_is_not_filled_in(second_period: World, as_user: AsUser) -> None:
    world = second_period
    earlier = MeasureStatus.objects.filter(measure__code="T2").earliest("pk")
    with as_owner(), pgtrigger.ignore("reporting.MeasureStatus:only_while_editable"):
        MeasureStatus.objects.filter(pk=earlier.pk).update(
            decision_level="council",
            decision_question="Får vi mer?",
            links="https://drammen.example/sak",
            new_date=date(2026, 12, 31),
        )
    form = form_of(as_user(world.cast.kontakt), world)
    late = world.status("T2")
    # A decision is asked for once, and a date that has passed is asked for again.
    names = ("decision_level", "decision_question", "links", "new_date")
    assert {form[f"s-{late.pk}-{name}"] for name in names} == {""}


def test_a_measure_reported_for_the_first_time_is_open_and_blank(world: World, as_user: AsUser) -> None:
    response = as_user(world.cast.kontakt).get(world.path())
    card = card_of(response, world.status("T1"))
    assert is_open(card)
    assert button_in(card) is None


# --- Confirmed with one click ---------------------------------


def test_no_change_since_last_is_one_click(second_period: World, as_user: AsUser) -> None:
    world = second_period
    client = as_user(world.cast.kontakt)
    before = client.get(world.path())
    response = confirm(client, world, "T2", posted_by(before))
    assert response.status_code == 200
    assert json.loads(response.headers["HX-Trigger"]) == {"kp-say": "1 av 4 tiltak er bekreftet."}
    stored = world.status("T2")
    assert (stored.status, stored.cause, stored.indicator_value) == ("delayed", DELAYED.cause, 11)
    assert stored.what_happened == ""
    assert stored.confirmed_at is not None
    # What htmx makes of the page is the page as it is fetched again: the card folded, its button gone.
    after = client.get(world.path())
    assert not is_open(card_of(after, stored))
    assert button_in(card_of(after, stored)) is None
    ours = swapped(before.content.decode(), response.content.decode(), f"kort-{stored.pk}")
    find(ours, f"lagret-{stored.pk}").text = ""  # «Lagret kl. …», said once
    assert same(ours, parse(after.content.decode())) == []


def test_one_click_without_javascript_saves_the_rest_too(second_period: World, as_user: AsUser) -> None:
    world = second_period
    client = as_user(world.cast.kontakt)
    form = form_of(client, world)
    one, two, three, _four = world.statuses()
    form |= {f"s-{two.pk}-what_happened": "Tolv biler levert.", "bekreft": str(one.pk)}
    response = client.post(world.path("lagre", one.pk), form)
    assert response.status_code == 303
    assert response.headers["Location"] == f"{world.path()}#kort-{three.pk}"
    confirmed = [status.measure.code for status in world.statuses() if status.confirmed_at]
    assert confirmed == ["T1", "T2"]
    assert world.status("T2").what_happened == "Tolv biler levert."
    assert "2 av 4 tiltak er bekreftet." in text_of(client.get(world.path()))


def test_saving_the_draft_confirms_nothing_that_was_not_touched(
    second_period: World, as_user: AsUser
) -> None:
    world = second_period
    client = as_user(world.cast.kontakt)
    assert client.post(world.path(), form_of(client, world)).status_code == 303
    assert {(status.status, status.confirmed_at) for status in world.statuses()} == {("", None)}


def test_text_is_kept_when_the_button_is_pressed(second_period: World, as_user: AsUser) -> None:
    world = second_period
    client = as_user(world.cast.kontakt)
    status = world.status("T2")
    form = form_of(client, world) | {f"s-{status.pk}-what_happened": "Ellers som før."}
    confirm(client, world, "T2", form)
    assert world.status("T2").what_happened == "Ellers som før."


def test_pressing_the_button_with_a_wrong_figure_keeps_the_card_open(
    second_period: World, as_user: AsUser
) -> None:
    world = second_period
    client = as_user(world.cast.kontakt)
    status = world.status("T2")
    form = form_of(client, world) | {f"s-{status.pk}-indicator_value": "abc"}
    response = confirm(client, world, "T2", form)
    assert response.status_code == 422
    assert "HX-Trigger" not in response.headers
    assert 'value="abc"' in response.content.decode()
    assert is_open(card_of(response, status))
    assert world.status("T2").confirmed_at is None


def test_no_change_reads_as_no_change(second_period: World, as_user: AsUser) -> None:
    world = second_period
    client = as_user(world.cast.kontakt)
    for code in ("T1", "T2", "T3", "T4"):
        confirm(client, world, code, form_of(client, world))
    world.submit()
    text = text_of(as_user(world.cast.leder).get(world.path("godkjenn")))
    assert text.count("Ingen endring siden sist.") == 4


def test_what_was_confirmed_on_a_date_that_has_passed_says_what_it_lacks(
    second_period: World, as_user: AsUser
) -> None:
    world = second_period
    client = as_user(world.cast.kontakt)
    status = world.status("T2")
    form = form_of(client, world) | {f"s-{status.pk}-new_date": ""}
    response = confirm(client, world, "T2", form)
    assert "Skriv når det er tatt igjen" in response.content.decode()
    assert is_open(card_of(response, status))
    assert is_open(card_of(client.get(world.path()), status))


# --- One field that cannot be read ---------------------------------

WRONG = {"status": "delayed", "indicator_value": "80, kanskje 85", "corrective_action": "Vi leier fire."}


def test_the_rest_of_the_card_is_saved_when_one_field_cannot_be_read(world: World, as_user: AsUser) -> None:
    client = as_user(world.cast.kontakt)
    response = save(client, world, "lagret", **WRONG)
    assert response.status_code == 422
    said = parse(response.content.decode()).all_text()
    assert "Ikke lagret." in said
    assert "Skriv et tall, for eksempel 1\u00a0234,5." in said
    assert "Alt annet er lagret." in said
    assert "Lagret kl." not in said
    assert "Ikke alt er lagret." in said
    stored = world.status()
    assert (stored.status, stored.corrective_action) == ("delayed", "Vi leier fire.")
    assert (stored.indicator_value, stored.confirmed_at, stored.version) == (None, None, 2)
    # The version that stands now comes along, so that the next save is no conflict with this one.
    versions = [
        node.attributes["value"]
        for node in parse(response.content.decode()).walk()
        if node.attributes.get("name") == f"s-{stored.pk}-version"
    ]
    assert versions == ["2"]
    assert save(client, world, "lagret", **WRONG | {"version": "2"}).status_code == 422
    right = save(client, world, "lagret", **WRONG | {"version": "2", "indicator_value": "80"})
    assert right.status_code == 200
    assert (world.status().indicator_value, world.status().confirmed_at is None) == (80, False)


def test_sending_says_of_the_rest_what_saving_said(world: World, as_user: AsUser) -> None:
    client = as_user(world.cast.kontakt)
    save(client, world, "lagret", **WRONG)
    submitted = world.path("send")
    for rest, whole in (({}, True), ({"corrective_action": "Vi leier to."}, False)):
        page = client.post(submitted, fields(world.status(), **WRONG | rest))
        assert page.status_code == 422
        card = card_of(page, world.status())
        assert "Ikke lagret." in card.all_text()
        assert ("Alt annet er lagret." in card.all_text()) is whole


def test_a_number_that_cannot_be_read_takes_no_number_away(world: World, as_user: AsUser) -> None:
    client = as_user(world.cast.kontakt)
    save(client, world, "lagret", status="on_track", indicator_value="11")
    confirmed = world.status().confirmed_at
    save(client, world, "lagret", status="on_track", indicator_value="abc")
    assert (world.status().confirmed_at, world.status().version) == (confirmed, 2)
    save(client, world, "lagret", status="on_track", indicator_value="abc", what_happened="Nytt.")
    stored = world.status()
    # Nobody stands behind an answer that was not written to its end.
    assert (stored.indicator_value, stored.what_happened, stored.confirmed_at) == (11, "Nytt.", None)


def test_a_date_nobody_asks_for_is_not_in_the_way(world: World, as_user: AsUser) -> None:
    response = save(as_user(world.cast.kontakt), world, "avvik", status="on_track", new_date="snart")
    assert response.status_code == 200
    assert world.status().confirmed_at is not None


def test_without_javascript_the_page_says_what_is_left(world: World, as_user: AsUser) -> None:
    client = as_user(world.cast.kontakt)
    page = client.post(world.path(), fields(world.status(), **WRONG))
    assert page.status_code == 422
    card = card_of(page, world.status())
    assert "Alt annet er lagret." in card.all_text()
    marked = [node.attributes["name"] for node in card.walk() if "aria-invalid" in node.attributes]
    assert marked == [f"s-{world.status().pk}-indicator_value"]
    # Put back to what the form first showed, it is saved as anything else.
    form = posted_by(page)
    blank = {f"s-{world.status().pk}-{name}": "" for name in ("corrective_action", "indicator_value")}
    assert client.post(world.path(), form | blank).status_code == 303
    assert world.status().corrective_action == ""


# --- Never sent unconfirmed ---------------------------------


def test_the_strip_says_what_is_left_before_sending(world: World, as_user: AsUser) -> None:
    """A draft may be saved with half an answer, which is not counted as confirmed."""
    client = as_user(world.cast.kontakt)
    half = replace(DELAYED, cause="")
    world.answer(ON_TRACK, half, ON_TRACK)
    page = client.get(world.path())
    strip = next(
        node for node in parse(page.content.decode()).walk() if node.attributes.get("id") == "fremdrift"
    )
    status = world.status()
    said = strip.all_text()
    assert "3 av 4 tiltak er bekreftet." in said
    assert "Mangler svar:" in said
    assert "2. Tiltak T2" in said
    assert "Rapporten kan sendes." not in said
    links = [node.attributes["href"] for node in strip.walk() if node.tag == "a"]
    assert links == [f"#kort-{status.pk}"]
    assert card_of(page, status) is not None
    with pytest.raises(IncompleteReport):
        world.submit()

    # The same beside the field that puts it right, and said aloud by the button.
    form = posted_by(page) | {f"s-{status.pk}-cause": "Sen levering."}
    answer = confirm(client, world, "T2", form)
    assert answer.status_code == 200
    assert "Mangler svar" not in answer.content.decode()
    assert json.loads(answer.headers["HX-Trigger"]) == {
        "kp-say": "4 av 4 tiltak er bekreftet. Rapporten kan sendes."
    }
    world.submit()


def test_a_refused_sending_does_not_say_that_the_report_can_be_sent(world: World, as_user: AsUser) -> None:
    """What is stored could be sent; what stands in the form could not."""
    world.answer()
    client = as_user(world.cast.kontakt)
    form = form_of(client, world) | {f"s-{world.status().pk}-status": "delayed"}
    page = client.post(world.path("send"), form)
    assert page.status_code == 422
    said = text_of(page)
    assert "Rett opp dette før du går videre" in said
    assert "3 av 4 tiltak er bekreftet." in said
    assert "Mangler svar:" in said
    assert "Rapporten kan sendes." not in said


def test_choosing_delayed_confirms_nothing_before_the_cause_is_there(world: World, as_user: AsUser) -> None:
    client = as_user(world.cast.kontakt)
    late = {"status": "delayed", "new_date": "1.7.2027", "corrective_action": "Leier."}
    said = save(client, world, "avvik", status="delayed").content.decode()
    assert "0 av 4 tiltak er bekreftet." in said
    assert "Bekreftet" not in said
    assert "Skriv hva som er årsaken." in said
    said = save(client, world, "lagret", **late, cause="Sent.").content.decode()
    assert "1 av 4 tiltak er bekreftet." in said
    assert "Bekreftet." in said


def test_what_the_strip_calls_ready_can_be_sent(world: World, decision: Decision) -> None:
    """Step by step the strip and sending agree."""

    def agree() -> bool:
        ready = completeness_of(world.report()).ready
        try:
            with transaction.atomic():
                world.submit()
                raise _UndoError
        except _UndoError:
            assert ready
        except IncompleteReport:
            assert not ready
        return ready

    assert not agree()
    world.answer(replace(DELAYED, new_date=None), ON_TRACK)
    assert not agree()
    world.answer(DELAYED, ON_TRACK)
    assert agree()
    decided(world, decision=decision)
    assert completeness_of(world.report()).lacking[0].number == 2
    assert not agree()
    world.answer(DELAYED, replace(ON_TRACK, decision_follow_up="Bestilt."), ON_TRACK)
    assert agree()


def test_how_far_a_report_is_takes_two_queries(world: World, django_assert_num_queries: Any) -> None:
    world.answer(DELAYED)
    report = world.report()
    with django_assert_num_queries(2):
        completeness_of(report)


def test_the_form_does_not_send_what_nobody_confirmed(second_period: World, as_user: AsUser) -> None:
    world = second_period
    client = as_user(world.cast.kontakt)
    one, two, three, four = world.statuses()
    for code in ("T1", "T2", "T3"):
        confirm(client, world, code, form_of(client, world))
    response = client.post(world.path("send"), form_of(client, world))
    assert response.status_code == 422
    html = response.content.decode()
    assert f'href="#bekreft-{four.pk}"' in html
    assert f'id="bekreft-{four.pk}"' in html
    assert not any(f'href="#bekreft-{done.pk}"' in html for done in (one, two, three))
    assert "<title>Feil:" in html
    assert world.report().state == ReportState.DRAFT

    confirm(client, world, "T4", form_of(client, world))
    assert client.post(world.path("send"), form_of(client, world)).status_code == 303
    assert world.report().state == ReportState.SUBMITTED


def test_a_bare_send_says_what_is_not_confirmed(second_period: World, as_user: AsUser) -> None:
    world = second_period
    client = as_user(world.cast.kontakt)
    token = form_of(client, world)["submission_token"]
    response = client.post(world.path("send"), {"version": "1", "submission_token": token})
    assert response.status_code == 422
    assert text_of(response).count("Bekreft svaret, eller rett det, før rapporten sendes.") == 8


def test_what_the_page_showed_is_not_taken_for_an_answer_when_last_period_changes(
    second_period: World, as_user: AsUser
) -> None:
    """Last period is corrected while the form stands open, so what was filled in is gone."""
    world = second_period
    client = as_user(world.cast.kontakt)
    form = form_of(client, world)
    earlier = MeasureStatus.objects.filter(measure__code="T1").earliest("pk").report
    approve_report(by=world.cast.leder, report=earlier, version=earlier.version)
    earlier.refresh_from_db()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reporting_unitreport SET state = 'returned', return_comment = 'x' WHERE id = %s",
            [earlier.pk],
        )
    assert "status" not in form_of(client, world)  # nothing is filled in any longer
    assert client.post(world.path(), form).status_code == 303
    assert {status.confirmed_at for status in world.statuses()} == {None}


def test_the_action_does_not_send_what_nobody_confirmed(world: World) -> None:
    world.answer()
    status = world.status("T3")
    MeasureStatus.objects.filter(pk=status.pk).update(confirmed_at=None)
    with pytest.raises(IncompleteReport) as refused:
        world.submit()
    assert [[field for field, _ in found] for found in refused.value.problems.values()] == [[CONFIRMATION]]
    # Saving the same answer again is standing behind it.
    save_status(by=world.cast.kontakt, status=world.status("T3"), version=2, answers=ON_TRACK)
    assert world.submit().state == ReportState.SUBMITTED


def test_an_answer_without_a_status_is_kept_and_not_confirmed(world: World) -> None:
    status = world.status()
    save_status(
        by=world.cast.kontakt, status=status, version=1, answers=StatusAnswers(what_happened="Vet ikke.")
    )
    assert (world.status().what_happened, world.status().confirmed_at) == ("Vet ikke.", None)


@pytest.mark.parametrize("given", ["", "confirmed_at = NULL, "])
def test_the_database_confirms_no_silence(world: World, given: str) -> None:
    world.answer()
    statement = f"UPDATE reporting_measurestatus SET {given}status = ''"
    if given:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        return
    with pytest.raises(DatabaseError, match="confirmed_says_something"), transaction.atomic():
        connection.cursor().execute(statement)


# --- How far, and what a delay means ---------------------------------


def test_the_result_is_held_against_its_target(world: World, as_user: AsUser) -> None:
    indicator = Indicator.objects.get(measure__code="T2")
    IndicatorTarget.objects.create(indicator=indicator, year=2026, tertial=2, value=16)
    client = as_user(world.cast.kontakt)
    html = save(client, world, "lagret", status="on_track", indicator_value="11").content.decode()
    assert "Bekreftet: 11 av 24 biler, 46\xa0%." in html
    world.answer(replace(ON_TRACK, indicator_value=Decimal(11)))
    world.submit()
    page = text_of(as_user(world.cast.leder).get(world.path("godkjenn")))
    assert "11 av 24 biler, 46 %" in page
    assert "Etter dette tertialet skulle det være 16." in page


@pytest.mark.parametrize(
    ("direction", "target", "value", "words"),
    [
        (Direction.UP, 24, "11", "11 av 24 biler, 46 %"),
        (Direction.UP, 24, "5", "5 av 24 biler, 21 %"),
        (Direction.UP, 1000, "996", "996 av 1 000 biler, 99 %"),
        (Direction.UP, 1000, "4", "4 av 1 000 biler, 1 %"),
        (Direction.UP, 24, "30", "30 av 24 biler, 125 %"),
        (Direction.UP, 24, "0", "0 av 24 biler, 0 %"),
        # A share of the way down from nobody knows where says nothing.
        (Direction.DOWN, 4, "9", "9 biler, måltallet er 4"),
        (Direction.KEEP, 7, "7", "7 biler, måltallet er 7"),
        (Direction.UP, 0, "7", "7 biler, måltallet er 0"),
        (Direction.UP, None, "7", "7 biler"),
        (Direction.UP, 24, None, ""),
    ],
)
def test_how_far_in_words(direction: str, target: int | None, value: str | None, words: str) -> None:
    goal = None if target is None else Decimal(target)
    indicator = AskedIndicator("Elbiler", "biler", goal, direction)
    assert result_words(indicator, None if value is None else Decimal(value)).replace("\xa0", " ") == words


def test_the_estimate_follows_share_date_and_status(world: World, as_user: AsUser) -> None:
    client = as_user(world.cast.kontakt)
    given = {"cause": "Sent.", "corrective_action": "Leier.", "status": "delayed"}

    def estimate(target: str, **changed: str) -> str:
        return save(client, world, target, **given | changed).content.decode()

    assert "så står det her hva det betyr i tonn" in estimate("avvik")
    # Half of 40 t in 2026, and half of 90 t for 181 of the 365 days of 2027.
    assert "Anslag: 42 tonn" in estimate("lagret", delayed_share="50", new_date="1.7.2027")
    assert "Anslag: 85 tonn" in estimate("lagret", delayed_share="100", new_date="1.7.2027")
    assert "Anslag: 130 tonn" in estimate("lagret", delayed_share="100", new_date="1.1.2028")
    # Stopped for good: all of it, for as long as the budget looks.
    assert "Anslag: 400 tonn" in estimate("avvik", delayed_share="100", status="stopped")
    assert "Anslag" not in estimate("avvik", status="on_track")
    # Without htmx it stands there after saving.
    client.post(world.path(), fields(world.status(), **given, delayed_share="50", new_date="1.7.2027"))
    text = text_of(client.get(world.path()))
    assert "Anslag: 42 tonn mindre kutt samlet 2026–2030." in text
    assert "Virker det riktig?" in text


def labels(response: Any) -> set[str]:
    nodes = list(parse(response.content.decode()).walk())
    return {node.all_text() for node in nodes if node.tag in {"label", "legend"}}


def test_the_card_asks_for_neither_tonnes_nor_kroner(world: World, as_user: AsUser) -> None:
    world.answer(DELAYED)
    asked = " ".join(labels(as_user(world.cast.kontakt).get(world.path()))).lower()
    assert not any(word in asked for word in ("tonn", "co₂", "kroner", "kostnad", "budsjett"))


def test_a_measure_without_tonnes_has_the_same_card_minus_tonnes(
    cast: Cast, clock: Any, as_user: AsUser
) -> None:
    budget = make_budget()
    make_line(budget, make_measure("T1", cast.transport), cast.transport, 1, {2026: 40, 2027: 90})
    make_measure("KL1", cast.transport, kind=MeasureKind.VIRKEMIDDEL)
    adopt(budget)
    period = open_period(by=DEMO, year=2026, kind=PeriodKind.SECOND_TERTIAL, budget=budget, **deadlines())
    world = World(cast, budget, period)
    world.answer(replace(DELAYED, indicator_value=None))
    page = as_user(cast.kontakt).get(world.path())
    with_tonnes, without = (card_of(page, world.status(code)) for code in ("T1", "KL1"))
    assert "Anslag:" in with_tonnes.all_text()
    assert "tonn" not in without.all_text()

    def asked(card: Node) -> list[str]:
        return [node.all_text() for node in card.walk() if node.tag in {"label", "legend"}]

    assert asked(with_tonnes) == asked(without)


# --- Links ---------------------------------

FIVE = "\n".join(f"https://drammen.example/{number}" for number in range(5))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("http://drammen.example/sak", "med https:// først"),
        ("javascript:alert(1)", "med https:// først"),
        ("https://drammen.kommune.no@ondt.example/", "med https:// først"),
        ("https://", "med https:// først"),
        ("https://drammen.example/a b", "med https:// først"),
        (f"{FIVE}\nhttps://drammen.example/6", "høyst 5"),
    ],
)
def test_a_link_is_an_address_on_https(world: World, as_user: AsUser, typed: str, sentence: str) -> None:
    client = as_user(world.cast.kontakt)
    response = save(client, world, "lagret", status="on_track", links=typed)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    with pytest.raises(Refused):
        save_status(
            by=world.cast.kontakt,
            status=world.status(),
            version=1,
            answers=replace(ON_TRACK, links=typed),
        )
    assert world.status().links == ""


def test_links_are_followed_from_the_page_and_frozen(world: World, as_user: AsUser) -> None:
    client = as_user(world.cast.kontakt)
    typed = "\n https://intranett/sak?nr=1&del=2 \n\nhttps://drammen.example/ø"
    assert save(client, world, "lagret", status="on_track", links=typed).status_code == 200
    kept = ["https://intranett/sak?nr=1&del=2", "https://drammen.example/ø"]
    assert world.status().links == "\n".join(kept)
    world.answer(replace(ON_TRACK, links="\n".join(kept)))
    world.submit()
    page = parse(as_user(world.cast.leder).get(world.path("godkjenn")).content.decode())
    found = [node for node in page.walk() if node.attributes.get("href") in kept]
    assert len(found) == 8
    assert {node.attributes["rel"] for node in found} == {"noopener noreferrer"}
    assert ReportVersion.objects.get().content["statuses"][1]["links"] == kept


def test_the_same_text_with_other_line_breaks_is_the_same(world: World, as_user: AsUser) -> None:
    client = as_user(world.cast.kontakt)
    save(client, world, "lagret", status="on_track", what_happened="Første.\nAndre.")
    assert client.post(world.path(), form_of(client, world)).status_code == 303
    assert (world.status().what_happened, world.status().version) == ("Første.\nAndre.", 2)


# --- A decision that was asked for ---------------------------------


def decided(world: World, code: str = "T2", decision: Decision | None = None) -> Deviation:
    """An open deviation of the measure that asked for a decision; with `decision` it has been made."""
    return Deviation.objects.create(
        measure=world.status(code).measure,
        unit=world.cast.transport,
        status=world.status(code),
        cause="Sent.",
        corrective_action="Leier.",
        decision_level=DecisionLevel.EXECUTIVE,
        decision_question="Får vi 700 000 kroner?",
        decision=decision,
    )


@kept
def decision(world: World) -> Decision:
    return record_decision(
        by=DEMO,
        data=DecisionData(
            body=DecisionBody.LEADERSHIP,
            title="Midler til elbiler",
            text="Ja, fra neste års ramme.",
            case_number="26/0900",
            decided_on=date(2026, 6, 1),
            unit=world.cast.transport,
        ),
    )


def test_a_decision_made_must_be_followed_up(world: World, decision: Decision, as_user: AsUser) -> None:
    decided(world, decision=decision)
    world.answer()
    client = as_user(world.cast.kontakt)
    page = client.get(world.path())
    card = card_of(page, world.status()).all_text()
    assert "Dere ba rådmannens ledergruppe avgjøre: «Får vi 700 000 kroner?»" in card
    assert "Svaret: Midler til elbiler" in card
    assert "Skriv hva som er gjort med beslutningen." in card
    assert text_of(page).count("Hva er gjort med beslutningen?") == 1

    refused = client.post(world.path("send"), posted_by(page))
    assert refused.status_code == 422
    assert f'href="#id_s-{world.status().pk}-decision_follow_up"' in refused.content.decode()
    with pytest.raises(IncompleteReport):
        world.submit()
    with pytest.raises(DatabaseError, match="incomplete"), transaction.atomic():
        connection.cursor().execute(
            "UPDATE reporting_unitreport SET state = 'submitted', submitted_at = now() WHERE id = %s",
            [world.report().pk],
        )

    # Asked for on plan too: it is about the decision, not about the delay.
    answers = replace(ON_TRACK, decision_follow_up="Seks biler er bestilt.")
    status = world.status()
    save_status(by=world.cast.kontakt, status=status, version=status.version, answers=answers)
    world.submit()
    assert "Seks biler er bestilt." in text_of(as_user(world.cast.leder).get(world.path("godkjenn")))
    frozen = ReportVersion.objects.get().content["statuses"][1]
    assert frozen["decision_follow_up"] == "Seks biler er bestilt."


def test_a_question_that_waits_is_not_asked_again(world: World, as_user: AsUser) -> None:
    decided(world)
    world.answer(DELAYED)
    card = card_of(as_user(world.cast.kontakt).get(world.path()), world.status()).all_text()
    assert "Det er ikke avgjort ennå" in card
    assert "Hva er gjort med beslutningen?" not in card
    world.submit()


def test_a_closed_deviation_asks_nothing(world: World, decision: Decision) -> None:
    deviation = decided(world, decision=decision)
    deviation.state, deviation.closed_at = "closed", deviation.opened_at
    deviation.closed_by_system, deviation.closing_reason = "demo", "Klima"
    deviation.save()
    assert [answer.decided for answer in answers_of(world.report())] == [None] * 4


def _asks_for_follow_up(world: World, as_user: AsUser) -> tuple[bool, bool, bool]:
    """What form, sending and database say of the same report. Nothing is sent."""
    page = as_user(world.cast.kontakt).get(world.path())
    form = "Hva er gjort med beslutningen?" in card_of(page, world.status()).all_text()
    said = []
    for send in (world.submit, lambda: _send_by_hand(world)):
        try:
            with transaction.atomic():
                send()
                raise _UndoError
        except _UndoError:
            said.append(False)
        except (IncompleteReport, DatabaseError):
            said.append(True)
    return form, said[0], said[1]


class _UndoError(Exception):
    pass


def _send_by_hand(world: World) -> None:
    connection.cursor().execute(
        "UPDATE reporting_unitreport SET state = 'submitted', submitted_at = now() WHERE id = %s",
        [world.report().pk],
    )


@pytest.mark.parametrize(
    ("level", "is_open", "status", "asks"),
    [
        (DecisionLevel.EXECUTIVE, True, DecisionStatus.OPEN, True),
        (DecisionLevel.EXECUTIVE, True, DecisionStatus.ONGOING, True),
        (DecisionLevel.EXECUTIVE, True, DecisionStatus.DONE, False),
        (DecisionLevel.EXECUTIVE, True, DecisionStatus.LAPSED, False),
        (DecisionLevel.EXECUTIVE, True, None, False),
        (DecisionLevel.EXECUTIVE, False, DecisionStatus.OPEN, False),
        ("", True, DecisionStatus.OPEN, False),
    ],
)
def test_form_sending_and_database_have_one_rule(
    world: World,
    decision: Decision,
    as_user: AsUser,
    level: str,
    is_open: bool,
    status: DecisionStatus | None,
    asks: bool,
) -> None:
    """The register may say that a decision is done while the deviation it was for stands open."""
    deviation = decided(world, decision=decision if status else None)
    if not level:
        deviation.decision_level = deviation.decision_question = ""
        deviation.save()
    if not is_open:
        deviation.state, deviation.closed_at = "closed", deviation.opened_at
        deviation.closed_by_system, deviation.closing_reason = "demo", "Klima"
        deviation.save()
    if status and status != DecisionStatus.OPEN:
        move_decision(by=DEMO, decision=decision, to=status, version=decision.version, comment="Bilene kom.")
    world.answer()
    assert _asks_for_follow_up(world, as_user) == (asks, asks, asks)


def test_another_systems_report_is_not_asked_about_the_portals_decision(
    world: World, decision: Decision
) -> None:
    decided(world, decision=decision)
    world.answer()
    report = world.report()
    report.place = "there"
    report.save()
    # Answered there: refused for that, never for what it does not say of the decision.
    with pytest.raises(Refused, match="virksomhetsstyringssystemet"):
        submit_report(by=DEMO, report=report, version=report.version)


def test_a_status_that_was_delayed_last_time_is_told_as_changed(second_period: World) -> None:
    world = second_period
    world.answer(ON_TRACK, replace(DELAYED, indicator_value=Decimal(12), new_date=date(2027, 8, 1)))
    late = next(one for one in said(answers_of(world.report())) if one.status.measure.code == "T2")
    assert late.changes == (
        ("Elbiler levert", "11", "12"),
        ("Tatt igjen", "31.\xa0mai 2027", "1.\xa0august 2027"),
    )


def test_the_deadline_shown_is_the_units_own(world: World, as_user: AsUser) -> None:
    report = world.report()
    report.contact_deadline = world.period.contact_deadline + timedelta(days=5)
    report.leader_deadline = world.period.leader_deadline + timedelta(days=5)
    report.save()
    assert "frist tirsdag 15. september" in text_of(as_user(world.cast.kontakt).get(world.path()))
    world.answer()
    world.submit()
    assert "frist tirsdag 22. september" in text_of(as_user(world.cast.leder).get(world.path("godkjenn")))
    assert Status(world.status().status) == Status.ON_TRACK
