"""Two at once in the chain: closing against sending and extending, moving against answering, two corrections.

Each race has a control: the same harness without the protection loses.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction

from organisation.models import User
from reporting.actions import chain, corrections, extensions, measures, periods
from reporting.actions import reports as reports_module
from reporting.actions.corrections import open_correction, withdraw_correction
from reporting.actions.extensions import extend_deadline
from reporting.actions.measures import Moved, add_measure, move_measure
from reporting.actions.periods import change_deadlines, close_period, open_period
from reporting.actions.reports import (
    StatusAnswers,
    Submitted,
    assure_report,
    return_report,
    save_status,
    submit_report,
)
from reporting.enums import PeriodKind
from reporting.models import MeasureStatus, Period, ReportLogEntry, UnitReport
from tests.cast import Cast
from tests.owner import as_owner
from tests.races import at_once, settle
from tests.reporting_world import DEADLINE, DELAYED, ON_TRACK, World, build, make_measure
from web.concurrency import StaleObject
from web.refusals import Refused

pytestmark = pytest.mark.django_db(transaction=True)
Step = Callable[[], Any]


@pytest.fixture
def world(transactional_db: None, cast: Cast, clock: object) -> World:
    return build(cast)


class Order:
    """Who committed first. `step` runs in a thread of its own and notes its name when it has committed."""

    def __init__(self) -> None:
        self.committed: list[str] = []
        self.results: dict[str, Any] = {}
        self._threads: list[threading.Thread] = []

    def start(self, name: str, step: Step) -> threading.Thread:
        def run() -> None:
            try:
                self.results[name] = step()
                self.committed.append(name)
            except Exception as error:
                self.results[name] = error
            finally:
                connections.close_all()

        thread = threading.Thread(target=run)
        thread.start()
        self._threads.append(thread)
        return thread

    @contextmanager
    def noting(self, name: str) -> Iterator[None]:
        """A step of this thread, noted just before it commits: whoever waits for it comes after."""
        with transaction.atomic():
            yield
            self.committed.append(name)

    def wait(self) -> None:
        for thread in self._threads:
            thread.join(30)
            assert not thread.is_alive()


@pytest.fixture
def order() -> Iterator[Order]:
    found = Order()
    yield found
    found.wait()


def pausing(
    monkeypatch: pytest.MonkeyPatch, module: Any, name: str, *, other: Step, order: Order, label: str
) -> None:
    """The next call of `module.name` first starts `other`, and goes on when that is done or has to wait."""
    original = getattr(module, name)
    started = threading.Event()

    def paused(*args: Any, **kwargs: Any) -> Any:
        if not started.is_set():
            started.set()
            settle(order.start(label, other))
        return original(*args, **kwargs)

    monkeypatch.setattr(module, name, paused)


TRIGGERS = (
    ("reporting_unitreport", "frozen_when_closed"),
    ("reporting_measurestatus", "frozen_when_closed"),
    ("reporting_period", "closes_once"),
)


@pytest.fixture
def unguarded(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody holds the period, and the triggers that freeze it are off."""
    monkeypatch.setattr(chain, "keep_open", lambda period: None)
    with as_owner() as owners, owners.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal AND "
            + " OR ".join(
                f"(tgrelid = '{table}'::regclass AND tgname LIKE 'pgtrigger_{name}%%')"
                for table, name in TRIGGERS
            )
        )
        found = cursor.fetchall()
        assert len(found) == len(TRIGGERS)
        for table, name in found:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
    yield
    with as_owner() as owners, owners.cursor() as cursor:
        for table, name in found:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {name}")


# --- Closing against sending -----------------------------


def closes(world: World) -> Step:
    klima = User.objects.get(pk=world.cast.klima.pk)
    return lambda: close_period(by=klima, period=world.period)


