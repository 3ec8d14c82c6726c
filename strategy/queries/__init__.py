"""Reads about strategies, targets and measures."""

from strategy.queries.barometer import (
    IndicatorStanding,
    last_inventory_year,
    retired_indicators,
    standing,
    standings,
)
from strategy.queries.decisions import (
    DecisionFilter,
    LogEntry,
    decision_log,
    measure_decisions,
    open_decisions,
    overdue_decisions,
    register,
)
from strategy.queries.measure_list import (
    ListedMeasure,
    answered_for_by,
    answering_units,
    choosable_areas,
    listed,
    search_measures,
    visible_measures,
)
from strategy.queries.measure_table import MeasureRecord, Names, measure_names, measure_records, source_name
from strategy.queries.measures import measure_by_code, responsible_units
from strategy.queries.strategies import FocusAreaPart, MeasureRow, ThemePart, outline, visible_strategies
from strategy.queries.targets import TargetStanding, target_standings, target_terms

__all__ = [
    "DecisionFilter",
    "FocusAreaPart",
    "IndicatorStanding",
    "ListedMeasure",
    "LogEntry",
    "MeasureRecord",
    "MeasureRow",
    "Names",
    "TargetStanding",
    "ThemePart",
    "answered_for_by",
    "answering_units",
    "choosable_areas",
    "decision_log",
    "last_inventory_year",
    "listed",
    "measure_by_code",
    "measure_decisions",
    "measure_names",
    "measure_records",
    "open_decisions",
    "outline",
    "overdue_decisions",
    "register",
    "responsible_units",
    "retired_indicators",
    "search_measures",
    "source_name",
    "standing",
    "standings",
    "target_standings",
    "target_terms",
    "visible_measures",
    "visible_strategies",
]
