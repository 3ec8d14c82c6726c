"""What a period asks each unit about, and what opening one would make."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from budget.enums import BudgetState
from budget.models import ClimateBudget, Line
from organisation.models import Unit
from organisation.queries.people import NOBODY, People, people_of_units
from reporting.enums import PeriodKind
from reporting.models import Period
from reporting.queries.settings import SetUp, set_up_of
from reporting.rules.deadlines import kinds_in_use, next_period
from strategy.enums import MeasureKind, MeasureState
from strategy.models import Measure, Responsibility
from web.sorting import NorskSort

# A measure with its line in the budget, if it has one.
Asked = tuple[Measure, Line | None]


def asked_by_unit(budget: ClimateBudget, day: date) -> dict[int, list[Asked]]:
    """What each unit is asked about, in the order of its report.

    The budget's lines by the unit that answers for the measure on the day (at adoption where nobody does),
    and ongoing virkemidler.
    """
    lines = list(budget.lines.select_related("measure").order_by("order", "pk"))
    answers_for = dict(Responsibility.objects.valid_on(day).values_list("measure_id", "unit_id"))
    asked: dict[int, list[Asked]] = defaultdict(list)
    for line in lines:
        unit = answers_for.get(line.measure_id, line.adopted_unit_id)
        if unit is not None:
            asked[unit].append((line.measure, line))
    # KL2 before KL10.
    ongoing = Measure.objects.filter(
        kind=MeasureKind.VIRKEMIDDEL, state=MeasureState.ONGOING, pk__in=answers_for
    ).exclude(pk__in=[line.measure_id for line in lines])
    for measure in ongoing.order_by(NorskSort("code"), "pk"):
        asked[answers_for[measure.pk]].append((measure, None))
    return asked


def adopted_budgets() -> QuerySet[ClimateBudget]:
    """The budgets a period can be bound to, the newest first."""
    return ClimateBudget.objects.filter(state=BudgetState.ADOPTED).order_by("-year", "scope", "-revision")


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """A unit's report as it would be made."""

    unit: Unit
    measures: tuple[Measure, ...]
    people: People
    set_up: SetUp
    is_closed: bool

    @property
    def has_nobody(self) -> bool:
        """Whether nobody could report."""
        return not self.people.reporters


@dataclass(frozen=True, slots=True)
class Opening:
    """What opening a period would make; `orphans` are lines that no unit answers for."""

    rows: tuple[OpeningRow, ...]
    orphans: tuple[Line, ...]

    @property
    def measures(self) -> int:
        return sum(len(row.measures) for row in self.rows)

    @property
    def without_anybody(self) -> tuple[OpeningRow, ...]:
        return tuple(row for row in self.rows if row.has_nobody)

    @property
    def closed_units(self) -> tuple[OpeningRow, ...]:
        return tuple(row for row in self.rows if row.is_closed)


def opening_of(budget: ClimateBudget, day: date) -> Opening:
    """What opening a period against the budget on the day would make; a fixed number of queries."""
    asked = asked_by_unit(budget, day)
    units = Unit.objects.filter(pk__in=asked).order_by(NorskSort("name"), "pk")
    people, set_up = people_of_units(day), set_up_of(asked)
    rows = tuple(
        OpeningRow(
            unit=unit,
            measures=tuple(measure for measure, _line in asked[unit.pk]),
            people=people.get(unit.pk, NOBODY),
            set_up=set_up[unit.pk],
            is_closed=unit.valid_to is not None and unit.valid_to < day,
        )
        for unit in units
    )
    placed = {line.pk for found in asked.values() for _measure, line in found if line is not None}
    orphans = tuple(
        line for line in budget.lines.select_related("measure").order_by("order") if line.pk not in placed
    )
    return Opening(rows, orphans)


def next_period_guess(today: date) -> tuple[int, PeriodKind]:
    """The period after the newest one; this year's first when there is none."""
    newest = Period.objects.order_by("-year", "-opens_at").first()
    if newest is None:
        return today.year, kinds_in_use()[0]
    return next_period(newest.year, PeriodKind(newest.kind))
