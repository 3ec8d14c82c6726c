"""What one saved cell changes: the sums of its own year, computed fresh without the other years.

A cell is saved as fast as somebody types, so the year is read in one statement. Lines that no overlap
touches are added up by source and level there: the arithmetic shares everything by what each line counts,
so their sum is treated as the lines would be.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.db import connection
from django.utils import timezone

from budget.calculations import BudgetInput, Effect, Key, LineInput
from budget.models import ClimateBudget, Line
from budget.queries import reading
from budget.queries.assembling import compute_what_can_be, overlap_input, table_year
from budget.queries.tables import TableYear
from strategy.enums import Level

HUNDRED = Decimal(100)

# Kind, id, source, level, share in percent, tonnes. Effects count that are in scope, quantified, and have
# sources that make up 100 percent; that is asked last, as the planner would expect next to no rows of it.
_YEAR = """
WITH parts AS (
    SELECT line.id, line.measure_id, measure.level, part.source_id, part.share,
           GREATEST(effect.tonnes - line.already_counted, 0) AS tonnes,
           sum(part.share) OVER (PARTITION BY line.id) AS whole
    FROM budget_line AS line
    JOIN budget_effect AS effect ON effect.line_id = line.id AND effect.year = %(year)s
    JOIN strategy_measure AS measure ON measure.id = line.measure_id
    JOIN budget_linesource AS part ON part.line_id = line.id
    WHERE line.budget_id = %(budget)s AND line.scope = %(scope)s AND line.not_quantified_reason = ''
), shared AS (
    SELECT member.line_id FROM budget_overlapmember AS member
    JOIN budget_overlap AS overlap ON overlap.id = member.overlap_id
    JOIN budget_overlapyear AS stated ON stated.overlap_id = overlap.id AND stated.year = %(year)s
    WHERE overlap.budget_id = %(budget)s
), answering AS (
    SELECT measure_id, unit_id FROM strategy_responsibility
    WHERE valid_from <= %(today)s AND (valid_to IS NULL OR valid_to >= %(today)s)
), own AS (
    SELECT (SELECT unit_id FROM answering WHERE measure_id = %(measure)s) AS unit_id
)
SELECT 'free', NULL, source_id, level, NULL, sum(tonnes * share * 0.01)
FROM parts WHERE whole = 100 AND id NOT IN (SELECT line_id FROM shared)
GROUP BY source_id, level
UNION ALL
SELECT 'member', id, source_id, level, share, tonnes
FROM parts WHERE whole = 100 AND id IN (SELECT line_id FROM shared)
UNION ALL
SELECT 'reference', NULL, source_id, '', NULL, tonnes
FROM budget_referencepath WHERE budget_id = %(budget)s AND year = %(year)s
UNION ALL
SELECT 'unit', (SELECT unit_id FROM own), NULL, '', NULL, sum(parts.tonnes * parts.share * 0.01)
FROM parts LEFT JOIN answering ON answering.measure_id = parts.measure_id
WHERE parts.whole = 100 AND answering.unit_id IS NOT DISTINCT FROM (SELECT unit_id FROM own)
"""


@dataclass(frozen=True, slots=True)
class CellTotals:
    """The sums of a year around one line, tCO2e. unit_sum: counted effects before overlap of its unit."""

    year: TableYear
    unit_id: int | None
    unit_sum: Decimal | None
    level: Level


@dataclass(slots=True)
class _Rows:
    """The statement's answer: counted tonnes by (source, level) and by line, and what they stand against."""

    free: list[tuple[int, Level, Decimal]] = field(default_factory=list)
    shares: dict[int, dict[Key, Decimal]] = field(default_factory=lambda: defaultdict(dict))
    members: dict[int, tuple[Level, Decimal]] = field(default_factory=dict)
    reference: dict[int, Decimal] = field(default_factory=dict)
    unit_id: int | None = None
    unit_sum: Decimal | None = None


def cell_totals(line: Line, year: int) -> CellTotals:
    """The sums that an effect of the line in `year` may have changed. For open budgets; three queries.

    `line` comes with its budget, the budget's target, and its measure.
    """
    rows = _read(line, year)
    result, _problems = compute_what_can_be(_input(line.budget, year, rows))
    return CellTotals(
        year=table_year(result.years[year], result),
        unit_id=rows.unit_id,
        unit_sum=rows.unit_sum,
        level=Level(line.measure.level),
    )


def _read(line: Line, year: int) -> _Rows:
    rows = _Rows()
    values: dict[str, int | str | date] = {
        "budget": line.budget_id,
        "scope": line.budget.scope,
        "measure": line.measure_id,
        "year": year,
        "today": timezone.localdate(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_YEAR, values)
        for kind, pk, source, level, share, tonnes in cursor.fetchall():
            if kind == "free":
                rows.free.append((source, Level(level), tonnes))
            elif kind == "member":
                rows.shares[pk][source] = share
                rows.members[pk] = (Level(level), tonnes)
            elif kind == "reference":
                rows.reference[source] = tonnes
            else:
                rows.unit_id, rows.unit_sum = pk, tonnes
    return rows


def _input(budget: ClimateBudget, year: int, rows: _Rows) -> BudgetInput:
    """The year for the arithmetic. Sums of free lines have keys below zero, which no line has."""
    lines = [
        LineInput(key=-number, level=level, shares={source: HUNDRED}, effects={year: Effect(tonnes)})
        for number, (source, level, tonnes) in enumerate(sorted(rows.free), start=1)
    ]
    for pk, (level, tonnes) in rows.members.items():
        lines.append(LineInput(key=pk, level=level, shares=rows.shares[pk], effects={year: Effect(tonnes)}))
    # A member without a figure this year cuts nothing, so it shares nothing either.
    overlaps = [
        replace(overlap, members=tuple(pk for pk in overlap.members if pk in rows.members))
        for overlap in reading.read_overlaps(budget, (year,))
    ]
    sources = {source for line in lines for source in line.shares} | set(rows.reference)
    return BudgetInput(
        years=(year,),
        sources=tuple(sorted(sources, key=int)),
        reference={(source, year): tonnes for source, tonnes in rows.reference.items()},
        lines=tuple(lines),
        overlaps=tuple(overlap_input(overlap) for overlap in overlaps),
        ceilings=reading.read_ceilings(
            budget, reading.target_row(budget, frozen=False), (year,), frozen=False
        ),
    )
