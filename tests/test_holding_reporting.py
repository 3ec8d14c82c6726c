"""What of reporting hangs on a unit or a person, and how it moves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils import timezone

from organisation.enums import UnitKind
from organisation.models import Appointment, Unit, User
from reporting.actions import holding as holding_module
from reporting.actions import measures as measures_module
from reporting.actions import questions
from reporting.actions.corrections import open_correction
from reporting.actions.deviations import plan_deviation
from reporting.actions.follow_ups import FollowUpText, confirm_follow_up, save_follow_up
from reporting.actions.periods import close_period, open_period
from reporting.actions.reports import assure_report, save_status
from reporting.enums import PeriodKind, Place, ReportState
from reporting.models import (
    Deviation,
    LeaderQuestion,
    MeasureStatus,
    ReportLogEntry,
    StrategyFollowUp,
    UnitReport,
    UnitReportingSetting,
)
from tests.cast import Cast
from tests.clock import NOW
from tests.holdings import all_held_by, held_by, move, queries_to_ask, queries_to_move
from tests.races import at_once, both_meet, without_locks
from tests.reporting_world import DELAYED, ON_TRACK, World, build, deadlines
from web.actors import DEMO, WORKER
from web.contributions import HoldingGoes
from web.refusals import Refused

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
AFTER = date(2027, 1, 1)
DUE = date(2026, 9, 20)


@pytest.fixture
def new_unit(world: World) -> Unit:
    return Unit.objects.create(name="Vei og vann", kind=UnitKind.UNIT, parent=world.cast.area)


def moved(world: World, to: Unit, kind: str = "report", by: Any = None) -> None:
    move(world.cast.transport, kind, by=by or world.cast.admin, to=to, day=TODAY)


# --- Reports -------------------------------------------------------------------------------------------


def test_an_open_report_is_said_with_its_state_and_deadline(world: World) -> None:
    status = world.statuses()[0]
    save_status(by=world.cast.kontakt, status=status, version=status.version, answers=ON_TRACK)
    found = held_by(world.cast.transport, TODAY)["report"]
    assert found.sentence == "Klimarapporten for 2. tertial 2026: 1 av 4 tiltak ferdig"
    assert (found.count, found.goes, found.due) == (1, HoldingGoes.TO_SUCCESSOR, date(2026, 9, 10))
    assert found.url == world.path()
    assert found.blocks == (
        "Samferdsel, vei- og parkforvaltning har en åpen klimarapport for 2. tertial 2026. "
        "Send den, eller vent til perioden er lukket."
    )


def test_a_sent_report_waits_for_the_leader_and_blocks_too(world: World) -> None:
    world.answer()
    world.submit()
    found = held_by(world.cast.transport, TODAY)["report"]
    assert found.sentence == "Klimarapporten for 2. tertial 2026: venter på godkjenning av leder"
    assert (found.goes, found.due) == (HoldingGoes.TO_SUCCESSOR, date(2026, 9, 17))
    assert "Få den godkjent, eller vent til perioden er lukket." in found.blocks


def test_an_approved_report_stays_and_stops_nothing(world: World) -> None:
    world.answer()
    world.submit()
    world.approve()
    found = held_by(world.cast.transport, TODAY)["report"]
    assert (found.goes, found.blocks, found.move, found.due) == (HoldingGoes.STAYS, "", None, None)


def test_an_assured_report_is_counted_among_the_sent(world: World) -> None:
    world.answer()
    world.submit()
    report = world.approve()
    assure_report(by=world.cast.klima, report=report, version=report.version)
    found = held_by(world.cast.transport, TODAY)
    assert "report" not in found
    assert (found["sent_reports"].sentence, found["sent_reports"].goes) == (
        "1 sendt rapport",
        HoldingGoes.STAYS,
    )
    assert found["sent_reports"].why == "Det som er sendt, endres ikke."


def test_a_period_that_is_over_by_then_is_not_asked_about(world: World) -> None:
    assert "report" not in held_by(world.cast.transport, AFTER)


def test_what_is_sent_in_a_period_past_its_close_blocks_until_klima_closes_it(world: World) -> None:
    world.answer()
    world.submit()
    with time_machine.travel(world.period.closes_at + timedelta(hours=30), tick=False):
        found = held_by(world.cast.transport, timezone.localdate())["report"]
        assert found.blocks
        assert found.move is None
        close_period(by=world.cast.klima, period=world.period)
        assert "report" not in held_by(world.cast.transport, timezone.localdate())


def test_a_report_that_is_corrected_blocks_and_cannot_be_given(world: World) -> None:
    world.answer()
    world.submit()
    world.approve()
    close_period(by=world.cast.klima, period=world.period)
    report = world.report()
    open_correction(by=world.cast.klima, report=report, version=report.version, reason="Feil tall")
    found = held_by(world.cast.transport, AFTER)["report"]
    assert found.sentence == "Klimarapporten for 2. tertial 2026: åpnet for retting"
    assert (found.move, found.due) == (None, None)
    assert "Send rettingen, eller trekk den." in found.blocks


def test_the_drafts_move_to_the_report_of_the_one_who_takes_over(world: World) -> None:
    world.answer(ON_TRACK, DELAYED)
    moved(world, world.cast.kitchen)
    taken = world.statuses(world.cast.kitchen)
    assert [(one.measure.code, one.status) for one in taken] == [
        ("K1", ""),
        ("T1", "on_track"),
        ("T2", "delayed"),
        ("T3", "delayed"),
        ("T4", "delayed"),
    ]
    assert {one.confirmed_at for one in taken} == {None}
    assert [one.order for one in taken] == sorted({one.order for one in taken})
    old = world.report()
    assert (old.handed_over_to, old.statuses.count()) == (world.cast.kitchen, 0)
    assert "report" not in held_by(world.cast.transport, TODAY)
    assert ReportLogEntry.objects.get(report=old).reason == (
        "Alt som hørte til Samferdsel, vei- og parkforvaltning, er flyttet til Ernæring og kjøkkendrift."
    )


def test_a_unit_without_a_report_gets_one(world: World, new_unit: Unit) -> None:
    moved(world, new_unit, by=WORKER)
    assert len(world.statuses(new_unit)) == 4


def test_what_was_sent_and_not_approved_comes_back_on_the_way(world: World, new_unit: Unit) -> None:
    world.answer()
    world.submit()
    moved(world, new_unit)
    old = world.report()
    assert (old.state, old.versions.count()) == (ReportState.RETURNED, 1)


def test_it_does_not_move_into_a_report_that_is_sent(world: World) -> None:
    world.answer(unit=world.cast.kitchen)
    report = world.report(world.cast.kitchen)
    from_kitchen = measures_module.UnitReport.objects.filter(pk=report.pk)
    from_kitchen.update(state=ReportState.SUBMITTED, submitted_at=NOW)
    with pytest.raises(Refused, match="Rapporten til Ernæring og kjøkkendrift er sendt inn") as refused:
        moved(world, world.cast.kitchen)
    assert refused.value.reasons[0].field == ""
    assert len(world.statuses()) == 4


def test_what_is_approved_while_it_is_read_is_not_moved(world: World, new_unit: Unit) -> None:
    found = held_by(world.cast.transport, TODAY)["report"]
    world.answer()
    world.submit()
    world.approve()
    assert found.move is not None
    with pytest.raises(Refused, match="godkjent"):
        found.move(world.cast.admin, new_unit.pk, TODAY)


def test_the_database_keeps_a_sent_report_with_its_unit_when_the_period_is_closed(world: World) -> None:
    """The neighbouring state: the same statement passes while the period is open."""
    rows = UnitReport.objects.filter(pk=world.report().pk)
    rows.update(unit=world.cast.klima_unit)
    rows.update(unit=world.cast.transport)
    close_period(by=world.cast.klima, period=world.period)
    with pytest.raises(DatabaseError, match="the reporting period is closed"), transaction.atomic():
        rows.update(unit=world.cast.klima_unit)


def test_a_report_that_is_handed_over_hangs_on_the_one_who_has_it(world: World, new_unit: Unit) -> None:
    moved(world, new_unit)
    assert held_by(new_unit, TODAY)["report"].count == 1
    move(new_unit, "report", by=world.cast.admin, to=world.cast.kitchen, day=TODAY)
    assert len(world.statuses(world.cast.kitchen)) == 5


# --- Where it reports ----------------------------------------------------------------------------------


def test_a_new_unit_reports_where_the_old_one_did(world: World, new_unit: Unit) -> None:
    UnitReportingSetting.objects.create(unit=world.cast.transport, place=Place.THERE)
    found = held_by(world.cast.transport, TODAY)["place"]
    assert found.sentence == "Rapporterer i virksomhetsstyringssystemet"
    for one in [
        one for kind in ("place", "report") for one in all_held_by(world.cast.transport, kind, TODAY)
    ]:
        assert one.move is not None
        one.move(world.cast.admin, new_unit.pk, TODAY)
    assert UnitReportingSetting.objects.get().unit == new_unit
    assert world.report(new_unit).place == Place.THERE


def test_one_that_has_reported_before_goes_on_as_it_does(world: World) -> None:
    UnitReportingSetting.objects.create(unit=world.cast.transport, place=Place.THERE)
    moved(world, world.cast.kitchen, "place")
    assert UnitReportingSetting.objects.get().unit == world.cast.transport


# --- Deviations ----------------------------------------------------------------------------------------


def late(world: World, owner: User | None = None) -> Deviation:
    world.answer(ON_TRACK, DELAYED, ON_TRACK)
    world.submit()
    world.approve()
    found = Deviation.objects.get()
    if owner is not None:
        plan_deviation(
            by=world.cast.klima, deviation=found, version=found.version, owner=owner, due_on=found.due_on
        )
    return found


def test_open_deviations_move_and_keep_who_sees_to_them(world: World) -> None:
    deviation = late(world, world.cast.kontakt)
    found = held_by(world.cast.transport, TODAY)["deviations"]
    assert (found.sentence, found.due) == ("1 åpent avvik", date(2027, 5, 31))
    assert found.url == f"/rapportering/avvik/?virksomhet={world.cast.transport.pk}&tilstand=open"
    moved(world, world.cast.kitchen, "deviations")
    deviation.refresh_from_db()
    assert (deviation.unit, deviation.owner) == (world.cast.kitchen, world.cast.kontakt)
    assert deviation.status.report.unit == world.cast.transport


def test_her_own_deviations_go_to_whoever_takes_over(world: World) -> None:
    deviation = late(world, world.cast.kontakt)
    found = held_by(world.cast.kontakt, TODAY)["owned_deviations"]
    assert (found.sentence, found.goes) == ("1 åpent avvik", HoldingGoes.TO_SUCCESSOR)
    move(world.cast.kontakt, "owned_deviations", by=world.cast.leder, to=world.cast.vara, day=TODAY)
    version = deviation.version
    deviation.refresh_from_db()
    assert (deviation.owner, deviation.unit) == (world.cast.vara, world.cast.transport)
    assert deviation.version > version


# --- Questions -----------------------------------------------------------------------------------------


def ask(by: User, from_unit: Unit, to_unit: Unit) -> LeaderQuestion:
    text = f"Når får vi svar, {to_unit}?"
    return questions.ask(by=by, from_unit=from_unit, to_unit=to_unit, question=text, due_on=DUE)


def test_questions_wait_for_the_one_who_takes_over(world: World) -> None:
    cast = world.cast
    answered = ask(cast.annen_leder, cast.kitchen, cast.transport)
    questions.answer_question(by=cast.leder, question=answered, version=1, text="I morgen.")
    received, sent = (
        ask(cast.annen_leder, cast.kitchen, cast.transport),
        ask(cast.leder, cast.transport, cast.kitchen),
    )
    found = held_by(cast.transport, TODAY)
    assert (found["questions_to"].sentence, found["questions_to"].due) == ("1 spørsmål å svare på", DUE)
    assert found["questions_from"].sentence == "1 spørsmål som venter på svar fra andre"
    for kind in ("questions_to", "questions_from"):
        moved(world, cast.klima_unit, kind)
    for question in (answered, received, sent):
        question.refresh_from_db()
    assert (answered.to_unit, received.to_unit, sent.from_unit) == (
        cast.transport,
        cast.klima_unit,
        cast.klima_unit,
    )


def test_questions_between_the_two_are_withdrawn(world: World) -> None:
    cast = world.cast
    received = ask(cast.annen_leder, cast.kitchen, cast.transport)
    sent = ask(cast.leder, cast.transport, cast.kitchen)
    for kind in ("questions_to", "questions_from"):
        moved(world, cast.kitchen, kind)
    for question in (received, sent):
        question.refresh_from_db()
        assert question.withdrawn_at is not None
        assert cast.transport in (question.from_unit, question.to_unit)


# --- The yearly part -----------------------------------------------------------------------------------


def write(world: World, unit: Unit, year: int = 2026) -> StrategyFollowUp:
    text = FollowUpText(own_actions="Vi sykler.")
    return save_follow_up(by=DEMO, unit=unit, year=year, version=0, text=text)


def test_what_nobody_has_confirmed_is_written_on(world: World) -> None:
    write(world, world.cast.transport)
    found = held_by(world.cast.transport, TODAY)["follow_ups"]
    assert found.sentence == "Strategioppfølging som ikke er bekreftet: 2026"
    moved(world, world.cast.kitchen, "follow_ups")
    assert StrategyFollowUp.objects.get().unit == world.cast.kitchen


def test_a_unit_with_its_own_keeps_it(world: World) -> None:
    write(world, world.cast.transport)
    write(world, world.cast.kitchen)
    moved(world, world.cast.kitchen, "follow_ups")
    assert {one.unit for one in StrategyFollowUp.objects.all()} == {world.cast.transport, world.cast.kitchen}


def test_what_is_confirmed_stays(world: World) -> None:
    text = FollowUpText(own_actions="Vi sykler.")
    confirm_follow_up(by=world.cast.leder, unit=world.cast.transport, year=2026, version=0, text=text)
    found = held_by(world.cast.transport, TODAY)
    assert "follow_ups" not in found
    assert found["confirmed_follow_ups"].goes == HoldingGoes.STAYS


# --- A person ------------------------------------------------------------------------------------------


def test_a_report_waits_for_the_contact_until_it_is_sent_and_then_for_the_leader(world: World) -> None:
    cast = world.cast
    found = held_by(cast.kontakt, TODAY)["report"]
    assert found.sentence == (
        "Samferdsel, vei- og parkforvaltning. Klimarapporten for 2. tertial 2026: 0 av 4 tiltak ferdig"
    )
    assert (found.goes, found.why, found.move) == (HoldingGoes.WITH_UNIT, "Den er virksomhetens.", None)
    assert found.due == date(2026, 9, 10)
    assert "report" not in held_by(cast.leder, TODAY)
    world.answer()
    world.submit()
    assert "report" not in held_by(cast.kontakt, TODAY)
    assert held_by(cast.leder, TODAY)["report"].due == date(2026, 9, 17)


def test_a_leader_without_a_contact_writes_herself(world: World) -> None:
    Appointment.objects.filter(user__in=[world.cast.kontakt, world.cast.vara]).update(
        valid_to=TODAY - timedelta(days=1)
    )
    assert "report" in held_by(world.cast.leder, TODAY)


def test_what_she_has_sent_and_approved_keeps_her_name(world: World) -> None:
    world.answer()
    world.submit()
    world.approve()
    sent = held_by(world.cast.kontakt, TODAY)["signed_reports"]
    assert (sent.sentence, sent.why, sent.goes) == (
        "1 sendt rapport",
        "De beholder navnet de ble sendt med.",
        HoldingGoes.STAYS,
    )
    assert held_by(world.cast.leder, TODAY)["approved_reports"].sentence == "1 godkjent rapport"


def test_a_question_to_her_unit_is_the_units(world: World) -> None:
    ask(world.cast.annen_leder, world.cast.kitchen, world.cast.transport)
    assert held_by(world.cast.leder, TODAY)["questions_to"].goes == HoldingGoes.WITH_UNIT


# --- Queries -------------------------------------------------------------------------------------------


def test_one_and_three_periods_are_asked_in_as_many_queries(world: World) -> None:
    world.answer()
    asked = queries_to_ask(world.cast.transport, TODAY), queries_to_ask(world.cast.kontakt, TODAY)
    for year in (2024, 2025):
        open_period(by=DEMO, year=year, kind=PeriodKind.ANNUAL, budget=world.budget, **deadlines())
    assert len(all_held_by(world.cast.transport, "report", TODAY)) == 3
    assert (queries_to_ask(world.cast.transport, TODAY), queries_to_ask(world.cast.kontakt, TODAY)) == asked


def test_a_report_of_many_measures_moves_in_as_many_queries(cast: Cast, clock: object) -> None:
    counts = []
    for year, measures in ((2026, 1), (2025, 6)):
        world = build(cast, measures, year=year, prefix=f"{year}-")
        last = all_held_by(cast.transport, "report", TODAY)[-1]
        assert last.url == world.path()
        counts.append(queries_to_move(last, by=cast.admin, to=cast.kitchen, day=TODAY))
        assert world.report().handed_over_to == cast.kitchen
    assert counts[0] == counts[1]


def test_deviations_move_in_as_many_queries(world: World) -> None:
    late(world)
    one = held_by(world.cast.transport, TODAY)["deviations"]
    first = queries_to_move(one, by=DEMO, to=world.cast.kitchen, day=TODAY)
    template = Deviation.objects.get()
    for status in MeasureStatus.objects.filter(measure__code__in=["T1", "T3"]):
        Deviation.objects.create(
            measure=status.measure,
            unit=world.cast.kitchen,
            status=status,
            cause="Sent",
            corrective_action="Ja",
        )
    back = held_by(world.cast.kitchen, TODAY)["deviations"]
    assert back.count == 3
    assert queries_to_move(back, by=DEMO, to=world.cast.transport, day=TODAY) == first
    assert template.unit == world.cast.kitchen


# --- Two at once ---------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_report_that_two_give_away_at_once_is_given_once(
    transactional_db: None, cast: Cast, clock: object
) -> None:
    world = build(cast)
    report = world.report().pk

    def gives(to: Unit) -> Callable[[], Any]:
        return lambda: holding_module.move_report(report, cast.admin, to.pk, TODAY)

    results = at_once(gives(cast.kitchen), gives(cast.klima_unit))
    assert sum(isinstance(result, Refused) for result in results) == 1
    assert UnitReport.objects.filter(handed_over_to__isnull=False).count() == 1
    assert MeasureStatus.objects.filter(measure__code__startswith="T").count() == 4


@pytest.mark.django_db(transaction=True)
def test_without_holding_the_report_it_would_be_given_twice(
    transactional_db: None, cast: Cast, clock: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: the second is not told that the report went to the first."""
    world = build(cast)
    report = world.report().pk
    without_locks(monkeypatch, measures_module)
    both_meet(monkeypatch, measures_module, "_report_for")

    def gives(to: Unit) -> Callable[[], Any]:
        return lambda: holding_module.move_report(report, cast.admin, to.pk, TODAY)

    assert at_once(gives(cast.kitchen), gives(cast.klima_unit)) == [None, None]
    assert ReportLogEntry.objects.filter(report=report, kind="handed_over").count() == 2
