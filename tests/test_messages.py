"""Who is written to when something happens with a report, what the mail says, and that it comes once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core import mail as django_mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organisation.enums import Role
from organisation.models import Appointment, Unit, User
from reporting.actions import messages
from reporting.actions.messages import queue_due_messages, release_escalation, retry_message
from reporting.actions.periods import open_period
from reporting.actions.reports import approve_report, assure_report, save_status, submit_report
from reporting.calculations.messages import Due
from reporting.enums import MessageKind, PeriodKind, Place
from reporting.jobs import queue_due_messages as job
from reporting.models import EscalationRelease, Period, ReportingSettings, ReportMessage, UnitReport
from reporting.queries.chain import Step, waiting_of
from reporting.queries.message_facts import facts_of
from reporting.queries.message_material import digest_of
from reporting.queries.reports import reports_in
from reporting.words.receipts import receipt_of
from tests.cast import Cast
from tests.races import at_once, both_meet
from tests.reporting_world import DEADLINE, DELAYED, NOW, ON_TRACK, World, build, deadlines
from tests.worlds import kept
from web.enums import MailState
from web.mail_sending import send_waiting_mail
from web.models import OutboxMail
from web.refusals import Refused

pytestmark = pytest.mark.django_db
K = MessageKind
DAY = timedelta(days=1)


def told(*kinds: MessageKind) -> list[tuple[str, str]]:
    """(kind, login) of every message, or of these kinds, in the order they were queued."""
    rows = ReportMessage.objects.order_by("pk").select_related("user")
    if kinds:
        rows = rows.filter(kind__in=kinds)
    return [(row.kind, row.user.email.partition("@")[0]) for row in rows]


def mail_of(kind: MessageKind, login: str = "kontakt") -> OutboxMail:
    return OutboxMail.objects.get(
        report_message__kind=kind, report_message__user__email=f"{login}@drammen.example"
    )


def at(moment: datetime) -> time_machine.travel:
    return time_machine.travel(moment, tick=False)


@kept(beside=["clock"])
def world(cast: Cast) -> World:
    """A period that is open, and the mail about it on its way."""
    made = build(cast)
    send_waiting_mail()
    django_mail.outbox.clear()
    return made


@kept
def sent(world: World) -> World:
    """Samferdsel has answered and sent; one measure is off plan."""
    world.answer(ON_TRACK, DELAYED, ON_TRACK)
    world.submit()
    return world


# --- At opening -----------------------------


def test_opening_tells_contact_and_deputy_in_the_same_transaction(world: World) -> None:
    assert told() == [
        (K.OPENED, "kontakt"),
        (K.OPENED, "vara"),
        (K.OPENED, "annen"),
    ]


def test_what_the_opening_says(world: World) -> None:
    mail = mail_of(K.OPENED)
    assert mail.subject == "Klimarapport 2. tertial: 4 tiltak, frist 10. september"
    assert mail.about_url == world.path()
    assert "svarer for fire tiltak. Ca. 3 minutter." in mail.text
    assert "Frist: torsdag 10. september 2026 kl. 23.59" in mail.text
    assert "- T2 Tiltak T2: ikke svart på før" in mail.text
    assert f"http://127.0.0.1:8000{world.path()}\n" in mail.text
    assert "http://127.0.0.1:8000/rapportering/kalender.ics" in mail.text
    assert "\u00a0" not in mail.subject + mail.text


def test_the_last_answer_stands_beside_each_measure(sent: World) -> None:
    sent.approve()
    third = open_period(
        by=sent.cast.klima, year=2026, kind=PeriodKind.ANNUAL, budget=sent.budget, **deadlines(NOW - 2 * DAY)
    )
    mail = OutboxMail.objects.get(report_message__period=third, report_message__user=sent.cast.kontakt)
    assert "- T1 Tiltak T1: I rute (2. tertial 2026)" in mail.text
    assert "- T2 Tiltak T2: Forsinket (2. tertial 2026)" in mail.text
    assert mail.subject.startswith("Klimarapport for hele 2026: 4 tiltak, frist ")


def test_a_period_that_opens_later_tells_when_its_time_comes(world: World) -> None:
    opens = NOW + 2 * DAY
    later = open_period(
        by=world.cast.klima, year=2026, kind=PeriodKind.ANNUAL, budget=world.budget, **deadlines(opens)
    )
    assert not ReportMessage.objects.filter(period=later).exists()
    with at(opens + timedelta(minutes=5)):
        job()
    assert ReportMessage.objects.filter(period=later, kind=K.OPENED).count() == 3


def test_an_opening_in_the_evening_is_told_in_the_morning(cast: Cast, clock: Any) -> None:
    clock.move_to(NOW.replace(hour=20))
    build(cast)
    assert told() == []
    clock.move_to(NOW + DAY)
    assert job() is None
    assert told(K.OPENED) == [(K.OPENED, "kontakt"), (K.OPENED, "vara"), (K.OPENED, "annen")]


# --- Sending, returning, accepting -----------------------------


def test_a_receipt_to_the_one_who_sent_and_word_to_the_leader(sent: World) -> None:
    assert told(K.RECEIPT, K.WAITS) == [(K.RECEIPT, "kontakt"), (K.WAITS, "leder")]


def test_the_receipt_says_what_its_page_says(sent: World, as_user: Any) -> None:
    report = sent.report()
    receipt = receipt_of(report, report.versions.get())
    page = as_user(sent.cast.kontakt).get(sent.path("kvittering")).content.decode()
    text = mail_of(K.RECEIPT).text
    for words in (receipt.sentence, receipt.reference, receipt.sha256, *receipt.next_steps):
        assert words.replace("\u00a0", " ") in text
        assert words in page.replace("&#xA0;", "\u00a0")
    assert f"{sent.path('kvittering')}?nr=1" in text


def test_the_leader_sees_what_is_off_plan(sent: World) -> None:
    mail = mail_of(K.WAITS, "leder")
    assert mail.subject == "Til godkjenning: klimarapport 2. tertial fra Samferdsel, vei- og parkforvaltning"
    assert "Fire tiltak, ett utenfor planen." in mail.text
    assert "Sendt av Kontakt Eksempel." in mail.text
    assert sent.path("godkjenn") in mail.text
    assert DELAYED.cause not in mail.text


def test_a_leader_who_sends_it_herself_is_not_told_that_it_waits(world: World) -> None:
    Appointment.objects.filter(role__in=[Role.CONTACT, Role.DEPUTY]).delete()
    for status in world.statuses():
        save_status(by=world.cast.leder, status=status, version=status.version, answers=ON_TRACK)
    report = world.report()
    submit_report(by=world.cast.leder, report=report, version=report.version)
    assert told(K.RECEIPT, K.WAITS) == [(K.RECEIPT, "leder")]


def test_a_return_goes_to_those_who_report_with_the_comment(sent: World) -> None:
    sent.give_back("Skriv mer om bilene.")
    assert told(K.RETURNED) == [(K.RETURNED, "kontakt"), (K.RETURNED, "vara")]
    mail = mail_of(K.RETURNED)
    assert "Skriv mer om bilene." in mail.text
    assert mail.subject == "Returnert: klimarapport 2. tertial fra Samferdsel, vei- og parkforvaltning"


def test_each_round_has_its_own_mail(sent: World) -> None:
    sent.give_back("Første.")
    sent.submit()
    sent.give_back("Andre.")
    assert [kind for kind, login in told() if login == "kontakt"] == [
        K.OPENED,
        K.RECEIPT,
        K.RETURNED,
        K.RECEIPT,
        K.RETURNED,
    ]
    texts = OutboxMail.objects.filter(report_message__kind=K.RETURNED, recipient_id=sent.cast.kontakt.pk)
    assert ["Første." in mail.text for mail in texts.order_by("pk")] == [True, False]


def test_acceptance_is_told_to_those_who_report(sent: World) -> None:
    report = sent.approve()
    assert told(K.WAITS_FOR_AREA, K.ASSURED) == []
    assure_report(by=sent.cast.klima, report=report, version=report.version, comment="Fint arbeid.")
    assert told(K.ASSURED) == [(K.ASSURED, "kontakt"), (K.ASSURED, "vara")]
    assert "Fint arbeid." in mail_of(K.ASSURED).text


def test_where_the_area_approves_its_leader_is_told(sent: World) -> None:
    UnitReport.objects.update(needs_area=True)
    sent.approve()
    assert told(K.WAITS_FOR_AREA) == [(K.WAITS_FOR_AREA, "direktor")]


def test_a_longer_deadline_is_told(world: World) -> None:
    UnitReport.objects.filter(unit=world.cast.transport).update(
        contact_deadline=DEADLINE + 7 * DAY, leader_deadline=DEADLINE + 10 * DAY
    )
    messages.tell_extended(world.report(), NOW)
    assert told(K.EXTENDED) == [(K.EXTENDED, "kontakt"), (K.EXTENDED, "vara")]
    assert "Ny frist: torsdag 17. september 2026 kl. 23.59" in mail_of(K.EXTENDED).text


def test_what_is_refused_tells_nobody(world: World) -> None:
    before = OutboxMail.objects.count()
    report = world.report()
    with pytest.raises(Refused):
        submit_report(by=world.cast.kontakt, report=report, version=report.version)
    assert OutboxMail.objects.count() == before


# --- The job -----------------------------


def test_reminders_follow_the_settings(world: World) -> None:
    ReportingSettings.objects.create(pk=1, first_reminder_days=9, second_reminder_days=1)
    with at(NOW + 2 * DAY):
        job()
    assert told(K.SECOND_REMINDER, K.FIRST_REMINDER) == []  # opened two days ago
    Period.objects.update(contact_deadline=DEADLINE + 6 * DAY, leader_deadline=DEADLINE + 7 * DAY)
    with at(NOW + 7 * DAY):
        job()
        job()
    assert told(K.FIRST_REMINDER, K.SECOND_REMINDER) == [
        (K.FIRST_REMINDER, "kontakt"),
        (K.FIRST_REMINDER, "vara"),
        (K.FIRST_REMINDER, "annen"),
    ]


def test_a_reminder_says_how_far_it_is(world: World) -> None:
    status = world.status("T1")
    save_status(by=world.cast.kontakt, status=status, version=1, answers=ON_TRACK)
    with at(DEADLINE.replace(hour=6)):
        job()
    mail = mail_of(K.DEADLINE_DAY)
    assert mail.subject == "I dag, 10. september, er fristen: klimarapport 2. tertial"
    assert "Fire tiltak. Ett er bekreftet, tre gjenstår." in mail.text


def test_the_whole_course_of_a_report_nobody_sends(world: World) -> None:
    world.answer(unit=world.cast.kitchen)
    kitchen = world.report(world.cast.kitchen)
    submit_report(by=world.cast.annen, report=kitchen, version=kitchen.version)
    approve_report(by=world.cast.annen_leder, report=kitchen, version=kitchen.version + 1)
    before = len(told())
    for day in range(20):
        with at((NOW + day * DAY).replace(hour=5, minute=2)):
            job()
            send_waiting_mail()
    assert [one for one in told()[before:] if one[0] != K.DIGEST] == [
        (K.DEADLINE_DAY, "kontakt"),
        (K.DEADLINE_DAY, "vara"),
        (K.OVERDUE, "kontakt"),
        (K.OVERDUE, "vara"),
        (K.REPORT_MISSING, "leder"),
    ]
    assert (
        "Kontaktperson og vara: Kontakt Eksempel, Vara Eksempel." in mail_of(K.REPORT_MISSING, "leder").text
    )


def test_klima_gets_the_week(sent: World) -> None:
    with at(NOW + 7 * DAY):
        job()
        job()
    assert told(K.DIGEST) == [(K.DIGEST, "klima")]
    mail = OutboxMail.objects.get(kind=K.DIGEST)
    assert mail.subject == "Uken i klimarapporteringen, 2. tertial: 1 mangler, 0 venter på Klima"
    assert "Mangler: 1\n- Ernæring og kjøkkendrift" in mail.text
    assert "Venter på virksomhetsleder: 1\n- Samferdsel, vei- og parkforvaltning" in mail.text


def test_the_week_counts_as_framdrift_does(sent: World) -> None:
    """Also what the municipality's own system sent, once it waits for somebody here."""
    sent.answer(unit=sent.cast.kitchen)
    kitchen = sent.report(sent.cast.kitchen)
    there = UnitReport.objects.filter(pk=kitchen.pk)
    there.update(place=Place.THERE)
    digest = digest_of(sent.period, NOW + 2 * DAY)
    assert (digest.missing, digest.waits_for_climate) == ((), ())
    there.update(place=Place.HERE)
    submit_report(by=sent.cast.annen, report=kitchen, version=kitchen.version)
    approve_report(by=sent.cast.annen_leder, report=kitchen, version=kitchen.version + 1)
    there.update(place=Place.THERE)
    approve_report(by=sent.cast.leder, report=sent.report(), version=sent.report().version)
    digest = digest_of(sent.period, NOW + 2 * DAY)
    assert digest.came_in == ("Ernæring og kjøkkendrift", "Samferdsel, vei- og parkforvaltning")
    assert digest.waits_for_climate == digest.came_in
    waiting = waiting_of(reports_in([sent.period]), NOW + 2 * DAY).values()
    assert len(digest.waits_for_climate) == sum(one.step == Step.CLIMATE for one in waiting)
    with at(NOW + 7 * DAY):
        job()
    assert OutboxMail.objects.get(kind=K.DIGEST).subject.endswith("0 mangler, 2 venter på Klima")


