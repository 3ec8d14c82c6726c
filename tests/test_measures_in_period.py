"""Measures that come late or move to another unit, units that close down, and who then answers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from budget.queries.assembling import budget_table
from organisation.enums import Role, UnitKind
from organisation.models import Appointment, Unit, User
from publishing.queries.summary_rows import reported_in
from reporting.actions.extensions import extend_deadline
from reporting.actions.measures import Moved, add_measure, hand_over_report, move_measure, name_reporter
from reporting.actions.periods import close_period
from reporting.actions.reports import IncompleteReport, save_status
from reporting.enums import DeviationState, LogKind, ReportState
from reporting.models import Deviation, MeasureComment, MeasureStatus, ReportLogEntry, UnitReport
from reporting.queries.log import events_of
from reporting.queries.progress import (
    addable_measures,
    closed_units,
    measures_outside,
    moved_responsibilities,
)
from reporting.queries.reports import reports_in
from reporting.words.log import log_lines
from strategy.enums import MeasureState
from strategy.models import Responsibility
from tests.reporting_world import DELAYED, NOW, ON_TRACK, World, make_line, make_measure
from tests.worlds import kept
from web.concurrency import StaleObject
from web.refusals import Refused

pytestmark = pytest.mark.django_db
YESTERDAY = NOW.date() - timedelta(days=1)


def add(world: World, code: str, unit: Unit, reason: str = "Vedtatt i juni") -> MeasureStatus:
    measure = make_measure(code, unit)
    return add_measure(by=world.cast.klima, period=world.period, unit=unit, measure=measure, reason=reason)


def log(report: UnitReport) -> list[tuple[str, str, str]]:
    return list(ReportLogEntry.objects.filter(report=report).values_list("kind", "what", "reason"))


# --- Added later -----------------------------


def test_what_is_added_says_why_everywhere(world: World) -> None:
    world.answer()
    add(world, "N1", world.cast.transport)
    status = world.status("N1")
    assert (status.added_reason, status.order, status.line) == ("Vedtatt i juni", 5, None)
    assert log(world.report()) == [("measure_added", "N1 Tiltak N1", "Vedtatt i juni")]
    # A form that was open before it came is not sent without it.
    with pytest.raises(IncompleteReport):
        world.submit()
    save_status(by=world.cast.kontakt, status=status, version=1, answers=ON_TRACK)
    world.submit()
    frozen = world.report().versions.get().content["statuses"]
    assert [one["added_reason"] for one in frozen] == ["", "", "", "", "Vedtatt i juni"]


def test_a_unit_that_had_nothing_gets_a_report(world: World) -> None:
    add(world, "N1", world.cast.klima_unit)
    report = world.report(world.cast.klima_unit)
    assert [one.measure.code for one in report.statuses.all()] == ["N1"]


def test_an_added_measure_in_the_budget_gets_its_line(world: World) -> None:
    MeasureStatus.objects.filter(measure__code="T4").delete()
    measure = world.budget.lines.get(measure__code="T4").measure
    status = add_measure(
        by=world.cast.klima, period=world.period, unit=world.cast.transport, measure=measure, reason="Glemt"
    )
    assert status.line == world.budget.lines.get(measure=measure)


def test_a_measure_is_in_one_report(world: World) -> None:
    measure = world.status("K1").measure
    with pytest.raises(Refused, match="allerede med, i rapporten til Ernæring"):
        add_measure(
            by=world.cast.klima, period=world.period, unit=world.cast.transport, measure=measure, reason="Ja"
        )


def test_nothing_is_added_to_what_is_sent_closed_or_unfit(world: World) -> None:
    world.answer()
    world.submit()
    gone = Unit.objects.create(name="Nedlagt", kind=UnitKind.UNIT, valid_to=YESTERDAY)
    measure = make_measure("N1", world.cast.transport)
    for unit, sentence in (
        (world.cast.transport, "sendt inn"), (world.cast.area, "er et område"), (gone, "er lagt ned"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=sentence):
            add_measure(by=world.cast.klima, period=world.period, unit=unit, measure=measure, reason="Ja")
    with pytest.raises(Refused, match="hvorfor"):
        add(world, "N2", world.cast.kitchen, " ")
    close_period(by=world.cast.klima, period=world.period)
    with pytest.raises(Refused, match="lukket"):
        add(world, "N3", world.cast.kitchen)
    assert UnitReport.objects.count() == 2


def test_what_can_be_added_is_what_is_not_there(world: World) -> None:
    make_measure("N1", world.cast.klima_unit)
    make_measure("N2", None)
    make_measure("N3", world.cast.klima_unit, state=MeasureState.DONE)
    assert [one.code for one in addable_measures(world.period)] == ["N1", "N2"]
    assert [(one.code, unit) for one, unit in measures_outside(world.period)] == [
        ("N1", world.cast.klima_unit)
    ]


# --- Moved -----------------------------


def move(world: World, status: MeasureStatus, unit: Unit, **given: object) -> Moved:
    values = {"version": status.version, "reason": "Ansvaret er flyttet", **given}
    return move_measure(by=world.cast.klima, status=status, to_unit=unit, **values)


def test_a_moved_measure_takes_its_answer_along_and_both_logs_tell(world: World) -> None:
    world.answer(ON_TRACK, DELAYED)
    status = world.status("T2")
    MeasureComment.objects.create(status=status, step="leader", text="Bra", by_system="demo")
    world.report().proposals.create(kind="end", measure=status.measure, reason="Ferdig")
    Deviation.objects.create(
        measure=status.measure, unit=world.cast.transport, status=status, cause="x", corrective_action="y"
    )
    before = {field: getattr(status, field) for field in ("status", "cause", "new_date", "indicator_value")}

    open_form = world.status("T2")
    moved = move(world, status, world.cast.kitchen)

    now = world.status("T2")
    assert moved.report == world.report(world.cast.kitchen)
    assert now.report.unit == world.cast.kitchen
    assert now.pk == status.pk
    assert {field: getattr(now, field) for field in before} == before
    assert now.added_reason == "Flyttet fra Samferdsel, vei- og parkforvaltning: Ansvaret er flyttet"
    assert now.comments.count() == 1
    assert [one.measure for one in moved.report.proposals.all()] == [status.measure]
    assert Deviation.objects.get(state=DeviationState.OPEN).unit == world.cast.kitchen
    assert log(world.report()) == [
        ("moved_out", "T2 Tiltak T2, til Ernæring og kjøkkendrift", "Ansvaret er flyttet")
    ]
    assert log(moved.report) == [
        ("moved_in", "T2 Tiltak T2, fra Samferdsel, vei- og parkforvaltning", "Ansvaret er flyttet")
    ]
    # The old unit's people cannot write in it any more, the new one's can.
    with pytest.raises(Refused, match="T2 er flyttet til rapporten til Ernæring"):
        save_status(by=world.cast.kontakt, status=open_form, version=2, answers=ON_TRACK)
    save_status(by=world.cast.annen, status=now, version=now.version, answers=ON_TRACK)


def test_an_answer_changed_meanwhile_is_not_moved_unseen(world: World) -> None:
    status = world.status("T2")
    save_status(by=world.cast.kontakt, status=world.status("T2"), version=1, answers=DELAYED)
    with pytest.raises(StaleObject):
        move(world, status, world.cast.kitchen)
    assert world.status("T2").report.unit == world.cast.transport


def test_nothing_moves_in_or_out_of_what_is_sent(world: World) -> None:
    world.answer()
    world.submit()
    for code, unit in (("T2", world.cast.kitchen), ("K1", world.cast.transport)):
        with pytest.raises(Refused, match="Samferdsel, vei- og parkforvaltning er sendt inn"):
            move(world, world.status(code), unit)


def test_a_move_needs_a_reason_another_unit_and_an_open_period(world: World) -> None:
    status = world.status("T2")
    with pytest.raises(Refused, match="hvorfor"):
        move(world, status, world.cast.kitchen, reason="")
    with pytest.raises(Refused, match="har allerede tiltaket"):
        move(world, status, world.cast.transport)
    close_period(by=world.cast.klima, period=world.period)
    with pytest.raises(Refused, match="lukket"):
        move(world, status, world.cast.kitchen)


def test_klima_sees_what_has_moved_in_the_strategy(world: World) -> None:
    assert moved_responsibilities(world.period) == []
    Responsibility.objects.filter(measure__code="T2").update(unit=world.cast.kitchen)
    found = moved_responsibilities(world.period)
    assert [(one.status.measure.code, one.unit) for one in found] == [("T2", world.cast.kitchen)]
    move(world, found[0].status, found[0].unit)
    assert moved_responsibilities(world.period) == []


# --- Closed down -----------------------------


@kept
def successor(world: World) -> Unit:
    """Samferdsel was closed down yesterday."""
    Unit.objects.filter(pk=world.cast.transport.pk).update(valid_to=YESTERDAY)
    return Unit.objects.create(name="Vei og vann", kind=UnitKind.UNIT, parent=world.cast.area)


def hand_over(world: World, unit: Unit, reason: str = "Slått sammen") -> Moved:
    report = world.report()
    return hand_over_report(
        by=world.cast.klima, report=report, version=report.version, to_unit=unit, reason=reason
    )


def test_the_successor_answers_for_everything(world: World, successor: Unit) -> None:
    world.answer(ON_TRACK, DELAYED)
    assert [one.unit.name for one in closed_units(reports_in([world.period]))] == [
        "Samferdsel, vei- og parkforvaltning"
    ]
    moved = hand_over(world, successor)
    assert moved.measures == 4
    taken_over = moved.report.statuses.select_related("measure").order_by("order")
    assert [(one.measure.code, one.status) for one in taken_over] == [
        ("T1", "on_track"),
        ("T2", "delayed"),
        ("T3", "delayed"),
        ("T4", "delayed"),
    ]
    old = world.report()
    assert (old.handed_over_to, old.statuses.count()) == (successor, 0)
    assert closed_units(reports_in([world.period])) == []
    assert log(old) == [("handed_over", "Vei og vann: T1, T2, T3, T4", "Slått sammen")]
    assert log(moved.report) == [
        ("moved_in", "Samferdsel, vei- og parkforvaltning: T1, T2, T3, T4", "Slått sammen")
    ]
    # Leadership sees the one who answers, once.
    seen = reported_in(world.period, budget_table(world.period.budget)).reports
    assert [one.unit.name for one in seen] == ["Ernæring og kjøkkendrift", "Vei og vann"]
    with pytest.raises(Refused, match="overført til Vei og vann"):
        world.submit()
    with pytest.raises(Refused, match="allerede overført"):
        hand_over(world, successor)


def test_what_was_sent_and_not_approved_is_returned_on_the_way(world: World, successor: Unit) -> None:
    """Its leader may be gone: nobody would approve it."""
    world.answer()
    world.submit()
    moved = hand_over(world, successor)
    assert moved.measures == 4
    old = world.report()
    assert (old.state, old.versions.count()) == (ReportState.RETURNED, 1)
    assert [line.what for line in log_lines(events_of(old))][-1] == "Til godkjenning hos virksomhetsleder"


def test_what_is_approved_stays_with_the_unit_that_answered(world: World, successor: Unit) -> None:
    world.answer()
    world.submit()
    world.approve()
    with pytest.raises(Refused, match="godkjent"):
        hand_over(world, successor)


def test_a_unit_in_operation_hands_nothing_over(world: World) -> None:
    with pytest.raises(Refused, match="ikke lagt ned"):
        hand_over(world, world.cast.kitchen)


def test_a_closed_units_own_people_may_still_answer(world: World, successor: Unit) -> None:
    world.answer()
    world.submit()
    assert world.approve().state == ReportState.APPROVED


# --- Nobody there -----------------------------


def test_klima_names_who_reports_for_a_unit_without_anybody(world: World) -> None:
    Appointment.objects.filter(unit=world.cast.kitchen).update(valid_to=YESTERDAY)
    report, ingen = world.report(world.cast.kitchen), world.cast.ingen
    for _twice in range(2):
        name_reporter(by=world.cast.klima, report=report, user=ingen, reason="Ingen andre")
    appointed = Appointment.objects.get(user=ingen)
    assert (appointed.role, appointed.unit, appointed.valid_from) == (
        Role.CONTACT, world.cast.kitchen, NOW.date(),
    )  # fmt: skip
    assert log(report)[0] == ("reporter_named", "", "Ingen andre")
    assert ReportLogEntry.objects.filter(report=report, kind="reporter_named")[0].person == ingen
    status = world.statuses(world.cast.kitchen)[0]
    save_status(by=User.objects.get(pk=ingen.pk), status=status, version=1, answers=ON_TRACK)


def test_one_who_cannot_log_in_is_not_named(world: World) -> None:
    ingen = world.cast.ingen
    User.objects.filter(pk=ingen.pk).update(is_active=False)
    ingen.refresh_from_db()
    with pytest.raises(Refused, match="kan ikke logge inn"):
        name_reporter(by=world.cast.klima, report=world.report(), user=ingen, reason="Ja")
    assert not ReportLogEntry.objects.filter(kind=LogKind.REPORTER_NAMED).exists()


@pytest.mark.parametrize("name", ["kontakt", "leder", "direktor", "radmann", "analyse", "revisor", "admin"])
def test_only_klima_changes_who_answers(world: World, successor: Unit, name: str) -> None:
    by, report, status = world.cast.people()[name], world.report(), world.status("T2")
    operations = (
        lambda: add_measure(
            by=by, period=world.period, unit=world.cast.kitchen, measure=status.measure, reason="Ja"
        ),
        lambda: move_measure(
            by=by, status=status, version=1, to_unit=world.cast.kitchen, reason="Ja"
        ),
        lambda: hand_over_report(
            by=by, report=report, version=1, to_unit=successor, reason="Ja"
        ),
        lambda: name_reporter(by=by, report=report, user=world.cast.ingen, reason="Ja"),
        lambda: extend_deadline(
            by=by, report=report, version=1, reason="Ja",
            contact_deadline=world.period.closes_at, leader_deadline=world.period.closes_at,
        ),
    )  # fmt: skip
    for operation in operations:
        with pytest.raises(PermissionDenied):
            operation()
    assert not ReportLogEntry.objects.exists()


def test_a_line_of_the_budget_is_asked_about_once(world: World) -> None:
    """The unit of another budget's line is no matter of this period."""
    make_line(world.budget.__class__.objects.create(
        year=2028, scope=world.budget.scope, target=world.budget.target, edition=world.budget.edition
    ), make_measure("B1", world.cast.kitchen), world.cast.kitchen, 1)  # fmt: skip
    assert "B1" in [one.code for one in addable_measures(world.period)]
