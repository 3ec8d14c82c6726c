"""Two requests at once, on two connections: one of them wins, and nothing is sent or saved twice."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from organisation.models import User
from reporting.actions import chain as chain_module
from reporting.actions import reports as reports_module
from reporting.actions.reports import (
    approve_report,
    return_report,
    save_and_submit,
    save_status,
    submit_report,
)
from reporting.enums import ReportState, Status
from reporting.models import MeasureStatus, ReportTransition, ReportVersion, UnitReport
from tests.cast import Cast
from tests.owner import as_owner
from tests.races import at_once
from tests.reporting_world import DELAYED, NOW, ON_TRACK, World, build
from web.concurrency import StaleObject
from web.once import new_submission_token
from web.refusals import Refused

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None, cast: Cast, clock: object) -> World:
    return build(cast)


def submits(world: World, token: str) -> Callable[[], Any]:
    report, user = world.report(), User.objects.get(pk=world.cast.kontakt.pk)
    return lambda: save_and_submit(
        by=user, report=report, version=report.version, answers={}, token=token, receipt_url="/"
    )


def test_a_double_click_sends_once_and_both_get_the_receipt(world: World) -> None:
    world.answer()
    token = new_submission_token(world.cast.kontakt)
    results = at_once(*[submits(world, token)] * 4)
    assert {result.version.number for result in results} == {1}
    assert sorted(result.repeated for result in results) == [False, True, True, True]
    assert ReportVersion.objects.count() == ReportTransition.objects.count() == 1


def test_two_people_sending_at_once_send_once(world: World) -> None:
    world.answer()
    results = at_once(*[submits(world, new_submission_token(world.cast.kontakt)) for _ in range(4)])
    refused = [result for result in results if isinstance(result, Refused)]
    assert len(refused) == 3
    assert ReportVersion.objects.count() == 1


@pytest.fixture
def unguarded(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Takes away the lock and the version check, and lets both read before either writes."""
    both_have_read = threading.Barrier(2)

    def unlocked(report_id: int) -> UnitReport:
        report = UnitReport.objects.select_related("unit", "period__budget").get(pk=report_id)
        both_have_read.wait(10)
        return report

    def unversioned(obj: Any, *, expected: int, fields: Any) -> None:
        type(obj).objects.filter(pk=obj.pk).update(**fields)

    monkeypatch.setattr(reports_module, "locked_report", unlocked)
    monkeypatch.setattr(chain_module, "save_versioned", unversioned)
    logs = ("reporting_reporttransition", "reporting_reportversion")
    with as_owner() as owners, owners.cursor() as cursor:
        cursor.execute("ALTER TABLE reporting_reportversion DROP CONSTRAINT report_version_once")
    yield
    with as_owner() as owners, owners.cursor() as cursor:
        for table in logs:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"DELETE FROM {table}")
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute(
            "ALTER TABLE reporting_reportversion "
            "ADD CONSTRAINT report_version_once UNIQUE (report_id, number)"
        )


def test_without_lock_version_and_constraint_it_would_be_sent_twice(world: World, unguarded: None) -> None:
    """The negative control: the race is real, and this test can see it."""
    for status in world.statuses():
        MeasureStatus.objects.filter(pk=status.pk).update(status=Status.ON_TRACK, confirmed_at=NOW)
    report, user = world.report(), User.objects.get(pk=world.cast.kontakt.pk)

    def submit() -> Any:
        return submit_report(by=user, report=report, version=report.version)

    results = at_once(submit, submit)
    assert [type(result).__name__ for result in results] == ["Submitted", "Submitted"]
    assert ReportVersion.objects.count() == 2


def test_two_editors_of_one_measure_at_once(world: World) -> None:
    status = world.status()

    def saves(user: User, answers: Any) -> Callable[[], Any]:
        mine = MeasureStatus.objects.get(pk=status.pk)
        return lambda: save_status(by=user, status=mine, version=1, answers=answers)

    results = at_once(saves(world.cast.kontakt, ON_TRACK), saves(world.cast.vara, DELAYED))
    assert sum(isinstance(result, StaleObject) for result in results) == 1
    assert world.status().version == 2


def test_saving_while_the_report_is_sent_never_changes_what_was_sent(world: World) -> None:
    world.answer()
    status, report = world.status(), world.report()
    sends = submits(world, new_submission_token(world.cast.kontakt))
    results = at_once(
        sends,
        lambda: save_status(by=world.cast.vara, status=status, version=status.version, answers=DELAYED),
    )
    stored = world.status()
    frozen = ReportVersion.objects.get().content["statuses"][1]
    assert frozen["status"] == stored.status
    assert (stored.status == Status.DELAYED) == (not isinstance(results[1], Refused))
    assert world.report().state == ReportState.SUBMITTED
    assert report.state == ReportState.DRAFT


def test_one_leader_approves_while_she_returns_on_her_phone(world: World) -> None:
    world.answer()
    report = world.submit()
    arguments = {"by": world.cast.leder, "report": report, "version": report.version, "comment": "Ja."}
    results = at_once(lambda: approve_report(**arguments), lambda: return_report(**arguments))
    assert sum(isinstance(result, Refused) for result in results) == 1
    assert ReportTransition.objects.count() == 2


def test_a_double_click_in_the_browser(world: World) -> None:
    """The same through the pages: both clicks lead to the receipt."""
    world.answer()
    client = Client()
    client.force_login(world.cast.kontakt)
    form = {
        "version": str(world.report().version),
        "submission_token": new_submission_token(world.cast.kontakt),
    }

    def click() -> Any:
        browser = Client()
        browser.cookies = client.cookies
        return browser.post(world.path("send"), form)

    first, second = at_once(click, click)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["Location"] == second.headers["Location"]
    assert ReportVersion.objects.count() == 1
