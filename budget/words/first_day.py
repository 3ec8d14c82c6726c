"""The steps of the first day that are about the climate budget, in words."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budget.enums import BudgetState
from budget.models import BUDGET_STATE_LABELS
from budget.queries.first_day import FirstDay
from web.contributions import FirstDayStep

PLACE = 40


def first_day_steps(found: FirstDay, *, may: bool) -> Iterator[FirstDayStep]:
    """Factors for the calculators, then the first adopted budget."""
    yield FirstDayStep(
        place=PLACE,
        title=_("Utslippsfaktorer"),
        done=found.factors > 0,
        detail=ngettext("{n} faktor er lagt inn.", "{n} faktorer er lagt inn.", found.factors).format(
            n=found.factors
        )
        if found.factors
        else _("Tall kalkulatorene regner med, for eksempel utslipp per liter diesel, med kilde."),
        url=reverse("budget:factors"),
        button=_("Se dem") if found.factors else _("Legg inn"),
        minutes=10,
        may=may or found.factors > 0,
    )
    budget = found.budget
    yield FirstDayStep(
        place=PLACE + 1,
        title=_("Klimabudsjettet"),
        done=found.is_adopted,
        detail=_("{budget}: {state}.").format(
            budget=budget, state=str(BUDGET_STATE_LABELS[BudgetState(budget.state)])
        )
        if budget
        else _("Lag det første, eller før inn et som er vedtatt før."),
        url=budget.get_absolute_url() if budget else reverse("budget:index"),
        button=_("Se det") if found.is_adopted else _("Gå videre") if budget else _("Begynn"),
        minutes=40,
        may=may or budget is not None,
    )
