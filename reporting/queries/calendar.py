"""What concerns one person in reporting, for the file to her calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from organisation.models import User
from organisation.rules import Permission, duties
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
        questions=_questions(held.leader_units),
    )


def _steps(periods: tuple[Period, ...]) -> tuple[PeriodStep, ...]:
    rows = PeriodStep.objects.filter(period__in=periods, due_at__isnull=False, done_at__isnull=True)
    return tuple(rows.select_related("period").order_by("due_at"))


def _own_reports(user: User, periods: tuple[Period, ...]) -> tuple[OwnReport, ...]:
    held = duties(user)
    rows = UnitReport.objects.filter(period__in=periods, unit__in=held.own_units, place=Place.HERE)
    rows = rows.filter(handed_over_to__isnull=True)
    found = []
    for report in rows.select_related("unit", "period").order_by("pk"):
        contact, leader = deadline_of(report)
        reports = relation(user, report.unit_id).reports
        leads = report.unit_id in held.leader_units
        found.append(OwnReport(report, contact if reports else None, leader if leads else None))
    return tuple(found)


def _questions(units: frozenset[int]) -> tuple[LeaderQuestion, ...]:
    """What another leader has asked, until it is answered."""
    rows = LeaderQuestion.objects.filter(
        to_unit__in=units, answered_at__isnull=True, withdrawn_at__isnull=True
    )
    return tuple(rows.select_related("from_unit").order_by("due_on"))
