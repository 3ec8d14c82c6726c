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
    CO_BENEFIT_LABELS,
    DIRECTION_LABELS,
    EXTERNAL_KIND_LABELS,
    LEVEL_LABELS,
    MEASURE_KIND_LABELS,
    MEASURE_STATE_LABELS,
    STRATEGY_STATE_LABELS,
    TARGET_KIND_LABELS,
)
from strategy.models.links import MeasureDependency, MeasureTransition, MeasureUpload
from strategy.models.measures import Contribution, Measure, MeasureSource, Placement, Responsibility
from strategy.models.periods import format_period, parse_period, period_example, short_period
from strategy.models.progress import TERTIALS, Indicator, IndicatorTarget, Milestone
from strategy.models.search import fold
from strategy.models.strategies import FocusArea, FocusAreaGoal, PlanGoal, Strategy, Theme
from strategy.models.targets import Target, TargetCeiling

__all__ = [
    "CO_BENEFIT_LABELS",
    "DECISION_BODY_LABELS",
    "DECISION_STATUS_LABELS",
    "DIRECTION_LABELS",
    "EXTERNAL_KIND_LABELS",
    "FREQUENCY_LABELS",
    "LEVEL_LABELS",
    "MEASURE_KIND_LABELS",
    "MEASURE_STATE_LABELS",
    "STRATEGY_STATE_LABELS",
    "TARGET_KIND_LABELS",
    "TERTIALS",
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
    "MeasureDependency",
    "MeasureSource",
    "MeasureTransition",
    "MeasureUpload",
    "Milestone",
    "Placement",
    "PlanGoal",
    "Responsibility",
    "Strategy",
    "Target",
    "TargetCeiling",
    "Theme",
    "fold",
    "format_period",
    "parse_period",
    "period_example",
    "short_period",
]
