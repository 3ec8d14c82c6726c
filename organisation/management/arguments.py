"""Whom a command acts for."""

from __future__ import annotations

from django.core.management.base import CommandError

from organisation.models import User
from web.actors import COMMAND_LINE, Actor


def actor_of(email: str | None) -> Actor:
    """The user a command acts for, or the command line itself. Raises CommandError."""
    if email is None:
        return COMMAND_LINE
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is None:
        raise CommandError(f"Ingen bruker har e-postadressen «{email}».")
    return user
