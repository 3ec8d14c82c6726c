"""Ordering, making and publishing the leadership summary. What is published is never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from climate_portal.web.actors import Actor, SystemActor, acting, actor_name
from organisation.models import User
from organisation.rules import Permission, read_duties, require
from reporting.enums import OrderState
from reporting.models import Period, Publication, SummaryOrder
from reporting.queries.frozen import content_sha256
from reporting.queries.leadership import leadership_summary
from reporting.queries.summary import LeadershipSummary, to_plain
from reporting.rules.reports import may_publish

Render = Callable[[LeadershipSummary, int], bytes]
JOB = "reporting.make_summary"
# An order that has taken this long has lost its worker, and is not waited for.
ORDER_LIFE = timedelta(minutes=2)
_ACTIVE = (OrderState.QUEUED, OrderState.RUNNING)


def order_summary(*, by: User, period: Period, preview: bool) -> SummaryOrder:
    """Puts a summary in the worker's queue, in the same transaction as the order.

    A preview is for the orderer alone; otherwise the summary is published. Ordering again while the same
    order is being made gives that one. Raises PermissionDenied.
    """
    require(by, Permission.PUBLISH_SUMMARY)
    if not preview and not may_publish(read_duties(by)):
        raise PermissionDenied
    with acting(by, _("Bestilte sammendrag for ledelsen")):
        _locked(period)
        now = timezone.now()
        active = SummaryOrder.objects.filter(
            period=period,
            ordered_by=by,
            preview=preview,
            state__in=_ACTIVE,
            ordered_at__gt=now - ORDER_LIFE,
        ).first()
        if active is not None:
            return active
        order = SummaryOrder.objects.create(period=period, ordered_by=by, preview=preview, ordered_at=now)
        app.configure_task(JOB).defer(order_id=order.pk)
        return order


def publish_summary(*, by: Actor, period: Period, render: Render) -> Publication:
    """Freezes the summary as number n+1, or gives the latest when nothing in it has changed since.

    `render` makes the PDF of the data and the number. The period is locked meanwhile, so two at once give
    one publication. Raises PermissionDenied, and what `render` raises; then nothing is stored.
    """
    if not isinstance(by, SystemActor):
        require(by, Permission.PUBLISH_SUMMARY)
        if not isinstance(by, User) or not may_publish(read_duties(by)):
            raise PermissionDenied
    with acting(by, _("Publiserte sammendrag for ledelsen")):
        period = _locked(period)
        summary = leadership_summary(period)
        data = to_plain(summary)
        sha256 = content_sha256(data)
        latest = Publication.objects.filter(period=period).order_by("-number").first()
        if latest is not None and latest.data_sha256 == sha256:
            return latest
        number = latest.number + 1 if latest else 1
        pdf = render(summary, number)
        return Publication.objects.create(
            period=period,
            number=number,
            data=data,
            data_sha256=sha256,
            pdf=pdf,
            pdf_sha256=hashlib.sha256(pdf).hexdigest(),
            published_by_id=None if isinstance(by, SystemActor) else by.pk,
            published_by_name=actor_name(by),
        )


def start_order(order_id: int) -> SummaryOrder | None:
    """Marks the order as being made; None when it is finished already. A second start is harmless."""
    rows = SummaryOrder.objects.filter(pk=order_id).exclude(state=OrderState.DONE)
    if not rows.update(state=OrderState.RUNNING, error=""):
        return None
    return SummaryOrder.objects.select_related("period__budget", "ordered_by").get(pk=order_id)


def finish_order(
    order: SummaryOrder, *, pdf: bytes | None = None, publication: Publication | None = None
) -> None:
    """The order has its preview (`pdf`) or its publication."""
    SummaryOrder.objects.filter(pk=order.pk).update(
        state=OrderState.DONE, finished_at=timezone.now(), pdf=pdf, publication=publication
    )


def fail_order(order: SummaryOrder, sentence: str) -> None:
    """The order could not be made; the sentence is for the orderer."""
    SummaryOrder.objects.filter(pk=order.pk).exclude(state=OrderState.DONE).update(
        state=OrderState.FAILED, finished_at=timezone.now(), error=sentence
    )


def _locked(period: Period) -> Period:
    rows = Period.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("budget__target__strategy", "budget__edition__municipality").get(pk=period.pk)
