"""Pages of the decisions register."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisation.rules import AuthenticatedRequest, Permission, duties, has_permission
from strategy import rules
from strategy.actions.decisions import (
    ALLOWED_MOVES,
    DecisionData,
    RefusedDecision,
    add_note,
    change_decision,
    move_decision,
    record_decision,
)
from strategy.enums import CLOSED_DECISIONS, DecisionStatus
from strategy.exports.decisions import decisions_sheet
from strategy.forms.decisions import (
    DECISION_FIELDS,
    DecisionFilterForm,
    DecisionForm,
    DecisionMoveForm,
    NoteForm,
)
from strategy.models import DECISION_STATUS_LABELS, Decision
from strategy.queries.decisions import DecisionFilter, decision_log, overdue_decisions, register
from strategy.words.decisions import log_entry
from web.concurrency import StaleObject, conflict_fields
from web.contributions import collect, decision_evidence
from web.downloads import sheets_download
from web.http import ConflictField, conflict, invalid, render_page, see_other


def _chosen(request: AuthenticatedRequest) -> tuple[DecisionFilterForm, DecisionFilter]:
    """The filters of the address; one that makes no sense is left out, and the page says so."""
    form = DecisionFilterForm(request.GET)
    form.is_valid()
    cleaned: dict[str, Any] = form.cleaned_data
    unit = cleaned.get("unit")
    return form, DecisionFilter(
        status=cleaned.get("status") or "",
        body=cleaned.get("body") or "",
        unit=unit.pk if unit else None,
        text=cleaned.get("text") or "",
        overdue=bool(cleaned.get("overdue")),
    )


@require_safe
def decisions(request: AuthenticatedRequest) -> HttpResponse:
    form, chosen = _chosen(request)
    today = timezone.localdate()
    context = {
        "page_title": _("Vedtak"),
        "form": form,
        "decisions": list(register(chosen)),
        "is_filtered": chosen != DecisionFilter(),
        "overdue_count": overdue_decisions(today).count(),
        "today": today,
        "query": request.GET.urlencode(),
        "may_edit": rules.may_edit(request.user),
    }
    return render_page(
        request,
        "strategy/decisions.html",
        context,
        partials={"vedtak": "register"},
        status=422 if form.errors else 200,
    )


@require_safe
def decisions_export(request: AuthenticatedRequest, file_format: str) -> HttpResponse:
    """Vedtaksrapportering: the decisions the same address shows, as CSV or XLSX."""
    _form, chosen = _chosen(request)
    sheet = decisions_sheet(register(chosen), timezone.localdate())
    return sheets_download([sheet], "vedtaksrapportering-klima", file_format)


@require_safe
def decision(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return render_page(request, "strategy/decision.html", _context(request, _found(pk), NoteForm()))


def _found(pk: int) -> Decision:
    return get_object_or_404(
        Decision.objects.select_related("unit").prefetch_related("measure_links__measure"), pk=pk
    )


def _context(request: AuthenticatedRequest, found: Decision, form: NoteForm) -> dict[str, object]:
    today = timezone.localdate()
    return {
        "page_title": found.title,
        "decision": found,
        "log": [log_entry(entry) for entry in decision_log(found)],
        "evidence": collect(decision_evidence, request.user, found.pk),
        "form": form,
        "is_overdue": bool(
            found.deadline and found.deadline < today and found.status not in CLOSED_DECISIONS
        ),
        "may_note": rules.may_note(duties(request.user), found),
        "may_edit": rules.may_edit(request.user),
        "may_read_history": has_permission(request.user, Permission.READ_HISTORY),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def decision_note(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A note from the responsible unit or Klima. A GET, as after logging in again, is the decision's page."""
    found = _found(pk)
    if request.method != "POST":
        return see_other(found.get_absolute_url())
    if not rules.may_note(duties(request.user), found):
        raise Http404
    form = NoteForm(request.POST)
    if form.is_valid():
        add_note(
            by=request.user,
            decision=found,
            text=form.cleaned_data["text"],
            token=request.POST.get("submission_token", ""),
        )
        messages.success(request, _("Statusmerknaden er lagret."))
        return see_other(found.get_absolute_url())
    return invalid(request, "strategy/decision.html", _context(request, found, form))


