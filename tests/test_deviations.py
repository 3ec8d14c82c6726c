"""Deviations live on: opened by approved reports, decided by the level that was asked, closed by people."""

from __future__ import annotations

import csv
import io
import re
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organisation.models import User
from reporting.actions import deviations as module
from reporting.actions import reports as sending
from reporting.actions.deviations import (
    DecisionGiven,
    close_deviation,
    decide_deviation,
    plan_deviation,
    reopen_deviation,
)
from reporting.actions.periods import open_period
from reporting.actions.reports import StatusAnswers, Submitted, approve_report, save_status, submit_report
from reporting.enums import DecisionLevel, DeviationState, PeriodKind, Status
from reporting.models import Deviation, Period, UnitReport
from reporting.queries.deviations import open_decisions
from reporting.words.deviations import decision_sentence
from strategy.actions.decisions import move_decision
from strategy.enums import DecisionBody, DecisionStatus
from strategy.models import Decision
from tests.cast import Cast
from tests.html_rules import broken_rules, parse
from tests.races import Later
from tests.reporting_world import DELAYED, NOW, ON_TRACK, World, build, deadlines
from tests.test_reporting_races import at_once
from web.actors import DEMO
from web.concurrency import StaleObject
from web.contributions import calendar_entry, collect, min_side_task
from web.refusals import Refused

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
ASKS = replace(DELAYED, decision_level=DecisionLevel.DIRECTOR, decision_question="Leie eller kjøpe?")
GIVEN = DecisionGiven(text="Kjøp fire brukte elbiler.", decided_on=date(2026, 9, 7))


def text_of(response: Any) -> str:
    main = next(node for node in parse(response.content.decode()).walk() if node.tag == "main")
    return re.sub(r"\s+", " ", main.all_text())


def reported(world: World, *answers: StatusAnswers) -> None:
    """Samferdsel reports, and its leader approves."""
    world.answer(*answers)
    world.submit()
    world.approve()


def later_period(world: World) -> Period:
    """The annual report, a month later."""
    return open_period(
        by=DEMO,
        year=2026,
        kind=PeriodKind.ANNUAL,
        budget=world.budget,
        **deadlines(NOW - timedelta(days=1)),
    )


def report_in(world: World, period: Period, code: str, answers: StatusAnswers) -> None:
    """Samferdsel's report of another period: everything on track but one measure."""
    report = UnitReport.objects.get(period=period, unit=world.cast.transport)
    for status in report.statuses.select_related("measure"):
        said = answers if status.measure.code == code else ON_TRACK
        # Asked for when something has been decided about the measure.
        said = replace(said, decision_follow_up=status.decision_follow_up or "Bestilt.")
        save_status(by=DEMO, status=status, version=status.version, answers=said)
    for step in (submit_report, approve_report):
        report.refresh_from_db()
        step(by=DEMO, report=report, version=report.version)


def only() -> Deviation:
    return Deviation.objects.select_related("measure", "unit", "status").get()


# --- Opened and kept up by approvals


def test_an_approved_status_off_plan_opens_a_deviation(world: World) -> None:
    world.answer(ON_TRACK, DELAYED, ON_TRACK)
    world.submit()
    assert not Deviation.objects.exists()
    world.approve()
    deviation = only()
    assert (deviation.measure.code, deviation.unit) == ("T2", world.cast.transport)
    assert (deviation.cause, deviation.due_on) == (DELAYED.cause, date(2027, 5, 31))
    # Half of 40 t in 2026, and half of 90 t until 31 May 2027 (150 of 365 days): the years 2026–2030.
    assert deviation.tonnes_at_stake is not None
    assert round(deviation.tonnes_at_stake) == 38
    assert (deviation.state, deviation.decision_level) == (DeviationState.OPEN, "")


def test_a_returned_report_opens_nothing(world: World) -> None:
    world.answer(DELAYED)
    world.submit()
    world.give_back()
    assert not Deviation.objects.exists()


