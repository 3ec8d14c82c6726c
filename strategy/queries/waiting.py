"""What waits for a person in the strategy, and its dates in the year wheel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from strategy.enums import HearingState
from strategy.models import HearingAnswer, HearingRound
from strategy.rules import hearing_access
from web.contributions import CalendarEntry, Task


def hearing_tasks(user: AbstractBaseUser, now: datetime) -> Iterator[Task]:
    """Hearings the user's units are asked in and have not answered; for Klima, remarks to deal with."""
    access = hearing_access(user)
    if access.own_units:
        waiting = (
            HearingAnswer.objects.filter(
                round__state=HearingState.OPEN, verdict="", unit__in=list(access.own_units)
            )
            .select_related("round", "unit")
            .order_by("round__deadline", "pk")
        )
        for answer in waiting:
            late = now > answer.round.deadline
            yield Task(
                title=answer.round.title,
                detail=_("{unit} har ikke svart. Fristen er ute, men svaret blir tatt imot.").format(
                    unit=answer.unit.name
                )
                if late
                else _("{unit} er bedt om å svare.").format(unit=answer.unit.name),
                url=reverse("strategy:hearing_answer", args=[answer.round_id, answer.unit_id]),
                button=_("Svar"),
                due=answer.round.deadline,
                primary=not late,
            )
    if access.edits:
        yield from _klima_tasks(now)


def _klima_tasks(now: datetime) -> Iterator[Task]:
    rounds = (
        HearingRound.objects.filter(~Q(state=HearingState.PUBLISHED), deadline__lte=now)
        .annotate(undisposed=Count("answers__remarks", filter=Q(answers__remarks__disposition="")))
        .order_by("deadline")
    )
    for one in rounds:
        open_still = one.state == HearingState.OPEN
        if one.undisposed:
            detail = _("{count} merknader er ikke behandlet.").format(count=one.undisposed)
            if one.undisposed == 1:
                detail = _("Én merknad er ikke behandlet.")
        elif open_still:
            detail = _("Fristen er ute. Avslutt høringen når du ikke venter flere svar.")
        else:
            detail = _("Alle merknader er behandlet. Oppsummeringen kan publiseres.")
        yield Task(title=one.title, detail=detail, url=one.get_absolute_url(), button=_("Se svarene"))


def hearing_deadlines(user: AbstractBaseUser, start: date, end: date) -> Iterator[CalendarEntry]:
    """Deadlines of open hearings from start to end, for those who are asked and those who read all."""
    access = hearing_access(user)
    first = timezone.make_aware(datetime.combine(start, time.min))
    last = timezone.make_aware(datetime.combine(end + timedelta(days=1), time.min))
    rounds = HearingRound.objects.filter(state=HearingState.OPEN, deadline__gte=first, deadline__lt=last)
    if not access.reads_all:
        if not access.own_units:
            return
        rounds = rounds.filter(answers__unit__in=list(access.own_units)).distinct()
    for one in rounds.order_by("deadline"):
        yield CalendarEntry(
            timezone.localdate(one.deadline),
            _("Høringsfrist: {title}").format(title=one.title.removeprefix(_("Høring: "))),
            one.get_absolute_url(),
        )
