"""Reads of the decisions register, and what it puts on other pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.rules import Permission, duties
from strategy.enums import CLOSED_DECISIONS, DecisionBody
from strategy.models import DECISION_STATUS_LABELS, Decision, DecisionMeasure, DecisionNote, Measure
from web.contributions import CalendarEntry, Task
from web.formats import format_number

# How long before its deadline a decision asks for attention.
ATTENTION = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class DecisionFilter:
    """What the register's address asks for. Empty means all; `overdue` is open with the deadline gone."""

    status: str = ""
    body: str = ""
    unit: int | None = None
    text: str = ""
    overdue: bool = False


def register(chosen: DecisionFilter, today: date | None = None) -> QuerySet[Decision]:
    """The decisions asked for, newest first, each with `last_note` and `last_note_at`; two queries."""
    newest = DecisionNote.objects.filter(decision=OuterRef("pk")).order_by("-at", "-pk")
    found = (
        Decision.objects.select_related("unit")
        .annotate(
            last_note=Subquery(newest.values("text")[:1]), last_note_at=Subquery(newest.values("at")[:1])
        )
        .prefetch_related("measure_links__measure")
        .order_by(F("decided_on").desc(nulls_last=True), "-pk")
    )
    if chosen.status:
        found = found.filter(status=chosen.status)
    if chosen.body:
        found = found.filter(body=chosen.body)
    if chosen.unit:
        found = found.filter(unit=chosen.unit)
    if chosen.overdue:
        found = found.filter(pk__in=overdue_decisions(today))
    for word in chosen.text.split():
        found = found.filter(
            Q(title__icontains=word) | Q(text__icontains=word) | Q(case_number__icontains=word)
        )
    return found


def overdue_decisions(today: date | None = None) -> QuerySet[Decision]:
    """Open decisions whose deadline is past on `today`, the oldest deadline first."""
    return open_decisions().filter(deadline__lt=today or timezone.localdate()).order_by("deadline", "pk")


def open_decisions() -> QuerySet[Decision]:
    return Decision.objects.exclude(status__in=list(CLOSED_DECISIONS))


def council_decisions_in_case(case_number: str) -> list[Decision]:
    """What kommunestyret has decided in one case, oldest first; one query."""
    found = Decision.objects.filter(body=DecisionBody.COUNCIL, case_number__iexact=case_number)
    return list(found.order_by("pk"))


def choosable_decisions(*bodies: DecisionBody) -> QuerySet[Decision]:
    """The register for a list to choose from, newest first; only what the given bodies have decided."""
    found = Decision.objects.order_by(F("decided_on").desc(nulls_first=True), "-pk")
    return found.filter(body__in=bodies) if bodies else found


def measure_decisions(measure: int) -> list[Decision]:
    """The decisions about a measure, newest first; one query."""
    return list(Decision.objects.filter(measure_links__measure=measure).order_by("-decided_on", "-pk"))


def decisions_about(measures: Iterable[int]) -> list[tuple[Measure, list[Decision]]]:
    """Those of the measures some decision is about, by number, each with its decisions, newest first; one
    query.
    """
    links = (
        DecisionMeasure.objects.filter(measure__in=list(measures))
        .select_related("measure", "decision")
        .order_by("measure__code_key", F("decision__decided_on").desc(nulls_last=True), "-decision__pk")
    )
    found: dict[int, tuple[Measure, list[Decision]]] = {}
    for link in links:
        found.setdefault(link.measure_id, (link.measure, []))[1].append(link.decision)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A status that changed, or a note: what happened, who, when and the words."""

    at: datetime
    who: str
    what: str
    text: str


def decision_log(decision: Decision) -> list[LogEntry]:
    """Transitions and notes together, newest first; two queries."""
    moves = [
        LogEntry(
            move.at,
            move.by_name,
            _("Status: {status}").format(status=DECISION_STATUS_LABELS[move.to_status]),  # type: ignore[index]
            move.comment,
        )
        for move in decision.transitions.select_related("by")
    ]
    notes = [
        LogEntry(note.at, note.by_name, _("Statusmerknad"), note.text)
        for note in decision.notes.select_related("by")
    ]
    return sorted([*moves, *notes], key=lambda entry: entry.at, reverse=True)


def decision_tasks(user: AbstractBaseUser, now: datetime) -> Iterator[Task]:
    """Open decisions with a deadline near or past: each of one's own unit, and one line for Klima."""
    held = duties(user)
    edits = Permission.EDIT_STRATEGY in held.permissions
    if not edits and not held.own_units:
        return
    today = timezone.localdate(now)
    near = open_decisions().filter(deadline__lte=today + ATTENTION).order_by("deadline", "pk")
    for decision in near.filter(unit__in=held.own_units) if held.own_units else ():
        if decision.deadline:
            yield Task(
                title=_("Vedtak: {title}").format(title=decision.title),
                detail=_("Fristen er ute. Skriv hvordan det går.")
                if decision.deadline < today
                else _("Fristen nærmer seg. Skriv hvordan det går."),
                url=decision.get_absolute_url(),
                button=_("Se vedtaket"),
                due=timezone.make_aware(datetime.combine(decision.deadline, time(23, 59))),
            )
    if edits:
        yield from _klima_task(list(near), today)


def _klima_task(near: list[Decision], today: date) -> Iterator[Task]:
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
        due=timezone.make_aware(datetime.combine(near[0].deadline, time(23, 59))),
    )


def decision_deadlines(user: AbstractBaseUser, start: date, end: date) -> Iterator[CalendarEntry]:
    """Deadlines of open decisions: all for those who read everything, those of her own units for others."""
    held = duties(user)
    found = open_decisions().filter(deadline__gte=start, deadline__lte=end).order_by("deadline", "pk")
    if Permission.READ_INTERNAL not in held.permissions:
        if not held.own_units:
            return
        found = found.filter(unit__in=held.own_units)
    for decision in found:
        if decision.deadline:
            yield CalendarEntry(
                decision.deadline,
                _("Frist for vedtak: {title}").format(title=decision.title),
                decision.get_absolute_url(),
            )
