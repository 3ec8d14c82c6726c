"""The climate chapter of the tertial report: what stands in it.

The tertial report is public. What leaders have approved about measures off plan is in it, in their own words;
what units, leaders and Klima say to each other is not, nor a question to anybody but kommunestyret.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from publishing.queries.period_summary import (
    Basis,
    Decision,
    Money,
    NewEdition,
    OffPlan,
    PeriodSummary,
    Section,
    StatusRow,
    TargetAnswer,
    YearRow,
)
from publishing.queries.plain import LATER
from reporting.enums import DecisionLevel, Status

# Part of the frozen data, as in `summary.py`. 2: money.
FORM = 2


@dataclass(frozen=True, slots=True)
class Completed:
    """A measure that was carried out since the period before."""

    title: str
    unit: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """One period for the tertial report. Nothing in it depends on when it was made."""

    form: int
    period: str
    period_name: str
    previous_name: str
    is_final: bool
    basis: Basis
    first_year: int
    last_year: int
    answer_year: int
    answers: tuple[TargetAnswer, ...]
    statuses: tuple[StatusRow, ...]
    off_plan: tuple[OffPlan, ...]
    completed: tuple[Completed, ...]
    for_council: tuple[Decision, ...]
    years: tuple[YearRow, ...]
    new_edition: NewEdition | None
    sections: tuple[Section, ...]
    units: int
    units_answered: int
    missing: tuple[str, ...]
    missing_tonnes: Decimal
    unknown_losses: int
    money: Money | None = None
    # Those of the missing that wait for a new leader.
    awaiting_leader: tuple[str, ...] = field(default=(), metadata=LATER)


def chapter_of(summary: PeriodSummary) -> Chapter:
    """The chapter of the municipality's summary."""
    return Chapter(
        form=FORM,
        period=summary.period,
        period_name=summary.period_name,
        previous_name=summary.previous_name,
        is_final=summary.is_final,
        basis=summary.basis,
        first_year=summary.first_year,
        last_year=summary.last_year,
        answer_year=summary.answer_year,
        answers=summary.answers,
        statuses=summary.statuses,
        off_plan=summary.off_plan,
        completed=tuple(
            Completed(one.title, one.unit) for one in summary.changes if one.now == Status.COMPLETED
        ),
        for_council=tuple(one for one in summary.decisions if one.level == DecisionLevel.COUNCIL),
        years=summary.path_years,
        new_edition=summary.new_edition,
        sections=summary.sections,
        units=len(summary.units),
        units_answered=summary.approved_count,
        missing=tuple(unit.name for unit in summary.missing),
        missing_tonnes=summary.missing_tonnes,
        unknown_losses=summary.unknown_losses,
        money=summary.money,
        awaiting_leader=summary.awaiting_leader,
    )