def test_the_next_report_brings_the_open_one_up_to_date(world: World) -> None:
    reported(world, ON_TRACK, DELAYED, ON_TRACK)
    later = later_period(world)
    news = replace(DELAYED, cause="Leverandøren er konkurs.", new_date=date(2027, 10, 1))
    report_in(world, later, "T2", news)
    deviation = only()
    assert (deviation.cause, deviation.due_on) == ("Leverandøren er konkurs.", date(2027, 10, 1))
    assert deviation.status.report.period == later


def test_on_plan_again_is_offered_for_closing_and_not_closed(world: World, as_user: AsUser) -> None:
    reported(world, ON_TRACK, DELAYED, ON_TRACK)
    report_in(world, later_period(world), "T2", ON_TRACK)
    deviation = only()
    assert deviation.state == DeviationState.OPEN
    assert deviation.cause == DELAYED.cause
    page = as_user(world.cast.leder).get(deviation.get_absolute_url())
    assert "Avviket kan lukkes når du er enig i at det er tatt igjen." in text_of(page)
    assert "kan lukkes" in text_of(as_user(world.cast.klima).get("/rapportering/avvik/?vis=i-rute"))


def test_an_older_report_does_not_overrule_a_newer_one(world: World) -> None:
    later = later_period(world)
    report_in(world, later, "T2", ON_TRACK)
    reported(world, ON_TRACK, DELAYED, ON_TRACK)
    assert not Deviation.objects.exists()


def test_after_closing_a_new_one_is_opened(world: World) -> None:
    reported(world, ON_TRACK, DELAYED, ON_TRACK)
    first = only()
    close_deviation(by=world.cast.klima, deviation=first, version=first.version, reason="Bilene er levert.")
    report_in(world, later_period(world), "T2", DELAYED)
    assert Deviation.objects.filter(state=DeviationState.OPEN).get() != first
    with pytest.raises(Refused, match="nyere avvik"):
        reopen_deviation(by=world.cast.klima, deviation=first, version=first.version + 1)


# --- Decisions


@pytest.mark.parametrize(
    ("level", "allowed"),
    [
        (DecisionLevel.LEADER, {"leder"}),
        (DecisionLevel.DIRECTOR, {"direktor"}),
        (DecisionLevel.EXECUTIVE, {"radmann", "klima"}),
        (DecisionLevel.COUNCIL, {"klima"}),
    ],
)
def test_who_decides_at_each_level(world: World, level: DecisionLevel, allowed: set[str]) -> None:
    reported(world, ON_TRACK, replace(ASKS, decision_level=level), ON_TRACK)
    deviation = only()
    given = replace(GIVEN, case_number="26/1234")
    decided = set()
    for name, user in world.cast.people().items():
        try:
            with transaction.atomic():
                decide_deviation(by=user, deviation=deviation, version=deviation.version, given=given)
                decided.add(name)
                transaction.set_rollback(True)
        except PermissionDenied:
            pass
    assert decided == allowed


def test_a_decision_stands_in_the_register(world: World) -> None:
    reported(world, ON_TRACK, ASKS, ON_TRACK)
    deviation = only()
    made = decide_deviation(
        by=world.cast.direktor, deviation=deviation, version=deviation.version, given=GIVEN
    )
    stored = Decision.objects.get()
    assert stored == made == only().decision
    assert (stored.text, stored.decided_on) == ("Kjøp fire brukte elbiler.", date(2026, 9, 7))
    assert (stored.body, stored.unit) == (DecisionBody.OTHER, world.cast.transport)
    assert "direktøren" in stored.source
    assert [link.measure.code for link in stored.measure_links.all()] == ["T2"]
    assert stored.transitions.get().by_name == world.cast.direktor.name
    # The same form sent again gives the same decision; another one is refused.
    again = decide_deviation(by=world.cast.direktor, deviation=deviation, version=1, given=GIVEN)
    assert again == made
    with pytest.raises(Refused, match="allerede ført inn"):
        decide_deviation(
            by=world.cast.direktor, deviation=deviation, version=9, given=replace(GIVEN, text="Nei.")
        )
    assert Decision.objects.count() == 1