def test_nobody_without_a_part_is_told(world: World) -> None:
    before = len(told())
    User.objects.filter(email="kontakt@drammen.example").update(is_active=False)
    Appointment.objects.filter(user=world.cast.vara).update(valid_to=NOW.date())
    UnitReport.objects.filter(unit=world.cast.kitchen).update(place=Place.THERE)
    with at(DEADLINE.replace(hour=6)):
        job()
    # The leader reports where there is neither contact nor deputy.
    assert [one for one in told()[before:] if one[0] != K.DIGEST] == [(K.DEADLINE_DAY, "leder")]


def test_a_unit_that_is_over_is_left_in_peace(world: World) -> None:
    Unit.objects.filter(pk=world.cast.transport.pk).update(valid_to=NOW.date())
    before = len(told())
    with at(DEADLINE.replace(hour=6)):
        job()
    assert {login for _kind, login in told()[before:]} == {"annen", "klima"}


def test_a_closed_period_is_silent(world: World) -> None:
    Period.objects.update(closed_at=NOW)
    with at(DEADLINE.replace(hour=6)):
        job()
    assert told(K.DEADLINE_DAY) == []


@pytest.mark.parametrize("units", [1, 3])
def test_queries_do_not_grow_with_units(cast: Cast, clock: Any, units: int) -> None:
    world = build(cast)
    for number in range(units):
        unit = Unit.objects.create(name=f"Virksomhet {number}", kind="virksomhet", parent=cast.area)
        person = User.objects.create(email=f"k{number}@drammen.example", name=f"K {number} Eksempel")
        Appointment.objects.create(user=person, role=Role.CONTACT, unit=unit, valid_from=NOW.date())
        UnitReport.objects.create(period=world.period, unit=unit)
    job()
    delivered()
    with at(DEADLINE.replace(hour=6)), CaptureQueriesContext(connection) as captured:
        job()
    assert ReportMessage.objects.filter(kind=K.DEADLINE_DAY).count() == 3 + units
    assert len(captured) == 24


