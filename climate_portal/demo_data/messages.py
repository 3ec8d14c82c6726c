"""The mail of the demo's two periods: sent when what it tells of happened."""

from __future__ import annotations

from django.db.models import F
from django.utils import timezone

from climate_portal.web.enums import MailState
from climate_portal.web.mail_folder import FolderBackend
from climate_portal.web.mail_sending import as_message
from climate_portal.web.models import OutboxMail
from reporting.enums import MessageKind, PeriodKind
from reporting.models import Period


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