@require_http_methods(["GET", "HEAD", "POST"])
def decision_new(request: AuthenticatedRequest) -> HttpResponse:
    if not rules.may_edit(request.user):
        raise PermissionDenied
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = record_decision(
                by=request.user,
                data=_data(form),
                measures=form.cleaned_data["measures"],
                token=request.POST.get("submission_token", ""),
            )
        except RefusedDecision as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("Vedtaket er ført inn."))
            return see_other(made.get_absolute_url())
    return _form_page(request, form, None)


def _data(form: DecisionForm) -> DecisionData:
    return DecisionData(**{name: form.cleaned_data[name] for name in DECISION_FIELDS})


def _form_page(request: AuthenticatedRequest, form: DecisionForm, found: Decision | None) -> HttpResponse:
    answer = invalid if form.is_bound else render_page
    context = {
        "page_title": _("Rett vedtaket") if found else _("Før inn vedtak"),
        "decision": found,
        "form": form,
    }
    return answer(request, "strategy/decision_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decision_edit(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    found = _found(pk)
    if request.method != "POST":
        initial = {name: getattr(found, name) for name in (*DECISION_FIELDS, "version")}
        initial["measures"] = ", ".join(link.measure.code for link in found.measure_links.all())
        return _form_page(request, DecisionForm(initial=initial, unit=found.unit), found)
    form = DecisionForm(request.POST, unit=found.unit)
    if form.is_valid():
        try:
            change_decision(
                by=request.user,
                decision=found,
                data=_data(form),
                measures=form.cleaned_data["measures"],
                version=form.cleaned_data["version"],
            )
        except RefusedDecision as refused:
            form.add_error(refused.field, str(refused))
        except StaleObject as stale:
            return _stale(request, form, stale)
        else:
            messages.success(request, _("Vedtaket er lagret."))
            return see_other(found.get_absolute_url())
    return _form_page(request, form, found)


def _stale(request: AuthenticatedRequest, form: DecisionForm, stale: StaleObject) -> HttpResponse:
    yours, theirs = conflict_fields(form, stale.obj, DECISION_FIELDS)
    return conflict(
        request,
        title=_("Noen andre endret vedtaket mens du arbeidet"),
        yours=yours,
        theirs=theirs,
        action_url=reverse("strategy:decision_edit", args=[stale.obj.pk]),
        hidden={"version": str(stale.obj.version), "measures": str(form["measures"].value() or "")},
        back_url=stale.obj.get_absolute_url(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def decision_move(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Another status, with the words that go into the log."""
    found = _found(pk)
    moves = ALLOWED_MOVES[DecisionStatus(found.status)]
    if request.method != "POST":
        return _move_page(request, found, DecisionMoveForm(moves=moves, initial={"version": found.version}))
    form = DecisionMoveForm(request.POST, moves=moves)
    if form.is_valid():
        try:
            move_decision(
                by=request.user,
                decision=found,
                to=DecisionStatus(form.cleaned_data["to"]),
                version=form.cleaned_data["version"],
                comment=form.cleaned_data["comment"],
                closed_on=form.cleaned_data["closed_on"],
            )
        except RefusedDecision as refused:
            form.add_error(refused.field, str(refused))
        except StaleObject:
            return _stale_move(request, form, _found(pk))
        else:
            messages.success(request, _("Statusen er endret."))
            return see_other(found.get_absolute_url())
    return _move_page(request, found, form)


def _stale_move(request: AuthenticatedRequest, form: DecisionMoveForm, now: Decision) -> HttpResponse:
    wanted = DecisionStatus(form.cleaned_data["to"])
    yours = [ConflictField("to", _("Status"), wanted.value, str(DECISION_STATUS_LABELS[wanted]))]
    yours += [
        ConflictField(name, str(form[name].label), str(form[name].value() or ""))
        for name in ("comment", "closed_on")
    ]
    return conflict(
        request,
        title=_("Noen andre endret vedtaket mens du arbeidet"),
        yours=yours,
        theirs=[ConflictField("to", _("Status"), now.status, now.get_status_display())],
        action_url=request.path,
        hidden={"version": str(now.version)},
        back_url=now.get_absolute_url(),
    )


def _move_page(request: AuthenticatedRequest, found: Decision, form: DecisionMoveForm) -> HttpResponse:
    answer = invalid if form.is_bound else render_page
    context = {"page_title": _("Endre status"), "decision": found, "form": form}
    return answer(request, "strategy/decision_move.html", context)
