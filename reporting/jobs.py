"""Work of reporting that is too slow for a request. Jobs are enqueued by name, from actions."""

from __future__ import annotations

import logging

from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from climate_portal.web.actors import Actor
from reporting import actions
from reporting.exports import render_summary
from reporting.models import Period, Publication
from reporting.queries.leadership import leadership_summary

log = logging.getLogger(__name__)


def publish(*, by: Actor, period: Period) -> Publication:
    """Publishes the period's summary with its PDF, or gives the latest when nothing has changed.

    Takes a second or two. Raises what `actions.publish_summary` raises, and PdfError.
    """
    return actions.publish_summary(by=by, period=period, render=render_summary)


# The clock in Oslo is not cron's, and a worker that was down at seven may be up at ten past: it looks
# several times an hour, and what is sent when is for `due_messages` to say.
@app.periodic(cron="*/10 * * * *", queueing_lock="reporting.queue_due_messages")
@app.task(name="reporting.queue_due_messages")
def queue_due_messages(timestamp: int = 0) -> None:
    """Queues the mail about deadlines that is due. Run twice it queues nothing the second time."""
    actions.queue_due_messages()


@app.task(name=actions.JOB)
def make_summary(order_id: int) -> None:
    """Makes an ordered summary. Run twice it does nothing the second time, and publishes once."""
    order = actions.start_order(order_id)
    if order is None:
        return
    try:
        if order.preview:
            actions.finish_order(order, pdf=render_summary(leadership_summary(order.period), None))
        else:
            actions.finish_order(order, publication=publish(by=order.ordered_by, period=order.period))
    except Exception:
        log.exception("Summary order %s failed", order_id)
        actions.fail_order(
            order,
            _("Sammendraget kunne ikke lages. Prøv igjen, og meld fra til Klima hvis det skjer på nytt."),
        )
        raise
