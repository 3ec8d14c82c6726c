"""Work of the budget that is too slow for a request. Jobs are enqueued by name, from actions."""

from __future__ import annotations

from django.utils.translation import gettext as _

from budget.actions import orders
from budget.exports.document_pdf import render_budget
from web.job_runs import ordered_job, run_ordered
from web.names import naming


@ordered_job(orders.JOB)
def make_document(order_id: int) -> None:
    """Makes an ordered PDF. Run twice it does nothing the second time."""

    def work() -> None:
        order = orders.start_order(order_id)
        if order is not None:
            orders.finish_order(order, render_budget(order.budget))

    run_ordered(
        work,
        fail=lambda sentence: orders.fail_order(order_id, sentence),
        broken=naming(
            _("PDF-en kunne ikke lages. Prøv igjen, og meld fra til {climate_name} hvis det skjer på nytt.")
        ),
    )
