"""A unit that nobody leads: the nearest leader above acts meanwhile, and every page and mail says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organisation.enums import Role, UnitKind
from organisation.models import Appointment, Unit, User
from organisation.queries.leading import leading_of
from organisation.rules import hold_duties, read_duties
from reporting.actions.area import approve_for_area
from reporting.actions.follow_ups import FollowUpText, confirm_follow_up
from reporting.actions.messages import queue_due_messages
from reporting.actions.reports import approve_report, return_report
from reporting.enums import DecisionLevel, MessageKind, ReportState
from reporting.models import ReportMessage, ReportTransition, UnitReport
from reporting.queries.chain import waiting_for, waiting_of
from reporting.queries.message_facts import nothing_left_to_do
from reporting.queries.reports import reports_in
from reporting.queries.waiting import waiting_reports
from reporting.rules.deviations import may_decide
from reporting.rules.leaders import may_ask, unit_access
from reporting.rules.reports import relation
from reporting.words.chain import said
from reporting.words.waiting import waiting_tasks
from tests.cast import SINCE, Cast
from tests.names import DRAMMEN
from tests.reporting_world import DELAYED, NOW, ON_TRACK, World
from tests.worlds import kept
from web.models import OutboxMail
from web.names import names_read_once

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
YESTERDAY = date(2026, 9, 6)
SENTENCE = "Virksomheten har ingen leder nå. Direktor Eksempel godkjenner."


def leaves(user: User) -> None:
    """Her roles end with yesterday."""
    Appointment.objects.filter(user=user).update(valid_to=YESTERDAY)


@kept(beside=["clock"])
def sent(world: World) -> World:
    """Samferdsel's leader has left, and then its report was sent."""
    leaves(world.cast.leder)
    world.answer(ON_TRACK, DELAYED, ON_TRACK)
    world.submit()
    return world


def approved_by(world: World, user: User) -> UnitReport:
    report = world.report()
    return approve_report(by=User.objects.get(pk=user.pk), report=report, version=report.version)


# --- Whose it is -----------------------------


def test_the_nearest_leader_above_has_what_nobody_leads(cast: Cast) -> None:
    assert read_duties(cast.direktor).led_for_now == frozenset()
    leaves(cast.leder)
    held = read_duties(cast.direktor)
    assert held.led_for_now == {cast.transport.pk}
    assert held.approves_for == {cast.area.pk, cast.transport.pk}
    assert held.own_units == {cast.area.pk}
    assert read_duties(cast.annen_leder).led_for_now == frozenset()


def test_a_leader_who_cannot_log_in_leads_nothing(cast: Cast) -> None:
    User.objects.filter(pk=cast.leder.pk).update(is_active=False)
    assert read_duties(cast.direktor).led_for_now == {cast.transport.pk}


def test_only_the_nearest_until_she_is_gone_too(cast: Cast) -> None:
    top = Unit.objects.create(name="Drammen kommune", kind=UnitKind.AREA)
    Unit.objects.filter(pk=cast.area.pk).update(parent=top)
    Appointment.objects.create(user=cast.ingen, role=Role.LEADER, unit=top, valid_from=SINCE)
    leaves(cast.leder)
    assert read_duties(cast.ingen).led_for_now == frozenset()
    leaves(cast.direktor)
    assert read_duties(cast.ingen).led_for_now == {cast.area.pk, cast.transport.pk}


def test_who_stands_in_leads(cast: Cast) -> None:
    leaves(cast.leder)
    Appointment.objects.create(
        user=cast.ingen, role=Role.STAND_IN, unit=cast.transport, valid_from=SINCE, valid_to=NOW.date()
    )
    assert read_duties(cast.direktor).led_for_now == frozenset()
    assert read_duties(cast.ingen).leader_units == {cast.transport.pk}


@pytest.mark.parametrize("units", [1, 3])
def test_queries_do_not_grow_with_units(cast: Cast, units: int) -> None:
    for number in range(units):
        Unit.objects.create(name=f"Virksomhet {number}", kind=UnitKind.UNIT, parent=cast.area)

    def asked(user: User) -> int:
        # As in a request, where the names are read once for everything.
        with names_read_once(DRAMMEN), CaptureQueriesContext(connection) as captured:
            read_duties(user)
        return len(captured)

    assert [asked(user) for user in (cast.kontakt, cast.leder, cast.direktor)] == [1, 2, 3]


