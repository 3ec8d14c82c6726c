"""The steps after a report is sent: the leader approves, Klima assures, either returns it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.queries.leading import leading_of
from organisation.rules import AuthenticatedRequest, duties
from reporting.actions.reports import approve_report, assure_report, return_report
from reporting.enums import DecisionLevel, ReportState, Status
from reporting.forms.steps import StepForm
from reporting.models import UnitReport
from reporting.queries.gaps import gap_effect
from reporting.queries.proposals import proposals_of
from reporting.queries.reports import Answer, answers_of, first_submitted
from reporting.rules.reports import (
    Relation,
    is_late,
    why_not_approvable,
    why_not_assurable,
    why_not_returnable,
)
from reporting.views.crumbs import report_crumb, start_crumb
from reporting.views.report_page import address, get_report, title_of
from reporting.words.chain import stand_in_sentence, vacancy_sentence
from reporting.words.progress import deviation_sentence
from web.form_page import FormPage, run_form
from web.http import see_other
from web.names import naming

_TEMPLATES = {"approve": "reporting/approve.html", "assure": "reporting/assure.html"}
_MOVES_A_MEASURE = frozenset({Status.COMPLETED, Status.STOPPED, Status.POSTPONED})


class Step(Protocol):
    """An action that takes a report on, with what is said of it and of single measures."""

    def __call__(
        self, *, by: Any, report: UnitReport, version: int, comment: str, comments: dict[int, str]
    ) -> object: ...


def approve(request: AuthenticatedRequest, code: str, unit: int) -> HttpResponse:
    """The leader's own page, made for a phone: deviations first, then changes, then the rest."""
    report, who = get_report(request, code, unit)
    if not who.leads:
        raise PermissionDenied
    closed = why_not_approvable(report)
    if request.method != "POST" and closed:
        return see_other(address("report", report))
    done = naming(_("Rapporten er godkjent. {Climate_name} kvalitetssikrer den nå."))
    return _take(request, report, who, approve_report, closed=closed, done=done)


def assure(request: AuthenticatedRequest, code: str, unit: int) -> HttpResponse:
    """Klima's page: the whole report with the leader's comment."""
    report, who = get_report(request, code, unit)
    if not who.assures:
        raise PermissionDenied
    closed = why_not_assurable(report)
    if request.method != "POST" and closed:
        return see_other(address("report", report))
    return _take(request, report, who, assure_report, closed=closed, done=_("Rapporten er kvalitetssikret."))


def give_back(request: AuthenticatedRequest, code: str, unit: int) -> HttpResponse:
    """Returns the report to the unit with a comment; the form stands on the approving and assuring pages."""
    report, who = get_report(request, code, unit)
    if not (who.leads or who.assures):
        raise PermissionDenied
    closed = why_not_returnable(report, who, timezone.now())
    if request.method != "POST":
        return see_other(address("report" if closed else _step_name(report), report))
    done = _("Rapporten er returnert til virksomheten.")
    return _take(request, report, who, return_report, closed=closed, done=done, must=must_say())


def must_say() -> str:
    """What is told when a report is returned without a word."""
    return _("Skriv hva som skal rettes, her eller ved et tiltak, før du returnerer rapporten.")


def _take(
    request: AuthenticatedRequest,
    report: UnitReport,
    who: Relation,
    step: Step,
    *,
    closed: str,
    done: str,
    must: str = "",
) -> HttpResponse:
    name = _step_name(report)
    answers = answers_of(report)
    page = FormPage(
        title=title_of(report),
        back_url=address("report", report),
        done=done,
        crumbs=[start_crumb(), report_crumb(report)],
        lead=lead_of(answers),
        note=_acting_note(request, report) if name == "approve" else "",
        closed=closed,
        template=_TEMPLATES[name],
        context={} if closed else _around(report, who, answers),
    )
    return run_step(request, page, report, step, answers, help_text=_help(name), must=must)


def run_step(
    request: AuthenticatedRequest,
    page: FormPage,
    report: UnitReport,
    step: Step,
    answers: Sequence[Answer],
    *,
    help_text: str,
    must: str = "",
) -> HttpResponse:
    """Takes one step with the report, with comments on it and on its measures."""

    def make(data: QueryDict | None) -> StepForm:
        version = UnitReport.objects.values_list("version", flat=True).get(pk=report.pk)
        return StepForm(answers, data, version=version, help_text=help_text, must=must)

    def work(form: StepForm) -> None:
        given = form.cleaned_data
        step(
            by=request.user,
            report=report,
            version=given["version"],
            comment=given["comment"],
            comments=form.comments(),
        )

    return run_form(request, page, make, work)


def lead_of(answers: Sequence[Answer]) -> str:
    """How many measures there are, and how many of them are off plan."""
    return deviation_sentence(len(answers), sum(one.status.off_plan for one in answers))


def _step_name(report: UnitReport) -> str:
    return "assure" if report.state == ReportState.APPROVED else "approve"


def _around(report: UnitReport, who: Relation, answers: Sequence[Answer]) -> dict[str, Any]:
    name = _step_name(report)
    off_plan = [one.status for one in answers if one.status.off_plan]
    return {
        "report": report,
        "late": is_late(report, first_submitted(report)),
        "asked": [one for one in answers if one.status.decision_level == DecisionLevel.LEADER],
        "proposals": proposals_of(report),
        # Klima may now move these measures along in the strategy; nothing does it for her.
        "to_move": [answer for answer in answers if answer.status.status in _MOVES_A_MEASURE],
        "shows_gap": name == "assure" and who.reads_gap,
        "gap": gap_effect(report.period, off_plan) if name == "assure" else None,
        "action_url": address(name, report),
        "return_url": "" if why_not_returnable(report, who, timezone.now()) else address("return", report),
    }


def _acting_note(request: AuthenticatedRequest, report: UnitReport) -> str:
    """As what she approves, when she does not lead the unit herself."""
    held = duties(request.user)
    if report.unit_id in held.leader_units and report.unit_id not in held.stands_in:
        return ""
    leading = leading_of(report.unit_id)
    if report.unit_id in held.stands_in:
        return stand_in_sentence(leading)
    return vacancy_sentence(leading)


def _help(name: str) -> str:
    if name == "assure":
        return _("Valgfritt når du kvalitetssikrer. Når du returnerer, skriver du hva som skal rettes.")
    return _("Valgfritt når du godkjenner. Når du returnerer, skriver du hva som skal rettes.")