# --- Between queueing and sending -----------------------------


def delivered() -> list[str]:
    send_waiting_mail()
    return [message.subject for message in django_mail.outbox]


def test_a_reminder_is_called_off_when_the_report_comes_first(world: World) -> None:
    with at(DEADLINE.replace(hour=6)):
        job()
        world.answer()
        world.submit()
        subjects = delivered()
    assert [subject for subject in subjects if "I dag" in subject] == [
        "I dag, 10. september, er fristen: klimarapport 2. tertial"  # the kitchen's
    ]
    assert mail_of(K.DEADLINE_DAY).state == MailState.CANCELLED
    assert mail_of(K.DEADLINE_DAY, "annen").state == MailState.SENT
    assert mail_of(K.RECEIPT).state == MailState.SENT


def test_a_reminder_is_called_off_when_the_deadline_moves(world: World) -> None:
    with at(DEADLINE.replace(hour=6)):
        job()
        UnitReport.objects.update(contact_deadline=DEADLINE + 7 * DAY, leader_deadline=DEADLINE + 9 * DAY)
        delivered()
    assert mail_of(K.DEADLINE_DAY).state == MailState.CANCELLED


def test_a_role_that_ended_gets_nothing(world: World) -> None:
    with at(DEADLINE.replace(hour=6)):
        job()
        Appointment.objects.filter(user=world.cast.kontakt).update(valid_to=(DEADLINE - DAY).date())
        delivered()
    assert mail_of(K.DEADLINE_DAY).state == MailState.CANCELLED
    assert mail_of(K.DEADLINE_DAY, "vara").state == MailState.SENT


