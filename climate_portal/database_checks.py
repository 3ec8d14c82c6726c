"""The two roles seen from Django: rights that follow new tables, and a warning where the roles are one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections

from climate_portal.database_roles import powers, roles


def give_rights(*, using: str, **_: Any) -> None:
    """After every migrate: the application reads and writes what was made, and no more."""
    wanted, connection = roles(), connections[using]
    if wanted is None:
        return
    with connection.cursor() as cursor:
        if powers(cursor.connection, wanted.application) is not None:
            cursor.execute(replace(wanted, database=connection.settings_dict["NAME"]).rights())


@register(Tags.database)
def the_application_is_held(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """What the database promises holds for a role that cannot take the promise away."""
    return [found for alias in databases or () for found in _not_held(alias)]


def _not_held(alias: str) -> list[CheckMessage]:
    wanted = roles()
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT current_user")
        role = wanted.application if wanted else str(cursor.fetchone()[0])
        found = powers(cursor.connection, role)
    if found is None:
        return [Warning(f"Rollen {role} finnes ikke.", hint=_HINT, id="portal.W002")]
    if not found:
        return []
    return [Warning(not_protected(role, found), hint=_HINT, id="portal.W001")]


_HINT = "Sett DATABASE_OWNER_URL og kjør «manage.py database_roles»: se docs/drift.md."


def not_protected(role: str, found: Sequence[str]) -> str:
    """One sentence about what a role's powers come to."""
    can = " og ".join(part for part in (", ".join(found[:-1]), found[-1]) if part)
    return (
        f"Portalens rolle {role} {can}. "
        "Den kan endre og slette det som er vedtatt og publisert, logger og historikk."
    )
