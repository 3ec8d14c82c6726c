"""The login log, newest first."""

from __future__ import annotations

from django.db.models import QuerySet

from organisation.models import LoginLogEntry, User


def login_log() -> QuerySet[LoginLogEntry]:
    """All lines with whose they are and who did it; one query."""
    return LoginLogEntry.objects.select_related("user", "by").order_by("-at", "-pk")


def last_lines(user: User, most: int = 5) -> list[LoginLogEntry]:
    return list(login_log().filter(user=user)[:most])
