"""Addresses of the document's own pages, and of what a sentence says is to be corrected."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from budget.models import ClimateBudget
from budget.words.problems import Refusal
from emissions.enums import Scope
from emissions.models import SCOPE_SLUGS


def budget_url(name: str, budget: ClimateBudget, *more: int) -> str:
    """The page `name` of this revision, such as «overlaps»."""
    slug = SCOPE_SLUGS[Scope(budget.scope)]
    return reverse(f"budget:{name}", args=[budget.year, slug, budget.revision, *more])


def refusal_links(budget: ClimateBudget, reasons: Iterable[Refusal]) -> list[tuple[str, str]]:
    """(sentence, where it is corrected): a line, one of the budget's pages, or nowhere in particular."""
    found = []
    for reason in reasons:
        url = ""
        if reason.line_id:
            url = reverse("budget:line", args=[reason.line_id])
        elif reason.place:
            url = budget_url(reason.place, budget)
        found.append((reason.text, url))
    return found
