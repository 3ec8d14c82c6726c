"""The municipality's year: quiet days and the days to ask on, as arithmetic."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisation.calculations.working_days import easter_sunday, is_holiday, is_working_day
from organisation.calculations.year import (
    NO_QUIET_DAYS,
    USUAL_DAYS,
    USUAL_PLAN,
    USUAL_QUIET_DAYS,
    QuietDays,
    YearPlan,
    asking_day_from,
    asking_day_until,
    is_asking_day,
    last_quiet_day_after,
    may_be_deadline,
)
from organisation.enums import DATED_EACH_YEAR, LONGEST_PAUSE, YearMark

DAYS = st.dates(date(2024, 1, 1), date(2040, 12, 31))
ONE = timedelta(days=1)


@st.composite
def quiet_days(draw: st.DrawFn) -> QuietDays:
    """Whatever a municipality may choose."""
    first = draw(st.none() | st.integers(1, 53))
    last = None if first is None else min(53, first + draw(st.integers(0, LONGEST_PAUSE - 1)))
    turn = draw(st.none() | st.tuples(st.integers(1, 31), st.integers(1, 31)))
    return QuietDays(first, last, draw(st.booleans()), *(turn or (None, None)))


@given(DAYS, quiet_days())
def test_the_nearest_day_to_ask_on(day: date, quiet: QuietDays) -> None:
    before, after = asking_day_until(day, quiet), asking_day_from(day, quiet)
    for one in (before, after):
        assert is_working_day(one)
        assert not quiet.covers(one)
    assert before <= day <= after
    between = [before + ONE * days for days in range(1, (after - before).days)]
    assert before == day == after or not any(is_asking_day(one, quiet) for one in between)


@given(DAYS, quiet_days())
def test_what_comes_after_the_last_day_to_ask_on(day: date, quiet: QuietDays) -> None:
    last, following = last_quiet_day_after(day, quiet), asking_day_from(day + ONE, quiet)
    assert day <= last < following
    assert last == day or quiet.covers(last)
    rest = [last + ONE * days for days in range(1, (following - last).days)]
    assert not any(map(quiet.covers, rest))


@given(DAYS, quiet_days())
def test_a_day_to_ask_on_may_be_a_deadline(day: date, quiet: QuietDays) -> None:
    """And of the others only ordinary Saturdays and Sundays."""
    if is_asking_day(day, quiet):
        assert may_be_deadline(day, quiet)
    elif may_be_deadline(day, quiet):
        assert day.weekday() >= 5
        assert day not in holidays.country_holidays("NO", years=day.year)


@given(DAYS)
def test_without_quiet_days_people_are_asked_on_working_days(day: date) -> None:
    assert is_asking_day(day, NO_QUIET_DAYS) == is_working_day(day)
    assert last_quiet_day_after(day, NO_QUIET_DAYS) == day


@given(DAYS)
def test_holidays_are_those_of_somebody_elses_list(day: date) -> None:
    eves = {(12, 24), (12, 31)}
    public = holidays.country_holidays("NO", years=day.year)
    assert is_holiday(day) == (day in public or (day.month, day.day) in eves)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        # Weeks 27 to 31, with the Sunday; Easter week, with the Sunday; over New Year.
        (date(2026, 6, 29), date(2026, 8, 2)),
        (date(2027, 7, 5), date(2027, 8, 8)),
        (date(2027, 3, 22), date(2027, 3, 28)),
        (date(2026, 12, 22), date(2027, 1, 2)),
    ],
)
def test_the_usual_quiet_days(first: date, last: date) -> None:
    assert all(USUAL_QUIET_DAYS.covers(first + ONE * days) for days in range((last - first).days + 1))
    assert not USUAL_QUIET_DAYS.covers(first - ONE)
    assert not USUAL_QUIET_DAYS.covers(last + ONE)


@given(st.integers(2024, 2040))
def test_easter_week_is_quiet_and_the_monday_after_a_holiday(year: int) -> None:
    quiet, sunday = QuietDays(easter=True), easter_sunday(year)
    assert all(quiet.covers(sunday - ONE * days) for days in range(7))
    assert not quiet.covers(sunday + ONE)
    assert not may_be_deadline(sunday + ONE, quiet)


@pytest.mark.parametrize(
    "wrong",
    [
        {"first_week": 27},
        {"last_week": 27},
        {"first_week": 31, "last_week": 27},
        {"first_week": 1, "last_week": LONGEST_PAUSE + 1},
        {"december_from": 22},
        {"january_until": 2},
    ],
)
def test_quiet_days_must_have_two_ends_and_leave_days_to_ask_on(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"weeks|ends"):
        QuietDays(**wrong)


# --- The days of the year ---------------------------------------------------------------------------


def test_every_mark_has_its_day_in_the_order_of_the_year() -> None:
    assert list(USUAL_DAYS) == list(YearMark)
    assert {mark for mark, day in USUAL_DAYS.items() if day is None} == DATED_EACH_YEAR
    known = [day for day in USUAL_DAYS.values() if day]
    assert known == sorted(known)


@given(st.integers(2024, 2040))
def test_nothing_usual_comes_in_quiet_days(year: int) -> None:
    days = [USUAL_PLAN.day_of(mark, year) for mark in YearMark]
    assert [day for day in days if day and USUAL_QUIET_DAYS.covers(day)] == []


def test_what_is_chosen_comes_in_place_of_the_usual() -> None:
    plan = YearPlan(
        chosen={
            (YearMark.SECOND_TERTIAL, None): (9, 5),
            (YearMark.SECOND_TERTIAL, 2027): (9, 7),
            (YearMark.GRANTS, 2027): (2, 15),
        }
    )
    assert plan.day_of(YearMark.SECOND_TERTIAL, 2026) == date(2026, 9, 5)
    assert plan.day_of(YearMark.SECOND_TERTIAL, 2027) == date(2027, 9, 7)
    assert plan.day_of(YearMark.FIRST_TERTIAL, 2027) == date(2027, 5, 2)
    assert plan.day_of(YearMark.GRANTS, 2027) == date(2027, 2, 15)
    assert plan.day_of(YearMark.GRANTS, 2028) is None


def test_what_comes_from_a_day_to_a_day() -> None:
    start, end = date(2026, 12, 1), date(2027, 1, 10)
    every = list(USUAL_PLAN.between(start, end, lambda mark: True))
    assert every == [
        (date(2026, 12, 1), YearMark.FOURTH_MEETING),
        (date(2026, 12, 10), YearMark.ADOPTION),
        (date(2027, 1, 10), YearMark.ANNUAL_REPORT),
    ]
    few = list(USUAL_PLAN.between(start, end, lambda mark: mark != YearMark.ADOPTION))
    assert [mark for _day, mark in few] == [YearMark.FOURTH_MEETING, YearMark.ANNUAL_REPORT]
