"""Mail is written into the outbox by the action it is about, in its transaction, and sent by a job.

    queue_mail([Letter(key=f"receipt:{version.pk}", …)])

Either both are stored or neither. What is sent, when, and how often it can happen: docs/adr/0044.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import make_msgid, parseaddr

from django.conf import settings
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from web.enums import MailState, MailTrouble
from web.models import OutboxMail

JOB = "web.send_mail"
# Where a link stands in a mail. It is put in when the mail is sent, and is stored nowhere; this is what who
# reads the outbox sees in its place.
LINK_HERE = "[Lenken står bare i e-posten som ble sendt.]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail to be sent once. `key` says which mail it is; `send_after` None is as soon as possible."""

    key: str
    kind: str
    recipient_id: int
    address: str
    name: str
    subject: str
    text: str
    about_url: str = ""
    send_after: datetime | None = None


def queue_mail(letters: Iterable[Letter], *, at: datetime | None = None) -> dict[str, OutboxMail]:
    """Puts the letters in the outbox; gives those that were not there before, by key. `at` None is now.

    A key that is there already, or that another transaction is putting there, is left as it is: nothing
    is queued twice. Raises RuntimeError outside a transaction, where the mail would tell of a change that
    may not happen.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("queue_mail belongs inside the action's transaction")
    # In the order of the keys, or two who queue the same letters would wait for each other.
    now = at or timezone.now()
    rows = [_outbox_mail(letter, now) for letter in sorted(letters, key=lambda letter: letter.key)]
    if not rows:
        return {}
    OutboxMail.objects.bulk_create(rows, ignore_conflicts=True)
    new = {mail.key: mail for mail in OutboxMail.objects.filter(message_id__in=[r.message_id for r in rows])}
    if new:
        _wake_the_worker()
    return new


def retry_mail(mail: OutboxMail) -> bool:
    """Puts a mail that failed back in the queue, as if never tried. False when it has not failed."""
    rows = OutboxMail.objects.filter(pk=mail.pk, state=MailState.FAILED)
    again = rows.update(
        state=MailState.QUEUED,
        attempts=0,
        tried_at=None,
        trouble=MailTrouble.NONE,
        last_error="",
        send_after=timezone.now(),
    )
    if again:
        _wake_the_worker()
    return bool(again)


def _wake_the_worker() -> None:
    """Asks for the mail to be sent at once, unless that waits to be done. It looks every minute anyhow."""
    if not ProcrastinateJob.objects.filter(task_name=JOB, status="todo").exists():
        app.configure_task(JOB).defer()


def site_address(path: str) -> str:
    """The whole address of a page, for a mail: the portal's own, whoever asked for the change."""
    return f"{settings.SITE_ORIGIN}{path}"


def _outbox_mail(letter: Letter, now: datetime) -> OutboxMail:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2]
    return OutboxMail(
        key=letter.key,
        kind=letter.kind,
        recipient_id=letter.recipient_id,
        address=letter.address,
        name=one_line(letter.name),
        subject=one_line(letter.subject),
        text=letter.text.strip() + "\n",
        about_url=letter.about_url,
        message_id=make_msgid(domain=domain or "localhost"),
        created=now,
        send_after=letter.send_after or now,
    )


def one_line(text: str) -> str:
    """For a header, which a line break would end."""
    return " ".join(text.split())
