"""Writes of tertial reporting. Every action takes the actor as `by=` and is one transaction."""

from reporting.actions.area import approve_for_area
from reporting.actions.checklist import tick_item, untick_item
from reporting.actions.corrections import open_correction, withdraw_correction
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
from reporting.actions.enterprises import save_board
from reporting.actions.exchange import ImportedStatus, import_statuses
from reporting.actions.extensions import extend_deadline
from reporting.actions.follow_ups import FollowUpText, confirm_follow_up, save_follow_up
from reporting.actions.measures import Moved, add_measure, hand_over_report, move_measure, name_reporter
from reporting.actions.messages import queue_due_messages, release_escalation, retry_message
from reporting.actions.money import (
    MoneyRow,
    finish_step,
    import_money,
    link_line,
    set_step_deadline,
    undo_step,
)
from reporting.actions.once import do_once
from reporting.actions.periods import (
    CLOSE_JOB,
    change_deadlines,
    close_due_periods,
    close_period,
    open_period,
)
from reporting.actions.proposals import (
    ProposalRefused,
    ProposalText,
    change_proposal,
    decline_proposal,
    propose,
    remove_proposal,
    take_in_ended,
    take_in_new,
)
from reporting.actions.questions import (
    QuestionRefused,
    answer_question,
    ask,
    draft_answer,
    withdraw_question,
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
from reporting.actions.settings import SettingsAnswers, save_settings, set_up_report, use_settings

__all__ = [
    "CLEARED_OFF_PLAN",
    "CLOSE_JOB",
    "CONFIRMATION",
    "AssureResult",
    "DecisionGiven",
    "DecisionRefused",
    "FollowUpText",
    "ImportedStatus",
    "IncompleteReport",
    "MoneyRow",
    "Moved",
    "ProposalRefused",
    "ProposalText",
    "QuestionRefused",
    "SettingsAnswers",
    "StatusAnswers",
    "StatusSaved",
    "Submitted",
    "add_measure",
    "answer_question",
    "approve_for_area",
    "approve_report",
    "ask",
    "assure_many",
    "assure_report",
    "change_deadlines",
    "change_proposal",
    "close_deviation",
    "close_due_periods",
    "close_period",
    "comment_measure",
    "confirm_follow_up",
    "decide_deviation",
    "decline_proposal",
    "do_once",
    "draft_answer",
    "extend_deadline",
    "finish_step",
    "follow_deviations",
    "hand_over_report",
    "import_money",
    "import_statuses",
    "link_line",
    "move_measure",
    "move_reported_measure",
    "name_reporter",
    "open_correction",
    "open_period",
    "plan_deviation",
    "propose",
    "queue_due_messages",
    "release_escalation",
    "remove_proposal",
    "reopen_deviation",
    "retry_message",
    "return_report",
    "save_and_submit",
    "save_board",
    "save_follow_up",
    "save_settings",
    "save_status",
    "set_step_deadline",
    "set_up_report",
    "submit_report",
    "take_in_ended",
    "take_in_new",
    "tick_item",
    "undo_step",
    "untick_item",
    "use_settings",
    "withdraw_correction",
    "withdraw_question",
]
