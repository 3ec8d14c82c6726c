"""What one saved cell changes: the sums of its own year, computed fresh without the other years."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from budget.models import ClimateBudget
from budget.queries.assembling import compute_what_can_be, read_rows, table_year
from budget.queries.tables import TableYear
from strategy.enums import Level


@dataclass(frozen=True, slots=True)
class CellTotals:
    """The sums of a year around one line, tCO2e. unit_sum: counted effects before overlap of its unit."""

    year: TableYear
    unit_id: int | None
    unit_sum: Decimal | None
    level: Level


def cell_totals(budget: ClimateBudget, line_id: int, year: int) -> CellTotals:
    """The sums that an effect of `line_id` in `year` may have changed. For open budgets.

    Raises KeyError for a line the budget does not have.
    """
    rows = read_rows(budget, years=(year,), frozen=False, with_places=False)
    result, _problems = compute_what_can_be(rows.input)
    line = next((row for row in rows.lines if row.pk == line_id), None)
    if line is None:
        raise KeyError(line_id)
    same_unit = {row.pk for row in rows.lines if row.unit_id == line.unit_id}
    known = [
        tonnes
        for pk, counted in result.lines.items()
        if pk in same_unit and (tonnes := counted.effects[year]) is not None
    ]
    return CellTotals(
        year=table_year(result.years[year], result),
        unit_id=line.unit_id,
        unit_sum=sum(known, Decimal(0)) if known else None,
        level=line.level,
    )
