"""What one saved cell changes: the sums of its own year, computed fresh without the other years.

A cell is saved as fast as somebody types, so the year is read in one statement. Lines that no overlap
touches are added up by source and level there: the arithmetic shares everything by what each line counts,
so their sum is treated as the lines would be.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.db import connection
from django.utils import timezone

from budget.calculations import BudgetInput, Effect, Key, LineInput
from budget.enums import OverlapMethod
from budget.models import ClimateBudget, Line
from budget.queries.assembling import compute_what_can_be, is_known, overlap_input, table_year
from budget.queries.rows import OverlapRow, open_ceilings, target_row
from budget.queries.tables import TableYear
from strategy.enums import Level

ZERO, HUNDRED = Decimal(0), Decimal(100)

# All that the sums of the year are made of. Rows of six kinds come as one list, with the columns: kind, id,
# source, word, line or year, tonnes or percent, tonnes of the line's own unit or actor, and tonnes of the
# group it is shown in. First three tables of its own:
#   shared     lines that an overlap of this year holds together, and the tonnes they share
#   own        who answers for the measure today, and the actor outside, if there is one
#   parts      a row per line and source with what counts of its effect, whether it is `own`'s, whether it is
#              in `shared`, and whether it is in the group. `whole` are the line's shares together
# Then what is read of them and of others:
#   part       tonnes per source and level, lines that share nothing added up, the others one by one. Lines
#              count whose sources make up 100 percent; that is asked last, as the planner would expect next
#              to no rows of it
#   reference  the reference path per source
#   overlap    `shared`
#   unit       `own`
#   begun      any year up to this one in which a line has an effect
#   decided    percents decided for single years of the target
_YEAR = """
WITH shared AS (
    SELECT overlap.id, overlap.source_id, overlap.method, member.line_id, stated.tonnes
    FROM budget_overlap AS overlap
    JOIN budget_overlapyear AS stated ON stated.overlap_id = overlap.id AND stated.year = %(year)s
    JOIN budget_overlapmember AS member ON member.overlap_id = overlap.id
    WHERE overlap.budget_id = %(budget)s
), own AS (
    SELECT (SELECT unit_id FROM strategy_responsibility WHERE measure_id = %(measure)s
            AND valid_from <= %(today)s AND (valid_to IS NULL OR valid_to >= %(today)s)) AS unit_id,
        (SELECT external_actor FROM strategy_measure WHERE id = %(measure)s) AS actor
), parts AS (
    SELECT line.id, measure.level, part.source_id, part.share,
           GREATEST(effect.tonnes - line.already_counted, 0) AS tonnes,
           sum(part.share) OVER (PARTITION BY line.id) AS whole,
           measure.external_actor = (SELECT actor FROM own) AND (measure.external_actor <> ''
               OR answering.unit_id IS NOT DISTINCT FROM (SELECT unit_id FROM own)) AS is_own,
           (line.id, part.source_id) IN (SELECT line_id, source_id FROM shared) AS is_shared,
           line.id = ANY(%(group)s) AS in_group
    FROM budget_line AS line
    JOIN budget_effect AS effect ON effect.line_id = line.id AND effect.year = %(year)s
    JOIN strategy_measure AS measure ON measure.id = line.measure_id
    JOIN budget_linesource AS part ON part.line_id = line.id
    LEFT JOIN strategy_responsibility AS answering ON answering.measure_id = line.measure_id
        AND answering.valid_from <= %(today)s
        AND (answering.valid_to IS NULL OR answering.valid_to >= %(today)s)
    WHERE line.budget_id = %(budget)s AND line.scope = %(scope)s AND line.not_quantified_reason = ''
)
SELECT 'part', CASE WHEN is_shared THEN id END AS member, source_id, level, NULL::bigint,
       sum(tonnes * share * 0.01), sum(tonnes * share * 0.01) FILTER (WHERE is_own),
       sum(tonnes * share * 0.01) FILTER (WHERE in_group)
FROM parts WHERE whole = 100
GROUP BY member, source_id, level
UNION ALL
SELECT 'reference', NULL, source_id, '', NULL, tonnes, NULL, NULL
FROM budget_referencepath WHERE budget_id = %(budget)s AND year = %(year)s
UNION ALL
SELECT 'overlap', id, source_id, method, line_id, tonnes, NULL, NULL FROM shared
UNION ALL
SELECT 'unit', unit_id, NULL, '', NULL, NULL, NULL, NULL FROM own
UNION ALL
(SELECT 'begun', NULL, NULL, '', effect.year, NULL, NULL, NULL
 FROM budget_line AS line JOIN budget_effect AS effect ON effect.line_id = line.id
 WHERE line.budget_id = %(budget)s AND line.scope = %(scope)s AND line.not_quantified_reason = ''
     AND effect.year <= %(year)s
 LIMIT 1)
