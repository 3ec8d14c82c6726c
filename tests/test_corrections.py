"""After the close: one report opened with a reason, a new numbered version, and what it says differently."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from publishing.models import Publication
from reporting.actions.corrections import open_correction, withdraw_correction
from reporting.actions.periods import close_due_periods, close_period
from reporting.actions.reports import assure_report, save_status, submit_report
from reporting.enums import ReportState, Status
from reporting.models import ReportLogEntry, ReportVersion, UnitReport
from reporting.queries.log import events_of
from reporting.words.log import log_lines
from reporting.words.versions import FieldChange, compare_versions
from tests.leadership_world import Board
from tests.reporting_world import DELAYED, ON_TRACK, World
from tests.worlds import kept
from web.actors import DEMO
from web.concurrency import StaleObject
from web.refusals import Refused

pytestmark = pytest.mark.django_db


@kept
def closed_in_time(world: World) -> World:
    world.answer(ON_TRACK, DELAYED, ON_TRACK)
    world.submit()
    report = world.approve()
    assure_report(by=world.cast.klima, report=report, version=report.version)
    with time_machine.travel(world.period.closes_at, tick=False):
        close_due_periods(by=world.cast.klima)
    return world


@pytest.fixture
def shut(closed_in_time: World, clock: time_machine.Coordinates) -> World:
    """Samferdsel's report is assured, the kitchen's was never sent, and the period closed the day before."""
    clock.move_to(closed_in_time.period.closes_at + timedelta(days=1))
    return closed_in_time


def correct(world: World, reason: str = "Feil antall biler", **given: object) -> UnitReport:
    report = given.pop("report", None) or world.report()
    assert isinstance(report, UnitReport)
    return open_correction(by=world.cast.klima, report=report, version=report.version, reason=reason, **given)


def test_the_whole_correction(shut: World, clock: time_machine.Coordinates) -> None:
    correct(shut)
    report = shut.report()
    assert (report.state, report.correction_reason) == (ReportState.RETURNED, "Feil antall biler")
    clock.shift(timedelta(hours=1))
    second = shut.statuses()[1]
    save_status(
        by=shut.cast.kontakt, status=second, version=second.version,
        answers=replace(DELAYED, indicator_value=Decimal(12)),
    )  # fmt: skip
    shut.submit()
    report = shut.approve()
    report = assure_report(by=shut.cast.klima, report=report, version=report.version)
    assert (report.state, report.correction_reason, report.correction_origin) == ("assured", "", "")
    one, two = ReportVersion.objects.order_by("number")
    assert (one.content["correction"], two.content["correction"]) == ("", "Feil antall biler")
    # A correction of a report that came in time is not late.
    assert two.content["late"] is False
    diff = compare_versions(one.content, two.content)
    assert [(change.code, change.kind, change.fields) for change in diff.measures] == [
        ("T2", "changed", (FieldChange("Resultat", "11 biler", "12 biler"),))
    ]
    with pytest.raises(Refused, match="lukket"):
        shut.give_back()
    with pytest.raises(DatabaseError), transaction.atomic():
        UnitReport.objects.filter(pk=report.pk).update(leader_comment="Etterpå")


def test_what_was_published_is_never_touched(board: Board) -> None:
    published = board.publish(period=board.first)
    before = Publication.objects.values().get()
    close_period(by=DEMO, period=board.first)
    report = board.report(board.cast.transport, board.first)
    open_correction(by=DEMO, report=report, version=report.version, reason="Feil")
    again = board.publish(period=board.first)
    assert again.number == published.number + 1
    assert Publication.objects.values().get(pk=published.pk) == before


def test_only_the_opened_report_can_be_written_in(shut: World) -> None:
    kitchen = shut.statuses(shut.cast.kitchen)[0]
    correct(shut)
    with pytest.raises(Refused, match="ble lukket"):
        save_status(by=shut.cast.annen, status=kitchen, version=1, answers=ON_TRACK)
    status = shut.statuses()[0]
    save_status(by=shut.cast.kontakt, status=status, version=status.version, answers=DELAYED)


def test_a_report_that_was_never_sent_may_be_let_in(shut: World) -> None:
    kitchen = shut.report(shut.cast.kitchen)
    correct(shut, "Kom for sent", report=kitchen)
    status = shut.statuses(shut.cast.kitchen)[0]
    save_status(by=shut.cast.annen, status=status, version=1, answers=ON_TRACK)
    kitchen = shut.report(shut.cast.kitchen)
    assert kitchen.state == ReportState.DRAFT
    submit_report(by=shut.cast.annen, report=kitchen, version=kitchen.version)
    assert kitchen.versions.get().content["late"] is True


def test_only_the_steps_may_be_left(world: World, clock: time_machine.Coordinates) -> None:
    """The leader was away at the close: the answers stand as they were sent."""
    world.answer()
    world.submit()
    close_period(by=world.cast.klima, period=world.period)
    with pytest.raises(Refused, match="fryst"):
        world.approve()
    correct(world, "Lederen var borte", to_unit=False)
    assert world.report().state == ReportState.SUBMITTED
    status = world.statuses()[0]
    with pytest.raises(Refused, match="sendt inn"):
        save_status(by=world.cast.kontakt, status=status, version=status.version, answers=DELAYED)
    report = world.approve()
    assure_report(by=world.cast.klima, report=report, version=report.version)
    assert world.report().versions.count() == 1


def test_what_is_assured_has_only_answers_to_correct(shut: World) -> None:
    with pytest.raises(Refused, match="bare svarene"):
        correct(shut, to_unit=False)


def test_an_open_period_is_returned_in_not_corrected(world: World) -> None:
    with pytest.raises(Refused, match="ikke lukket"):
        correct(world)


def test_a_correction_is_opened_once_with_a_reason_and_the_version_read(shut: World) -> None:
    with pytest.raises(Refused, match="hvorfor"):
        correct(shut, " ")
    stale = shut.report()
    correct(shut)
    with pytest.raises(Refused, match="allerede åpnet"):
        correct(shut)
    with pytest.raises(Refused, match="allerede åpnet"):
        correct(shut, report=stale)
    assert ReportLogEntry.objects.count() == 1
    with pytest.raises(StaleObject):
        open_correction(by=shut.cast.klima, report=shut.report(shut.cast.kitchen), version=9, reason="Fordi")


@pytest.mark.parametrize("name", ["kontakt", "leder", "direktor", "radmann", "analyse", "revisor", "admin"])
def test_only_klima_opens_and_withdraws(shut: World, name: str) -> None:
    by = shut.cast.people()[name]
    report = shut.report()
    with pytest.raises(PermissionDenied):
        open_correction(by=by, report=report, version=report.version, reason="Fordi")
    report = correct(shut)
    with pytest.raises(PermissionDenied):
        withdraw_correction(by=by, report=report, version=report.version)


# --- Giving it up -----------------------------


def withdraw(world: World) -> UnitReport:
    report = world.report()
    return withdraw_correction(by=world.cast.klima, report=report, version=report.version)


def test_a_correction_nobody_has_begun_on_can_be_given_up(
    shut: World, clock: time_machine.Coordinates
) -> None:
    before = UnitReport.objects.values("state", "submitted_at", "approved_at", "assured_at").get(
        unit=shut.cast.transport
    )
    correct(shut)
    clock.shift(timedelta(hours=1))
    report = withdraw(shut)
    assert report.correction_reason == ""
    assert before == UnitReport.objects.values("state", "submitted_at", "approved_at", "assured_at").get(
        unit=shut.cast.transport
    )
    assert [line.what for line in log_lines(events_of(report))][:2] == [
        "Rettingen trukket",
        "Åpnet for retting",
    ]
    # Opened and given up once, it can be opened again.
    clock.shift(timedelta(hours=1))
    correct(shut)


def test_a_correction_that_is_begun_is_not_given_up(shut: World, clock: time_machine.Coordinates) -> None:
    correct(shut)
    clock.shift(timedelta(hours=1))
    status = shut.statuses()[0]
    said = replace(ON_TRACK, what_happened="Noe annet.")
    save_status(by=shut.cast.kontakt, status=status, version=status.version, answers=said)
    with pytest.raises(Refused, match="begynt å rette"):
        withdraw(shut)
    # Set back, it is as it was.
    status = shut.statuses()[0]
    save_status(by=shut.cast.kontakt, status=status, version=status.version, answers=ON_TRACK)
    withdraw(shut)


def test_a_correction_that_was_sent_is_not_given_up(shut: World, clock: time_machine.Coordinates) -> None:
    correct(shut)
    clock.shift(timedelta(hours=1))
    shut.submit()
    with pytest.raises(Refused, match="begynt å rette"):
        withdraw(shut)
    clock.shift(timedelta(hours=1))
    shut.give_back()
    with pytest.raises(Refused, match="begynt å rette"):
        withdraw(shut)


def test_new_names_in_the_strategy_are_no_difference(shut: World, clock: time_machine.Coordinates) -> None:
    correct(shut)
    clock.shift(timedelta(hours=1))
    measure = shut.status("T1").measure
    type(measure).objects.filter(pk=measure.pk).update(title="Et nytt navn")
    withdraw(shut)


# --- The database's own refusals -----------------------------


def _sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


OPEN = "UPDATE reporting_unitreport SET state = 'returned', return_comment = 'x', {} WHERE state = 'assured'"


def test_a_report_leaves_assured_only_as_a_correction(shut: World) -> None:
    for given in ("correction_reason = ''", "correction_reason = 'x'", "correction_origin = 'assured'"):
        with pytest.raises(DatabaseError):
            _sql(OPEN.format(given))
    _sql(OPEN.format("correction_reason = 'x', correction_origin = 'assured'"))
    with pytest.raises(DatabaseError, match="cannot go from"):
        _sql(
            "UPDATE reporting_unitreport SET state = 'approved', correction_reason = '', "
            "correction_origin = '' WHERE state = 'returned'"
        )
    _sql(
        "UPDATE reporting_unitreport SET state = 'assured', correction_reason = '', correction_origin = '' "
        "WHERE state = 'returned'"
    )


def test_the_log_is_append_only(shut: World) -> None:
    correct(shut)
    for statement in (
        "UPDATE reporting_reportlogentry SET reason = ''",
        "DELETE FROM reporting_reportlogentry",
    ):
        with pytest.raises(DatabaseError):
            _sql(statement)


# --- Differences -----------------------------


def test_every_kind_of_difference_in_words(shut: World, clock: time_machine.Coordinates) -> None:
    correct(shut)
    clock.shift(timedelta(hours=1))
    first, second, *_rest = shut.statuses()
    save_status(by=shut.cast.kontakt, status=first, version=first.version, answers=DELAYED)
    save_status(
        by=shut.cast.kontakt, status=second, version=second.version,
        answers=replace(ON_TRACK, status=Status.COMPLETED, indicator_value=None),
    )  # fmt: skip
    shut.submit()
    one, two = ReportVersion.objects.order_by("number")
    diff = compare_versions(one.content, two.content)
    changed = {change.code: {field.label: (field.before, field.after) for field in change.fields}
               for change in diff.measures}  # fmt: skip
    assert list(changed) == ["T1", "T2"]
    assert changed["T1"]["Status"] == ("I rute", "Forsinket")
    assert changed["T1"]["Når det er tatt igjen"] == ("–", "31.\u00a0mai 2027")
    assert changed["T1"]["Andel som er forsinket, prosent"] == ("–", "50")
    assert changed["T2"]["Status"] == ("Forsinket", "Gjennomført")
    assert changed["T2"]["Resultat"] == ("11 biler", "–")
    assert changed["T2"]["Årsak"] == ("Forsinket levering fra leverandøren.", "–")
    assert compare_versions(two.content, two.content).nothing


def test_a_measure_that_came_or_went_is_a_difference(shut: World) -> None:
    content = ReportVersion.objects.get().content
    fewer = {**content, "statuses": content["statuses"][1:]}
    gone, came = compare_versions(content, fewer), compare_versions(fewer, content)
    assert [(one.code, one.kind) for one in gone.measures] == [("T1", "removed")]
    assert [(one.code, one.kind) for one in came.measures] == [("T1", "added")]


def test_versions_frozen_before_a_field_existed_can_be_compared(shut: World) -> None:
    content = ReportVersion.objects.get().content
    old = {name: value for name, value in content.items() if name not in {"enterprise", "correction", "due"}}
    old["statuses"] = [
        {name: value for name, value in one.items() if name != "added_reason"} for one in content["statuses"]
    ]
    assert compare_versions(old, content).nothing
