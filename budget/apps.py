from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from web.contributions import Evidence, Task, decision_evidence, min_side_task, register

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


class BudgetConfig(AppConfig):
    name = "budget"
    verbose_name = _("Klimabudsjett")

    def ready(self) -> None:
        register(min_side_task, tasks_of)
        register(decision_evidence, evidence_of)
