"""Who is asking, as the views of own operations need to know it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from emissions.actions.editions import FIRST_YEAR
from emissions.rules import may_enter, may_see
from organisation.models import Unit
from organisation.rules import AuthenticatedRequest, Permission, duties, has_permission


def visible_unit(request: AuthenticatedRequest, unit_id: int, year: int) -> Unit:
    """The unit whose activities she may see; for others it does not exist.

    Raises Http404, and PermissionDenied for a reader who tries to write.
    """
    unit, held = Unit.objects.filter(pk=unit_id).first(), duties(request.user)
    if unit is None or not may_see(held, unit_id):
        raise Http404
    if request.method not in ("GET", "HEAD") and not may_enter(held, unit_id):
        raise PermissionDenied
    check_year(year)
    return unit


def may_edit(request: AuthenticatedRequest) -> bool:
    """Whether she keeps the account of own operations: factors, activity types and closing."""
    return has_permission(request.user, Permission.EDIT_OWN_OPERATIONS)


def check_year(year: int) -> None:
    """Raises Http404 for a year nothing can be entered for."""
    if not FIRST_YEAR <= year <= timezone.localdate().year:
        raise Http404
