"""What makes a measure possible to follow, and when something last happened to it, as its unit sees it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organisation.models import Appointment, User
from reporting.actions.checklist import tick_item
from reporting.actions.periods import open_period
from reporting.actions.reports import save_status, submit_report
from reporting.enums import CheckItem, PeriodKind
from reporting.models import ChecklistTick, UnitReport
from reporting.queries.checklist import FollowedMeasure, a_year_after, followed_measures
from reporting.queries.freshness import _plans, last_updates
from reporting.words.freshness import update_words
from strategy.actions.measure_states import move_measure
from strategy.enums import MeasureKind, MeasureState
from strategy.models import Indicator, IndicatorTarget, Measure, Milestone
from tests.cast import Cast
from tests.html_rules import broken_rules, parse
from tests.reporting_world import NOW, ON_TRACK, World, build, deadlines, make_measure
from web.actors import DEMO
from web.refusals import Refused

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
TODAY = date(2026, 9, 7)


def text_of(response: Any) -> str:
    main = next(node for node in parse(response.content.decode()).walk() if node.tag == "main")
    return re.sub(r"\s+", " ", main.all_text())


def row(world: World, code: str = "T1") -> FollowedMeasure:
    return next(one for one in followed_measures(world.cast.transport) if one.measure.code == code)


def in_place(world: World, code: str = "T1") -> dict[str, bool]:
    return {point.item: point.in_place for point in row(world, code).points}


# --- The points


def test_each_point_is_seen_for_itself(world: World) -> None:
    assert in_place(world, "T1") == {
        "contact": True,
        "indicator": False,
        "milestone": False,
        "budget_line": True,
    }
    assert in_place(world, "T2")["indicator"]
    for user in (world.cast.kontakt, world.cast.vara):
        Appointment.objects.filter(user=user).update(valid_to=date(2026, 9, 6))
    assert not in_place(world)["contact"]


@pytest.mark.parametrize(
    ("due", "done", "found"),
    [
        (TODAY, None, True),
        (date(2027, 9, 7), None, True),
        (date(2027, 9, 8), None, False),
        (date(2026, 9, 6), None, False),
        (date(2026, 12, 1), TODAY, False),
    ],
)
def test_a_milestone_within_a_year(world: World, due: date, done: date | None, found: bool) -> None:
    Milestone.objects.create(measure=Measure.objects.get(code="T1"), title="M", due=due, done_on=done)
    assert in_place(world)["milestone"] == found


def test_the_year_after_a_leap_day() -> None:
    assert a_year_after(date(2028, 2, 29)) == date(2029, 2, 28)


def test_an_indicator_needs_a_target_that_is_not_over(world: World) -> None:
    indicator = Indicator.objects.create(
        measure=Measure.objects.get(code="T1"), name="Biler", unit_label="biler"
    )
    assert not in_place(world)["indicator"]
    target = IndicatorTarget.objects.create(indicator=indicator, year=2025, value=1)
    assert not in_place(world)["indicator"]
    target.year = 2026
    target.save()
    assert in_place(world)["indicator"]


def test_a_virkemiddel_needs_no_line(world: World) -> None:
    make_measure("V1", world.cast.transport, kind=MeasureKind.VIRKEMIDDEL)
    assert CheckItem.BUDGET_LINE not in in_place(world, "V1")
    make_measure("T9", world.cast.transport)
    assert in_place(world, "T9")[CheckItem.BUDGET_LINE] is False


def test_only_what_is_decided_and_not_over_is_followed(world: World) -> None:
    for state in MeasureState:
        make_measure(f"S-{state}"[:20], world.cast.transport, state=state)
    followed = {one.measure.state for one in followed_measures(world.cast.transport)}
    assert followed == {MeasureState.ADOPTED, MeasureState.ONGOING, MeasureState.POSTPONED}


# --- Ticks


def test_the_unit_ticks_off_and_unticks(world: World, as_user: AsUser) -> None:
    client = as_user(world.cast.kontakt)
    page = f"/rapportering/virksomhet/{world.cast.transport.pk}/"
    url = f"{page}T1/milestone/"
    shown = client.get(url)
    assert broken_rules(shown.content.decode()) == []
    assert client.post(url, {"note": " "}).status_code == 422
    assert client.post(url, {"note": "x" * 301}).status_code == 422
    for _click in range(2):
        answer = client.post(url, {"note": "Følges i rammeavtalen."})
        assert answer.status_code == 303
    assert client.post(url, {"note": "Noe annet."}).status_code == 409
    tick = ChecklistTick.objects.get()
    assert (tick.by_name, tick.note) == (world.cast.kontakt.name, "Følges i rammeavtalen.")
    one = next(point for point in row(world).points if point.item == CheckItem.MILESTONE)
    assert (one.in_place, one.is_ok) == (False, True)
    assert "Følges i rammeavtalen. (Kontakt Eksempel, 7. september 2026)" in text_of(client.get(page))
    assert client.post(f"{url}fjern/").status_code == 303
    assert client.post(f"{url}fjern/").status_code == 303
    assert not ChecklistTick.objects.exists()


@pytest.mark.parametrize(
    ("name", "code"),
    [("leder", 303), ("vara", 303), ("klima", 303), ("direktor", 403), ("revisor", 403), ("annen", 404)],
)
def test_who_ticks_off(world: World, as_user: AsUser, name: str, code: int) -> None:
    url = f"/rapportering/virksomhet/{world.cast.transport.pk}/T1/milestone/"
    user = world.cast.people()[name]
    assert as_user(user).post(url, {"note": "I orden."}).status_code == code
    if code != 303:
        with pytest.raises(PermissionDenied):
            tick_item(
                by=user, measure=Measure.objects.get(code="T1"), item=CheckItem.MILESTONE, note="I orden."
            )


def test_only_points_of_ones_own_measures(world: World, as_user: AsUser) -> None:
    client = as_user(world.cast.klima)
    page = f"/rapportering/virksomhet/{world.cast.transport.pk}/"
    for rest in ("K1/milestone/", "T1/noe/", "T99/milestone/"):
        assert client.get(page + rest).status_code == 404
    assert client.get("/rapportering/virksomhet/999999/").status_code == 404


def test_the_database_holds_one_tick_with_a_note(world: World) -> None:
    measure = Measure.objects.get(code="T1")
    insert = (
        "INSERT INTO reporting_checklisttick (measure_id, item, note, at, by_system) "
        "VALUES (%s, %s, %s, now(), 'x')"
    )
    with connection.cursor() as cursor:
        cursor.execute(insert, [measure.pk, "milestone", "I orden."])
        for arguments in (("milestone", "Igjen."), ("contact", ""), ("noe", "I orden.")):
            with pytest.raises(IntegrityError), transaction.atomic():
                cursor.execute(insert, [measure.pk, *arguments])
    with pytest.raises(Refused, match="x har allerede krysset av"):
        tick_item(by=DEMO, measure=measure, item=CheckItem.MILESTONE, note="Igjen.")


# --- The page


def test_the_page_says_what_is_missing_and_where_it_is_mended(world: World, as_user: AsUser) -> None:
    page = f"/rapportering/virksomhet/{world.cast.transport.pk}/"
    answer = as_user(world.cast.leder).get(page)
    assert broken_rules(answer.content.decode()) == []
    assert 'href="/strategi/tiltak/T1/milepel/ny/"' in answer.content.decode()
    for link in re.findall(r'<a href="(/strategi/tiltak/T1/[^"]+)"', answer.content.decode()):
        assert as_user(world.cast.leder).get(link).status_code == 200
    # Without the right to do anything about it there is nothing to press.
    assert "Kryss av" not in text_of(as_user(world.cast.direktor).get(page))
    assert as_user(world.cast.annen).get(page).status_code == 404
    assert as_user(world.cast.utvalg).get(page).status_code == 404


def test_it_is_linked_from_the_form_and_min_side(world: World, as_user: AsUser) -> None:
    link = f'href="/rapportering/virksomhet/{world.cast.transport.pk}/"'
    client = as_user(world.cast.kontakt)
    assert link in client.get("/").content.decode()
    assert link in client.get(world.path()).content.decode()


def test_an_empty_unit(world: World, as_user: AsUser) -> None:
    page = as_user(world.cast.klima).get(f"/rapportering/virksomhet/{world.cast.klima_unit.pk}/")
    assert "Ingen tiltak å følge opp" in text_of(page)


def test_queries_do_not_grow(cast: Cast, clock: object, as_user: AsUser) -> None:
    counts = []
    for number, measures in enumerate((1, 3)):
        world = build(cast, measures, year=2026 + number, prefix=str(number))
        for code in (f"{number}T{one}" for one in range(1, measures + 1)):
            Milestone.objects.create(measure=Measure.objects.get(code=code), title="M", due=TODAY)
        with CaptureQueriesContext(connection) as caught:
            found = followed_measures(world.cast.transport)
        counts.append((len(found), len(caught)))
    assert counts[0][1] == counts[1][1]


# --- Freshness


def send(world: World, period: Any, answers: Any) -> None:
    report = UnitReport.objects.get(period=period, unit=world.cast.transport)
    for status in report.statuses.all():
        save_status(by=DEMO, status=status, version=status.version, answers=answers)
    report.refresh_from_db()
    submit_report(by=DEMO, report=report, version=report.version)


def update_of(code: str) -> tuple[Any, str] | None:
    measure = Measure.objects.get(code=code).pk
    found = last_updates([measure]).get(measure)
    return (found.at, update_words(found)) if found else None


def test_the_same_answer_again_is_no_update(world: World, clock: time_machine.Coordinates) -> None:
    assert update_of("T1") is None
    send(world, world.period, ON_TRACK)
    assert update_of("T1") == (NOW, "rapport for 2. tertial 2026")
    later = open_period(
        by=DEMO,
        year=2026,
        kind=PeriodKind.ANNUAL,
        budget=world.budget,
        **deadlines(NOW + timedelta(days=120)),
    )
    clock.move_to(NOW + timedelta(days=121))
    send(world, later, ON_TRACK)
    assert update_of("T1") == (NOW, "rapport for 2. tertial 2026")
    third = open_period(
        by=DEMO,
        year=2027,
        kind=PeriodKind.FIRST_TERTIAL,
        budget=world.budget,
        **deadlines(NOW + timedelta(days=240)),
    )
    clock.move_to(NOW + timedelta(days=241))
    send(world, third, replace(ON_TRACK, what_happened="Anlegget er åpnet."))
    assert update_of("T1") == (NOW + timedelta(days=241), "rapport for 1. tertial 2027")


def test_a_draft_is_no_update(world: World) -> None:
    world.answer()
    assert update_of("T1") is None


@pytest.fixture
def no_clock(db: None) -> None:
    """History keeps its own time."""


def test_the_plan(no_clock: None, cast: Cast) -> None:
    measure = make_measure("P1", cast.transport)
    assert update_of("P1") is None
    milestone = Milestone.objects.create(measure=measure, title="Kontrakt", due=TODAY)
    first = update_of("P1")
    assert first is not None
    assert first[1] == "milepælen «Kontrakt»"
    # A save that changes nothing of substance.
    milestone.version = 2
    milestone.save()
    assert update_of("P1") == first
    milestone.done_on = TODAY
    milestone.save()
    reached = update_of("P1")
    assert reached is not None
    assert reached[1] == "milepælen «Kontrakt» er nådd"
    indicator = Indicator.objects.create(measure=measure, name="Biler", unit_label="biler")
    target = IndicatorTarget.objects.create(indicator=indicator, year=2026, value=1)
    assert {update_words(update) for _id, update in _all(measure.pk)} == {
        "milepælen «Kontrakt»",
        "milepælen «Kontrakt» er nådd",
        "indikatoren «Biler»",
        "måltallet for 2026",
    }
    target.delete()
    assert sum(update_words(update) == "måltallet for 2026" for _id, update in _all(measure.pk)) == 2


def _all(measure: int) -> list[Any]:
    return list(_plans([measure]))


def test_the_state(world: World) -> None:
    measure = Measure.objects.get(code="T1")
    move_measure(by=DEMO, measure=measure, version=measure.version, state=MeasureState.DONE)
    assert update_of("T1") == (NOW, "tilstanden ble «Gjennomført»")
