"""What the texts of mail about reports are made of, read for many reports in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from organisation.queries.leading import Leading, leading_of_units
from organisation.queries.people import NOBODY, People, people_of_units
from reporting.calculations.messages import Due
from reporting.enums import EDITABLE_STATES, OFF_PLAN, ReportState
from reporting.models import (
    EscalationRelease,
    MeasureComment,
    MeasureStatus,
    Period,
    ReportVersion,
    UnitReport,
)
from reporting.queries.chain import Step, step_of
from reporting.queries.completeness import count_sendable
from reporting.queries.message_facts import deadline_of
from reporting.queries.reports import reports_in

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure of the report, and what was last answered about it in an earlier period; empty: nothing."""

    code: str
    title: str
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """One report as its mail tells of it."""

    report: UnitReport
    contact_deadline: datetime
    leader_deadline: datetime
    measures: tuple[MeasureLine, ...]
    answered: int
    off_plan: int
    # Names of contacts and deputies, and who leads the unit, today.
    reporters: tuple[str, ...]
    leading: Leading
    sent_by: str = ""
    # (measure, comment) the report was returned with.
    remarks: tuple[tuple[str, str], ...] = ()
    release_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestMaterial:
    """A week of a period as Klima reads it: names of units."""

    period: Period
    came_in: tuple[str, ...]
    assured: tuple[str, ...]
    missing: tuple[str, ...]
    waits_for_leader: tuple[str, ...]
    waits_for_area: tuple[str, ...]
    waits_for_climate: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Materials:
    """What messages that are due are made of: by report, and the week for Klima where it is told."""

    reports: dict[int, Material]
    digest: DigestMaterial | None


def materials_for(period: Period, due: Iterable[Due], now: datetime) -> Materials:
    """For all of them together: the number of queries does not grow with the messages."""
    messages = list(due)
    about = {message.report for message in messages if message.report is not None}
    reports = UnitReport.objects.filter(pk__in=about).select_related("unit", "period")
    told_all = any(message.report is None for message in messages)
    return Materials(
        reports=material_of(list(reports)) if about else {},
        digest=digest_of(period, now) if told_all else None,
    )


def material_of(reports: Sequence[UnitReport]) -> dict[int, Material]:
    """By report; unit and period must be fetched with them. Eight queries."""
    statuses: dict[int, list[MeasureStatus]] = defaultdict(list)
    for status in (
        MeasureStatus.objects.filter(report__in=reports)
        .select_related("measure", "line")
        .order_by("order", "pk")
    ):
        statuses[status.report_id].append(status)
    last = _last_answers(reports, [one.measure_id for own in statuses.values() for one in own])
    people = people_of_units()
    leading = leading_of_units(people=people)
    sent_by = {
        version.report_id: version.submitted_by_name
        for version in ReportVersion.objects.filter(report__in=reports)
        .order_by("report_id", "-number")
        .distinct("report_id")
        .select_related("submitted_by")
        .defer("content")
    }
    reasons = dict(
        EscalationRelease.objects.filter(report__in=reports)
        .order_by("report_id", "-pk")
        .distinct("report_id")
        .values_list("report_id", "reason")
    )
    remarks = _remarks(reports)
    answered = count_sendable(reports, (one for own in statuses.values() for one in own))
    return {
        report.pk: Material(
            report=report,
            contact_deadline=deadline_of(report)[0],
            leader_deadline=deadline_of(report)[1],
            measures=tuple(
                MeasureLine(status.measure.code, status.adopted_title, last.get(status.measure_id, ""))
                for status in statuses[report.pk]
            ),
            answered=answered[report.pk],
            off_plan=sum(status.status in OFF_PLAN for status in statuses[report.pk]),
            reporters=_reporters(people.get(report.unit_id, NOBODY)),
            leading=leading[report.unit_id],
            sent_by=sent_by.get(report.pk, ""),
            remarks=tuple(remarks[report.pk]),
            release_reason=reasons.get(report.pk, ""),
        )
        for report in reports
    }


def _last_answers(reports: Sequence[UnitReport], measures: Sequence[int]) -> dict[int, str]:
    """«I rute (1. tertial 2026)» by measure: the latest answer sent before the period, whoever sent it."""
    if not reports:
        return {}
    rows = (
        MeasureStatus.objects.filter(
            measure__in=measures, report__period__opens_at__lt=reports[0].period.opens_at
        )
        .exclude(report__state__in=sorted(EDITABLE_STATES))
        .exclude(status="")
        .select_related("report__period")
        .order_by("measure_id", "-report__period__opens_at", "-pk")
        .distinct("measure_id")
    )
    return {row.measure_id: f"{row.get_status_display()} ({row.report.period})" for row in rows}


def _reporters(people: People) -> tuple[str, ...]:
    """Contacts, then deputies; one who is both is named once."""
    return tuple(dict.fromkeys((*people.contacts, *people.deputies)))


def _remarks(reports: Sequence[UnitReport]) -> dict[int, list[tuple[str, str]]]:
    """The comments on measures that a returned report must answer: those since it was sent."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    returned = [report for report in reports if report.state == ReportState.RETURNED]
    since = {report.pk: report.submitted_at for report in returned}
    for comment in (
        MeasureComment.objects.filter(status__report__in=returned, returned=True)
        .select_related("status__measure", "status__line")
        .order_by("status__order", "pk")
    ):
        sent = since[comment.status.report_id]
        if sent is None or comment.at >= sent:
            found[comment.status.report_id].append((comment.status.adopted_title, comment.text))
    return found


def digest_of(period: Period, now: datetime) -> DigestMaterial:
    """What came in the last week, who is missing, and what waits for whom, as Framdrift has it. 3 queries.

    What comes in from the municipality's own system waits for area and Klima as the rest does. Before that
    nobody here is waited for, so that it is not missing.
    """
    rows = reports_in([period])
    waits: dict[Step, list[UnitReport]] = defaultdict(list)
    for report in rows:
        waits[step_of(report, now)].append(report)
    since = now - WEEK
    return DigestMaterial(
        period=period,
        came_in=_names(row for row in rows if row.submitted_at and row.submitted_at > since),
        assured=_names(row for row in rows if row.assured_at and row.assured_at > since),
        missing=_names(waits[Step.CONTACT]),
        waits_for_leader=_names(waits[Step.LEADER]),
        waits_for_area=_names(waits[Step.AREA]),
        waits_for_climate=_names(waits[Step.CLIMATE]),
    )


def _names(rows: Iterable[UnitReport]) -> tuple[str, ...]:
    return tuple(row.unit.name for row in rows)
