"""Whose activities one may enter and see: the climate unit all, contacts and leaders their own unit's."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from organisation.models import User
from organisation.rules import Duties, Permission, read_duties
from web.actors import Actor, SystemActor


def may_enter(held: Duties, unit_id: int) -> bool:
    """Whether somebody with these duties may enter the unit's activities."""
    return Permission.EDIT_OWN_OPERATIONS in held.permissions or unit_id in held.own_units


def may_enter_some(held: Duties) -> bool:
    """Whether there is a unit whose activities she may enter."""
    return Permission.EDIT_OWN_OPERATIONS in held.permissions or bool(held.own_units)


def require_unit_to_enter(by: Actor) -> None:
    """Raises PermissionDenied for somebody who has no unit to enter activities for, now."""
    if not isinstance(by, User) or not may_enter_some(read_duties(by)):
        raise PermissionDenied


def may_see(held: Duties, unit_id: int) -> bool:
    """Whether she may see what stands in the unit's account, quantities and notes: those who enter it, those
    who read all, and the leader above.
    """
    return (
        may_enter(held, unit_id)
        or Permission.READ_INTERNAL in held.permissions
        or unit_id in held.units_below
    )


def require_entry(by: Actor, unit_ids: frozenset[int]) -> None:
    """The actions' own check, with appointments read again. Raises PermissionDenied."""
    if isinstance(by, SystemActor):
        return
    held = read_duties(by) if isinstance(by, User) else None
    if held is None or not all(may_enter(held, unit) for unit in unit_ids):
        raise PermissionDenied
