"""Which mail about deadlines is due to whom. Facts in, messages out; the clock is an argument.

A person gets at most one message about a report at a time: the one that fits how things stand now. What a
stopped worker missed is therefore never made up for, only what still matters is sent. The rules stand in
docs/adr/0045.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from organisation.calculations.working_days import is_working_day
from organisation.calculations.year import NO_QUIET_DAYS, QuietDays, last_quiet_day_after
from reporting.enums import EDITABLE_STATES, MessageKind, ReportState

OSLO = ZoneInfo("Europe/Oslo")
SENT_FROM, SENT_UNTIL = time(7), time(20)
DAYS_APART = 5
# The reminder on the deadline day is worth more than the distance, but is not sent the day after another.
DAYS_BEFORE_DEADLINE_DAY = 2
# The leader of the unit is told when this many days have passed since the contacts' deadline.
DAYS_UNTIL_LEADER = 5

# What only tells of a deadline that is ahead, and is worth nothing after it.
_BEFORE_DEADLINE = frozenset(
    {MessageKind.OPENED, MessageKind.FIRST_REMINDER, MessageKind.SECOND_REMINDER, MessageKind.DEADLINE_DAY}
)
TO_REPORTERS = _BEFORE_DEADLINE | {MessageKind.OVERDUE}
_TO_APPROVERS = frozenset({MessageKind.WAITS, MessageKind.LEADER_REMINDER, MessageKind.LEADER_OVERDUE})
# What tells of something that was done stays true.
_RECEIPTS = frozenset({MessageKind.RECEIPT, MessageKind.ASSURED})
_OF_DEEDS = frozenset(
    {MessageKind.WAITS, MessageKind.WAITS_FOR_AREA, MessageKind.RETURNED, MessageKind.EXTENDED}
)


@dataclass(frozen=True, slots=True)
class Told:
    """A message somebody has got about a report, or will get: `at` is when."""

    kind: MessageKind
    user: int
    at: datetime
    # Which deadline it was about; None for what tells of something that happened.
    deadline: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts:
    """One unit's report: how far it is, its own deadlines, and who has something to do with it today.

    `reporters` may send it, `leaders` approve it: its own and who stands in for them, else the nearest above.
    `leaders_above` lead the nearest unit above those, and `area_leaders` the nearest above the unit itself.
    People are user ids, active and appointed today.
    """

    report: int
    state: ReportState
    answered_here: bool
    contact_deadline: datetime
    leader_deadline: datetime
    reporters: frozenset[int] = frozenset()
    leaders: frozenset[int] = frozenset()
    leaders_above: frozenset[int] = frozenset()
    area_leaders: frozenset[int] = frozenset()
    submitted_at: datetime | None = None
    waits_for_area: bool = False
    escalation_released_at: datetime | None = None
    told: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodFacts:
    """A period with its reports. `first_days` and `second_days` are days before a deadline."""

    period: int
    opens_at: datetime
    closes_at: datetime
    is_closed: bool = False
    first_days: int = 14
    second_days: int = 3
    quiet: QuietDays = NO_QUIET_DAYS
    reports: tuple[ReportFacts, ...] = ()
    editors: frozenset[int] = frozenset()
    # (user, when) of the weekly digests Klima has got.
    digests: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """A message to send. The same message has the same key, whenever it is worked out."""

    kind: MessageKind
    period: int
    user: int
    report: int | None = None
    deadline: datetime | None = None
    week: str = ""

    @property
    def key(self) -> str:
        if self.report is None:
            return f"{self.kind}:period-{self.period}:user-{self.user}:{self.week}"
        about = f":{self.deadline.astimezone(OSLO):%Y-%m-%dT%H%M}" if self.deadline else ""
        return f"{self.kind}:report-{self.report}:user-{self.user}{about}"


def due_messages(facts: PeriodFacts, now: datetime) -> list[Due]:
    """What should be sent now, in a fixed order: at most one message per person and report.

    Nothing outside 07–20 in Oslo or on quiet days, and on days off only what is about the deadline of that
    very day.
    """
    if not facts.opens_at <= now < facts.closes_at or facts.is_closed:
        return []
    if not SENT_FROM <= now.astimezone(OSLO).time() < SENT_UNTIL:
        return []
    if facts.quiet.covers(_today(now)):
        return []
    due = [message for report in facts.reports for message in _about(report, facts, now)]
    if not is_working_day(_today(now)):
        return [message for message in due if message.kind == MessageKind.DEADLINE_DAY]
    return [*due, *_digests(facts, now)]


def is_stale(facts: PeriodFacts, report: ReportFacts, message: Told, now: datetime) -> bool:
    """Whether a message that waits in the queue should no longer be sent: there is nothing left to do."""
    kind, user = message.kind, message.user
    if kind in _RECEIPTS:
        return False
    # A correction goes its way after the period is closed; reminders do not.
    closed = facts.is_closed or now >= facts.closes_at
    if not report.answered_here or (closed and kind not in _OF_DEEDS):
        return True
    if kind in TO_REPORTERS:
        moved = message.deadline != report.contact_deadline
        over = kind in _BEFORE_DEADLINE and now >= report.contact_deadline
        return moved or over or report.state not in EDITABLE_STATES or user not in report.reporters
    if kind == MessageKind.REPORT_MISSING:
        moved = message.deadline != report.contact_deadline
        return moved or report.state not in EDITABLE_STATES or user not in report.leaders
    if kind in _TO_APPROVERS:
        return report.state != ReportState.SUBMITTED or user not in report.leaders
    if kind == MessageKind.ESCALATED:
        return not is_overdue(report, now) or user not in report.leaders_above
    if kind == MessageKind.WAITS_FOR_AREA:
        return not report.waits_for_area or user not in report.area_leaders
    if kind == MessageKind.RETURNED:
        return report.state != ReportState.RETURNED
    return report.state not in EDITABLE_STATES


def forecast(facts: PeriodFacts, now: datetime, until: date) -> list[tuple[date, list[Due]]]:
    """What will be sent on each day from today until the last, both included, if nothing changes.

    Each day counts what the days before it would have sent. Days without a message are left out.
    """
    days: list[tuple[date, list[Due]]] = []
    day, moment = _today(now), now
    while day <= until:
        if due := due_messages(facts, moment):
            days.append((day, due))
            facts = after(facts, due, moment)
        if moment < morning(day):
            # The evening before, or the night: the same day has its morning still.
            moment = morning(day)
        else:
            day += timedelta(days=1)
            moment = morning(day)
    return [(day, [m for d, due in days if d == day for m in due]) for day in dict(days)]


def morning(day: date) -> datetime:
    """When the day's messages are sent."""
    return datetime.combine(day, SENT_FROM, OSLO)


