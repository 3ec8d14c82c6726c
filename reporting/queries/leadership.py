"""The leadership summary of a period, as it stands now. Only what units' leaders have approved is in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from budget.queries import BudgetTable, budget_table
from climate_portal.web.contributions import collect, summary_section
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS
from reporting.enums import ReportState
from reporting.models import Period, Publication
from reporting.queries.delays import years_summed
from reporting.queries.leadership_rows import (
    Reported,
    approved_statuses,
    changes,
    decisions,
    reported_in,
    status_rows,
    unit_rows,
)
from reporting.queries.sentences import budget_answer, standing_answer
from reporting.queries.summary import (
    FORM,
    Basis,
    LeadershipSummary,
    Section,
    TargetAnswer,
    YearRow,
    from_plain,
)
from strategy.enums import TargetKind
from strategy.queries import strategies_in_force, target_standings


def leadership_summary(period: Period, *, now: datetime | None = None) -> LeadershipSummary:
    """The whole municipality's summary of the period, in a fixed number of queries."""
    table = budget_table(period.budget, with_costs=False, with_details=False)
    reported = reported_in(period, table.answer_year.year)
    sections = tuple(
        Section(one.title, one.lines, one.headers, one.rows) for one in collect(summary_section, period.pk)
    )
    return _summary(
        period, table, reported, now or timezone.now(),
        answers=_answers(period, table, reported), years=year_rows(table), sections=sections, part=False,
    )  # fmt: skip


def area_summary(period: Period, units: Collection[int], *, now: datetime | None = None) -> LeadershipSummary:
    """The part of the summary that is about these units, for the leader above them («til orientering»).

    Without the municipality's targets, paths and other rooms: those are leadership's.
    """
    table = budget_table(period.budget, with_costs=False, with_details=False)
    reported = reported_in(period, table.answer_year.year, units)
    return _summary(
        period, table, reported, now or timezone.now(), answers=(), years=(), sections=(), part=True
    )


def _summary(
    period: Period,
    table: BudgetTable,
    reported: Reported,
    now: datetime,
    *,
    answers: tuple[TargetAnswer, ...],
    years: tuple[YearRow, ...],
    sections: tuple[Section, ...],
    part: bool,
) -> LeadershipSummary:
    previous = previous_period(period)
    summed = years_summed(period.budget)
    closed = now >= period.closes_at
    return LeadershipSummary(
        form=FORM,
        period=period.code,
        period_name=str(period),
        previous_name=str(previous) if previous else "",
        is_final=closed or all(one.state == ReportState.ASSURED for one in reported.reports),
        basis=_basis(period, table),
        first_year=summed[0],
        last_year=summed[-1],
        answer_year=table.answer_year.year,
        answers=answers,
        decisions=decisions(reported),
        changes=changes(reported, approved_statuses(previous)) if previous else (),
        years=years,
        statuses=status_rows(reported, table, only_asked=part),
        unknown_losses=reported.unknown_losses,
        sections=sections,
        units=unit_rows(reported, table),
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
        for standing in target_standings(strategies_in_force())
        if standing.target.kind == TargetKind.EMISSION and standing.target.scope != period.budget.scope
    ]
    return (first, *others)


@dataclass(frozen=True, slots=True)
class Published:
    """A publication as it is shown: its number and time, and what leadership read."""

    number: int
    at: datetime
    summary: LeadershipSummary


def published_summary(period: Period) -> Published | None:
    """The newest publication of a period."""
    row = Publication.objects.filter(period=period).defer("pdf").order_by("-number").first()
    return Published(row.number, row.published_at, from_plain(row.data)) if row else None


def newest_published() -> Published | None:
    """The newest publication of the newest period that has one: what the public page shows."""
    row = Publication.objects.defer("pdf").order_by("-period__opens_at", "-number").first()
    return Published(row.number, row.published_at, from_plain(row.data)) if row else None
