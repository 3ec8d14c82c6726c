"""Everything that has happened to a report, a line each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from reporting.queries.log import ReportEvents
from web.formats import format_datetime


@dataclass(frozen=True, slots=True)
class LogLine:
    """One thing that was done to a report: what in words, by whom, and what was said with it."""

    at: datetime
    what: str
    who: str
    comment: str


def log_lines(events: ReportEvents) -> list[LogLine]:
    """Steps, more time given, measures that came and went, corrections; the newest first."""
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
        for extension in events.extensions
    ]
    lines += [
        LogLine(
            entry.at,
            f"{entry.get_kind_display()}: {entry.about}" if entry.about else entry.get_kind_display(),
            entry.by_name,
            entry.reason,
        )
        for entry in events.entries
    ]
    lines += [LogLine(step.at, step.to_label, step.by_name, step.comment) for step in events.steps]
    return sorted(lines, key=lambda line: line.at, reverse=True)
