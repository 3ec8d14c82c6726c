"""Questions between leaders: one's own, and those nobody has answered in time, which are listed upward."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from organisation.rules import Permission, duties
from reporting.models import LeaderQuestion
from web.sorting import NorskSort

_WAITING = Q(answered_at__isnull=True, withdrawn_at__isnull=True)


def _with_units() -> QuerySet[LeaderQuestion]:
    return LeaderQuestion.objects.select_related("from_unit", "to_unit", "asked_by", "answered_by")


def question_by_pk(pk: int) -> LeaderQuestion | None:
    return _with_units().filter(pk=pk).first()


def unanswered(today: date | None = None, units: Collection[int] | None = None) -> QuerySet[LeaderQuestion]:
    """Questions whose deadline has passed without an answer, asked of these units or of all; oldest first.

    What the area's leader, Klima and leadership are shown. One query, units included.
    """
    rows = _with_units().filter(_WAITING, due_on__lt=today or timezone.localdate())
    if units is not None:
        rows = rows.filter(to_unit__in=list(units))
    return rows.order_by("due_on", NorskSort("to_unit__name"), "pk")


def waiting_for(units: Collection[int]) -> QuerySet[LeaderQuestion]:
    """Questions these units have not answered yet, soonest first."""
    return _with_units().filter(_WAITING, to_unit__in=list(units)).order_by("due_on", "pk")


def waiting_from(units: Collection[int]) -> QuerySet[LeaderQuestion]:
    """Questions these units have asked and nobody has answered yet, soonest first."""
    return _with_units().filter(_WAITING, from_unit__in=list(units)).order_by("due_on", "pk")


def questions_between(units: Collection[int] | None) -> QuerySet[LeaderQuestion]:
    """Questions asked of or by these units, or all: those that wait first, then the newest."""
    rows = _with_units()
    if units is not None:
        rows = rows.filter(Q(from_unit__in=list(units)) | Q(to_unit__in=list(units)))
    return rows.order_by(
        F("answered_at").desc(nulls_first=True), F("withdrawn_at").desc(nulls_first=True), "due_on", "pk"
    )


@dataclass(frozen=True, slots=True)
class WaitingQuestion:
    """A question that waits for somebody: its leader answers, a contact writes a draft."""

    question: LeaderQuestion
    leads: bool


def questions_for(user: AbstractBaseUser) -> list[WaitingQuestion]:
    """Those that wait for the user in her units. A contact who has written a draft has done hers."""
    held = duties(user)
    rows = waiting_for(held.own_units) if held.own_units else ()
    found = [WaitingQuestion(one, one.to_unit_id in held.leader_units) for one in rows]
    return [one for one in found if one.leads or not one.question.draft]


def late_below(user: AbstractBaseUser, now: datetime) -> int:
    """How many questions the units below a leader have let pass their deadline."""
    below = duties(user).units_below
    return len(unanswered(timezone.localdate(now), below)) if below else 0


def answers_due(user: AbstractBaseUser, start: date, end: date) -> list[LeaderQuestion]:
    """Questions the user's units owe an answer to, with the deadline from start to end."""
    units = duties(user).own_units
    return list(waiting_for(units).filter(due_on__gte=start, due_on__lte=end)) if units else []


def sees_all(user: AbstractBaseUser) -> bool:
    return Permission.READ_INTERNAL in duties(user).permissions
