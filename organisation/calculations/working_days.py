"""Days when people in a Norwegian municipality are at work."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

_FIXED = ((1, 1), (5, 1), (5, 17), (12, 24), (12, 25), (12, 26), (12, 31))
# From Easter Sunday: Maundy Thursday, Good Friday, Easter Monday, Ascension Day, Whit Monday.
_FROM_EASTER = (-3, -2, 1, 39, 50)
# Holidays that are always Sundays: Easter Sunday and Whit Sunday.
_SUNDAYS_FROM_EASTER = (0, 49)
_SATURDAY = 5


def easter_sunday(year: int) -> date:
    """Easter Sunday in the Gregorian calendar, by the method of Meeus, Jones and Butcher."""
    golden = year % 19
    century, in_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - correction + 15) % 30
    leaps, rest = divmod(in_century, 4)
    to_sunday = (32 + 2 * century_rest + 2 * leaps - epact - rest) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=16)
def public_holidays(year: int) -> frozenset[date]:
    """Holidays by law that can fall on a weekday, and Christmas Eve and New Year's Eve."""
    easter = easter_sunday(year)
    moving = {easter + timedelta(days=days) for days in _FROM_EASTER}
    return frozenset(moving | {date(year, month, day) for month, day in _FIXED})


def is_working_day(day: date) -> bool:
    """Whether it is neither Saturday, Sunday nor a holiday."""
    return day.weekday() < _SATURDAY and day not in public_holidays(day.year)


def is_holiday(day: date) -> bool:
    """Whether it is a public holiday, on a Sunday too, or Christmas Eve or New Year's Eve."""
    return day in public_holidays(day.year) or (day - easter_sunday(day.year)).days in _SUNDAYS_FROM_EASTER


def working_day_from(day: date) -> date:
    """The day, or the first working day after it."""
    return _nearest(day, 1)


def working_day_until(day: date) -> date:
    """The day, or the last working day before it."""
    return _nearest(day, -1)


def _nearest(day: date, step: int) -> date:
    while not is_working_day(day):
        day += timedelta(days=step)
    return day