def test_the_council_decides_with_a_case_number(world: World, as_user: AsUser) -> None:
    reported(world, ON_TRACK, replace(ASKS, decision_level=DecisionLevel.COUNCIL), ON_TRACK)
    deviation = only()
    with pytest.raises(Refused) as refused:
        decide_deviation(by=world.cast.klima, deviation=deviation, version=deviation.version, given=GIVEN)
    assert refused.value.reasons[0].field == "case_number"
    url = f"{deviation.get_absolute_url()}beslutning/"
    form = {"text": "Ja.", "decided_on": "07.09.2026", "version": str(deviation.version)}
    client = as_user(world.cast.klima)
    assert client.post(url, form).status_code == 422
    answer = client.post(url, {**form, "case_number": "26/99"})
    assert (answer.status_code, answer["Location"]) == (303, deviation.get_absolute_url())
    stored = Decision.objects.get()
    assert (stored.body, stored.case_number) == (DecisionBody.COUNCIL, "26/99")


def test_a_day_to_come_is_refused_by_the_register(world: World, as_user: AsUser) -> None:
    reported(world, ON_TRACK, ASKS, ON_TRACK)
    deviation = only()
    answer = as_user(world.cast.direktor).post(
        f"{deviation.get_absolute_url()}beslutning/",
        {"text": "Ja.", "decided_on": "07.09.2027", "version": str(deviation.version)},
    )
    assert answer.status_code == 422
    assert "fram i tid" in text_of(answer)
    assert not Decision.objects.exists()


def test_the_deciding_person_sees_it_on_min_side(world: World, as_user: AsUser) -> None:
    reported(world, ON_TRACK, ASKS, ON_TRACK)
    seen = {
        name
        for name, user in world.cast.people().items()
        if any("Leie eller kjøpe?" in task.title for task in collect(min_side_task, user, NOW))
    }
    assert seen == {"direktor"}
    for level, who in ((DecisionLevel.EXECUTIVE, {"radmann"}), (DecisionLevel.COUNCIL, {"klima"})):
        Deviation.objects.update(decision_level=level)
        assert who == {
            name
            for name, user in world.cast.people().items()
            if any("Leie eller kjøpe?" in task.title for task in collect(min_side_task, user, NOW))
        }
    Deviation.objects.update(decision_level=DecisionLevel.DIRECTOR)
    deviation = only()
    decide_deviation(by=world.cast.direktor, deviation=deviation, version=deviation.version, given=GIVEN)
    assert not [task for task in collect(min_side_task, world.cast.direktor, NOW) if "Avgjør" in task.title]


def test_many_decisions_are_one_line_on_min_side(cast: Cast, clock: object) -> None:
    world = build(cast, 5)
    reported(world, ASKS)
    tasks = [task for task in collect(min_side_task, cast.direktor, NOW) if "beslutning" in task.title]
    assert [task.title for task in tasks] == ["5 avvik venter på en beslutning"]
    assert tasks[0].url.endswith("?vis=venter")


def test_it_returns_in_the_next_report_until_closed(world: World) -> None:
    reported(world, ON_TRACK, ASKS, ON_TRACK)
    deviation = only()
    measure = deviation.measure_id
    asked = open_decisions([measure])[measure]
    assert not asked.decided
    assert "Det er ikke avgjort ennå." in decision_sentence(asked)
    made = decide_deviation(
        by=world.cast.direktor, deviation=deviation, version=deviation.version, given=GIVEN
    )
    assert decision_sentence(open_decisions([measure])[measure]) == (
        "Avgjort 7.\u00a0september 2026 av direktøren: «Kjøp fire brukte elbiler.»"
    )
    # Asking the same again is still the decided question; asking something else waits again.
    later = later_period(world)
    report_in(world, later, "T2", ASKS)
    assert open_decisions([measure])[measure].decided
    move_decision(
        by=DEMO, decision=made, to=DecisionStatus.DONE, version=made.version, comment="Bilene er kjøpt."
    )
    assert open_decisions([measure]) == {}