def last_day(deadline: datetime) -> date:
    """The last day of a deadline. One that ends at midnight ends with the day before."""
    return _today(deadline - timedelta(microseconds=1))


def after(facts: PeriodFacts, due: Iterable[Due], at: datetime) -> PeriodFacts:
    """The facts when the messages have been sent."""
    told: dict[int | None, list[Told]] = {}
    for message in due:
        told.setdefault(message.report, []).append(Told(message.kind, message.user, at, message.deadline))
    return replace(
        facts,
        reports=tuple(
            replace(report, told=(*report.told, *told.get(report.report, ()))) for report in facts.reports
        ),
        digests=(*facts.digests, *told.get(None, ())),
    )


def _today(moment: datetime) -> date:
    return moment.astimezone(OSLO).date()


def _about(report: ReportFacts, facts: PeriodFacts, now: datetime) -> Iterator[Due]:
    """At most one message for each person, the one that asks most of her."""
    if not report.answered_here:
        return
    got: set[int] = set()
    for kind, user, deadline in _fitting(report, facts, now):
        if user not in got and _may_tell(report, user, kind, deadline, now):
            got.add(user)
            yield Due(kind, facts.period, user, report.report, deadline)


def _fitting(
    report: ReportFacts, facts: PeriodFacts, now: datetime
) -> Iterator[tuple[MessageKind, int, datetime]]:
    """What there is to say to whom, whatever has been said before."""
    if report.state in EDITABLE_STATES:
        for user in sorted(report.reporters):
            if kind := _to_reporter(report, facts, user, now):
                yield kind, user, report.contact_deadline
        if _leader_is_due(report, now):
            for user in sorted(report.leaders - report.reporters):
                yield MessageKind.REPORT_MISSING, user, report.contact_deadline
    elif report.state == ReportState.SUBMITTED:
        for user in sorted(report.leaders):
            if kind := _to_approver(report, facts, user, now):
                yield kind, user, report.leader_deadline
    released = report.escalation_released_at
    if released is not None and released <= now and is_overdue(report, now):
        # Once for each time Klima has released it.
        for user in sorted(report.leaders_above):
            yield MessageKind.ESCALATED, user, released


