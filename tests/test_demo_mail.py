"""The demo's mail: sent when what it tells of happened, and nobody in it is written to for real.

Loaded on four days that have been trouble; what holds on every day is asked in tests/test_demo_dates.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from climate_portal.demo_data.dates import dates_for, next_mail
from climate_portal.demo_data.messages import fill_letter_box
from climate_portal.demo_data.organisation import DOMAIN
from climate_portal.demo_data.reports import NOT_REPORTED, RETURNED
from organisation.calculations.year import USUAL_QUIET_DAYS, is_asking_day
from reporting.calculations.messages import SENT_FROM, SENT_UNTIL
from reporting.enums import MessageKind, ReportState
from reporting.models import (
    MESSAGE_KIND_LABELS,
    DeadlineExtension,
    Period,
    ReportMessage,
    ReportTransition,
    ReportVersion,
    UnitReport,
)
from reporting.queries.message_overview import overview_of
from tests.demo_world import demo_loaded
from web.enums import MailState
from web.formats import local
from web.mail_folder import folder_mail
from web.models import OutboxMail

# A Monday whose returned unit was once told too late; Easter Eve, with the clock changed the night after; the
# last evening of the year; and the hour that comes twice in October, the second time.
DAYS = {
    "a Monday": datetime(2026, 11, 30, 7, 56, tzinfo=UTC),
    "Easter Eve": datetime(2027, 3, 27, 22, 40, tzinfo=UTC),
    "New Year's Eve": datetime(2026, 12, 31, 22, 30, tzinfo=UTC),
    "the clock changed": datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
}


@pytest.fixture(scope="module", params=DAYS)
def loaded(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker) -> Iterator[datetime]:
    """The demo loaded on one of the days, where the clock stays as long as its tests run."""
    now = DAYS[request.param]
    with django_db_blocker.unblock(), time_machine.travel(now, tick=False), demo_loaded():
        yield now


@pytest.fixture(autouse=True)
def demo_of_the_day(loaded: datetime, db: None) -> None:
    """The loaded demo in each test's own transaction."""


FIRST = str(MESSAGE_KIND_LABELS[MessageKind.FIRST_REMINDER])


def test_what_the_loading_queued_was_sent_when_it_happened() -> None:
    assert set(OutboxMail.objects.values_list("state", flat=True)) == {MailState.SENT}
    opened = ReportMessage.objects.filter(kind=MessageKind.OPENED).select_related("mail", "period")
    assert {row.mail.created == row.mail.sent_at == row.period.opens_at for row in opened} == {True}
    assert all(mail.address.endswith(f"@{DOMAIN}") for mail in OutboxMail.objects.all())


def test_it_was_sent_by_day_on_working_days(loaded: datetime) -> None:
    sent = [local(mail.sent_at) for mail in OutboxMail.objects.all()]
    assert len(sent) > 20
    assert all(is_asking_day(at.date(), USUAL_QUIET_DAYS) for at in sent)
    assert all(SENT_FROM <= at.time() < SENT_UNTIL for at in sent)
    assert max(sent) <= loaded


def test_the_steps_were_taken_when_the_mail_says(loaded: datetime) -> None:
    dates = dates_for(loaded)
    steps = ReportTransition.objects.filter(report__period__kind="T2", report__place="here")
    taken = {
        (ReportState.SUBMITTED, dates.second.submitted_at),
        (ReportState.APPROVED, dates.second.approved_at),
        (ReportState.RETURNED, dates.second.returned_at),
        (ReportState.ASSURED, dates.second.assured_at),
    }
    assert set(steps.values_list("to_state", "at")) == taken
    assert DeadlineExtension.objects.get().at == dates.extended_at
    first = Period.objects.get(kind="T1")
    assert first.closes_at == first.closed_at == dates.first.closes_at
    versions = ReportVersion.objects.filter(report__period=first).order_by("submitted_at")
    assert [one.submitted_at for one in versions][-1] == dates.last_mail  # the correction
    assert {one.submitted_at for one in versions if one.number == 1} == {dates.first.submitted_at}


def test_the_letter_box_holds_the_newest_period(settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_FILE_PATH = tmp_path
    fill_letter_box()
    found = folder_mail()
    assert len(found) == ReportMessage.objects.filter(period__kind="T2").count()
    subjects = [mail.subject for mail in found]
    assert (
        sum("tiltak, frist" in subject for subject in subjects)
        == UnitReport.objects.filter(period__kind="T2", place="here").count() + 1
    )  # Samferdsel has a deputy
    assert any(subject.startswith("Kvittering: ") for subject in subjects)
    assert any(subject.startswith("Kvalitetssikret: ") for subject in subjects)
    assert found == sorted(found, key=lambda mail: mail.at, reverse=True)


def test_those_who_have_not_answered_are_reminded_next(loaded: datetime) -> None:
    """On whichever day it is loaded: the first reminder is due, to the units that are still at it."""
    period = Period.objects.get(kind="T2")
    day = next_mail(loaded).date()
    groups = [group for group in overview_of(period, timezone.now()).planned if group.day == day]
    # Beside it only Klima's weekly summary, which is about no unit.
    reminded = {(group.label, one.unit) for group in groups for one in group.messages if one.unit}
    assert reminded == {(FIRST, unit) for unit in (*NOT_REPORTED, *RETURNED)}
