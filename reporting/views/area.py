"""The area: the reports of all units below, «til orientering», and the approving step where it has one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisation.models import Unit
from organisation.queries import units_above
from organisation.rules import AuthenticatedRequest, Permission, duties
from reporting.actions.area import approve_for_area
from reporting.actions.reports import return_report
from reporting.enums import LogKind
from reporting.forms.steps import StepForm
from reporting.models import UnitReport
from reporting.queries.area import bundle_of
from reporting.queries.reports import Answer, answers_of, first_submitted
from reporting.rules.reports import (
    is_late,
    why_not_area_approvable,
    why_not_returnable,
)
from reporting.views.crumbs import crumbs_of, report_crumb
from reporting.views.period_files import get_period
from reporting.views.report_cards import version_in
from reporting.views.report_page import address, get_report, refuse
from reporting.views.steps import rows_of, worst_first
from reporting.words import answers as answer_words
from reporting.words.chain import said
from reporting.words.progress import deviation_sentence
from web.concurrency import StaleObject
from web.http import render_page, see_other
from web.refusals import Refused

RETURN = "returner"


@require_safe
def area(request: AuthenticatedRequest, code: str, area: int) -> HttpResponse:
    """The bundle of one area. To others than its leaders and those who read from inside it does not exist."""
    period = get_period(code)
    found = Unit.objects.filter(pk=area).first()
    held = duties(request.user)
    inside = Permission.READ_INTERNAL in held.permissions
    if found is None or not (inside or area in held.leader_units):
        raise Http404
    below = {unit for unit, above in units_above().items() if area in above} | {area}
    bundle = bundle_of(period, below, timezone.now())
    rows = [
        replace(row, waiting=said(row.waiting), answers=tuple(answer_words.said(row.answers)))
        for row in bundle
    ]
    if not rows:
        raise Http404
    context = {
        "page_title": _("{area}, {period}").format(area=found, period=period),
        "crumbs": crumbs_of((_("{area}, {period}").format(area=found, period=period), "")),
        "period": period,
        "area": found,
        "rows": rows,
        "missing": [row for row in rows if not row.approved],
        "waiting": [row for row in rows if row.waits_for_area] if area in held.leader_units else [],
        "has_step": any(row.report.needs_area for row in rows),
    }
    return render_page(request, "reporting/area.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def area_step(request: AuthenticatedRequest, code: str, unit: int) -> HttpResponse:
    """One report for the leader above: approve it for the area, or return it with a comment."""
    report, who = get_report(request, code, unit)
    if not who.oversees:
        raise PermissionDenied
    if request.method == "POST":
        return _take(request, report)
    if why_not_area_approvable(report):
        return see_other(address("report", report))
    answers = answers_of(report)
    return _step_page(request, report, answers, StepForm(answers, help_text=_help()))


def _take(request: AuthenticatedRequest, report: UnitReport) -> HttpResponse:
    _report, who = get_report(request, report.period.code, report.unit_id)
    returns = request.POST.get("gjor") == RETURN
    must = _("Skriv hva som skal rettes, her eller ved et tiltak, før du returnerer rapporten.")
    answers = answers_of(report)
    form = StepForm(answers, request.POST, must=must if returns else "", help_text=_help())
    if not form.is_valid():
        return _step_page(request, report, answers, form, status=422)
    step = return_report if returns else approve_for_area
    try:
        step(
            by=request.user,
            report=report,
            version=version_in(request.POST.get("version", "")),
            comment=form.cleaned_data["comment"],
            comments=form.comments(),
        )
    except Refused as refused:
        if not returns and _approved_already(request, report):
            return see_other(address("report", report))
        return refuse(request, report, who, str(refused))
    except StaleObject:
        moved = _("Rapporten er endret siden du åpnet den. Les den på nytt før du går videre.")
        return refuse(request, report, who, moved)
    done = _("Rapporten er godkjent for området.")
    messages.success(request, _("Rapporten er returnert til virksomheten.") if returns else done)
    return see_other(address("report", report))


def _approved_already(request: AuthenticatedRequest, report: UnitReport) -> bool:
    """The second click of a double click: the user has approved what is approved now."""
    latest = report.log.filter(kind=LogKind.AREA_APPROVED).order_by("-pk").first()
    now = UnitReport.objects.get(pk=report.pk)
    return latest is not None and latest.by_id == request.user.pk and now.area_approved_at is not None


def _step_page(
    request: AuthenticatedRequest,
    report: UnitReport,
    answers: Sequence[Answer],
    form: StepForm,
    *,
    status: int = 200,
) -> HttpResponse:
    _report, who = get_report(request, report.period.code, report.unit_id)
    in_words = answer_words.said(answers)
    off_plan = sorted((one for one in in_words if one.status.off_plan), key=worst_first)
    changed = [answer for answer in in_words if answer.changed and answer not in off_plan]
    rest = [answer for answer in in_words if answer not in off_plan and answer not in changed]
    context = {
        "page_title": _("Godkjenn for området: {unit}").format(unit=report.unit),
        "crumbs": crumbs_of(report_crumb(report), (_("Godkjenn for området"), "")),
        "report": report,
        "form": form,
        "lead": deviation_sentence(len(answers), len(off_plan)),
        "late": is_late(report, first_submitted(report)),
        "off_plan": rows_of(off_plan, form),
        "changed": rows_of(changed, form),
        "rest": rows_of(rest, form),
        "may_return": not why_not_returnable(report, who, timezone.now()),
        "step_url": address("area_step", report),
    }
    return render_page(request, "reporting/area_step.html", context, status=status)


def _help() -> str:
    return _("Valgfritt når du godkjenner. Når du returnerer, skriver du hva som skal rettes.")
