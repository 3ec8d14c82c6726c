"""The story of a deviation, as told on its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from reporting.enums import DeviationState
from reporting.models import MeasureStatus
from reporting.queries.deviation_story import Change, Story
from reporting.rules.deviations import level_words
from web.formats import format_date, format_number


@dataclass(frozen=True, slots=True)
class Chapter:
    """One thing that happened to a deviation, as told on its page."""

    at: datetime
    title: str
    who: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    url: str = ""
    status: str = ""
    status_label: str = ""


def chapters(story: Story) -> list[Chapter]:
    """All of it, newest first: what approved reports said, what was decided, who did what."""
    found = [*_reported(story.reported), *_done(story.changes)]
    return sorted(found, key=lambda chapter: chapter.at, reverse=True)


def _reported(rows: Iterable[MeasureStatus]) -> Iterator[Chapter]:
    for row in rows:
        report = row.report
        facts = [
            (_("Siden sist"), row.what_happened),
            (_("Årsak"), row.cause),
            (_("Hva vi gjør"), row.corrective_action),
            (_("Tatt igjen"), format_date(row.new_date) if row.new_date else ""),
            (_("Del som er forsinket"), f"{format_number(row.delayed_share)} %" if row.delayed_share else ""),
            (_("Ber {level} avgjøre").format(level=level_words(row.decision_level)), row.decision_question),
            (_("Hva som er gjort med beslutningen"), row.decision_follow_up),
        ]
        yield Chapter(
            at=report.approved_at or report.submitted_at or report.period.opens_at,
            title=_("Rapport for {period}").format(period=report.period),
            who=report.unit.name,
            facts=tuple((label, text) for label, text in facts if text),
            url=reverse("reporting:report", args=[report.period.code, report.unit_id]),
            status=row.status,
            status_label=row.get_status_display(),
        )


def _done(changes: Iterable[Change]) -> Iterator[Chapter]:
    """What people did with it: owner and date, decisions, closed, taken up again."""
    for change in changes:
        before, event, who = change.before, change.after, change.who
        at: datetime = event.pgh_created_at
        same_report = event.status_id == before.status_id
        if event.decision and event.decision_id != before.decision_id:
            decision = event.decision
            facts = [(_("Avgjort"), format_date(decision.decided_on)), (_("Beslutning"), decision.text)]
            if decision.case_number:
                facts.append((_("Saksnummer"), decision.case_number))
            title = _("Beslutning av {level}").format(level=level_words(event.decision_level))
            yield Chapter(at, title, who, tuple(facts), decision.get_absolute_url())
        elif event.state != before.state:
            closed = event.state == DeviationState.CLOSED
            reason = ((_("Hvorfor"), event.closing_reason),) if closed else ()
            yield Chapter(at, _("Lukket") if closed else _("Åpnet igjen"), who, reason)
        elif same_report and (event.owner_id, event.due_on) != (before.owner_id, before.due_on):
            facts = [
                (_("Ansvarlig"), str(event.owner.name) if event.owner else _("ingen")),
                (_("Tatt igjen innen"), format_date(event.due_on)),
            ]
            yield Chapter(at, _("Ansvarlig og dato"), who, tuple(facts))
