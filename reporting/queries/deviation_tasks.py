"""What following up puts on Min side and in the year wheel: decisions to make, deviations to see to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.rules import Permission, duties
from reporting.enums import DecisionLevel, DeviationState
from reporting.models import Deviation
from reporting.queries.deviations import awaiting_decision_by, end_of
from web.contributions import CalendarEntry, Task
from web.formats import format_number

# How long before its date a deviation asks its owner for attention.
ATTENTION = timedelta(days=14)
_ONE_BY_ONE = 3


def deviation_tasks(user: AbstractBaseUser, now: datetime) -> Iterator[Task]:
    """Decisions the user is asked for, and open deviations of hers whose date is near or gone."""
    yield from _decisions(user)
    yield from _owned(user, now)


def _decisions(user: AbstractBaseUser) -> Iterator[Task]:
    held = duties(user)
    waiting = list(awaiting_decision_by(held))
    if Permission.ASSURE_REPORT in held.permissions:
        # Klima enters what the executives decide, but it is the council's matters that wait for Klima.
        waiting = [row for row in waiting if row.decision_level != DecisionLevel.EXECUTIVE]
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
        council = row.decision_level == DecisionLevel.COUNCIL
        words = _("Til kommunestyret: {question}") if council else _("Avgjør: {question}")
        yield Task(
            title=words.format(question=row.decision_question),
            detail=_("{unit} ber om det for {measure}.").format(unit=row.unit.name, measure=row.measure),
            url=row.get_absolute_url(),
            button=_("Se avviket") if council else _("Se og avgjør"),
            primary=True,
        )


def _owned(user: AbstractBaseUser, now: datetime) -> Iterator[Task]:
    today = timezone.localdate(now)
    rows = list(
        Deviation.objects.filter(owner_id=user.pk, state=DeviationState.OPEN, due_on__lte=today + ATTENTION)
        .select_related("measure", "unit")
        .order_by("due_on", "pk")
    )
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


def deviation_dates(user: AbstractBaseUser, start: date, end: date) -> Iterator[CalendarEntry]:
    """The dates of the open deviations the user owns."""
    rows = Deviation.objects.filter(
        owner_id=user.pk, state=DeviationState.OPEN, due_on__gte=start, due_on__lte=end
    )
    for row in rows.select_related("measure").order_by("due_on", "pk"):
        assert row.due_on is not None
        sentence = _("Avviket i {measure} skal være tatt igjen").format(measure=row.measure)
        yield CalendarEntry(row.due_on, sentence, row.get_absolute_url())