def sends_while_it_closes(world: World, order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    """The report has passed every check when the close comes; then it is sent."""
    world.answer()
    pausing(
        monkeypatch, reports_module, "_refuse_incomplete", other=closes(world), order=order, label="closed"
    )
    report = world.report()
    with suppress(Refused, DatabaseError), order.noting("sent"):
        submit_report(by=world.cast.kontakt, report=report, version=report.version)
    order.wait()


def test_what_is_on_its_way_when_the_period_closes_comes_before_the_close(
    world: World, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    sends_while_it_closes(world, order, monkeypatch)
    assert order.committed == ["sent", "closed"]
    assert (world.report().state, world.report().versions.count()) == ("submitted", 1)


def test_without_the_guards_it_would_be_sent_after_the_close(
    world: World, order: Order, monkeypatch: pytest.MonkeyPatch, unguarded: None
) -> None:
    """The negative control: a report in a closed period is changed, and nobody is told."""
    sends_while_it_closes(world, order, monkeypatch)
    assert order.committed == ["closed", "sent"]


def test_what_comes_while_the_period_closes_is_refused(
    world: World, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The close has the period, and has not committed: the report waits for it, and is too late."""
    world.answer()
    report = world.report()

    def send() -> Any:
        return submit_report(by=world.cast.kontakt, report=report, version=report.version)

    original = periods.save_versioned

    def paused(*args: Any, **kwargs: Any) -> None:
        original(*args, **kwargs)
        settle(order.start("sent", send))

    monkeypatch.setattr(periods, "save_versioned", paused)
    closes(world)()
    order.wait()
    assert isinstance(order.results["sent"], Refused)
    assert "lukket" in str(order.results["sent"])
    assert (world.report().state, world.report().versions.count()) == ("draft", 0)


def test_many_send_while_it_closes_and_each_knows_whether_she_did(world: World) -> None:
    """Whoever got a receipt is in; whoever was refused is not; and none of the others changed anything."""
    world.answer()
    world.answer(unit=world.cast.kitchen)

    def sends(report: UnitReport, user: User) -> Step:
        return lambda: submit_report(by=user, report=report, version=report.version)

    mine, theirs = world.report(), world.report(world.cast.kitchen)
    results = at_once(sends(mine, world.cast.kontakt), closes(world), sends(theirs, world.cast.annen))
    for report, result in ((mine, results[0]), (theirs, results[2])):
        sent = UnitReport.objects.get(pk=report.pk).state == "submitted"
        assert sent == isinstance(result, Submitted)
        assert sent or isinstance(result, Refused)
    assert Period.objects.get().closed_at is not None


def test_two_closes_at_once_close_once(world: World) -> None:
    results = at_once(*[closes(world)] * 3)
    assert {result.closed_at for result in results} == {Period.objects.get().closed_at}
    assert Period.objects.get().version == 2


# --- Closing against more time -----------------------------


def extends(world: World) -> Step:
    report, klima = world.report(), User.objects.get(pk=world.cast.klima.pk)
    return lambda: extend_deadline(
        by=klima, report=report, version=report.version, reason="Sykdom",
        contact_deadline=DEADLINE + timedelta(days=3), leader_deadline=DEADLINE + timedelta(days=9),
    )  # fmt: skip


def extends_while_it_closes(world: World, order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    pausing(monkeypatch, extensions, "why_not_extended", other=closes(world), order=order, label="closed")
    with suppress(Refused, DatabaseError), order.noting("extended"):
        extends(world)()
    order.wait()


def test_more_time_comes_before_the_close_or_not_at_all(
    world: World, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    extends_while_it_closes(world, order, monkeypatch)
    assert order.committed == ["extended", "closed"]


def test_without_the_guards_more_time_would_be_given_in_a_closed_period(
    world: World, order: Order, monkeypatch: pytest.MonkeyPatch, unguarded: None
) -> None:
    monkeypatch.setattr(extensions, "locked_period", lambda pk: Period.objects.get(pk=pk))
    extends_while_it_closes(world, order, monkeypatch)
    assert order.committed == ["closed", "extended"]


def moves_the_close(world: World) -> Step:
    """Klima lets the period close earlier than the unit's own deadline would be."""
    period, klima = Period.objects.get(), User.objects.get(pk=world.cast.klima.pk)
    return lambda: change_deadlines(
        by=klima, period=period, version=period.version, reason="Haster", opens_at=period.opens_at,
        contact_deadline=period.contact_deadline, leader_deadline=period.leader_deadline,
        closes_at=DEADLINE + timedelta(days=8),
    )  # fmt: skip


def extends_while_the_close_is_moved(world: World, order: Order, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the unit ends with a deadline after the close."""
    pausing(
        monkeypatch, extensions, "why_not_extended", other=moves_the_close(world), order=order, label="moved"
    )
    with suppress(Refused):
        extends(world)()
    order.wait()
    report = world.report()
    return report.leader_due > report.period.closes_at


def test_no_unit_gets_a_deadline_after_the_close(
    world: World, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not extends_while_the_close_is_moved(world, order, monkeypatch)
    assert isinstance(order.results["moved"], Refused)


def test_without_holding_the_period_a_unit_would(
    world: World, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extensions, "locked_period", lambda pk: Period.objects.get(pk=pk))
    assert extends_while_the_close_is_moved(world, order, monkeypatch)


# --- Moving against answering -----------------------------


def moves(world: World) -> Step:
    status, klima = world.status("T2"), User.objects.get(pk=world.cast.klima.pk)
    return lambda: move_measure(
        by=klima, status=status, version=status.version, to_unit=world.cast.kitchen, reason="Flyttet"
    )


def saves(world: World, answers: StatusAnswers) -> Step:
    status, kontakt = world.status("T2"), User.objects.get(pk=world.cast.kontakt.pk)
    return lambda: save_status(by=kontakt, status=status, version=status.version, answers=answers)


def test_an_answer_saved_while_the_measure_moves_is_kept_or_refused(
    world: World, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The move waits for the one who saves, and is then told that the answer has changed."""
    pausing(monkeypatch, reports_module, "_save", other=moves(world), order=order, label="moved")
    saves(world, DELAYED)()
    order.wait()
    assert isinstance(order.results["moved"], StaleObject)
    status = world.status("T2")
    assert (status.status, status.report.unit) == ("delayed", world.cast.transport)


def test_an_answer_that_comes_after_the_move_is_refused_with_a_sentence(
    world: World, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    pausing(monkeypatch, measures, "write_log", other=saves(world, DELAYED), order=order, label="saved")
    moves(world)()
    order.wait()
    assert isinstance(order.results["saved"], Refused)
    assert "T2 er flyttet til rapporten til Ernæring" in str(order.results["saved"])
    assert world.status("T2").status == ""


def test_without_lock_and_check_the_old_unit_would_write_in_the_new_ones_report(
    world: World, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: the version alone does not stop one who overwrites on purpose."""
    mine = world.status("T2")
    moves(world)()
    monkeypatch.setattr(reports_module, "moved_away", lambda report, pk: None)
    save_status(by=world.cast.kontakt, status=mine, version=mine.version + 1, answers=DELAYED)
    status = world.status("T2")
    assert (status.report.unit, status.status) == (world.cast.kitchen, "delayed")


def test_a_measure_moved_two_ways_at_once_ends_in_one_report(world: World) -> None:
    results = at_once(moves(world), moves(world), moves(world))
    assert sum(isinstance(result, Moved) for result in results) == 1
    assert MeasureStatus.objects.filter(measure__code="T2").count() == 1
    assert ReportLogEntry.objects.count() == 2


def test_a_measure_added_to_two_reports_at_once_is_in_one(world: World) -> None:
    measure, klima = make_measure("N1", world.cast.transport), User.objects.get(pk=world.cast.klima.pk)

    def adds(unit: Any) -> Step:
        return lambda: add_measure(by=klima, period=world.period, unit=unit, measure=measure, reason="Ny")

    results = at_once(adds(world.cast.transport), adds(world.cast.kitchen), adds(world.cast.klima_unit))
    assert sum(isinstance(result, Refused) for result in results) == 2
    assert MeasureStatus.objects.filter(measure=measure).count() == 1


def test_without_holding_the_period_it_would_be_in_two(
    world: World, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    measure, klima = make_measure("N1", world.cast.transport), User.objects.get(pk=world.cast.klima.pk)
    monkeypatch.setattr(
        measures, "locked_period", lambda pk: Period.objects.select_related("budget").get(pk=pk)
    )

    def adds(unit: Any) -> Step:
        return lambda: add_measure(by=klima, period=world.period, unit=unit, measure=measure, reason="Ny")

    pausing(monkeypatch, measures, "_report_for", other=adds(world.cast.kitchen), order=order, label="other")
    adds(world.cast.transport)()
    order.wait()
    assert MeasureStatus.objects.filter(measure=measure).count() == 2


# --- Returned while somebody writes -----------------------------


def test_a_return_while_the_contact_has_the_form_open_loses_nothing(world: World) -> None:
    """Sent, returned, and an old form sent again: it is told, and what was saved stands."""
    world.answer()
    old = world.report()
    world.submit()
    world.give_back()
    status = world.statuses()[0]
    save_status(by=world.cast.vara, status=status, version=status.version, answers=DELAYED)
    with pytest.raises(StaleObject):
        submit_report(by=world.cast.kontakt, report=old, version=old.version)
    assert world.statuses()[0].status == "delayed"
    assert world.report().state == "returned"


def test_returning_and_sending_again_at_once(world: World) -> None:
    """The leader returns what the contact sends: each step is taken once, in an order that makes sense."""
    world.answer()
    report = world.submit()
    leder = User.objects.get(pk=world.cast.leder.pk)

    def returns() -> Any:
        return return_report(by=leder, report=report, version=report.version, comment="Mer.")

    results = at_once(returns, returns, saves(world, ON_TRACK))
    refused = [isinstance(result, Refused | StaleObject) for result in results]
    assert sum(refused[:2]) == 1
    assert world.report().transitions.count() == 2


# --- Two corrections -----------------------------


@pytest.fixture
def shut(world: World) -> World:
    world.answer()
    world.submit()
    report = world.approve()
    assure_report(by=world.cast.klima, report=report, version=report.version)
    closes(world)()
    return world


def corrects(world: World, reason: str) -> Step:
    report, klima = world.report(), User.objects.get(pk=world.cast.klima.pk)
    return lambda: open_correction(by=klima, report=report, version=report.version, reason=reason)


def test_two_corrections_at_once_are_one(shut: World) -> None:
    results = at_once(corrects(shut, "Den ene"), corrects(shut, "Den andre"))
    won = [result for result in results if isinstance(result, UnitReport)]
    assert len(won) == 1
    assert sum(isinstance(result, Refused) for result in results) == 1
    assert shut.report().correction_reason == won[0].correction_reason
    assert ReportLogEntry.objects.count() == 1


def test_without_lock_and_version_the_second_would_take_over_the_first(
    shut: World, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: two openings in the log, and the reason is another than the first was told."""

    def unlocked(pk: int) -> UnitReport:
        return UnitReport.objects.select_related("unit", "period__budget").get(pk=pk)

    def unversioned(obj: Any, *, expected: int, fields: Any) -> None:
        type(obj).objects.filter(pk=obj.pk).update(**fields)

    monkeypatch.setattr(corrections, "locked_report", unlocked)
    monkeypatch.setattr(chain, "save_versioned", unversioned)
    pausing(
        monkeypatch, corrections, "move_report", other=corrects(shut, "Den andre"), order=order, label="other"
    )
    corrects(shut, "Den ene")()
    order.wait()
    assert ReportLogEntry.objects.count() == 2
    assert shut.report().correction_reason == "Den ene"


def test_a_correction_withdrawn_while_the_unit_saves(
    shut: World, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The withdrawal waits for the one who saves, and is then refused: nothing saved is lost."""
    corrects(shut, "Feil")()
    report, klima = shut.report(), User.objects.get(pk=shut.cast.klima.pk)

    def withdraws() -> Any:
        return withdraw_correction(by=klima, report=report, version=report.version)

    pausing(monkeypatch, reports_module, "_save", other=withdraws, order=order, label="withdrawn")
    saves(shut, DELAYED)()
    order.wait()
    assert isinstance(order.results["withdrawn"], Refused)
    assert shut.status("T2").status == "delayed"


def test_two_who_open_the_same_period_at_once_open_it_once(world: World) -> None:
    klima = User.objects.get(pk=world.cast.klima.pk)
    dates = {
        "opens_at": DEADLINE, "contact_deadline": DEADLINE + timedelta(days=1),
        "leader_deadline": DEADLINE + timedelta(days=2), "closes_at": DEADLINE + timedelta(days=3),
    }  # fmt: skip

    def opens() -> Any:
        return open_period(by=klima, year=2026, kind=PeriodKind.ANNUAL, budget=world.budget, **dates)

    results = at_once(opens, opens)
    assert sum(isinstance(result, Refused) for result in results) == 1
    assert Period.objects.filter(kind=PeriodKind.ANNUAL).count() == 1
