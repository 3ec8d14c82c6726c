"""Summaries take a second or two each: the worker makes what is ordered."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from organisation.models import Unit
from publishing.actions import publications
from publishing.enums import Audience
from publishing.exports.summary_pdf import render_publication, render_summary
from publishing.models import Publication, SummaryOrder
from publishing.queries.period_facts import period_facts
from publishing.words.period_summary import document_for
from reporting.models import Period
from web.actors import Actor
from web.job_runs import ordered_job, run_ordered
from web.names import naming


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


@ordered_job(publications.JOB)
def make_summary(order_id: int) -> None:
    """Makes an ordered summary. Run twice it does nothing the second time, and publishes once."""

    def work() -> None:
        order = publications.start_order(order_id)
        if order is not None and order.preview:
            reach = publications.reach_for(order.period, order.audience, order.unit)
            document = document_for(order.audience, period_facts(order.period, reach))
            publications.finish_order(order, pdf=render_summary(document, None))
        elif order is not None:
            _publish_order(order)

    run_ordered(
        work,
        fail=lambda sentence: publications.fail_order(order_id, sentence),
        broken=naming(
            _(
                "Sammendraget kunne ikke lages. Prøv igjen, og meld fra til {climate_name} "
                "hvis det skjer på nytt."
            )
        ),
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
        publications.finish_order(order, publication=made)
