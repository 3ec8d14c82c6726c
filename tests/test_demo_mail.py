"""The demo's mail: sent when what it tells of happened, and nobody in it is written to for real."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from climate_portal.demo_data.messages import fill_letter_box
from climate_portal.demo_data.organisation import DOMAIN
from climate_portal.demo_data.reports import NOT_REPORTED, RETURNED
from reporting.enums import MessageKind
from reporting.models import MESSAGE_KIND_LABELS, Period, ReportMessage, UnitReport
from reporting.queries.message_overview import overview_of
from web.enums import MailState
from web.mail_folder import folder_mail
from web.models import OutboxMail

pytestmark = pytest.mark.usefixtures("demo_db")
FIRST = str(MESSAGE_KIND_LABELS[MessageKind.FIRST_REMINDER])


def test_what_the_loading_queued_was_sent_when_it_happened() -> None:
    assert set(OutboxMail.objects.values_list("state", flat=True)) == {MailState.SENT}
    opened = ReportMessage.objects.filter(kind=MessageKind.OPENED).select_related("mail", "period")
    assert {row.mail.created == row.mail.sent_at == row.period.opens_at for row in opened} == {True}
    assert all(mail.address.endswith(f"@{DOMAIN}") for mail in OutboxMail.objects.all())


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


def test_those_who_have_not_answered_are_reminded_next() -> None:
    """On whichever day it is loaded: the first reminder is due, to the units that are still at it."""
    period = Period.objects.get(kind="T2")
    groups = [group for group in overview_of(period, timezone.now()).planned if group.label == FIRST]
    assert {one.unit for group in groups for one in group.messages} == {*NOT_REPORTED, *RETURNED}
