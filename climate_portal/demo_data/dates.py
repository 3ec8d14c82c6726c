"""Every date of the demo that hangs on the day it is loaded. The moment is given: nothing here reads a clock.

What the municipality decided and published stands at its own date, with what it is about; so do the dates
the units write of in their answers. The rest must fit whatever day it is: steps were taken on working days in
the hours mail is sent, deadlines are ahead and never in the quiet weeks, and the next mail to go is the first
reminder, to exactly those who have not reported. `tests/test_demo_dates.py` asks this of every day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from organisation.calculations.year import USUAL_QUIET_DAYS, asking_day_from, asking_day_until, is_asking_day
from reporting.calculations.messages import OSLO, SENT_FROM, SENT_UNTIL
from strategy.calculations import last_finished
from strategy.enums import Frequency

_OPENS, _ENDS, _MEETS = time(8), time(23, 59), time(11)
_SUBMITTED, _APPROVED, _RETURNED, _ASSURED = time(9), time(11), time(12), time(14)
_LAST_HOUR = time(19)
# Before the deadline, unless somebody has chosen otherwise.
USUAL_REMINDER_DAYS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodDates:
    """A period's deadlines, and when its units, their leaders and Klima took their steps."""

    opens_at: datetime
    contact_deadline: datetime
    leader_deadline: datetime
    closes_at: datetime
    submitted_at: datetime
    approved_at: datetime
    returned_at: datetime
    assured_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoDates:
    """All of them. Days are days in Oslo; «past» and «ahead» are as seen from the loading."""

    today: date
    # The last moment mail went, and the next it goes: the loading itself in the hours mail is sent.
    last_mail: datetime
    next_mail: datetime
    first: PeriodDates
    second: PeriodDates
    # A unit that gets more time in the second period, and when it was told.
    extended_at: datetime
    extended_contact_deadline: datetime
    extended_leader_deadline: datetime
    # How many days before their deadlines people are first reminded: many where a pause lies between.
    first_reminder_days: int
    # What the first period asked the leader to decide: when she did, and when it is to be done.
    decided_on: date
    decision_deadline: date
    # Two deviations' plans: one that is ahead, one that is past.
    planned_due: date
    planned_overdue: date
    newest_quarter: date
    # Three decisions of the register: decided, and due in the past, soon and later.
    register_decided_on: date
    register_overdue: date
    register_due_soon: date
    register_due_later: date
    # Three questions between leaders: answered, past its deadline, waiting.
    question_answered_due: date
    question_overdue: date
    question_due: date
    hearing_deadline: datetime
    seats_since: date
    # A contact's last day, whoever comes after's first, when she was invited, and a unit's move.
    role_ends: date
    role_begins: date
    invited_at: datetime
    unit_moves: date
    # The last day of somebody who left, and whose name is still here.
    role_ended: date
    meetings: tuple[datetime, datetime]


def dates_for(now: datetime) -> DemoDates:
    """The demo's dates when it is loaded at this moment."""
    today, last, following = now.astimezone(OSLO).date(), last_mail(now), next_mail(now)
    second = _second_period(today, following)
    extended = _extended(second.contact_deadline.date(), following.date())
    # Each on another day than the one before, also where a pause would make them one.
    planned_overdue = _until(_days(today, -6))
    register_overdue = _until(min(_days(today, -20), _days(planned_overdue, -1)))
    planned_due = _from(_days(today, 10))
    register_due_soon = _from(max(_days(today, 18), _days(planned_due, 1)))
    return DemoDates(
        today=today,
        last_mail=last,
        next_mail=following,
        first=_first_period(today, last),
        second=second,
        extended_at=second.assured_at,
        extended_contact_deadline=_at(extended, _ENDS),
        extended_leader_deadline=_at(_from(_days(second.leader_deadline.date(), 3)), _ENDS),
        first_reminder_days=max(USUAL_REMINDER_DAYS, (extended - following.date()).days),
        decided_on=_until(_days(today, -90)),
        decision_deadline=_from(max(_days(today, 30), _days(register_due_soon, 1))),
        planned_due=planned_due,
        planned_overdue=planned_overdue,
        newest_quarter=last_finished(Frequency.QUARTER, today),
        register_decided_on=_until(_days(today, -200)),
        register_overdue=register_overdue,
        register_due_soon=register_due_soon,
        register_due_later=_from(_days(today, 120)),
        question_answered_due=_until(min(_days(today, -30), _days(register_overdue, -1))),
        question_overdue=_until(_days(today, -5)),
        question_due=_from(_days(today, 14)),
        hearing_deadline=_at(_from(_days(today, 24)), time(23, 59, 59)),
        seats_since=_days(today, -400),
        role_ends=_days(today, 50),
        role_begins=_days(today, 51),
        invited_at=last,
        unit_moves=_days(today, 90),
        role_ended=_days(today, -200),
        meetings=(
            _at(_from(_days(today, 9)), _MEETS),
            _at(_from(_days(today, 72)), _MEETS),
        ),
    )