UNION ALL
SELECT 'decided', NULL, NULL, '', year, percent, NULL, NULL
FROM strategy_targetceiling WHERE target_id = %(target)s
"""


@dataclass(frozen=True, slots=True)
class CellTotals:
    """The sums of a year around one line, tCO2e. unit_sum, group_sum: counted effects before overlap of its
    unit or its actor outside, and of the lines it is shown with.
    """

    year: TableYear
    unit_id: int | None
    unit_sum: Decimal | None
    group_sum: Decimal | None
    level: Level


@dataclass(slots=True)
class _Rows:
    """The statement's answer. A part is what lines of one level count on one source, tonnes: those that
    share nothing there together (pk None), and each that does by itself. begun: a year no later than this
    that has figures, any of them; looking for the first of all took a third of the statement's time.
    """

    parts: list[tuple[int | None, int, Level, Decimal]] = field(default_factory=list)
    overlaps: dict[int, OverlapRow] = field(default_factory=dict)
    reference: dict[int, Decimal] = field(default_factory=dict)
    decided: dict[int, Decimal] = field(default_factory=dict)
    unit_id: int | None = None
    unit_sum: Decimal | None = None
    group_sum: Decimal | None = None
    begun: int | None = None


def cell_totals(line: Line, year: int, group: Collection[int] = ()) -> CellTotals:
    """The sums that an effect of the line in `year` may have changed. For open budgets; one query.

    `group` are the ids of the lines it is shown with; those of other budgets count nothing.
    `line` comes with its budget, the budget's target, and its measure.
    """
    rows = _read(line, year, group)
    result, _problems = compute_what_can_be(_input(line.budget, year, rows))
    known = is_known(year, rows.begun, year_has_figures=bool(rows.parts))
    return CellTotals(
        year=replace(table_year(result.years[year]), known=known),
        unit_id=rows.unit_id,
        unit_sum=rows.unit_sum,
        group_sum=rows.group_sum,
        level=Level(line.measure.level),
    )


def _read(line: Line, year: int, group: Collection[int]) -> _Rows:
    rows = _Rows()
    values: dict[str, int | str | date | list[int]] = {
        "budget": line.budget_id,
        "scope": line.budget.scope,
        "target": line.budget.target_id,
        "measure": line.measure_id,
        "year": year,
        "today": timezone.localdate(),
        "group": list(group),
    }
    with connection.cursor() as cursor:
        cursor.execute(_YEAR, values)
        for kind, pk, source, word, number, amount, own, shown in cursor.fetchall():
            if kind == "part":
                rows.parts.append((pk, source, Level(word), amount))
                if own is not None:
                    rows.unit_sum = (rows.unit_sum or ZERO) + own
                if shown is not None:
                    rows.group_sum = (rows.group_sum or ZERO) + shown
            elif kind == "reference":
                rows.reference[source] = amount
            elif kind == "overlap":
                before = rows.overlaps.get(pk)
                members = (*before.members, number) if before else (number,)
                rows.overlaps[pk] = OverlapRow(pk, source, OverlapMethod(word), members, {year: amount})
            elif kind == "begun":
                rows.begun = number
            elif kind == "decided":
                rows.decided[number] = amount
            else:
                rows.unit_id = pk
    return rows


def _input(budget: ClimateBudget, year: int, rows: _Rows) -> BudgetInput:
    """The year for the arithmetic, a line for each part."""
    lines, members = [], set()
    parts = sorted(rows.parts, key=lambda part: (part[0] or 0, part[1:]))
    for number, (pk, source, level, tonnes) in enumerate(parts):
        lines.append(
            LineInput(
                key=number if pk is None else _member_key(pk, source),
                level=level,
                shares={source: HUNDRED},
                effects={year: Effect(tonnes)},
            )
        )
        members.add((pk, source))
    # A member without a figure this year cuts nothing, so it shares nothing either.
    overlaps = [
        replace(
            overlap_input(overlap),
            members=tuple(
                _member_key(pk, overlap.source_id)
                for pk in overlap.members
                if (pk, overlap.source_id) in members
            ),
        )
        for overlap in rows.overlaps.values()
    ]
    sources = {source for _pk, source, _level, _tonnes in parts} | set(rows.reference)
    return BudgetInput(
        years=(year,),
        sources=tuple(sorted(sources)),
        reference={(source, year): tonnes for source, tonnes in rows.reference.items()},
        lines=tuple(lines),
        overlaps=tuple(overlaps),
        ceilings=open_ceilings(budget, target_row(budget, frozen=False), (year,), rows.decided),
    )


def _member_key(line_id: int, source: int) -> Key:
    """A line may be in overlaps of several sources, and is a part of its own in each."""
    return f"{line_id}/{source}"
