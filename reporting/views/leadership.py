"""The period for leadership: the dashboard, and the summary as PDF by order."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from climate_portal.web.http import render_page, see_other
from climate_portal.web.worker import worker_is_up
from organisation.models import User
from organisation.rules import Duties, Permission, duties
from reporting import actions
from reporting.enums import OrderState
from reporting.exports import summary_file_name
from reporting.models import Period, Publication, SummaryOrder
from reporting.queries.leadership import (
    Published,
    area_summary,
    leadership_summary,
    published_summary,
)
from reporting.queries.reports import period_by_code, periods_newest_first
from reporting.queries.sentences import budget_name, edition_name, state_line
from reporting.queries.summary import LeadershipSummary
from reporting.queries.summary_page import page_of
from reporting.rules.reports import may_publish

WAITED_LONG = timedelta(seconds=6)


def dashboard(request: HttpRequest, code: str) -> HttpResponse:
    """The period as it stands, for those who read from inside; what is published, for everybody else.

    A leader of units sees their part instead, «til orientering», with the publication beside it.
    """
    asked = request.GET.get("periode", "")
    if asked and asked != code and period_by_code(asked) is not None:
        return see_other(_dashboard_url(asked))
    period = _period(code)
    held = _duties(request)
    inside = Permission.READ_DASHBOARD in held.permissions
    published = published_summary(period)
    led = frozenset() if inside else held.leader_units | held.units_below
    if inside:
        summary = leadership_summary(period)
    elif led:
        summary = area_summary(period, led)
    elif published:
        summary = published.summary
    else:
        raise Http404
    context = _summary_context(period, summary, published, live=inside or bool(led))
    context |= {
        "part": bool(led),
        "may_order": Permission.PUBLISH_SUMMARY in held.permissions,
        "publish_url": reverse("reporting:publish", args=[code]) if may_publish(held) else "",
    }
    return render_page(request, "reporting/dashboard.html", context)


def _summary_context(
    period: Period, summary: LeadershipSummary, published: Published | None, *, live: bool
) -> dict[str, object]:
    at = timezone.now() if live or published is None else published.at
    code = period.code
    return {
        "page_title": _("Klimastatus, {period}").format(period=period),
        "summary": summary,
        "page": page_of(summary, timezone.localdate(at)),
        "state": state_line(summary, at),
        "budget_name": budget_name(summary),
        "edition_name": edition_name(summary),
        "publication": published,
        "publication_url": _publication_url(code, published.number) if published else "",
        "periods": periods_newest_first(),
        "dashboard_url": _dashboard_url(code),
        "order_url": reverse("reporting:order_summary", args=[code]),
        # The report of one unit is this followed by the unit's number.
        "report_base": _dashboard_url(code) if live else "",
    }


def order_summary(request: HttpRequest, code: str) -> HttpResponse:
    """Orders a preview for the one who asks, and leads to the page that follows it."""
    order = actions.order_summary(by=_user(request), period=_period(code), preview=True)
    return see_other(_order_url(order))


def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Asks before it publishes: what is published stays."""
    period = _period(code)
    if request.method == "POST":
        order = actions.order_summary(by=_user(request), period=period, preview=False)
        return see_other(_order_url(order))
    if not may_publish(_duties(request)):
        raise PermissionDenied
    summary = leadership_summary(period)
    latest = Publication.objects.filter(period=period).order_by("-number").values_list("number", flat=True)
    context = {
        "page_title": _("Publisere sammendraget for {period}?").format(period=period),
        "period_name": str(period),
        "state": state_line(summary),
        "missing": summary.missing,
        "latest_number": latest.first(),
        "publish_url": reverse("reporting:publish", args=[code]),
        "dashboard_url": _dashboard_url(code),
    }
    return render_page(request, "reporting/publish.html", context)


def order(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """How far an order has come; asked every second until it is done."""
    found = _order(request, code, pk)
    context = {
        "page_title": _("Sammendrag for {period}").format(period=found.period),
        "period_name": str(found.period),
        "dashboard_url": _dashboard_url(code),
        "progress": _progress(found),
    }
    return render_page(request, "reporting/order.html", context, partials={"sammendrag": "progress"})


def _progress(order: SummaryOrder) -> dict[str, object]:
    done, failed = order.state == OrderState.DONE, order.state == OrderState.FAILED
    return {
        "title": _("Sammendrag for {period}").format(period=order.period),
        "url": _order_url(order),
        "text": _progress_text(order),
        "done": done,
        "failed": failed,
        "result_url": reverse("reporting:order_pdf", args=[order.period.code, order.pk]) if done else "",
        "result_button": _("Last ned PDF"),
    }


def _progress_text(order: SummaryOrder) -> str:
    waited = timezone.now() - order.ordered_at
    if order.state == OrderState.FAILED:
        return order.error
    if order.state == OrderState.DONE:
        if order.publication is None:
            return _("Sammendraget er klart. Det er et utkast, og er ikke publisert.")
        if order.publication.published_at < order.ordered_at:
            return _("Ingenting er endret siden publikasjon nr. {n}, så den gjelder fortsatt.").format(
                n=order.publication.number
            )
        return _("Publisert som nr. {n}.").format(n=order.publication.number)
    if waited > WAITED_LONG and not worker_is_up():
        return _(
            "Bakgrunnsjobben er ikke i gang nå. Bestillingen er lagret, og sammendraget blir laget når den "
            "starter igjen. Varer det, meld fra til Klima."
        )
    if waited > actions.ORDER_LIFE:
        return _("Dette tar lengre tid enn det skal. Gå tilbake og bestill på nytt.")
    return _("Vi lager sammendraget. Det tar noen sekunder.")


def order_pdf(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The finished summary of an order."""
    found = _order(request, code, pk)
    if found.state != OrderState.DONE:
        raise Http404
    if found.publication is not None:
        return _pdf(found.publication.pdf, summary_file_name(code, found.publication.number))
    if found.pdf is None:
        raise Http404
    return _pdf(found.pdf, summary_file_name(code, None))


def publication_pdf(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A publication exactly as it was published."""
    row = Publication.objects.filter(period=_period(code), number=number).defer("data").first()
    if row is None:
        raise Http404
    response = _pdf(row.pdf, summary_file_name(code, number))
    response.headers["ETag"] = f'"{row.pdf_sha256}"'
    return response


def _pdf(content: bytes | memoryview, name: str) -> HttpResponse:
    response = HttpResponse(bytes(content), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _order(request: HttpRequest, code: str, pk: int) -> SummaryOrder:
    """One's own order, or one that is published. To others it does not exist: raises Http404."""
    found = (
        SummaryOrder.objects.select_related("period", "publication")
        .defer("publication__data")
        .filter(pk=pk)
        .first()
    )
    if found is None or found.period.code != code:
        raise Http404
    if found.ordered_by_id != _user(request).pk and found.publication_id is None:
        raise Http404
    return found


def _period(code: str) -> Period:
    found = period_by_code(code)
    if found is None:
        raise Http404
    return found


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _duties(request: HttpRequest) -> Duties:
    return duties(_user(request))


def _dashboard_url(code: str) -> str:
    return reverse("reporting:dashboard", args=[code])


def _order_url(order: SummaryOrder) -> str:
    return reverse("reporting:order", args=[order.period.code, order.pk])


def _publication_url(code: str, number: int) -> str:
    return reverse("reporting:publication_pdf", args=[code, number])
