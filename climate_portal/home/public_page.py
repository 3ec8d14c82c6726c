"""The one page anybody may read without login: what is adopted and published, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budget.enums import BudgetState
from budget.models import ClimateBudget
from budget.queries import BudgetTable, budget_table, budgets
from budget.queries.sentences import answer
from climate_portal.web.charts import Chart
from climate_portal.web.http import render_page
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS
from reporting.enums import OFF_PLAN, Status
from reporting.queries.leadership import newest_published, year_rows
from reporting.queries.summary import YearRow
from reporting.queries.summary_page import paths_chart
from strategy.enums import StrategyState, TargetKind
from strategy.models import Target

# The whole width of the page.
CHART_WIDTH = 1060
WELL = frozenset({Status.ON_TRACK, Status.COMPLETED})


@dataclass(frozen=True, slots=True)
class PublicBudget:
    """The newest adopted budget of one scope: its answer, its paths and where it was adopted."""

    table: BudgetTable
    name: str
    scope_label: str
    answer: str
    rows: tuple[YearRow, ...]
    chart: Chart | None


@dataclass(frozen=True, slots=True)
class PublicCount:
    status: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class PublicStatus:
    """How many measures have each status in the newest publication; no names, no comments."""

    period: str
    at: datetime
    units: int
    units_answered: int
    sentence: str
    counts: tuple[PublicCount, ...]
    is_example: bool


def public_page(request: HttpRequest) -> HttpResponse:
    """Adopted targets, the newest adopted budget of each scope, and the newest published status."""
    found = [_public_budget(budget) for budget in _newest_adopted()]
    context = {
        "page_title": _("Klimamål, klimabudsjett og status"),
        "targets": _adopted_targets(),
        "budgets": found,
        "status": _public_status(),
    }
    return render_page(request, "home/public_page.html", context)


def _adopted_targets() -> Iterable[Target]:
    return (
        Target.objects.filter(strategy__state=StrategyState.ADOPTED, kind=TargetKind.EMISSION)
        .select_related("strategy")
        .order_by("strategy__order", "order")
    )


def _newest_adopted() -> Iterable[ClimateBudget]:
    """One per scope, in the scopes' own order."""
    newest: dict[str, ClimateBudget] = {}
    for budget in budgets([BudgetState.ADOPTED]):
        newest.setdefault(budget.scope, budget)
    return (newest[scope] for scope in Scope if scope in newest)


def _public_budget(budget: ClimateBudget) -> PublicBudget:
    table = budget_table(budget, with_costs=False, with_details=False)
    sentence = answer(table).text
    rows = year_rows(table)
    return PublicBudget(
        table=table,
        name=str(budget),
        scope_label=str(SCOPE_LABELS[Scope(budget.scope)]),
        answer=sentence,
        rows=tuple(row for row in rows if row.reference is not None or row.path is not None),
        chart=paths_chart(
            rows,
            title=sentence,
            plan_period=(budget.year, budget.last_plan_year),
            last_history_year=table.edition.last_year,
            width=CHART_WIDTH,
        ),
    )


def _public_status() -> PublicStatus | None:
    published = newest_published()
    if published is None:
        return None
    summary = published.summary
    counted: Counter[str] = Counter()
    for row in summary.statuses:
        counted[row.status] += row.count + row.without_tonnes
    return PublicStatus(
        period=summary.period_name,
        at=published.at,
        units=len(summary.units),
        units_answered=summary.approved_count,
        sentence=_sentence(counted),
        counts=tuple(
            PublicCount(
                row.status,
                _("Ikke rapportert") if row.status == "missing" else row.label,
                counted[row.status],
            )
            for row in summary.statuses
        ),
        is_example=summary.basis.is_example,
    )


def _sentence(counted: Counter[str]) -> str:
    total = counted.total()
    well = sum(counted[status] for status in WELL)
    late = sum(counted[status] for status in OFF_PLAN)
    return ngettext(
        "Av ett tiltak er {well} i rute eller gjennomført, og {late} er forsinket eller stoppet.",
        "Av {total} tiltak er {well} i rute eller gjennomført, og {late} er forsinket eller stoppet.",
        total,
    ).format(total=total, well=well, late=late)
