"""The mail of the demo's two periods: sent when what it tells of happened."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db.models import F
from django.utils import timezone

from reporting.calculations.messages import SENT_FROM, SENT_UNTIL
from reporting.calculations.working_days import is_working_day
from reporting.enums import MessageKind, PeriodKind
from reporting.models import Period
from web.enums import MailState
from web.mail_folder import FolderBackend
from web.mail_sending import as_message
from web.models import OutboxMail


def when_mail_goes(now: datetime) -> datetime:
    """The moment itself, or noon of the last working day: the demo is the same on a Saturday night."""
    here = timezone.localtime(now)
    day = here.date()
    if is_working_day(day) and SENT_FROM <= here.time() < SENT_UNTIL:
        return now
    day -= timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time(12)))


def load_messages() -> None:
    """What the loading has queued was sent long ago, or just now.

    It would not be sent any more: most of those it is for have answered since.
    """
    for period in Period.objects.all():
        opened = OutboxMail.objects.filter(
            report_message__period=period, report_message__kind=MessageKind.OPENED
        )
        opened.update(created=period.opens_at)
    OutboxMail.objects.filter(state=MailState.QUEUED).update(
        state=MailState.SENT, attempts=1, tried_at=timezone.now(), sent_at=F("created")
    )


def fill_letter_box() -> None:
    """Writes the newest period's mail to the folder the demo shows: after the loading is stored."""
    period = Period.objects.get(kind=PeriodKind.SECOND_TERTIAL)
    for mail in OutboxMail.objects.filter(report_message__period=period).order_by("pk"):
        as_message(mail, FolderBackend()).send()
