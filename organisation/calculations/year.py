"""The municipality's year: which days nobody is asked for anything, and when things of the year come.

A plan is what the portal goes by, with what the municipality has chosen in place of the usual days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from organisation.calculations.working_days import easter_sunday, is_holiday, is_working_day
from organisation.enums import LONGEST_PAUSE, YearMark

_ONE_DAY = timedelta(days=1)
_DECEMBER, _JANUARY = 12, 1


@dataclass(frozen=True, slots=True)
class QuietDays:
    """Days without reminders and deadlines. None: there are none of that kind.

    Weeks are ISO weeks of the year, both included. Easter is from the Monday before Easter Sunday until that
    Sunday. The turn of the year is from a day in December until a day in January.
    """

    first_week: int | None = None
    last_week: int | None = None
    easter: bool = False
    december_from: int | None = None
    january_until: int | None = None

    def __post_init__(self) -> None:
        """Raises ValueError for quiet days that leave no day to ask on, or have only one of two ends."""
        if (self.first_week is None) != (self.last_week is None):
            raise ValueError("both weeks or none")
        if (self.december_from is None) != (self.january_until is None):
            raise ValueError("both ends of the turn of the year or none")
        weeks = 0 if self.first_week is None or self.last_week is None else self.last_week - self.first_week
        if not 0 <= weeks < LONGEST_PAUSE:
            raise ValueError("weeks out of order, or too many")

    def covers(self, day: date) -> bool:
        """Whether the day is quiet, weekends within a pause included."""
        return self._in_weeks(day) or self._before_easter(day) or self._at_the_turn(day)

    def _in_weeks(self, day: date) -> bool:
        if self.first_week is None or self.last_week is None:
            return False
        return self.first_week <= day.isocalendar().week <= self.last_week

    def _before_easter(self, day: date) -> bool:
        return self.easter and 0 <= (easter_sunday(day.year) - day).days < 7

    def _at_the_turn(self, day: date) -> bool:
        if self.december_from is None or self.january_until is None:
            return False
        if day.month == _DECEMBER:
            return day.day >= self.december_from
        return day.month == _JANUARY and day.day <= self.january_until


NO_QUIET_DAYS = QuietDays()
# The common holiday of July, Easter week, and from the school holidays until after New Year.
USUAL_QUIET_DAYS = QuietDays(first_week=27, last_week=31, easter=True, december_from=22, january_until=2)


def is_asking_day(day: date, quiet: QuietDays) -> bool:
    """Whether people are at work, and may be asked for something."""
    return is_working_day(day) and not quiet.covers(day)


def may_be_deadline(day: date, quiet: QuietDays) -> bool:
    """Whether a deadline may fall on the day: on ordinary weekends too, never on holidays and quiet days."""
    return not quiet.covers(day) and not is_holiday(day)


def asking_day_from(day: date, quiet: QuietDays) -> date:
    """The day, or the first one after it to ask on."""
    return _nearest(day, quiet, _ONE_DAY)


def asking_day_until(day: date, quiet: QuietDays) -> date:
    """The day, or the last one before it to ask on."""
    return _nearest(day, quiet, -_ONE_DAY)


def last_quiet_day_after(day: date, quiet: QuietDays) -> date:
    """The last quiet day before the next day to ask on; the day itself where none comes between."""
    last, one = day, day + _ONE_DAY
    while not is_asking_day(one, quiet):
        if quiet.covers(one):
            last = one
        one += _ONE_DAY
    return last


def _nearest(day: date, quiet: QuietDays, step: timedelta) -> date:
    while not is_asking_day(day, quiet):
        day += step
    return day


# (month, day) of each in an ordinary year, with the reason; None is not known until somebody writes it.
USUAL_DAYS: dict[YearMark, tuple[int, int] | None] = {
    # The year's figures are closed, and nothing else is asked in January.
    YearMark.ANNUAL_REPORT: (1, 10),
    # Before the first report of the year is asked for.
    YearMark.FIRST_MEETING: (2, 10),
    # The state says each year when.
    YearMark.GRANTS: None,
    # Miljøfyrtårn needs the same litres by 1 April.
    YearMark.OWN_OPERATIONS: (3, 1),
    # After the annual report, before the budget's round begins.
    YearMark.LEADERS: (3, 15),
    # What next year's economy is to be made by; after Easter, whenever it comes.
    YearMark.CIRCULAR: (4, 28),
    # The first day after 1. tertial that is no holiday.
    YearMark.FIRST_TERTIAL: (5, 2),
    # Where what 1. tertial will say is known.
    YearMark.SECOND_MEETING: (5, 20),
    # The council reads 1. tertial before the summer.
    YearMark.PUBLISH: (6, 5),
    YearMark.FRAMES: (6, 15),
    # The first weeks after the summer: before the proposal is written.
    YearMark.EFFECTS: (8, 15),
    # The first day after 2. tertial.
    YearMark.SECOND_TERTIAL: (9, 1),
    # Companies' owners' meetings are over, and next year's letters not sent.
    YearMark.OWNER_REVIEWS: (9, 10),
    YearMark.THIRD_MEETING: (9, 20),
    YearMark.SECOND_TERTIAL_CASE: (10, 20),
    # Law gives the proposal time to be open for fourteen days before it is adopted in December.
    YearMark.PROPOSAL: (11, 1),
    YearMark.RECOMMENDATION: (11, 20),
    YearMark.FOURTH_MEETING: (12, 1),
    # The economy plan is to be adopted before the year is over.
    YearMark.ADOPTION: (12, 10),
}


@dataclass(frozen=True, slots=True)
class YearPlan:
    """Quiet days, and the days of the year. `chosen` is (month, day) by mark and year; None: every year."""

    quiet: QuietDays = USUAL_QUIET_DAYS
    chosen: Mapping[tuple[YearMark, int | None], tuple[int, int]] = field(default_factory=dict)

    def yearly(self, mark: YearMark) -> tuple[int, int] | None:
        """(month, day) of a year nobody has said anything about; None when it is not known."""
        return self.chosen.get((mark, None), USUAL_DAYS[mark])

    def day_of(self, mark: YearMark, year: int) -> date | None:
        """When it is that year; None when it is not known yet."""
        found = self.chosen.get((mark, year)) or self.yearly(mark)
        return date(year, *found) if found else None

    def between(
        self, start: date, end: date, shown: Callable[[YearMark], bool]
    ) -> Iterator[tuple[date, YearMark]]:
        """What is known to come from start to end, both included, in order."""
        marks = [mark for mark in YearMark if shown(mark)]
        days = [
            (day, mark)
            for year in range(start.year, end.year + 1)
            for mark in marks
            if (day := self.day_of(mark, year)) is not None and start <= day <= end
        ]
        yield from sorted(days, key=lambda one: one[0])


USUAL_PLAN = YearPlan()
