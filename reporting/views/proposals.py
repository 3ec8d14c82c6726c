"""Proposals in a report: the unit writes them, Klima answers, the unit sees the answer."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.rules import AuthenticatedRequest, Permission, duties
from reporting.actions import proposals as proposal_actions
from reporting.enums import ProposalKind
from reporting.forms.proposals import ProposalAnswerForm, ProposalForm
from reporting.models import MeasureProposal, MeasureStatus, UnitReport
from reporting.queries.proposals import (
    answered_proposals,
    next_idea_code,
    own_proposals,
    proposal_of,
    waiting_proposals,
)
from reporting.rules.proposals import why_not_answerable
from reporting.rules.reports import Relation, why_not_editable
from reporting.views.crumbs import report_crumb, start_crumb
from reporting.views.report_page import address, get_report, refuse
from web.form_page import FormPage, run_form
from web.http import render_page, see_other
from web.names import naming
from web.refusals import Refused

# As they stand in addresses.
SLUGS = {"nytt-tiltak": ProposalKind.NEW, "avsluttet": ProposalKind.END}
_TITLES = {
    ProposalKind.NEW: gettext_lazy("Foreslå et nytt tiltak"),
    ProposalKind.END: gettext_lazy("Meld at et tiltak er avsluttet"),
}


def proposals(request: AuthenticatedRequest) -> HttpResponse:
    """Klima: what waits for an answer. Units: what they have proposed, and what was answered."""
    held = duties(request.user)
    inside = Permission.READ_INTERNAL in held.permissions
    units = held.own_units | held.units_below
    if not inside and not units:
        raise PermissionDenied
    context = {
        "page_title": _("Forslag fra virksomhetene"),
        "waiting": waiting_proposals() if inside else own_proposals(units),
        "answered": answered_proposals(None if inside else units),
        "inside": inside,
        "answers": Permission.ASSURE_REPORT in held.permissions,
    }
    return render_page(request, "reporting/proposals.html", context)


def propose(request: AuthenticatedRequest, code: str, unit: int, kind: str) -> HttpResponse:
    """A new proposal, as long as the unit works on its report."""
    report, _who = _own_report(request, code, unit)
    wanted = SLUGS.get(kind)
    if wanted is None:
        raise Http404
    page = _proposal_page(report, str(_TITLES[wanted]), _("Forslaget blir med når rapporten sendes."))

    def work(form: ProposalForm) -> None:
        proposal_actions.propose(by=request.user, report=report, text=form.text())

    return run_form(request, page, lambda data: ProposalForm(wanted, _asked(report), data), work)


def edit_proposal(request: AuthenticatedRequest, code: str, unit: int, pk: int) -> HttpResponse:
    """The proposal in other words, or taken out again."""
    report, _who = _own_report(request, code, unit)
    found = proposal_of(report, pk)
    if found is None:
        raise Http404
    remove = reverse("reporting:remove_proposal", args=[code, unit, pk])
    page = _proposal_page(report, _("Endre forslaget"), _("Forslaget er lagret."), remove)

    def make(data: QueryDict | None) -> ProposalForm:
        now = proposal_of(report, pk) or found
        stored = {"title": now.title, "measure": now.measure_id, "reason": now.reason, "version": now.version}
        return ProposalForm(ProposalKind(found.kind), _asked(report), data, initial=stored)

    def work(form: ProposalForm) -> None:
        version = form.cleaned_data["version"] or 0
        proposal_actions.change_proposal(by=request.user, proposal=found, version=version, text=form.text())

    return run_form(request, page, make, work)


def _proposal_page(report: UnitReport, title: str, done: str, remove: str = "") -> FormPage:
    return FormPage(
        title=title,
        button=_("Lagre forslaget"),
        back_url=f"{address('report', report)}#forslag",
        done=done,
        crumbs=[start_crumb(), report_crumb(report)],
        lead=naming(_("Forslaget blir med når rapporten sendes. {Climate} svarer når lederen har godkjent.")),
        closed=why_not_editable(report, timezone.now()),
        template="reporting/proposal.html",
        context={"report": report, "remove_url": remove},
    )


def remove_proposal(request: AuthenticatedRequest, code: str, unit: int, pk: int) -> HttpResponse:
    """Takes a proposal out of the report. One that is gone already is gone."""
    report, who = _own_report(request, code, unit)
    found = proposal_of(report, pk)
    if found is not None:
        try:
            proposal_actions.remove_proposal(by=request.user, proposal=found)
        except Refused as refused:
            return refuse(request, report, who, str(refused))
        messages.success(request, _("Forslaget er fjernet."))
    return see_other(f"{address('report', report)}#forslag")


def answer_proposal(request: AuthenticatedRequest, code: str, unit: int, pk: int) -> HttpResponse:
    """Klima takes the proposal in, or says why not."""
    report, who = get_report(request, code, unit)
    if not who.assures:
        raise PermissionDenied
    found = proposal_of(report, pk)
    if found is None:
        raise Http404
    list_url = reverse("reporting:proposals")
    page = FormPage(
        title=_("Svar på forslaget"),
        button=_("Gi svaret"),
        back_url=list_url,
        done=_("Svaret er gitt. Virksomheten ser det i rapporten."),
        crumbs=[start_crumb(), (_("Forslag fra virksomhetene"), list_url)],
        closed=why_not_answerable(found),
        template="reporting/proposal_answer.html",
        context={"report": report, "report_url": address("report", report), "proposal": found},
    )

    def make(data: QueryDict | None) -> ProposalAnswerForm:
        now = proposal_of(report, pk) or found
        first = {"version": now.version, "code": next_idea_code(), "title": now.title}
        return ProposalAnswerForm(now, data, initial=first)

    return run_form(request, page, make, lambda form: _answer(request, found, form))


def _answer(request: AuthenticatedRequest, found: MeasureProposal, form: ProposalAnswerForm) -> None:
    given = form.cleaned_data
    by, version, answer = request.user, given["version"], given["answer"]
    if not form.accepts:
        proposal_actions.decline_proposal(by=by, proposal=found, version=version, answer=answer)
    elif form.is_new:
        proposal_actions.take_in_new(
            by=by,
            proposal=found,
            version=version,
            code=given["code"],
            title=given["title"],
            kind=given["kind"],
            answer=answer,
        )
    else:
        proposal_actions.take_in_ended(
            by=by, proposal=found, version=version, state=form.new_state(), answer=answer
        )


def _own_report(request: AuthenticatedRequest, code: str, unit: int) -> tuple[UnitReport, Relation]:
    report, who = get_report(request, code, unit)
    if not who.reports:
        raise PermissionDenied
    return report, who


def _asked(report: UnitReport) -> list[MeasureStatus]:
    return list(report.statuses.select_related("measure").order_by("order", "pk"))
