"""Reads of the decisions register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from organisation.rules import Permission, duties
from strategy.enums import CLOSED_DECISIONS, DecisionBody
from strategy.models import Decision, DecisionMeasure, DecisionNote, DecisionTransition, Measure

# How long before its deadline a decision asks for attention.
ATTENTION = timedelta(days=30)


def register() -> QuerySet[Decision]:
    """The decisions, newest first, each with `last_note` and `last_note_at`; two queries."""
    newest = DecisionNote.objects.filter(decision=OuterRef("pk")).order_by("-at", "-pk")
    return (
        Decision.objects.select_related("unit")
        .annotate(
            last_note=Subquery(newest.values("text")[:1]), last_note_at=Subquery(newest.values("at")[:1])
        )
        .prefetch_related("measure_links__measure")
        .order_by(F("decided_on").desc(nulls_last=True), "-pk")
    )


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


def decision_log(decision: Decision) -> list[DecisionTransition | DecisionNote]:
    """Transitions and notes together, newest first; two queries."""
    moves = decision.transitions.select_related("by")
    notes = decision.notes.select_related("by")
    return sorted([*moves, *notes], key=lambda entry: entry.at, reverse=True)


@dataclass(frozen=True, slots=True)
class NearDecisions:
    """Open decisions with a deadline near or past, the oldest deadline first: those of the reader's own
    units, and all of them for Klima.
    """

    own: tuple[Decision, ...] = ()
    all: tuple[Decision, ...] = ()


def near_decisions(user: AbstractBaseUser, today: date) -> NearDecisions:
    """What of the register asks for the user's attention on `today`; at most two queries."""
    held = duties(user)
    near = open_decisions().filter(deadline__lte=today + ATTENTION).order_by("deadline", "pk")
    return NearDecisions(
        own=tuple(near.filter(unit__in=held.own_units)) if held.own_units else (),
        all=tuple(near) if Permission.EDIT_STRATEGY in held.permissions else (),
    )


def decisions_due(user: AbstractBaseUser, start: date, end: date) -> list[Decision]:
    """Open decisions with a deadline from start to end: all for those who read everything, those of her own
    units for others.
    """
    held = duties(user)
    found = open_decisions().filter(deadline__gte=start, deadline__lte=end).order_by("deadline", "pk")
    if Permission.READ_INTERNAL not in held.permissions:
        if not held.own_units:
            return []
        found = found.filter(unit__in=held.own_units)
    return list(found)
