"""When mail about deadlines is due: worked examples by hand, and what must hold whatever happens."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from organisation.calculations.working_days import easter_sunday, is_working_day, public_holidays
from organisation.calculations.year import NO_QUIET_DAYS, USUAL_QUIET_DAYS
from reporting.calculations.messages import (
    OSLO,
    Due,
    PeriodFacts,
    ReportFacts,
    Told,
    after,
    due_messages,
    forecast,
    is_stale,
    last_day,
    morning,
)
from reporting.enums import EDITABLE_STATES, MessageKind, ReportState

CONTACT, DEPUTY, LEADER, DIRECTOR, KLIMA = 1, 2, 3, 4, 9
K = MessageKind


def oslo(day: date, hour: int = 7, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=OSLO)


# A Thursday; the leader's deadline is a Thursday too.
DEADLINE_DAY = date(2026, 9, 10)
DEADLINE = oslo(DEADLINE_DAY, 23, 59)
LEADER_DEADLINE = oslo(date(2026, 9, 17), 23, 59)


def report(**changes: object) -> ReportFacts:
    facts = ReportFacts(
        report=1,
        state=ReportState.DRAFT,
        answered_here=True,
        contact_deadline=DEADLINE,
        leader_deadline=LEADER_DEADLINE,
        reporters=frozenset({CONTACT}),
        leaders=frozenset({LEADER}),
        leaders_above=frozenset({DIRECTOR}),
    )
    return replace(facts, **changes)


def period(*reports: ReportFacts, **changes: object) -> PeriodFacts:
    facts = PeriodFacts(
        period=7,
        opens_at=oslo(date(2026, 8, 20), 8),
        closes_at=oslo(date(2026, 10, 30), 23, 59),
        reports=reports or (report(),),
    )
    return replace(facts, **changes)


def told(kind: MessageKind, day: date, user: int = CONTACT, deadline: datetime = DEADLINE) -> Told:
    return Told(kind, user, oslo(day, 7, 5), deadline)


def due(facts: PeriodFacts, now: datetime) -> list[tuple[MessageKind, int]]:
    return [(message.kind, message.user) for message in due_messages(facts, now)]


def over_time(facts: PeriodFacts, until: date) -> list[tuple[date, MessageKind, int]]:
    """What a worker that never stops sends."""
    days = forecast(facts, facts.opens_at, until)
    return [(day, message.kind, message.user) for day, found in days for message in found]


# --- A report that never comes -----------------------------


def test_the_whole_course_of_a_report_nobody_sends() -> None:
    assert over_time(period(), date(2026, 10, 15)) == [
        (date(2026, 8, 20), K.OPENED, CONTACT),  # Thursday, when it opens
        (date(2026, 8, 27), K.FIRST_REMINDER, CONTACT),  # 14 days before
        (date(2026, 9, 7), K.SECOND_REMINDER, CONTACT),  # 3 days before
        (date(2026, 9, 10), K.DEADLINE_DAY, CONTACT),
        (date(2026, 9, 15), K.OVERDUE, CONTACT),  # five days later
        (date(2026, 9, 16), K.REPORT_MISSING, LEADER),  # the leader after the contact
    ]


def test_further_up_only_when_klima_releases_it() -> None:
    released = report(escalation_released_at=oslo(date(2026, 9, 18)))
    course = over_time(period(released), date(2026, 10, 15))
    assert course[-1] == (date(2026, 9, 18), K.ESCALATED, DIRECTOR)
    assert [kind for _day, kind, _user in course].count(K.ESCALATED) == 1


def test_a_report_that_waits_for_the_leader() -> None:
    sent = oslo(date(2026, 9, 9), 14)
    waits = report(
        state=ReportState.SUBMITTED,
        submitted_at=sent,
        told=(Told(K.WAITS, LEADER, sent, LEADER_DEADLINE), Told(K.RECEIPT, CONTACT, sent)),
    )
    facts = period(waits)
    days = forecast(facts, sent, date(2026, 10, 15))
    assert [(day, message.kind, message.user) for day, found in days for message in found] == [
        (date(2026, 9, 14), K.LEADER_REMINDER, LEADER),
        (date(2026, 9, 21), K.LEADER_OVERDUE, LEADER),  # five days after the 14th, past the weekend
    ]


def test_contact_and_deputy_are_told_alike() -> None:
    facts = period(report(reporters=frozenset({CONTACT, DEPUTY})))
    assert due(facts, facts.opens_at) == [(K.OPENED, CONTACT), (K.OPENED, DEPUTY)]


def test_a_leader_without_contacts_is_told_as_the_one_who_reports() -> None:
    course = over_time(period(report(reporters=frozenset({LEADER}))), date(2026, 10, 15))
    assert [kind for _day, kind, _user in course] == [
        K.OPENED,
        K.FIRST_REMINDER,
        K.SECOND_REMINDER,
        K.DEADLINE_DAY,
        K.OVERDUE,
    ]


def test_nobody_to_tell_gives_nothing() -> None:
    alone = report(reporters=frozenset(), leaders=frozenset(), leaders_above=frozenset())
    assert over_time(period(alone), date(2026, 10, 15)) == []


# --- Nothing to those who have nothing to do -----------------------------

DONE = [ReportState.APPROVED, ReportState.ASSURED]


@pytest.mark.parametrize("state", DONE)
@pytest.mark.parametrize("days", range(0, 60, 3))
def test_nothing_about_a_report_that_is_done(state: ReportState, days: int) -> None:
    facts = period(report(state=state, escalation_released_at=oslo(date(2026, 9, 18))))
    assert due(facts, oslo(date(2026, 8, 20) + timedelta(days=days), 12)) == []


@pytest.mark.parametrize("days", range(0, 60, 3))
def test_nothing_to_a_unit_that_answers_elsewhere(days: int) -> None:
    elsewhere = report(answered_here=False, escalation_released_at=oslo(date(2026, 9, 18)))
    assert due(period(elsewhere), oslo(date(2026, 8, 20) + timedelta(days=days), 12)) == []


def test_nothing_before_the_opening_and_nothing_after_the_close() -> None:
    facts = period()
    assert due(facts, facts.opens_at - timedelta(minutes=1)) == []
    assert due(facts, facts.closes_at) == []
    assert due(replace(facts, is_closed=True), facts.opens_at) == []


def test_once_sent_the_contact_hears_no_more() -> None:
    submitted = report(state=ReportState.SUBMITTED, submitted_at=oslo(date(2026, 9, 8), 9))
    assert due(period(submitted), oslo(date(2026, 9, 10))) == [(K.WAITS, LEADER)]


# --- Hours and days -----------------------------


@pytest.mark.parametrize(
    ("hour", "minute", "sent"), [(6, 59, False), (7, 0, True), (19, 59, True), (20, 0, False), (2, 30, False)]
)
def test_only_in_the_daytime(hour: int, minute: int, sent: bool) -> None:
    assert bool(due(period(), oslo(date(2026, 8, 27), hour, minute))) is sent


def test_on_days_off_only_what_is_about_that_very_day() -> None:
    saturday = date(2026, 9, 12)
    facts = period(report(contact_deadline=oslo(saturday, 23, 59)))
    assert due(facts, oslo(date(2026, 8, 29))) == []  # 14 days before, a Saturday
    assert due(facts, oslo(date(2026, 8, 31))) == [(K.OPENED, CONTACT)]
    assert due(facts, oslo(saturday)) == [(K.DEADLINE_DAY, CONTACT)]
    assert due(facts, oslo(date(2026, 9, 13))) == []
    assert due(facts, oslo(date(2026, 9, 14))) == [(K.OVERDUE, CONTACT)]


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (2000, date(2000, 4, 23)),
        (2024, date(2024, 3, 31)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2038, date(2038, 4, 25)),
        (2285, date(2285, 3, 22)),
    ],
)
def test_easter(year: int, sunday: date) -> None:
    assert easter_sunday(year) == sunday


def test_holidays_of_2026() -> None:
    assert sorted(public_holidays(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 2),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 14),
        date(2026, 5, 17),
        date(2026, 5, 25),
        date(2026, 12, 24),
        date(2026, 12, 25),
        date(2026, 12, 26),
        date(2026, 12, 31),
    ]
    assert not is_working_day(date(2026, 4, 2))
    assert is_working_day(date(2026, 4, 1))
    assert not is_working_day(date(2026, 4, 4))


@pytest.mark.parametrize("day", [date(2026, 10, 25), date(2027, 3, 28)])
def test_the_nights_when_the_clock_is_changed(day: date) -> None:
    """The deadline day has 25 or 23 hours; it is still one day, and its reminder comes once, at seven."""
    facts = period(
        report(contact_deadline=oslo(day, 23, 59), leader_deadline=oslo(day, 23, 59)),
        opens_at=oslo(day - timedelta(days=30)),
        closes_at=oslo(day + timedelta(days=30)),
    )
    days = forecast(facts, facts.opens_at, day + timedelta(days=20))
    assert [found[0].kind for on, found in days if on == day] == [K.DEADLINE_DAY]
    assert Counter(message.key for _on, found in days for message in found).most_common(1)[0][1] == 1


def test_a_deadline_at_midnight_ends_the_day_before() -> None:
    midnight = oslo(date(2026, 9, 11), 0)
    assert last_day(midnight) == date(2026, 9, 10)
    assert due(period(report(contact_deadline=midnight)), oslo(date(2026, 9, 10))) == [
        (K.DEADLINE_DAY, CONTACT)
    ]
    assert last_day(DEADLINE) == DEADLINE_DAY


def test_after_a_deadline_at_noon_the_same_day_says_nothing() -> None:
    noon = oslo(DEADLINE_DAY, 12)
    facts = period(report(contact_deadline=noon))
    assert due(facts, oslo(DEADLINE_DAY, 11)) == [(K.DEADLINE_DAY, CONTACT)]
    assert due(facts, oslo(DEADLINE_DAY, 12)) == []
    assert due(facts, oslo(date(2026, 9, 11))) == [(K.OVERDUE, CONTACT)]


# --- Catching up, moving, and days apart -----------------------------


def test_a_worker_that_was_down_catches_up_with_one_message() -> None:
    opened = told(K.OPENED, date(2026, 8, 20))
    down_until = oslo(date(2026, 9, 8), 9)  # both reminders were missed
    assert due(period(report(told=(opened,))), down_until) == [(K.SECOND_REMINDER, CONTACT)]
    assert due(period(report()), down_until) == [(K.OPENED, CONTACT)]
    long_down = oslo(date(2026, 9, 22), 9)
    assert due(period(report(told=(opened,))), long_down) == [(K.OVERDUE, CONTACT)]


def test_the_deadline_day_is_told_two_days_after_another_but_not_one() -> None:
    for days, sent in ((3, True), (2, True), (1, False)):
        before = told(K.SECOND_REMINDER, DEADLINE_DAY - timedelta(days=days))
        assert bool(due(period(report(told=(before,))), oslo(DEADLINE_DAY))) is sent


def test_a_new_deadline_is_reminded_of_again() -> None:
    later = oslo(date(2026, 9, 24), 23, 59)
    extended = report(
        contact_deadline=later,
        told=(told(K.OPENED, date(2026, 8, 20)), told(K.DEADLINE_DAY, DEADLINE_DAY)),
    )
    assert due(period(extended), oslo(date(2026, 9, 11))) == []
    assert due(period(extended), oslo(date(2026, 9, 15))) == [(K.FIRST_REMINDER, CONTACT)]
    assert due(period(extended), oslo(date(2026, 9, 24))) == [(K.DEADLINE_DAY, CONTACT)]


def test_what_was_just_said_in_another_way_keeps_its_distance() -> None:
    returned = report(
        state=ReportState.RETURNED, told=(Told(K.RETURNED, CONTACT, oslo(date(2026, 9, 14), 15)),)
    )
    assert due(period(returned), oslo(date(2026, 9, 15))) == []
    assert due(period(returned), oslo(date(2026, 9, 21))) == [(K.OVERDUE, CONTACT)]


def test_one_person_with_two_roles_gets_one_message() -> None:
    both = report(
        leaders_above=frozenset({CONTACT}),
        escalation_released_at=oslo(date(2026, 9, 18)),
        told=(told(K.DEADLINE_DAY, DEADLINE_DAY),),
    )
    assert due(period(both), oslo(date(2026, 9, 21))) == [(K.OVERDUE, CONTACT)]


# --- Klima's week -----------------------------


def test_klima_gets_the_week_on_its_first_working_day() -> None:
    facts = period(report(told=(told(K.OPENED, date(2026, 8, 20)),)), editors=frozenset({KLIMA}))
    digests = [day for day, kind, _user in over_time(facts, date(2026, 9, 22)) if kind == K.DIGEST]
    assert digests == [date(2026, 8, 24), *(date(2026, 8, 31) + timedelta(days=7 * n) for n in range(4))]


def test_whit_monday_moves_the_week_to_tuesday() -> None:
    facts = period(
        editors=frozenset({KLIMA}), opens_at=oslo(date(2026, 5, 11)), closes_at=oslo(date(2026, 6, 30))
    )
    assert (K.DIGEST, KLIMA) not in due(facts, oslo(date(2026, 5, 25)))
    assert (K.DIGEST, KLIMA) in due(facts, oslo(date(2026, 5, 26)))


def test_no_digest_when_everything_is_assured() -> None:
    facts = period(report(state=ReportState.ASSURED), editors=frozenset({KLIMA}))
    assert due(facts, oslo(date(2026, 8, 24))) == []


# --- What waits in the queue -----------------------------


@pytest.mark.parametrize(
    ("kind", "change", "stale"),
    [
        (K.FIRST_REMINDER, {}, False),
        (K.FIRST_REMINDER, {"state": ReportState.SUBMITTED}, True),
        (K.FIRST_REMINDER, {"reporters": frozenset({DEPUTY})}, True),
        (K.FIRST_REMINDER, {"contact_deadline": DEADLINE + timedelta(days=7)}, True),
        (K.FIRST_REMINDER, {"answered_here": False}, True),
        (K.OVERDUE, {"state": ReportState.SUBMITTED}, True),
        (K.REPORT_MISSING, {"state": ReportState.RETURNED}, True),  # LEADER is not CONTACT
        (K.RETURNED, {"state": ReportState.RETURNED}, False),
        (K.RETURNED, {"state": ReportState.SUBMITTED}, True),
        (K.RECEIPT, {"state": ReportState.ASSURED}, False),
        (K.ASSURED, {"state": ReportState.ASSURED}, False),
        (K.EXTENDED, {}, False),
        (K.EXTENDED, {"state": ReportState.APPROVED}, True),
        (K.WAITS, {"state": ReportState.APPROVED}, True),
        (K.WAITS, {"state": ReportState.SUBMITTED, "leaders": frozenset({CONTACT})}, False),
        (K.ESCALATED, {"leaders_above": frozenset({CONTACT})}, True),  # the deadline is not over
        (K.WAITS_FOR_AREA, {"area_leaders": frozenset({CONTACT}), "waits_for_area": True}, False),
        (K.WAITS_FOR_AREA, {"area_leaders": frozenset({CONTACT})}, True),
    ],
)
def test_what_no_longer_matters_is_not_sent(
    kind: MessageKind, change: dict[str, object], stale: bool
) -> None:
    facts = report(**change)
    message = Told(kind, CONTACT, oslo(date(2026, 9, 7)), DEADLINE)
    assert is_stale(period(facts), facts, message, oslo(date(2026, 9, 8))) is stale


def test_a_reminder_that_waited_past_the_deadline_is_not_sent() -> None:
    facts = report()
    message = Told(K.DEADLINE_DAY, CONTACT, oslo(DEADLINE_DAY), DEADLINE)
    assert not is_stale(period(facts), facts, message, oslo(DEADLINE_DAY, 22))
    assert is_stale(period(facts), facts, message, DEADLINE)
    assert is_stale(period(facts, is_closed=True), facts, message, oslo(DEADLINE_DAY))


def test_a_correction_after_the_close_still_waits_for_the_leader() -> None:
    facts = report(state=ReportState.SUBMITTED, leaders=frozenset({LEADER}))
    closed = period(facts, is_closed=True)
    for kind, stale in ((K.WAITS, False), (K.LEADER_OVERDUE, True)):
        message = Told(kind, LEADER, oslo(date(2026, 11, 2)), LEADER_DEADLINE)
        assert is_stale(closed, facts, message, oslo(date(2026, 11, 3))) is stale


# --- Quiet weeks -----------------------------

# A Tuesday, two days after the quiet weeks of the summer; before them the last day at work is Friday 26 June.
AFTER_SUMMER = oslo(date(2026, 8, 4), 23, 59)
LAST_BEFORE, FIRST_AFTER = date(2026, 6, 26), date(2026, 8, 3)


def over_summer(*, opens: date = date(2026, 6, 15), first_days: int = 14, **changes: object) -> PeriodFacts:
    later = {"contact_deadline": AFTER_SUMMER, "leader_deadline": AFTER_SUMMER + timedelta(days=7)}
    return period(
        report(**{**later, **changes}),
        opens_at=oslo(opens, 8),
        first_days=first_days,
        quiet=USUAL_QUIET_DAYS,
        editors=frozenset({KLIMA}),
    )


def without_digests(facts: PeriodFacts) -> list[tuple[date, MessageKind, int]]:
    return [one for one in over_time(facts, date(2026, 8, 31)) if one[1] != K.DIGEST]


def test_a_reminder_of_the_quiet_weeks_goes_on_the_last_day_before_them() -> None:
    assert without_digests(over_summer()) == [
        (date(2026, 6, 15), K.OPENED, CONTACT),
        (LAST_BEFORE, K.FIRST_REMINDER, CONTACT),  # 14 days before is in July
        (FIRST_AFTER, K.SECOND_REMINDER, CONTACT),  # the day before the deadline
        (date(2026, 8, 10), K.OVERDUE, CONTACT),
        (date(2026, 8, 11), K.REPORT_MISSING, LEADER),
    ]


def test_the_second_reminder_goes_before_them_where_the_first_is_given() -> None:
    course = without_digests(over_summer(opens=date(2026, 6, 8), first_days=50))
    assert course[:4] == [
        (date(2026, 6, 8), K.OPENED, CONTACT),
        (date(2026, 6, 15), K.FIRST_REMINDER, CONTACT),
        (LAST_BEFORE, K.SECOND_REMINDER, CONTACT),  # three days before is 1 August
        (date(2026, 8, 4), K.DEADLINE_DAY, CONTACT),
    ]


def test_the_leader_is_reminded_on_the_last_day_before_them() -> None:
    sent = oslo(date(2026, 6, 18), 14)
    facts = over_summer(
        state=ReportState.SUBMITTED,
        submitted_at=sent,
        leader_deadline=AFTER_SUMMER,
        told=(Told(K.WAITS, LEADER, sent, AFTER_SUMMER),),
    )
    assert [one for one in without_digests(facts) if one[0] >= date(2026, 6, 18)] == [
        (LAST_BEFORE, K.LEADER_REMINDER, LEADER),
        (date(2026, 8, 5), K.LEADER_OVERDUE, LEADER),
    ]


def test_nobody_hears_anything_in_the_quiet_weeks() -> None:
    """Not of a period that opens there, of a deadline from before them, or what is open for Klima."""
    opens = over_summer(opens=date(2026, 7, 6))
    assert without_digests(opens)[0] == (FIRST_AFTER, K.OPENED, CONTACT)
    early = over_summer(contact_deadline=oslo(date(2026, 6, 25), 23, 59), opens=date(2026, 6, 1))
    for facts in (opens, early, over_summer()):
        days = [day for day, _kind, _user in over_time(facts, date(2026, 8, 31))]
        assert days
        assert not any(map(USUAL_QUIET_DAYS.covers, days))


# --- What must hold whatever happens -----------------------------

USERS = {CONTACT, DEPUTY, LEADER, DIRECTOR}
STATES = st.sampled_from(list(ReportState))
PEOPLE = st.frozensets(st.sampled_from(sorted(USERS)), max_size=3)


@st.composite
def courses(draw: st.DrawFn) -> tuple[PeriodFacts, list[tuple[datetime, dict[str, object]]]]:
    """A period, and the moments a worker looks at it, with what has changed in its one report since."""
    opens = oslo(date(2026, 3, 1) + timedelta(days=draw(st.integers(0, 330))), draw(st.integers(0, 23)))
    deadline = opens + timedelta(days=draw(st.integers(1, 40)), hours=draw(st.integers(0, 23)))
    leader_deadline = deadline + timedelta(days=draw(st.integers(0, 15)))
    second = draw(st.integers(0, 10))
    facts = period(
        report(
            contact_deadline=deadline,
            leader_deadline=leader_deadline,
            reporters=draw(PEOPLE),
            leaders=draw(PEOPLE),
            leaders_above=draw(PEOPLE),
        ),
        opens_at=opens,
        closes_at=leader_deadline + timedelta(days=draw(st.integers(1, 40))),
        first_days=second + draw(st.integers(1, 20)),
        second_days=second,
        editors=frozenset({KLIMA}),
        quiet=draw(st.sampled_from([NO_QUIET_DAYS, USUAL_QUIET_DAYS])),
    )
    moment, looks = opens, []
    for minutes in draw(st.lists(st.integers(1, 5 * 24 * 60), min_size=1, max_size=40)):
        moment += timedelta(minutes=minutes)
        changes: dict[str, object] = {}
        what = draw(st.integers(0, 9))
        if what == 0:
            changes = {"state": draw(STATES), "submitted_at": moment}
        elif what == 1:
            changes = {"escalation_released_at": moment}
        elif what == 2:
            changes = {"reporters": draw(PEOPLE), "leaders": draw(PEOPLE)}
        elif what == 3:
            changes = {"contact_deadline": moment + timedelta(days=draw(st.integers(1, 12)))}
        looks.append((moment, changes))
    return facts, looks


def play(
    facts: PeriodFacts, looks: list[tuple[datetime, dict[str, object]]]
) -> list[tuple[datetime, Due, ReportFacts]]:
    """Every message with when it was sent and how the report stood."""
    sent = []
    for now, changes in looks:
        facts = replace(facts, reports=(replace(facts.reports[0], **changes),))
        found = due_messages(facts, now)
        sent += [(now, message, facts.reports[0]) for message in found]
        # A second worker, or the same a minute later, finds nothing more.
        facts = after(facts, found, now)
        assert due_messages(facts, now) == []
    return sent


@settings(max_examples=300, deadline=None)
@given(courses())
def test_never_the_same_twice(course: tuple[PeriodFacts, list[tuple[datetime, dict[str, object]]]]) -> None:
    counted = Counter(message.key for _now, message, _report in play(*course))
    assert [key for key, times in counted.items() if times > 1] == []


@settings(max_examples=300, deadline=None)
@given(courses())
def test_five_days_apart(course: tuple[PeriodFacts, list[tuple[datetime, dict[str, object]]]]) -> None:
    own: dict[int, list[tuple[date, MessageKind]]] = {}
    for now, message, _report in play(*course):
        if message.report is not None:
            own.setdefault(message.user, []).append((now.astimezone(OSLO).date(), message.kind))
    for said in own.values():
        for (before, _kind), (later, kind) in pairwise(said):
            apart = (later - before).days
            assert apart >= (2 if kind == K.DEADLINE_DAY else 5), (before, later, kind)


@settings(max_examples=300, deadline=None)
@given(courses())
def test_nothing_to_those_who_are_done_or_have_no_part(
    course: tuple[PeriodFacts, list[tuple[datetime, dict[str, object]]]],
) -> None:
    for now, message, facts in play(*course):
        assert not course[0].quiet.covers(now.astimezone(OSLO).date())
        if message.report is None:
            assert facts.state != ReportState.ASSURED
            continue
        assert facts.state in EDITABLE_STATES or facts.state == ReportState.SUBMITTED
        hers = facts.leaders_above if message.kind == K.ESCALATED else facts.reporters | facts.leaders
        assert message.user in hers
        if facts.state == ReportState.SUBMITTED and message.kind != K.ESCALATED:
            assert message.user in facts.leaders
        if message.kind == K.ESCALATED:
            assert facts.escalation_released_at is not None
            assert now >= min(facts.contact_deadline, facts.leader_deadline)
        assert 7 <= now.astimezone(OSLO).hour < 20
        assert is_working_day(now.astimezone(OSLO).date()) or message.kind == K.DEADLINE_DAY
        # And it is not stale in the moment it is queued.
        told_now = Told(message.kind, message.user, now, message.deadline)
        assert not is_stale(course[0], facts, told_now, now)


@settings(max_examples=200, deadline=None)
@given(courses())
def test_a_person_is_told_at_most_once_at_a_time(
    course: tuple[PeriodFacts, list[tuple[datetime, dict[str, object]]]],
) -> None:
    at_once = Counter((now, message.user, message.report) for now, message, _report in play(*course))
    assert all(times == 1 for times in at_once.values())


def test_the_forecast_is_what_will_be_sent() -> None:
    """Day by day the worker sends what the page said it would."""
    facts = period(editors=frozenset({KLIMA}))
    said = [
        (day, [m.key for m in found]) for day, found in forecast(facts, facts.opens_at, date(2026, 9, 30))
    ]
    done, now = [], facts.opens_at
    while now.date() <= date(2026, 9, 30):
        if found := due_messages(facts, now):
            done.append((now.astimezone(OSLO).date(), [message.key for message in found]))
            facts = after(facts, found, now)
        now += timedelta(minutes=10)
    assert said == done
    assert morning(date(2026, 9, 7)) == oslo(date(2026, 9, 7))
