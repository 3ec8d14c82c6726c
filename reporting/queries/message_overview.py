"""What Klima sees of the mail: what will be sent to whom, what was sent, and who cannot be reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from organisation.models import User
from reporting.calculations.messages import (
    Due,
    PeriodFacts,
    ReportFacts,
    forecast,
    is_overdue,
    last_day,
    morning,
)
from reporting.enums import EDITABLE_STATES
from reporting.models import MESSAGE_KIND_LABELS, Period, ReportMessage, UnitReport
from reporting.queries.message_facts import facts_of
from reporting.queries.message_material import Materials, materials_for
from reporting.rules.messages import why_not_releasable
from web.enums import MailState, MailTrouble
from web.models import OutboxMail

# After the last deadline there is little to say but the digest.
_DAYS_AFTER = 14
# And nobody plans further than this.
_MOST_DAYS = 120


@dataclass(frozen=True, slots=True)
class Planned:
    """A message to come: who gets it, about which unit (empty: the period), and its key."""

    name: str
    unit: str
    key: str


@dataclass(frozen=True, slots=True)
class PlannedGroup:
    """The messages of one kind on one day."""

    day: date
    label: str
    messages: tuple[Planned, ...]


@dataclass(frozen=True, slots=True)
class OverdueReport:
    """A report beyond its deadline, and why the leader above cannot be told; empty when she can."""

    report: UnitReport
    last_told: datetime | None
    why_not: str
    released_at: datetime | None


@dataclass(frozen=True, slots=True)
class Overview:
    planned: tuple[PlannedGroup, ...]
    overdue: tuple[OverdueReport, ...]
    # Units that should report, and have neither contact, deputy nor leader.
    unreachable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueueState:
    """How the outbox of the whole portal is doing."""

    waiting: int
    server_down: bool
    last_try: datetime | None
    error: str


def overview_of(period: Period, now: datetime) -> Overview:
    """The number of queries does not grow with units or people."""
    facts = facts_of(period, now)
    reports = {
        report.pk: report
        for report in UnitReport.objects.filter(period=period).select_related("unit", "period")
    }
    return Overview(
        planned=_planned(facts, now, reports),
        overdue=tuple(
            _overdue(facts, one, reports[one.report], now)
            for one in facts.reports
            if one.answered_here and is_overdue(one, now)
        ),
        unreachable=tuple(
            reports[one.report].unit.name
            for one in facts.reports
            if one.answered_here and one.state in EDITABLE_STATES and not one.reporters
        ),
    )


def _forecast(facts: PeriodFacts, now: datetime) -> list[tuple[date, list[Due]]]:
    deadlines = [last_day(report.leader_deadline) for report in facts.reports]
    today = timezone.localdate(now)
    until = max([today, *deadlines]) + timedelta(days=_DAYS_AFTER)
    # A period that is not open yet is looked at from its opening on.
    start = max(now, facts.opens_at)
    return forecast(facts, start, min(until, timezone.localdate(start) + timedelta(days=_MOST_DAYS)))


def _planned(facts: PeriodFacts, now: datetime, reports: dict[int, UnitReport]) -> tuple[PlannedGroup, ...]:
    days = _forecast(facts, now)
    names = _names([message for _day, due in days for message in due])
    groups = []
    for day, due in days:
        for kind in dict.fromkeys(message.kind for message in due):
            messages = tuple(
                Planned(
                    name=names[message.user],
                    unit=reports[message.report].unit.name if message.report is not None else "",
                    key=message.key,
                )
                for message in due
                if message.kind == kind
            )
            groups.append(PlannedGroup(day, str(MESSAGE_KIND_LABELS[kind]), messages))
    return tuple(groups)


def _names(due: Sequence[Due]) -> dict[int, str]:
    return dict(User.objects.filter(pk__in={message.user for message in due}).values_list("pk", "name"))


def _overdue(facts: PeriodFacts, one: ReportFacts, report: UnitReport, now: datetime) -> OverdueReport:
    return OverdueReport(
        report=report,
        last_told=max((told.at for told in one.told), default=None),
        why_not=why_not_releasable(facts, one, now),
        released_at=one.escalation_released_at,
    )


@dataclass(frozen=True, slots=True)
class PlannedMessage:
    """A message to come: its day, whom it is to, and what it will be made of, were nothing to change."""

    message: Due
    day: date
    name: str
    materials: Materials


def planned_message(period: Period, key: str, now: datetime) -> PlannedMessage | None:
    """The message to come with a key, made of what stands when it is sent; None if none has the key."""
    for day, due in _forecast(facts_of(period, now), now):
        for message in due:
            if message.key == key:
                names = _names([message])
                # What the digest calls the last week is the week before the mail, not before today.
                sent = max(now, period.opens_at, morning(day))
                return PlannedMessage(
                    message, day, names[message.user], materials_for(period, [message], sent)
                )
    return None


def log_of(period: Period) -> QuerySet[ReportMessage]:
    """What was queued for the period, newest first, with the mail, whom it is for and the unit."""
    return (
        ReportMessage.objects.filter(period=period)
        .select_related("mail", "user", "report__unit")
        .order_by("-mail__created", "-pk")
    )


def queue_state() -> QueueState:
    """One query, and one more while something is wrong."""
    queued = OutboxMail.objects.filter(state=MailState.QUEUED)
    found = queued.aggregate(
        waiting=Count("pk"), last_try=Max("tried_at", filter=Q(trouble=MailTrouble.SERVER))
    )
    latest = (
        queued.filter(trouble=MailTrouble.SERVER).order_by("-tried_at").first() if found["last_try"] else None
    )
    return QueueState(
        waiting=found["waiting"],
        server_down=latest is not None,
        last_try=found["last_try"],
        error=latest.last_error if latest else "",
    )
