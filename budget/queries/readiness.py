"""What decides whether a budget may take a step forwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from budget.models import ClimateBudget
from budget.queries.assembling import budget_table
from budget.queries.overlaps import UndecidedSource, undecided_sources
from budget.queries.problems import source_names
from budget.queries.tables import BudgetTable


@dataclass(frozen=True, slots=True)
class Readiness:
    """The table as it would be handed over, what its problems' sources are called, and what is undecided."""

    state: str
    table: BudgetTable
    sources: Mapping[str, str]
    undecided: tuple[UndecidedSource, ...]


def readiness_of(budget: ClimateBudget) -> Readiness:
    """Read with costs and details, as it is now."""
    table = budget_table(budget, frozen=False)
    return Readiness(budget.state, table, source_names(table.problems), tuple(undecided_sources(budget)))
