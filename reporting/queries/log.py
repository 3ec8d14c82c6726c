"""Everything that has happened to a report, from its logs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from reporting.enums import LogKind, ReportState
from reporting.models import UnitReport
from web.formats import format_datetime


@dataclass(frozen=True, slots=True)
class LogLine:
    """One thing that was done to a report: what in words, by whom, and what was said with it."""

    at: datetime
    what: str
    who: str
    comment: str


def log_of(report: UnitReport) -> list[LogLine]:
    """Steps, more time given, measures that came and went, corrections; the newest first. Three queries."""
    entries = list(report.log.select_related("by", "person").order_by("-at", "-pk"))
    opened = {entry.at for entry in entries if entry.kind == LogKind.CORRECTION_OPENED}
    withdrawn = {entry.at for entry in entries if entry.kind == LogKind.CORRECTION_WITHDRAWN}
    # A correction that was opened or given up is one line, though it also moved the report.
    told = {(at, ReportState.RETURNED) for at in opened}
    lines = [
        LogLine(
            extension.at,
            _("Fristen utsatt: kontaktperson {contact}, leder {leader}").format(
                contact=format_datetime(extension.contact_deadline),
                leader=format_datetime(extension.leader_deadline),
            ),
            extension.by_name,
            extension.reason,
        )
        for extension in report.extensions.select_related("by").order_by("-at", "-pk")
    ]
    lines += [
        LogLine(
            entry.at,
            f"{entry.get_kind_display()}: {entry.about}" if entry.about else entry.get_kind_display(),
            entry.by_name,
            entry.reason,
        )
        for entry in entries
    ]
    lines += [
        LogLine(step.at, step.to_label, step.by_name, step.comment)
        for step in report.transitions.select_related("by").order_by("-at", "-pk")
        if (step.at, step.to_state) not in told and step.at not in withdrawn
    ]
    return sorted(lines, key=lambda line: line.at, reverse=True)
