"""The decisions register in words: its log, and what it puts on Min side and in the year wheel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from strategy.models import DECISION_STATUS_LABELS, Decision, DecisionNote, DecisionTransition
from strategy.queries.decisions import NearDecisions
from web.contributions import CalendarEntry, Task
from web.formats import format_number


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A status that changed, or a note: what happened, who, when and the words."""

    at: datetime
    who: str
    what: str
    text: str


def log_entry(entry: DecisionTransition | DecisionNote) -> LogEntry:
    if isinstance(entry, DecisionNote):
        return LogEntry(entry.at, entry.by_name, _("Statusmerknad"), entry.text)
    status = DECISION_STATUS_LABELS[entry.to_status]  # type: ignore[index]
    return LogEntry(entry.at, entry.by_name, _("Status: {status}").format(status=status), entry.comment)


def overdue_sentence(late: int) -> str:
    """How many open decisions have passed their deadline; empty for none."""
    if not late:
        return ""
    return ngettext("Ett vedtak har gått over fristen.", "{n} vedtak har gått over fristen.", late).format(
        n=format_number(late)
    )


def decision_tasks(near: NearDecisions, today: date) -> Iterator[Task]:
    """Each decision of one's own unit, and one line for Klima."""
    for decision in near.own:
        if decision.deadline:
            yield Task(
                title=_("Vedtak: {title}").format(title=decision.title),
                detail=_("Fristen er ute. Skriv hvordan det går.")
                if decision.deadline < today
                else _("Fristen nærmer seg. Skriv hvordan det går."),
                url=decision.get_absolute_url(),
                button=_("Se vedtaket"),
                due=_end_of(decision.deadline),
            )
    yield from _klima_task(near.all, today)


def _klima_task(near: Sequence[Decision], today: date) -> Iterator[Task]:
    if not near or near[0].deadline is None:
        return
    late = sum(1 for decision in near if decision.deadline and decision.deadline < today)
    counted = ngettext("{n} åpent vedtak", "{n} åpne vedtak", len(near)).format(n=format_number(len(near)))
    sentence = _("{counted} har frist innen 30 dager eller tidligere.").format(counted=counted)
    if late:
        sentence += " " + _("For {n} er fristen ute.").format(n=format_number(late))
    yield Task(
        title=_("Følg opp vedtak med frist"),
        detail=sentence,
        url=f"{reverse('strategy:decisions')}?{'fristute=ja' if late else ''}",
        button=_("Se vedtakene"),
        due=_end_of(near[0].deadline),
    )


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


def decision_deadlines(due: Iterable[Decision]) -> Iterator[CalendarEntry]:
    for decision in due:
        if decision.deadline:
            yield CalendarEntry(
                decision.deadline,
                _("Frist for vedtak: {title}").format(title=decision.title),
                decision.get_absolute_url(),
            )
