"""Where somebody is logged in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from organisation.models import User


@dataclass(frozen=True, slots=True)
class OpenSession:
    pk: int
    since: datetime
    address: str
    user_agent: str
    is_this: bool


def open_sessions(user: User, key: str | None) -> list[OpenSession]:
    """Those that have not ended, this one first, then the newest; one query."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    rows = UserSession.objects.filter(user=user, session_key__in=alive).order_by("-created_at", "-pk")
    found = [
        OpenSession(row.pk, row.created_at, row.ip, row.user_agent, row.session_key == key) for row in rows
    ]
    return sorted(found, key=lambda one: not one.is_this)
