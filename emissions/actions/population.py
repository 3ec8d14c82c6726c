"""How many live in a municipality, registered and corrected."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from emissions.models import Municipality, Population
from organisation.rules import Permission, require
from web.actors import Actor, acting
from web.concurrency import save_versioned


def save_population(
    *,
    by: Actor,
    municipality: Municipality,
    year: int,
    inhabitants: int,
    source: str,
    is_example: bool = False,
    version: int = 0,
) -> Population:
    """Inhabitants on 1 January of a year: a new row with version 0, otherwise the row that has `version`.

    The same again changes nothing. Raises StaleObject when somebody has registered something else for the
    year since, and PermissionDenied.
    """
    require(by, Permission.IMPORT_EMISSIONS)
    fields: dict[str, Any] = {
        "inhabitants": inhabitants,
        "source": source.strip(),
        "is_example": is_example,
    }
    with acting(by, _("Folketall registrert")):
        row, is_new = Population.objects.get_or_create(municipality=municipality, year=year, defaults=fields)
        if not is_new and any(getattr(row, name) != value for name, value in fields.items()):
            save_versioned(row, expected=version, fields=fields)
    return row
