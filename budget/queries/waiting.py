"""Budgets that wait for somebody's next step."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.base_user import AbstractBaseUser

from budget.enums import BudgetState
from budget.models import ClimateBudget
from budget.queries.budgets import budgets
from organisation.rules import Permission, has_permission

# What was handed over waits for a proposal; a proposal waits for the council's decision.
NEXT_STEP = {
    BudgetState.HANDED_OVER: Permission.PROPOSE_BUDGET,
    BudgetState.PROPOSED: Permission.REGISTER_ADOPTION,
}


def budgets_waiting_for(user: AbstractBaseUser) -> Iterable[ClimateBudget]:
    """Those the user may take a step further; one query, and none for whoever takes no steps."""
    mine = sorted(state for state, permission in NEXT_STEP.items() if has_permission(user, permission))
    return budgets(mine) if mine else ()
