"""Two steps: set up, asked, turned off, and reset by an administrator. Secrets are stored encrypted."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.actions.login_log import log_login
from organisation.actions.sessions import end_sessions_of
from organisation.enums import LoginLogKind
from organisation.models import User
from organisation.queries.two_steps import has_two_steps, is_required
from organisation.rules import Permission, require
from organisation.words.two_steps import reset_mail
from web.actors import Actor, acting
from web.mail import Letter, queue_mail
from web.refusals import Closed, Refusal, Refused

_Kind = Authenticator.Type


def set_up_two_steps(*, by: User, secret: str, code: str) -> None:
    """Stores the app's secret when it gives the right code, with ten recovery codes.

    Raises Refused for a wrong code, and Closed when it is set up already.
    """
    with acting(by, _("Totrinn satt opp")):
        User.objects.select_for_update().get(pk=by.pk)
        if has_two_steps(by):
            raise Closed(_("Totrinn er satt opp allerede."))
        if not validate_totp_code(secret, code.strip()):
            raise _wrong_code()
        TOTP.activate(by, secret)
        _new_codes(by)
        log_login(LoginLogKind.MFA_SET, by, by)


def is_right_code(*, user: User, code: str) -> bool:
    """Whether the app, or a recovery code that is not used, gives the code; either works once. Logged."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        rows = {row.type: row for row in Authenticator.objects.filter(user_id=user.pk)}
        app, reserve = rows.get(_Kind.TOTP), rows.get(_Kind.RECOVERY_CODES)
        if app is not None and TOTP(app).validate_code(code.strip()):
            app.record_usage()
            return True
        # Eight figures are read aloud and written in groups.
        if reserve is not None and RecoveryCodes(reserve).validate_code("".join(code.split())):
            reserve.record_usage()
            log_login(LoginLogKind.CODE_USED, user, user)
            return True
        log_login(LoginLogKind.MFA_FAILED, user)
    return False


def renew_codes(*, by: User) -> None:
    """Ten new recovery codes; the old ones no longer work. Raises Closed without two steps."""
    with acting(by, _("Nye reservekoder")):
        if not has_two_steps(by):
            raise Closed(_("Sett opp totrinn først."))
        _new_codes(by)
        log_login(LoginLogKind.CODES_RENEWED, by, by)


def turn_off_two_steps(*, by: User) -> None:
    """One password is enough again. Raises Closed where two steps are required of her."""
    with acting(by, _("Totrinn slått av")):
        if is_required(by):
            raise Closed(_("Rollen din krever totrinn."))
        Authenticator.objects.filter(user_id=by.pk).delete()
        log_login(LoginLogKind.MFA_REMOVED, by, by)


def reset_two_steps(*, by: Actor, user: User) -> None:
    """For somebody who has lost both telephone and codes: out everywhere, told by mail, sets up anew.

    Raises PermissionDenied, and Closed when there is nothing to reset.
    """
    require(by, Permission.MANAGE_ORGANISATION)
    with acting(by, _("Totrinn nullstilt")):
        if not Authenticator.objects.filter(user_id=user.pk).delete()[0]:
            raise Closed(_("{name} har ikke totrinn.").format(name=user.name))
        end_sessions_of(user)
        log_login(LoginLogKind.MFA_RESET, user, by)
        now, words = timezone.now(), reset_mail(user.name, reverse("account_two_steps"))
        letter = Letter(
            key=f"two_steps_reset:{user.pk}:{now.isoformat()}",
            kind="two_steps_reset",
            recipient_id=user.pk,
            address=user.email,
            name=user.name,
            subject=words.subject,
            text=words.text,
        )
        queue_mail([letter], at=now)


def _new_codes(user: User) -> None:
    Authenticator.objects.filter(user_id=user.pk, type=_Kind.RECOVERY_CODES).delete()
    RecoveryCodes.activate(user)


def _wrong_code() -> Refused:
    return Refused(Refusal(_("Koden er feil. Skriv de seks sifrene appen viser nå."), field="code"))