def test_what_waits_keeps_its_distance_from_when_it_is_sent(world: World) -> None:
    """The server was down: the opening reaches people days after it was queued."""
    later = open_period(
        by=world.cast.klima,
        year=2026,
        kind=PeriodKind.ANNUAL,
        budget=world.budget,
        **deadlines(NOW - 2 * DAY),
    )
    for days in (4, 6):
        with at(NOW + days * DAY):
            facts = facts_of(later, timezone.now())
            assert {one.at for report in facts.reports for one in report.told} == {NOW + days * DAY}
    with at(NOW + 6 * DAY):
        delivered()
    with at(NOW + 10 * DAY):
        facts = facts_of(later, timezone.now())
    assert {one.at for report in facts.reports for one in report.told} == {NOW + 6 * DAY}


def test_receipts_are_sent_whatever_happens_next(sent: World) -> None:
    sent.give_back()
    delivered()
    assert mail_of(K.RECEIPT).state == MailState.SENT
    assert mail_of(K.WAITS, "leder").state == MailState.CANCELLED
    assert mail_of(K.RETURNED).state == MailState.SENT


# --- Further up -----------------------------


@pytest.fixture
def overdue(world: World) -> Iterator[World]:
    """The leader has been told; it is the day after."""
    delivered()
    for day in (3, 8, 9):
        with at((NOW + day * DAY).replace(hour=5, minute=2)):
            job()
            send_waiting_mail()
    with at(NOW + 10 * DAY):
        yield world


