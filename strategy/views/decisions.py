"""Pages of the decisions register."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from organisation.rules import AuthenticatedRequest, Permission, duties, has_permission
from strategy import rules
from strategy.actions.decisions import (
    ALLOWED_MOVES,
    DecisionData,
    add_note,
    change_decision,
    move_decision,
    record_decision,
)
from strategy.enums import CLOSED_DECISIONS, DecisionStatus
from strategy.forms.decisions import DecisionFilterForm, DecisionForm, DecisionMoveForm, NoteForm
from strategy.models import Decision
from strategy.queries.decisions import decision_log, overdue_decisions, register
from strategy.words.decision_columns import COLUMNS
from strategy.words.decisions import log_entry, overdue_sentence
from web.contributions import collect, decision_evidence
from web.form_page import Crumb, FormPage, run_form
from web.formats import format_date, format_number
from web.http import render_page, see_other
from web.names import naming
from web.register.lists import Register, export, list_page


def _chosen(request: AuthenticatedRequest) -> tuple[DecisionFilterForm, QuerySet[Decision]]:
    """The filters of the address and what they let through; one that makes no sense is left out."""
    form = DecisionFilterForm(request.GET)
    rows = form.rows(register())
    return form, rows.filter(pk__in=overdue_decisions()) if "overdue" in form.chosen else rows


@require_safe
def decisions(request: AuthenticatedRequest) -> HttpResponse:
    form, rows = _chosen(request)
    page = Register(
        title=_("Vedtak"),
        columns=COLUMNS,
        crumbs=[(_("Strategi"), reverse("strategy:index"))],
        list_url=reverse("strategy:decisions"),
        count=lambda n: ngettext("Ett vedtak.", "{n} vedtak.", n).format(n=format_number(n)),
        lead=overdue_sentence(overdue_decisions().count()),
        caption=_("Vedtak med dato, ansvarlig, frist og status"),
        none_title=_("Ingen vedtak ennå"),
        none_text=naming(_("Når {climate} har ført inn et vedtak, står det her.")),
        not_found=_("Ingen vedtak passer"),
        new_url=reverse("strategy:decision_new") if rules.may_edit(request.user) else "",
        new_label=_("Før inn vedtak"),
        export_url=lambda file_format: reverse("strategy:decisions_export", args=[file_format]),
        export_label=_("Vedtaksrapportering:"),
        row_url=lambda decision: decision.get_absolute_url(),
        template="strategy/decisions.html",
        row_template="strategy/decision_row.html",
        shown=("title", "decided_on", "unit", "deadline", "status"),
        context={"today": timezone.localdate()},
    )
    return list_page(request, page, rows, form)


@require_safe
def decisions_export(request: AuthenticatedRequest, file_format: str) -> HttpResponse:
    """Vedtaksrapportering: the decisions the same address shows, as CSV or XLSX."""
    day = _("Hentet {day} fra Klimaportalen").format(day=format_date(timezone.localdate()))
    return export(
        COLUMNS,
        _chosen(request)[1],
        file_format,
        sheet=_("Vedtak"),
        name="vedtaksrapportering-klima",
        title=[_("Vedtaksrapportering klima"), day],
    )


@require_safe
def decision(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return render_page(
        request, "strategy/decision.html", _context(request, _found(pk)) | {"form": NoteForm()}
    )


def _found(pk: int) -> Decision:
    return get_object_or_404(
        Decision.objects.select_related("unit").prefetch_related("measure_links__measure"), pk=pk
    )


def _context(request: AuthenticatedRequest, found: Decision) -> dict[str, Any]:
    late = found.deadline is not None and found.deadline < timezone.localdate()
    return {
        "page_title": found.title,
        "decision": found,
        "log": [log_entry(entry) for entry in decision_log(found)],
        "evidence": collect(decision_evidence, request.user, found.pk),
        "is_overdue": late and found.status not in CLOSED_DECISIONS,
        "may_note": rules.may_note(duties(request.user), found),
        "may_edit": rules.may_edit(request.user),
        "may_read_history": has_permission(request.user, Permission.READ_HISTORY),
    }


def _crumbs(found: Decision | None = None) -> list[Crumb]:
    parts = [(_("Strategi"), reverse("strategy:index")), (_("Vedtak"), reverse("strategy:decisions"))]
    return [*parts, (found.title, found.get_absolute_url())] if found else parts


@require_http_methods(["GET", "HEAD", "POST"])
def decision_note(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A note from the responsible unit or Klima. A GET, as after logging in again, is the decision's page."""
    found = _found(pk)
    if request.method != "POST":
        return see_other(found.get_absolute_url())
    if not rules.may_note(duties(request.user), found):
        raise Http404
    page = FormPage(
        title=found.title,
        back_url=found.get_absolute_url(),
        done=_("Statusmerknaden er lagret."),
        template="strategy/decision.html",
        context=_context(request, found),
    )

    def save(form: NoteForm) -> None:
        add_note(by=request.user, decision=found, text=form.cleaned_data["text"])

    return run_form(request, page, NoteForm, save)


@require_http_methods(["GET", "HEAD", "POST"])
def decision_new(request: AuthenticatedRequest) -> HttpResponse:
    if not rules.may_edit(request.user):
        raise PermissionDenied
    page = FormPage(
        title=_("Før inn vedtak"),
        back_url=reverse("strategy:decisions"),
        done=_("Vedtaket er ført inn."),
        crumbs=_crumbs(),
    )

    def save(form: DecisionForm) -> str:
        made = record_decision(by=request.user, data=_data(form), measures=form.cleaned_data["measures"])
        return made.get_absolute_url()

    return run_form(request, page, DecisionForm, save)


def _data(form: DecisionForm) -> DecisionData:
    """All of the form that is the decision's; what is an example stays one, and no form decides it."""
    said = form.values()
    return DecisionData(**{one.name: said[one.name] for one in fields(DecisionData) if one.name in said})


@require_http_methods(["GET", "HEAD", "POST"])
def decision_edit(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    found = _found(pk)
    page = FormPage(
        title=_("Rett vedtaket"),
        back_url=found.get_absolute_url(),
        done=_("Vedtaket er lagret."),
        crumbs=_crumbs(found),
        lead=found.title,
    )

    def make(data: QueryDict | None) -> DecisionForm:
        now = _found(pk)
        return DecisionForm(data, initial=DecisionForm.initial_of(now), unit=now.unit)

    def save(form: DecisionForm) -> None:
        change_decision(
            by=request.user,
            decision=found,
            data=_data(form),
            measures=form.cleaned_data["measures"],
            version=form.cleaned_data["version"],
        )

    return run_form(request, page, make, save)


@require_http_methods(["GET", "HEAD", "POST"])
def decision_move(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Another status, with the words that go into the log."""
    found = _found(pk)
    page = FormPage(
        title=_("Endre status"),
        back_url=found.get_absolute_url(),
        done=_("Statusen er endret."),
        crumbs=_crumbs(found),
        lead=_("{title}. Status nå: {status}.").format(title=found.title, status=found.get_status_display()),
    )

    def make(data: QueryDict | None) -> DecisionMoveForm:
        now = _found(pk)
        moves = ALLOWED_MOVES[DecisionStatus(now.status)]
        return DecisionMoveForm(data, moves=moves, initial={"version": now.version})

    def save(form: DecisionMoveForm) -> None:
        said = form.cleaned_data | {"to": DecisionStatus(form.cleaned_data["to"])}
        move_decision(by=request.user, decision=found, **said)

    return run_form(request, page, make, save)
