"""What a reported delay means in tonnes, from the adopted budget the period is bound to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from budget.calculations import Delay, delay_loss
from budget.models import ClimateBudget, Line
from reporting.enums import NEEDS_NEW_DATE, OFF_PLAN
from reporting.models import MeasureStatus, Period


@dataclass(frozen=True, slots=True)
class Estimate:
    """tCO2e not cut in the years first_year–last_year together, by the measure's own figures.

    Years in `unknown_years` have no figure in the budget and are not in the sum.
    """

    tonnes: Decimal
    first_year: int
    last_year: int
    unknown_years: tuple[int, ...]


def delay_of(status: MeasureStatus, period: Period) -> Delay | None:
    """The delay a status tells of, or None when it does not say how much and until when.

    The share is of the year's effect, so the delay counts from 1 January of the reporting year. What is
    stopped without a new date is lost for as long as the budget looks.
    """
    if status.status not in OFF_PLAN or status.delayed_share is None:
        return None
    since = date(period.year, 1, 1)
    if status.new_date is None:
        return None if status.status in NEEDS_NEW_DATE else Delay(status.delayed_share, since)
    return Delay(status.delayed_share, since, status.new_date) if status.new_date >= since else None


def counted_effects(line: Line) -> Mapping[int, Decimal]:
    """Effect of a line per year, tCO2e, less what is already in the edition's last year.

    Reads `line.effects.all()`: prefetch it when there are several lines.
    """
    if not line.quantified:
        return {}
    return {
        effect.year: max(Decimal(0), effect.tonnes - line.already_counted) for effect in line.effects.all()
    }


def years_summed(budget: ClimateBudget) -> range:
    """The years «samlet» is about: from the budget's year to the target year, or the plan's last year."""
    return range(budget.year, max(budget.last_plan_year, budget.adopted_target_year or 0) + 1)


def estimate_of(status: MeasureStatus, period: Period) -> Estimate | None:
    """What the delay costs in all, or None where there is no delay to count or no figure to count from."""
    delay = delay_of(status, period)
    effects = counted_effects(status.line) if status.line else {}
    if delay is None or not effects:
        return None
    years = years_summed(period.budget)
    loss = delay_loss(effects, delay, years)
    return Estimate(loss.total, years[0], years[-1], loss.unknown_years)
