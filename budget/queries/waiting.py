"""Budgets that wait for somebody's next step, for Min side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _

from budget.enums import BudgetState
from budget.queries.lists import budgets
from organisation.rules import Permission, has_permission
from web.contributions import Task


def tasks_of(user: AbstractBaseUser, now: datetime) -> Iterator[Task]:
    """What was handed over waits for a proposal; a proposal waits for the council's decision. One query."""
    steps = {
        BudgetState.HANDED_OVER: (
            Permission.PROPOSE_BUDGET,
            _("Klart til å foreslås for kommunestyret."),
            _("Se budsjettet"),
        ),
        BudgetState.PROPOSED: (
            Permission.REGISTER_ADOPTION,
            _("Foreslått. Registrer vedtaket når kommunestyret har behandlet saken."),
            _("Se budsjettet"),
        ),
    }
    mine = {state: words for state, words in steps.items() if has_permission(user, words[0])}
    if not mine:
        return
    for budget in budgets(sorted(mine)):
        _permission, detail, button = mine[BudgetState(budget.state)]
        yield Task(title=str(budget), detail=detail, url=budget.get_absolute_url(), button=button)
