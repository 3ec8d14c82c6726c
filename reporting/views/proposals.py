"""Proposals in a report: the unit writes them, Klima answers, the unit sees the answer."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.models import User
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
from reporting.views.report_page import address, get_report, refuse
from web.concurrency import StaleObject
from web.http import invalid, render_page, see_other
from web.once import FIELD_NAME
from web.refusals import Closed, Refused

# As they stand in addresses.
SLUGS = {"nytt-tiltak": ProposalKind.NEW, "avsluttet": ProposalKind.END}
_TITLES = {
    ProposalKind.NEW: gettext_lazy("Foreslå et nytt tiltak"),
    ProposalKind.END: gettext_lazy("Meld at et tiltak er avsluttet"),
}
_STALE = gettext_lazy(
    "Noen andre endret forslaget mens du skrev. Det du skrev, står fortsatt her. Se over, og lagre på nytt."
)


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
    report, who = _own_report(request, code, unit)
    wanted = SLUGS.get(kind)
    if wanted is None:
        raise Http404
    if sentence := why_not_editable(report, timezone.now()):
        return refuse(request, report, who, sentence)
    form = ProposalForm(wanted, _asked(report), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            proposal_actions.propose(
                by=_user(request),
                report=report,
                text=form.text(),
                token=request.POST.get(FIELD_NAME, ""),
            )
        except Closed as closed:
            return refuse(request, report, who, str(closed))
        except Refused as refused:
            form.add_error(refused.reasons[0].field, str(refused))
        else:
            messages.success(request, _("Forslaget blir med når rapporten sendes."))
            return see_other(f"{address('report', report)}#forslag")
    return _form_page(request, report, form)


def edit_proposal(request: AuthenticatedRequest, code: str, unit: int, pk: int) -> HttpResponse:
    """The proposal in other words, or taken out again."""
    report, who = _own_report(request, code, unit)
    found = proposal_of(report, pk)
    if found is None:
        raise Http404
    if sentence := why_not_editable(report, timezone.now()):
        return refuse(request, report, who, sentence)
    kind = ProposalKind(found.kind)
    if request.method != "POST":
        stored = {
            "title": found.title,
            "measure": found.measure_id,
            "reason": found.reason,
            "version": found.version,
        }
        return _form_page(request, report, ProposalForm(kind, _asked(report), initial=stored), found)
    form = ProposalForm(kind, _asked(report), request.POST)
    if not form.is_valid():
        return _form_page(request, report, form, found)
    try:
        proposal_actions.change_proposal(
            by=_user(request),
            proposal=found,
            version=form.cleaned_data["version"] or 0,
            text=form.text(),
        )
    except Closed as closed:
        return refuse(request, report, who, str(closed))
    except Refused as refused:
        form.add_error(refused.reasons[0].field, str(refused))
        return _form_page(request, report, form, found)
    except StaleObject as stale:
        if stale.obj is None:
            raise Http404 from stale
        _at_version(request, form, stale.obj.version)
        return _form_page(request, report, form, found, alert=str(_STALE), status=409)
    messages.success(request, _("Forslaget er lagret."))
    return see_other(f"{address('report', report)}#forslag")


def remove_proposal(request: AuthenticatedRequest, code: str, unit: int, pk: int) -> HttpResponse:
    """Takes a proposal out of the report. One that is gone already is gone."""
    report, who = _own_report(request, code, unit)
    found = proposal_of(report, pk)
    if found is not None:
        try:
            proposal_actions.remove_proposal(by=_user(request), proposal=found)
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
    if sentence := why_not_answerable(found):
        return refuse(request, report, who, sentence)
    if request.method != "POST":
        first = {"version": found.version, "code": next_idea_code(), "title": found.title}
        return _answer_page(request, report, ProposalAnswerForm(found, initial=first), found)
    form = ProposalAnswerForm(found, request.POST)
    if not form.is_valid():
        return _answer_page(request, report, form, found, status=422)
    try:
        _answer(request, found, form)
    except Closed as closed:
        return refuse(request, report, who, str(closed))
    except Refused as refused:
        named = refused.reasons[0].field
        form.add_error(named if named in form.fields else None, str(refused))
        return _answer_page(request, report, form, found, status=422)
    except StaleObject as stale:
        if isinstance(stale.obj, MeasureProposal):
            _at_version(request, form, stale.obj.version)
        return _answer_page(request, report, form, found, alert=str(_STALE), status=409)
    messages.success(request, _("Svaret er gitt. Virksomheten ser det i rapporten."))
    return see_other(reverse("reporting:proposals"))


def _answer(request: AuthenticatedRequest, found: MeasureProposal, form: ProposalAnswerForm) -> None:
    given = form.cleaned_data
    by, version, answer = _user(request), given["version"], given["answer"]
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


def _at_version(request: AuthenticatedRequest, form: ProposalForm | ProposalAnswerForm, version: int) -> None:
    """What was typed, to be looked over and sent against the row as it is now."""
    data = request.POST.copy()
    data["version"] = str(version)
    form.data = data


def _asked(report: UnitReport) -> list[MeasureStatus]:
    return list(report.statuses.select_related("measure").order_by("order", "pk"))


def _form_page(
    request: AuthenticatedRequest,
    report: UnitReport,
    form: ProposalForm,
    found: MeasureProposal | None = None,
    *,
    alert: str = "",
    status: int = 422,
) -> HttpResponse:
    remove = (
        reverse("reporting:remove_proposal", args=[report.period.code, report.unit_id, found.pk])
        if found
        else ""
    )
    context = {
        "page_title": _("Endre forslaget") if found else str(_TITLES[form.kind]),
        "report": report,
        "report_url": address("report", report),
        "form": form,
        "alert": alert,
        "remove_url": remove,
        "action_url": request.path,
    }
    if not form.is_bound:
        return render_page(request, "reporting/proposal.html", context)
    return invalid(request, "reporting/proposal.html", context, status=status)


def _answer_page(
    request: AuthenticatedRequest,
    report: UnitReport,
    form: ProposalAnswerForm,
    found: MeasureProposal,
    *,
    alert: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "page_title": _("Svar på forslaget"),
        "report": report,
        "report_url": address("report", report),
        "proposal": found,
        "form": form,
        "action_url": request.path,
        "alert": alert,
    }
    return render_page(request, "reporting/proposal_answer.html", context, status=status)


def _user(request: AuthenticatedRequest) -> User:
    return request.user
