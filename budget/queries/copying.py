"""What copying a budget forward asks about: each line's effect in the last year of the new edition."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from budget.models import ClimateBudget
from budget.queries.assembling import budget_table
from budget.queries.editions import last_year_of


@dataclass(frozen=True, slots=True)
class LineToAsk:
    """A line with tonnes in scope. `suggestion`: its effect in the edition's last year as the old budget has
    it, tCO2e, None unknown; where that year is not in it (`is_effect` False), what it said was counted.
    """

    pk: int
    name: str
    unit: str
    suggestion: Decimal | None
    year: int
    is_effect: bool


def lines_to_ask_about(source: ClimateBudget, edition_id: int, until: int | None = None) -> list[LineToAsk]:
    """The lines of `source` for which a copy must say what is «allerede med i regnskapet», in its order.

    `until` as in `last_year_of`.
    """
    table = budget_table(source, with_costs=False)
    year = last_year_of(edition_id, until) or table.edition.last_year
    found = []
    for line in table.quantified:
        stated = line.raw.get(year)
        is_effect = year > table.edition.last_year
        suggestion = (stated.tonnes if stated else None) if is_effect else line.already_counted
        found.append(LineToAsk(line.pk, f"{line.code} {line.title}", line.unit, suggestion, year, is_effect))
    return found
