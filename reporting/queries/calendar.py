"""The deadlines of reporting that concern one person, as events for her calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from organisation.models import User
from organisation.rules import Permission, duties
from reporting.enums import Place
from reporting.models import LeaderQuestion, Period, PeriodStep, UnitReport
from reporting.queries.message_facts import deadline_of
from reporting.rules.reports import relation
from web.calendar_file import CalendarEvent
from web.mail import site_address


def calendar_of(user: User, now: datetime) -> list[CalendarEvent]:
    """In order of time: one's own units' deadlines, the periods' for those who read from inside.

    Periods that are closed have none. A unit that answers elsewhere has none here.
    """
    held = duties(user)
    periods = list(Period.objects.filter(closes_at__gt=now, closed_at__isnull=True).order_by("opens_at"))
    events: list[CalendarEvent] = []
    if held.own_units or Permission.READ_INTERNAL in held.permissions:
        events += [_opening(period) for period in periods]
    if Permission.READ_INTERNAL in held.permissions:
        events += [event for period in periods for event in _of_period(period)]
        events += _steps(periods)
    events += _own_reports(user, periods)
    events += _questions(held.leader_units)
    return sorted(events, key=lambda event: (f"{event.at:%Y%m%d}", event.uid))


def _uid(name: str) -> str:
    """Stable for as long as the portal has its address."""
    return f"{name}@{urlsplit(settings.SITE_ORIGIN).hostname}"


def _opening(period: Period) -> CalendarEvent:
    return CalendarEvent(
        uid=_uid(f"rapportering-{period.code}-apner"),
        at=period.opens_at,
        title=_("Rapporteringen for {period} åpner").format(period=period),
        url=site_address(reverse("publishing:index")),
        revision=period.version,
    )


def _of_period(period: Period) -> Iterator[CalendarEvent]:
    for part, at, sentence in (
        ("kontakt", period.contact_deadline, _("Klimarapport for {period}: frist for kontaktpersoner")),
        ("leder", period.leader_deadline, _("Klimarapport for {period}: frist for ledere")),
        ("lukkes", period.closes_at, _("Rapporteringen for {period} lukkes")),
    ):
        yield CalendarEvent(
            uid=_uid(f"rapportering-{period.code}-{part}"),
            at=at,
            title=sentence.format(period=period),
            url=site_address(reverse("publishing:index")),
            revision=period.version,
        )


def _steps(periods: list[Period]) -> Iterator[CalendarEvent]:
    rows = PeriodStep.objects.filter(period__in=periods, due_at__isnull=False, done_at__isnull=True)
    for step in rows.select_related("period").order_by("due_at"):
        assert step.due_at is not None
        yield CalendarEvent(
            uid=_uid(f"rapportering-{step.period.code}-{step.kind}"),
            at=step.due_at,
            title=f"{step.get_kind_display()}, {step.period}",
            url=site_address(reverse("publishing:index")),
            revision=step.version,
        )


def _own_reports(user: User, periods: list[Period]) -> Iterator[CalendarEvent]:
    held = duties(user)
    rows = UnitReport.objects.filter(period__in=periods, unit__in=held.own_units, place=Place.HERE)
    rows = rows.filter(handed_over_to__isnull=True)
    for report in rows.select_related("unit", "period").order_by("pk"):
        contact, leader = deadline_of(report)
        if relation(user, report.unit_id).reports:
            yield _of_report(report, "svar", contact, _("Klimarapport for {period}: frist for {unit}"))
        if report.unit_id in held.leader_units:
            yield _of_report(report, "godkjenn", leader, _("Godkjenne klimarapport for {period}: {unit}"))


def _of_report(report: UnitReport, part: str, at: datetime, sentence: str) -> CalendarEvent:
    return CalendarEvent(
        uid=_uid(f"klimarapport-{report.period.code}-{report.unit_id}-{part}"),
        at=at,
        title=sentence.format(period=report.period, unit=report.unit.name),
        url=site_address(reverse("reporting:report", args=[report.period.code, report.unit_id])),
        # Either may move it: the period's own deadline, or an extension.
        revision=report.period.version + report.version,
    )


def _questions(units: frozenset[int]) -> Iterator[CalendarEvent]:
    """What another leader has asked, until it is answered."""
    rows = LeaderQuestion.objects.filter(
        to_unit__in=units, answered_at__isnull=True, withdrawn_at__isnull=True
    )
    for question in rows.select_related("from_unit").order_by("due_on"):
        yield CalendarEvent(
            uid=_uid(f"ledersporsmal-{question.pk}"),
            at=question.due_on,
            title=_("Svare {unit} på spørsmål").format(unit=question.from_unit.name),
            text=question.question,
            url=site_address(reverse("publishing:index")),
            revision=question.version,
        )
