"""«Hva om?»: what a named set of changes would do to a budget. Computed each time; nothing is stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.db.models import Q, QuerySet

from budget.calculations import (
    BudgetError,
    BudgetInput,
    BudgetProblem,
    Changes,
    Delay,
    Effect,
    Key,
    LineInput,
    YearDifference,
    changed,
    compute,
    differences,
)
from budget.enums import ChangeKind
from budget.models import ClimateBudget, Scenario, ScenarioChange
from budget.queries.assembling import budget_inputs, budget_table, computable_part, table_year
from budget.queries.problems import source_names
from budget.queries.tables import BudgetTable, TableYear
from emissions.models import Source
from organisation.models import User
from strategy.enums import Level
from strategy.models import Measure

ZERO, HUNDRED = Decimal(0), Decimal(100)


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """The budget beside the same budget with the changes. `problems` are why there is no result, about the
    lines and sources called `names` and `sources`.
    """

    table: BudgetTable
    years: tuple[TableYear, ...]
    rows: tuple[YearDifference, ...]
    problems: tuple[BudgetProblem, ...] = ()
    names: Mapping[Key, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)


def scenarios_of(budget: ClimateBudget, user: User) -> QuerySet[Scenario]:
    """One's own and those others share, by name; one query."""
    rows = Scenario.objects.filter(budget=budget).filter(Q(owner=user) | Q(shared=True))
    return rows.select_related("owner").order_by("name", "pk")


def changes_of(scenario: Scenario) -> list[ScenarioChange]:
    """In the order they were made; one query."""
    rows = scenario.changes.select_related("line__measure", "measure", "source__sector")
    return list(rows.order_by("pk"))


def measures_outside(budget: ClimateBudget) -> QuerySet[Measure]:
    """Measures that are not in the budget, for those who wonder what they would give."""
    return Measure.objects.exclude(lines__budget=budget).order_by("code")


def scenario_result(scenario: Scenario, changes: list[ScenarioChange]) -> ScenarioResult:
    """In a number of queries that does not grow with lines or changes."""
    budget = scenario.budget
    table = budget_table(budget, with_costs=False, with_details=False)
    before, _left_out = computable_part(budget_inputs(budget))
    try:
        result = compute(changed(before, as_changes(changes, before)))
    except BudgetError as error:
        names: dict[Key, str] = {line.pk: line.name for line in (*table.lines, *table.outside)}
        names |= {_added_key(change): added_title(change) for change in changes}
        return ScenarioResult(table, (), (), error.problems, names, source_names(error.problems))
    # A measure that is added has a figure in every year; without one a year nobody has figures for stays
    # unknown, as it is in the budget.
    adds = any(change.kind == ChangeKind.ADD for change in changes)
    known = {row.year: row.known or adds for row in table.years}
    years = tuple(replace(table_year(row), known=known[row.year]) for row in result.years.values())
    rows = differences(_path_and_gap(table.years), _path_and_gap(years))
    return ScenarioResult(table, years, tuple(rows))


def _path_and_gap(years: Iterable[TableYear]) -> dict[int, tuple[Decimal | None, Decimal | None]]:
    """Tonnes by year; None where what is cut is unknown, which is not nothing."""
    return {row.year: (row.path, row.gap) if row.known else (None, None) for row in years}


def as_changes(changes: list[ScenarioChange], budget: BudgetInput) -> Changes:
    """The stored changes as the arithmetic takes them."""
    known = {line.key for line in budget.lines}
    dropped: set[Key] = set()
    delays: dict[Key, Delay] = {}
    scaled: dict[Key, Decimal] = {}
    for change in changes:
        line, percent = change.line_id, change.percent or ZERO
        if line is None or line not in known:
            continue
        if change.kind == ChangeKind.DROP:
            dropped.add(line)
        elif change.kind == ChangeKind.SCALE:
            scaled[line] = percent
        elif change.since is not None:
            delays[line] = Delay(percent, change.since, change.caught_up)
    return Changes(
        dropped=frozenset(dropped),
        delayed=delays,
        scaled=scaled,
        added=tuple(_added(change, budget) for change in changes if change.kind == ChangeKind.ADD),
    )


def _added(change: ScenarioChange, budget: BudgetInput) -> LineInput:
    """The same tonnes every year from the first; a known zero before it."""
    assert change.source_id is not None
    first, yearly = change.first_year or 0, change.tonnes or ZERO
    return LineInput(
        key=_added_key(change),
        level=Level(change.level),
        shares={change.source_id: HUNDRED},
        effects={year: Effect(yearly if year >= first else ZERO) for year in budget.years},
    )


def _added_key(change: ScenarioChange) -> Key:
    return f"added-{change.pk}"


def added_title(change: ScenarioChange) -> str:
    return str(change.measure) if change.measure else change.title


def lines_to_change(budget: ClimateBudget) -> list[tuple[int, str]]:
    """(id, name) of the quantified lines that count in the budget, in its order."""
    table = budget_table(budget, with_costs=False, with_details=False)
    return [(line.pk, line.name) for line in table.quantified]


def sources_of(budget: ClimateBudget) -> tuple[QuerySet[Source], tuple[int, ...]]:
    """The budget's emission sources by sector and name, and its years."""
    inputs = budget_inputs(budget)
    sources = Source.objects.filter(pk__in=inputs.sources).select_related("sector")
    return sources.order_by("sector__name", "name"), inputs.years