def test_another_question_waits_for_its_own_decision(world: World) -> None:
    reported(world, ON_TRACK, ASKS, ON_TRACK)
    deviation = only()
    decide_deviation(by=world.cast.direktor, deviation=deviation, version=deviation.version, given=GIVEN)
    report_in(world, later_period(world), "T2", replace(ASKS, decision_question="Hvem skal betale?"))
    assert only().decision is None
    assert open_decisions([deviation.measure_id])[deviation.measure_id].question == "Hvem skal betale?"


def test_silence_takes_no_question_back(world: World) -> None:
    reported(world, ON_TRACK, ASKS, ON_TRACK)
    report_in(world, later_period(world), "T2", DELAYED)
    assert only().decision_question == "Leie eller kjøpe?"


# --- Owner, closing and the story


def test_owner_and_date(world: World, as_user: AsUser) -> None:
    reported(world, ON_TRACK, DELAYED, ON_TRACK)
    deviation = only()
    url = f"{deviation.get_absolute_url()}ansvar/"
    form = {
        "owner": str(world.cast.vara.pk),
        "due_on": "14.09.2026",
        "version": str(deviation.version),
    }
    assert as_user(world.cast.kontakt).post(url, form).status_code == 403
    assert as_user(world.cast.annen).post(url, form).status_code == 404
    assert as_user(world.cast.leder).post(url, form).status_code == 303
    assert (only().owner, only().due_on) == (world.cast.vara, date(2026, 9, 14))
    late = as_user(world.cast.leder).post(url, form)
    assert late.status_code == 409
    tasks = [task.title for task in collect(min_side_task, world.cast.vara, NOW)]
    assert f"Følg opp avviket i {deviation.measure}" in tasks
    days = collect(calendar_entry, world.cast.vara, date(2026, 9, 1), date(2026, 9, 30))
    assert date(2026, 9, 14) in [entry.day for entry in days if "Avviket" in entry.title]
    stranger = form | {"owner": str(world.cast.annen.pk), "version": str(only().version)}
    assert as_user(world.cast.klima).post(url, stranger).status_code == 422


def test_closing_needs_a_reason(world: World, as_user: AsUser) -> None:
    reported(world, ON_TRACK, DELAYED, ON_TRACK)
    deviation = only()
    url = f"{deviation.get_absolute_url()}lukk/"
    client = as_user(world.cast.leder)
    assert client.post(url, {"reason": " ", "version": str(deviation.version)}).status_code == 422
    form = {"reason": "Bilene er levert.", "version": str(deviation.version)}
    assert client.post(url, form).status_code == 303
    assert client.post(url, form).status_code == 303
    stored = only()
    assert (stored.state, stored.closed_by_name) == (DeviationState.CLOSED, world.cast.leder.name)
    other = as_user(world.cast.klima).post(url, form)
    assert other.status_code == 409
    assert client.get(url).status_code == 303
    assert (
        client.post(f"{stored.get_absolute_url()}apne/", {"version": str(stored.version)}).status_code == 303
    )
    assert only().is_open