def board_date(contact_deadline: datetime, days: int) -> date:
    """The working day a board meets, this many days from the contacts' deadline."""
    day = _days(contact_deadline.astimezone(OSLO).date(), days)
    return _from(day) if days > 0 else _until(day)


def last_mail(now: datetime) -> datetime:
    """The moment itself when mail is sent, or an hour before the sending ended the last day it was."""
    here = now.astimezone(OSLO)
    if _mail_goes(here):
        return here
    # Of a working day only the evening is behind, never the morning.
    over = _asks(here.date()) and here.time() >= SENT_UNTIL
    return _at(here.date() if over else _until(_days(here.date(), -1)), _LAST_HOUR)


def next_mail(now: datetime) -> datetime:
    """The moment itself when mail is sent, or the next morning it is."""
    here = now.astimezone(OSLO)
    if _mail_goes(here):
        return here
    day = here.date() if here.time() < SENT_FROM else _days(here.date(), 1)
    return _at(_from(day), SENT_FROM)


def _mail_goes(here: datetime) -> bool:
    return _asks(here.date()) and SENT_FROM <= here.time() < SENT_UNTIL


def _first_period(today: date, last: datetime) -> PeriodDates:
    """Over and done with: everybody was in time, and it closes in the moment of the loading."""
    opens = _until(_days(today, -150))
    reported = _from(_days(opens, 7))
    contact = _from(max(_days(opens, 14), _days(reported, 1)))
    return _period(
        opens,
        reported=reported,
        contact=_at(contact, _ENDS),
        leader=_at(_from(max(_days(opens, 21), _days(contact, 1))), _ENDS),
        closes=last,
    )


def _second_period(today: date, following: datetime) -> PeriodDates:
    """Half way. Nobody may be told twice within five days, so all that was told is six days old or more.

    The deadline is far enough ahead for the first reminder, and near enough, also for the extended one,
    unless the quiet weeks come between.
    """
    reported = _until(_days(following.date(), -6))
    contact = _from(_days(following.date(), 8))
    return _period(
        _until(_days(reported, -6)),
        reported=reported,
        contact=_at(contact, _ENDS),
        leader=_at(_from(_days(contact, 7)), _ENDS),
        closes=_at(_from(_days(today, 400)), _ENDS),
    )


def _extended(contact: date, following: date) -> date:
    """Two weeks from the next mail, or after the others' deadline where that comes later."""
    two_weeks = _until(_days(following, 14))
    return two_weeks if two_weeks > contact else _from(_days(contact, 4))


def _period(
    opens: date, *, reported: date, contact: datetime, leader: datetime, closes: datetime
) -> PeriodDates:
    return PeriodDates(
        opens_at=_at(opens, _OPENS),
        contact_deadline=contact,
        leader_deadline=leader,
        closes_at=closes,
        submitted_at=_at(reported, _SUBMITTED),
        approved_at=_at(reported, _APPROVED),
        returned_at=_at(reported, _RETURNED),
        assured_at=_at(reported, _ASSURED),
    )


def _asks(day: date) -> bool:
    return is_asking_day(day, USUAL_QUIET_DAYS)


def _from(day: date) -> date:
    return asking_day_from(day, USUAL_QUIET_DAYS)


def _until(day: date) -> date:
    return asking_day_until(day, USUAL_QUIET_DAYS)


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, OSLO)


def _days(day: date, days: int) -> date:
    return day + timedelta(days=days)
