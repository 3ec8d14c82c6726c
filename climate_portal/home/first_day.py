"""Kom i gang: what is to be done before the portal is of use, done or not, and who does it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from climate_portal.home.counting import word_of
from organisation.models import User
from organisation.rules import AuthenticatedRequest, Permission, has_permission
from web.contributions import FirstDayStep, collect
from web.contributions import first_day_step as slot
from web.http import render_page

MINUTES_IN_AN_HOUR = 60


@dataclass(frozen=True, slots=True)
class FirstDay:
    """The steps in order, and the one to take now: the first undone that the reader may take."""

    steps: tuple[FirstDayStep, ...]

    @property
    def done(self) -> int:
        return sum(step.done for step in self.steps)

    @property
    def is_over(self) -> bool:
        return self.done == len(self.steps)

    @property
    def now(self) -> FirstDayStep | None:
        return next((step for step in self.steps if step.may and not step.done), None)

    @property
    def sentence(self) -> str:
        """«Tre av sju steg er gjort.»"""
        if self.is_over:
            return _("Alt er gjort.")
        text = _("{done} av {all} steg er gjort.")
        return text.format(done=capfirst(word_of(self.done)), all=word_of(len(self.steps)))

    @property
    def left(self) -> str:
        """«Resten tar om lag en time.»"""
        minutes = sum(step.minutes for step in self.steps if not step.done)
        if not minutes:
            return ""
        hours = round(minutes / MINUTES_IN_AN_HOUR)
        if hours <= 1:
            about = _("en time") if hours else _("{n} minutter").format(n=minutes)
        else:
            about = ngettext("{n} time", "{n} timer", hours).format(n=word_of(hours))
        return _("Resten tar om lag {about}.").format(about=about)


def first_day_of(user: User) -> FirstDay | None:
    """For those who read internally; None for the rest, whom it does not concern."""
    if not has_permission(user, Permission.READ_INTERNAL):
        return None
    return FirstDay(tuple(sorted(collect(slot, user), key=lambda step: step.place)))


@require_safe
def first_day(request: AuthenticatedRequest) -> HttpResponse:
    context = {"page_title": _("Kom i gang"), "first_day": first_day_of(request.user)}
    return render_page(request, "home/first_day.html", context)
