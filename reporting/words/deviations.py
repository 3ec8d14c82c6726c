"""Deviations on other pages: tasks on Min side, dates in the year wheel, evidence about a measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reporting.enums import DecisionLevel
from reporting.models import Deviation, MeasureStatus
from reporting.queries.deviations import OpenDecision
from reporting.rules.deadlines import end_of
from reporting.rules.deviations import level_words
from web.contributions import CalendarEntry, Evidence, Task
from web.formats import format_date, format_number
from web.names import naming

_ONE_BY_ONE = 3
# Whoever has the task enters what others decide.
_TO_BODIES: Mapping[str, Any] = {
    DecisionLevel.COUNCIL: gettext_lazy("Til {council}: {question}"),
    DecisionLevel.BOARD: gettext_lazy("Til styret: {question}"),
}


def decision_tasks(waiting: Sequence[Deviation]) -> Iterator[Task]:
    """Decisions the user is asked for, many of them as one task."""
    if len(waiting) > _ONE_BY_ONE:
        tonnes = sum(row.tonnes_at_stake or 0 for row in waiting)
        detail = _("Avvik i klimatiltak som ikke kommer videre uten en beslutning.")
        if tonnes:
            detail += " " + _("{tonnes} tonn står på spill.").format(tonnes=format_number(tonnes, 0))
        yield Task(
            title=_("{n} avvik venter på en beslutning").format(n=format_number(len(waiting))),
            detail=detail,
            url=f"{reverse('reporting:deviations')}?vis=venter",
            button=_("Se avvikene"),
            primary=True,
        )
        return
    for row in waiting:
        elsewhere = row.decision_level in _TO_BODIES
        words = _TO_BODIES.get(row.decision_level, _("Avgjør: {question}"))
        yield Task(
            title=naming(words, question=row.decision_question),
            detail=_("{unit} ber om det for {measure}.").format(unit=row.unit.name, measure=row.measure),
            url=row.get_absolute_url(),
            button=_("Se avviket") if elsewhere else _("Se og avgjør"),
            primary=True,
        )


def owner_tasks(rows: Sequence[Deviation]) -> Iterator[Task]:
    """One task for open deviations of the user's whose date is near or gone, about the first of them."""
    if not rows:
        return
    first = rows[0]
    assert first.due_on is not None
    more = len(rows) - 1
    counted = ngettext("og ett avvik til", "og {n} avvik til", more).format(n=format_number(more))
    yield Task(
        title=_("Følg opp avviket i {measure}").format(measure=first.measure),
        detail=_("Du står som ansvarlig") + (f", {counted}." if more else "."),
        url=first.get_absolute_url() if not more else f"{reverse('reporting:deviations')}?tilstand=open",
        button=_("Se avviket") if not more else _("Se avvikene"),
        due=end_of(first.due_on),
    )


def deviation_dates(rows: Iterable[Deviation]) -> Iterator[CalendarEntry]:
    """When the open deviations the user owns should be caught up with."""
    for row in rows:
        assert row.due_on is not None
        sentence = _("Avviket i {measure} skal være tatt igjen").format(measure=row.measure)
        yield CalendarEntry(row.due_on, sentence, row.get_absolute_url())


def status_evidence(latest: MeasureStatus) -> Evidence:
    """The latest approved status of a measure, for its page in the strategy."""
    report = latest.report
    return Evidence(
        title=_("Klimarapport for {period}").format(period=report.period),
        detail=latest.get_status_display(),
        url=reverse("reporting:report", args=[report.period.code, report.unit_id]),
        day=timezone.localdate(report.approved_at) if report.approved_at else None,
    )


def deviation_evidence(deviation: Deviation) -> Evidence:
    """A deviation of a measure, for the measure's page in the strategy."""
    return Evidence(
        title=_("Avvik åpnet {day}").format(day=format_date(deviation.opened_at)),
        detail=_evidence_detail(deviation),
        url=deviation.get_absolute_url(),
        day=timezone.localdate(deviation.opened_at),
    )


def _evidence_detail(deviation: Deviation) -> str:
    if not deviation.is_open:
        return _("lukket {day}").format(day=format_date(deviation.closed_at))
    parts = [_("åpent")]
    if deviation.tonnes_at_stake is not None:
        parts.append(_("{tonnes} tonn på spill").format(tonnes=format_number(deviation.tonnes_at_stake, 0)))
    if deviation.awaits_decision:
        parts.append(_("venter på {level}").format(level=level_words(deviation.decision_level)))
    return ", ".join(parts)


def decision_sentence(asked: OpenDecision) -> str:
    """A decision an open deviation has asked for: how it was answered, or that it is not."""
    if not asked.decided:
        return _("Dere har bedt {level} avgjøre: «{question}» Det er ikke avgjort ennå.").format(
            level=asked.level_words, question=asked.question
        )
    case = _(", sak {case}").format(case=asked.case_number) if asked.case_number else ""
    return _("Avgjort {day} av {level}{case}: «{text}»").format(
        day=format_date(asked.decided_on), level=asked.level_words, case=case, text=asked.text
    )
