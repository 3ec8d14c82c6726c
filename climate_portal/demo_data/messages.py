"""The mail of the demo's two periods: sent when what it is about happened."""

from __future__ import annotations

from django.db.models import F

from reporting.enums import PeriodKind
from reporting.models import Period
from web.enums import MailState
from web.mail_folder import FolderBackend
from web.mail_sending import as_message
from web.models import OutboxMail


def load_messages() -> None:
    """What the loading has queued was sent when it was queued, by the dates of what it tells.

    It would not be sent any more: most of those it is for have answered since.
    """
    OutboxMail.objects.filter(state=MailState.QUEUED).update(
        state=MailState.SENT, attempts=1, tried_at=F("created"), sent_at=F("created")
    )


def fill_letter_box() -> None:
    """Writes the newest period's mail to the folder the demo shows: after the loading is stored."""
    period = Period.objects.get(kind=PeriodKind.SECOND_TERTIAL)
    for mail in OutboxMail.objects.filter(report_message__period=period).order_by("pk"):
        as_message(mail, FolderBackend()).send()
