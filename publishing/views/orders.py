"""Publishing for an audience, and drafts of it: ordered by POST, made by the worker, followed on a page."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisation.models import Unit
from organisation.rules import AuthenticatedRequest, duties
from publishing.actions import publications
from publishing.enums import Audience, OrderState
from publishing.exports.publication_files import name_of, summary_file_name
from publishing.forms.publications import PublishForm
from publishing.models import SummaryOrder
from publishing.queries.audiences import Addressee, addressee_of, audience_name
from publishing.queries.period_facts import period_facts
from publishing.queries.publications import find_publication
from publishing.rules.publications import may_preview, may_publish, may_read_publication
from publishing.views.publications import dashboard_url
from publishing.words.period_summary import summary_of
from publishing.words.summary import awaiting_sentence, state_line
from reporting.models import Period
from reporting.views.crumbs import start_crumb
from reporting.views.period_files import get_period
from web.downloads import download
from web.form_page import FormPage, run_form
from web.http import render_page, see_other
from web.names import naming
from web.refusals import Refused
from web.worker import worker_is_up

WAITED_LONG = timedelta(seconds=6)


def order_summary(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Orders a draft for the one who asks, and leads to the page that follows it."""
    period = get_period(code)
    whom, unit = _whom(request.POST.get("for", ""))
    try:
        order = publications.order_summary(
            by=request.user, period=period, preview=True, audience=whom.audience, unit=unit
        )
    except Refused as refusal:
        raise Http404 from refusal
    return see_other(_order_url(order))


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Asks before it publishes: what is published stays."""
    period = get_period(code)
    whom, unit = _whom((request.POST if request.method == "POST" else request.GET).get("for", ""))
    if not may_publish(duties(request.user), whom.audience):
        raise PermissionDenied
    list_url = reverse("publishing:publications", args=[code])
    page = FormPage(
        title=_("Publisere for {whom}, {period}?").format(
            whom=audience_name(whom.audience, unit), period=period
        ),
        button=_("Publiser sammendrag"),
        back_url=list_url,
        # The order's own page tells how it goes.
        done="",
        crumbs=[start_crumb(), (_("Publikasjoner"), list_url)],
        template="publishing/publish.html",
        context=_question(request, period, whom, unit),
    )

    def work(form: PublishForm) -> str:
        order = publications.order_summary(
            by=request.user,
            period=period,
            preview=False,
            audience=whom.audience,
            unit=unit,
            case_number=form.cleaned_data["case_number"],
        )
        return _order_url(order)

    def make(data: QueryDict | None) -> PublishForm:
        return PublishForm(data, initial={"case_number": period.case_number})

    return run_form(request, page, make, work)


def _question(
    request: AuthenticatedRequest, period: Period, whom: Addressee, unit: Unit | None
) -> dict[str, object]:
    """What is to be published. Raises Http404 for an area without reports."""
    try:
        summary = summary_of(period_facts(period, publications.reach_for(period, whom.audience, unit)))
    except Refused as refusal:
        raise Http404 from refusal
    latest = find_publication(period, whom.audience, whom.unit_id)
    return {
        "audience": whom.audience.value,
        "whom": whom.slug,
        "state": state_line(summary),
        "missing": summary.missing,
        "awaiting": awaiting_sentence(summary.awaiting_leader),
        "latest_number": latest.number if latest else None,
        "may_preview": may_preview(duties(request.user), whom.audience),
        "order_url": reverse("publishing:order_summary", args=[period.code]),
    }


def order(request: AuthenticatedRequest, code: str, pk: int) -> HttpResponse:
    """How far an order has come; asked every second until it is done."""
    found = _order(request, code, pk)
    context = {
        "page_title": _title(found),
        "period_name": str(found.period),
        "dashboard_url": dashboard_url(code),
        "publications_url": reverse("publishing:publications", args=[code]),
        "progress": _progress(found),
    }
    return render_page(request, "publishing/order.html", context, partials={"sammendrag": "progress"})


def _title(order: SummaryOrder) -> str:
    if order.audience == Audience.LEADERSHIP:
        return _("Sammendrag for {period}").format(period=order.period)
    return _("Sammendrag for {whom}, {period}").format(
        whom=audience_name(order.audience, order.unit), period=order.period
    )


def _progress(order: SummaryOrder) -> dict[str, object]:
    done, failed = order.state == OrderState.DONE, order.state == OrderState.FAILED
    return {
        "title": _title(order),
        "url": _order_url(order),
        "text": _progress_text(order),
        "done": done,
        "failed": failed,
        "result_url": reverse("publishing:order_pdf", args=[order.period.code, order.pk]) if done else "",
        "result_button": _("Last ned PDF"),
        "again_url": reverse(
            "publishing:order_summary" if order.preview else "publishing:publish", args=[order.period.code]
        ),
        "again_fields": (
            ("for", Addressee(Audience(order.audience), order.unit_id).slug),
            ("case_number", order.case_number),
        ),
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
        sentence = _(
            "Bakgrunnsjobben er ikke i gang nå. Bestillingen er lagret, og sammendraget blir laget når den "
            "starter igjen. Varer det, meld fra til {climate_name}."
        )
        return naming(sentence)
    if waited > publications.ORDER_LIFE:
        return _("Dette tar lengre tid enn det skal. Gå tilbake og bestill på nytt.")
    return _("Vi lager sammendraget. Det tar noen sekunder.")


def order_pdf(request: AuthenticatedRequest, code: str, pk: int) -> HttpResponse:
    """The finished summary of an order."""
    found = _order(request, code, pk)
    if found.state != OrderState.DONE:
        raise Http404
    if found.publication is not None:
        return download(bytes(found.publication.pdf), name_of(found.publication, ".pdf"))
    if found.pdf is None:
        raise Http404
    whom = Addressee(Audience(found.audience), found.unit_id)
    return download(bytes(found.pdf), summary_file_name(code, None, whom))


def _order(request: AuthenticatedRequest, code: str, pk: int) -> SummaryOrder:
    """One's own order, or one that is published. To others it does not exist: raises Http404."""
    found = (
        SummaryOrder.objects.select_related("period", "unit", "publication__period")
        .defer("publication__data", "publication__archive_pdf", "publication__html")
        .filter(pk=pk)
        .first()
    )
    if found is None or found.period.code != code:
        raise Http404
    mine = found.ordered_by_id == request.user.pk
    held = duties(request.user)
    published = found.publication_id is not None and may_read_publication(held, found.audience, found.unit_id)
    if not mine and not published:
        raise Http404
    return found


def _whom(slug: str) -> tuple[Addressee, Unit | None]:
    """Whom something is made for, the leadership when nobody is named. Raises Http404."""
    whom = addressee_of(slug) if slug else Addressee(Audience.LEADERSHIP)
    if whom is None:
        raise Http404
    unit = Unit.objects.filter(pk=whom.unit_id).first() if whom.unit_id is not None else None
    if unit is None and whom.unit_id is not None:
        raise Http404
    return whom, unit


def _order_url(order: SummaryOrder) -> str:
    return reverse("publishing:order", args=[order.period.code, order.pk])
