"""One-time links: asked for, sent, and used once."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from organisation.actions.login_log import log_login
from organisation.calculations.addresses import normal_address
from organisation.enums import LinkPurpose, LoginLogKind
from organisation.models import User
from organisation.queries.links import read_link
from organisation.words.links import link_mail, why_closed
from web.actors import acting
from web.mail import Letter, queue_mail
from web.refusals import Closed

JOB = "organisation.send_link"
_LOGGED = {
    LinkPurpose.INVITATION: LoginLogKind.PASSWORD_CHOSEN,
    LinkPurpose.NEW_PASSWORD: LoginLogKind.PASSWORD_RESET,
}


def ask_for_link(*, address: str, purpose: LinkPurpose) -> None:
    """Orders a link to the address, whether it is anybody's or not: the same work, and so the same time.

    The job is given whose it is, never what was typed.
    """
    found = User.objects.filter(email=normal_address(address), is_active=True).values_list("pk", flat=True)
    app.configure_task(JOB).defer(user_id=found.first() or 0, purpose=str(purpose))


def send_link(*, user_id: int, purpose: LinkPurpose) -> None:
    """Mails a link to who asked for it; to nobody, when it is nobody's address."""
    with transaction.atomic():
        users = list(User.objects.filter(pk=user_id, is_active=True))
        queue_link_mail(purpose, users)


def queue_link_mail(purpose: LinkPurpose, users: Collection[User]) -> None:
    """A mail with a link to each of them; the caller's transaction and rights."""
    now = timezone.now()
    letters = []
    for user in users:
        words = link_mail(purpose, user.name)
        letters.append(
            Letter(
                key=f"{purpose}:{user.pk}:{now.isoformat()}",
                kind=purpose,
                recipient_id=user.pk,
                address=user.email,
                name=user.name,
                subject=words.subject,
                text=words.text,
            )
        )
    queue_mail(letters, at=now)


def choose_password(*, purpose: LinkPurpose, key: str, token: str, password: str) -> User:
    """What somebody does with her link, once: all who are logged in as her are out.

    Raises Closed when the link has been used, is too old, or is hers no longer.
    """
    with transaction.atomic():
        user = _holder(purpose, key, token)
        with acting(user, _("Passord valgt")):
            user.set_password(password)
            user.links_used += 1
            user.save(update_fields=["password", "links_used"])
            log_login(_LOGGED[purpose], user, user)
    return user


def open_account(*, key: str, token: str) -> User:
    """Takes a link that opens a locked account; the caller clears what was counted. Raises Closed."""
    with transaction.atomic():
        user = _holder(LinkPurpose.OPEN_ACCOUNT, key, token)
        User.objects.filter(pk=user.pk).update(links_used=F("links_used") + 1)
        log_login(LoginLogKind.ACCOUNT_OPENED, user, user)
    return user


def _holder(purpose: LinkPurpose, key: str, token: str) -> User:
    link = read_link(purpose, key, token, hold=True)
    if link.holder is None:
        raise Closed(why_closed(purpose, link.state))
    return link.holder
