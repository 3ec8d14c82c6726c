"""Reads about climate budgets. `budget_table` is the one every rendering comes from."""

from budget.queries.assembling import budget_inputs, budget_table, computable_part
from budget.queries.fingerprint import decimal_text, table_sha256
from budget.queries.lists import budgets, find_budget
from budget.queries.tables import (
    BudgetHead,
    BudgetTable,
    EditionHead,
    RawEffect,
    TableLine,
    TableYear,
    TargetHead,
)

__all__ = [
    "BudgetHead",
    "BudgetTable",
    "EditionHead",
    "RawEffect",
    "TableLine",
    "TableYear",
    "TargetHead",
    "budget_inputs",
    "budget_table",
    "budgets",
    "computable_part",
    "decimal_text",
    "find_budget",
    "table_sha256",
]
