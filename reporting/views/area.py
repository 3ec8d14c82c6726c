"""The area: the reports of all units below, «til orientering», and the approving step where it has one."""

from __future__ import annotations

from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisation.models import Unit
from organisation.queries.units import units_above
from organisation.rules import AuthenticatedRequest, Permission, duties
from reporting.actions.area import approve_for_area
from reporting.actions.reports import return_report
from reporting.queries.area import bundle_of
from reporting.queries.reports import answers_of, first_submitted
from reporting.rules.reports import (
    is_late,
    why_not_area_approvable,
    why_not_returnable,
)
from reporting.views.crumbs import crumbs_of, report_crumb, start_crumb
from reporting.views.period_files import get_period
from reporting.views.report_page import address, get_report
from reporting.views.steps import lead_of, must_say, run_step
from reporting.words import answers as answer_words
from reporting.words.chain import said
from web.form_page import FormPage
from web.http import render_page, see_other

RETURN = "returner"


@require_safe
def area(request: AuthenticatedRequest, code: str, area: int) -> HttpResponse:
    """The bundle of one area. To others than its leaders and those who read from inside it does not exist."""
    period = get_period(code)
    found = Unit.objects.filter(pk=area).first()
    held = duties(request.user)
    inside = Permission.READ_INTERNAL in held.permissions
    if found is None or not (inside or area in held.approves_for):
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
        "waiting": [row for row in rows if row.waits_for_area] if area in held.approves_for else [],
        "has_step": any(row.report.needs_area for row in rows),
    }
    return render_page(request, "reporting/area.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def area_step(request: AuthenticatedRequest, code: str, unit: int) -> HttpResponse:
    """One report for the leader above: approve it for the area, or return it with a comment."""
    report, who = get_report(request, code, unit)
    if not who.oversees:
        raise PermissionDenied
    if request.method != "POST" and why_not_area_approvable(report):
        return see_other(address("report", report))
    returns = request.POST.get("gjor") == RETURN
    may_return = not why_not_returnable(report, who, timezone.now())
    answers = answers_of(report)
    page = FormPage(
        title=_("Godkjenn for området: {unit}").format(unit=report.unit),
        back_url=address("report", report),
        done=_("Rapporten er returnert til virksomheten.")
        if returns
        else _("Rapporten er godkjent for området."),
        crumbs=[start_crumb(), report_crumb(report)],
        lead=lead_of(answers),
        template="reporting/area_step.html",
        context={
            "report": report,
            "late": is_late(report, first_submitted(report)),
            "may_return": may_return,
        },
    )
    step = return_report if returns else approve_for_area
    must = must_say() if returns else ""
    return run_step(request, page, report, step, answers, help_text=_help(), must=must)


def _help() -> str:
    return _("Valgfritt når du godkjenner. Når du returnerer, skriver du hva som skal rettes.")
