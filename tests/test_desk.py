"""Klima's review desk: all at a glance, comments, many assured at once, measures moved when offered."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organisation.enums import UnitKind
from organisation.models import Unit, User
from reporting.actions import chain
from reporting.actions import reports as module
from reporting.actions.desk import assure_many, comment_measure, move_reported_measure
from reporting.actions.money import MoneyRow, import_money, link_line
from reporting.actions.periods import open_period
from reporting.actions.reports import assure_report
from reporting.enums import CommentStep, PeriodKind, ReportState, Status
from reporting.models import MeasureComment, MeasureStatus, ReportTransition, UnitReport
from reporting.queries.desk import DeskFilter, desk
from reporting.rules.desk import offered_move
from reporting.words.desk import said
from strategy.enums import MeasureState
from strategy.models import Indicator, IndicatorTarget, Measure, MeasureTransition
from tests.cast import Cast
from tests.html_rules import broken_rules, parse
from tests.leadership_world import Board, report
from tests.names import DRAMMEN
from tests.reporting_world import (
    DELAYED,
    NOW,
    ON_TRACK,
    World,
    adopt,
    deadlines,
    make_budget,
    make_line,
    make_measure,
)
from tests.reporting_world import build as build_world
from tests.test_reporting_races import at_once
from web.actors import DEMO
from web.concurrency import StaleObject
from web.names import names_read_once
from web.once import new_submission_token
from web.refusals import Refused

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
ALL = DeskFilter()


def text_of(response: Any) -> str:
    main = next(node for node in parse(response.content.decode()).walk() if node.tag == "main")
    return re.sub(r"\s+", " ", main.all_text())


def at(found: Any, code: str) -> Any:
    measures = (one for unit in found.units for one in unit.measures)
    return said(next(one for one in measures if one.status.measure.code == code))


# --- What is shown


def test_all_units_at_a_glance(board: Board, as_user: AsUser) -> None:
    found = desk(board.second, ALL)
    assert found.states == (
        ("Til godkjenning hos virksomhetsleder", 1),
        ("Godkjent av leder", 1),
        ("Kvalitetssikret av Klima", 1),
    )
    assert [(unit.report.unit.name, unit.off_plan, unit.changed) for unit in found.units] == [
        (board.cast.kitchen.name, 0, 0),
        (board.cast.klima_unit.name, 0, 0),
        (board.cast.transport.name, 1, 1),
    ]
    page = as_user(board.cast.klima).get(board.path("pult"))
    words = text_of(page)
    assert "2 av 3 rapporter er godkjent av leder." in words
    assert "Skal vi leie eller kjøpe elbiler?" in words
    assert broken_rules(page.content.decode()) == []


def test_changes_since_last_period(board: Board) -> None:
    one = at(desk(board.second, ALL), "T2")
    assert one.changes[0] == ("Status", "I rute", "Forsinket")
    assert ("Tatt igjen", "–", "2.\u00a0juli 2027") in one.changes
    assert at(desk(board.second, ALL), "T1").changes == ()
    assert at(desk(board.first, ALL), "T1").changes == ()


def test_outliers_and_missing_explanations(world: World, as_user: AsUser) -> None:
    far = replace(ON_TRACK, indicator_value=Decimal(40))
    world.answer(ON_TRACK, far, replace(DELAYED, delayed_share=None, indicator_value=None))
    # While the unit is writing it is its own.
    assert desk(world.period, ALL).count("skiller") == 0
    world.submit()
    found = desk(world.period, ALL)
    assert at(found, "T2").odd == (
        "Resultatet er langt over måltallet. Regnet om ville tiltaket kuttet 66,7 tonn i 2026, "
        "og budsjettet regner med 40.",
    )
    assert at(found, "T3").odd[0].startswith("Tiltaket er tatt igjen først etter 2026")
    assert (found.count("skiller"), found.count("mangler"), found.count("avvik")) == (3, 0, 2)
    page = as_user(world.cast.klima).get("/rapportering/2026-T2/pult/?vis=skiller")
    assert "Resultatet er langt over måltallet." in text_of(page)


@pytest.mark.parametrize(
    ("query", "units"),
    [
        ("", ["K", "Klima", "S"]),
        ("?tilstand=approved", ["S"]),
        ("?tilstand=draft", []),
        ("?vis=avvik", ["S"]),
        ("?vis=endret", ["S"]),
        ("?vis=skiller", []),
        ("?omrade=AREA", ["K", "S"]),
        ("?omrade=AREA&tilstand=submitted", ["K"]),
    ],
)
def test_filters_in_the_address(board: Board, as_user: AsUser, query: str, units: list[str]) -> None:
    names = {"K": board.cast.kitchen.name, "Klima": "Klima", "S": board.cast.transport.name}
    address = board.path("pult") + query.replace("AREA", str(board.cast.area.pk))
    page = as_user(board.cast.klima).get(address)
    links = re.findall(r"Les rapporten<span class=\"ds-sr-only\">: ([^<]+)<", page.content.decode())
    assert links == [names[unit] for unit in units]
    assert broken_rules(page.content.decode()) == []
    part = as_user(board.cast.klima).get(address, headers={"HX-Request": "true", "HX-Target": "pult"})
    assert "<h1" not in part.content.decode()


def test_a_wrong_filter_is_told_and_filters_nothing(board: Board, as_user: AsUser) -> None:
    page = as_user(board.cast.klima).get(f"{board.path('pult')}?omrade=999")
    assert "Rett opp dette" in text_of(page)
    assert page.content.decode().count("Les rapporten") == 3


def test_money_stands_at_the_desk(world: World, as_user: AsUser) -> None:
    link_line(by=DEMO, line=world.status("T2").line, plan_row="Elbiler", version=0)
    rows = [MoneyRow("Elbiler", Decimal(1000), Decimal(400))]
    import_money(by=DEMO, period=world.period, file_name="x", sha256="0" * 64, rows=rows, seen=None)
    world.answer(DELAYED)
    world.submit()
    assert "400 kr brukt av 1 000" in text_of(as_user(world.cast.klima).get("/rapportering/2026-T2/pult/"))


def large_period(cast: Cast, units: int, per_unit: int) -> Any:
    """An assured period and a submitted one with `units` reports."""
    budget = make_budget()
    made = [
        Unit.objects.create(name=f"Virksomhet {n:02}", kind=UnitKind.UNIT, parent=cast.area)
        for n in range(units)
    ]
    for number, unit in enumerate(made):
        for one in range(per_unit):
            measure = make_measure(f"X{number}-{one}", unit)
            make_line(budget, measure, unit, one, {2026: 40})
            indicator = Indicator.objects.create(measure=measure, name="Biler", unit_label="biler")
            IndicatorTarget.objects.create(indicator=indicator, year=2026, value=24)
    adopt(budget)
    first = open_period(
        by=DEMO,
        year=2026,
        kind=PeriodKind.FIRST_TERTIAL,
        budget=budget,
        **deadlines(NOW - timedelta(days=20)),
    )
    for unit in made:
        report(first, unit, "approved")
    second = open_period(by=DEMO, year=2026, kind=PeriodKind.SECOND_TERTIAL, budget=budget, **deadlines())
    import_money(
        by=DEMO, period=second, file_name="x", sha256="0" * 64, rows=[MoneyRow("Elbiler")], seen=None
    )
    for unit in made:
        report(second, unit, "approved", {f"X{made.index(unit)}-0": DELAYED})
    return second


@pytest.mark.parametrize("size", [(1, 1), (3, 3), (60, 5)])
def test_queries_do_not_grow(cast: Cast, clock: object, size: tuple[int, int]) -> None:
    period = large_period(cast, *size)
    # As in a request: how many levels of leaders there are, is read once in it.
    with names_read_once(DRAMMEN), CaptureQueriesContext(connection) as caught:
        found = desk(period, ALL)
    assert (len(found.units), sum(len(unit.measures) for unit in found.units)) == (
        size[0],
        size[0] * size[1],
    )
    assert len(caught) == 14


def test_the_page_of_sixty_units(cast: Cast, clock: object, as_user: AsUser) -> None:
    period = large_period(cast, 60, 5)
    client = as_user(cast.klima)
    with CaptureQueriesContext(connection) as caught:
        page = client.get(f"/rapportering/{period.code}/pult/")
    assert page.status_code == 200
    assert len(caught) < 30
    assert len(page.content) < 600_000


# --- Comments


def test_none_chosen_is_said_in_the_heading(board: Board, as_user: AsUser) -> None:
    response = as_user(board.cast.klima).post(f"/rapportering/{board.second.code}/pult/kvalitetssikre/")
    assert "Ingen rapporter er valgt, 2. tertial 2026" in text_of(response)
    assert "Kvalitetssikret samlet" not in text_of(response)


def test_a_comment_on_a_measure(board: Board, as_user: AsUser) -> None:
    status = MeasureStatus.objects.get(report__period=board.second, measure__code="T2")
    url = board.path("pult", "tiltak", status.pk)
    client = as_user(board.cast.klima)
    shown = client.get(url)
    assert "Leverandøren er forsinket." in text_of(shown)
    assert broken_rules(shown.content.decode()) == []
    assert client.post(url, {"text": " "}).status_code == 422
    form = {"text": "Hvor mange biler?", "submission_token": new_submission_token(board.cast.klima)}
    for _click in range(2):
        assert client.post(url, form).status_code == 303
    comment = MeasureComment.objects.get()
    assert (comment.step, comment.by_name, comment.returned) == (
        CommentStep.CLIMATE,
        board.cast.klima.name,
        False,
    )
    assert "Hvor mange biler?" in text_of(client.get(board.path("pult")))
    other = MeasureStatus.objects.get(report__period=board.first, measure__code="T2")
    assert client.get(board.path("pult", "tiltak", other.pk)).status_code == 404


def test_no_comment_while_the_unit_writes(world: World) -> None:
    with pytest.raises(Refused, match="hos virksomheten"):
        comment_measure(by=world.cast.klima, status=world.status(), text="Hva?")


@pytest.mark.parametrize("name", ["analyse", "radmann", "revisor", "admin", "leder", "kontakt", "utvalg"])
def test_only_klima_works_at_the_desk(board: Board, as_user: AsUser, name: str) -> None:
    user = board.cast.people()[name]
    status = MeasureStatus.objects.get(report__period=board.second, measure__code="T2")
    client = as_user(user)
    for path in (
        board.path("pult"),
        board.path("pult", "tiltak", status.pk),
        board.path("pult", "flytt", status.pk),
    ):
        assert client.get(path).status_code == 403
    assert client.post(board.path("pult", "kvalitetssikre"), {}).status_code == 403
    for operation in (
        lambda: assure_many(by=user, period=board.second, chosen={}),
        lambda: comment_measure(by=user, status=status, text="x"),
        lambda: move_reported_measure(by=user, status=status, version=1),
    ):
        with pytest.raises(PermissionDenied):
            operation()


# --- Many at once


def test_each_report_is_assured_by_itself(board: Board, as_user: AsUser) -> None:
    """One approved, one only submitted, one that has moved on: each tells how it went."""
    road = board.report(board.cast.transport)
    kitchen = board.report(board.cast.kitchen)
    klima = board.report(board.cast.klima_unit)
    form = {
        f"rapport-{road.pk}": str(road.version),
        f"rapport-{kitchen.pk}": str(kitchen.version),
        f"rapport-{klima.pk}": str(klima.version),
        "rapport-x": "1",
    }
    client = as_user(board.cast.klima)
    answer = client.post(board.path("pult", "kvalitetssikre"), form)
    words = text_of(answer)
    assert answer.status_code == 409
    assert "1 av 3 rapporter er kvalitetssikret." in words
    assert "Rapporten er ikke godkjent av virksomhetslederen ennå." in words
    assert "Rapporten er allerede kvalitetssikret." in words
    assert broken_rules(answer.content.decode()) == []
    states = {one.unit_id: one.state for one in UnitReport.objects.filter(period=board.second)}
    assert states == {road.unit_id: "assured", kitchen.unit_id: "submitted", klima.unit_id: "assured"}
    again = client.post(board.path("pult", "kvalitetssikre"), {f"rapport-{road.pk}": str(road.version)})
    assert (again.status_code, ReportTransition.objects.filter(report=road, to_state="assured").count()) == (
        200,
        1,
    )
    assert "Du har allerede kvalitetssikret den." in text_of(again)
    assert client.get(board.path("pult", "kvalitetssikre")).status_code == 303
    assert "Ingenting er gjort" in text_of(client.post(board.path("pult", "kvalitetssikre"), {}))


def test_a_report_that_has_moved_is_not_assured(board: Board) -> None:
    road = board.report(board.cast.transport)
    stale = assure_many(by=board.cast.klima, period=board.second, chosen={road.pk: road.version - 1})
    assert [(one.done, "endret siden" in one.sentence) for one in stale] == [(False, True)]
    assert board.report(board.cast.transport).state == ReportState.APPROVED


def test_a_report_of_another_period_is_not_touched(board: Board) -> None:
    road = board.report(board.cast.transport)
    assert assure_many(by=board.cast.klima, period=board.first, chosen={road.pk: road.version}) == []


@pytest.fixture
def committed(transactional_db: None, cast: Cast, clock: object) -> World:
    world = build_world(cast)
    world.answer()
    world.submit()
    world.approve()
    return world


def _both(world: World) -> list[Any]:
    """Two people of Klima assure the same reports."""
    report = world.report()
    other = User.objects.create_user("klima2@drammen.example", "x", name="Klima To Eksempel")
    role = world.cast.klima.appointments.get()
    other.appointments.create(role=role.role, unit=None, valid_from=role.valid_from)
    people = (User.objects.get(pk=world.cast.klima.pk), other)
    chosen = {report.pk: report.version}
    return at_once(*[lambda by=by: assure_many(by=by, period=world.period, chosen=chosen) for by in people])


@pytest.mark.django_db(transaction=True)
def test_two_people_assure_the_same_reports(committed: World) -> None:
    results = [result[0] for result in _both(committed)]
    assert sorted(one.done for one in results) == [False, True]
    assert committed.report().transitions.filter(to_state=ReportState.ASSURED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_lock_and_version_it_would_be_assured_twice(
    committed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: the race is real, and this harness can see it."""
    both_have_read = threading.Barrier(2)

    def unlocked(report_id: int) -> UnitReport:
        found = UnitReport.objects.select_related("unit", "period__budget").get(pk=report_id)
        both_have_read.wait(10)
        return found

    def unversioned(obj: Any, *, expected: int, fields: Any) -> None:
        type(obj).objects.filter(pk=obj.pk).update(**fields)

    monkeypatch.setattr(module, "locked_report", unlocked)
    monkeypatch.setattr(chain, "save_versioned", unversioned)
    results = [result[0] for result in _both(committed)]
    assert [one.done for one in results] == [True, True]
    assert committed.report().transitions.filter(to_state=ReportState.ASSURED).count() == 2


