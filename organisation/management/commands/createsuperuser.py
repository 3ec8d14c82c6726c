"""Django's own way to a first user, which knows nothing of units and roles: says what to do instead."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError

from web.commands import PortalCommand


class Command(PortalCommand):
    help = "Brukes ikke her: se «manage.py setup»."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        raise CommandError(
            "Portalen har ingen superbruker. Den første administratoren inviteres med "
            "«manage.py setup --municipality NAVN --number NNNN --admin-email E-POST --admin-name NAVN»."
        )
