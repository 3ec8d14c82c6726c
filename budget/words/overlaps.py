"""What is to be decided about lines that share emissions, in sentences."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from budget.models import ClimateBudget
from budget.queries.overlaps import UndecidedSource
from budget.queries.tables import BudgetHead
from budget.words.addresses import budget_url
from budget.words.figures import listed, span
from web.refusals import Refusal


def undecided_refusals(
    budget: ClimateBudget | BudgetHead, sources: Iterable[UndecidedSource]
) -> list[Refusal]:
    """A sentence per source that lines share without a decision."""
    text = _("{source}: {lines} virker på de samme utslippene i {years}. Avgjør om de overlapper.")
    return [
        Refusal(
            text.format(source=one.source, lines=listed(one.lines), years=span(one.years)),
            url=budget_url("overlaps", budget),
        )
        for one in sources
    ]
