"""Writes of tertial reporting. Every action takes the actor as `by=` and is one transaction."""

from reporting.actions.periods import open_period
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
    "IncompleteReport",
    "StatusAnswers",
    "StatusSaved",
    "Submitted",
    "approve_report",
    "assure_report",
    "open_period",
    "return_report",
    "save_and_submit",
    "save_status",
    "submit_report",
]
