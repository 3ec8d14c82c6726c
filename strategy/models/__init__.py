"""The tables of the strategy: what has been promised, and who carries it out."""

from strategy.models.hearings import HearingAnswer, HearingRemark, HearingRound, HearingSection
from strategy.models.labels import (
    DIRECTION_LABELS,
    DISPOSITION_LABELS,
    HEARING_STATE_LABELS,
    LEVEL_LABELS,
    MEASURE_KIND_LABELS,
    MEASURE_STATE_LABELS,
    STRATEGY_STATE_LABELS,
    TARGET_KIND_LABELS,
    VERDICT_LABELS,
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
from strategy.models.plan import PlanGoal, PlanStrategy, PolicyArea
from strategy.models.strategies import (
    FocusArea,
    FocusAreaGoal,
    FocusAreaPlanStrategy,
    Strategy,
    StrategyGoal,
    StrategyTransition,
    Theme,
)
from strategy.models.targets import Target, TargetCeiling, TargetIndicator, TargetIndicatorValue

__all__ = [
    "DIRECTION_LABELS",
    "DISPOSITION_LABELS",
    "HEARING_STATE_LABELS",
    "LEVEL_LABELS",
    "MEASURE_KIND_LABELS",
    "MEASURE_STATE_LABELS",
    "STRATEGY_STATE_LABELS",
    "TARGET_KIND_LABELS",
    "VERDICT_LABELS",
    "Contribution",
    "FocusArea",
    "FocusAreaGoal",
    "FocusAreaPlanStrategy",
    "HearingAnswer",
    "HearingRemark",
    "HearingRound",
    "HearingSection",
    "Indicator",
    "IndicatorTarget",
    "Measure",
    "MeasureSource",
    "Milestone",
    "Placement",
    "PlanGoal",
    "PlanStrategy",
    "PolicyArea",
    "Responsibility",
    "Strategy",
    "StrategyGoal",
    "StrategyTransition",
    "Target",
    "TargetCeiling",
    "TargetIndicator",
    "TargetIndicatorValue",
    "Theme",
]
