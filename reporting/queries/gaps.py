"""What a report does to the municipality's gap. For Klima and leadership only, never for the unit itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from budget.calculations import Delay, Key, YearDifference, compute, delayed, differences
from budget.queries.assembling import budget_inputs, computable_part
from reporting.models import MeasureStatus, Period
from reporting.queries.delays import delay_of, years_summed

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class GapEffect:
    """The adopted budget as it stands, and as it would be with these delays alone. tCO2e, overlap counted.

    `rows` are the years whose path moves; a positive gap is above the ceiling. `total` is what is emitted
    more in first_year–last_year together, never more than the measures' own loss.
    """

    rows: tuple[YearDifference, ...]
    total: Decimal
    first_year: int
    last_year: int


def gap_effect(period: Period, statuses: Iterable[MeasureStatus]) -> GapEffect | None:
    """What the statuses' delays do to the gap of the period's budget; None when no delay can be counted.

    In a number of queries that does not grow with lines or delays.
    """
    delays: dict[Key, Delay] = {
        status.line_id: delay
        for status in statuses
        if status.line_id is not None and (delay := delay_of(status, period)) is not None
    }
    if not delays:
        return None
    before, _left_out = computable_part(budget_inputs(period.budget))
    known = {line.key for line in before.lines if line.counts}
    counted = {key: delay for key, delay in delays.items() if key in known}
    if not counted:
        return None
    first, second = compute(before), compute(delayed(before, counted))
    moved = [
        row
        for row in differences(
            {year.year: (year.path, year.gap) for year in first.years.values()},
            {year.year: (year.path, year.gap) for year in second.years.values()},
        )
        if row.difference
    ]
    years = years_summed(period.budget)
    total = sum((row.difference or ZERO for row in moved if row.year in years), ZERO)
    return GapEffect(tuple(moved), total, years[0], years[-1])