def test_the_story_tells_all_of_it(world: World, as_user: AsUser) -> None:
    reported(world, ON_TRACK, ASKS, ON_TRACK)
    deviation = only()
    decide_deviation(by=world.cast.direktor, deviation=deviation, version=deviation.version, given=GIVEN)
    later = later_period(world)
    follow_up = UnitReport.objects.get(period=later, unit=world.cast.transport).statuses.get(
        measure=deviation.measure
    )
    follow_up.decision_follow_up = "Bilene er bestilt."
    follow_up.save()
    report_in(world, later, "T2", replace(ASKS, cause="Toll."))
    now = only()
    plan_deviation(
        by=world.cast.klima, deviation=now, version=now.version, owner=world.cast.kontakt, due_on=None
    )
    now = only()
    close_deviation(by=world.cast.klima, deviation=now, version=now.version, reason="Tatt igjen.")
    page = as_user(world.cast.revisor).get(now.get_absolute_url())
    text = text_of(page)
    for words in (
        "Rapport for 2. tertial 2026",
        "Rapport for årsrapport 2026",
        "Forsinket levering fra leverandøren.",
        "Toll.",
        "Beslutning av direktøren",
        "Kjøp fire brukte elbiler.",
        "Bilene er bestilt.",
        "Kontakt Eksempel",
        "Tatt igjen.",
        "38 tonn mindre kutt samlet 2026–2030",
    ):
        assert words in text
    assert broken_rules(page.content.decode()) == []


# --- Lists


def test_who_sees_which_deviations(world: World, as_user: AsUser) -> None:
    reported(world, ON_TRACK, DELAYED, ON_TRACK)
    url = only().get_absolute_url()
    answers = {
        name: (as_user(user).get(url).status_code, as_user(user).get("/rapportering/avvik/").status_code)
        for name, user in world.cast.people().items()
    }
    mine = {"klima", "analyse", "radmann", "direktor", "leder", "kontakt", "vara", "revisor", "admin"}
    strangers = {"annen", "annen_leder"}
    assert {name for name, codes in answers.items() if codes == (200, 200)} == mine
    assert {name for name, codes in answers.items() if codes == (404, 200)} == strangers
    assert {name for name, codes in answers.items() if codes == (404, 404)} == {"utvalg", "ingen"}
    assert "T2" not in text_of(as_user(world.cast.annen).get("/rapportering/avvik/"))


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["T2", "T3", "T4"]),
        ("?vis=forfalt", []),
        ("?vis=venter", ["T3", "T4"]),
        ("?niva=director", ["T3", "T4"]),
        ("?niva=council", []),
        ("?tilstand=closed", []),
        ("?tilstand=open&vis=venter", ["T3", "T4"]),
    ],
)
def test_filters_in_the_address(world: World, as_user: AsUser, query: str, codes: list[str]) -> None:
    reported(world, ON_TRACK, DELAYED, ASKS)
    client = as_user(world.cast.klima)
    page = client.get(f"/rapportering/avvik/{query}")
    assert re.findall(r"/avvik/\d+/\">(T\d)", page.content.decode()) == codes
    file = client.get(f"/rapportering/avvik/fil/csv/{query}").content.decode("utf-8-sig")
    assert [row["Tiltak"] for row in csv.DictReader(io.StringIO(file), delimiter=";")] == codes
    assert broken_rules(page.content.decode()) == []


def test_filters_by_unit_and_area(world: World, as_user: AsUser) -> None:
    reported(world, ON_TRACK, DELAYED, ON_TRACK)
    client = as_user(world.cast.klima)
    assert "Ett avvik." in text_of(client.get(f"/rapportering/avvik/?omrade={world.cast.area.pk}"))
    assert "Ett avvik." in text_of(client.get(f"/rapportering/avvik/?virksomhet={world.cast.transport.pk}"))
    wrong = client.get("/rapportering/avvik/?virksomhet=999")
    assert wrong.status_code == 200
    assert "Rett opp dette" in text_of(wrong)


