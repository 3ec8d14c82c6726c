"""The step of the first day that is about reporting, in words."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from reporting.models import Period
from web.contributions import FirstDayStep

PLACE = 50


def first_day_step(newest: Period | None, *, may: bool) -> FirstDayStep:
    """The first period. Mail goes to the units from the opening, which is a day one chooses."""
    return FirstDayStep(
        place=PLACE,
        title=_("Den første rapporteringen"),
        done=newest is not None,
        detail=_("{period} er åpnet.").format(period=newest)
        if newest
        else _("Velg periode og frister. Virksomhetene får e-post når den åpner, ikke før."),
        url=reverse("publishing:index" if newest else "reporting:open_period"),
        button=_("Se den") if newest else _("Velg frister"),
        minutes=10,
        may=may or newest is not None,
    )
