"""What Klima should look at in one reported status: what stands out, and what lacks an explanation.

Each rule looks at one thing and says nothing where a figure it needs is not known. They are questions to
ask, not verdicts: a remark refuses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reporting.enums import OFF_PLAN, PeriodKind, Remark, Status
from strategy.enums import Direction

# A result this much above the year's target would be more effect than the budget counts on.
FAR_ABOVE = Decimal("1.25")
# On track with less than this part of what should be there by now.
FAR_BELOW = Decimal("0.5")
PART_OF_YEAR = {
    PeriodKind.FIRST_TERTIAL: Decimal(1) / 3,
    PeriodKind.SECOND_TERTIAL: Decimal(2) / 3,
    PeriodKind.ANNUAL: Decimal(1),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One status and what it is held against. Tonnes are tCO2e in the report's year, shares percent.

    `target` is the year's. `asked` says that the measure has an indicator to answer; `decided` that a
    decision it asked for has been made and is still to be followed up. `previous_value` is of the same year:
    a result counts from 1 January.
    """

    status: str
    year: int
    period: PeriodKind
    read_on: date
    what_happened: str = ""
    cause: str = ""
    corrective_action: str = ""
    new_date: date | None = None
    delayed_share: Decimal | None = None
    asked: bool = False
    value: Decimal | None = None
    target: Decimal | None = None
    direction: str = Direction.UP
    effect: Decimal | None = None
    previous_status: str = ""
    previous_value: Decimal | None = None
    decided: bool = False
    follow_up: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A remark with the two figures it is about: what is said, and what it is held against."""

    remark: Remark
    said: Decimal | None = None
    against: Decimal | None = None


def outliers(one: Said) -> list[Found]:
    """What stands out, in a fixed order."""
    rules = (_effect_above_budget, _better_than_indicator, _share_missing, _date_passed)
    return [found for rule in (*rules, _fell_back, _not_started_but_counted) for found in rule(one)]


def missing_explanations(one: Said) -> list[Found]:
    """What is not said and should be, in a fixed order."""
    if not one.status:
        return [Found(Remark.STATUS_MISSING)]
    return [found for rule in (_words_missing, _result_missing, _follow_up_missing) for found in rule(one)]


def _effect_above_budget(one: Said) -> Iterator[Found]:
    """Result over target, times the budget's effect in the year, is above that effect."""
    if one.direction != Direction.UP or one.value is None or not one.target or one.effect is None:
        return
    if one.target > 0 and one.value > one.target * FAR_ABOVE and one.effect > 0:
        yield Found(Remark.EFFECT_ABOVE_BUDGET, one.effect * one.value / one.target, one.effect)


def _better_than_indicator(one: Said) -> Iterator[Found]:
    """Completed short of the target, or on track far below what should be there by now.

    Where less is better, only completion can be held against the target: nobody knows where it started.
    """
    if one.value is None or one.target is None:
        return
    short = one.value < one.target if one.direction == Direction.UP else one.value > one.target
    if one.status == Status.COMPLETED and short and one.direction != Direction.KEEP:
        yield Found(Remark.BETTER_THAN_INDICATOR, one.value, one.target)
    by_now = one.target * PART_OF_YEAR[one.period]
    if one.status == Status.ON_TRACK and one.direction == Direction.UP and one.value < by_now * FAR_BELOW:
        yield Found(Remark.BETTER_THAN_INDICATOR, one.value, by_now)


def _share_missing(one: Said) -> Iterator[Found]:
    """Caught up after the year is over, but nothing is said to be lost."""
    late = one.new_date is not None and one.new_date.year > one.year
    if one.status in OFF_PLAN and one.delayed_share is None and one.effect and late:
        yield Found(Remark.SHARE_MISSING, against=one.effect)


def _date_passed(one: Said) -> Iterator[Found]:
    """It should have been caught up by the time somebody reads this."""
    if one.status in OFF_PLAN and one.new_date is not None and one.new_date < one.read_on:
        yield Found(Remark.DATE_PASSED)


def _fell_back(one: Said) -> Iterator[Found]:
    """The result is worse than last time, and the status is not."""
    if one.value is None or one.previous_value is None or one.status in OFF_PLAN:
        return
    worse = (
        one.value < one.previous_value if one.direction == Direction.UP else one.value > one.previous_value
    )
    if worse and one.direction != Direction.KEEP:
        yield Found(Remark.FELL_BACK, one.value, one.previous_value)


def _not_started_but_counted(one: Said) -> Iterator[Found]:
    """Not begun and as planned, but the budget counts on tonnes this year."""
    if one.status == Status.NOT_STARTED_PLANNED and one.effect:
        yield Found(Remark.NOT_STARTED_BUT_COUNTED, against=one.effect)


def _words_missing(one: Said) -> Iterator[Found]:
    if one.status in OFF_PLAN and not (one.cause.strip() and one.corrective_action.strip()):
        yield Found(Remark.CAUSE_MISSING)
    changed = one.previous_status and one.previous_status != one.status
    if changed and not one.what_happened.strip():
        yield Found(Remark.CHANGE_UNEXPLAINED)


def _result_missing(one: Said) -> Iterator[Found]:
    if one.asked and one.value is None and one.status != Status.NOT_STARTED_PLANNED:
        yield Found(Remark.RESULT_MISSING)


def _follow_up_missing(one: Said) -> Iterator[Found]:
    if one.decided and not one.follow_up.strip():
        yield Found(Remark.FOLLOW_UP_MISSING)
