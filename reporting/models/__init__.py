"""Tertial reporting: periods, one report per unit, and the status of each measure."""

from reporting.models.comments import MeasureComment
from reporting.models.deviations import ChecklistTick, Deviation
from reporting.models.exchange import MoneyImport, PlanLink, PlanRowMoney, StatusImport
from reporting.models.labels import (
    CHECK_ITEM_LABELS,
    CHECK_ITEM_MENDS,
    COMMENT_STEP_LABELS,
    DECISION_LEVEL_LABELS,
    DEVIATION_STATE_LABELS,
    FOLLOW_UP_FIELDS,
    LOG_KIND_LABELS,
    MESSAGE_KIND_LABELS,
    PERIOD_KIND_LABELS,
    PERIOD_STEP_LABELS,
    PERIOD_STEP_MEANINGS,
    PLACE_LABELS,
    PROPOSAL_KIND_LABELS,
    PROPOSAL_STATE_LABELS,
    REPORT_STATE_LABELS,
    STATUS_LABELS,
)
from reporting.models.leaders import LeaderQuestion, StrategyFollowUp
from reporting.models.log import (
    DeadlineExtension,
    ReportLogEntry,
    ReportTransition,
    ReportVersion,
    StandingMixin,
)
from reporting.models.messages import EscalationRelease, ReportMessage
from reporting.models.periods import Period, PeriodStep, ReportingSettings, UnitReportingSetting
from reporting.models.proposals import MeasureProposal
from reporting.models.reports import MeasureStatus, UnitReport

__all__ = [
    "CHECK_ITEM_LABELS",
    "CHECK_ITEM_MENDS",
    "COMMENT_STEP_LABELS",
    "DECISION_LEVEL_LABELS",
    "DEVIATION_STATE_LABELS",
    "FOLLOW_UP_FIELDS",
    "LOG_KIND_LABELS",
    "MESSAGE_KIND_LABELS",
    "PERIOD_KIND_LABELS",
    "PERIOD_STEP_LABELS",
    "PERIOD_STEP_MEANINGS",
    "PLACE_LABELS",
    "PROPOSAL_KIND_LABELS",
    "PROPOSAL_STATE_LABELS",
    "REPORT_STATE_LABELS",
    "STATUS_LABELS",
    "ChecklistTick",
    "DeadlineExtension",
    "Deviation",
    "EscalationRelease",
    "LeaderQuestion",
    "MeasureComment",
    "MeasureProposal",
    "MeasureStatus",
    "MoneyImport",
    "Period",
    "PeriodStep",
    "PlanLink",
    "PlanRowMoney",
    "ReportLogEntry",
    "ReportMessage",
    "ReportTransition",
    "ReportVersion",
    "ReportingSettings",
    "StandingMixin",
    "StatusImport",
    "StrategyFollowUp",
    "UnitReport",
    "UnitReportingSetting",
]
