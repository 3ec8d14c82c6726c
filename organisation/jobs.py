"""What is done when its day comes: planned changes, handovers, and notes that have had their year."""

from __future__ import annotations

from procrastinate.contrib.django import app

from organisation.actions.handovers import carry_out_due_handovers, empty_old_notes
from organisation.actions.links import JOB as LINK_JOB
from organisation.actions.links import send_link
from organisation.actions.sessions import forget_ended_sessions
from organisation.actions.units import carry_out_due_changes
from organisation.enums import LinkPurpose
from web.actors import WORKER

JOB = "organisation.carry_out"


# Every hour: the clock in Oslo is not cron's, and a worker may have been down when the day came.
@app.periodic(cron="7 * * * *", queueing_lock=JOB)
@app.task(name=JOB)
def carry_out(timestamp: int = 0) -> None:
    """Units first, so that what is handed over goes where it belongs afterwards. Twice is harmless."""
    carry_out_due_changes(by=WORKER)
    carry_out_due_handovers(by=WORKER)
    empty_old_notes(by=WORKER)
    forget_ended_sessions()


@app.task(name=LINK_JOB)
def send_ordered_link(user_id: int, purpose: str) -> None:
    """Somebody asked for a link by mail; `user_id` 0 is nobody's address. Twice sends two, both good."""
    send_link(user_id=user_id, purpose=LinkPurpose(purpose))
