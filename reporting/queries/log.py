"""Everything that has happened to a report, from its logs."""

from __future__ import annotations

from dataclasses import dataclass

from reporting.enums import LogKind, ReportState
from reporting.models import DeadlineExtension, ReportLogEntry, ReportTransition, ReportVersion, UnitReport


@dataclass(frozen=True, slots=True)
class ReportEvents:
    """More time given, what was logged, and steps, the newest of each first; and the unit's name."""

    extensions: tuple[DeadlineExtension, ...]
    entries: tuple[ReportLogEntry, ...]
    steps: tuple[ReportTransition, ...]
    unit: str


def approval_of(version: ReportVersion) -> ReportTransition | None:
    """The step in which a leader approved this version: after it was sent, before it was sent again."""
    steps = ReportTransition.objects.filter(report=version.report_id, at__gte=version.submitted_at)
    later = ReportVersion.objects.filter(report=version.report_id, number__gt=version.number)
    if newer := later.order_by("number").first():
        steps = steps.filter(at__lt=newer.submitted_at)
    found = steps.filter(from_state=ReportState.SUBMITTED, to_state=ReportState.APPROVED)
    return found.select_related("by", "by_for").order_by("pk").last()


def events_of(report: UnitReport) -> ReportEvents:
    """Three queries."""
    entries = list(report.log.select_related("by", "by_for", "person").order_by("-at", "-pk"))
    opened = {entry.at for entry in entries if entry.kind == LogKind.CORRECTION_OPENED}
    withdrawn = {entry.at for entry in entries if entry.kind == LogKind.CORRECTION_WITHDRAWN}
    # A correction that was opened or given up is one line, though it also moved the report.
    told = {(at, ReportState.RETURNED) for at in opened}
    return ReportEvents(
        extensions=tuple(report.extensions.select_related("by").order_by("-at", "-pk")),
        entries=tuple(entries),
        steps=tuple(
            step
            for step in report.transitions.select_related("by", "by_for").order_by("-at", "-pk")
            if (step.at, step.to_state) not in told and step.at not in withdrawn
        ),
        unit=report.unit.name,
    )
