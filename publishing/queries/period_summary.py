"""The leadership summary of a period, as it stands now. Only what units' leaders have approved is in it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from django.utils import timezone
from django.utils.translation import gettext as _

from budget.models import ClimateBudget
from budget.queries.afterwards import budget_by_new_edition
from budget.queries.assembling import budget_table
from budget.queries.tables import BudgetTable
from budget.words.afterwards import edition_name, new_edition_sentence
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS
from publishing.enums import DashboardLevel
from publishing.queries.measure_rows import measure_rows, off_plan_rows, status_rows
from publishing.queries.money_rows import money_summary
from publishing.queries.reach import WHOLE, Reach
from publishing.queries.sentences import PartCounts, budget_answer, part_answer, standing_answer
from publishing.queries.summary import (
    FORM,
    Basis,
    EditionYear,
    NewEdition,
    PeriodSummary,
    Section,
    StatusRow,
    TargetAnswer,
    YearRow,
)
from publishing.queries.summary_rows import Reported, approved_statuses, changes, reported_in, unit_rows
from publishing.queries.waiting_decisions import waiting_decisions
from reporting.enums import OFF_PLAN, ReportState
from reporting.models import Period
from reporting.queries.delays import years_summed
from reporting.rules.reports import past_close
from strategy.enums import TargetKind
from strategy.queries.strategies import strategies_in_force
from strategy.queries.targets import target_standings
from web.contributions import collect, summary_section


def period_summary(period: Period, *, now: datetime | None = None) -> PeriodSummary:
    """The whole municipality's summary of the period, in a fixed number of queries."""
    return summary_of(period, WHOLE, now=now)


def area_summary(period: Period, units: Collection[int], *, now: datetime | None = None) -> PeriodSummary:
    """The part of the summary that is about these units, for the leader above them («til orientering»)."""
    return summary_of(period, Reach(DashboardLevel.AREA, units=frozenset(units)), now=now)


def summary_of(period: Period, reach: Reach, *, now: datetime | None = None) -> PeriodSummary:
    """The summary of the municipality or of a part of it, in a fixed number of queries.

    A part has what its own measures add, and no target, path or other room: those are the municipality's, and
    its gap is not laid on one part.
    """
    table = _adopted_table(period.budget_id)
    reported = reported_in(period, table, reach.units)
    previous = previous_period(period)
    summed = years_summed(period.budget)
    closed = past_close(period, now or timezone.now())
    whole = reach.level == DashboardLevel.MUNICIPALITY
    statuses = status_rows(reported, table, only_asked=not whole)
    measures, remaining = measure_rows(reported, table, reach.level)
    return PeriodSummary(
        form=FORM,
        period=period.code,
        period_name=str(period),
        previous_name=str(previous) if previous else "",
        is_final=closed or all(one.state == ReportState.ASSURED for one in reported.reports),
        basis=_basis(period, table),
        first_year=summed[0],
        last_year=summed[-1],
        answer_year=table.answer_year.year,
        answers=_answers(period, table, reported)
        if whole
        else (_part(reach, table, reported, statuses, summed),),
        decisions=waiting_decisions(reported, period, reach.units),
        changes=changes(reported, approved_statuses(previous)) if previous else (),
        years=year_rows(table) if whole else (),
        statuses=statuses,
        unknown_losses=reported.unknown_losses,
        sections=_sections(period) if whole else (),
        units=unit_rows(reported, table),
        level=reach.level,
        level_name=reach.name,
        measures=measures,
        remaining=remaining,
        off_plan=off_plan_rows(reported),
        new_edition=_new_edition(period, table) if whole else None,
        money=money_summary(period, reported, reach.units),
    )


@lru_cache(maxsize=8)
def _adopted_table(budget_id: int) -> BudgetTable:
    """Computed once per process: a period's budget is adopted, and nothing in it can change."""
    related = ClimateBudget.objects.select_related("target", "edition__municipality")
    return budget_table(related.get(pk=budget_id), with_costs=False, with_details=False)


def _sections(period: Period) -> tuple[Section, ...]:
    found = collect(summary_section, period.pk)
    return tuple(Section(one.title, one.lines, one.headers, one.rows) for one in found)


def _new_edition(period: Period, table: BudgetTable) -> NewEdition | None:
    """The gap by the newest edition, where that is not the budget's own."""
    found = budget_by_new_edition(period.budget, {row.year: row.path for row in table.years})
    if found is None:
        return None
    text = _("Nyeste utgave av klimaregnskapet: {edition}. {sentence}").format(
        edition=edition_name(found.edition_now), sentence=new_edition_sentence(found)
    )
    return NewEdition(text, tuple(EditionYear(row.year, row.ceiling_now, row.gap_now) for row in found.years))


def previous_period(period: Period) -> Period | None:
    """The period before this one."""
    return Period.objects.filter(opens_at__lt=period.opens_at).order_by("-opens_at").first()


def _basis(period: Period, table: BudgetTable) -> Basis:
    head, edition, target = table.budget, table.edition, table.target
    return Basis(
        budget_id=head.pk,
        year=head.year,
        last_plan_year=head.last_plan_year,
        scope=head.scope,
        scope_label=str(SCOPE_LABELS[Scope(head.scope)]),
        revision=head.revision,
        adopted_on=head.adopted_on,
        case_number=head.case_number,
        is_example=head.is_example or edition.is_example,
        municipality=edition.municipality,
        publisher=edition.publisher,
        published=edition.published,
        last_history_year=edition.last_year,
        base_year=target.base_year,
        target_year=target.target_year,
        percent=target.percent,
        budget_sha256=period.budget.table_sha256,
    )


def year_rows(table: BudgetTable) -> tuple[YearRow, ...]:
    """The edition's own years and the budget's, one after the other."""
    past = [YearRow(year, history=tonnes) for year, tonnes in sorted(table.history.items())]
    ahead = [
        YearRow(row.year, reference=row.reference, path=row.path, ceiling=row.ceiling, gap=row.gap)
        for row in table.years
    ]
    return (*past, *ahead)


def _answers(period: Period, table: BudgetTable, reported: Reported) -> tuple[TargetAnswer, ...]:
    """The budget's own target first, then the other scopes' targets by the newest inventory."""
    target = period.budget.target
    losses = [reported.losses[one.pk] for one in reported.approved if one.pk in reported.losses]
    first = budget_answer(
        target.strategy.covers, table, losses, reported.unknown_losses, years_summed(period.budget)
    )
    others = [
        standing_answer(standing)
        for standing in target_standings(strategies_in_force(), besides=Scope(period.budget.scope))
        if standing.target.kind == TargetKind.EMISSION
    ]
    return (first, *others)


def _part(
    reach: Reach, table: BudgetTable, reported: Reported, statuses: Sequence[StatusRow], years: range
) -> TargetAnswer:
    """What a part of the municipality adds to the budget's target."""
    with_tonnes = [row for row in statuses if row.count]
    counts = PartCounts(
        approved=len(reported.approved),
        off_plan=sum(1 for one in reported.approved if one.status in OFF_PLAN),
        year=table.answer_year.year,
        tonnes=sum((row.tonnes for row in with_tonnes), Decimal(0)) if with_tonnes else None,
    )
    losses = [reported.losses[one.pk] for one in reported.approved if one.pk in reported.losses]
    return part_answer(
        reach.name or _("Virksomhetene"), table, counts, losses, reported.unknown_losses, years
    )
