"""Whoever stands in for a leader, in her days: what she may, what she is told, and that it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from organisation.enums import Role
from organisation.models import Appointment, Unit, User
from organisation.rules import read_duties
from reporting.actions.area import approve_for_area
from reporting.actions.reports import approve_report, submit_report
from reporting.apps import reporting_dates
from reporting.enums import MessageKind, ReportState
from reporting.models import ReportMessage, ReportTransition, UnitReport
from reporting.queries.calendar import calendar_of
from reporting.queries.chain import waiting_for
from reporting.queries.message_facts import nothing_left_to_do
from reporting.queries.waiting import waiting_reports
from reporting.rules.leaders import has_leader
from reporting.words.chain import said
from reporting.words.waiting import waiting_tasks
from tests.cast import Cast
from tests.reporting_world import NOW, World
from tests.worlds import kept
from web.models import OutboxMail

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
FIRST, LAST = date(2026, 9, 7), date(2026, 9, 11)
AFTER = NOW + timedelta(days=5)


def stands_in(user: User, unit: Unit, last: date = LAST) -> None:
    Appointment.objects.create(user=user, role=Role.STAND_IN, unit=unit, valid_from=FIRST, valid_to=last)


@kept(beside=["clock"])
def away(world: World) -> World:
    """Samferdsel's leader is away this week; Ingen, who has no other role, stands in. The report is sent."""
    stands_in(world.cast.ingen, world.cast.transport)
    world.answer()
    world.submit()
    return world


def approves(world: World, user: User) -> UnitReport:
    report = world.report()
    return approve_report(by=User.objects.get(pk=user.pk), report=report, version=report.version)


# --- What she may -----------------------------


def test_she_approves_and_the_log_says_for_whom(away: World, as_user: AsUser) -> None:
    page = as_user(away.cast.ingen).get(away.path("godkjenn")).content.decode()
    assert "Du godkjenner som stedfortreder for Leder Eksempel." in page
    approves(away, away.cast.ingen)
    as_what = "Ingen Eksempel som stedfortreder for Leder Eksempel"
    for path in (away.path(), away.path("kvittering")):
        assert as_what in as_user(away.cast.kontakt).get(path).content.decode()


def test_the_leader_may_still_do_it_herself(away: World) -> None:
    approves(away, away.cast.leder)
    assert ReportTransition.objects.get(to_state=ReportState.APPROVED).by_as == ""


def test_for_a_leader_who_has_left(away: World, as_user: AsUser) -> None:
    Appointment.objects.filter(user=away.cast.leder).update(valid_to=date(2026, 9, 6))
    approves(away, away.cast.ingen)
    page = as_user(away.cast.kontakt).get(away.path()).content.decode()
    assert "Ingen Eksempel som stedfortreder for lederen" in page


def test_one_who_leads_the_unit_too_is_herself(away: World) -> None:
    stands_in(away.cast.leder, away.cast.transport)
    assert read_duties(away.cast.leder).stands_in == {}
    approves(away, away.cast.leder)
    assert ReportTransition.objects.get(to_state=ReportState.APPROVED).by_as == ""


def test_who_stands_in_for_the_leader_of_the_area(world: World, as_user: AsUser) -> None:
    stands_in(world.cast.ingen, world.cast.area)
    world.answer()
    world.submit()
    world.approve()
    UnitReport.objects.update(needs_area=True)
    report = world.report()
    approve_for_area(by=world.cast.ingen, report=report, version=report.version)
    page = as_user(world.cast.klima).get(world.path()).content.decode()
    assert "Ingen Eksempel som stedfortreder for Direktor Eksempel" in page


def test_she_sends_it_where_there_is_no_contact(world: World) -> None:
    stands_in(world.cast.ingen, world.cast.transport)
    world.answer()
    Appointment.objects.filter(role__in=[Role.CONTACT, Role.DEPUTY]).delete()
    report = world.report()
    submit_report(by=world.cast.ingen, report=report, version=report.version)
    step = ReportTransition.objects.get(to_state=ReportState.SUBMITTED)
    assert (step.by_as, step.by_for) == ("stand_in", world.cast.leder)


