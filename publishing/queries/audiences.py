"""The audiences of publications: what they are called, in an address and in words."""

from __future__ import annotations

from dataclasses import dataclass

from organisation.models import Unit
from publishing.enums import Audience
from publishing.models import AUDIENCE_LABELS
from web.formats import whole_number

# In addresses and file names.
SLUGS = {
    Audience.LEADERSHIP: "ledergruppen",
    Audience.AREA: "omrade",
    Audience.COMMITTEE: "klimautvalget",
    Audience.CHAPTER: "klimakapittel",
}
_BY_SLUG = {slug: audience for audience, slug in SLUGS.items()}


@dataclass(frozen=True, slots=True)
class Addressee:
    """An audience, with the area when it is for one."""

    audience: Audience
    unit_id: int | None = None

    @property
    def slug(self) -> str:
        """«ledergruppen», «omrade-12»"""
        base = SLUGS[self.audience]
        return base if self.unit_id is None else f"{base}-{self.unit_id}"


def addressee_of(slug: str) -> Addressee | None:
    """Whom an address is about; None for one that names nobody."""
    name, dash, number = slug.partition("-")
    audience = _BY_SLUG.get(name)
    if audience is None or (audience == Audience.AREA) != bool(dash):
        return None
    if not dash:
        return Addressee(audience)
    unit = whole_number(number, 0)
    return Addressee(audience, unit) if unit else None


def audience_name(audience: str, unit: Unit | None = None) -> str:
    """«kommunedirektørens ledergruppe», «klimakomiteen og offentligheten», or the area's own name."""
    return unit.name if unit is not None else str(AUDIENCE_LABELS[Audience(audience)])
