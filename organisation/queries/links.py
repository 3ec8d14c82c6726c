"""One-time links: who they are for, and whether they still hold. Nothing about a link is stored.

A link is made of what stands in the person's row: another password, another address, a login or a link that
was used, and it no longer fits. The mail in the outbox has none; it is made when the mail is sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.encoding import force_bytes
from django.utils.http import base36_to_int, int_to_base36, urlsafe_base64_decode, urlsafe_base64_encode

from organisation.enums import LinkPurpose
from organisation.models import User

# For how many hours a link holds, from when it was asked for.
HOURS = {LinkPurpose.INVITATION: 72, LinkPurpose.NEW_PASSWORD: 4, LinkPurpose.OPEN_ACCOUNT: 4}
_ROUTES = {
    LinkPurpose.INVITATION: "account_welcome",
    LinkPurpose.NEW_PASSWORD: "account_new_password",
    LinkPurpose.OPEN_ACCOUNT: "account_open",
}
_SIGNS = 32


class LinkState(Enum):
    HOLDS = "holds"
    TOO_OLD = "too_old"
    # Used, or made for another address or password, or by nobody.
    VOID = "void"
    # Whoever it was for has been shut out.
    SHUT_OUT = "shut_out"


@dataclass(frozen=True, slots=True)
class Link:
    state: LinkState
    user: User | None = None

    @property
    def holder(self) -> User | None:
        """Who may do what the link is for."""
        return self.user if self.state == LinkState.HOLDS else None


def link_path(user: User, purpose: LinkPurpose, at: datetime) -> str:
    """The address of the page the link leads to."""
    moment = int(at.timestamp())
    token = f"{int_to_base36(moment)}-{_signature(user, purpose, moment, settings.SECRET_KEY)}"
    return reverse(_ROUTES[purpose], args=[urlsafe_base64_encode(force_bytes(user.pk)), token])


def read_link(purpose: LinkPurpose, key: str, token: str, *, hold: bool = False) -> Link:
    """What has become of a link; one query. `hold` keeps the person's row until the transaction ends."""
    try:
        pk = int(urlsafe_base64_decode(key).decode())
        written, _dash, signature = token.partition("-")
        moment = base36_to_int(written)
        if int_to_base36(moment) != written:
            return Link(LinkState.VOID)
    except ValueError:
        return Link(LinkState.VOID)
    rows = User.objects.select_for_update() if hold else User.objects.all()
    user = rows.filter(pk=pk).first() if pk < 2**63 else None
    if user is None or not _fits(user, purpose, moment, signature):
        return Link(LinkState.VOID)
    if not user.is_active:
        return Link(LinkState.SHUT_OUT, user)
    made = datetime.fromtimestamp(moment, tz=timezone.get_current_timezone())
    return Link(LinkState.TOO_OLD if _is_old(purpose, made) else LinkState.HOLDS, user)


def link_of_mail(kind: str, recipient_id: int, asked_at: datetime) -> str | None:
    """The link a mail has its place for: None for mail without, empty for one that would not hold."""
    if kind not in list(LinkPurpose):
        return None
    purpose = LinkPurpose(kind)
    user = User.objects.filter(pk=recipient_id, is_active=True).first()
    return "" if user is None or _is_old(purpose, asked_at) else link_path(user, purpose, asked_at)


def _is_old(purpose: LinkPurpose, at: datetime) -> bool:
    return timezone.now() - at > timedelta(hours=HOURS[purpose])


def _fits(user: User, purpose: LinkPurpose, moment: int, signature: str) -> bool:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(constant_time_compare(_signature(user, purpose, moment, key), signature) for key in keys)


def _signature(user: User, purpose: LinkPurpose, moment: int, secret: str | bytes) -> str:
    login = user.last_login.isoformat() if user.last_login else ""
    said = "|".join(
        [str(user.pk), user.password, user.email, login, str(user.links_used), str(moment)],
    )
    salt = f"organisation.link.{purpose}"
    return salted_hmac(salt, said, secret=secret, algorithm="sha256").hexdigest()[:_SIGNS]