@pytest.mark.parametrize("path", ["", "fil/xlsx/"])
def test_queries_do_not_grow(cast: Cast, clock: object, as_user: AsUser, path: str) -> None:
    counts = []
    for number, measures in enumerate((1, 3)):
        world = build(cast, measures, year=2026 + number, prefix=str(number))
        reported(world, ASKS)
        client = as_user(cast.klima)
        client.get("/rapportering/avvik/")
        with CaptureQueriesContext(connection) as caught:
            client.get(f"/rapportering/avvik/{path}")
        counts.append(len(caught))
        Deviation.objects.update(
            state=DeviationState.CLOSED, closed_at=NOW, closed_by_system="demo", closing_reason="x"
        )
    assert counts[0] == counts[1]


def test_evidence_on_the_measures_page(world: World, as_user: AsUser) -> None:
    reported(world, ON_TRACK, ASKS, ON_TRACK)
    page = text_of(as_user(world.cast.klima).get("/strategi/tiltak/T2/"))
    assert "Klimarapport for 2. tertial 2026" in page
    assert "Forsinket" in page
    assert "åpent, 38 tonn på spill, venter på direktøren" in page
    assert "Klimarapport" not in text_of(as_user(world.cast.utvalg).get("/strategi/tiltak/T2/"))
    assert "Klimarapport" not in text_of(as_user(world.cast.annen).get("/strategi/tiltak/T2/"))


# --- What the database holds


@pytest.mark.parametrize(
    "change",
    [
        "state = 'closed'",
        "state = 'closed', closed_at = now(), closed_by_system = 'demo', closing_reason = ''",
        "closed_at = now()",
        "decision_level = 'council'",
        "state = 'unknown'",
    ],
)
def test_the_database_refuses(world: World, change: str) -> None:
    reported(world, ON_TRACK, DELAYED, ON_TRACK)
    whole = "state = 'closed', closed_at = now(), closed_by_system = 'demo', closing_reason = 'x'"
    with connection.cursor() as cursor:
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(f"UPDATE reporting_deviation SET {change}")
        cursor.execute(f"UPDATE reporting_deviation SET {whole}")


# --- Two at once


@pytest.fixture
def committed(transactional_db: None, cast: Cast, clock: object) -> World:
    world = build(cast)
    reported(world, ON_TRACK, DELAYED, ON_TRACK)
    return world


def _people(world: World) -> tuple[User, User]:
    return User.objects.get(pk=world.cast.klima.pk), User.objects.get(pk=world.cast.leder.pk)


@pytest.mark.django_db(transaction=True)
def test_two_people_close_at_once(committed: World) -> None:
    deviation = only()
    klima, leder = _people(committed)
    results = at_once(
        *[
            lambda by=by, why=why: close_deviation(
                by=by, deviation=deviation, version=deviation.version, reason=why
            )
            for by, why in ((klima, "Fra Klima."), (leder, "Fra lederen."))
        ]
    )
    assert sorted(type(result).__name__ for result in results) == ["Closed", "Deviation"]


@pytest.mark.django_db(transaction=True)
def test_reopened_while_a_report_opens_a_new_one(committed: World) -> None:
    """The measure has one open deviation afterwards, whoever came first, and neither fails badly."""
    closed = only()
    close_deviation(by=DEMO, deviation=closed, version=closed.version, reason="Tatt igjen.")
    later = later_period(committed)
    report = UnitReport.objects.get(period=later, unit=committed.cast.transport)
    for status in report.statuses.select_related("measure"):
        said = DELAYED if status.measure.code == "T2" else ON_TRACK
        save_status(by=DEMO, status=status, version=status.version, answers=said)
    report.refresh_from_db()
    submit_report(by=DEMO, report=report, version=report.version)
    report.refresh_from_db()
    klima, leder = _people(committed)
    results = at_once(
        lambda: reopen_deviation(by=klima, deviation=closed, version=closed.version + 1),
        lambda: approve_report(by=leder, report=report, version=report.version),
    )
    assert isinstance(results[1], UnitReport)
    assert isinstance(results[0], (Deviation, Refused, StaleObject))
    still_open = Deviation.objects.filter(state=DeviationState.OPEN)
    assert still_open.get().status.report == report


