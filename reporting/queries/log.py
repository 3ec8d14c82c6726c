"""Everything that has happened to a report, from its logs."""

from __future__ import annotations

from dataclasses import dataclass

from reporting.enums import LogKind, ReportState
from reporting.models import DeadlineExtension, ReportLogEntry, ReportTransition, UnitReport


@dataclass(frozen=True, slots=True)
class ReportEvents:
    """More time given, what was logged, and steps; the newest of each first."""

    extensions: tuple[DeadlineExtension, ...]
    entries: tuple[ReportLogEntry, ...]
    steps: tuple[ReportTransition, ...]


def events_of(report: UnitReport) -> ReportEvents:
    """Three queries."""
    entries = list(report.log.select_related("by", "person").order_by("-at", "-pk"))
    opened = {entry.at for entry in entries if entry.kind == LogKind.CORRECTION_OPENED}
    withdrawn = {entry.at for entry in entries if entry.kind == LogKind.CORRECTION_WITHDRAWN}
    # A correction that was opened or given up is one line, though it also moved the report.
    told = {(at, ReportState.RETURNED) for at in opened}
    return ReportEvents(
        extensions=tuple(report.extensions.select_related("by").order_by("-at", "-pk")),
        entries=tuple(entries),
        steps=tuple(
            step
            for step in report.transitions.select_related("by").order_by("-at", "-pk")
            if (step.at, step.to_state) not in told and step.at not in withdrawn
        ),
    )
