"""The tables of the strategy: what has been promised, and who carries it out."""

from strategy.models.barometer import FREQUENCY_LABELS, BarometerIndicator, BarometerValue
from strategy.models.decisions import (
    DECISION_BODY_LABELS,
    DECISION_STATUS_LABELS,
    Decision,
    DecisionMeasure,
    DecisionNote,
    DecisionTransition,
)
from strategy.models.labels import (
    DIRECTION_LABELS,
    LEVEL_LABELS,
    MEASURE_KIND_LABELS,
    MEASURE_STATE_LABELS,
    STRATEGY_STATE_LABELS,
    TARGET_KIND_LABELS,
)
from strategy.models.measures import (
    Contribution,
    Indicator,
    IndicatorTarget,
    Measure,
    MeasureSource,
    Milestone,
    Placement,
    Responsibility,
)
from strategy.models.periods import format_period, parse_period, period_example, short_period
from strategy.models.strategies import FocusArea, FocusAreaGoal, PlanGoal, Strategy, Theme
from strategy.models.targets import Target, TargetCeiling

__all__ = [
    "DECISION_BODY_LABELS",
    "DECISION_STATUS_LABELS",
    "DIRECTION_LABELS",
    "FREQUENCY_LABELS",
    "LEVEL_LABELS",
    "MEASURE_KIND_LABELS",
    "MEASURE_STATE_LABELS",
    "STRATEGY_STATE_LABELS",
    "TARGET_KIND_LABELS",
    "BarometerIndicator",
    "BarometerValue",
    "Contribution",
    "Decision",
    "DecisionMeasure",
    "DecisionNote",
    "DecisionTransition",
    "FocusArea",
    "FocusAreaGoal",
    "Indicator",
    "IndicatorTarget",
    "Measure",
    "MeasureSource",
    "Milestone",
    "Placement",
    "PlanGoal",
    "Responsibility",
    "Strategy",
    "Target",
    "TargetCeiling",
    "Theme",
    "format_period",
    "parse_period",
    "period_example",
    "short_period",
]
