"""How many live in a municipality, registered and corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from emissions.models import Municipality, Population
from organisation.rules import Permission, require
from web.actors import Actor, acting
from web.concurrency import StaleObject, save_versioned


@dataclass(frozen=True, slots=True, kw_only=True)
class PopulationData:
    """Inhabitants on 1 January of a year. `version` 0: nothing stood there."""

    municipality: Municipality
    year: int
    inhabitants: int
    source: str
    is_example: bool = False
    version: int = 0


# What a correction may change; the rest says which row it is.
_CHANGED = ("inhabitants", "source", "is_example")


def save_populations(*, by: Actor, rows: Sequence[PopulationData]) -> list[Population]:
    """Writes the rows, all or none: new ones, and those that stand at the version they were read at.

    The same again changes nothing. Three queries, and one for each row that is changed. Raises StaleObject
    when somebody has registered something else for a year since, and PermissionDenied.
    """
    require(by, Permission.IMPORT_EMISSIONS)
    with acting(by, _("Folketall registrert")):
        # The municipalities first: two who register the same year come one after the other.
        ours = sorted({row.municipality.pk for row in rows})
        list(Municipality.objects.select_for_update(no_key=True).filter(pk__in=ours).order_by("pk"))
        stored = {
            (row.municipality_id, row.year): row
            for row in Population.objects.filter(municipality__in=ours, year__in={row.year for row in rows})
        }
        saved, new = [], []
        for row in rows:
            there = stored.get((row.municipality.pk, row.year))
            fields = {name: getattr(row, name) for name in _CHANGED}
            if there is None:
                if row.version:
                    raise StaleObject(None)
                there = Population(municipality=row.municipality, year=row.year, **fields)
                new.append(there)
            elif any(getattr(there, name) != value for name, value in fields.items()):
                save_versioned(there, expected=row.version, fields=fields)
            saved.append(there)
        Population.objects.bulk_create(new)
    return saved


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
    """One row, as `save_populations` does."""
    data = PopulationData(
        municipality=municipality,
        year=year,
        inhabitants=int(inhabitants),
        source=source.strip(),
        is_example=is_example,
        version=version,
    )
    return save_populations(by=by, rows=[data])[0]
