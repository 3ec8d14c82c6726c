"""What concerns one person in reporting, for the file to her calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from organisation.models import User
from organisation.rules import Duties, Permission, duties
from reporting.enums import Place
from reporting.models import LeaderQuestion, Period, PeriodStep, UnitReport
from reporting.queries.message_facts import deadline_of
from reporting.rules.reports import relation


@dataclass(frozen=True, slots=True)
class OwnReport:
    """A report of one's own unit. `contact` and `leader` are deadlines; None: not hers to answer, approve."""

    report: UnitReport
    contact: datetime | None
    leader: datetime | None


@dataclass(frozen=True, slots=True)
class OwnCalendar:
    """Periods she hears the opening of, those she follows from inside with steps, own reports, questions."""

    openings: tuple[Period, ...]
    periods: tuple[Period, ...]
    steps: tuple[PeriodStep, ...]
    reports: tuple[OwnReport, ...]
    questions: tuple[LeaderQuestion, ...]


def calendar_of(user: User, now: datetime) -> OwnCalendar:
    """One's own units' deadlines, and the periods' for those who read from inside.

    Whoever stands in has those within her days; the nearest leader above those of a unit nobody leads.
    Periods that are closed have none. A unit that answers elsewhere has none here.
    """
    held = duties(user)
    inside = Permission.READ_INTERNAL in held.permissions
    periods = tuple(Period.objects.filter(closes_at__gt=now, closed_at__isnull=True).order_by("opens_at"))
    return OwnCalendar(
        openings=periods if held.own_units or inside else (),
        periods=periods if inside else (),
        steps=_steps(periods) if inside else (),
        reports=_own_reports(user, periods),
        questions=_questions(held),
    )


def _steps(periods: tuple[Period, ...]) -> tuple[PeriodStep, ...]:
    rows = PeriodStep.objects.filter(period__in=periods, due_at__isnull=False, done_at__isnull=True)
    return tuple(rows.select_related("period").order_by("due_at"))


def _own_reports(user: User, periods: tuple[Period, ...]) -> tuple[OwnReport, ...]:
    held = duties(user)
    units = held.own_units | held.led_for_now
    rows = UnitReport.objects.filter(period__in=periods, unit__in=units, place=Place.HERE)
    rows = rows.filter(handed_over_to__isnull=True)
    found = []
    for report in rows.select_related("unit", "period").order_by("pk"):
        contact, leader = deadline_of(report)
        reports = relation(user, report.unit_id).reports
        leads = report.unit_id in held.approves_for
        last = None if report.unit_id in held.contact_units else held.stands_in.get(report.unit_id)
        found.append(
            OwnReport(
                report,
                contact if reports and _by(contact, last) else None,
                leader if leads and _by(leader, held.stands_in.get(report.unit_id)) else None,
            )
        )
    return tuple(found)


def _by(moment: datetime, last: date | None) -> bool:
    """Whether something comes within somebody's days: one who stands in has a last."""
    return last is None or timezone.localdate(moment) <= last


def _questions(held: Duties) -> tuple[LeaderQuestion, ...]:
    """What another leader has asked, until it is answered; of one who stands in, what is due in her days."""
    rows = LeaderQuestion.objects.filter(
        to_unit__in=held.leader_units, answered_at__isnull=True, withdrawn_at__isnull=True
    )
    found = rows.select_related("from_unit").order_by("due_on")
    last = held.stands_in
    return tuple(one for one in found if one.due_on <= last.get(one.to_unit_id, one.due_on))
