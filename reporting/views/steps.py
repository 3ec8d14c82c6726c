"""The steps after a report is sent: the leader approves, Klima assures, either returns it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from climate_portal.web.concurrency import StaleObject
from climate_portal.web.http import render_page, see_other
from organisation.models import User
from reporting import actions
from reporting.enums import ReportState, Status
from reporting.forms.answers import CommentForm
from reporting.models import UnitReport
from reporting.queries.reports import answers_of, first_submitted, report_of
from reporting.queries.waiting import deviation_sentence
from reporting.rules.reports import (
    Relation,
    ReportingRefused,
    is_late,
    why_not_approvable,
    why_not_assurable,
    why_not_returnable,
)
from reporting.views.cards import version_in
from reporting.views.reading import address, get_report, refuse, title_of

_TEMPLATES = {"approve": "reporting/approve.html", "assure": "reporting/assure.html"}
_MOVES_A_MEASURE = frozenset({Status.COMPLETED, Status.STOPPED, Status.POSTPONED})
_Step = Callable[[str], object]


def approve(request: HttpRequest, code: str, unit: int) -> HttpResponse:
    """The leader's own page, made for a phone: deviations first, then changes, then the rest."""
    report, who = get_report(request, code, unit)
    if not who.leads:
        raise PermissionDenied
    if request.method != "POST":
        sentence = why_not_approvable(report)
        return see_other(address("report", report)) if sentence else _step_page(request, report, who)
    return _take(
        request,
        report,
        who,
        target=ReportState.APPROVED,
        deed=lambda comment: actions.approve_report(
            by=_user(request), report=report, version=_version(request), comment=comment
        ),
        done=_("Rapporten er godkjent. Klima kvalitetssikrer den nå."),
    )


def assure(request: HttpRequest, code: str, unit: int) -> HttpResponse:
    """Klima's page: the whole report with the leader's comment."""
    report, who = get_report(request, code, unit)
    if not who.assures:
        raise PermissionDenied
    if request.method != "POST":
        sentence = why_not_assurable(report)
        return see_other(address("report", report)) if sentence else _step_page(request, report, who)
    return _take(
        request,
        report,
        who,
        target=ReportState.ASSURED,
        deed=lambda comment: actions.assure_report(
            by=_user(request), report=report, version=_version(request), comment=comment
        ),
        done=_("Rapporten er kvalitetssikret."),
    )


def give_back(request: HttpRequest, code: str, unit: int) -> HttpResponse:
    """Returns the report to the unit with a comment; the form stands on the approving and assuring pages."""
    report, who = get_report(request, code, unit)
    if not (who.leads or who.assures):
        raise PermissionDenied
    if request.method != "POST":
        sentence = why_not_returnable(report, who, timezone.now())
        return see_other(address("report" if sentence else _step_name(report), report))
    return _take(
        request,
        report,
        who,
        target=ReportState.RETURNED,
        deed=lambda comment: actions.return_report(
            by=_user(request), report=report, version=_version(request), comment=comment
        ),
        done=_("Rapporten er returnert til virksomheten."),
    )


def _take(
    request: HttpRequest,
    report: UnitReport,
    who: Relation,
    *,
    target: ReportState,
    deed: _Step,
    done: str,
) -> HttpResponse:
    returns = target == ReportState.RETURNED
    must = _("Skriv hva som skal rettes før du returnerer rapporten.") if returns else ""
    form = CommentForm(request.POST, must=must)
    if not form.is_valid():
        if returns and why_not_returnable(report, who, timezone.now()):
            return refuse(request, report, who, why_not_returnable(report, who, timezone.now()))
        return _step_page(request, report, who, form=form, status=422)
    try:
        deed(form.cleaned_data["comment"])
    except (ReportingRefused, StaleObject) as refused:
        if _did_it_already(request, report, target):
            return see_other(address("report", report))
        if isinstance(refused, ReportingRefused):
            return refuse(request, report, who, refused.message)
        return _moved(request, report, who, form)
    messages.success(request, done)
    return see_other(address("report", report))


def _did_it_already(request: HttpRequest, report: UnitReport, target: ReportState) -> bool:
    """The second click of a double click: the latest step is this one, taken by this user."""
    latest = report.transitions.order_by("-pk").first()
    return latest is not None and latest.to_state == target and latest.by_id == request.user.pk


def _moved(request: HttpRequest, report: UnitReport, who: Relation, form: CommentForm) -> HttpResponse:
    """409: the report was sent anew since the page was opened; the comment stands, nothing is done."""
    fresh = report_of(report.period.code, report.unit_id) or report
    alert = _("Rapporten er endret siden du åpnet den. Les den på nytt før du går videre.")
    waits = {ReportState.SUBMITTED: who.leads, ReportState.APPROVED: who.assures}
    if not waits.get(ReportState(fresh.state)):
        return refuse(request, report, who, alert)
    return _step_page(request, fresh, who, form=form, alert=alert, status=409)


def _step_name(report: UnitReport) -> str:
    return "assure" if report.state == ReportState.APPROVED else "approve"


def _step_page(
    request: HttpRequest,
    report: UnitReport,
    who: Relation,
    *,
    form: CommentForm | None = None,
    alert: str = "",
    status: int = 200,
) -> HttpResponse:
    name = _step_name(report)
    answers = answers_of(report)
    off_plan = [answer for answer in answers if answer.status.off_plan]
    changed = [answer for answer in answers if answer.changed and answer not in off_plan]
    context = {
        "page_title": title_of(report),
        "report": report,
        "form": form or CommentForm(help_text=_help(name)),
        "alert": alert,
        "lead": deviation_sentence(len(answers), len(off_plan)),
        "late": is_late(report.period, first_submitted(report)),
        "off_plan": off_plan,
        "changed": changed,
        "rest": [answer for answer in answers if answer not in off_plan and answer not in changed],
        # Klima may now move these measures along in the strategy; nothing does it for her.
        "to_move": [answer for answer in answers if answer.status.status in _MOVES_A_MEASURE],
        "step_url": address(name, report),
        "return_url": "" if why_not_returnable(report, who, timezone.now()) else address("return", report),
        "report_url": address("report", report),
    }
    return render_page(request, _TEMPLATES[name], context, status=status)


def _help(name: str) -> str:
    if name == "assure":
        return _("Valgfritt når du kvalitetssikrer. Når du returnerer, skriver du hva som skal rettes.")
    return _("Valgfritt når du godkjenner. Når du returnerer, skriver du hva som skal rettes.")


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _version(request: HttpRequest) -> int:
    return version_in(request.POST.get("version", ""))
