"""Who may tick off a measure's checklist."""

from __future__ import annotations

from organisation.rules import Duties, Permission


def may_tick(held: Duties, unit_id: int | None) -> bool:
    """Klima, and contact, deputy and leader of the unit that answers for the measure."""
    return Permission.ASSURE_REPORT in held.permissions or unit_id in held.own_units