def _to_reporter(report: ReportFacts, facts: PeriodFacts, user: int, now: datetime) -> MessageKind | None:
    """What fits how near the deadline is."""
    today, last = _today(now), last_day(report.contact_deadline)
    if now >= report.contact_deadline:
        return MessageKind.OVERDUE if today > last else None
    if today == last:
        return MessageKind.DEADLINE_DAY
    if not any(told.user == user for told in report.told):
        return MessageKind.OPENED
    if (last - today).days <= facts.second_days:
        return MessageKind.SECOND_REMINDER
    # What would come in the quiet days comes on the last day before them: the first reminder, and the second
    # where the first has been given.
    days = (last - last_quiet_day_after(today, facts.quiet)).days
    if days <= facts.second_days and _has_got_first(report, user, today):
        return MessageKind.SECOND_REMINDER
    return MessageKind.FIRST_REMINDER if days <= facts.first_days else None


def _has_got_first(report: ReportFacts, user: int, today: date) -> bool:
    """Whether she was reminded of the deadline as it stands, on an earlier day."""
    return any(
        told.user == user
        and told.kind == MessageKind.FIRST_REMINDER
        and told.deadline == report.contact_deadline
        and _today(told.at) < today
        for told in report.told
    )


def _leader_is_due(report: ReportFacts, now: datetime) -> bool:
    """Contacts first: one of them was told that the deadline is over, on an earlier day than this."""
    today = _today(now)
    if (today - last_day(report.contact_deadline)).days < DAYS_UNTIL_LEADER:
        return False
    return not report.reporters or any(
        told.kind == MessageKind.OVERDUE
        and told.deadline == report.contact_deadline
        and _today(told.at) < today
        for told in report.told
    )


def _to_approver(report: ReportFacts, facts: PeriodFacts, user: int, now: datetime) -> MessageKind | None:
    today, last = _today(now), last_day(report.leader_deadline)
    since = report.submitted_at or facts.opens_at
    if not any(told.user == user and told.at >= since for told in report.told):
        return MessageKind.WAITS
    if now >= report.leader_deadline:
        return MessageKind.LEADER_OVERDUE if today > last else None
    days = (last - last_quiet_day_after(today, facts.quiet)).days
    return MessageKind.LEADER_REMINDER if days <= facts.second_days else None


def is_overdue(report: ReportFacts, now: datetime) -> bool:
    """Whether the report waits for the unit or its leader beyond the deadline."""
    if report.state in EDITABLE_STATES:
        return now >= report.contact_deadline
    return report.state == ReportState.SUBMITTED and now >= report.leader_deadline


def leaders_told(report: ReportFacts) -> bool:
    """Whether every leader of the unit has been told of the deadline that is over."""
    if report.state in EDITABLE_STATES:
        kinds, deadline = (
            frozenset({MessageKind.REPORT_MISSING, MessageKind.OVERDUE}),
            report.contact_deadline,
        )
    else:
        kinds, deadline = frozenset({MessageKind.LEADER_OVERDUE}), report.leader_deadline
    return report.leaders <= {
        told.user for told in report.told if told.kind in kinds and told.deadline == deadline
    }


def _may_tell(report: ReportFacts, user: int, kind: MessageKind, deadline: datetime, now: datetime) -> bool:
    """Never the same twice, and days apart from what the person was last told about the report."""
    own = [told for told in report.told if told.user == user]
    if any(told.kind == kind and told.deadline == deadline for told in own):
        return False
    apart = DAYS_BEFORE_DEADLINE_DAY if kind == MessageKind.DEADLINE_DAY else DAYS_APART
    today = _today(now)
    return all((today - _today(told.at)).days >= apart for told in own)


def _digests(facts: PeriodFacts, now: datetime) -> Iterator[Due]:
    """Once a week to Klima, from the week after the opening, while a report is not finished."""
    week = week_of(_today(now))
    if week_of(_today(facts.opens_at)) == week:
        return
    if all(report.state == ReportState.ASSURED for report in facts.reports if report.answered_here):
        return
    got = {told.user for told in facts.digests if week_of(_today(told.at)) == week}
    for user in sorted(facts.editors - got):
        yield Due(MessageKind.DIGEST, facts.period, user, week=week)


def week_of(day: date) -> str:
    """«2026-W37»"""
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02}"