def test_klima_releases_with_a_reason_and_the_leader_above_is_told(overdue: World) -> None:
    assert told(K.REPORT_MISSING) == [(K.REPORT_MISSING, "leder"), (K.REPORT_MISSING, "annen-leder")]
    version = overdue.report().version
    release_escalation(by=overdue.cast.klima, report=overdue.report(), reason=" Tredje gang i år. ")
    assert told(K.ESCALATED) == [(K.ESCALATED, "direktor")]
    mail = mail_of(K.ESCALATED, "direktor")
    assert "Virksomhet Klima skriver: Tredje gang i år." in mail.text
    assert "Leder: Leder Eksempel." in mail.text
    release = EscalationRelease.objects.get()
    assert (release.by, release.reason) == (overdue.cast.klima, "Tredje gang i år.")
    assert overdue.report().version == version  # whoever is writing in it is not disturbed
    with at(timezone.now() + 6 * DAY):
        job()
    assert told(K.ESCALATED) == [(K.ESCALATED, "direktor")]


def test_never_further_up_without_klima(overdue: World) -> None:
    for day in range(12):
        with at(NOW + (11 + day) * DAY):
            job()
    assert told(K.ESCALATED) == []


@pytest.mark.parametrize("name", ["kontakt", "leder", "direktor", "radmann", "revisor", "analyse", "ingen"])
def test_only_klima_releases(overdue: World, name: str) -> None:
    with pytest.raises(PermissionDenied):
        release_escalation(by=overdue.cast.people()[name], report=overdue.report(), reason="x")
    assert not EscalationRelease.objects.exists()


def release(world: World, reason: str = "Fordi.") -> None:
    release_escalation(by=world.cast.klima, report=world.report(), reason=reason)


def test_releasing_needs_a_reason_a_deadline_and_a_leader_who_knows(world: World) -> None:
    with pytest.raises(Refused, match="hvorfor"):
        release(world, "  ")
    with pytest.raises(Refused, match="ikke gått ut"):
        release(world)
    with at(DEADLINE + DAY), pytest.raises(Refused, match="ikke varslet ennå"):
        release(world)


def test_it_is_released_once(overdue: World) -> None:
    release(overdue)
    with pytest.raises(Refused, match="allerede frigitt"):
        release(overdue)
    assert EscalationRelease.objects.count() == 1


def test_it_needs_somebody_above(overdue: World) -> None:
    Unit.objects.filter(pk=overdue.cast.transport.pk).update(parent=None)
    with pytest.raises(Refused, match="noen leder over"):
        release(overdue)


# --- Trying again -----------------------------


