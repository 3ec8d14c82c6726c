"""The steps after a report is sent: the leader approves, Klima assures, either returns it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms.boundfield import BoundField
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import User
from organisation.rules import AuthenticatedRequest
from reporting.actions.reports import approve_report, assure_report, return_report
from reporting.enums import SEVERITY, DecisionLevel, ReportState, Status
from reporting.forms.steps import StepForm
from reporting.models import UnitReport
from reporting.queries.gaps import gap_effect
from reporting.queries.proposals import proposals_of
from reporting.queries.reports import Answer, answers_of, first_submitted, report_of
from reporting.rules.reports import (
    Relation,
    is_late,
    why_not_approvable,
    why_not_assurable,
    why_not_returnable,
)
from reporting.views.report_cards import version_in
from reporting.views.report_page import address, get_report, refuse, title_of
from reporting.words.answers import said
from reporting.words.progress import deviation_sentence
from web.concurrency import StaleObject
from web.http import render_page, see_other
from web.refusals import Refused

_TEMPLATES = {"approve": "reporting/approve.html", "assure": "reporting/assure.html"}
_MOVES_A_MEASURE = frozenset({Status.COMPLETED, Status.STOPPED, Status.POSTPONED})
# What is said of the report, and of single measures by their status' primary key.
_Step = Callable[[str, dict[int, str]], object]


@dataclass(frozen=True, slots=True)
class Row:
    """A measure as the one who takes the step reads it, with room for a comment."""

    answer: Answer
    field: BoundField


def approve(request: AuthenticatedRequest, code: str, unit: int) -> HttpResponse:
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
        step=lambda comment, comments: approve_report(
            by=_user(request),
            report=report,
            version=_version(request),
            comment=comment,
            comments=comments,
        ),
        done=_("Rapporten er godkjent. Klima kvalitetssikrer den nå."),
    )


def assure(request: AuthenticatedRequest, code: str, unit: int) -> HttpResponse:
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
        step=lambda comment, comments: assure_report(
            by=_user(request),
            report=report,
            version=_version(request),
            comment=comment,
            comments=comments,
        ),
        done=_("Rapporten er kvalitetssikret."),
    )


def give_back(request: AuthenticatedRequest, code: str, unit: int) -> HttpResponse:
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
        step=lambda comment, comments: return_report(
            by=_user(request),
            report=report,
            version=_version(request),
            comment=comment,
            comments=comments,
        ),
        done=_("Rapporten er returnert til virksomheten."),
    )


def _take(
    request: AuthenticatedRequest,
    report: UnitReport,
    who: Relation,
    *,
    target: ReportState,
    step: _Step,
    done: str,
) -> HttpResponse:
    returns = target == ReportState.RETURNED
    must = _("Skriv hva som skal rettes, her eller ved et tiltak, før du returnerer rapporten.")
    answers = answers_of(report)
    form = StepForm(answers, request.POST, must=must if returns else "", help_text=_help(report))
    if not form.is_valid():
        if returns and why_not_returnable(report, who, timezone.now()):
            return refuse(request, report, who, why_not_returnable(report, who, timezone.now()))
        return _step_page(request, report, who, answers=answers, form=form, status=422)
    try:
        step(form.cleaned_data["comment"], form.comments())
    except (Refused, StaleObject) as refused:
        if _did_it_already(request, report, target):
            return see_other(address("report", report))
        if isinstance(refused, Refused):
            return refuse(request, report, who, str(refused))
        return _moved(request, report, who)
    messages.success(request, done)
    return see_other(address("report", report))


def _did_it_already(request: AuthenticatedRequest, report: UnitReport, target: ReportState) -> bool:
    """The second click of a double click: the latest step is this one, taken by this user."""
    latest = report.transitions.order_by("-pk").first()
    return latest is not None and latest.to_state == target and latest.by_id == request.user.pk


def _moved(request: AuthenticatedRequest, report: UnitReport, who: Relation) -> HttpResponse:
    """409: the report was sent again since the page was opened; the comment stands, nothing is done."""
    fresh = report_of(report.period.code, report.unit_id) or report
    alert = _("Rapporten er endret siden du åpnet den. Les den på nytt før du går videre.")
    waits = {ReportState.SUBMITTED: who.leads, ReportState.APPROVED: who.assures}
    if not waits.get(ReportState(fresh.state)):
        return refuse(request, report, who, alert)
    answers = answers_of(fresh)
    form = StepForm(answers, request.POST, help_text=_help(fresh))
    return _step_page(request, fresh, who, answers=answers, form=form, alert=alert, status=409)


def _step_name(report: UnitReport) -> str:
    return "assure" if report.state == ReportState.APPROVED else "approve"


def _step_page(
    request: AuthenticatedRequest,
    report: UnitReport,
    who: Relation,
    *,
    answers: Sequence[Answer] = (),
    form: StepForm | None = None,
    alert: str = "",
    status: int = 200,
) -> HttpResponse:
    name = _step_name(report)
    answers = answers or answers_of(report)
    form = form or StepForm(answers, help_text=_help(report))
    in_words = said(answers)
    off_plan = sorted((one for one in in_words if one.status.off_plan), key=worst_first)
    changed = [answer for answer in in_words if answer.changed and answer not in off_plan]
    rest = [answer for answer in in_words if answer not in off_plan and answer not in changed]
    context = {
        "page_title": title_of(report),
        "report": report,
        "form": form,
        "alert": alert,
        "lead": deviation_sentence(len(answers), len(off_plan)),
        "late": is_late(report, first_submitted(report)),
        "off_plan": rows_of(off_plan, form),
        "changed": rows_of(changed, form),
        "rest": rows_of(rest, form),
        "asked": [one for one in answers if one.status.decision_level == DecisionLevel.LEADER],
        "proposals": proposals_of(report),
        # Klima may now move these measures along in the strategy; nothing does it for her.
        "to_move": [answer for answer in answers if answer.status.status in _MOVES_A_MEASURE],
        "shows_gap": name == "assure" and who.reads_gap,
        "gap": gap_effect(report.period, [one.status for one in off_plan]) if name == "assure" else None,
        "step_url": address(name, report),
        "return_url": "" if why_not_returnable(report, who, timezone.now()) else address("return", report),
        "report_url": address("report", report),
    }
    return render_page(request, _TEMPLATES[name], context, status=status)


def rows_of(answers: Iterable[Answer], form: StepForm) -> list[Row]:
    """The answers with the form's field for a comment on each."""
    return [Row(answer, form[form.name_of(answer.status.pk)]) for answer in answers]


def worst_first(answer: Answer) -> tuple[int, object]:
    """What measures off plan are sorted by: the worst first, then most tonnes."""
    tonnes = answer.estimate.tonnes if answer.estimate else 0
    return SEVERITY.index(Status(answer.status.status)), -tonnes


def _help(report: UnitReport) -> str:
    if _step_name(report) == "assure":
        return _("Valgfritt når du kvalitetssikrer. Når du returnerer, skriver du hva som skal rettes.")
    return _("Valgfritt når du godkjenner. Når du returnerer, skriver du hva som skal rettes.")


def _user(request: AuthenticatedRequest) -> User:
    return request.user


def _version(request: AuthenticatedRequest) -> int:
    return version_in(request.POST.get("version", ""))
