"""Reads about strategies, targets and measures."""

from strategy.queries.measures import measure_by_code, responsible_units
from strategy.queries.strategies import FocusAreaPart, MeasureRow, ThemePart, outline, visible_strategies
from strategy.queries.targets import TargetStanding, target_standings, target_terms

__all__ = [
    "FocusAreaPart",
    "MeasureRow",
    "TargetStanding",
    "ThemePart",
    "measure_by_code",
    "outline",
    "responsible_units",
    "target_standings",
    "target_terms",
    "visible_strategies",
]
