"""Budgets that wait for somebody's next step, as tasks on Min side."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.enums import BudgetState
from budget.models import ClimateBudget
from web.contributions import Task
from web.names import naming

DETAILS = {
    BudgetState.HANDED_OVER: naming(gettext_lazy("Klart til å foreslås for {council}.")),
    BudgetState.PROPOSED: naming(
        gettext_lazy("Foreslått. Registrer vedtaket når {council} har behandlet saken.")
    ),
}


def step_task(budget: ClimateBudget) -> Task:
    """The next step of a budget in one of these states."""
    detail = str(DETAILS[BudgetState(budget.state)])
    return Task(title=str(budget), detail=detail, url=budget.get_absolute_url(), button=_("Se budsjettet"))
