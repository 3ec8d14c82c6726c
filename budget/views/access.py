"""Fetch and authorise: what a user may not read does not exist for her."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from budget.models import ClimateBudget, Line
from budget.queries.budgets import find_budget
from budget.rules import may_move, may_read, visible_states
from emissions.enums import Scope
from emissions.models import SCOPE_SLUGS
from organisation.rules import AuthenticatedRequest
from web.http import wants_part

_SCOPES = {slug: scope for scope, slug in SCOPE_SLUGS.items()}
# Revisions and years beyond this are made up, and would not fit the database's integers.
_MOST = 32_000


def scope_of(slug: str) -> Scope:
    """Raises Http404 for an address no scope has."""
    if slug not in _SCOPES:
        raise Http404
    return _SCOPES[slug]


def get_budget(
    request: AuthenticatedRequest, year: int, scope: str, revision: int | None = None
) -> ClimateBudget:
    """The budget at this address, the one in force unless a revision is named. Raises Http404."""
    if year > _MOST or (revision or 0) > _MOST:
        raise Http404
    budget = find_budget(year, scope_of(scope), revision, visible_states(request.user))
    if budget is None:
        raise Http404
    return budget


def get_revision(request: AuthenticatedRequest) -> int | None:
    """The number in ?revisjon=N, None without one. Raises Http404 for anything that is no number."""
    text = request.GET.get("revisjon", "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()) or len(text) > 5:
        raise Http404
    return int(text)


def get_line(request: AuthenticatedRequest, line_id: int) -> Line:
    """A line of a budget the user may read. Raises Http404."""
    return _line(
        request, Line.objects.select_related("budget__target", "measure", "calculated_by_user"), line_id
    )


# What saving a cell asks of the line, its budget, target and measure; the rest is a hundred columns.
_FOR_A_CELL = (
    "scope", "not_quantified_reason", "already_counted", "version",
    "budget__year", "budget__scope", "budget__revision", "budget__state", "budget__edition",
    "budget__inventory_until",
    "budget__target__title", "budget__target__base_year", "budget__target__target_year",
    "budget__target__percent", "measure__title", "measure__level", "measure__external_actor",
)  # fmt: skip
# Built once: that is a fifth of what reading a line takes.
_CELL_LINES = Line.objects.select_related("budget__target", "measure").only(*_FOR_A_CELL)


def get_cell_line(request: AuthenticatedRequest, line_id: int) -> Line:
    """As `get_line`, with no more of it than one saved cell needs: people save as fast as they type."""
    if not wants_part(request):
        return get_line(request, line_id)
    return _line(request, _CELL_LINES, line_id)


def _line(request: AuthenticatedRequest, rows: QuerySet[Line], line_id: int) -> Line:
    line = next(iter(rows.filter(pk=line_id)), None) if line_id < 2**63 else None
    if line is None or not may_read(request.user, line.budget.state):
        raise Http404
    return line


def check_may_move(request: AuthenticatedRequest, origin: str, target: str) -> None:
    """Raises PermissionDenied unless the user may take a budget from one state to the other."""
    if not may_move(request.user, origin, target):
        raise PermissionDenied
