"""Klima's review desk."""

from __future__ import annotations

from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisation.rules import AuthenticatedRequest
from reporting.actions import desk as desk_actions
from reporting.enums import ReportState
from reporting.forms.desk import DeskFilterForm, MeasureCommentForm, MoveMeasureForm
from reporting.models import MeasureStatus, Period
from reporting.queries import desk as queries
from reporting.rules.desk import offered_move
from reporting.views.crumbs import start_crumb
from reporting.views.deviations import query_without_page
from reporting.views.period_files import get_period
from reporting.views.report_cards import version_in
from reporting.words.desk import desk_in_words
from strategy.models import MEASURE_STATE_LABELS, Measure
from strategy.rules import needs_reason
from web.form_page import FormPage, run_form
from web.formats import whole_number
from web.http import render_page, see_other
from web.names import naming

# What a posted report is called: «rapport-<id>», with the version it was read at.
CHOSEN = "rapport-"


@require_safe
def desk(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """All units at a glance, and what to look at in each; filters live in the address."""
    period = get_period(code)
    form = DeskFilterForm(period, request.GET)
    chosen = form.chosen
    found = queries.desk(period, chosen)
    approved = sum(unit.report.state in (ReportState.APPROVED, ReportState.ASSURED) for unit in found.units)
    context = {
        "page_title": naming(_("{Climate_names} pult, {period}"), period=period),
        "period": period,
        "form": form,
        "desk": desk_in_words(found),
        "approved": approved,
        "missing": found.count("mangler"),
        "odd": found.count("skiller"),
        "can_assure": any(unit.can_be_assured for unit in found.shown),
        "query": query_without_page(request),
        "is_filtered": any(request.GET.get(name) for name in form.fields),
    }
    return render_page(request, "reporting/desk.html", context, partials={"pult": "desk"})


@require_http_methods(["GET", "HEAD", "POST"])
def assure_many(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Assures the chosen reports, and tells how it went with each. A GET is the desk."""
    period = get_period(code)
    desk_url = reverse("reporting:desk", args=[code])
    if request.method != "POST":
        return see_other(desk_url)
    chosen = {
        pk: version_in(str(value))
        for name, value in request.POST.items()
        if name.startswith(CHOSEN) and (pk := whole_number(name.removeprefix(CHOSEN), 0))
    }
    results = desk_actions.assure_many(by=request.user, period=period, chosen=chosen)
    title = _("Kvalitetssikret samlet, {period}") if results else _("Ingen rapporter er valgt, {period}")
    context = {
        "page_title": title.format(period=period),
        "period": period,
        "results": results,
        "done": sum(result.done for result in results),
        "desk_url": desk_url,
    }
    conflict = any(not result.done for result in results)
    return render_page(request, "reporting/desk_results.html", context, status=409 if conflict else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: AuthenticatedRequest, code: str, pk: int) -> HttpResponse:
    """Klima's comment on one measure of a report."""
    period, status = _found(code, pk)
    page = _page(
        period,
        status,
        title=_("Kommenter tiltaket"),
        button=_("Lagre kommentaren"),
        done=_("Kommentaren er lagret."),
        facts=[(_("Rapportert"), status.get_status_display()), *_said(status)],
    )

    def work(form: MeasureCommentForm) -> None:
        desk_actions.comment_measure(by=request.user, status=status, text=form.cleaned_data["text"])

    return run_form(request, page, MeasureCommentForm, work)


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: AuthenticatedRequest, code: str, pk: int) -> HttpResponse:
    """Moves the measure in the strategy to where the assured report says that it has come."""
    period, status = _found(code, pk)
    measure = status.measure
    state = offered_move(status.status, measure.state)
    if state is None and request.method != "POST":
        return see_other(reverse("reporting:desk", args=[code]))
    label = str(MEASURE_STATE_LABELS[state]) if state else ""
    page = _page(
        period,
        status,
        title=_("Flytt tiltaket"),
        button=_("Flytt til «{state}»").format(state=label) if label else _("Flytt"),
        done=_("Tiltaket er flyttet."),
        facts=[
            (_("Står nå"), measure.get_state_display()),
            (_("Rapportert"), status.get_status_display()),
        ],
    )
    must = state is not None and needs_reason(state)

    def make(data: QueryDict | None) -> MoveMeasureForm:
        reason = status.cause or status.what_happened
        version = Measure.objects.values_list("version", flat=True).get(pk=measure.pk)
        initial = {"version": version, "reason": reason if must else ""}
        return MoveMeasureForm(data, initial=initial, must=must)

    def work(form: MoveMeasureForm) -> None:
        desk_actions.move_reported_measure(by=request.user, status=status, **form.cleaned_data)

    return run_form(request, page, make, work)


def _found(code: str, pk: int) -> tuple[Period, MeasureStatus]:
    period = get_period(code)
    rows = MeasureStatus.objects.select_related("measure", "line", "report__unit")
    status = rows.filter(pk=pk, report__period=period).first()
    if status is None:
        raise Http404
    return period, status


def _page(
    period: Period,
    status: MeasureStatus,
    *,
    title: str,
    button: str,
    done: str,
    facts: list[tuple[str, str]],
) -> FormPage:
    desk_url = reverse("reporting:desk", args=[period.code])
    return FormPage(
        title=title,
        button=button,
        back_url=f"{desk_url}#tiltak-{status.pk}",
        done=done,
        crumbs=[start_crumb(), (naming(_("{Climate_names} pult, {period}"), period=period), desk_url)],
        lead=f"{status.measure}, {status.report.unit.name}",
        facts=facts,
    )


def _said(status: MeasureStatus) -> list[tuple[str, str]]:
    facts = [
        (_("Siden sist"), status.what_happened),
        (_("Årsak"), status.cause),
        (_("Hva vi gjør"), status.corrective_action),
    ]
    return [(label, text) for label, text in facts if text]
