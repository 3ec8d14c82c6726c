"""The deadlines of reporting that concern one person, as events for her calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from reporting.models import LeaderQuestion, Period, PeriodStep, UnitReport
from reporting.queries.calendar import OwnCalendar, OwnReport
from web.calendar_file import CalendarEvent
from web.mail import site_address


def calendar_events(found: OwnCalendar) -> list[CalendarEvent]:
    """In order of time."""
    events = [_opening(period) for period in found.openings]
    events += [event for period in found.periods for event in _of_period(period)]
    events += _steps(found.steps)
    events += _own_reports(found.reports)
    events += _questions(found.questions)
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


def _steps(steps: Iterable[PeriodStep]) -> Iterator[CalendarEvent]:
    for step in steps:
        assert step.due_at is not None
        yield CalendarEvent(
            uid=_uid(f"rapportering-{step.period.code}-{step.kind}"),
            at=step.due_at,
            title=f"{step.get_kind_display()}, {step.period}",
            url=site_address(reverse("publishing:index")),
            revision=step.version,
        )


def _own_reports(reports: Iterable[OwnReport]) -> Iterator[CalendarEvent]:
    for one in reports:
        if one.contact is not None:
            words = _("Klimarapport for {period}: frist for {unit}")
            yield _of_report(one.report, "svar", one.contact, words)
        if one.leader is not None:
            words = _("Godkjenne klimarapport for {period}: {unit}")
            yield _of_report(one.report, "godkjenn", one.leader, words)


def _of_report(report: UnitReport, part: str, at: datetime, sentence: str) -> CalendarEvent:
    return CalendarEvent(
        uid=_uid(f"klimarapport-{report.period.code}-{report.unit_id}-{part}"),
        at=at,
        title=sentence.format(period=report.period, unit=report.unit.name),
        url=site_address(reverse("reporting:report", args=[report.period.code, report.unit_id])),
        # Either may move it: the period's own deadline, or an extension.
        revision=report.period.version + report.version,
    )


def _questions(questions: Iterable[LeaderQuestion]) -> Iterator[CalendarEvent]:
    for question in questions:
        yield CalendarEvent(
            uid=_uid(f"ledersporsmal-{question.pk}"),
            at=question.due_on,
            title=_("Svare {unit} på spørsmål").format(unit=question.from_unit.name),
            text=question.question,
            url=site_address(reverse("publishing:index")),
            revision=question.version,
        )
