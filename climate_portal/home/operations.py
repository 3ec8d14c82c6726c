"""What those who look after the portal are told on Min side when its background jobs are not done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.rules import Permission, has_permission
from web.contributions import Task
from web.formats import format_datetime
from web.worker import StuckQueue, stuck_queue


def operation_tasks(user: AbstractBaseUser, now: datetime) -> Iterator[Task]:
    """A queue that stands still, for those who can have it started; two queries for them."""
    if not has_permission(user, Permission.TEND_PORTAL):
        return
    stuck = stuck_queue()
    if stuck is not None:
        yield Task(
            title=_("Bakgrunnsjobben står stille"),
            detail=_sentence(stuck),
            url=reverse("ready"),
            button=_("Sjekk om den er i gang"),
        )


def _sentence(stuck: StuckQueue) -> str:
    since = format_datetime(stuck.since)
    if not stuck.worker_is_up:
        return _(
            "Be den som drifter portalen starte bakgrunnsjobben igjen. Den har ikke gjort noe siden {since}, "
            "og e-post, PDF-er og lesing av store filer venter på den."
        ).format(since=since)
    return ngettext(
        "Be den som drifter portalen se i loggen og starte bakgrunnsjobben på nytt. Den er i gang, men "
        "{n} oppgave har ventet siden {since}.",
        "Be den som drifter portalen se i loggen og starte bakgrunnsjobben på nytt. Den er i gang, men "
        "{n} oppgaver har ventet siden {since}.",
        stuck.waiting,
    ).format(n=stuck.waiting, since=since)
