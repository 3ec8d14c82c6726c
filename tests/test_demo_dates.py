"""The demo's dates fit whatever day it is loaded: asked of each day of two years, without a database."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from climate_portal import demo_data
from climate_portal.demo_data.chain import AREA_APPROVES, GETS_TIME
from climate_portal.demo_data.dates import DemoDates, PeriodDates, board_date, dates_for
from climate_portal.demo_data.reports import BOARD, NOT_REPORTED, ONLY_APPROVED, ONLY_SUBMITTED, RETURNED
from organisation.calculations.year import USUAL_QUIET_DAYS, is_asking_day
from reporting.calculations.messages import (
    SENT_FROM,
    SENT_UNTIL,
    PeriodFacts,
    ReportFacts,
    Told,
    due_messages,
    forecast,
)
from reporting.enums import EDITABLE_STATES, MessageKind, ReportState
from web.formats import OSLO

FIRST_DAY, LAST_DAY = date(2026, 9, 1), date(2028, 8, 31)
# Before anybody is at work, in the middle of the day, and after the mail of the day has gone.
HOURS = (time(5, 10), time(12, 30), time(22, 50))
REPORTED = "En som har rapportert"
UNITS = (*NOT_REPORTED, *RETURNED, *ONLY_SUBMITTED, *ONLY_APPROVED, REPORTED)
STILL_AT_IT = {*NOT_REPORTED, *RETURNED}
S, K = ReportState, MessageKind


def moments() -> Iterator[datetime]:
    day = FIRST_DAY
    while day <= LAST_DAY:
        yield from (datetime.combine(day, hour, OSLO) for hour in HOURS)
        day += timedelta(days=1)


ALL = [(now, dates_for(now)) for now in moments()]


def broken(rule: object) -> list[str]:
    """The moments a rule does not hold at, the first few."""
    return [f"{now:%A %d.%m.%Y %H.%M}" for now, dates in ALL if not rule(now, dates)][:5]  # type: ignore[operator]


def state_of(unit: str) -> ReportState:
    if unit in NOT_REPORTED:
        return S.DRAFT
    if unit in RETURNED:
        return S.RETURNED
    if unit in ONLY_SUBMITTED and unit != AREA_APPROVES:
        return S.SUBMITTED
    return S.ASSURED if unit == REPORTED else S.APPROVED


def facts_of(dates: DemoDates) -> PeriodFacts:
    """The second period as the loading leaves it, with the mail it has sent."""
    second = dates.second
    return PeriodFacts(
        period=1,
        opens_at=second.opens_at,
        closes_at=second.closes_at,
        reports=tuple(report_facts(number, unit, dates) for number, unit in enumerate(UNITS)),
        editors=frozenset({1000}),
        first_days=dates.first_reminder_days,
        quiet=USUAL_QUIET_DAYS,
    )


def report_facts(number: int, unit: str, dates: DemoDates) -> ReportFacts:
    second, state = dates.second, state_of(unit)
    contact, leader = 10 * number, 10 * number + 1
    told = [Told(K.OPENED, contact, second.opens_at, second.contact_deadline)]
    if state != S.DRAFT:
        told += [Told(K.RECEIPT, contact, second.submitted_at), Told(K.WAITS, leader, second.submitted_at)]
    if state == S.RETURNED:
        told.append(Told(K.RETURNED, contact, second.returned_at))
    if state == S.ASSURED:
        told.append(Told(K.ASSURED, contact, second.assured_at))
    extended = unit == GETS_TIME
    if extended:
        told.append(Told(K.EXTENDED, contact, dates.extended_at))
    return ReportFacts(
        report=number,
        state=state,
        answered_here=True,
        contact_deadline=dates.extended_contact_deadline if extended else second.contact_deadline,
        leader_deadline=dates.extended_leader_deadline if extended else second.leader_deadline,
        reporters=frozenset({contact}),
        leaders=frozenset({leader}),
        submitted_at=None if state in EDITABLE_STATES and state != S.RETURNED else second.submitted_at,
        told=tuple(told),
    )


def reminded(dates: DemoDates) -> set[tuple[MessageKind, str]]:
    """What goes next, and about which unit."""
    due = due_messages(facts_of(dates), dates.next_mail)
    return {(one.kind, UNITS[one.report]) for one in due if one.report is not None}


EXPECTED = {(K.FIRST_REMINDER, unit) for unit in STILL_AT_IT}


def test_the_next_mail_is_the_first_reminder_to_those_who_have_not_reported() -> None:
    assert broken(lambda now, dates: reminded(dates) == EXPECTED) == []


def test_people_are_reminded_two_weeks_before_where_no_pause_lies_between() -> None:
    def holds(now: datetime, dates: DemoDates) -> bool:
        days = range(1, dates.first_reminder_days)
        between = [dates.next_mail.date() + timedelta(days=one) for one in days]
        return dates.first_reminder_days == 14 or any(map(USUAL_QUIET_DAYS.covers, between))

    assert broken(holds) == []


def test_one_who_was_told_today_would_not_be_reminded() -> None:
    """What the rule above is about: a return on the day of the loading leaves no room for the reminder."""
    now = datetime(2026, 11, 30, 12, 30, tzinfo=OSLO)
    dates = dates_for(now)
    today = replace(dates, second=replace(dates.second, returned_at=now))
    assert EXPECTED - reminded(today) == {(K.FIRST_REMINDER, unit) for unit in RETURNED}


def asks(day: date) -> bool:
    """A working day outside of the quiet weeks."""
    return is_asking_day(day, USUAL_QUIET_DAYS)


def goes(moment: datetime) -> bool:
    here = moment.astimezone(OSLO)
    return asks(here.date()) and SENT_FROM <= here.time() < SENT_UNTIL


def told_at(period: PeriodDates) -> tuple[datetime, ...]:
    return (
        period.opens_at,
        period.submitted_at,
        period.approved_at,
        period.returned_at,
        period.assured_at,
    )


def test_all_mail_was_sent_on_working_days_by_day() -> None:
    def holds(now: datetime, dates: DemoDates) -> bool:
        sent = (*told_at(dates.first), *told_at(dates.second), dates.extended_at, dates.last_mail)
        return all(goes(moment) and moment <= now for moment in sent)

    assert broken(holds) == []


def test_all_mail_to_come_is_sent_on_working_days() -> None:
    assert broken(lambda now, dates: goes(dates.next_mail) and dates.next_mail >= now) == []
    # What goes on the days from then on is the same however early or late the loading was.
    for dates in {dates.next_mail.date(): dates for _now, dates in ALL}.values():
        until = dates.extended_leader_deadline.date()
        days = [day for day, _due in forecast(facts_of(dates), dates.next_mail, until)]
        assert days[0] == dates.next_mail.date()
        assert all(map(asks, days)), dates.next_mail


def in_order(*moments: datetime | date) -> bool:
    return all(earlier < later for earlier, later in pairwise(moments))


def test_the_first_period_is_over_and_everybody_was_in_time() -> None:
    def holds(now: datetime, dates: DemoDates) -> bool:
        first = dates.first
        deadlines = (first.contact_deadline, first.leader_deadline, first.closes_at)
        return in_order(*told_at(first), *deadlines) and first.closes_at == dates.last_mail <= now

    assert broken(holds) == []


def test_the_second_period_is_half_way() -> None:
    def holds(now: datetime, dates: DemoDates) -> bool:
        second = dates.second
        own = (dates.extended_contact_deadline, dates.extended_leader_deadline)
        return (
            in_order(*told_at(second), now, second.contact_deadline, second.leader_deadline, second.closes_at)
            and in_order(second.opens_at, dates.extended_at, second.contact_deadline, *own, second.closes_at)
            and own[1] > second.leader_deadline
            and second.closes_at >= now + timedelta(days=365)
        )

    assert broken(holds) == []


def test_what_is_past_is_past_and_what_is_ahead_is_ahead() -> None:
    def holds(now: datetime, dates: DemoDates) -> bool:
        today = now.date()
        past = (
            dates.seats_since,
            dates.register_decided_on,
            dates.decided_on,
            dates.question_answered_due,
            dates.register_overdue,
            dates.planned_overdue,
        )
        ahead = (today, dates.planned_due, dates.register_due_soon, dates.decision_deadline)
        later = (today, dates.question_due, dates.register_due_later)
        return (
            dates.today == today
            and in_order(*past, today)
            and dates.question_overdue < today
            and dates.first.leader_deadline.date() < dates.decided_on
            and in_order(*ahead)
            and in_order(*later)
            and in_order(now, *dates.meetings)
            and now < dates.hearing_deadline
        )

    assert broken(holds) == []


def test_people_meet_and_are_due_on_working_days_outside_the_quiet_weeks() -> None:
    def holds(now: datetime, dates: DemoDates) -> bool:
        second = dates.second
        moments = (
            second.contact_deadline,
            second.leader_deadline,
            dates.extended_contact_deadline,
            dates.extended_leader_deadline,
            second.closes_at,
            dates.first.contact_deadline,
            dates.first.leader_deadline,
            dates.hearing_deadline,
            *dates.meetings,
        )
        boards = [board_date(second.contact_deadline, days) for days, _ in BOARD.values() if days is not None]
        days = (
            dates.decided_on,
            dates.decision_deadline,
            dates.planned_due,
            dates.planned_overdue,
            dates.register_due_soon,
            dates.register_due_later,
            dates.question_answered_due,
            dates.question_overdue,
            dates.question_due,
        )
        return all(map(asks, (*days, *boards, *(one.astimezone(OSLO).date() for one in moments))))

    assert broken(holds) == []


def test_a_board_meets_before_the_deadline_or_after_it() -> None:
    for now, dates in ALL:
        last = dates.second.contact_deadline.date()
        assert (
            board_date(dates.second.contact_deadline, -3)
            < last
            < board_date(dates.second.contact_deadline, 12)
        ), now


def test_the_quarter_is_the_newest_that_is_over() -> None:
    assert dates_for(datetime(2026, 12, 31, 22, 50, tzinfo=OSLO)).newest_quarter == date(2026, 7, 1)
    assert dates_for(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)).newest_quarter == date(2026, 10, 1)


def test_in_the_hours_mail_is_sent_nothing_is_moved() -> None:
    now = datetime(2026, 11, 30, 7, 56, 59, tzinfo=UTC)
    dates = dates_for(now)
    assert dates.last_mail == dates.next_mail == now


@pytest.mark.parametrize(
    ("now", "last", "following"),
    [
        # Saturday night, Easter Eve, the last evening before Easter week, New Year's Eve, before work.
        ("2026-12-05T22:50", "2026-12-04T19:00", "2026-12-07T07:00"),
        ("2027-03-27T12:30", "2027-03-19T19:00", "2027-03-30T07:00"),
        ("2027-03-19T20:00", "2027-03-19T19:00", "2027-03-30T07:00"),
        ("2026-12-31T09:00", "2026-12-21T19:00", "2027-01-04T07:00"),
        # The quiet weeks of the summer, in the hours mail is otherwise sent.
        ("2027-07-14T12:30", "2027-07-02T19:00", "2027-08-09T07:00"),
        ("2026-11-30T05:10", "2026-11-27T19:00", "2026-11-30T07:00"),
    ],
)
def test_mail_waits_for_a_working_day(now: str, last: str, following: str) -> None:
    dates = dates_for(datetime.fromisoformat(now).replace(tzinfo=OSLO))
    found = [f"{moment:%Y-%m-%dT%H:%M}" for moment in (dates.last_mail, dates.next_mail)]
    assert found == [last, following]


# --- All of the demo reads its dates there -----------------------------------------------------------

CLOCKS = {"now", "localdate", "localtime", "today", "timedelta"}


def clocks_in(source: str) -> set[str]:
    """The names in a module that tell what day it is, or count days from it."""
    tree = ast.parse(source)
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return CLOCKS & (names | {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)})


def test_the_rest_of_the_demo_neither_reads_a_clock_nor_counts_days() -> None:
    assert clocks_in("due = timezone.now() + timedelta(days=3)") == {"now", "timedelta"}
    folder = Path(str(demo_data.__file__)).parent
    found = {path.name: clocks_in(path.read_text(encoding="utf-8")) for path in folder.glob("*.py")}
    # The names of its own fields and arguments are `today` and `now`; it is asked above of every day.
    assert found.pop("dates.py") == {"timedelta", "today", "now"}
    # One of the dates it is given.
    assert {name: words - {"today"} for name, words in found.items() if words - {"today"}} == {}
