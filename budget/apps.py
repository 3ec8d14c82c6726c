from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from web.contributions import (
    Evidence,
    FirstDayStep,
    Holder,
    Holding,
    Task,
    decision_evidence,
    first_day_step,
    holding,
    min_side_task,
    register,
)

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def tasks_of(user: AbstractBaseUser, now: datetime) -> Iterator[Task]:
    """The budgets that wait for the user's next step. One query."""
    # Models are not loaded when this module is.
    from budget.queries.waiting import budgets_waiting_for  # noqa: PLC0415
    from budget.words.waiting import step_task  # noqa: PLC0415

    yield from map(step_task, budgets_waiting_for(user))


def evidence_of(user: AbstractBaseUser, decision: int) -> Iterator[Evidence]:
    """The budgets the decision adopted, and the lines that refer to it. Two queries."""
    from budget.queries.decisions import budgets_adopted_by, lines_referring_to  # noqa: PLC0415
    from budget.words.decisions import adopted_evidence, line_evidence  # noqa: PLC0415

    yield from map(adopted_evidence, budgets_adopted_by(user, decision))
    yield from map(line_evidence, lines_referring_to(user, decision))


def holdings_of(holder: Holder, day: date) -> Iterator[Holding]:
    """The lines of a unit, and what a person has tried on the budgets."""
    from budget.actions.holding import person_moves  # noqa: PLC0415
    from budget.queries.holding import held_by_unit, scenarios_of  # noqa: PLC0415
    from budget.words.holding import person_holdings, unit_holdings  # noqa: PLC0415

    if holder.unit is not None:
        yield from unit_holdings(held_by_unit(holder.unit, day))
    if holder.person is not None:
        yield from person_holdings(scenarios_of(holder.person), person_moves(holder.person))


def budget_steps(user: AbstractBaseUser) -> Iterator[FirstDayStep]:
    """Factors for the calculators, and the first adopted budget."""
    from budget.queries.first_day import first_day  # noqa: PLC0415
    from budget.words.first_day import first_day_steps  # noqa: PLC0415
    from organisation.rules import Permission, has_permission  # noqa: PLC0415

    yield from first_day_steps(first_day(), may=has_permission(user, Permission.EDIT_BUDGET))


class BudgetConfig(AppConfig):
    name = "budget"
    verbose_name = _("Klimabudsjett")

    def ready(self) -> None:
        register(min_side_task, tasks_of)
        register(decision_evidence, evidence_of)
        register(holding, holdings_of)
        register(first_day_step, budget_steps)
