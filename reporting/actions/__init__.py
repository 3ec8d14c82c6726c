"""Writes of tertial reporting. Every action takes the actor as `by=` and is one transaction."""

from reporting.actions.checklist import tick_item, untick_item
from reporting.actions.desk import AssureResult, assure_many, comment_measure, move_reported_measure
from reporting.actions.deviations import (
    DecisionGiven,
    DecisionRefused,
    close_deviation,
    decide_deviation,
    follow_deviations,
    plan_deviation,
    reopen_deviation,
)
from reporting.actions.exchange import ImportedStatus, import_statuses
from reporting.actions.money import (
    MoneyRow,
    finish_step,
    import_money,
    link_line,
    set_step_deadline,
    undo_step,
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
    "AssureResult",
    "DecisionGiven",
    "DecisionRefused",
    "ImportedStatus",
    "IncompleteReport",
    "MoneyRow",
    "StatusAnswers",
    "StatusSaved",
    "Submitted",
    "approve_report",
    "assure_many",
    "assure_report",
    "close_deviation",
    "comment_measure",
    "decide_deviation",
    "fail_order",
    "finish_order",
    "finish_step",
    "follow_deviations",
    "import_money",
    "import_statuses",
    "link_line",
    "move_reported_measure",
    "open_period",
    "order_summary",
    "plan_deviation",
    "publish_summary",
    "reopen_deviation",
    "return_report",
    "save_and_submit",
    "save_status",
    "set_step_deadline",
    "start_order",
    "submit_report",
    "tick_item",
    "undo_step",
    "untick_item",
]
