"""A budget as the arithmetic would take it with other lines than it has: nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from budget.calculations import BudgetInput, BudgetProblem, Effect, Key, LineInput, above_reference, problems
from budget.models import ClimateBudget, Line
from budget.queries.assembling import budget_inputs
from budget.queries.line_states import LineState
from strategy.enums import Level
from strategy.models import Measure


@dataclass(frozen=True, slots=True)
class Trial:
    """`refused` is what keeps the budget from being computed and did not before; `tried` are the lines that
    were tried out, with their measure's id.
    """

    after: BudgetInput
    refused: tuple[BudgetProblem, ...]
    tried: Mapping[Key, int]

    @property
    def above(self) -> dict[tuple[int, int], Decimal]:
        """(measure, year) where a line that was tried cuts more than its source emits: that, in tonnes."""
        return {
            (self.tried[line], year): min(references)
            for (line, year), references in above_reference(self.after).items()
            if line in self.tried
        }


def try_out(budget: ClimateBudget, states: Mapping[int, LineState]) -> Trial:
    """The lines of these measures as they would be, new ones too; a fixed number of queries."""
    before = budget_inputs(budget)
    stored: dict[int, Key] = dict(Line.objects.filter(budget=budget).values_list("measure_id", "pk"))
    levels = dict(Measure.objects.filter(pk__in=states).values_list("pk", "level"))
    # A new line has no id yet: a text no line has.
    measures: dict[Key, int] = {stored.get(pk, f"ny-{pk}"): pk for pk in states}
    own = {key: _line(key, states[pk], budget, before, Level(levels[pk])) for key, pk in measures.items()}
    kept = tuple(line for line in before.lines if line.key not in own)
    after = replace(before, lines=(*kept, *own.values()))
    known = set(problems(before))
    return Trial(after, tuple(one for one in problems(after) if one not in known), measures)


def _line(key: Key, state: LineState, budget: ClimateBudget, inputs: BudgetInput, level: Level) -> LineInput:
    return LineInput(
        key=key,
        level=level,
        shares=dict[Key, Decimal](state.sources.items()),
        effects={year: Effect(*figures) for year, figures in state.effects.items() if year in inputs.years},
        already_counted=state.already,
        scope_counts=state.scope == budget.scope,
        quantified=not state.reason,
    )
