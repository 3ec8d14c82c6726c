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
from strategy.models.hearings import HearingAnswer, HearingRemark, HearingRound, HearingSection
from strategy.models.labels import (
    CO_BENEFIT_LABELS,
    DIRECTION_LABELS,
    DISPOSITION_LABELS,
    EXTERNAL_KIND_LABELS,
    HEARING_STATE_LABELS,
    LEVEL_LABELS,
    MEASURE_KIND_LABELS,
    MEASURE_STATE_LABELS,
    STRATEGY_STATE_LABELS,
    TARGET_KIND_LABELS,
    VERDICT_LABELS,
)
from strategy.models.links import MeasureDependency, MeasureTransition, MeasureUpload
from strategy.models.measures import Contribution, Measure, MeasureSource, Placement, Responsibility
from strategy.models.periods import format_period, parse_period, period_example, short_period
from strategy.models.plan import PlanGoal, PlanStrategy, PolicyArea
from strategy.models.progress import TERTIALS, Indicator, IndicatorTarget, Milestone
from strategy.models.search import fold
from strategy.models.strategies import (
    FocusArea,
    FocusAreaGoal,
    FocusAreaPlanStrategy,
    Strategy,
    StrategyGoal,
    StrategyTransition,
    Theme,
    ThemePlanStrategy,
)
from strategy.models.targets import Target, TargetCeiling, TargetIndicator, TargetIndicatorValue

__all__ = [
    "CO_BENEFIT_LABELS",
    "DECISION_BODY_LABELS",
    "DECISION_STATUS_LABELS",
    "DIRECTION_LABELS",
    "DISPOSITION_LABELS",
    "EXTERNAL_KIND_LABELS",
    "FREQUENCY_LABELS",
    "HEARING_STATE_LABELS",
    "LEVEL_LABELS",
    "MEASURE_KIND_LABELS",
    "MEASURE_STATE_LABELS",
    "STRATEGY_STATE_LABELS",
    "TARGET_KIND_LABELS",
    "TERTIALS",
    "VERDICT_LABELS",
    "BarometerIndicator",
    "BarometerValue",
    "Contribution",
    "Decision",
    "DecisionMeasure",
    "DecisionNote",
    "DecisionTransition",
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
    "MeasureDependency",
    "MeasureSource",
    "MeasureTransition",
    "MeasureUpload",
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
    "ThemePlanStrategy",
    "fold",
    "format_period",
    "parse_period",
    "period_example",
    "short_period",
]
