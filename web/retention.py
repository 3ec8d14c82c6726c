"""What has an age: the one place that lets it go. What there is, the rooms say by the slot `retention`."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _

from web.actors import Actor, acting
from web.contributions import AgeEnds, Retention, collect, retention
from web.enums import MailState
from web.models import OutboxMail, Submission
from web.register.uploads import UPLOAD_LIFE, forget_old_uploads
from web.triggers import end_of_age

DAY = 24 * 60 * 60
# Nobody has the same form open for so long, and sends it twice.
SUBMISSION_KEPT = timedelta(days=90)


def carry_out_ages(*, by: Actor, now: datetime) -> dict[str, int]:
    """Lets go of what is too old; gives how many, by kind. Twice is harmless.

    Each kind is a transaction of its own, and one that fails does not stand in the way of the next. Raises
    what failed when all are tried.
    """
    done, failed = {}, []
    for one in collect(retention):
        try:
            with transaction.atomic():
                done[one.kind] = one.carry_out(by, now)
        except Exception as error:
            failed.append(error)
    if failed:
        raise ExceptionGroup("not everything that is too old is let go", failed)
    return done


def own_ages() -> list[Retention]:
    """The plumbing's own: bytes of files, sent mail, forms that were sent, and sessions that are over."""
    return [
        Retention(
            kind="upload_bytes",
            what=_("Innholdet i en fil som ikke er bekreftet"),
            days=UPLOAD_LIFE.days,
            ends=AgeEnds.EMPTIED,
            carry_out=_forget_uploads,
        ),
        Retention(
            kind="sent_mail",
            what=_("E-post som er sendt"),
            days=settings.SENT_MAIL_KEPT_DAYS,
            ends=AgeEnds.DELETED,
            carry_out=_delete_sent_mail,
            setting="PORTAL_SENT_MAIL_KEPT_DAYS",
        ),
        Retention(
            kind="submission",
            what=_("At et skjema er sendt"),
            days=SUBMISSION_KEPT.days,
            ends=AgeEnds.DELETED,
            carry_out=_delete_submissions,
        ),
        Retention(
            kind="session",
            what=_("En innlogging i en nettleser"),
            days=settings.SESSION_COOKIE_AGE // DAY,
            ends=AgeEnds.DELETED,
            carry_out=_delete_sessions,
        ),
        Retention(
            kind="login_place",
            what=_("Hvor noen er logget inn"),
            days=settings.SESSION_COOKIE_AGE // DAY,
            ends=AgeEnds.DELETED,
            carry_out=_delete_login_places,
        ),
    ]


def _forget_uploads(_by: Any, _now: datetime) -> int:
    return forget_old_uploads()


def _delete_sent_mail(by: Any, _now: datetime) -> int:
    """An hour after its time: what a room says about a mail goes before it, by an age of the room's own."""
    end = end_of_age("SENT_MAIL_KEPT_DAYS", hours=1)
    old = OutboxMail.objects.filter(state=MailState.SENT, sent_at__lt=end)
    with acting(by, _("Sendt e-post slettet")):
        return old.delete()[0]


def _delete_submissions(_by: Any, now: datetime) -> int:
    return Submission.objects.filter(created__lt=now - SUBMISSION_KEPT).delete()[0]


def _delete_sessions(_by: Any, now: datetime) -> int:
    return Session.objects.filter(expire_date__lt=now).delete()[0]


def _delete_login_places(_by: Any, now: datetime) -> int:
    """Of sessions that are gone; after them, and never of one that is just being made."""
    old = UserSession.objects.filter(created_at__lt=now - timedelta(seconds=settings.SESSION_COOKIE_AGE))
    return old.exclude(session_key__in=Session.objects.values("session_key")).delete()[0]
