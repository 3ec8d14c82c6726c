"""What of the organisation's has an age."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.actions.erasing import erase_former_people
from organisation.actions.handovers import NOTE_KEPT, empty_old_notes
from organisation.models import LoginLogEntry
from web.actors import Actor, acting
from web.contributions import AgeEnds, Retention
from web.triggers import end_of_age


def ages() -> list[Retention]:
    """People's names, notes about tasks, and lines of the login log."""
    return [
        Retention(
            kind="person",
            what=_("Navn og adresse, regnet fra den siste rollens siste dag"),
            days=settings.PERSON_KEPT_DAYS,
            ends=AgeEnds.BY_ROLE,
            carry_out=_erase_people,
            setting="PORTAL_PERSON_KEPT_DAYS",
        ),
        Retention(
            kind="handover_note",
            what=_("Notatet i en overlevering, regnet fra rollens siste dag"),
            days=NOTE_KEPT.days,
            ends=AgeEnds.EMPTIED,
            carry_out=_empty_notes,
        ),
        Retention(
            kind="login_log",
            what=_("En linje i innloggingsloggen"),
            days=settings.LOGIN_LOG_KEPT_DAYS,
            ends=AgeEnds.DELETED,
            carry_out=_delete_login_log,
            setting="PORTAL_LOGIN_LOG_KEPT_DAYS",
        ),
    ]


def _erase_people(by: Actor, now: datetime) -> int:
    return erase_former_people(by=by, now=now)


def _empty_notes(by: Actor, now: datetime) -> int:
    return empty_old_notes(by=by, today=timezone.localdate(now))


def _delete_login_log(by: Actor, _now: datetime) -> int:
    old = LoginLogEntry.objects.filter(at__lt=end_of_age("LOGIN_LOG_KEPT_DAYS"))
    with acting(by, _("Gamle linjer i innloggingsloggen slettet")):
        return old.delete()[0]
