"""The step of the first day that is about emissions, in words."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from emissions.models import Edition
from web.contributions import FirstDayStep
from web.formats import format_date

PLACE = 20


def first_day_step(edition: Edition | None, *, may: bool) -> FirstDayStep:
    """The national statistics, which all else is measured against."""
    return FirstDayStep(
        place=PLACE,
        title=_("Utslippene"),
        done=edition is not None,
        detail=_("{publisher}, publisert {day}.").format(
            publisher=edition.publisher, day=format_date(edition.published)
        )
        if edition
        else _("Last opp filen fra Miljødirektoratet. Du ser tallene før de lagres."),
        url=reverse("emissions:index" if edition else "emissions:import"),
        button=_("Se dem") if edition else _("Last opp filen"),
        minutes=5,
        may=may or edition is not None,
    )
