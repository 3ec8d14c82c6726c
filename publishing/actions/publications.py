"""Ordering, making and publishing summaries for each audience. What is published is never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from organisation.models import Unit, User
from organisation.rules import read_duties
from publishing.enums import Audience, OrderState
from publishing.models import Publication, SummaryOrder
from publishing.queries.audiences import audience_name
from publishing.queries.documents import Frozen
from publishing.queries.period_facts import period_facts
from publishing.queries.plain import to_plain
from publishing.queries.reach import WHOLE, Reach, Reaches
from publishing.rules.publications import may_preview, may_publish
from publishing.words.period_summary import document_for
from reporting.models import Period
from reporting.queries.frozen import content_sha256
from web.actor_columns import actor_values
from web.actors import Actor, SystemActor, acting
from web.job_runs import hold_run
from web.refusals import Refused

JOB = "reporting.make_summary"
# An order that has taken this long has lost its worker, and is not waited for.
ORDER_LIFE = timedelta(minutes=2)
_ACTIVE = (OrderState.QUEUED, OrderState.RUNNING)


@dataclass(frozen=True, slots=True)
class Rendering:
    """What a publication looks like: PDF to read and for the archive, and HTML where the audience has one."""

    pdf: bytes
    archive_pdf: bytes | None = None
    html: str = ""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a publication says of itself on its first page."""

    number: int
    case_number: str = ""


Render = Callable[[Frozen, Imprint], Rendering]


def order_summary(
    *,
    by: User,
    period: Period,
    preview: bool,
    audience: str = Audience.LEADERSHIP,
    unit: Unit | None = None,
    case_number: str = "",
) -> SummaryOrder:
    """Puts a summary in the worker's queue, in the same transaction as the order.

    A preview is for the orderer alone; otherwise the summary is published. Ordering again while the same
    order is being made gives that one. Raises PermissionDenied, and Refused for an area without
    reports.
    """
    held = read_duties(by)
    if not (may_preview(held, audience) if preview else may_publish(held, audience)):
        raise PermissionDenied
    with acting(by, _("Bestilte sammendrag for {audience}").format(audience=audience_name(audience, unit))):
        period = _locked(period)
        reach_for(period, audience, unit)
        now = timezone.now()
        active = SummaryOrder.objects.filter(
            period=period,
            audience=audience,
            unit=unit,
            ordered_by=by,
            preview=preview,
            case_number=case_number,
            state__in=_ACTIVE,
            ordered_at__gt=now - ORDER_LIFE,
        ).first()
        if active is not None:
            return active
        order = SummaryOrder.objects.create(
            period=period,
            audience=audience,
            unit=unit,
            ordered_by=by,
            preview=preview,
            case_number=case_number,
            ordered_at=now,
        )
        app.configure_task(JOB).defer(order_id=order.pk)
        return order


def publish_summary(
    *,
    by: Actor,
    period: Period,
    render: Render,
    audience: str = Audience.LEADERSHIP,
    unit: Unit | None = None,
    case_number: str = "",
) -> Publication:
    """Freezes the summary as number n+1 of its audience and area, or gives the latest when nothing is new.

    New is another content, or a case number the latest does not have; without one the period's own is used.
    `render` makes the files. The period is locked meanwhile, so two at once give one publication. Raises
    PermissionDenied, Refused for an area without reports, and what `render` raises; then nothing is
    stored.
    """
    if not isinstance(by, SystemActor) and not (
        isinstance(by, User) and may_publish(read_duties(by), audience)
    ):
        raise PermissionDenied
    with acting(by, _("Publiserte sammendrag for {audience}").format(audience=audience_name(audience, unit))):
        period = _locked(period)
        frozen = document_for(audience, period_facts(period, reach_for(period, audience, unit)))
        data = to_plain(frozen)
        sha256 = content_sha256(data)
        latest = _latest(period, audience, unit)
        if latest and latest.data_sha256 == sha256 and case_number in ("", latest.case_number):
            return latest
        imprint = Imprint(latest.number + 1 if latest else 1, case_number or period.case_number)
        made = render(frozen, imprint)
        return Publication.objects.create(
            period=period,
            audience=audience,
            unit=unit,
            number=imprint.number,
            case_number=imprint.case_number,
            data=data,
            data_sha256=sha256,
            pdf=made.pdf,
            pdf_sha256=hashlib.sha256(made.pdf).hexdigest(),
            archive_pdf=made.archive_pdf,
            archive_pdf_sha256=hashlib.sha256(made.archive_pdf).hexdigest() if made.archive_pdf else "",
            html=made.html,
            **actor_values("published_by", by),
        )


def reach_for(period: Period, audience: str, unit: Unit | None) -> Reach:
    """What a publication for the audience is about: the area, or all. Raises Refused."""
    if audience != Audience.AREA:
        if unit is not None:
            raise Refused(_("Bare sammendrag for et område gjelder ett område."))
        return WHOLE
    found = next((one for one in Reaches(period).areas() if unit and one.unit_id == unit.pk), None)
    if found is None:
        raise Refused(_("Velg et område med virksomheter som rapporterer i perioden."))
    return found


def _latest(period: Period, audience: str, unit: Unit | None) -> Publication | None:
    rows = Publication.objects.filter(period=period, audience=audience, unit=unit)
    return rows.order_by("-number").first()


def start_order(order_id: int) -> SummaryOrder | None:
    """Marks the order as being made; None when it is finished already. A second start is harmless."""
    with transaction.atomic():
        hold_run()
        rows = SummaryOrder.objects.filter(pk=order_id).exclude(state=OrderState.DONE)
        if not rows.update(state=OrderState.RUNNING, error=""):
            return None
    return SummaryOrder.objects.select_related("period__budget", "unit", "ordered_by").get(pk=order_id)


def finish_order(
    order: SummaryOrder, *, pdf: bytes | None = None, publication: Publication | None = None
) -> None:
    """The order has its preview (`pdf`) or its publication. Raises RunReplaced when a later run has it."""
    with transaction.atomic():
        hold_run()
        SummaryOrder.objects.filter(pk=order.pk).update(
            state=OrderState.DONE, finished_at=timezone.now(), pdf=pdf, publication=publication
        )


def fail_order(order_id: int, sentence: str) -> None:
    """The order could not be made; the sentence is for the orderer. Raises RunReplaced as `finish_order`."""
    with transaction.atomic():
        hold_run()
        SummaryOrder.objects.filter(pk=order_id).exclude(state=OrderState.DONE).update(
            state=OrderState.FAILED, finished_at=timezone.now(), error=sentence
        )


def _locked(period: Period) -> Period:
    rows = Period.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("budget__target__strategy", "budget__edition__municipality").get(pk=period.pk)
