"""«Hva ble endret»: any two kept states of a year's budget, or the draft as it is now, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from budget.enums import OPEN_STATES, BudgetState
from budget.models import BudgetSnapshot, ClimateBudget
from budget.queries.assembling import budget_table
from budget.queries.budgets import budgets
from budget.queries.comparison import compare
from budget.queries.snapshots import snapshot_content, snapshots_of
from budget.rules import visible_states
from budget.views.access import get_budget, scope_of
from budget.words.comparison import TOTALS, change_cell, kept_label, lead_sentence, line_row, open_label
from organisation.rules import AuthenticatedRequest
from web.http import render_page

NOW = "na"


@dataclass(frozen=True, slots=True)
class State:
    """A state that can be compared: what it is called in the address and on the page."""

    key: str
    label: str
    snapshot: BudgetSnapshot | None
    budget: ClimateBudget

    def content(self) -> Mapping[str, Any]:
        if self.snapshot is not None:
            content: Mapping[str, Any] = self.snapshot.content
            return content
        return snapshot_content(budget_table(self.budget))


@require_safe
def compare_states(request: AuthenticatedRequest, year: int, scope: str) -> HttpResponse:
    """?fra= and ?til= name the two; without them what was proposed and what was adopted."""
    budget = get_budget(request, year, scope)
    states = _states(request, year, scope)
    first, second = _chosen(request, states)
    context: dict[str, Any] = {
        "page_title": _("Hva ble endret"),
        "budget": budget,
        "states": states,
        "first": first,
        "second": second,
        "found": None,
    }
    if first and second:
        found = compare(first.content(), second.content())
        context |= {
            "found": found,
            "years": found.years,
            "lead": lead_sentence(found.lines),
            "totals": [
                (label, [change_cell(change) for change in found.totals[name].values()])
                for name, label in TOTALS.items()
            ],
            "kroner": [change_cell(change) for change in found.nok.values()],
            "has_kroner": any(change.before or change.after for change in found.nok.values()),
            "lines": [line_row(line, line.tonnes.values()) for line in found.lines],
            "line_kroner": [
                line_row(line, line.nok.values())
                for line in found.lines
                if any(change.changed for change in line.nok.values())
            ],
        }
    return render_page(request, "budget/compare.html", context)


def _states(request: AuthenticatedRequest, year: int, slug: str) -> list[State]:
    """Oldest first: every kept state the user may read, then the budget under way as it is now."""
    readable = visible_states(request.user)
    scope = scope_of(slug)
    found = [
        State(str(kept.pk), kept_label(kept), kept, kept.budget)
        for kept in snapshots_of(year, scope, readable)
    ]
    for budget in budgets(readable).filter(year=year, scope=scope, state__in=sorted(OPEN_STATES)):
        key = f"{NOW}-{budget.revision}"
        found.append(State(key, open_label(budget), None, budget))
    return found


def _chosen(request: AuthenticatedRequest, states: list[State]) -> tuple[State | None, State | None]:
    """The two asked for. Raises Http404 for one that is not among those the user may read."""
    by_key = {state.key: state for state in states}
    asked = [request.GET.get("fra", ""), request.GET.get("til", "")]
    for key in asked:
        if key and key not in by_key:
            raise Http404
    second = by_key.get(asked[1]) or _last(states, BudgetState.ADOPTED) or (states[-1] if states else None)
    if second is None:
        return None, None
    before = states[: states.index(second)]
    first = by_key.get(asked[0]) or _last(before, BudgetState.PROPOSED) or (before[-1] if before else None)
    return first, second


def _last(states: list[State], wanted: BudgetState) -> State | None:
    kept = [state for state in states if state.snapshot is not None and state.snapshot.state == wanted]
    return kept[-1] if kept else None
