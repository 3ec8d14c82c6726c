"""Writes of tertial reporting. Every action takes the actor as `by=` and is one transaction."""

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
    CONFIRMATION,
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
    "CONFIRMATION",
    "JOB",
    "ORDER_LIFE",
    "IncompleteReport",
    "StatusAnswers",
    "StatusSaved",
    "Submitted",
    "approve_report",
    "assure_report",
    "fail_order",
    "finish_order",
    "open_period",
    "order_summary",
    "publish_summary",
    "return_report",
    "save_and_submit",
    "save_status",
    "start_order",
    "submit_report",
]
