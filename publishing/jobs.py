"""Summaries take a second or two each: the worker makes what is ordered."""

from __future__ import annotations

import logging

from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from organisation.models import Unit
from publishing.actions import publications
from publishing.enums import Audience
from publishing.exports.summary_pdf import render_publication, render_summary
from publishing.models import Publication
from publishing.queries.documents import document_for
from reporting.models import Period
from web.actors import Actor

log = logging.getLogger(__name__)


def publish(
    *,
    by: Actor,
    period: Period,
    audience: str = Audience.LEADERSHIP,
    unit: Unit | None = None,
    case_number: str = "",
) -> Publication:
    """Publishes the period for an audience with its PDFs, or gives the latest when nothing has changed.

    Takes a second or two. Raises what `publications.publish_summary` raises, and PdfError.
    """
    return publications.publish_summary(
        by=by, period=period, render=render_publication, audience=audience, unit=unit, case_number=case_number
    )


@app.task(name=publications.JOB)
def make_summary(order_id: int) -> None:
    """Makes an ordered summary. Run twice it does nothing the second time, and publishes once."""
    order = publications.start_order(order_id)
    if order is None:
        return
    try:
        if order.preview:
            reach = publications.reach_for(order.period, order.audience, order.unit)
            document = document_for(order.audience, order.period, reach)
            publications.finish_order(order, pdf=render_summary(document, None))
        else:
            made = publish(
                by=order.ordered_by,
                period=order.period,
                audience=order.audience,
                unit=order.unit,
                case_number=order.case_number,
            )
            publications.finish_order(order, publication=made)
    except Exception:
        log.exception("Summary order %s failed", order_id)
        publications.fail_order(
            order,
            _("Sammendraget kunne ikke lages. Prøv igjen, og meld fra til Klima hvis det skjer på nytt."),
        )
        raise
