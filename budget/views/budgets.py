"""The pages people read: lists, the budget, one line, and the files to take away."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from budget.enums import BudgetState
from budget.exports.data import FORMATS, file_name
from budget.exports.data import export as write_export
from budget.models import BUDGET_STATE_LABELS, ClimateBudget
from budget.queries.assembling import budget_table
from budget.queries.budgets import budgets
from budget.rules import may_edit, may_record, visible_states
from budget.views.access import get_budget, get_revision
from budget.views.budget_page import CHART_ID, chart_context, page_context
from budget.views.document import read_budget
from budget.words.budgets import state_sentence
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS
from organisation.rules import AuthenticatedRequest, Permission, has_permission
from web.downloads import download
from web.http import render_page, see_other, wants_part


@require_safe
def index(request: AuthenticatedRequest) -> HttpResponse:
    """Every climate budget the user may read, newest first."""
    rows = [_budget_row(budget) for budget in budgets(visible_states(request.user))]
    context = {
        "page_title": _("Klimabudsjett"),
        "rows": rows,
        "may_create": has_permission(request.user, Permission.EDIT_BUDGET),
        "may_record": may_record(request.user),
    }
    return render_page(request, "budget/index.html", context)


@require_safe
def year(request: AuthenticatedRequest, year: int) -> HttpResponse:
    """The year's budgets; straight to the one where there is only one scope."""
    found = [budget for budget in budgets(visible_states(request.user)) if budget.year == year]
    if not found:
        raise Http404
    if len({budget.scope for budget in found}) == 1:
        return see_other(found[0].get_absolute_url().partition("?")[0])
    context = {
        "page_title": _("Klimabudsjett {year}").format(year=year),
        "rows": [_budget_row(budget) for budget in found],
        "may_create": False,
        "may_record": False,
    }
    return render_page(request, "budget/index.html", context)


def _budget_row(budget: ClimateBudget) -> dict[str, Any]:
    return {
        "title": str(budget),
        "url": budget.get_absolute_url(),
        "scope": SCOPE_LABELS[Scope(budget.scope)],
        "state": BUDGET_STATE_LABELS[BudgetState(budget.state)],
        "detail": state_sentence(budget) if budget.adopted_on else "",
        "is_example": budget.is_example,
    }


@require_safe
def detail(request: AuthenticatedRequest, year: int, scope: str) -> HttpResponse:
    """The climate budget: the grid while it is a draft, the document from then on. The chart alone when htmx
    asks for it after a saved cell.
    """
    budget = get_budget(request, year, scope, get_revision(request))
    if budget.state != BudgetState.DRAFT:
        return read_budget(request, budget)
    if wants_part(request) and request.htmx.target == CHART_ID:
        table = budget_table(budget, with_costs=False, with_details=False)
        editable = may_edit(request.user, budget.state)
        context = chart_context(budget, table, editable=editable)
    else:
        context = page_context(request, budget)
    return render_page(request, "budget/detail.html", context, partials={CHART_ID: "chart-figure"})


@require_safe
def export(request: AuthenticatedRequest, year: int, scope: str, form: str) -> HttpResponse:
    """The same table as a file."""
    budget = get_budget(request, year, scope, get_revision(request))
    if form not in FORMATS:
        raise Http404
    table = budget_table(budget)
    return download(write_export(table, form), file_name(table, form))
