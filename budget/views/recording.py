"""Climate budgets that were adopted before the portal: one form, or a draft that is filled in first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from budget.actions.editing import closed_sentence
from budget.actions.record_adopted import begin_adopted, record_adopted, record_draft_as_adopted
from budget.enums import BudgetState
from budget.forms.recording import MEASURES_FIRST, RecordDraftForm, RecordForm
from budget.models import AdoptedDocument, ClimateBudget
from budget.queries.recorded import recorded_of
from budget.rules import may_record
from budget.views.access import get_budget
from budget.views.creating import head_choices, rule_of
from budget.views.frames import crumbs
from budget.words.addresses import budget_url
from budget.words.budgets import recorded_sentence
from emissions.enums import Scope
from emissions.models import SCOPE_SLUGS
from organisation.rules import AuthenticatedRequest
from web.concurrency import StaleObject
from web.downloads import download
from web.form_page import FormPage, run_form
from web.http import see_other
from web.refusals import Closed

_OF_THE_END = ("adopted_on", "case_number", "ceilings", "document", "decision", "another_in_case")


@dataclass(frozen=True, slots=True)
class RecordedFacts:
    """What stands at the top of a budget that was put in afterwards; no address without a document."""

    sentence: str
    document_url: str
    sha256: str


def recorded_facts(budget: ClimateBudget) -> RecordedFacts | None:
    """None for a budget that was adopted in the portal."""
    found = recorded_of(budget)
    if found is None:
        return None
    url = budget_url("adopted_document", budget) if found.sha256 else ""
    return RecordedFacts(recorded_sentence(budget, found.day), url, found.sha256)


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: AuthenticatedRequest) -> HttpResponse:
    """A budget with its reference path and ceilings at once, or a draft for its measures."""
    _check(request)
    page = FormPage(
        title=_("Før inn et vedtatt klimabudsjett"),
        lead=_(
            "For budsjetter som ble vedtatt før dere tok portalen i bruk. Det låses som vedtatt, og kan "
            "etterpå bare endres ved å lage en revisjon."
        ),
        button=_("Før inn"),
        done=_done,
        crumbs=crumbs(),
        back_url=reverse("budget:index"),
    )

    def make(data: QueryDict | None) -> RecordForm:
        return RecordForm(data, None if data is None else request.FILES, **head_choices())

    return run_form(request, page, make, lambda form: _recorded(request, form).get_absolute_url())


def _recorded(request: AuthenticatedRequest, form: RecordForm) -> ClimateBudget:
    data = form.cleaned_data
    rule, trend_years = rule_of(data)
    head: dict[str, Any] = {
        "year": data["year"],
        "scope": data["target"].scope,
        "target": data["target"],
        "edition": data["edition"],
        "reference_rule": rule,
        "trend_years": trend_years,
    }
    if data["measures"] == MEASURES_FIRST:
        return begin_adopted(by=request.user, **head)
    return record_adopted(by=request.user, **head, **{name: data[name] for name in _OF_THE_END})


def _done(form: RecordForm) -> str:
    if form.cleaned_data["measures"] == MEASURES_FIRST:
        return _(
            "Utkastet er laget. Legg inn tiltakene, eller importer dem fra fil. Velg så «Vedtatt før "
            "portalen» øverst på siden."
        )
    return _("Klimabudsjettet er ført inn som vedtatt.")


@require_http_methods(["GET", "HEAD", "POST"])
def record_draft(request: AuthenticatedRequest, year: int, scope: str, revision: int) -> HttpResponse:
    """A draft that was adopted before the portal goes through every state at once."""
    _check(request)
    budget = get_budget(request, year, scope, revision)
    if request.method != "POST" and budget.state != BudgetState.DRAFT:
        return see_other(budget.get_absolute_url())
    page = FormPage(
        title=_("Vedtatt før portalen"),
        lead=_(
            "Utkastet føres inn som vedtatt, og låses. Etterpå kan det bare endres ved å lage en revisjon. "
            "Historikken viser at det er ført inn i ettertid, og av hvem."
        ),
        button=_("Før inn som vedtatt"),
        done=_("Klimabudsjettet er ført inn som vedtatt."),
        crumbs=crumbs(budget),
        back_url=budget.get_absolute_url(),
    )

    def make(data: QueryDict | None) -> RecordDraftForm:
        version = ClimateBudget.objects.values_list("version", flat=True).get(pk=budget.pk)
        return RecordDraftForm(data, None if data is None else request.FILES, initial={"version": version})

    def work(form: RecordDraftForm) -> str:
        try:
            made = record_draft_as_adopted(by=request.user, budget=budget, **form.cleaned_data)
        except StaleObject as stale:
            if stale.obj.state == BudgetState.DRAFT:
                raise
            # It has moved on: there is nothing to send again.
            raise Closed(closed_sentence(stale.obj.state)) from None
        return made.get_absolute_url()

    return run_form(request, page, make, work)


@require_safe
def adopted_document(request: AuthenticatedRequest, year: int, scope: str, revision: int) -> HttpResponse:
    """The council's document, to whoever reads the budget."""
    budget = get_budget(request, year, scope, revision)
    found = AdoptedDocument.objects.filter(budget=budget).first()
    if found is None:
        raise Http404
    slug = SCOPE_SLUGS[Scope(budget.scope)]
    return download(bytes(found.content), f"vedtak-klimabudsjett-{budget.year}-{slug}.pdf")


def _check(request: AuthenticatedRequest) -> None:
    if not may_record(request.user):
        raise PermissionDenied
