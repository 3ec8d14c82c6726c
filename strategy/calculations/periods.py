"""Periods of the klimabarometer, each known by its first day, and which way a change goes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from strategy.enums import Direction, Frequency

MONTHS_IN = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.YEAR: 12}


class Verdict(StrEnum):
    """What a change means: the right way, the wrong way, no change, or nothing in itself."""

    RIGHT = "right"
    WRONG = "wrong"
    UNCHANGED = "unchanged"
    NEITHER = "neither"


def period_number(frequency: Frequency, day: date) -> int:
    """Number of the period `day` is in; the next period has the next number."""
    return (day.year * 12 + day.month - 1) // MONTHS_IN[frequency]


def period_start(frequency: Frequency, day: date) -> date:
    """First day of the period `day` is in."""
    return _start(frequency, period_number(frequency, day))


def shifted(frequency: Frequency, start: date, periods: int) -> date:
    """First day of the period that many periods later (or, when negative, earlier).

    Raises ValueError outside the years a date can have.
    """
    return _start(frequency, period_number(frequency, start) + periods)


def last_finished(frequency: Frequency, today: date) -> date:
    """First day of the newest period that is over."""
    return shifted(frequency, today, -1)


def verdict(direction: Direction, change: Decimal) -> Verdict:
    """Which way a change in an indicator goes. One that should be held is only ever said to be unchanged."""
    if not change:
        return Verdict.UNCHANGED
    if direction == Direction.KEEP:
        return Verdict.NEITHER
    return Verdict.RIGHT if (change > 0) == (direction == Direction.UP) else Verdict.WRONG


def _start(frequency: Frequency, number: int) -> date:
    year, month = divmod(number * MONTHS_IN[frequency], 12)
    return date(year, month + 1, 1)
