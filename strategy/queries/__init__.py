"""Reads about strategies, targets, measures and hearings."""

from strategy.queries.comparison import Compared, Difference, compare
from strategy.queries.comparison import summary as comparison_summary
from strategy.queries.hearings import answers_in, overview, remarks_of, rounds_of
from strategy.queries.measures import measure_by_code, responsible_units
from strategy.queries.plan import plan_outline
from strategy.queries.strategies import (
    FocusAreaPart,
    MeasureRow,
    ThemePart,
    outline,
    strategies_in_force,
    visible_strategies,
)
from strategy.queries.target_pages import TargetSheet, promise_sentence, standing_sentence, target_sheet
from strategy.queries.targets import TargetStanding, target_standings, target_terms

__all__ = [
    "Compared",
    "Difference",
    "FocusAreaPart",
    "MeasureRow",
    "TargetSheet",
    "TargetStanding",
    "ThemePart",
    "answers_in",
    "compare",
    "comparison_summary",
    "measure_by_code",
    "outline",
    "overview",
    "plan_outline",
    "promise_sentence",
    "remarks_of",
    "responsible_units",
    "rounds_of",
    "standing_sentence",
    "strategies_in_force",
    "target_sheet",
    "target_standings",
    "target_terms",
    "visible_strategies",
]
