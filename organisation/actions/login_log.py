"""Lines in the login log: by id, and never what was typed."""

from __future__ import annotations

from organisation.enums import LoginLogKind
from organisation.models import LoginLogEntry, User
from web.actor_columns import actor_values
from web.actors import Actor


def log_login(kind: LoginLogKind, user: User | None, by: Actor | None = None) -> None:
    """Adds a line. `user` None is an address that is nobody's here; `by` None is whoever was at the door."""
    LoginLogEntry.objects.create(kind=kind, user=user, **(actor_values("by", by) if by else {}))
