"""The pages people read: lists, the budget, one line, and the files to take away."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from budget.enums import BudgetState, CostKind
from budget.exports import CONTENT_TYPES, file_name
from budget.exports import export as write_export
from budget.models import BUDGET_STATE_LABELS, COST_KIND_LABELS, ClimateBudget, Line
from budget.queries import BudgetTable, TableLine, budget_table, budgets
from budget.queries.curves import chart
from budget.queries.figure_words import tonnes
from budget.queries.groups import responsible
from budget.rules import may_edit, visible_states
from budget.views.access import current_user, get_budget, get_line, get_revision
from budget.views.grid import displayed_effects
from budget.views.page import CHART_ID, page_context, state_sentence, where_from
from budget.views.reading import read_budget
from climate_portal.web.formats import format_number
from climate_portal.web.http import render_page, see_other, wants_part
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS
from organisation.rules import Permission, has_permission
from strategy.models import LEVEL_LABELS


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every climate budget the user may read, newest first."""
    rows = [_row(budget) for budget in budgets(visible_states(current_user(request)))]
    context = {"page_title": _("Klimabudsjett"), "rows": rows}
    return render_page(request, "budget/index.html", context)


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    """The year's budgets; straight to the one where there is only one scope."""
    found = [budget for budget in budgets(visible_states(current_user(request))) if budget.year == year]
    if not found:
        raise Http404
    if len({budget.scope for budget in found}) == 1:
        return see_other(found[0].get_absolute_url().partition("?")[0])
    context = {
        "page_title": _("Klimabudsjett {year}").format(year=year),
        "rows": [_row(budget) for budget in found],
    }
    return render_page(request, "budget/index.html", context)


def _row(budget: ClimateBudget) -> dict[str, Any]:
    return {
        "title": str(budget),
        "url": budget.get_absolute_url(),
        "scope": SCOPE_LABELS[Scope(budget.scope)],
        "state": BUDGET_STATE_LABELS[BudgetState(budget.state)],
        "detail": state_sentence(budget) if budget.adopted_on else "",
        "is_example": budget.is_example,
    }


@require_safe
def detail(request: HttpRequest, year: int, scope: str) -> HttpResponse:
    """The climate budget: the grid while it is a draft, the document from then on. The chart alone when htmx
    asks for it after a saved cell.
    """
    budget = get_budget(request, year, scope, get_revision(request))
    if budget.state != BudgetState.DRAFT:
        return read_budget(request, budget)
    if wants_part(request) and request.htmx.target == CHART_ID:  # type: ignore[attr-defined]
        context = {
            "chart": chart(budget_table(budget, with_costs=False, with_details=False)),
            "chart_id": CHART_ID,
        }
    else:
        context = page_context(request, budget)
    return render_page(request, "budget/detail.html", context, partials={CHART_ID: "chart-figure"})


@require_safe
def export(request: HttpRequest, year: int, scope: str, form: str) -> HttpResponse:
    """The same table as a file."""
    budget = get_budget(request, year, scope, get_revision(request))
    if form not in CONTENT_TYPES:
        raise Http404
    table = budget_table(budget)
    headers = {"Content-Disposition": f'attachment; filename="{file_name(table, form)}"'}
    return HttpResponse(write_export(table, form), content_type=CONTENT_TYPES[form], headers=headers)


@require_safe
def line(request: HttpRequest, line_id: int) -> HttpResponse:
    """All that the budget says about one measure."""
    found = get_line(request, line_id)
    table = budget_table(found.budget)
    row = next(one for one in (*table.lines, *table.outside) if one.pk == found.pk)
    user = current_user(request)
    context = {
        "page_title": row.title,
        "budget": found.budget,
        "line": found,
        "row": row,
        "where_from": where_from(found.budget, table),
        "is_example": found.budget.is_example,
        "years": table.horizon,
        "facts": _facts(table, row),
        "figures": _figures(table, row),
        "costs": _costs(table, row),
        "sources": [(str(share.source), share.share) for share in _sources(found)],
        "fundings": list(found.fundings.order_by("pk")),
        "editable": may_edit(user, found.budget.state),
        "edit_url": reverse("budget:edit_line", args=[found.pk]),
        "history_url": reverse("history", args=["budget.line", found.pk]),
        "may_see_history": has_permission(user, Permission.READ_HISTORY),
    }
    return render_page(request, "budget/line.html", context)


def _sources(line: Line) -> Any:
    return line.sources.select_related("source__sector").order_by("-share", "pk")


def _facts(table: BudgetTable, row: TableLine) -> list[tuple[str, str]]:
    facts = [
        (_("Nummer"), row.code),
        (_("Ansvarlig"), responsible(row)),
        (_("Innsatsområde"), row.focus_area or _("ikke plassert")),
        (_("Nivå"), str(LEVEL_LABELS[row.level])),
        (_("Systemgrense"), str(SCOPE_LABELS[Scope(row.scope)])),
    ]
    if not row.quantified:
        facts.append((_("Hvorfor ikke tallfestet"), row.reason))
    if row.already_counted:
        counted = _("{tonnes} tonn").format(tonnes=format_number(row.already_counted))
        facts.append((_("Allerede med i regnskapet"), counted))
    return facts


def _figures(table: BudgetTable, row: TableLine) -> list[tuple[str, list[str]]]:
    """(label, one figure per year): what was typed, and what counts where that is something else."""
    if not row.quantified:
        return []
    typed = displayed_effects(row, table.horizon, counts=False)
    rows = [(_("Effekt mot referansebanen"), [format_number(figure) for figure in typed])]
    raws = [row.raw.get(year) for year in table.horizon]
    for label, estimates in (
        (_("Lavt anslag"), [raw.low if raw else None for raw in raws]),
        (_("Høyt anslag"), [raw.high if raw else None for raw in raws]),
    ):
        if any(estimate is not None for estimate in estimates):
            rows.append((label, [format_number(estimate) for estimate in estimates]))
    if row.scope == table.budget.scope and row.already_counted:
        counted = [tonnes(figure) for figure in row.effects.values()]
        rows.append((_("Regnes med i budsjettet"), counted))
    return rows


def _costs(table: BudgetTable, row: TableLine) -> list[tuple[str, list[str]]]:
    rows = [
        (
            str(COST_KIND_LABELS[kind]).capitalize(),
            [tonnes(row.costs_by_kind[kind].get(year)) for year in table.horizon],
        )
        for kind in CostKind
        if kind in row.costs_by_kind
    ]
    if rows:
        rows.append((_("Merkostnad i alt"), [tonnes(nok) for nok in row.costs.values()]))
    return rows
