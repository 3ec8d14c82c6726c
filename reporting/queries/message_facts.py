"""The facts mail about deadlines is worked out from: who is appointed today, and what they have been told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from organisation.enums import LEADING_ROLES, Role
from organisation.models import Appointment, Unit
from organisation.queries.year import year_plan
from organisation.rules import Tree, read_tree
from reporting.calculations.messages import PeriodFacts, ReportFacts, Told, is_stale, week_of
from reporting.enums import MessageKind, Place, ReportState
from reporting.models import Period, ReportingSettings, ReportMessage, UnitReport
from web.enums import MailState

_REPORTERS = frozenset({Role.CONTACT, Role.DEPUTY})


@dataclass(frozen=True, slots=True)
class People:
    """Who has which role on one day: user ids of active people, by unit. Units that are over have nobody."""

    by_role: dict[tuple[int, str], frozenset[int]]
    tree: Tree
    in_operation: frozenset[int]
    editors: frozenset[int]

    def leaders(self, unit: int) -> frozenset[int]:
        """Its leaders, and those who stand in for them that day."""
        return frozenset().union(*(self.by_role.get((unit, role), frozenset()) for role in LEADING_ROLES))

    def approvers(self, unit: int) -> frozenset[int]:
        """Those who lead it, else the nearest leaders above; nobody outside acts for a KF."""
        acts = self.tree.led_from(unit, self._led)
        return self.leaders(unit) or (frozenset() if acts is None else self.leaders(acts))

    @property
    def _led(self) -> set[int]:
        return {unit for unit, role in self.by_role if role in LEADING_ROLES}

    def reporters(self, unit: int) -> frozenset[int]:
        """Contacts and deputies; the leader where the unit has neither, as in rules/reports.py."""
        own = frozenset().union(*(self.by_role.get((unit, role), frozenset()) for role in _REPORTERS))
        return own or self.leaders(unit)

    def leaders_above(self, unit: int) -> frozenset[int]:
        """Those of the nearest unit above that has a leader other than the unit's own."""
        return self._nearest_above(unit, self.leaders(unit))

    def leaders_over(self, unit: int) -> frozenset[int]:
        """The same, but above whoever approves for the unit where it has no leader."""
        return self._nearest_above(unit, self.approvers(unit))

    def _nearest_above(self, unit: int, than: frozenset[int]) -> frozenset[int]:
        seen = {unit}
        above = self.tree.parents.get(unit)
        while above is not None and above not in seen:
            if found := self.leaders(above) - than:
                return found
            seen.add(above)
            above = self.tree.parents.get(above)
        return frozenset()


def people_on(day: date) -> People:
    """Three queries, however many units there are."""
    in_operation = frozenset(Unit.objects.valid_on(day).values_list("pk", flat=True))
    by_role: dict[tuple[int, str], set[int]] = defaultdict(set)
    editors = set()
    for unit, role, user in (
        Appointment.objects.valid_on(day)
        .filter(Q(role__in=_REPORTERS | LEADING_ROLES) | Q(role=Role.CLIMATE_EDITOR), user__is_active=True)
        .values_list("unit_id", "role", "user_id")
    ):
        if role == Role.CLIMATE_EDITOR:
            editors.add(user)
        elif unit in in_operation:
            by_role[unit, role].add(user)
    found = {key: frozenset(users) for key, users in by_role.items()}
    return People(found, read_tree(), in_operation, frozenset(editors))


def facts_of(period: Period, now: datetime, reports: Iterable[int] | None = None) -> PeriodFacts:
    """The period as it stands, with all its reports or with these; eight queries."""
    people = people_on(timezone.localdate(now))
    rows = UnitReport.objects.filter(period=period).order_by("pk")
    messages = ReportMessage.objects.filter(period=period)
    if reports is not None:
        rows = rows.filter(pk__in=list(reports))
        messages = messages.filter(report__in=list(reports))
    told = _told(messages, now)
    chosen = ReportingSettings.objects.filter(pk=1).first() or ReportingSettings()
    return PeriodFacts(
        period=period.pk,
        opens_at=period.opens_at,
        closes_at=period.closes_at,
        is_closed=period.closed_at is not None,
        first_days=chosen.first_reminder_days,
        second_days=chosen.second_reminder_days,
        quiet=year_plan().quiet,
        reports=tuple(_report_facts(row, period, people, told[row.pk]) for row in rows),
        editors=people.editors,
        digests=tuple(told[None]),
    )


def _report_facts(row: UnitReport, period: Period, people: People, told: list[Told]) -> ReportFacts:
    waits_for_area = row.state == ReportState.APPROVED and row.needs_area and row.area_approved_at is None
    return ReportFacts(
        report=row.pk,
        state=ReportState(row.state),
        # A unit that is over has nobody left to tell, whatever is appointed.
        answered_here=row.place == Place.HERE
        and row.unit_id in people.in_operation
        and row.handed_over_to_id is None,
        contact_deadline=max(row.contact_deadline or period.contact_deadline, period.contact_deadline),
        leader_deadline=max(row.leader_deadline or period.leader_deadline, period.leader_deadline),
        reporters=people.reporters(row.unit_id),
        leaders=people.approvers(row.unit_id),
        leaders_above=people.leaders_over(row.unit_id),
        area_leaders=people.leaders_above(row.unit_id),
        submitted_at=row.submitted_at,
        waits_for_area=waits_for_area,
        escalation_released_at=row.escalation_released_at,
        told=tuple(told),
    )


def _told(messages: QuerySet[ReportMessage], now: datetime) -> dict[int | None, list[Told]]:
    """By report; None is about the whole period. What was called off has told nobody anything."""
    told: dict[int | None, list[Told]] = defaultdict(list)
    for row in (
        messages.exclude(mail__state=MailState.CANCELLED)
        .select_related("mail")
        .only("report_id", "user_id", "kind", "deadline", "mail__state", "mail__created", "mail__sent_at")
        .order_by("pk")
    ):
        # What waits in the queue will come at any moment, and keeps its distance from then on.
        at = now if row.mail.state == MailState.QUEUED else row.mail.sent_at or row.mail.created
        told[row.report_id].append(Told(MessageKind(row.kind), row.user_id, at, row.deadline))
    return told


def nothing_left_to_do(mail_id: int) -> bool:
    """Whether a mail about to be sent is one of reporting's that no longer asks anybody for anything."""
    message = ReportMessage.objects.select_related("period", "mail").filter(mail=mail_id).first()
    return message is not None and _is_stale(message, timezone.now())


def _is_stale(message: ReportMessage, now: datetime) -> bool:
    if message.report_id is None:
        return week_of(timezone.localdate(message.mail.created)) != week_of(timezone.localdate(now))
    facts = facts_of(message.period, now, [message.report_id])
    told = Told(MessageKind(message.kind), message.user_id, now, message.deadline)
    return is_stale(facts, facts.reports[0], told, now)


def deadline_of(report: UnitReport) -> tuple[datetime, datetime]:
    """When the unit, and when its leader, must be done: its own deadlines where Klima has extended them."""
    return report.contact_due, report.leader_due
