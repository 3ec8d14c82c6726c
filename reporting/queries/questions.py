"""Questions between leaders: one's own, and those nobody has answered in time, which are listed upward."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, time

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from organisation.rules import Permission, duties
from reporting.models import LeaderQuestion
from reporting.queries.waiting import count_word
from web.contributions import CalendarEntry, Task
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


def questions_between(units: Collection[int] | None) -> QuerySet[LeaderQuestion]:
    """Questions asked of or by these units, or all: those that wait first, then the newest."""
    rows = _with_units()
    if units is not None:
        rows = rows.filter(Q(from_unit__in=list(units)) | Q(to_unit__in=list(units)))
    return rows.order_by(
        F("answered_at").desc(nulls_first=True), F("withdrawn_at").desc(nulls_first=True), "due_on", "pk"
    )


def question_tasks(user: AbstractBaseUser, now: datetime) -> Iterator[Task]:
    """Questions that wait for the user's units, and for a leader above, those her units let pass."""
    held = duties(user)
    if held.own_units:
        for one in waiting_for(held.own_units):
            leads = one.to_unit_id in held.leader_units
            if not leads and one.draft:
                continue  # the contact has done hers
            yield Task(
                title=_("Spørsmål fra {unit}").format(unit=one.from_unit.name),
                detail=one.question,
                url=reverse("reporting:question", args=[one.pk]),
                button=_("Svar") if leads else _("Skriv utkast"),
                due=_end_of(one.due_on),
            )
    if held.units_below:
        late = list(unanswered(timezone.localdate(now), held.units_below))
        if late:
            words = _("{count} spørsmål til virksomhetene dine er ikke besvart innen fristen.")
            yield Task(
                title=_("Ubesvarte spørsmål"),
                detail=capfirst(words.format(count=count_word(len(late)))),
                url=reverse("reporting:questions"),
                button=_("Se spørsmålene"),
            )


def question_deadlines(user: AbstractBaseUser, start: date, end: date) -> Iterator[CalendarEntry]:
    """When the user's units owe an answer, from start to end."""
    held = duties(user)
    if not held.own_units:
        return
    for one in waiting_for(held.own_units).filter(due_on__gte=start, due_on__lte=end):
        yield CalendarEntry(
            one.due_on,
            _("Svarfrist: spørsmål fra {unit}").format(unit=one.from_unit.name),
            reverse("reporting:question", args=[one.pk]),
        )


def sees_all(user: AbstractBaseUser) -> bool:
    return Permission.READ_INTERNAL in duties(user).permissions


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(23, 59)))
