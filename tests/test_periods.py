"""A period opened, its deadlines moved, and closed: what is made, refused, and then frozen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from procrastinate.contrib.django import app

from organisation.calculations.year import USUAL_PLAN
from organisation.enums import UnitKind
from organisation.models import Appointment, Unit
from reporting.actions.extensions import extend_deadline
from reporting.actions.periods import (
    CLOSE_JOB,
    change_deadlines,
    close_due_periods,
    close_period,
    open_period,
)
from reporting.actions.reports import save_status
from reporting.enums import PeriodKind, Place, ReportState
from reporting.jobs import close_periods
from reporting.models import Period, ReportingSettings, UnitReport, UnitReportingSetting
from reporting.queries.opening import adopted_budgets, next_period_guess, opening_of
from reporting.rules.deadlines import suggested_deadlines
from tests.cast import Cast
from tests.reporting_world import (
    DEADLINE,
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
from tests.worlds import kept
from web.actor_columns import named_in_metadata
from web.actors import DEMO, WORKER
from web.concurrency import StaleObject
from web.refusals import Refused

pytestmark = pytest.mark.django_db


# --- Opening -----------------------------


def test_opening_sets_each_report_up_as_the_settings_say(cast: Cast, clock: object) -> None:
    ReportingSettings.objects.create(pk=1, place=Place.THERE, area_approves=True)
    UnitReportingSetting.objects.create(unit=cast.transport, place=Place.HERE)
    budget = make_budget()
    for number, unit in enumerate((cast.transport, cast.kitchen, cast.klima_unit), start=1):
        make_line(budget, make_measure(f"T{number}", unit), unit, number)
    period = open_period(
        by=cast.klima, year=2026, kind=PeriodKind.SECOND_TERTIAL, budget=adopt(budget), **deadlines(),
        case_number=" 26/77 ",
    )  # fmt: skip
    made = {one.unit: (one.place, one.needs_area) for one in period.reports.select_related("unit")}
    # Klima stands under no area, so nobody approves for one.
    assert made == {
        cast.transport: ("here", True),
        cast.kitchen: ("there", True),
        cast.klima_unit: ("there", False),
    }
    assert period.case_number == "26/77"


def test_what_opening_will_make_is_what_it_makes(cast: Cast, clock: object) -> None:
    enterprise = Unit.objects.create(name="Drammen Eksempel KF", kind=UnitKind.ENTERPRISE)
    closed = Unit.objects.create(name="Nedlagt", kind=UnitKind.UNIT, valid_to=NOW.date() - timedelta(days=1))
    budget = make_budget()
    make_line(budget, make_measure("T1", cast.transport), cast.transport, 1)
    make_line(budget, make_measure("T2", enterprise), enterprise, 2)
    make_line(budget, make_measure("T3", closed), closed, 3)
    orphan = make_line(budget, make_measure("T4", None), cast.transport, 4)
    type(orphan).objects.filter(pk=orphan.pk).update(adopted_unit=None)
    adopt(budget)

    opening = opening_of(budget, NOW.date())
    assert [(row.unit, [measure.code for measure in row.measures]) for row in opening.rows] == [
        (enterprise, ["T2"]), (closed, ["T3"]), (cast.transport, ["T1"]),
    ]  # fmt: skip
    assert [row.unit for row in opening.without_anybody] == [enterprise, closed]
    assert [row.unit for row in opening.closed_units] == [closed]
    assert [line.measure.code for line in opening.orphans] == ["T4"]
    assert opening.measures == 3

    period = open_period(
        by=cast.klima, year=2026, kind=PeriodKind.SECOND_TERTIAL, budget=budget, **deadlines()
    )
    made = {
        one.unit: [status.measure.code for status in one.statuses.order_by("order")]
        for one in period.reports.all()
    }
    assert made == {row.unit: [one.code for one in row.measures] for row in opening.rows}


def test_only_adopted_budgets_can_be_chosen(world: World) -> None:
    draft = make_budget(2027)
    assert list(adopted_budgets()) == [world.budget]
    assert draft not in adopted_budgets()


def test_the_period_after_the_newest_is_suggested(world: World) -> None:
    assert next_period_guess(NOW.date()) == (2026, PeriodKind.ANNUAL)
    Period.objects.filter(pk=world.period.pk).update(kind=PeriodKind.ANNUAL)
    assert next_period_guess(NOW.date()) == (2027, PeriodKind.FIRST_TERTIAL)


@pytest.mark.parametrize("kind", PeriodKind)
@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_suggested_deadlines_are_in_order_and_ahead(year: int, kind: PeriodKind) -> None:
    for now in (datetime(year, 1, 1, 12, tzinfo=UTC), datetime(year + 1, 2, 26, 23, 30, tzinfo=UTC)):
        found = suggested_deadlines(year, kind, now, USUAL_PLAN)
        instants = list(found.values())
        assert instants == sorted(instants)
        assert len(set(instants)) == 4
        assert found["contact_deadline"] > now + timedelta(days=13)
    first = suggested_deadlines(2026, PeriodKind.SECOND_TERTIAL, datetime(2026, 1, 1, tzinfo=UTC), USUAL_PLAN)
    assert first["opens_at"] == datetime(2026, 9, 1, 6, tzinfo=UTC)
    assert first["contact_deadline"] == datetime(2026, 9, 15, 21, 59, tzinfo=UTC)


# --- Moving deadlines -----------------------------


def change(world: World, *, version: int = 1, reason: str = "Sommerferien", **wanted: datetime) -> Period:
    period = Period.objects.get(pk=world.period.pk)
    values = {name: getattr(period, name) for name in deadlines()} | wanted
    return change_deadlines(by=world.cast.klima, period=period, version=version, reason=reason, **values)


def test_deadlines_are_moved_with_the_reason_in_history(world: World) -> None:
    later = DEADLINE + timedelta(days=3)
    changed = change(world, contact_deadline=later)
    assert (changed.contact_deadline, changed.version) == (later, 2)
    event = Period.pgh_event_model.objects.order_by("-pgh_id").first()
    assert event.pgh_context.metadata["reason"] == "Endret frister: Sommerferien"
    assert named_in_metadata([event.pgh_context.metadata]) == ["Klima Eksempel"]


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({"leader_deadline": DEADLINE - timedelta(days=1)}, "rekkefølge"),
        ({"contact_deadline": NOW - timedelta(days=1)}, "passert"),
        ({"opens_at": NOW + timedelta(days=1)}, "åpningen kan ikke flyttes"),
    ],
)
def test_deadlines_that_make_no_sense_are_refused(
    world: World, wanted: dict[str, datetime], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        change(world, **wanted)
    assert Period.objects.get(pk=world.period.pk).version == 1


def test_moving_deadlines_needs_a_reason_and_the_version_that_was_read(world: World) -> None:
    with pytest.raises(Refused, match="hvorfor"):
        change(world, reason="  ")
    with pytest.raises(StaleObject):
        change(world, version=0, contact_deadline=DEADLINE + timedelta(days=1))


def test_a_unit_with_more_time_holds_the_close_open(world: World) -> None:
    report = world.report()
    own = world.period.closes_at - timedelta(hours=1)
    extend_deadline(
        by=world.cast.klima, report=report, version=report.version, contact_deadline=own,
        leader_deadline=own, reason="Sykdom",
    )  # fmt: skip
    with pytest.raises(Refused, match="Samferdsel, vei- og parkforvaltning har utsatt frist"):
        change(world, closes_at=own - timedelta(minutes=1))
    change(world, closes_at=own)


@pytest.mark.parametrize("name", ["kontakt", "leder", "direktor", "radmann", "analyse", "revisor", "admin"])
def test_only_klima_moves_deadlines_and_closes(world: World, name: str) -> None:
    by = world.cast.people()[name]
    with pytest.raises(PermissionDenied):
        change_deadlines(by=by, period=world.period, version=1, reason="Fordi", **deadlines())
    with pytest.raises(PermissionDenied):
        close_period(by=by, period=world.period)


# --- Closing -----------------------------


def closed(world: World) -> Period:
    return close_period(by=world.cast.klima, period=world.period)


def test_klima_may_close_before_the_time_and_only_once(world: World, clock: time_machine.Coordinates) -> None:
    first = closed(world)
    clock.shift(timedelta(hours=1))
    assert first.closed_at == NOW
    assert closed(world).closed_at == NOW
    assert Period.objects.get(pk=world.period.pk).version == 2


def test_a_period_that_has_not_opened_cannot_be_closed(world: World, clock: time_machine.Coordinates) -> None:
    clock.move_to(world.period.opens_at - timedelta(seconds=1))
    with pytest.raises(Refused, match="ikke åpnet"):
        closed(world)


def test_the_job_closes_what_is_due_and_nothing_twice(world: World, clock: time_machine.Coordinates) -> None:
    later = open_period(
        by=DEMO, year=2026, kind=PeriodKind.ANNUAL, budget=world.budget,
        **deadlines(NOW + timedelta(days=10)),
    )  # fmt: skip
    clock.move_to(world.period.closes_at - timedelta(microseconds=1))
    assert close_due_periods(by=WORKER) == 0
    clock.move_to(world.period.closes_at)
    close_periods(timestamp=0)
    assert close_due_periods(by=WORKER) == 0
    found = dict(Period.objects.values_list("pk", "closed_at"))
    assert found == {world.period.pk: world.period.closes_at, later.pk: None}
    event = Period.pgh_event_model.objects.order_by("-pgh_id").first()
    assert event.pgh_context.metadata["system"] == WORKER.code


def test_the_worker_looks_every_five_minutes() -> None:
    found = {periodic.task.name: periodic.cron for periodic in app.periodic_registry.periodic_tasks.values()}
    assert found[CLOSE_JOB] == "*/5 * * * *"


def test_at_the_instant_of_closing_it_is_too_late_and_just_before_it_is_not(
    world: World, clock: time_machine.Coordinates
) -> None:
    world.answer()
    clock.move_to(world.period.closes_at)
    with pytest.raises(Refused, match="ble lukket"):
        world.submit()
    clock.move_to(world.period.closes_at - timedelta(microseconds=1))
    assert world.submit().state == ReportState.SUBMITTED
    assert world.report().versions.get().content["late"] is True


def test_once_closed_no_step_is_taken(world: World) -> None:
    """Closed by Klima before the time: what the clock alone would have let through is refused too."""
    world.answer()
    world.submit()
    closed(world)
    for step in (world.approve, world.give_back):
        with pytest.raises(Refused, match="lukket"):
            step()
    kitchen = world.statuses(world.cast.kitchen)[0]
    with pytest.raises(Refused, match="ble lukket"):
        save_status(by=world.cast.annen, status=kitchen, version=1, answers=ON_TRACK)
    with pytest.raises(Refused, match="lukket"):
        change(world, version=2, contact_deadline=DEADLINE + timedelta(days=1))


def _sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


FROZEN = [
    "UPDATE reporting_unitreport SET leader_comment = 'omskrevet' WHERE state = 'draft'",
    "UPDATE reporting_unitreport SET contact_deadline = now(), leader_deadline = now() WHERE state = 'draft'",
    "DELETE FROM reporting_unitreport WHERE id = (SELECT max(id) FROM reporting_unitreport)",
    "UPDATE reporting_measurestatus SET what_happened = 'omskrevet'",
    "DELETE FROM reporting_measurestatus",
    "UPDATE reporting_measureproposal SET reason = 'omskrevet'",
    "DELETE FROM reporting_measureproposal",
    "INSERT INTO reporting_measureproposal (report_id, kind, title, reason, state, answer, "
    "answered_by_system, version) "
    "SELECT id, 'new', 'Nytt', 'Fordi', 'open', '', '', 1 FROM reporting_unitreport LIMIT 1",
    "UPDATE reporting_period SET closes_at = closes_at + interval '1 day'",
    "UPDATE reporting_period SET year = 2025",
]


@kept
def proposal(world: World) -> None:
    world.report().proposals.create(kind="new", title="Ny rute", reason="Trengs.")


@pytest.mark.parametrize("statement", FROZEN)
def test_a_closed_period_resists_raw_sql(world: World, proposal: None, statement: str) -> None:
    closed(world)
    with pytest.raises(DatabaseError, match="closed"):
        _sql(statement)


@pytest.mark.parametrize(
    "statement", [one for one in FROZEN if "DELETE FROM reporting_unitreport" not in one]
)
def test_the_same_sql_passes_while_the_period_is_open(world: World, proposal: None, statement: str) -> None:
    _sql(statement)


def test_a_closed_period_gets_no_new_report_and_never_opens_again(world: World) -> None:
    insert = (
        "INSERT INTO reporting_unitreport (period_id, unit_id, state, leader_comment, climate_comment, "
        "return_comment, place, needs_area, board_pending, enterprise_report, correction_reason, "
        "correction_origin, version) SELECT period_id, {unit}, 'draft', '', '', '', 'here', false, false, "
        "'', '', '', 1 FROM reporting_unitreport LIMIT 1"
    )
    _sql(insert.format(unit=world.cast.klima_unit.pk))
    closed(world)
    with pytest.raises(DatabaseError, match="closed"):
        _sql(insert.format(unit=world.cast.area.pk))
    for value in ("NULL", "now()"):
        with pytest.raises(DatabaseError, match="stays closed"):
            _sql(f"UPDATE reporting_period SET closed_at = {value}")


def test_klimas_answer_to_a_proposal_may_come_after_the_close(world: World, proposal: None) -> None:
    closed(world)
    _sql(
        "UPDATE reporting_measureproposal SET state = 'declined', answer = 'Finnes alt.', "
        "answered_at = now(), answered_by_system = 'demo', version = 2"
    )
    _sql("UPDATE reporting_period SET case_number = '26/1', version = version + 1")


# --- Due, late and who must act -----------------------------


@pytest.fixture
def extend(world: World) -> Callable[..., object]:
    def give(days: float = 3, **given: object) -> object:
        report = world.report()
        wanted = {
            "contact_deadline": DEADLINE + timedelta(days=days),
            "leader_deadline": DEADLINE + timedelta(days=days + 7),
            "reason": "Sykdom",
            **given,
        }
        return extend_deadline(by=world.cast.klima, report=report, version=report.version, **wanted)

    return give


def test_more_time_is_logged_and_makes_the_answer_timely(
    world: World, extend: Callable[..., object], clock: time_machine.Coordinates
) -> None:
    extend()
    world.answer()
    clock.move_to(DEADLINE + timedelta(days=2))
    world.submit()
    version = world.report().versions.get()
    assert version.content["late"] is False
    assert version.content["due"] == (DEADLINE + timedelta(days=3)).isoformat()
    logged = world.report().extensions.get()
    assert (logged.reason, logged.by_name) == ("Sykdom", "Klima Eksempel")
    assert not world.report(world.cast.kitchen).extended


def test_the_latest_of_the_periods_and_the_units_own_deadline_counts(
    world: World, extend: Callable[..., object]
) -> None:
    extend()
    change(world, contact_deadline=DEADLINE + timedelta(days=5), leader_deadline=DEADLINE + timedelta(days=9))
    report = world.report()
    assert report.contact_due == DEADLINE + timedelta(days=5)
    assert report.leader_due == DEADLINE + timedelta(days=10)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"leader_deadline": DEADLINE + timedelta(days=15)}, "senere enn at perioden lukkes"),
        ({"contact_deadline": DEADLINE - timedelta(days=1)}, "tidligere enn de andres"),
        ({"contact_deadline": DEADLINE + timedelta(days=9), "leader_deadline": DEADLINE + timedelta(days=8)},
         "Lederens frist"),
        ({"reason": " "}, "hvorfor"),
    ],
)  # fmt: skip
def test_more_time_within_bounds_only(
    world: World, extend: Callable[..., object], given: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        extend(**given)
    assert not world.report().extended


def test_no_more_time_for_what_is_approved_or_closed(world: World, extend: Callable[..., object]) -> None:
    world.answer()
    world.submit()
    world.approve()
    with pytest.raises(Refused, match="godkjent"):
        extend()
    closed(world)
    with pytest.raises(Refused, match="lukket"):
        extend()


def test_the_database_keeps_the_log_of_extensions(world: World, extend: Callable[..., object]) -> None:
    extend()
    for statement in (
        "UPDATE reporting_deadlineextension SET reason = 'En annen'",
        "DELETE FROM reporting_deadlineextension",
        "UPDATE reporting_unitreport SET leader_deadline = contact_deadline - interval '1 day'",
        "UPDATE reporting_unitreport SET contact_deadline = NULL WHERE contact_deadline IS NOT NULL",
    ):
        with pytest.raises(DatabaseError):
            _sql(statement)


def test_an_ended_appointment_leaves_the_leader_to_report(world: World) -> None:
    """Nobody but the leader is left: she is the one it waits for, and she may."""
    Appointment.objects.filter(unit=world.cast.transport).exclude(user=world.cast.leder).update(
        valid_to=NOW.date() - timedelta(days=1)
    )
    status = world.status()
    save_status(by=world.cast.leder, status=status, version=1, answers=DELAYED)
    assert UnitReport.objects.get(unit=world.cast.transport).state == ReportState.DRAFT
