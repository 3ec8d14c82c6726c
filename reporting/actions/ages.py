"""What of reporting's has an age."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from reporting.models import ReportMessage
from web.actors import Actor, acting
from web.contributions import AgeEnds, Retention
from web.enums import MailState
from web.triggers import end_of_age


def ages() -> list[Retention]:
    """Lines of the log of messages: as long as the mail they are about."""
    return [
        Retention(
            kind="report_message",
            what=_("En linje i loggen over varsler"),
            days=settings.SENT_MAIL_KEPT_DAYS,
            ends=AgeEnds.DELETED,
            carry_out=_delete_messages,
            setting="PORTAL_SENT_MAIL_KEPT_DAYS",
        )
    ]


def _delete_messages(by: Actor, _now: datetime) -> int:
    end = end_of_age("SENT_MAIL_KEPT_DAYS")
    old = ReportMessage.objects.filter(mail__state=MailState.SENT, mail__sent_at__lt=end)
    with acting(by, _("Gamle linjer i loggen over varsler slettet")):
        return old.delete()[0]
