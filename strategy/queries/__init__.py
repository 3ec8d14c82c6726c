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
from strategy.queries.measures import measure_by_code, responsible_units
from strategy.queries.strategies import FocusAreaPart, MeasureRow, ThemePart, outline, visible_strategies
from strategy.queries.targets import TargetStanding, target_standings, target_terms

__all__ = [
    "DecisionFilter",
    "FocusAreaPart",
    "IndicatorStanding",
    "LogEntry",
    "MeasureRow",
    "TargetStanding",
    "ThemePart",
    "decision_log",
    "last_inventory_year",
    "measure_by_code",
    "measure_decisions",
    "open_decisions",
    "outline",
    "overdue_decisions",
    "register",
    "responsible_units",
    "retired_indicators",
    "standing",
    "standings",
    "target_standings",
    "target_terms",
    "visible_strategies",
]
