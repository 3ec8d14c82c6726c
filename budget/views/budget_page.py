"""Everything the budget page says, gathered from the one table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from budget import rules
from budget.enums import BudgetState
from budget.models import BUDGET_STATE_LABELS, ClimateBudget
from budget.queries.assembling import budget_table
from budget.queries.budgets import latest_change
from budget.queries.problems import source_names
from budget.queries.tables import BudgetTable
from budget.views.document_links import document_links
from budget.views.grid import CellErrors
from budget.views.grid_page import grid_context
from budget.views.grid_rows import wrong_cells
from budget.views.sums import SUMMARY, level_rows, sum_rows, unit_rows
from budget.words.addresses import budget_url
from budget.words.answers import answer
from budget.words.budgets import bridge_sentence, changed_sentence, where_from
from budget.words.curves import chart
from budget.words.document import band_note, band_sentence
from budget.words.groups import responsible
from budget.words.problems import above_reference_refusals, problem_sentences
from budget.words.warnings import unknown_years
from emissions.enums import Scope
from emissions.models import SCOPE_SLUGS
from organisation.rules import AuthenticatedRequest, Permission, has_permission
from web.names import naming

CHART_ID = "budget-chart"
S = BudgetState


@dataclass(frozen=True, slots=True)
class Button:
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class PlainLine:
    """A line that is not in the grid: it has no figures, only a reason."""

    title: str
    url: str
    responsible: str
    reason: str


def page_context(
    request: AuthenticatedRequest,
    budget: ClimateBudget,
    *,
    errors: CellErrors | None = None,
) -> dict[str, Any]:
    """Context of budget/detail.html. The errors are cells of a form that was refused."""
    user = request.user
    table = budget_table(budget, with_costs=False, with_details=False)
    editable = rules.may_edit(user, budget.state)
    primary, others = buttons(request, budget)
    return {
        "page_title": str(budget),
        "budget": budget,
        "table": table,
        "where_from": where_from(budget, table),
        "is_example": budget.is_example or table.edition.is_example,
        "answer": answer(table),
        **chart_context(budget, table, editable=editable),
        "years": table.horizon,
        "bridge": bridge_sentence(table.horizon, budget.year, budget.last_plan_year),
        "summary": sum_rows(SUMMARY, table.years),
        **grid_context(
            request,
            budget,
            table,
            editable=editable,
            errors=errors or {},
        ),
        "plain_lines": _plain_lines(table),
        "sums": [*unit_rows(table), *level_rows(table)],
        "problems": problem_sentences(table, source_names(table.problems)),
        "editable": editable,
        "record_url": record_url(request, budget),
        "page_url": budget.get_absolute_url(),
        "changed": changed_sentence(budget, latest_change(budget)),
        "primary": primary,
        "others": others,
        "downloads": downloads(budget),
        "import_url": budget_url("line_import", budget),
        "revisions": revisions(request, budget),
        "links": links(request, budget),
        "files_url": budget_url("files", budget),
        "may_see_history": has_permission(user, Permission.READ_HISTORY),
        "has_errors": wrong_cells(table, errors or {}, editable=editable),
        **document_links(budget, editable=editable),
    }


def chart_context(budget: ClimateBudget, table: BudgetTable, *, editable: bool) -> dict[str, Any]:
    """The chart and what is to be corrected in it: the part that is fetched again after a saved cell."""
    return {
        "chart": chart(table),
        "chart_id": CHART_ID,
        "chart_note": " ".join(filter(None, (band_note(table), band_sentence(table)))),
        # Said while it can be corrected, not first when the budget is to move on.
        "to_correct": above_reference_refusals(table) if editable else [],
        "warnings": unknown_years(table) if editable else [],
    }


def buttons(request: AuthenticatedRequest, budget: ClimateBudget) -> tuple[Button | None, list[Button]]:
    """(the one primary button, the others) this user has for the budget in this state."""
    user, state = request.user, S(budget.state)

    def button(text: str, name: str, target: BudgetState) -> list[Button]:
        return [Button(text, budget_url(name, budget))] if rules.may_move(user, state, target) else []

    forward: dict[BudgetState, tuple[str, str, BudgetState]] = {
        S.DRAFT: (naming(_("Klargjør for {chief}")), "hand_over", S.HANDED_OVER),
        S.HANDED_OVER: (naming(_("Foreslå for {council}")), "propose", S.PROPOSED),
        S.PROPOSED: (naming(_("Registrer {councils} vedtak")), "adopt", S.ADOPTED),
    }
    primary = button(*forward[state]) if state in forward else []
    others = []
    if state == S.HANDED_OVER:
        others += button(_("Gjør om til utkast igjen"), "take_back", S.DRAFT)
    if state == S.PROPOSED:
        others += button(_("Trekk forslaget tilbake"), "take_back", S.HANDED_OVER)
    if state == S.ADOPTED and has_permission(user, Permission.EDIT_BUDGET):
        others.append(Button(_("Lag en revisjon"), budget_url("start_revision", budget)))
    return (primary[0] if primary else None), others


def record_url(request: AuthenticatedRequest, budget: ClimateBudget) -> str:
    """Where a draft is recorded as adopted before the portal; a revision never is."""
    may = budget.state == S.DRAFT and budget.revision == 1 and rules.may_record(request.user)
    return budget_url("record_draft", budget) if may else ""


def downloads(budget: ClimateBudget) -> list[Button]:
    slug = SCOPE_SLUGS[Scope(budget.scope)]
    words = {"xlsx": _("regneark (XLSX)"), "csv": _("CSV"), "json": _("JSON")}
    return [
        Button(
            text,
            f"{reverse('budget:export', args=[budget.year, slug, form])}?revisjon={budget.revision}",
        )
        for form, text in words.items()
    ]


def links(request: AuthenticatedRequest, budget: ClimateBudget) -> list[Button]:
    """The pages that look at the budget from another side, as far as this user may open them."""
    slug = SCOPE_SLUGS[Scope(budget.scope)]
    found = [Button(_("Ble rammen overholdt?"), reverse("budget:kept", args=[slug]))]
    if has_permission(request.user, Permission.READ_DRAFT_BUDGET):
        found.append(Button(_("Hva om?"), budget_url("scenarios", budget)))
    return found


def _plain_lines(table: BudgetTable) -> list[PlainLine]:
    return [
        PlainLine(line.title, reverse("budget:line", args=[line.pk]), responsible(line), line.reason)
        for line in table.not_quantified
    ]


def revisions(request: AuthenticatedRequest, budget: ClimateBudget) -> list[Button]:
    """The other revisions of the same year and scope that the user may read."""
    states = rules.visible_states(request.user)
    same = ClimateBudget.objects.filter(state__in=states, year=budget.year, scope=budget.scope)
    address = reverse("budget:detail", args=[budget.year, SCOPE_SLUGS[Scope(budget.scope)]])
    others = same.exclude(pk=budget.pk).order_by("-revision").values_list("revision", "state")
    return [
        Button(
            _("Revisjon {number}: {state}").format(
                number=revision, state=str(BUDGET_STATE_LABELS[S(state)]).lower()
            ),
            f"{address}?revisjon={revision}",
        )
        for revision, state in others
    ]
