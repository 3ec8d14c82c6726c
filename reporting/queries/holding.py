"""What of reporting hangs on a unit or a person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from organisation.enums import Role
from organisation.models import Appointment, User
from organisation.rules import Duties, read_duties
from reporting.enums import EDITABLE_STATES, DeviationState, Place, ReportState
from reporting.models import (
    Deviation,
    LeaderQuestion,
    ReportTransition,
    StrategyFollowUp,
    UnitReport,
    UnitReportingSetting,
)
from reporting.queries.completeness import sendable_counts
from reporting.queries.questions import waiting_for, waiting_from


@dataclass(frozen=True, slots=True)
class OpenReport:
    """A report with something left to do. `answered` of its `measures` can be sent.

    `can_be_given`: its measures may go to another unit's report, because the period takes changes and the
    leader has not approved it.
    """

    report: UnitReport
    measures: int
    answered: int
    can_be_given: bool

    @property
    def approved(self) -> bool:
        """Whether only what Klima and the area do is left."""
        return self.report.state == ReportState.APPROVED and not self.report.is_corrected

    @property
    def due(self) -> date | None:
        """When it is due from whoever has it now; a correction never is."""
        if self.report.is_corrected or self.approved:
            return None
        sent = self.report.state == ReportState.SUBMITTED
        return timezone.localdate(self.report.leader_due if sent else self.report.contact_due)


def open_reports(units: Collection[int], day: date) -> list[OpenReport]:
    """The units' reports that are not finished on the day, the oldest period first; three queries.

    Those of periods that are over by then are not asked about, but for one that is sent and still waits.
    """
    start = timezone.make_aware(datetime.combine(day, time.min))
    going = Q(period__closed_at__isnull=True, period__closes_at__gte=start)
    if day <= timezone.localdate():
        going |= Q(period__closed_at__isnull=True, state=ReportState.SUBMITTED)
    rows = (
        UnitReport.objects.filter(going | ~Q(correction_reason=""), unit__in=list(units))
        .filter(handed_over_to__isnull=True)
        .exclude(state=ReportState.ASSURED)
        .select_related("unit", "period")
        .annotate(measures=Count("statuses"))
        .order_by("period__opens_at", "unit", "pk")
    )
    found = list(rows)
    answered = sendable_counts(found)
    moment = max(timezone.now(), start)
    return [OpenReport(one, one.measures, answered[one.pk], _can_be_given(one, moment)) for one in found]


def _can_be_given(report: UnitReport, moment: datetime) -> bool:
    open_period = report.period.closed_at is None and moment < report.period.closes_at
    return open_period and report.state != ReportState.APPROVED


def open_deviations() -> QuerySet[Deviation]:
    return Deviation.objects.filter(state=DeviationState.OPEN)


def unconfirmed_follow_ups(unit: int, day: date) -> QuerySet[StrategyFollowUp]:
    """The unit's yearly parts nobody stands behind yet, of years that can still be written that day."""
    return StrategyFollowUp.objects.filter(unit=unit, year__gte=day.year - 1, confirmed_at__isnull=True)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many, and when the first is due."""

    count: int
    due: date | None


def _waiting(rows: QuerySet[Deviation] | QuerySet[LeaderQuestion]) -> Waiting:
    found = rows.order_by().aggregate(found=Count("pk"), due=Min("due_on"))
    return Waiting(found["found"], found["due"])


@dataclass(frozen=True, slots=True)
class HeldByUnit:
    """What hangs on one unit on a day. `place` is where it reports when that is a choice of its own."""

    unit: int
    place: Place | None
    reports: tuple[OpenReport, ...]
    sent_reports: int
    deviations: Waiting
    questions_to: Waiting
    questions_from: Waiting
    follow_ups: tuple[int, ...]
    confirmed_follow_ups: int


def held_by_unit(unit: int, day: date) -> HeldByUnit:
    """What hangs on the unit on the day; ten queries however much it is."""
    place = UnitReportingSetting.objects.filter(unit=unit).values_list("place", flat=True).first()
    reports = open_reports([unit], day)
    sent = UnitReport.objects.filter(unit=unit, submitted_at__isnull=False)
    return HeldByUnit(
        unit=unit,
        place=Place(place) if place else None,
        reports=tuple(reports),
        sent_reports=sent.exclude(pk__in=[one.report.pk for one in reports]).count(),
        deviations=_waiting(open_deviations().filter(unit=unit)),
        questions_to=_waiting(waiting_for([unit])),
        questions_from=_waiting(waiting_from([unit])),
        follow_ups=tuple(unconfirmed_follow_ups(unit, day).order_by("year").values_list("year", flat=True)),
        confirmed_follow_ups=StrategyFollowUp.objects.filter(unit=unit, confirmed_at__isnull=False).count(),
    )


@dataclass(frozen=True, slots=True)
class HeldByPerson:
    """What waits for a person on a day because of her roles, what is her own, and what she has signed."""

    reports: tuple[OpenReport, ...]
    questions: Waiting
    deviations: Waiting
    signed: int
    approved: int


def held_by_person(person: int, day: date) -> HeldByPerson:
    """What hangs on the person on the day; a fixed number of queries."""
    held = read_duties(User.objects.get(pk=person), day)
    steps = dict(
        ReportTransition.objects.filter(by=person, to_state__in=[ReportState.SUBMITTED, ReportState.APPROVED])
        .values_list("to_state")
        .annotate(Count("report", distinct=True))
    )
    return HeldByPerson(
        reports=tuple(_waiting_reports(held, day)),
        questions=_waiting(waiting_for(held.own_units)),
        deviations=_waiting(open_deviations().filter(owner=person)),
        signed=steps.get(ReportState.SUBMITTED, 0),
        approved=steps.get(ReportState.APPROVED, 0),
    )


def _waiting_reports(held: Duties, day: date) -> list[OpenReport]:
    """Those she is to write or approve; a leader writes too while her unit has neither contact nor deputy."""
    if not held.own_units:
        return []
    reporters = Appointment.objects.valid_on(day).filter(
        unit__in=list(held.leader_units), role__in=[Role.CONTACT, Role.DEPUTY], user__is_active=True
    )
    writes = held.contact_units | (held.leader_units - set(reporters.values_list("unit_id", flat=True)))

    def waits(report: UnitReport) -> bool:
        if report.state == ReportState.SUBMITTED:
            return report.unit_id in held.leader_units
        editable = report.state in EDITABLE_STATES and report.place == Place.HERE
        return editable and report.unit_id in writes

    return [one for one in open_reports(held.own_units, day) if waits(one.report)]
