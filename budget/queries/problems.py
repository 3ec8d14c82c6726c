"""What the sources are called that a budget's problems are about."""

from __future__ import annotations

from collections.abc import Sequence

from budget.calculations import BudgetProblem
from emissions.models import Source


def source_names(problems: Sequence[BudgetProblem]) -> dict[str, str]:
    """By the source's id as text; one query, and none for a budget without problems."""
    if not problems:
        return {}
    return {str(row.pk): str(row) for row in Source.objects.select_related("sector")}
