"""Addresses of a budget's own pages: where what a sentence says is corrected."""

from __future__ import annotations

from django.urls import reverse

from budget.models import ClimateBudget
from budget.queries.tables import BudgetHead
from emissions.enums import Scope
from emissions.models import SCOPE_SLUGS


def budget_url(name: str, budget: ClimateBudget | BudgetHead, *more: int) -> str:
    """The page `name` of this revision, such as «overlaps»."""
    slug = SCOPE_SLUGS[Scope(budget.scope)]
    return reverse(f"budget:{name}", args=[budget.year, slug, budget.revision, *more])


def line_url(pk: int) -> str:
    """The page of one line."""
    return reverse("budget:line", args=[pk])
