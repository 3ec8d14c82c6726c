"""Mail from reporting, queued in the transaction of what it tells: one line in each action.

What is due because of a deadline is worked out each morning (`queue_due_messages`); the rest tells of
something that was just done. Nothing here sends: see web/mail.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import User
from organisation.queries.leading import leading_of
from organisation.rules import Permission, require
from reporting.calculations.messages import due_messages
from reporting.enums import MessageKind
from reporting.models import EscalationRelease, Period, ReportMessage, ReportVersion, UnitReport
from reporting.queries.log import approval_of
from reporting.queries.message_facts import facts_of, people_on
from reporting.queries.message_material import material_of, materials_for
from reporting.rules.messages import why_not_releasable
from reporting.words.messages import Words, letters, words_for
from reporting.words.receipts import receipt_words
from web.actor_columns import actor_values
from web.actors import Actor, acting
from web.mail import Letter, queue_mail, retry_mail
from web.names import names_read_once
from web.refusals import Closed, Refusal, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class _Message:
    """One mail on its way into the outbox."""

    key: str
    kind: MessageKind
    period_id: int
    report_id: int | None
    user: User
    words: Words
    deadline: datetime | None = None


@names_read_once()
def queue_due_messages(now: datetime | None = None) -> int:
    """Queues what is due in every open period; gives how many messages that was. Twice is once.

    The period is locked meanwhile, so that two at once cannot each tell the same person something else.
    """
    now = now or timezone.now()
    queued = 0
    periods = Period.objects.filter(opens_at__lte=now, closes_at__gt=now, closed_at__isnull=True)
    for pk in periods.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            queued += _queue_due(pk, now)
    return queued


def tell_opened(period: Period, now: datetime | None = None) -> None:
    """The contacts hear that the period is open, if it is; otherwise when its time comes. Twice is once."""
    with transaction.atomic():
        _queue_due(period.pk, now or timezone.now(), only=MessageKind.OPENED)


def tell_submitted(
    report: UnitReport, version: ReportVersion, at: datetime, *, approved: bool = False
) -> None:
    """A receipt to the one who sent the report, and those who may approve it hear that it waits for them.

    Nothing waits when the sender approved it herself.
    """
    told: list[_Message] = []
    sender = version.submitted_by
    if sender is not None:
        leading = leading_of(report.unit_id, timezone.localdate(at))
        words = receipt_words(report, version, leading, sender.name, approval_of(version))
        told.append(_event(report, MessageKind.RECEIPT, sender, words, f"version-{version.number}"))
    approvers = people_on(timezone.localdate(at)).approvers(report.unit_id) - {version.submitted_by_id}
    waits = () if approved else _done(report, MessageKind.WAITS, approvers)
    _store([*told, *waits], at)


def tell_approved(report: UnitReport, at: datetime) -> None:
    """Where the area approves too, its leader hears that the report waits."""
    if report.needs_area and report.area_approved_at is None:
        above = people_on(timezone.localdate(at)).leaders_above(report.unit_id)
        _tell(report, MessageKind.WAITS_FOR_AREA, above, at)


def tell_returned(report: UnitReport, at: datetime) -> None:
    """Those who report get the comments the report came back with."""
    _tell(report, MessageKind.RETURNED, people_on(timezone.localdate(at)).reporters(report.unit_id), at)


def tell_assured(report: UnitReport, at: datetime) -> None:
    """Those who report hear that Klima vouches for it."""
    _tell(report, MessageKind.ASSURED, people_on(timezone.localdate(at)).reporters(report.unit_id), at)


def tell_extended(report: UnitReport, at: datetime) -> None:
    """Those who report hear of their new deadline."""
    _tell(report, MessageKind.EXTENDED, people_on(timezone.localdate(at)).reporters(report.unit_id), at)


def release_escalation(*, by: Actor, report: UnitReport, reason: str) -> None:
    """Lets the mail about an overdue report go to the leader above, with Klima's reason in it.

    Leaves the report's version as it is: the unit may be writing in it. Raises PermissionDenied, and
    Refused without a reason, before the unit's own leader is told, or when there is nobody above.
    """
    require(by, Permission.ASSURE_REPORT)
    text = reason.strip()
    if not text:
        raise Refused(Refusal(_("Skriv hvorfor lederen over skal varsles."), field="reason"))
    with acting(by, _("Frigav varsling oppover")):
        now = timezone.now()
        period = Period.objects.select_for_update(no_key=True).get(pk=report.period_id)
        fresh = UnitReport.objects.select_for_update(no_key=True, of=("self",)).get(pk=report.pk)
        facts = facts_of(period, now, [fresh.pk])
        if sentence := why_not_releasable(facts, facts.reports[0], now):
            raise Closed(sentence)
        UnitReport.objects.filter(pk=fresh.pk).update(escalation_released_at=now)
        EscalationRelease.objects.create(
            report=fresh,
            reason=text,
            at=now,
            **actor_values("by", by),
        )
        _queue_due(period.pk, now, only=MessageKind.ESCALATED)


def retry_message(*, by: Actor, message: ReportMessage) -> bool:
    """Tries a failed mail again. False when it no longer is a failed one. Raises PermissionDenied."""
    require(by, Permission.ASSURE_REPORT)
    with acting(by, _("Prøvde å sende e-post på nytt")):
        return retry_mail(message.mail)


def _queue_due(period_id: int, now: datetime, only: MessageKind | None = None) -> int:
    period = Period.objects.select_for_update(no_key=True).get(pk=period_id)
    due = [
        message
        for message in due_messages(facts_of(period, now), now)
        if only is None or message.kind == only
    ]
    users = User.objects.in_bulk([message.user for message in due])
    rows = [
        _Message(
            key=message.key,
            kind=message.kind,
            period_id=message.period,
            report_id=message.report,
            user=users[message.user],
            words=words,
            deadline=message.deadline,
        )
        for message, words in letters(
            due, {pk: user.name for pk, user in users.items()}, materials_for(period, due, now)
        )
    ]
    return _store(rows, now)


def _tell(report: UnitReport, kind: MessageKind, users: Iterable[int], at: datetime) -> None:
    _store(_done(report, kind, users), at)


def _done(report: UnitReport, kind: MessageKind, users: Iterable[int]) -> list[_Message]:
    """What was just done with the report, to each of them; once for each time it is done."""
    people = User.objects.in_bulk(list(users))
    if not people:
        return []
    fresh = UnitReport.objects.select_related("unit", "period").get(pk=report.pk)
    material = material_of([fresh])[fresh.pk]
    deadline = material.leader_deadline if kind == MessageKind.WAITS else None
    return [
        _event(fresh, kind, user, words_for(kind, material, user.name), f"v{fresh.version}", deadline)
        for user in people.values()
    ]


def _event(
    report: UnitReport,
    kind: MessageKind,
    user: User,
    words: Words,
    which: str,
    deadline: datetime | None = None,
) -> _Message:
    return _Message(
        key=f"{kind}:report-{report.pk}:user-{user.pk}:{which}",
        kind=kind,
        period_id=report.period_id,
        report_id=report.pk,
        user=user,
        words=words,
        deadline=deadline,
    )


def _store(rows: Sequence[_Message], at: datetime) -> int:
    """Into the outbox and the log; what is there already is left. Gives how many were new."""
    letters = [
        Letter(
            key=row.key,
            kind=row.kind,
            recipient_id=row.user.pk,
            address=row.user.email,
            name=row.user.name,
            subject=row.words.subject,
            text=row.words.text,
            about_url=row.words.path,
        )
        for row in rows
    ]
    mails = queue_mail(letters, at=at)
    stored = ReportMessage.objects.bulk_create(
        ReportMessage(
            period_id=row.period_id,
            report_id=row.report_id,
            user=row.user,
            kind=row.kind,
            deadline=row.deadline,
            mail=mails[row.key],
        )
        for row in rows
        if row.key in mails
    )
    return len(stored)