def test_a_contact_who_stands_in_sends_as_contact(world: World) -> None:
    stands_in(world.cast.kontakt, world.cast.transport)
    world.answer()
    world.submit()
    assert ReportTransition.objects.get(to_state=ReportState.SUBMITTED).by_as == ""


def test_a_unit_with_a_stand_in_has_who_answers_other_leaders(cast: Cast) -> None:
    Appointment.objects.filter(user=cast.leder).delete()
    assert not has_leader(cast.transport.pk)
    stands_in(cast.ingen, cast.transport, date(2030, 1, 1))
    assert has_leader(cast.transport.pk)


# --- What she is told -----------------------------


def test_it_waits_for_either(away: World) -> None:
    sentence = said(waiting_for(away.report(), timezone.now())).sentence
    assert sentence == "Venter på Leder Eksempel eller Ingen Eksempel fra i dag"


def test_both_get_the_mail(away: World) -> None:
    rows = ReportMessage.objects.filter(kind=MessageKind.WAITS)
    assert {row.user for row in rows} == {away.cast.leder, away.cast.ingen}
    mail = OutboxMail.objects.get(report_message__user=away.cast.ingen)
    assert "du leder Samferdsel, vei- og parkforvaltning, eller er stedfortreder for den som gjør det" in (
        mail.text
    )


def test_no_mail_when_her_days_are_over(away: World, clock: time_machine.Coordinates) -> None:
    mail = OutboxMail.objects.get(report_message__user=away.cast.ingen)
    assert not nothing_left_to_do(mail.pk)
    clock.move_to(AFTER)
    assert nothing_left_to_do(mail.pk)


def test_her_tasks(away: World) -> None:
    (task,) = waiting_tasks(waiting_reports(away.cast.ingen, timezone.now()))
    assert task.url == away.path("godkjenn")


def test_her_calendar_has_what_comes_in_her_days(away: World) -> None:
    """Leaders' deadline is the 17th, the contacts' the 10th; her last day is the 11th, then the 18th."""

    def leaders_deadlines() -> list[object]:
        user = User.objects.get(pk=away.cast.ingen.pk)
        return [one.leader for one in calendar_of(user, timezone.now()).reports if one.leader]

    def days() -> list[date]:
        user = User.objects.get(pk=away.cast.ingen.pk)
        return [entry.day for entry in reporting_dates(user, FIRST, date(2026, 9, 30))]

    assert leaders_deadlines() == []
    assert days() == [date(2026, 9, 10)]
    Appointment.objects.filter(user=away.cast.ingen).update(valid_to=date(2026, 9, 18))
    assert leaders_deadlines() == [away.period.leader_deadline]
    assert days() == [date(2026, 9, 10), date(2026, 9, 17)]


# --- When it ends -----------------------------


def test_after_her_days_she_is_a_stranger_at_the_next_click(
    away: World, as_user: AsUser, clock: time_machine.Coordinates
) -> None:
    client = as_user(away.cast.ingen)
    assert client.get(away.path("godkjenn")).status_code == 200
    clock.move_to(AFTER)
    client.force_login(away.cast.ingen)
    for path in (away.path(), away.path("godkjenn"), away.path("kvittering")):
        assert client.get(path).status_code == 404
    assert client.post(away.path("godkjenn"), {"version": away.report().version}).status_code == 404
    assert list(waiting_tasks(waiting_reports(User.objects.get(pk=away.cast.ingen.pk), AFTER))) == []


def test_before_her_days_she_is_one_too(world: World, as_user: AsUser) -> None:
    Appointment.objects.create(
        user=world.cast.ingen, role=Role.STAND_IN, unit=world.cast.transport,
        valid_from=date(2026, 9, 8), valid_to=LAST,
    )  # fmt: skip
    assert as_user(world.cast.ingen).get(world.path()).status_code == 404
