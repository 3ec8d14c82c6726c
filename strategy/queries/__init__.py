"""Reads about strategies, targets, measures and hearings."""

from strategy.queries.barometer import (
    IndicatorStanding,
    PeriodRow,
    frequencies_in_use,
    last_inventory_year,
    period_rows,
    retired_indicators,
    standing,
    standings,
)
from strategy.queries.comparison import Compared, Difference, compare
from strategy.queries.comparison import summary as comparison_summary
from strategy.queries.decisions import (
    DecisionFilter,
    LogEntry,
    decision_log,
    decisions_about,
    measure_decisions,
    open_decisions,
    overdue_decisions,
    register,
)
from strategy.queries.hearings import answers_in, overview, remarks_of, rounds_of
from strategy.queries.measure_list import (
    ListedMeasure,
    ListedPage,
    answered_for_by,
    answering_units,
    choosable_areas,
    listed_page,
    search_measures,
    visible_measures,
)
from strategy.queries.measure_table import MeasureRecord, Names, measure_names, measure_records, source_name
from strategy.queries.measures import Answering, answering, measure_by_code, responsible_units
from strategy.queries.plan import plan_outline
from strategy.queries.plan_columns import StoredParts, stored_parts
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
    "Answering",
    "Compared",
    "DecisionFilter",
    "Difference",
    "FocusAreaPart",
    "IndicatorStanding",
    "ListedMeasure",
    "ListedPage",
    "LogEntry",
    "MeasureRecord",
    "MeasureRow",
    "Names",
    "PeriodRow",
    "StoredParts",
    "TargetSheet",
    "TargetStanding",
    "ThemePart",
    "answered_for_by",
    "answering",
    "answering_units",
    "answers_in",
    "choosable_areas",
    "compare",
    "comparison_summary",
    "decision_log",
    "decisions_about",
    "frequencies_in_use",
    "last_inventory_year",
    "listed_page",
    "measure_by_code",
    "measure_decisions",
    "measure_names",
    "measure_records",
    "open_decisions",
    "outline",
    "overdue_decisions",
    "overview",
    "period_rows",
    "plan_outline",
    "promise_sentence",
    "register",
    "remarks_of",
    "responsible_units",
    "retired_indicators",
    "rounds_of",
    "search_measures",
    "source_name",
    "standing",
    "standing_sentence",
    "standings",
    "stored_parts",
    "strategies_in_force",
    "target_sheet",
    "target_standings",
    "target_terms",
    "visible_measures",
    "visible_strategies",
]
