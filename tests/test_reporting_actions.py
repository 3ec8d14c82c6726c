"""The chain in the actions: who may do what, when, and what is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from organisation.models import Appointment
from reporting.actions.periods import open_period
from reporting.actions.reports import (
    IncompleteReport,
    StatusAnswers,
    approve_report,
    assure_report,
    return_report,
    save_status,
    submit_report,
)
from reporting.enums import PeriodKind, ReportState, Status
from reporting.models import MeasureStatus, Period, ReportTransition, ReportVersion, UnitReport
from reporting.queries.frozen import content_sha256
from strategy.enums import MeasureKind, MeasureState
from strategy.models import Responsibility
from tests.cast import Cast
from tests.reporting_world import (
    DEADLINE,
    DELAYED,
    ON_TRACK,
    World,
    adopt,
    deadlines,
    make_budget,
    make_line,
    make_measure,
)
from web.actors import DEMO
from web.concurrency import StaleObject
from web.refusals import Refused

pytestmark = pytest.mark.django_db


# --- Opening -----------------------------


def test_a_period_asks_each_unit_about_what_it_answers_for(cast: Cast, clock: object) -> None:
    budget = make_budget()
    make_line(budget, make_measure("T1", cast.transport), cast.transport, 2)
    moved = make_measure("T2", cast.kitchen)
    make_line(budget, moved, cast.transport, 1)
    orphan = make_measure("T3", None)
    make_line(budget, orphan, cast.transport, 3)
    make_measure("KL10", cast.transport, kind=MeasureKind.VIRKEMIDDEL)
    make_measure("KL9", cast.transport, kind=MeasureKind.VIRKEMIDDEL)
    make_measure("KL1", cast.transport, kind=MeasureKind.VIRKEMIDDEL, state=MeasureState.PROPOSED)
    make_measure("T9", cast.klima_unit)  # ongoing, but neither in the budget nor a virkemiddel
    adopt(budget)

    period = open_period(
        by=cast.klima, year=2026, kind=PeriodKind.SECOND_TERTIAL, budget=budget, **deadlines()
    )

    asked = {
        report.unit: [status.measure.code for status in report.statuses.order_by("order")]
        for report in period.reports.all()
    }
    assert asked == {cast.transport: ["T1", "T3", "KL9", "KL10"], cast.kitchen: ["T2"]}
    assert MeasureStatus.objects.get(measure__code="KL9").line is None
    assert MeasureStatus.objects.get(measure=moved).line == budget.lines.get(measure=moved)


def test_a_period_is_opened_once(world: World) -> None:
    with pytest.raises(Refused, match=r"2\. tertial 2026 er allerede åpnet"):
        open_period(by=DEMO, year=2026, kind=PeriodKind.SECOND_TERTIAL, budget=world.budget, **deadlines())
    assert Period.objects.count() == 1


def test_a_period_needs_an_adopted_budget(cast: Cast, clock: object) -> None:
    budget = make_budget()
    with pytest.raises(Refused, match="vedtatt"):
        open_period(by=DEMO, year=2026, kind=PeriodKind.FIRST_TERTIAL, budget=budget, **deadlines())
    assert not Period.objects.exists()


def test_deadlines_come_in_order(world: World) -> None:
    wrong = deadlines() | {"leader_deadline": DEADLINE - timedelta(days=1)}
    with pytest.raises(Refused, match="rekkefølge"):
        open_period(by=DEMO, year=2026, kind=PeriodKind.ANNUAL, budget=world.budget, **wrong)


@pytest.mark.parametrize("name", ["kontakt", "leder", "direktor", "radmann", "revisor", "utvalg", "ingen"])
def test_only_klima_opens_periods(world: World, name: str) -> None:
    with pytest.raises(PermissionDenied):
        open_period(
            by=world.cast.people()[name],
            year=2026,
            kind=PeriodKind.ANNUAL,
            budget=world.budget,
            **deadlines(),
        )


# --- Saving -----------------------------


def test_a_draft_may_be_incomplete(world: World) -> None:
    status = world.status()
    saved = save_status(
        by=world.cast.kontakt,
        status=status,
        version=1,
        answers=StatusAnswers(status=Status.DELAYED, decision_level="executive"),
    )
    assert saved.changed
    assert world.status().decision_level == "executive"
    assert world.status().version == 2


def test_what_is_only_asked_off_plan_is_cleared_and_named(world: World) -> None:
    saved = save_status(
        by=world.cast.kontakt,
        status=world.status(),
        version=1,
        answers=replace(
            DELAYED, status=Status.ON_TRACK, decision_level="council", decision_question="Hva nå?"
        ),
    )
    assert saved.cleared == (
        "cause",
        "corrective_action",
        "new_date",
        "delayed_share",
        "decision_level",
        "decision_question",
    )
    stored = world.status()
    assert (stored.cause, stored.new_date, stored.decision_level) == ("", None, "")
    assert stored.what_happened == DELAYED.what_happened


def test_a_stale_version_is_refused(world: World) -> None:
    first, second = world.status(), world.status()
    save_status(by=world.cast.kontakt, status=first, version=1, answers=ON_TRACK)
    with pytest.raises(StaleObject) as stale:
        save_status(by=world.cast.vara, status=second, version=1, answers=DELAYED)
    assert stale.value.obj.status == Status.ON_TRACK
    assert world.status().status == Status.ON_TRACK


def test_the_same_answer_again_is_no_conflict_and_no_change(world: World) -> None:
    save_status(by=world.cast.kontakt, status=world.status(), version=1, answers=DELAYED)
    again = save_status(by=world.cast.kontakt, status=world.status(), version=1, answers=DELAYED)
    assert not again.changed
    assert world.status().version == 2


@pytest.mark.parametrize(
    "name", ["annen", "annen_leder", "leder", "direktor", "klima", "radmann", "revisor", "utvalg", "admin"]
)
def test_only_the_units_contact_or_deputy_saves(world: World, name: str) -> None:
    with pytest.raises(PermissionDenied):
        save_status(by=world.cast.people()[name], status=world.status(), version=1, answers=ON_TRACK)


def test_the_leader_reports_while_the_unit_has_no_contact(world: World) -> None:
    Appointment.objects.filter(unit=world.cast.transport).exclude(user=world.cast.leder).update(
        valid_to=(DEADLINE - timedelta(days=30)).date()
    )
    saved = save_status(by=world.cast.leder, status=world.status(), version=1, answers=ON_TRACK)
    assert saved.changed


# --- Sending, approving, returning, assuring -----------------------------


def test_the_whole_chain_with_a_return_on_the_way(world: World) -> None:
    world.answer(ON_TRACK, DELAYED, ON_TRACK)
    report = world.submit()
    assert report.state == ReportState.SUBMITTED
    world.give_back("Skriv hvor mange biler som er levert.")
    world.answer(ON_TRACK, replace(DELAYED, indicator_value=Decimal(12)), ON_TRACK)
    world.submit()
    report = world.approve("Vi har satt inn ekstra folk.")
    assert report.leader_comment == "Vi har satt inn ekstra folk."
    assure_report(by=world.cast.klima, report=report, version=report.version, comment="Bra.")

    assert world.report().state == ReportState.ASSURED
    assert [
        (row.from_state, row.to_state, row.by_name) for row in ReportTransition.objects.order_by("pk")
    ] == [
        ("draft", "submitted", "Kontakt Eksempel"),
        ("submitted", "returned", "Leder Eksempel"),
        ("returned", "submitted", "Kontakt Eksempel"),
        ("submitted", "approved", "Leder Eksempel"),
        ("approved", "assured", "Klima Eksempel"),
    ]
    one, two = ReportVersion.objects.order_by("number")
    assert (one.number, two.number) == (1, 2)
    assert one.content["statuses"][1]["indicator"] == {
        "name": "Elbiler levert",
        "unit": "biler",
        "value": "11.00",
        "target": "24.00",
    }
    assert two.content["statuses"][1]["indicator"]["value"] == "12.00"
    assert one.content["budget"]["case"] == "25/1234"
    for version in (one, two):
        assert version.sha256 == content_sha256(version.content)
    # A reported status never changes the measure by itself.
    assert {status.measure.state for status in world.statuses()} == {MeasureState.ONGOING}


def test_an_incomplete_report_is_not_sent_and_says_what_is_missing(world: World) -> None:
    world.answer(
        StatusAnswers(status=Status.DELAYED, decision_question="Får vi mer?"),
        StatusAnswers(status=Status.STOPPED, cause="Ingen midler.", corrective_action="Ingenting."),
        ON_TRACK,
        StatusAnswers(what_happened="Vet ikke."),
    )
    with pytest.raises(IncompleteReport) as refused:
        world.submit()
    first, _stopped, _on_track, last = world.statuses()
    fields = {pk: [field for field, _ in found] for pk, found in refused.value.problems.items()}
    # What is stopped has a cause, but no date it starts again.
    assert fields == {
        first.pk: ["cause", "corrective_action", "new_date", "decision_level"],
        last.pk: ["status"],
    }
    assert world.report().state == ReportState.DRAFT
    assert not ReportVersion.objects.exists()
    assert not ReportTransition.objects.exists()


def test_a_date_already_past_is_not_a_new_date(world: World) -> None:
    world.answer(replace(DELAYED, new_date=DELAYED.new_date.replace(year=2025)))
    with pytest.raises(IncompleteReport):
        world.submit()


def test_late_is_allowed_and_marked_until_the_period_closes(
    world: World, clock: time_machine.Coordinates
) -> None:
    world.answer()
    clock.move_to(DEADLINE + timedelta(minutes=1))
    world.submit()
    assert ReportVersion.objects.get().content["late"] is True


def test_a_correction_of_a_timely_report_is_not_late(world: World, clock: time_machine.Coordinates) -> None:
    world.answer()
    world.submit()
    world.give_back()
    clock.move_to(DEADLINE + timedelta(days=1))
    world.submit()
    assert [version.content["late"] for version in ReportVersion.objects.order_by("number")] == [False, False]


def test_nothing_is_saved_sent_or_returned_after_close(world: World, clock: time_machine.Coordinates) -> None:
    world.answer()
    clock.move_to(world.period.closes_at)
    with pytest.raises(Refused, match="ble lukket"):
        save_status(by=world.cast.kontakt, status=world.status(), version=2, answers=DELAYED)
    with pytest.raises(Refused, match="ble lukket"):
        world.submit()
    clock.move_to(world.period.closes_at - timedelta(seconds=1))
    world.submit()
    clock.move_to(world.period.closes_at)
    with pytest.raises(Refused, match="lukket"):
        world.give_back()
    assert world.approve().state == ReportState.APPROVED


def test_nothing_is_saved_before_the_period_opens(world: World, clock: time_machine.Coordinates) -> None:
    clock.move_to(world.period.opens_at - timedelta(seconds=1))
    with pytest.raises(Refused, match="åpner"):
        save_status(by=world.cast.kontakt, status=world.status(), version=1, answers=ON_TRACK)


def test_a_return_needs_a_comment(world: World) -> None:
    world.answer()
    world.submit()
    with pytest.raises(Refused, match="Skriv hva som skal rettes"):
        world.give_back("  ")
    assert world.report().state == ReportState.SUBMITTED


def test_klima_returns_what_the_leader_approved_and_not_before(world: World) -> None:
    world.answer()
    report = world.submit()
    with pytest.raises(Refused):
        return_report(by=world.cast.klima, report=report, version=report.version, comment="Mer.")
    report = world.approve()
    with pytest.raises(Refused):
        return_report(by=world.cast.leder, report=report, version=report.version, comment="Mer.")
    return_report(by=world.cast.klima, report=report, version=report.version, comment="Mer.")
    assert world.report().state == ReportState.RETURNED


def test_a_leader_does_not_approve_what_she_has_not_seen(world: World) -> None:
    world.answer()
    seen = world.submit()
    world.give_back()
    world.submit()
    with pytest.raises(StaleObject):
        approve_report(by=world.cast.leder, report=seen, version=seen.version)
    assert world.report().state == ReportState.SUBMITTED


PEOPLE = (
    "klima", "analyse", "radmann", "direktor", "leder", "kontakt", "vara",
    "annen", "annen_leder", "utvalg", "revisor", "admin", "ingen",
)  # fmt: skip
ALLOWED = {
    "submit": {"kontakt", "vara"},
    "approve": {"leder"},
    "return_submitted": {"leder"},
    "return_approved": {"klima"},
    "assure": {"klima"},
}


@pytest.mark.parametrize("operation", ALLOWED)
@pytest.mark.parametrize("name", PEOPLE)
def test_who_may_do_what(world: World, name: str, operation: str) -> None:
    world.answer()
    if operation != "submit":
        world.submit()
    if operation in {"return_approved", "assure"}:
        world.approve()
    report = world.report()
    arguments = {"by": world.cast.people()[name], "report": report, "version": report.version}
    calls = {
        "submit": lambda: submit_report(**arguments),
        "approve": lambda: approve_report(**arguments),
        "return_submitted": lambda: return_report(**arguments, comment="Mer."),
        "return_approved": lambda: return_report(**arguments, comment="Mer."),
        "assure": lambda: assure_report(**arguments),
    }
    if name in ALLOWED[operation]:
        calls[operation]()
        assert world.report().state != report.state
        return
    with pytest.raises((PermissionDenied, Refused)) as refusal:
        calls[operation]()
    # Only those who have a step of their own in the chain are told which state it is in.
    told = {"leder", "klima"} if operation.startswith("return") else set()
    assert isinstance(refusal.value, Refused) == (name in told)
    assert world.report().state == report.state


def test_an_appointment_that_has_ended_gives_nothing(world: World) -> None:
    by = world.cast.kontakt
    save_status(by=by, status=world.status("T1"), version=1, answers=ON_TRACK)
    Appointment.objects.filter(user=by).update(valid_to=(DEADLINE - timedelta(days=30)).date())
    with pytest.raises(PermissionDenied):
        save_status(by=by, status=world.status("T2"), version=1, answers=ON_TRACK)


# --- The database's own refusals -----------------------------


def _sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reporting_measurestatus SET what_happened = 'omskrevet'",
        "DELETE FROM reporting_measurestatus",
        'INSERT INTO reporting_measurestatus (report_id, measure_id, "order", status, what_happened, cause, '
        "corrective_action, decision_level, decision_question, version) SELECT report_id, measure_id, 9, '', "
        "'', '', '', '', '', 1 FROM reporting_measurestatus LIMIT 1",
        "UPDATE reporting_unitreport SET state = 'assured'",
        "UPDATE reporting_unitreport SET state = 'draft'",
        "UPDATE reporting_unitreport SET state = 'returned'",  # without a comment
        "UPDATE reporting_unitreport SET submitted_at = NULL",
        "UPDATE reporting_reportversion SET content = '{}'",
        "DELETE FROM reporting_reportversion",
        "UPDATE reporting_reporttransition SET by_system = 'worker'",
        "DELETE FROM reporting_reporttransition",
    ],
)
def test_a_submitted_report_resists_raw_sql(world: World, statement: str) -> None:
    # Both units' reports, as the statements name none.
    world.answer(unit=world.cast.kitchen)
    kitchen = world.report(world.cast.kitchen)
    submit_report(by=world.cast.annen, report=kitchen, version=kitchen.version)
    world.answer()
    world.submit()
    with pytest.raises(DatabaseError):
        _sql(statement)


def test_the_same_sql_passes_while_the_report_is_a_draft(world: World) -> None:
    _sql("UPDATE reporting_measurestatus SET what_happened = 'omskrevet'")
    assert world.status().what_happened == "omskrevet"


@pytest.mark.parametrize(
    "answers",
    [
        "status = '', confirmed_at = NULL",
        "confirmed_at = NULL",
        "status = 'delayed', cause = '', corrective_action = 'x', new_date = '2027-01-01'",
        "status = 'stopped', cause = 'x', corrective_action = ''",
        "status = 'should_have_started', cause = 'x', corrective_action = 'x', new_date = NULL",
        "status = 'on_track', decision_level = 'council'",
        "status = 'on_track', decision_question = 'Hva nå?'",
    ],
)
def test_the_database_refuses_to_send_what_is_incomplete(world: World, answers: str) -> None:
    world.answer()
    _sql(f"UPDATE reporting_measurestatus SET {answers} WHERE id = {world.status().pk}")
    with pytest.raises(DatabaseError, match="incomplete"):
        _sql("UPDATE reporting_unitreport SET state = 'submitted', submitted_at = now()")


def test_one_report_per_unit_and_period(world: World) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        UnitReport.objects.create(period=world.period, unit=world.cast.transport)


def test_a_measure_that_moves_keeps_its_place_in_the_report(world: World) -> None:
    """Who answers is settled when the period opens."""
    Responsibility.objects.filter(measure__code="T2").update(unit=world.cast.kitchen)
    assert [status.measure.code for status in world.statuses()] == ["T1", "T2", "T3", "T4"]
