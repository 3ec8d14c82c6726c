"""Which days people are at work, held against somebody else's list of Norway's public holidays."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest

from organisation.calculations.working_days import is_working_day, working_day_from, working_day_until
from organisation.calculations.year import USUAL_PLAN, YearPlan
from organisation.enums import YearMark
from reporting.enums import PeriodKind
from reporting.rules.deadlines import suggested_deadlines
from tests.clock import NOW
from web.formats import local

YEARS = range(2024, 2041)
SATURDAY = 5


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=days) for days in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", YEARS)
def test_a_working_day_is_no_weekend_no_public_holiday_and_neither_eve(year: int) -> None:
    public = holidays.country_holidays("NO", years=year)
    days = days_of(year)
    off = {day for day in days if day.weekday() >= SATURDAY or day in public}
    off |= {date(year, 12, 24), date(year, 12, 31)}
    assert [day for day in days if not is_working_day(day)] == sorted(off)
    # The list is one: it knows Constitution Day, and that Midsummer Eve is an ordinary day.
    assert date(year, 5, 17) in public
    assert date(year, 6, 23) not in public


@pytest.mark.parametrize("year", YEARS)
def test_the_nearest_working_day(year: int) -> None:
    for day in days_of(year):
        after, before = working_day_from(day), working_day_until(day)
        assert is_working_day(after)
        assert is_working_day(before)
        assert before <= day <= after
        between = [before + timedelta(days=days) for days in range(1, (after - before).days)]
        assert (before == day == after) or not any(map(is_working_day, between))


@pytest.mark.parametrize("kind", PeriodKind)
@pytest.mark.parametrize("year", YEARS)
def test_suggested_deadlines_fall_on_working_days_that_are_not_quiet(year: int, kind: PeriodKind) -> None:
    suggested = suggested_deadlines(year, kind, NOW, USUAL_PLAN)
    days = {name: local(moment).date() for name, moment in suggested.items()}
    assert [name for name, day in days.items() if not is_working_day(day)] == []
    assert [name for name, day in days.items() if USUAL_PLAN.quiet.covers(day)] == []


def test_constitution_day_is_no_deadline() -> None:
    """Two weeks after Monday 3 May 2027 is 17 May; the deadline is the day after."""
    suggested = suggested_deadlines(2027, PeriodKind.FIRST_TERTIAL, NOW, USUAL_PLAN)
    assert local(suggested["opens_at"]).date() == date(2027, 5, 3)
    assert local(suggested["contact_deadline"]).date() == date(2027, 5, 18)


def test_what_is_chosen_for_the_year_is_suggested() -> None:
    plan = YearPlan(chosen={(YearMark.FIRST_TERTIAL, 2027): (5, 10), (YearMark.FIRST_TERTIAL, None): (5, 20)})
    for year, opens in ((2027, date(2027, 5, 10)), (2028, date(2028, 5, 22))):
        found = suggested_deadlines(year, PeriodKind.FIRST_TERTIAL, NOW, plan)
        assert local(found["opens_at"]).date() == opens


def test_a_pause_takes_nobodys_days_of_a_deadline() -> None:
    """Opened on Thursday 17 June: the contacts' two weeks end on the last day before the summer."""
    plan = YearPlan(chosen={(YearMark.FIRST_TERTIAL, None): (6, 17)})
    found = suggested_deadlines(2027, PeriodKind.FIRST_TERTIAL, NOW, plan)
    days = [local(moment).date() for moment in found.values()]
    # Then nothing in weeks 27 to 31; the leaders' day comes after, and a week later it closes.
    assert days == [date(2027, 6, 17), date(2027, 7, 1), date(2027, 8, 9), date(2027, 8, 16)]
