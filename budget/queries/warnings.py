"""What a budget should be looked over for before it moves on."""

from __future__ import annotations

from budget.enums import ReferenceRule
from budget.models import ClimateBudget, Line, ReferenceSource
from emissions.enums import Scope
from emissions.models import Edition
from emissions.queries.editions import edition_in_force
from web.names import own_municipality


def older_lines_in_trend(budget: ClimateBudget) -> list[str]:
    """Codes of the lines that began before a trend they stand together with; empty without a trend.

    A line is older when it was copied from an earlier year's budget, or says that some of its effect is
    in the inventory already.
    """
    own = ReferenceSource.objects.filter(budget=budget)
    if budget.reference_rule != ReferenceRule.TREND and not own.filter(rule=ReferenceRule.TREND).exists():
        return []
    lines = Line.objects.filter(budget=budget, scope=budget.scope, not_quantified_reason="")
    return [
        code
        for code, year, counted in lines.order_by("order", "pk").values_list(
            "measure__code", "copied_from__budget__year", "already_counted"
        )
        if counted > 0 or (year is not None and year < budget.year)
    ]


def newer_edition(budget: ClimateBudget) -> Edition | None:
    """The edition in force when it is another than the budget's own, and newer; one query."""
    edition = edition_in_force(own_municipality(), Scope(budget.scope))
    if edition is None or edition.pk == budget.edition_id or edition.published <= budget.edition.published:
        return None
    return edition
