"""What Klima may do at the review desk, beyond assuring: comment on measures, and move them along."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reporting.enums import EDITABLE_STATES, ReportState, Status
from reporting.models import UnitReport
from strategy.enums import MEASURE_TRANSITIONS, MeasureState

# Where a reported status says that the measure has come, the first that its state allows.
OFFERED: dict[Status, tuple[MeasureState, ...]] = {
    Status.COMPLETED: (MeasureState.DONE, MeasureState.ONGOING),
    Status.STOPPED: (MeasureState.DISCONTINUED,),
    Status.POSTPONED: (MeasureState.POSTPONED,),
    Status.ON_TRACK: (MeasureState.ONGOING,),
    Status.DELAYED: (MeasureState.ONGOING,),
}


def offered_move(status: str, state: str) -> MeasureState | None:
    """The state a measure in `state` is offered after a report said `status`; None where nothing is.

    Never done by itself. A measure that is already there, or that cannot go there, is offered nothing. What
    was done is not taken up again because it runs as it should.
    """
    if not status or state == MeasureState.DONE:
        return None
    wanted = OFFERED.get(Status(status), ())
    if state in wanted[:1]:
        return None
    allowed = MEASURE_TRANSITIONS[MeasureState(state)]
    return next((one for one in wanted if one in allowed and one != state), None)


def why_not_commentable(report: UnitReport) -> str:
    """Why Klima cannot comment on the measures of a report now; empty when it can."""
    if report.state in EDITABLE_STATES:
        return _("Rapporten er hos virksomheten. Kommenter når den er sendt inn.")
    return ""


def why_not_movable(report: UnitReport) -> str:
    """Why a measure is not moved on the word of this report; empty when it may be."""
    if report.state == ReportState.ASSURED:
        return ""
    return _("Kvalitetssikre rapporten før du flytter tiltaket.")