def test_held_duties_are_those_that_are_read(cast: Cast) -> None:
    leaves(cast.leder)
    for user in cast.people().values():
        assert hold_duties(user) == read_duties(user)


# --- Who approves -----------------------------


@pytest.mark.parametrize("step", ["godkjenn", "returner"])
def test_only_the_leader_above_takes_the_leaders_step(sent: World, as_user: AsUser, step: str) -> None:
    def status(user: User) -> int:
        return as_user(user).get(sent.path(step)).status_code

    people = sent.cast.people()
    got = {name: status(user) for name, user in people.items()}
    assert got.pop("direktor") == (200 if step == "godkjenn" else 303)
    if step == "returner":
        assert got.pop("klima") == 303
    assert set(got.values()) <= {403, 404}


def test_the_log_and_the_receipt_say_who_approved_and_as_what(sent: World, as_user: AsUser) -> None:
    approved_by(sent, sent.cast.direktor)
    as_what = "Direktor Eksempel for Samferdsel, vei- og parkforvaltning, som mangler leder"
    assert as_what in as_user(sent.cast.kontakt).get(sent.path()).content.decode()
    receipt = as_user(sent.cast.kontakt).get(sent.path("kvittering")).content.decode()
    assert "Godkjent av" in receipt
    assert as_what in receipt


def test_a_new_leader_changes_nothing_of_what_was_approved(sent: World, as_user: AsUser) -> None:
    approved_by(sent, sent.cast.direktor)
    Appointment.objects.create(
        user=sent.cast.leder, role=Role.LEADER, unit=sent.cast.transport, valid_from=NOW.date()
    )
    page = as_user(sent.cast.kontakt).get(sent.path()).content.decode()
    assert "som mangler leder" in page
    assert SENTENCE not in page


def test_what_the_leader_did_herself_is_hers(world: World) -> None:
    world.answer()
    world.submit()
    world.approve()
    leaves(world.cast.leder)
    step = ReportTransition.objects.get(to_state=ReportState.APPROVED)
    assert (step.by, step.by_as, step.by_for) == (world.cast.leder, "", None)


def test_she_may_return_it_and_the_log_says_as_what(sent: World, as_user: AsUser) -> None:
    report = sent.report()
    return_report(by=sent.cast.direktor, report=report, version=report.version, comment="Skriv mer.")
    assert "som mangler leder" in as_user(sent.cast.klima).get(sent.path()).content.decode()


def test_she_approves_for_the_unit_and_then_for_the_area(sent: World) -> None:
    UnitReport.objects.update(needs_area=True)
    approved_by(sent, sent.cast.direktor)
    report = sent.report()
    approve_for_area(by=sent.cast.direktor, report=report, version=report.version)
    assert sent.report().area_approved_at is not None
    assert sent.report().log.get().by_as == ""


def test_she_writes_nothing_in_the_report(sent: World) -> None:
    Appointment.objects.filter(role__in=[Role.CONTACT, Role.DEPUTY]).delete()
    who = relation(sent.cast.direktor, sent.cast.transport.pk)
    assert (who.leads, who.reports) == (True, False)


# --- What else is a leader's -----------------------------


def test_the_rest_of_a_leaders_work_but_asking(sent: World) -> None:
    director, unit = sent.cast.direktor, sent.cast.transport.pk
    held = read_duties(director)
    assert may_decide(held, DecisionLevel.LEADER, unit)
    access = unit_access(director, unit)
    assert (access.writes, access.confirms) == (True, True)
    assert not may_ask(director, unit)
    assert not may_decide(read_duties(sent.cast.annen_leder), DecisionLevel.LEADER, unit)


def test_she_confirms_the_yearly_part(sent: World, as_user: AsUser) -> None:
    text = FollowUpText(anchoring="Fast punkt i ledermøtet.")
    done = confirm_follow_up(by=sent.cast.direktor, unit=sent.cast.transport, year=2026, version=0, text=text)
    assert done.confirmed_by == sent.cast.direktor
    path = f"/rapportering/strategioppfolging/2026/{sent.cast.transport.pk}/"
    assert "Lagre og bekreft" in as_user(sent.cast.direktor).get(path).content.decode()


# --- Where it is said -----------------------------


