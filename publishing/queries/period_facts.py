"""A period as it stands now: what its Klimastatus is made from. Only what leaders have approved is in it.

`publishing/words/period_summary.py` makes the summary of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from django.utils import timezone

from budget.models import ClimateBudget
from budget.queries.afterwards import BudgetByNewEdition, budget_by_new_edition
from budget.queries.assembling import budget_table
from budget.queries.tables import BudgetTable
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS
from publishing.enums import DashboardLevel
from publishing.queries.measure_rows import measure_rows, off_plan_rows, status_rows
from publishing.queries.money import money_summary
from publishing.queries.period_summary import (
    Basis,
    Change,
    Decision,
    Loss,
    MeasureRow,
    Money,
    OffPlan,
    Remaining,
    Section,
    StatusRow,
    UnitRow,
    YearRow,
)
from publishing.queries.reach import WHOLE, Reach
from publishing.queries.summary_rows import Reported, approved_statuses, changes, reported_in, unit_rows
from publishing.queries.waiting_decisions import waiting_decisions
from reporting.enums import OFF_PLAN, ReportState
from reporting.models import Period
from reporting.queries.delays import years_summed
from reporting.rules.reports import past_close
from strategy.enums import TargetKind
from strategy.queries.strategies import strategies_in_force
from strategy.queries.targets import TargetStanding, target_standings
from web.contributions import collect, summary_section


@dataclass(frozen=True, slots=True)
class Delays:
    """What approved reports say is lost, and for how many measures nobody has said how much."""

    losses: tuple[Loss, ...]
    unknown: int


@dataclass(frozen=True, slots=True)
class PartCounts:
    """Of a part of the municipality: measures with an approved status, those off plan, and what its measures
    cut in `year` by the budget (None where none has tonnes).
    """

    approved: int
    off_plan: int
    year: int
    tonnes: Decimal | None


@dataclass(frozen=True, slots=True)
class WholeFacts:
    """What is of the municipality alone: what the strategy of the budget's target covers, the other scopes'
    targets by the newest inventory, the budget by a newer edition, and other rooms' sections.
    """

    covers: str
    standings: tuple[TargetStanding, ...]
    new_edition: BudgetByNewEdition | None
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class PeriodFacts:
    """One period, of the municipality (`whole`) or a part of it (`part`). `years` are summed."""

    period: Period
    previous: Period | None
    reach: Reach
    is_final: bool
    table: BudgetTable
    basis: Basis
    years: range
    delays: Delays
    decisions: tuple[Decision, ...]
    changes: tuple[Change, ...]
    statuses: tuple[StatusRow, ...]
    units: tuple[UnitRow, ...]
    measures: tuple[MeasureRow, ...]
    remaining: Remaining | None
    off_plan: tuple[OffPlan, ...]
    money: Money | None
    whole: WholeFacts | None
    part: PartCounts | None


def period_facts(period: Period, reach: Reach = WHOLE, *, now: datetime | None = None) -> PeriodFacts:
    """The municipality or a part of it, in a fixed number of queries.

    A part has what its own measures add, and no target, path or other room: those are the municipality's, and
    its gap is not laid on one part.
    """
    table = _adopted_table(period.budget_id)
    reported = reported_in(period, table, reach.units)
    previous = previous_period(period)
    closed = past_close(period, now or timezone.now())
    whole = reach.level == DashboardLevel.MUNICIPALITY
    statuses = status_rows(reported, table, only_asked=not whole)
    measures, remaining = measure_rows(reported, table, reach.level)
    return PeriodFacts(
        period=period,
        previous=previous,
        reach=reach,
        is_final=closed or all(one.state == ReportState.ASSURED for one in reported.reports),
        table=table,
        basis=_basis(period, table),
        years=years_summed(period.budget),
        delays=Delays(
            tuple(reported.losses[one.pk] for one in reported.approved if one.pk in reported.losses),
            reported.unknown_losses,
        ),
        decisions=waiting_decisions(reported, period, reach.units),
        changes=changes(reported, approved_statuses(previous)) if previous else (),
        statuses=statuses,
        units=unit_rows(reported, table, period),
        measures=measures,
        remaining=remaining,
        off_plan=off_plan_rows(reported),
        money=money_summary(period, reported, reach.units),
        whole=_whole_facts(period, table) if whole else None,
        part=None if whole else _part_counts(table, reported, statuses),
    )


@lru_cache(maxsize=8)
def _adopted_table(budget_id: int) -> BudgetTable:
    """Computed once per process: a period's budget is adopted, and nothing in it can change."""
    related = ClimateBudget.objects.select_related("target", "edition__municipality")
    return budget_table(related.get(pk=budget_id), with_costs=False, with_details=False)


def _whole_facts(period: Period, table: BudgetTable) -> WholeFacts:
    standings = target_standings(strategies_in_force(), besides=Scope(period.budget.scope))
    sections = collect(summary_section, period.pk)
    return WholeFacts(
        covers=period.budget.target.strategy.covers,
        standings=tuple(one for one in standings if one.target.kind == TargetKind.EMISSION),
        new_edition=budget_by_new_edition(period.budget, {row.year: row.path for row in table.years}),
        sections=tuple(Section(one.title, one.lines, one.headers, one.rows) for one in sections),
    )


def _part_counts(table: BudgetTable, reported: Reported, statuses: Sequence[StatusRow]) -> PartCounts:
    with_tonnes = [row for row in statuses if row.count]
    return PartCounts(
        approved=len(reported.approved),
        off_plan=sum(1 for one in reported.approved if one.status in OFF_PLAN),
        year=table.answer_year.year,
        tonnes=sum((row.tonnes for row in with_tonnes), Decimal(0)) if with_tonnes else None,
    )


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
