"""What of the budgets hangs on a unit or a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from budget.enums import OPEN_STATES
from budget.models import Line, Scenario
from strategy.queries.holding import held_responsibilities


@dataclass(frozen=True, slots=True)
class HeldByUnit:
    """Lines in budgets that are not adopted, whose unit is whoever answers for the measure, and adopted ones,
    which say who did when they were adopted.
    """

    unit: int
    open_lines: int
    adopted_lines: int


def held_by_unit(unit: int, day: date) -> HeldByUnit:
    """What hangs on the unit on the day; two queries."""
    measures = held_responsibilities(unit, day).values("measure_id")
    lines = Line.objects.filter(budget__state__in=sorted(OPEN_STATES), measure__in=measures)
    return HeldByUnit(
        unit=unit,
        open_lines=lines.count(),
        adopted_lines=Line.objects.filter(adopted_unit=unit)
        .exclude(budget__state__in=sorted(OPEN_STATES))
        .count(),
    )


def scenarios_of(person: int) -> list[Scenario]:
    """The person's own «hva om», of all budgets; one query."""
    return list(Scenario.objects.filter(owner=person).order_by("budget", "name", "pk"))
