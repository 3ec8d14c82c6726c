"""What one unit answers for in the budgets that are in force. Tonnes are tCO2e per year, before overlap."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from budget.enums import BudgetState
from budget.models import ClimateBudget
from budget.queries.assembling import budget_table
from budget.queries.budgets import budgets
from budget.queries.tables import BudgetTable, FundingRow, TableLine
from organisation.models import Unit


@dataclass(frozen=True, slots=True)
class UnitPart:
    """The unit's lines in one budget in force. Parts of different scopes are never added."""

    budget: ClimateBudget
    table: BudgetTable
    lines: tuple[TableLine, ...]
    outside: tuple[TableLine, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """From the budget's own year to the end: what the unit has before it."""
        return tuple(year for year in self.table.horizon if year >= self.budget.year)

    @property
    def quantified(self) -> tuple[TableLine, ...]:
        return tuple(line for line in self.lines if line.quantified)

    @property
    def not_quantified(self) -> tuple[TableLine, ...]:
        return tuple(line for line in self.lines if not line.quantified)

    def total(self, years: Collection[int]) -> Decimal | None:
        """Tonnes of all lines in all the years together; None when nothing is known."""
        known = [
            figure for line in self.quantified for year in years if (figure := line.effects[year]) is not None
        ]
        return sum(known, Decimal(0)) if known else None

    def cost(self, year: int) -> Decimal | None:
        """NOK in one year, lines without tonnes and beyond the boundary included."""
        known = [nok for line in (*self.lines, *self.outside) if (nok := line.costs.get(year)) is not None]
        return sum(known, Decimal(0)) if known else None

    @property
    def deadlines(self) -> list[tuple[date, TableLine, FundingRow, str]]:
        """Dates to keep for money applied for, soonest first: (day, line, scheme, which of its dates)."""
        found = []
        for line in (*self.lines, *self.outside):
            for row in line.details.fundings:
                for day, what in ((row.deadline, "deadline"), (row.report_due, "report_due")):
                    if day is not None:
                        found.append((day, line, row, what))
        return sorted(found, key=lambda entry: entry[0])


def budgets_in_force(today: date) -> list[ClimateBudget]:
    """Per scope the adopted budget of this year, else the last before it, else the first after. One query."""
    by_scope: dict[str, list[ClimateBudget]] = {}
    for budget in budgets([BudgetState.ADOPTED]).order_by("scope", "year"):
        by_scope.setdefault(budget.scope, []).append(budget)
    return [
        next((one for one in reversed(own) if one.year <= today.year), own[0]) for own in by_scope.values()
    ]


def unit_parts(unit: Unit, today: date) -> list[UnitPart]:
    """What the unit answered for when each budget was adopted; budgets without it are left out."""
    parts = []
    for budget in budgets_in_force(today):
        table = budget_table(budget)
        lines = tuple(line for line in table.lines if line.unit_id == unit.pk)
        outside = tuple(line for line in table.outside if line.unit_id == unit.pk)
        if lines or outside:
            parts.append(UnitPart(budget, table, lines, outside))
    return parts
