"""Writes of tertial reporting. Every action takes the actor as `by=` and is one transaction."""

from reporting.actions.deviations import (
    DecisionGiven,
    DecisionRefused,
    close_deviation,
    decide_deviation,
    follow_deviations,
    plan_deviation,
    reopen_deviation,
)
from reporting.actions.periods import open_period
from reporting.actions.publications import (
    JOB,
    ORDER_LIFE,
    fail_order,
    finish_order,
    order_summary,
    publish_summary,
    start_order,
)
from reporting.actions.reports import (
    CLEARED_OFF_PLAN,
    IncompleteReport,
    StatusAnswers,
    StatusSaved,
    Submitted,
    approve_report,
    assure_report,
    return_report,
    save_and_submit,
    save_status,
    submit_report,
)

__all__ = [
    "CLEARED_OFF_PLAN",
    "JOB",
    "ORDER_LIFE",
    "DecisionGiven",
    "DecisionRefused",
    "IncompleteReport",
    "StatusAnswers",
    "StatusSaved",
    "Submitted",
    "approve_report",
    "assure_report",
    "close_deviation",
    "decide_deviation",
    "fail_order",
    "finish_order",
    "follow_deviations",
    "open_period",
    "order_summary",
    "plan_deviation",
    "publish_summary",
    "reopen_deviation",
    "return_report",
    "save_and_submit",
    "save_status",
    "start_order",
    "submit_report",
]
