"""The tables of the strategy: what has been promised, and who carries it out."""

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
from strategy.models.strategies import FocusArea, FocusAreaGoal, PlanGoal, Strategy, Theme
from strategy.models.targets import Target, TargetCeiling

__all__ = [
    "DIRECTION_LABELS",
    "LEVEL_LABELS",
    "MEASURE_KIND_LABELS",
    "MEASURE_STATE_LABELS",
    "STRATEGY_STATE_LABELS",
    "TARGET_KIND_LABELS",
    "Contribution",
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
]
