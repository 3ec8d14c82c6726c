"""Sends what waits in the outbox, one mail at a time, each in a transaction that holds its row.

The row is marked before the next is looked at. A process that dies after the server took the mail and
before the mark was stored sends it again, with the same Message-ID and the same text (docs/adr/0044).
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime, formataddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from web.contributions import collect, mail_objection
from web.enums import MailState, MailTrouble
from web.mail import LINK_HERE, site_address
from web.models import OutboxMail

log = logging.getLogger(__name__)

# A server that is down is asked once a minute, however many mails wait for it and whoever adds one.
PAUSE = timedelta(seconds=50)
LONGEST_WAIT_MINUTES = {MailTrouble.SERVER: 15, MailTrouble.RECIPIENT: 60}
# Four days of «not now» from the server that receives for an address. Our own server is waited for always.
MOST_ATTEMPTS = 100
_PERMANENT = 500
_CLOSING = 421


@dataclass(frozen=True, slots=True)
class _Failure:
    """Why a mail did not go: `trouble` NONE is for good."""

    trouble: MailTrouble
    sentence: str
    # Whether it is the address that was refused, and not the text.
    of_address: bool = False


def send_waiting_mail() -> None:
    """Sends all mail that is due. Several may do this at once: a row one of them holds is passed by.

    Stops at the first sign that the server is not there; what waits is tried again later.
    """
    if _is_paused():
        return
    server = get_connection()
    try:
        while _send_next(server):
            pass
    finally:
        # What is sent is sent, however badly we part.
        with suppress(smtplib.SMTPException, OSError):
            server.close()


def _is_paused() -> bool:
    return OutboxMail.objects.filter(
        state=MailState.QUEUED, trouble=MailTrouble.SERVER, tried_at__gt=timezone.now() - PAUSE
    ).exists()


def _send_next(server: Any) -> bool:
    """Takes the mail that has waited longest. False when there is none, or no server to send it."""
    with transaction.atomic():
        waiting = OutboxMail.objects.select_for_update(skip_locked=True, no_key=True)
        mail = (
            waiting.filter(state=MailState.QUEUED, send_after__lte=timezone.now())
            .order_by("send_after", "pk")
            .first()
        )
        if mail is None:
            return False
        objection = _objection(mail)
        if objection:
            mail.state, mail.last_error = MailState.CANCELLED, objection
            mail.save(update_fields=["state", "last_error", "address"])
            return True
        failure = _hand_over(mail, server)
        _note(mail, failure)
    return failure is None or failure.trouble != MailTrouble.SERVER


def _objection(mail: OutboxMail) -> str:
    """Why the mail should not be sent after all, in our words; and it gets the address of today."""
    address_of: Callable[[int], str] = import_string(settings.MAIL_ADDRESS)
    address = address_of(mail.recipient_id)
    if not address:
        return _("Mottakeren er ikke lenger bruker av portalen.")
    mail.address = address
    if _link(mail) == "":
        return _("Lenken i e-posten gjelder ikke lenger.")
    return next((objection.reason for objection in collect(mail_objection, mail.pk)), "")


def _hand_over(mail: OutboxMail, server: Any) -> _Failure | None:
    try:
        server.open()
        as_message(mail, server).send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as refused:
        return _refusal(refused)
    except OSError as error:
        # SMTPException is an OSError too: no connection, no login, no sender, no answer in time.
        return _Failure(MailTrouble.SERVER, _words(error))
    except Exception:
        log.exception("Mail %s could not be made", mail.pk)
        return _Failure(
            MailTrouble.NONE, _("E-posten kunne ikke lages. Meld fra til den som drifter portalen.")
        )
    return None


def as_message(mail: OutboxMail, server: Any = None) -> EmailMessage:
    """The mail as it is sent: the same bytes each time it is tried, as long as the address is the same."""
    return EmailMessage(
        subject=mail.subject,
        body=_body(mail),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[formataddr((mail.name, mail.address))],
        reply_to=[settings.SUPPORT_EMAIL],
        headers={
            "Message-ID": mail.message_id,
            "Date": format_datetime(timezone.localtime(mail.created)),
            # Nobody's out-of-office reply should come back.
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
        connection=server,
    )


def _body(mail: OutboxMail) -> str:
    link = _link(mail)
    return mail.text.replace(LINK_HERE, site_address(link)) if link else mail.text


def _link(mail: OutboxMail) -> str | None:
    """The page a mail's link leads to; None for mail without, empty when the link would not hold."""
    if LINK_HERE not in mail.text:
        return None
    link_of: Callable[[str, int, datetime], str | None] = import_string(settings.MAIL_LINK)
    return link_of(mail.kind, mail.recipient_id, mail.created)


def _refusal(refused: smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) -> _Failure:
    """What the server said about this one mail: «never» from 500 on, «not now» below."""
    if isinstance(refused, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(refused.recipients.values()))
        sentence = _sentence(code, said)
    else:
        code, sentence = refused.smtp_code, _sentence(refused.smtp_code, refused.smtp_error)
    if code == _CLOSING:
        return _Failure(MailTrouble.SERVER, sentence)
    trouble = MailTrouble.NONE if code >= _PERMANENT else MailTrouble.RECIPIENT
    return _Failure(trouble, sentence, of_address=isinstance(refused, smtplib.SMTPRecipientsRefused))


def _words(error: OSError) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _sentence(error.smtp_code, error.smtp_error)
    return str(error) or type(error).__name__


def _sentence(code: int, said: bytes | str) -> str:
    return f"{code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}"


def _note(mail: OutboxMail, failure: _Failure | None) -> None:
    """Writes what came of the attempt."""
    now = timezone.now()
    mail.attempts += 1
    mail.tried_at = now
    mail.trouble = failure.trouble if failure else MailTrouble.NONE
    mail.last_error = failure.sentence if failure else ""
    if failure is None:
        mail.state, mail.sent_at = MailState.SENT, now
    elif failure.trouble == MailTrouble.NONE or _has_waited_enough(mail):
        mail.state, mail.trouble = MailState.FAILED, MailTrouble.NONE
    else:
        longest = LONGEST_WAIT_MINUTES[failure.trouble]
        mail.send_after = now + timedelta(minutes=min(2 ** min(mail.attempts - 1, 10), longest))
    mail.save()
    if failure is None or (mail.state == MailState.FAILED and failure.of_address):
        outcome: Callable[[int, str, datetime | None], None] = import_string(settings.MAIL_OUTCOME)
        outcome(mail.recipient_id, mail.address, now if failure else None)


def _has_waited_enough(mail: OutboxMail) -> bool:
    return mail.trouble == MailTrouble.RECIPIENT and mail.attempts >= MOST_ATTEMPTS
