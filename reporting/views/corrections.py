"""Corrections after the close, the difference between two versions, and what a KF says of its board."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisation.rules import AuthenticatedRequest
from reporting.actions.corrections import open_correction, withdraw_correction
from reporting.actions.enterprises import save_board
from reporting.enums import ReportState
from reporting.forms.chain import BoardForm, CorrectionForm
from reporting.models import ReportVersion
from reporting.rules.reports import is_enterprise, why_not_editable
from reporting.views.crumbs import crumbs_of, report_crumb, start_crumb
from reporting.views.report_cards import version_in
from reporting.views.report_page import address, get_report, refuse
from reporting.words.versions import compare_versions
from web.concurrency import StaleObject
from web.form_page import FormPage, run_form
from web.http import render_page, see_other
from web.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: AuthenticatedRequest, code: str, unit: int) -> HttpResponse:
    """Opens one report of a closed period."""
    report, who = get_report(request, code, unit)
    if not who.assures:
        raise PermissionDenied
    page = FormPage(
        title=_("Åpne rapporten for retting"),
        button=_("Åpne rapporten"),
        back_url=address("report", report),
        done=_("Rapporten er åpnet for retting."),
        crumbs=[start_crumb(), report_crumb(report)],
        lead=_("{unit}, {period}.").format(unit=report.unit, period=report.period),
        note=_(
            "Rettingen blir en ny nummerert versjon, og forskjellen vises. Så lenge rapporten rettes, regnes "
            "den ikke som godkjent i klimastatusen. Det som er publisert, endres ikke."
        ),
    )

    def work(form: CorrectionForm) -> None:
        data = form.cleaned_data
        open_correction(
            by=request.user,
            report=report,
            version=data["version"],
            reason=data["reason"],
            to_unit=form.to_unit,
        )

    def make(data: QueryDict | None) -> CorrectionForm:
        fresh, _who = get_report(request, code, unit)
        only = fresh.state not in (ReportState.SUBMITTED, ReportState.APPROVED)
        return CorrectionForm(data, report=fresh, only_answers=only)

    return run_form(request, page, make, work)


def withdraw(request: AuthenticatedRequest, code: str, unit: int) -> HttpResponse:
    """Gives up a correction that nobody has begun on; the button stands on the report's page."""
    report, who = get_report(request, code, unit)
    if not who.assures:
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        withdraw_correction(
            by=request.user, report=report, version=version_in(request.POST.get("version", ""))
        )
    except Refused as refused:
        return refuse(request, report, who, str(refused))
    except StaleObject:
        return refuse(
            request, report, who, _("Rapporten er endret siden du åpnet siden. Ingenting er gjort.")
        )
    messages.success(request, _("Rettingen er trukket. Rapporten står som da perioden ble lukket."))
    return see_other(address("report", report))


@require_safe
def versions(request: AuthenticatedRequest, code: str, unit: int) -> HttpResponse:
    """What is different between two versions, field by field: the two latest, or «fra» and «til»."""
    report, _who = get_report(request, code, unit)
    numbers = list(report.versions.order_by("number").values_list("number", flat=True))
    if not numbers:
        raise Http404
    later = _number(request, "til", numbers, numbers[-1])
    earlier = _number(request, "fra", numbers, max((one for one in numbers if one < later), default=later))
    earlier, later = sorted((earlier, later))
    found = {
        one.number: one
        for one in report.versions.select_related("submitted_by").filter(number__in=[earlier, later])
    }
    context = {
        "page_title": _("Endringer mellom versjoner av rapporten"),
        "crumbs": crumbs_of(report_crumb(report), (_("Endringer"), "")),
        "report": report,
        "numbers": numbers,
        "earlier": found[earlier],
        "later": found[later],
        "reason": _reason(found[later]),
        "diff": compare_versions(found[earlier].content, found[later].content),
        "versions_url": address("versions", report),
    }
    return render_page(request, "reporting/versions.html", context)


def _number(request: AuthenticatedRequest, name: str, numbers: list[int], usual: int) -> int:
    asked = request.GET.get(name, "")
    if not asked:
        return usual
    number = version_in(asked)
    if number not in numbers:
        raise Http404
    return number


def _reason(version: ReportVersion) -> str:
    """Why the version was sent, when it is a correction after the close."""
    return str(version.content.get("correction", ""))


@require_http_methods(["GET", "HEAD", "POST"])
def board(request: AuthenticatedRequest, code: str, unit: int) -> HttpResponse:
    """When a KF's board treats the report, and where its own report is found."""
    report, who = get_report(request, code, unit)
    if not is_enterprise(report):
        raise Http404
    if not who.reports:
        raise PermissionDenied
    if request.method != "POST" and why_not_editable(report, timezone.now()):
        return see_other(address("report", report))
    page = FormPage(
        title=_("Styrebehandling og egen rapport"),
        button=_("Lagre"),
        back_url=address("report", report),
        done=_("Styrebehandlingen er lagret."),
        crumbs=[start_crumb(), report_crumb(report)],
        lead=_("{unit}, {period}.").format(unit=report.unit, period=report.period),
    )

    def work(form: BoardForm) -> None:
        data = form.cleaned_data
        save_board(
            by=request.user,
            report=report,
            version=data["version"],
            board_date=data["board_date"],
            own_report=data["own_report"],
        )

    def make(data: QueryDict | None) -> BoardForm:
        fresh, _who = get_report(request, code, unit)
        return BoardForm(data, report=fresh)

    return run_form(request, page, make, work)
