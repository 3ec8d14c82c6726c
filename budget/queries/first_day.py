"""How far a municipality has come with its climate budget on the first day."""

from __future__ import annotations

from dataclasses import dataclass

from budget.enums import BudgetState
from budget.models import ClimateBudget, EstimateFactor


@dataclass(frozen=True, slots=True)
class FirstDay:
    """The adopted budget if there is one, else the newest; how many factors there are for estimates."""

    budget: ClimateBudget | None
    factors: int

    @property
    def is_adopted(self) -> bool:
        return self.budget is not None and self.budget.state == BudgetState.ADOPTED


def first_day() -> FirstDay:
    """Two or three queries."""
    budgets = ClimateBudget.objects.order_by("-year", "-revision", "-pk")
    newest = budgets.filter(state=BudgetState.ADOPTED).first() or budgets.first()
    return FirstDay(newest, EstimateFactor.objects.count())