def test_klima_tries_a_failed_mail_again(world: World) -> None:
    messages.tell_extended(world.report(), NOW)
    row = ReportMessage.objects.select_related("mail").latest("pk")
    assert not retry_message(by=world.cast.klima, message=row)
    OutboxMail.objects.filter(pk=row.mail_id).update(state=MailState.FAILED, last_error="550 nei")
    with pytest.raises(PermissionDenied):
        retry_message(by=world.cast.revisor, message=row)
    assert retry_message(by=world.cast.klima, message=row)
    assert OutboxMail.objects.get(pk=row.mail_id).state == MailState.QUEUED


# --- Two at once -----------------------------


def run_at_once(runs: int = 4) -> dict[str, int]:
    """Messages of the deadline day by login, when the job starts several times at the same moment."""
    with at(DEADLINE.replace(hour=6)):
        queued = at_once(*[queue_due_messages] * runs)
    assert all(isinstance(number, int) for number in queued), queued
    counted: dict[str, int] = {}
    for _kind, login in told(K.DEADLINE_DAY):
        counted[login] = counted.get(login, 0) + 1
    return counted


ONCE = {"kontakt": 1, "vara": 1, "annen": 1}


@pytest.mark.django_db(transaction=True)
def test_the_job_run_twice_at_once_tells_once(world: World) -> None:
    assert run_at_once() == ONCE


@pytest.mark.django_db(transaction=True)
def test_the_lock_alone_is_enough(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Due, "key", property(lambda due: f"{due.kind}-{id(due)}-{threading.get_ident()}"))
    assert run_at_once() == ONCE


@pytest.mark.django_db(transaction=True)
def test_the_key_alone_is_enough(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows)
    assert run_at_once() == ONCE


@pytest.mark.django_db(transaction=True)
def test_control_without_lock_and_key_people_are_told_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows)
    monkeypatch.setattr(Due, "key", property(lambda due: f"{due.kind}-{id(due)}-{threading.get_ident()}"))
    both_meet(monkeypatch, messages, "facts_of")
    assert run_at_once(2) == dict.fromkeys(ONCE, 2)


# --- The command -----------------------------


def command(*arguments: str) -> str:
    out = StringIO()
    call_command("send_reminders", *arguments, stdout=out)
    return out.getvalue()


def test_a_dry_run_shows_and_queues_nothing(world: World) -> None:
    before = OutboxMail.objects.count()
    said = command("--dry-run", "--now", "2026-09-10T07:00")
    assert "Fristen er i dag  Kontakt Eksempel <kontakt@drammen.example>  I dag, 10. september" in said
    assert said.endswith("Ville blitt lagt i kø: 4. Ingenting er sendt.\n")
    assert "Svar her:" not in said
    assert "Svar her:" in command("--dry-run", "--now", "2026-09-10T07:00", "--text")
    assert command("--dry-run").endswith("Ville blitt lagt i kø: 1. Ingenting er sendt.\n")  # Klima's week
    assert OutboxMail.objects.count() == before


def test_without_dry_run_it_queues(world: World) -> None:
    with at(DEADLINE.replace(hour=6)):
        assert command() == "Lagt i kø: 4.\n"
        assert command() == "Lagt i kø: 0.\n"


@pytest.mark.parametrize(
    "arguments", [("--now", "2026-09-10T07:00"), ("--dry-run", "--now", "i går"), ("--text",)]
)
def test_what_the_command_refuses(world: World, arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        command(*arguments)


# --- What the database holds -----------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reporting_reportmessage SET kind = 'overdue'",
        "DELETE FROM reporting_reportmessage",
        "INSERT INTO reporting_reportmessage (period_id, report_id, user_id, kind, mail_id) "
        "SELECT period_id, NULL, user_id, 'overdue', mail_id FROM reporting_reportmessage LIMIT 1",
        "INSERT INTO reporting_reportmessage (period_id, report_id, user_id, kind, mail_id) "
        "SELECT period_id, report_id, user_id, 'hilsen', mail_id FROM reporting_reportmessage LIMIT 1",
        "UPDATE reporting_escalationrelease SET reason = 'en annen'",
        "DELETE FROM reporting_escalationrelease",
        "INSERT INTO reporting_escalationrelease (report_id, reason, at, by_system) "
        "SELECT report_id, '', now(), 'x' FROM reporting_escalationrelease",
    ],
)
def test_the_log_cannot_be_rewritten(world: World, statement: str) -> None:
    EscalationRelease.objects.create(report=world.report(), reason="Fordi.", by_system="demo")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
