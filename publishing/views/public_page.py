"""The pages anybody may read without login: what is adopted and published, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from budget.enums import BudgetState
from budget.models import ClimateBudget
from budget.queries.assembling import budget_table
from budget.queries.budgets import budgets
from budget.queries.tables import BudgetTable
from budget.words.answers import answer
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS
from publishing.enums import Audience
from publishing.exports.publication_files import name_of
from publishing.queries.period_facts import year_rows
from publishing.queries.period_summary import YearRow
from publishing.queries.publications import (
    PublishedToAll,
    all_published_to_all,
    find_publication,
    newest_published_to_all,
    published_to_all,
)
from publishing.words.public_page import answered_sentence, public_page_of, public_state
from publishing.words.summary import budget_name, edition_name
from publishing.words.summary_page import paths_chart
from reporting.queries.reports import period_by_code
from strategy.enums import StrategyState, TargetKind
from strategy.models import Target
from web.charts import Chart
from web.downloads import download
from web.http import render_page

# The whole width of the page.
CHART_WIDTH = 1060


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
class EarlierPublication:
    """A publication for all, to be found again at its own address."""

    title: str
    at: datetime
    url: str


def public_page(request: HttpRequest) -> HttpResponse:
    """Adopted targets, the newest adopted budget of each scope, and the newest published status."""
    found = [_public_budget(budget) for budget in _newest_adopted()]
    status = newest_published_to_all()
    context = {
        "page_title": _("Klimamål, klimabudsjett og status"),
        "targets": _adopted_targets(),
        "budgets": found,
        "status": status,
        "answered": answered_sentence(status.summary) if status else "",
        "status_url": _address(status.period, status.number) if status else "",
        "earlier": _earlier(status),
    }
    return render_page(request, "publishing/public_page.html", context)


def public_publication(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What was published for all at one time, at an address of its own that never shows anything else."""
    published = _published(code, number)
    newest = newest_published_to_all()
    summary = published.summary
    context = {
        "page_title": _("Klimastatus etter {period}, nr. {n}").format(period=summary.period_name, n=number),
        "published": published,
        "summary": summary,
        "page": public_page_of(summary, width=CHART_WIDTH),
        "state": public_state(summary),
        "budget_name": budget_name(summary.basis),
        "edition_name": edition_name(summary.basis),
        "pdf_url": reverse("publishing:public_publication_pdf", args=[code, number]),
        "newer_url": _address(newest.period, newest.number)
        if newest and (newest.period, newest.number) != (published.period, published.number)
        else "",
    }
    return render_page(request, "publishing/public_publication.html", context)


def public_publication_pdf(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The same as PDF, exactly as it was published."""
    period = period_by_code(code)
    row = find_publication(period, Audience.COMMITTEE, None, number) if period else None
    if row is None:
        raise Http404
    response = download(bytes(row.pdf), name_of(row, ".pdf"))
    response.headers["ETag"] = f'"{row.pdf_sha256}"'
    return response


def _published(code: str, number: int) -> PublishedToAll:
    period = period_by_code(code)
    found = published_to_all(period, number) if period else None
    if found is None:
        raise Http404
    return found


def _address(code: str, number: int) -> str:
    return reverse("publishing:public_publication", args=[code, number])


def _earlier(newest: PublishedToAll | None) -> list[EarlierPublication]:
    """Every publication for all but the one that is shown."""
    return [
        EarlierPublication(
            _("{period}, nr. {n}").format(period=row.period, n=row.number),
            row.published_at,
            _address(row.period.code, row.number),
        )
        for row in all_published_to_all()
        if newest is None or (row.period.code, row.number) != (newest.period, newest.number)
    ]


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
