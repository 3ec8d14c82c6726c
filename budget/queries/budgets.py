"""Which budgets there are, and which one is meant."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When

from budget.enums import OPEN_STATES, BudgetState
from budget.models import BudgetTransition, ClimateBudget, Cost, Effect
from web.actor_columns import named_in_metadata

# The order in which a budget is «the» budget of its year when no revision is named.
_RANK = Case(
    When(state=BudgetState.ADOPTED, then=Value(0)),
    When(state__in=sorted(OPEN_STATES), then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


def budgets(states: Collection[str] = tuple(BudgetState)) -> QuerySet[ClimateBudget]:
    """Budgets in the given states with target and edition, newest year first, newest revision first."""
    return (
        ClimateBudget.objects.filter(state__in=states)
        .select_related("target", "edition__municipality")
        .order_by("-year", "scope", "-revision")
    )


def find_budget(
    year: int, scope: str, revision: int | None = None, states: Collection[str] = tuple(BudgetState)
) -> ClimateBudget | None:
    """The budget with this number; without one the adopted, else the one under way, else the newest."""
    found = budgets(states).filter(year=year, scope=scope)
    if revision is not None:
        return found.filter(revision=revision).first()
    return found.order_by(_RANK, "-revision").first()


# What people type; pghistory adds the attribute.
_EVENT_MODELS: tuple[Any, ...] = (Effect.pgh_event_model, Cost.pgh_event_model)  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class LatestChange:
    who: str
    when: datetime


def latest_change(budget: ClimateBudget) -> LatestChange | None:
    """Who last changed a figure of the budget or moved it, and when; at most four queries."""
    typed = [
        model.objects.filter(line__budget=budget)
        .order_by("-pgh_id")
        .values_list("pgh_created_at", "pgh_context__metadata")
        .first()
        for model in _EVENT_MODELS
    ]
    latest = max((row for row in typed if row is not None), key=lambda row: row[0], default=None)
    moved = BudgetTransition.objects.filter(budget=budget).select_related("by").order_by("-pk").first()
    if moved is not None and (latest is None or latest[0] < moved.at):
        return LatestChange(moved.by_name, moved.at)
    if latest is None:
        return None
    when, metadata = latest
    return LatestChange(named_in_metadata([metadata])[0], when)
