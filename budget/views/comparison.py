"""«Hva ble endret»: any two kept states of a year's budget, or the draft as it is now, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from budget.enums import OPEN_STATES, BudgetState
from budget.models import BUDGET_STATE_LABELS, BudgetSnapshot, ClimateBudget
from budget.queries.assembling import budget_table
from budget.queries.comparison import Change, LineChange, compare
from budget.queries.lists import budgets
from budget.queries.snapshots import snapshot_content, snapshots_of
from budget.rules import visible_states
from budget.views.access import get_budget, scope_of
from organisation.rules import AuthenticatedRequest
from strategy.enums import Level
from strategy.models import LEVEL_LABELS
from web.formats import MINUS, format_datetime, format_number
from web.http import render_page

NOW = "na"
TOTALS = {
    "reference": gettext_lazy("Referansebane"),
    "gross": gettext_lazy("Kutt før overlapp"),
    "overlap": gettext_lazy("Overlapp"),
    "net": gettext_lazy("Kutt etter overlapp"),
    "path": gettext_lazy("Tiltaksbane"),
    "ceiling": gettext_lazy("Utslippsramme"),
    "gap": gettext_lazy("Over rammen"),
}
WORDS = {
    "code": gettext_lazy("nummer"),
    "title": gettext_lazy("tittel"),
    "unit": gettext_lazy("ansvarlig"),
    "external_actor": gettext_lazy("ekstern aktør"),
    "focus_area": gettext_lazy("innsatsområde"),
    "level": gettext_lazy("nivå"),
    "scope": gettext_lazy("systemgrense"),
    "reason": gettext_lazy("hvorfor ikke tallfestet"),
}


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


@dataclass(frozen=True, slots=True)
class ChangeCell:
    """«1 200 → 1 450 (+250)»; nothing but the figure where it is the same."""

    before: str
    after: str
    difference: str
    changed: bool


@dataclass(frozen=True, slots=True)
class LineRow:
    name: str
    tag: str
    cells: list[ChangeCell]
    notes: list[str]


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
            "lead": _lead(first, second, found.lines),
            "totals": [
                (label, [_change_cell(change) for change in found.totals[name].values()])
                for name, label in TOTALS.items()
            ],
            "kroner": [_change_cell(change) for change in found.nok.values()],
            "has_kroner": any(change.before or change.after for change in found.nok.values()),
            "lines": [_line_row(line, line.tonnes.values()) for line in found.lines],
            "line_kroner": [
                _line_row(line, line.nok.values())
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
        State(str(kept.pk), _label(kept), kept, kept.budget) for kept in snapshots_of(year, scope, readable)
    ]
    for budget in budgets(readable).filter(year=year, scope=scope, state__in=sorted(OPEN_STATES)):
        label = _("Slik det er nå: {state}, revisjon {number}")
        state = str(BUDGET_STATE_LABELS[BudgetState(budget.state)]).lower()
        found.append(
            State(f"{NOW}-{budget.revision}", label.format(state=state, number=budget.revision), None, budget)
        )
    return found


def _label(kept: BudgetSnapshot) -> str:
    label = str(BUDGET_STATE_LABELS[BudgetState(kept.state)])
    text = _("{state}, {when}, revisjon {number}")
    return text.format(state=label, when=format_datetime(kept.transition.at), number=kept.budget.revision)


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


def _lead(first: State, second: State, lines: Iterable[LineChange]) -> str:
    lines = list(lines)
    counts = (
        (_("{n} nye"), sum(1 for line in lines if line.is_new)),
        (_("{n} borte"), sum(1 for line in lines if line.is_gone)),
        (_("{n} endret"), sum(1 for line in lines if not line.is_new and not line.is_gone)),
    )
    parts = [text.format(n=n) for text, n in counts if n]
    return _("Tiltak: {parts}.").format(parts=", ".join(parts)) if parts else _("Tiltakene er de samme.")


def _change_cell(change: Change) -> ChangeCell:
    difference = change.difference
    text = ""
    if difference:
        sign = "+" if difference > 0 else MINUS
        text = f"{sign}{format_number(abs(difference), 0)}"
    return ChangeCell(
        before=format_number(change.before, 0),
        after=format_number(change.after, 0),
        difference=text,
        changed=change.changed,
    )


def _line_row(line: LineChange, changes: Iterable[Change]) -> LineRow:
    tag = _("ny") if line.is_new else _("borte") if line.is_gone else _("endret")
    return LineRow(line.name, tag, [_change_cell(change) for change in changes], list(_notes(line)))


def _notes(line: LineChange) -> Iterable[str]:
    for name, (before, after) in line.words.items():
        if name == "level":
            before, after = (str(LEVEL_LABELS[Level(word)]) for word in (before, after))
        text = _("{field}: «{before}» er nå «{after}»")
        yield text.format(field=WORDS[name], before=before or "–", after=after or "–")
    counted = line.already_counted
    if counted.changed and not line.is_new and not line.is_gone:
        text = _("allerede med i regnskapet: {before} er nå {after} tonn")
        yield text.format(before=format_number(counted.before), after=format_number(counted.after))
