"""Whether mail arrives at people's addresses."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.actions.login_log import log_login
from organisation.enums import LoginLogKind
from organisation.models import User
from organisation.rules import Permission, require
from web.actors import Actor, acting
from web.refusals import Closed


def note_outcome(user_id: int, address: str, failed_at: datetime | None) -> None:
    """A mail was refused at the address for good, or None: one arrived. Of another address, it is no news.

    The outbox calls it in the transaction that notes what came of a mail.
    """
    rows = User.objects.filter(pk=user_id, email=address)
    if failed_at is None:
        rows = rows.filter(mail_failed_at__isnull=False)
    rows.update(mail_failed_at=failed_at)


def mark_as_returned(*, by: Actor, user: User) -> None:
    """An administrator has got a mail in return. Raises PermissionDenied, and Closed for one shut out."""
    require(by, Permission.MANAGE_ORGANISATION)
    with acting(by, _("E-post merket som returnert")):
        if not User.objects.filter(pk=user.pk, is_active=True).update(mail_failed_at=timezone.now()):
            raise Closed(_("{name} er stengt ute, og får ingen e-post.").format(name=user.name))
        log_login(LoginLogKind.MAIL_RETURNED, user, by)