def _send_while_it_is_decided(world: World, monkeypatch: pytest.MonkeyPatch) -> tuple[bool, Any, Any]:
    """(whether the decision had to wait, what came of sending, what came of deciding)."""
    deviation = only()
    director = User.objects.get(pk=world.cast.direktor.pk)
    report = UnitReport.objects.get(period=later_period(world), unit=world.cast.transport)
    for status in report.statuses.select_related("measure"):
        save_status(by=DEMO, status=status, version=status.version, answers=ON_TRACK)
    report.refresh_from_db()
    read, begun = sending.decided_measures, []

    def decided_meanwhile(measures: Any) -> Any:
        found = read(measures)
        begun.append(
            Later(
                lambda: decide_deviation(
                    by=director, deviation=deviation, version=deviation.version, given=GIVEN
                )
            )
        )
        begun.append(begun[0].waits())
        return found

    monkeypatch.setattr(sending, "decided_measures", decided_meanwhile)
    try:
        sent: Any = submit_report(by=DEMO, report=report, version=report.version)
    except DatabaseError as error:
        sent = error
    later, waited = begun
    return waited, sent, later.ended()


@pytest.fixture
def asked(transactional_db: None, cast: Cast, clock: object) -> World:
    world = build(cast)
    reported(world, ON_TRACK, ASKS, ON_TRACK)
    return world


@pytest.mark.django_db(transaction=True)
def test_a_decision_made_while_a_report_is_sent_waits_for_it(
    asked: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited, sent, made = _send_while_it_is_decided(asked, monkeypatch)
    assert waited
    assert isinstance(sent, Submitted)
    assert isinstance(made, Decision)


@pytest.mark.django_db(transaction=True)
def test_without_holding_it_what_the_form_accepts_the_database_refuses(
    asked: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: the trigger sees a decision the action did not."""
    monkeypatch.setattr(sending, "hold_decisions", lambda _measures: True)
    waited, sent, made = _send_while_it_is_decided(asked, monkeypatch)
    assert not waited
    assert isinstance(sent, DatabaseError)
    assert "incomplete" in str(sent)
    assert isinstance(made, Decision)


@pytest.fixture
def unguarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes away lock and version check, and lets both read before either writes."""
    both_have_read = threading.Barrier(2)

    def unlocked(deviation: Deviation) -> Deviation:
        found = Deviation.objects.select_related("measure", "unit").get(pk=deviation.pk)
        both_have_read.wait(10)
        return found

    def unversioned(obj: Any, *, expected: int, fields: Any) -> None:
        type(obj).objects.filter(pk=obj.pk).update(**fields)

    monkeypatch.setattr(module, "_locked", unlocked)
    monkeypatch.setattr(module, "save_versioned", unversioned)


@pytest.mark.django_db(transaction=True)
def test_without_lock_and_version_both_would_close(committed: World, unguarded: None) -> None:
    """The negative control: the race is real, and this harness can see it."""
    deviation = only()
    klima, leder = _people(committed)
    results = at_once(
        *[
            lambda by=by, why=why: close_deviation(
                by=by, deviation=deviation, version=deviation.version, reason=why
            )
            for by, why in ((klima, "Fra Klima."), (leder, "Fra lederen."))
        ]
    )
    assert [type(result).__name__ for result in results] == ["Deviation", "Deviation"]


def test_tonnes_are_unknown_without_a_share(world: World) -> None:
    reported(world, ON_TRACK, replace(DELAYED, delayed_share=None), ON_TRACK)
    assert only().tonnes_at_stake is None
    assert Decimal(0) != only().tonnes_at_stake


def test_stopped_for_good_is_lost_for_as_long_as_the_budget_looks(world: World) -> None:
    stopped = replace(DELAYED, status=Status.STOPPED, new_date=None, delayed_share=Decimal(100))
    reported(world, ON_TRACK, stopped, ON_TRACK)
    assert only().tonnes_at_stake == 40 + 4 * 90
