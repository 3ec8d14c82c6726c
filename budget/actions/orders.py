"""Ordering the budget as PDF; the worker makes it."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from budget.enums import OrderState
from budget.models import ClimateBudget, DocumentOrder
from budget.rules import may_read
from organisation.models import User
from web.actors import acting
from web.job_runs import hold_run

JOB = "budget.make_document"
# An order that has taken this long has lost its worker, and is not waited for.
ORDER_LIFE = timedelta(minutes=3)
_ACTIVE = (OrderState.QUEUED, OrderState.RUNNING)


def order_document(*, by: User, budget: ClimateBudget) -> DocumentOrder:
    """Puts the PDF in the worker's queue, in the same transaction as the order.

    Ordering again while it is being made gives the same order; what she has ordered of this budget before
    is thrown away. Raises PermissionDenied for those who may not read the budget.
    """
    if not may_read(by, budget.state):
        raise PermissionDenied
    with acting(by, _("Bestilte klimabudsjettet som PDF")):
        # One at a time per person: two clicks make one order.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        own = DocumentOrder.objects.filter(budget=budget, ordered_by=by)
        now = timezone.now()
        active = own.filter(state__in=_ACTIVE, ordered_at__gt=now - ORDER_LIFE).first()
        if active is not None:
            return active
        own.delete()
        order = DocumentOrder.objects.create(budget=budget, ordered_by=by, ordered_at=now)
        app.configure_task(JOB).defer(order_id=order.pk)
        return order


def start_order(order_id: int) -> DocumentOrder | None:
    """Marks the order as being made; None when it is finished or gone. A second start is harmless."""
    with transaction.atomic():
        hold_run()
        rows = DocumentOrder.objects.filter(pk=order_id).exclude(state=OrderState.DONE)
        if not rows.update(state=OrderState.RUNNING, error=""):
            return None
    return DocumentOrder.objects.select_related(
        "budget__target__strategy", "budget__edition__municipality"
    ).get(pk=order_id)


def finish_order(order: DocumentOrder, pdf: bytes) -> None:
    """The order has its PDF. Raises RunReplaced when a later run of the job has taken it over."""
    with transaction.atomic():
        hold_run()
        DocumentOrder.objects.filter(pk=order.pk).update(
            state=OrderState.DONE, finished_at=timezone.now(), pdf=pdf
        )


def fail_order(order_id: int, sentence: str) -> None:
    """The order could not be made; the sentence is for the orderer. Raises RunReplaced as `finish_order`."""
    with transaction.atomic():
        hold_run()
        DocumentOrder.objects.filter(pk=order_id).exclude(state=OrderState.DONE).update(
            state=OrderState.FAILED, finished_at=timezone.now(), error=sentence
        )
