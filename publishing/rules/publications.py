"""Who sees which level of the dashboard, and who makes and reads the publications of each audience."""

from __future__ import annotations

from organisation.rules import Duties, Permission
from publishing.enums import Audience


def may_see_level(held: Duties, unit_id: int | None) -> bool:
    """Whether somebody with these duties sees a unit, or (None) the municipality, as it stands now.

    A leader sees her own units and those below them; what is published is for all.
    """
    if Permission.READ_DASHBOARD in held.permissions:
        return True
    return unit_id is not None and unit_id in held.leader_units | held.units_below


def may_open_status(held: Duties, *, published: bool) -> bool:
    """Whether the dashboard shows somebody the period as it stands, or what is published of it."""
    return published or may_see_level(held, None) or bool(held.leader_units)


def may_publish(held: Duties, audience: str = Audience.LEADERSHIP) -> bool:
    """Klima publishes, who has assured the reports; leadership reads. The analysis unit compiles the
    chapter of the tertial report, and publishes that.
    """
    if audience == Audience.CHAPTER and Permission.COMPILE_CHAPTER in held.permissions:
        return True
    return {Permission.PUBLISH_SUMMARY, Permission.ASSURE_REPORT} <= held.permissions


def may_preview(held: Duties, audience: str = Audience.LEADERSHIP) -> bool:
    """Whether somebody gets a draft of what the audience will read."""
    return Permission.PUBLISH_SUMMARY in held.permissions or may_publish(held, audience)


def may_read_publication(held: Duties, audience: str, unit_id: int | None) -> bool:
    """Published is for everybody with a role; what is made for an area, for those who see that area."""
    if audience == Audience.AREA:
        return may_see_level(held, unit_id)
    return Permission.READ_PUBLISHED in held.permissions


def may_archive(held: Duties) -> bool:
    """Whether somebody fetches what goes to the archive: it says who published."""
    return Permission.READ_DASHBOARD in held.permissions
