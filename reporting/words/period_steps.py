"""The steps of the analysis unit, as tasks on Min side."""

from __future__ import annotations

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from reporting.models import Period
from reporting.queries.period_steps import StepState
from web.contributions import Task


def step_task(period: Period, step: StepState) -> Task:
    return Task(
        title=_("{step}, {period}").format(step=capfirst(step.label), period=period),
        detail=step.what,
        url=reverse("reporting:money", args=[period.code]),
        button=_("Se stegene"),
        due=step.due_at,
    )