def test_every_page_says_it(sent: World, as_user: AsUser) -> None:
    code = sent.period.code
    for user, path in (
        (sent.cast.klima, sent.path()),
        (sent.cast.kontakt, sent.path()),
        (sent.cast.kontakt, sent.path("kvittering")),
        (sent.cast.kontakt, "/rapportering/"),
        (sent.cast.klima, f"/rapportering/{code}/pult/"),
        (sent.cast.klima, f"/rapportering/{code}/framdrift/"),
        (sent.cast.direktor, sent.path("godkjenn")),
        (sent.cast.direktor, f"/rapportering/{code}/omrade/{sent.cast.area.pk}/"),
    ):
        assert SENTENCE in as_user(user).get(path).content.decode(), path


def test_the_contact_knows_before_she_sends(world: World, as_user: AsUser) -> None:
    leaves(world.cast.leder)
    assert SENTENCE in as_user(world.cast.kontakt).get(world.path()).content.decode()


def test_nothing_is_said_of_a_unit_with_a_leader(world: World, as_user: AsUser) -> None:
    world.answer()
    world.submit()
    for user, path in ((world.cast.klima, world.path()), (world.cast.leder, world.path("godkjenn"))):
        assert "ingen leder nå" not in as_user(user).get(path).content.decode()


def test_it_waits_for_the_leader_above(sent: World) -> None:
    found = said(waiting_for(sent.report(), timezone.now()))
    assert (found.sentence, found.vacancy) == ("Venter på Direktor Eksempel fra i dag", SENTENCE)
    assert not found.lacks_people


def test_nobody_above_either(sent: World) -> None:
    leaves(sent.cast.direktor)
    found = said(waiting_for(sent.report(), timezone.now()))
    assert found.sentence == "Ingen kan godkjenne: virksomheten har ikke leder"
    assert found.lacks_people
    assert leading_of(sent.cast.transport.pk).names == ()


def test_min_side_has_it_among_her_tasks(sent: World) -> None:
    (task,) = waiting_tasks(waiting_reports(sent.cast.direktor, timezone.now()))
    assert task.url == sent.path("godkjenn")
    assert "Virksomheten har ingen leder nå." in task.detail


@pytest.mark.parametrize("reports", [1, 3])
def test_queries_do_not_grow_with_reports(sent: World, reports: int) -> None:
    for number in range(reports - 1):
        unit = Unit.objects.create(name=f"Virksomhet {number}", kind=UnitKind.UNIT, parent=sent.cast.area)
        UnitReport.objects.create(period=sent.period, unit=unit)
    rows = reports_in([sent.period])
    with names_read_once(DRAMMEN), CaptureQueriesContext(connection) as captured:
        waiting_of(rows, timezone.now())
    assert len(captured) == 2


# --- Mail -----------------------------


def mail_to(user: User, kind: MessageKind = MessageKind.WAITS) -> OutboxMail:
    return OutboxMail.objects.get(report_message__kind=kind, report_message__user=user)


def test_she_gets_the_approvers_mail_which_says_why(sent: World) -> None:
    mail = mail_to(sent.cast.direktor)
    assert SENTENCE in mail.text
    assert "du er nærmeste leder over Samferdsel, vei- og parkforvaltning, som ikke har leder nå" in mail.text
    assert not ReportMessage.objects.filter(user=sent.cast.leder).exists()
    receipt = mail_to(sent.cast.kontakt, MessageKind.RECEIPT)
    assert SENTENCE in receipt.text


def test_her_mail_is_called_off_when_a_leader_comes(sent: World) -> None:
    mail = mail_to(sent.cast.direktor)
    assert not nothing_left_to_do(mail.pk)
    Appointment.objects.create(
        user=sent.cast.leder, role=Role.LEADER, unit=sent.cast.transport, valid_from=NOW.date()
    )
    assert nothing_left_to_do(mail.pk)


def test_a_unit_that_becomes_vacant_while_it_waits(world: World) -> None:
    """The leader was told; when she has left, the leader above hears that it waits for her."""
    world.answer()
    world.submit()
    leaves(world.cast.leder)
    queue_due_messages(NOW + timedelta(days=1))
    assert ReportMessage.objects.filter(kind=MessageKind.WAITS, user=world.cast.direktor).count() == 1
