"""Who is asking, as the views of own operations need to know it."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils import timezone

from emissions.actions import FIRST_YEAR
from organisation.models import User
from organisation.rules import Permission, has_permission


def current_user(request: HttpRequest) -> User:
    """The logged-in user; the route table has seen to it that there is one."""
    assert isinstance(request.user, User)
    return request.user


def may_edit(request: HttpRequest) -> bool:
    """Whether she keeps the account of own operations: factors, activity types and closing."""
    return has_permission(current_user(request), Permission.EDIT_OWN_OPERATIONS)


def check_year(year: int) -> None:
    """Raises Http404 for a year nothing can be entered for."""
    if not FIRST_YEAR <= year <= timezone.localdate().year:
        raise Http404
