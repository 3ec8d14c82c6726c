"""Reads about strategies, targets and measures."""

from strategy.queries.measure_list import (
    ListedMeasure,
    answered_for_by,
    answering_units,
    choosable_areas,
    listed,
    search_measures,
    visible_measures,
)
from strategy.queries.measure_table import (
    MeasureRecord,
    Names,
    measure_names,
    measure_records,
    source_name,
)
from strategy.queries.measures import measure_by_code, responsible_units
from strategy.queries.strategies import FocusAreaPart, MeasureRow, ThemePart, outline, visible_strategies
from strategy.queries.targets import TargetStanding, target_standings, target_terms

__all__ = [
    "FocusAreaPart",
    "ListedMeasure",
    "MeasureRecord",
    "MeasureRow",
    "Names",
    "TargetStanding",
    "ThemePart",
    "answered_for_by",
    "answering_units",
    "choosable_areas",
    "listed",
    "measure_by_code",
    "measure_names",
    "measure_records",
    "outline",
    "responsible_units",
    "search_measures",
    "source_name",
    "target_standings",
    "target_terms",
    "visible_measures",
    "visible_strategies",
]
