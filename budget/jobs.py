"""Work of the budget that is too slow for a request. Jobs are enqueued by name, from actions."""

from __future__ import annotations

import logging

from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from budget.actions import orders
from budget.exports import render_budget

log = logging.getLogger(__name__)


@app.task(name=orders.JOB)
def make_document(order_id: int) -> None:
    """Makes an ordered PDF. Run twice it does nothing the second time."""
    order = orders.start_order(order_id)
    if order is None:
        return
    try:
        orders.finish_order(order, render_budget(order.budget))
    except Exception:
        log.exception("Document order %s failed", order_id)
        orders.fail_order(
            order, _("PDF-en kunne ikke lages. Prøv igjen, og meld fra til Klima hvis det skjer på nytt.")
        )
        raise
