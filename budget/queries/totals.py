"""What one saved cell changes: the sums of its own year, computed fresh without the other years.

Lines that no overlap touches are added up by source and level in the database: the arithmetic shares
everything by what each line counts, so their sum is treated as the lines would be.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet, Sum, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from budget.calculations import BudgetInput, LineInput
from budget.calculations import Effect as CountedEffect
from budget.models import ClimateBudget, Effect, Line, LineSource
from budget.queries import reading
from budget.queries.assembling import compute_what_can_be, line_input, overlap_input, table_year
from budget.queries.tables import TableYear
from strategy.enums import Level
from strategy.models import Responsibility

HUNDRED = Decimal(100)
ONE_PERCENT = Value(Decimal("0.01"))


@dataclass(frozen=True, slots=True)
class CellTotals:
    """The sums of a year around one line, tCO2e. unit_sum: counted effects before overlap of its unit."""

    year: TableYear
    unit_id: int | None
    unit_sum: Decimal | None
    level: Level


def cell_totals(line: Line, year: int) -> CellTotals:
    """The sums that an effect of the line in `year` may have changed. For open budgets; eight queries.

    `line` comes with its budget, the budget's target, and its measure.
    """
    result, _problems = compute_what_can_be(_input(line.budget, year))
    unit_id = (
        Responsibility.objects.valid_on(timezone.localdate())
        .filter(measure=line.measure_id)
        .values_list("unit_id", flat=True)
        .first()
    )
    return CellTotals(
        year=table_year(result.years[year], result),
        unit_id=unit_id,
        unit_sum=_unit_sum(line.budget, year, unit_id),
        level=Level(line.measure.level),
    )


def _input(budget: ClimateBudget, year: int) -> BudgetInput:
    overlaps = reading.read_overlaps(budget, (year,))
    members = {pk for overlap in overlaps for pk in overlap.members}
    lines = (*_sums_of_free_lines(budget, year, members), *_members(budget, year, members))
    reference = {
        source: tonnes for source, _year, tonnes, _low, _high in reading.read_reference(budget, (year,))
    }
    shared = {source for line in lines for source in line.shares}
    return BudgetInput(
        years=(year,),
        sources=tuple(sorted(shared | set(reference), key=int)),
        reference={(source, year): tonnes for source, tonnes in reference.items()},
        lines=lines,
        overlaps=tuple(overlap_input(overlap) for overlap in overlaps),
        ceilings=reading.read_ceilings(
            budget, reading.target_row(budget, frozen=False), (year,), frozen=False
        ),
    )


def _counting(budget: ClimateBudget, year: int) -> QuerySet[Effect]:
    """Effects of the year that count: in scope, quantified, and with sources that make up 100 percent."""
    whole = (
        LineSource.objects.filter(line__budget=budget)
        .values("line")
        .annotate(total=Sum("share"))
        .filter(total=HUNDRED)
        .values("line")
    )
    return Effect.objects.filter(
        year=year,
        line__in=whole,
        line__budget=budget,
        line__scope=budget.scope,
        line__not_quantified_reason="",
    ).annotate(counted=Greatest(F("tonnes") - F("line__already_counted"), Value(Decimal(0))))


def _sums_of_free_lines(budget: ClimateBudget, year: int, members: set[int]) -> list[LineInput]:
    """One line per source and level in place of all lines outside the overlaps; keys below zero are free."""
    rows: Any = (
        _counting(budget, year)
        .exclude(line__in=members)
        .values_list("line__sources__source_id", "line__measure__level")
        .annotate(sum=Sum(F("counted") * F("line__sources__share") * ONE_PERCENT))
        .order_by("line__sources__source_id", "line__measure__level")
    )
    return [
        LineInput(
            key=-number,
            level=Level(level),
            shares={source: HUNDRED},
            effects={year: CountedEffect(tonnes)},
        )
        for number, (source, level, tonnes) in enumerate(rows, start=1)
    ]


def _members(budget: ClimateBudget, year: int, members: set[int]) -> list[LineInput]:
    rows = reading.open_lines(Line.objects.filter(pk__in=members).order_by("pk"), {})
    shares = reading.read_shares(budget, members)
    effects: dict[int, dict[int, CountedEffect | None]] = {
        line: {year: CountedEffect(tonnes)}
        for line, tonnes in Effect.objects.filter(line__in=members, year=year).values_list(
            "line_id", "tonnes"
        )
    }
    return [line_input(row, budget, shares, effects) for row in rows]


def _unit_sum(budget: ClimateBudget, year: int, unit_id: int | None) -> Decimal | None:
    """Counted tonnes of the unit's lines before overlap; None when no line has a figure that year."""
    today = timezone.localdate()
    still_valid = Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    answered_for = Responsibility.objects.filter(still_valid, valid_from__lte=today)
    lines = _counting(budget, year)
    if unit_id is None:
        lines = lines.exclude(line__measure__in=answered_for.values("measure"))
    else:
        lines = lines.filter(line__measure__in=answered_for.filter(unit=unit_id).values("measure"))
    total: Decimal | None = lines.aggregate(sum=Sum("counted"))["sum"]
    return total
