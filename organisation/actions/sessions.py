"""Where somebody is logged in: ended one by one, or all at once."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from organisation.actions.login_log import log_login
from organisation.enums import LoginLogKind
from organisation.models import User
from web.actors import acting
from web.refusals import Refusal, Refused


def end_session(*, by: User, pk: int) -> None:
    """Logs her out in one place, at once. One that has ended, or is somebody else's, is passed by."""
    with transaction.atomic():
        _forget(list(UserSession.objects.filter(pk=pk, user=by)))


def end_all_sessions(*, by: User) -> None:
    """Logs her out everywhere, here too: the caller opens the one that stays."""
    with acting(by, _("Logget ut alle steder")):
        end_sessions_of(by)
        log_login(LoginLogKind.SIGNED_OUT_ALL, by, by)


def change_password(*, by: User, present: str, password: str) -> None:
    """Another password, and she is out everywhere. Raises Refused when the present one is wrong."""
    with acting(by, _("Passord endret")):
        fresh = User.objects.select_for_update().get(pk=by.pk)
        if not fresh.check_password(present):
            raise Refused(Refusal(_("Passordet er ikke riktig."), field="present"))
        fresh.set_password(password)
        fresh.links_used += 1
        fresh.save(update_fields=["password", "links_used"])
        end_sessions_of(fresh)
        log_login(LoginLogKind.PASSWORD_CHANGED, by, by)
    by.refresh_from_db(fields=["password", "links_used", "sessions_ended"])


def end_sessions_of(user: User) -> None:
    """No session of hers holds any more, whether it is in the list or not; the caller's transaction."""
    User.objects.filter(pk=user.pk).update(sessions_ended=F("sessions_ended") + 1)
    user.refresh_from_db(fields=["sessions_ended"])
    _forget(list(UserSession.objects.filter(user=user)))


def _forget(rows: list[UserSession]) -> None:
    Session.objects.filter(session_key__in=[row.session_key for row in rows]).delete()
    UserSession.objects.filter(pk__in=[row.pk for row in rows]).delete()
