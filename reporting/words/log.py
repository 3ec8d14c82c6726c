"""Everything that has happened to a report, a line each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.utils.translation import gettext as _

from reporting.enums import ReportState, StandsAs
from reporting.models import ReportTransition, StandingMixin
from reporting.queries.log import ReportEvents
from web.actors import actor_name
from web.formats import format_datetime


@dataclass(frozen=True, slots=True)
class LogLine:
    """One thing that was done to a report: what in words, by whom, and what was said with it."""

    at: datetime
    what: str
    who: str
    comment: str


def who_in(step: StandingMixin, unit: str) -> str:
    """Who took a step, and as what: «Direktør Eksempel for Vann og avløp, som mangler leder»."""
    name: str = step.by_name  # type: ignore[attr-defined]
    if step.by_as == StandsAs.LEADER_ABOVE:
        return _("{name} for {unit}, som mangler leder").format(name=name, unit=unit)
    if step.by_as == StandsAs.STAND_IN and step.by_for is not None:
        return _("{name} som stedfortreder for {leader}").format(name=name, leader=actor_name(step.by_for))
    if step.by_as == StandsAs.STAND_IN:
        return _("{name} som stedfortreder for lederen").format(name=name)
    return name


def _what(step: ReportTransition, before: ReportTransition | None) -> str:
    """What was done; that nobody else saw it, when whoever approved it had sent it herself."""
    same = before is not None and step.by_id is not None and step.by_id == before.by_id
    if same and step.to_state == ReportState.APPROVED and step.from_state == ReportState.SUBMITTED:
        return _("{state}, av den som sendte den").format(state=step.to_label)
    return step.to_label


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
            who_in(entry, events.unit),
            entry.reason,
        )
        for entry in events.entries
    ]
    lines += [
        LogLine(step.at, _what(step, before), who_in(step, events.unit), step.comment)
        for step, before in pairwise((*events.steps, None))
        if step is not None
    ]
    return sorted(lines, key=lambda line: line.at, reverse=True)