# --- Measures moved when offered


@pytest.mark.parametrize(
    ("status", "state", "offered"),
    [
        (Status.COMPLETED, MeasureState.ONGOING, MeasureState.DONE),
        (Status.COMPLETED, MeasureState.ADOPTED, MeasureState.ONGOING),
        (Status.COMPLETED, MeasureState.DONE, None),
        (Status.STOPPED, MeasureState.ONGOING, MeasureState.DISCONTINUED),
        (Status.POSTPONED, MeasureState.ONGOING, MeasureState.POSTPONED),
        (Status.POSTPONED, MeasureState.POSTPONED, None),
        (Status.ON_TRACK, MeasureState.ADOPTED, MeasureState.ONGOING),
        (Status.ON_TRACK, MeasureState.ONGOING, None),
        (Status.ON_TRACK, MeasureState.DONE, None),
        (Status.ON_TRACK, MeasureState.IDEA, None),
        (Status.NOT_STARTED_PLANNED, MeasureState.ADOPTED, None),
        ("", MeasureState.ONGOING, None),
    ],
)
def test_what_is_offered(status: str, state: MeasureState, offered: MeasureState | None) -> None:
    assert offered_move(status, state) == offered


def test_a_completed_measure_is_moved_when_klima_says_so(world: World, as_user: AsUser) -> None:
    done = replace(ON_TRACK, status=Status.COMPLETED, indicator_value=Decimal(24))
    stopped = replace(DELAYED, status=Status.STOPPED, new_date=None)
    world.answer(done, done, stopped)
    world.submit()
    approved = world.approve()
    client = as_user(world.cast.klima)
    status = world.status("T2")
    url = f"/rapportering/2026-T2/pult/flytt/{status.pk}/"
    assert desk(world.period, ALL).count("flytt") == 0
    with pytest.raises(Refused, match="Kvalitetssikre rapporten"):
        move_reported_measure(by=world.cast.klima, status=status, version=status.measure.version)
    assure_report(by=world.cast.klima, report=approved, version=approved.version)
    assert Measure.objects.get(code="T2").state == MeasureState.ONGOING
    assert desk(world.period, ALL).count("flytt") == 4
    assert "Flytt til «Gjennomført»" in text_of(client.get("/rapportering/2026-T2/pult/"))
    shown = client.get(url)
    assert broken_rules(shown.content.decode()) == []
    version = str(Measure.objects.get(code="T2").version)
    assert client.post(url, {"version": "99", "reason": ""}).status_code == 409
    assert client.post(url, {"version": version, "reason": ""}).status_code == 303
    assert Measure.objects.get(code="T2").state == MeasureState.DONE
    assert MeasureTransition.objects.get().by_name == world.cast.klima.name
    assert client.get(url).status_code == 303
    # Discontinuing needs words; the cause is there to begin with.
    stop = f"/rapportering/2026-T2/pult/flytt/{world.status('T3').pk}/"
    assert "Forsinket levering fra leverandøren." in client.get(stop).content.decode()
    third = str(Measure.objects.get(code="T3").version)
    assert client.post(stop, {"version": third, "reason": " "}).status_code == 422
    assert client.post(stop, {"version": third, "reason": "Prosjektet er avsluttet."}).status_code == 303
    assert Measure.objects.get(code="T3").state == MeasureState.DISCONTINUED


def test_a_measure_changed_meanwhile(world: World) -> None:
    world.answer(replace(ON_TRACK, status=Status.COMPLETED))
    world.submit()
    approved = world.approve()
    assure_report(by=world.cast.klima, report=approved, version=approved.version)
    status = world.status("T1")
    with pytest.raises(StaleObject), transaction.atomic():
        move_reported_measure(by=world.cast.klima, status=status, version=99)
