"""Codes of tertial reporting."""

from enum import StrEnum


class PeriodKind(StrEnum):
    FIRST_TERTIAL = "T1"
    SECOND_TERTIAL = "T2"
    ANNUAL = "AR"


class ReportState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    ASSURED = "assured"
    RETURNED = "returned"


# Who moves it stands in reporting/rules/reports.py; the same table stands in the database as a trigger.
TRANSITIONS: dict[ReportState, frozenset[ReportState]] = {
    ReportState.DRAFT: frozenset({ReportState.SUBMITTED}),
    ReportState.RETURNED: frozenset({ReportState.SUBMITTED}),
    ReportState.SUBMITTED: frozenset({ReportState.APPROVED, ReportState.RETURNED}),
    ReportState.APPROVED: frozenset({ReportState.ASSURED, ReportState.RETURNED}),
    ReportState.ASSURED: frozenset(),
}
# A correction after the period closed opens a report again, and may be given up unused: to where it was.
OPENED_FOR_CORRECTION = frozenset({ReportState.SUBMITTED, ReportState.APPROVED, ReportState.ASSURED})
EDITABLE_STATES = frozenset({ReportState.DRAFT, ReportState.RETURNED})
LEADER_APPROVED_STATES = frozenset({ReportState.APPROVED, ReportState.ASSURED})


class Status(StrEnum):
    """How a measure is doing, as reported. Never changes the measure by itself."""

    NOT_STARTED_PLANNED = "not_started_planned"
    SHOULD_HAVE_STARTED = "should_have_started"
    ON_TRACK = "on_track"
    DELAYED = "delayed"
    STOPPED = "stopped"
    POSTPONED = "postponed"
    COMPLETED = "completed"


# These say that the plan does not hold: cause and corrective action must be given.
OFF_PLAN = frozenset({Status.SHOULD_HAVE_STARTED, Status.DELAYED, Status.STOPPED})
# What is stopped may never start again, and then has no date to give.
NEEDS_NEW_DATE = OFF_PLAN - {Status.STOPPED}
# Worst first.
SEVERITY = (
    Status.STOPPED,
    Status.SHOULD_HAVE_STARTED,
    Status.DELAYED,
    Status.POSTPONED,
    Status.NOT_STARTED_PLANNED,
    Status.ON_TRACK,
    Status.COMPLETED,
)


class DecisionLevel(StrEnum):
    """Who is asked to decide, from below. Which of them a unit may ask: `rules/levels.py`."""

    LEADER = "leader"
    # Between leaders of units and directors, where the municipality has three levels of leaders.
    MIDDLE = "middle"
    DIRECTOR = "director"
    # A municipal enterprise's own.
    BOARD = "board"
    EXECUTIVE = "executive"
    COUNCIL = "council"


class Place(StrEnum):
    """Where a unit answers: in the portal, or in the municipality's existing reporting system."""

    HERE = "here"
    THERE = "there"


class LogKind(StrEnum):
    """What happened to a report besides the steps of the chain."""

    AREA_APPROVED = "area_approved"
    MEASURE_ADDED = "measure_added"
    MOVED_IN = "moved_in"
    MOVED_OUT = "moved_out"
    HANDED_OVER = "handed_over"
    SET_UP = "set_up"
    REPORTER_NAMED = "reporter_named"
    CORRECTION_OPENED = "correction_opened"
    CORRECTION_WITHDRAWN = "correction_withdrawn"


class StandsAs(StrEnum):
    """As what a step was taken by somebody who does not lead the unit herself."""

    STAND_IN = "stand_in"
    # The unit had no leader: the nearest leader above.
    LEADER_ABOVE = "leader_above"


class CommentStep(StrEnum):
    """At which step somebody commented on a measure."""

    LEADER = "leader"
    AREA = "area"
    CLIMATE = "climate"


class PeriodStepKind(StrEnum):
    """What the analysis unit does in a period."""

    PLAN_LINKS = "plan_links"
    MONEY = "money"
    CHAPTER = "chapter"


class ProposalKind(StrEnum):
    NEW = "new"
    END = "end"


class ProposalState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class DeviationState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class CheckItem(StrEnum):
    """What makes a measure possible to follow."""

    CONTACT = "contact"
    INDICATOR = "indicator"
    MILESTONE = "milestone"
    BUDGET_LINE = "budget_line"


class Remark(StrEnum):
    """What Klima should look at in a reported status. Reckoned each time, never stored."""

    EFFECT_ABOVE_BUDGET = "effect_above_budget"
    BETTER_THAN_INDICATOR = "better_than_indicator"
    SHARE_MISSING = "share_missing"
    DATE_PASSED = "date_passed"
    FELL_BACK = "fell_back"
    NOT_STARTED_BUT_COUNTED = "not_started_but_counted"
    STATUS_MISSING = "status_missing"
    CAUSE_MISSING = "cause_missing"
    CHANGE_UNEXPLAINED = "change_unexplained"
    RESULT_MISSING = "result_missing"
    FOLLOW_UP_MISSING = "follow_up_missing"


class MessageKind(StrEnum):
    """What a mail from reporting says. Those about deadlines are worked out in calculations/messages.py."""

    # To those who report
    OPENED = "period_opened"
    FIRST_REMINDER = "first_reminder"
    SECOND_REMINDER = "second_reminder"
    DEADLINE_DAY = "deadline_day"
    OVERDUE = "overdue"
    EXTENDED = "deadline_extended"
    RECEIPT = "receipt"
    RETURNED = "report_returned"
    ASSURED = "report_assured"
    # To the unit's leader
    REPORT_MISSING = "report_missing"
    WAITS = "waits_for_approval"
    LEADER_REMINDER = "leader_reminder"
    LEADER_OVERDUE = "leader_overdue"
    # To the leader above
    WAITS_FOR_AREA = "waits_for_area"
    ESCALATED = "escalated"
    # To Klima
    DIGEST = "weekly_digest"


class HoldingKind(StrEnum):
    """What of reporting hangs on a unit or a person."""

    PLACE = "place"
    REPORT = "report"
    SENT_REPORTS = "sent_reports"
    DEVIATIONS = "deviations"
    QUESTIONS_TO = "questions_to"
    QUESTIONS_FROM = "questions_from"
    FOLLOW_UPS = "follow_ups"
    CONFIRMED_FOLLOW_UPS = "confirmed_follow_ups"
    OWNED_DEVIATIONS = "owned_deviations"
    SIGNED_REPORTS = "signed_reports"
    APPROVED_REPORTS = "approved_reports"
