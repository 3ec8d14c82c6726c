"""What a delay costs: tonnes lost per year and in the plan period, and the budget as it then stands."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, localcontext

from budget.calculations.shapes import EXACT, ZERO, BudgetInput, Effect, Key, LineInput, cut_division


@dataclass(frozen=True, slots=True)
class Delay:
    """A share of a measure (percent) that does nothing from `since` until the day it is caught up.

    caught_up None: no date is given, so the share is lost for as long as the budget looks.
    Raises ValueError for a share outside 0–100 and a catch-up before the delay.
    """

    share: Decimal
    since: date
    caught_up: date | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 100:
            raise ValueError(f"a share of {self.share} percent is outside 0–100")
        if self.caught_up is not None and self.caught_up < self.since:
            raise ValueError("caught up before the delay began")


@dataclass(frozen=True, slots=True)
class DelayLoss:
    """Tonnes of CO2e that are not cut: by_year for every year of the effect, total for the plan years only.

    by_year is None where the budget has no figure and the delay lasts; those plan years are not in the
    total and stand in unknown_years.
    """

    by_year: Mapping[int, Decimal | None]
    total: Decimal
    unknown_years: tuple[int, ...]


def delay_loss(effects: Mapping[int, Decimal | None], delay: Delay, plan_years: Iterable[int]) -> DelayLoss:
    """What the delay takes from a line's counted effects (`LineResult.effects`, tonnes per year).

    lost(y) = effect(y) * share * days of y in the delay / days of y: a year inside the delay is lost in full,
    the first and the last by day. Overlap with other lines is not considered: this is the measure's own
    cut. The effect on the gap follows from `compute(delayed(...))` and is never larger.
    """
    plan = frozenset(plan_years)
    with localcontext(EXACT):
        by_year = {year: _lost(tonnes, delay, year) for year, tonnes in effects.items()}
        total = sum((lost for year, lost in by_year.items() if year in plan and lost is not None), ZERO)
    missing = {year for year in plan if by_year.get(year) is None and _days(delay, year)}
    return DelayLoss(by_year, total, tuple(sorted(missing)))


def delayed(budget: BudgetInput, delays: Mapping[Key, Delay]) -> BudgetInput:
    """The same budget with the delayed lines' counted effects reduced, by line key; all estimates alike.

    What is already in the inventory stays counted as such. Raises KeyError for a line the budget does not
    have.
    """
    missing = delays.keys() - {line.key for line in budget.lines}
    if missing:
        raise KeyError(*sorted(missing, key=str))
    with localcontext(EXACT):
        lines = tuple(
            _delayed_line(line, delays[line.key]) if line.key in delays else line for line in budget.lines
        )
    return replace(budget, lines=lines)


def _delayed_line(line: LineInput, delay: Delay) -> LineInput:
    def less(tonnes: Decimal, year: int) -> Decimal:
        lost = _lost(max(ZERO, tonnes - line.already_counted), delay, year)
        return tonnes - (lost or ZERO)

    effects = {
        year: effect
        and Effect(
            less(effect.central, year),
            None if effect.low is None else less(effect.low, year),
            None if effect.high is None else less(effect.high, year),
        )
        for year, effect in line.effects.items()
    }
    return replace(line, effects=effects)


def _lost(tonnes: Decimal | None, delay: Delay, year: int) -> Decimal | None:
    days = _days(delay, year)
    if not days:
        return ZERO
    if tonnes is None:
        return None
    return cut_division(tonnes * delay.share * days, Decimal(100 * (366 if isleap(year) else 365)))


def _days(delay: Delay, year: int) -> int:
    """Days of the year on which the delayed share does nothing."""
    start = max(delay.since, date(year, 1, 1))
    end = date(year + 1, 1, 1)
    if delay.caught_up is not None:
        end = min(end, delay.caught_up)
    return max(0, (end - start).days) if delay.share else 0
