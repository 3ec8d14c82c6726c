"""Work of reporting that is too slow for a request. Jobs are enqueued by name, from actions."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from organisation.models import Unit
from reporting import actions
from reporting.enums import Audience
from reporting.exports import render_publication, render_summary
from reporting.models import Period, Publication, SummaryOrder
from reporting.queries.documents import document_for
from web.actors import WORKER, Actor
from web.job_runs import ordered_job, run_ordered


def publish(
    *,
    by: Actor,
    period: Period,
    audience: str = Audience.LEADERSHIP,
    unit: Unit | None = None,
    case_number: str = "",
) -> Publication:
    """Publishes the period for an audience with its PDFs, or gives the latest when nothing has changed.

    Takes a second or two. Raises what `actions.publish_summary` raises, and PdfError.
    """
    return actions.publish_summary(
        by=by, period=period, render=render_publication, audience=audience, unit=unit, case_number=case_number
    )


# The clock in Oslo is not cron's, and a worker that was down at seven may be up at ten past: it looks
# several times an hour, and what is sent when is for `due_messages` to say.
@app.periodic(cron="*/10 * * * *", queueing_lock="reporting.queue_due_messages")
@app.task(name="reporting.queue_due_messages")
def queue_due_messages(timestamp: int = 0) -> None:
    """Queues the mail about deadlines that is due. Run twice it queues nothing the second time."""
    actions.queue_due_messages()


@ordered_job(actions.JOB)
def make_summary(order_id: int) -> None:
    """Makes an ordered summary. Run twice it does nothing the second time, and publishes once."""

    def work() -> None:
        order = actions.start_order(order_id)
        if order is not None and order.preview:
            reach = actions.reach_for(order.period, order.audience, order.unit)
            document = document_for(order.audience, order.period, reach)
            actions.finish_order(order, pdf=render_summary(document, None))
        elif order is not None:
            _publish_order(order)

    run_ordered(
        work,
        fail=lambda sentence: actions.fail_order(order_id, sentence),
        broken=_("Sammendraget kunne ikke lages. Prøv igjen, og meld fra til Klima hvis det skjer på nytt."),
    )


def _publish_order(order: SummaryOrder) -> None:
    # Published and told in one: a run that is replaced meanwhile has published nothing.
    with transaction.atomic():
        made = publish(
            by=order.ordered_by,
            period=order.period,
            audience=order.audience,
            unit=order.unit,
            case_number=order.case_number,
        )
        actions.finish_order(order, publication=made)


@app.periodic(cron="*/5 * * * *")
@app.task(name=actions.CLOSE_JOB, queueing_lock=actions.CLOSE_JOB)
def close_periods(timestamp: int) -> None:
    """Closes the periods whose time has come, every five minutes. `timestamp` is when it was to be run."""
    actions.close_due_periods(by=WORKER)
