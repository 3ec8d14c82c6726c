"""Work of reporting that is too slow for a request. Jobs are enqueued by name, from actions."""

from __future__ import annotations

from procrastinate.contrib.django import app

from reporting.actions import messages as message_actions
from reporting.actions.periods import CLOSE_JOB, close_due_periods
from web.actors import WORKER


# The clock in Oslo is not cron's, and a worker that was down at seven may be up at ten past: it looks
# several times an hour, and what is sent when is for `due_messages` to say.
@app.periodic(cron="*/10 * * * *", queueing_lock="reporting.queue_due_messages")
@app.task(name="reporting.queue_due_messages")
def queue_due_messages(timestamp: int = 0) -> None:
    """Queues the mail about deadlines that is due. Run twice it queues nothing the second time."""
    message_actions.queue_due_messages()


@app.periodic(cron="*/5 * * * *")
@app.task(name=CLOSE_JOB, queueing_lock=CLOSE_JOB)
def close_periods(timestamp: int) -> None:
    """Closes the periods whose time has come, every five minutes. `timestamp` is when it was to be run."""
    close_due_periods(by=WORKER)
