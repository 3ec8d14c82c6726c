"""The budget as a document: to read on its page, to copy from, and to order as PDF."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from budget.actions import orders
from budget.enums import OrderState
from budget.exports.data import file_name
from budget.models import ClimateBudget, DocumentOrder
from budget.queries.assembling import budget_table
from budget.queries.details import read_method
from budget.rules import may_read
from budget.views.access import get_budget
from budget.views.budget_page import buttons, downloads, links, revisions
from budget.views.document_links import document_links
from budget.views.recording import recorded_facts
from budget.words.addresses import budget_url
from budget.words.budgets import where_from
from budget.words.curves import chart
from budget.words.document import band_note, budget_document
from organisation.models import User
from organisation.rules import AuthenticatedRequest, Permission, has_permission
from web.downloads import download
from web.http import render_page, see_other
from web.names import naming
from web.worker import worker_is_up

WAITED_LONG = timedelta(seconds=6)
PROGRESS_ID = "klimabudsjett"


def read_budget(request: AuthenticatedRequest, budget: ClimateBudget) -> HttpResponse:
    """The budget once it has left the climate unit: a document, with the steps its reader may take."""
    table = budget_table(budget)
    primary, others = buttons(request, budget)
    history = has_permission(request.user, Permission.READ_HISTORY)
    context: dict[str, Any] = {
        "page_title": str(budget),
        "where_from": where_from(budget, table),
        "recorded": recorded_facts(budget),
        "decision_url": reverse("strategy:decision", args=[budget.decision_id]) if budget.decision_id else "",
        "document": budget_document(table, read_method(budget)),
        "chart": chart(table),
        "chart_note": band_note(table),
        "line_base": reverse("budget:line", args=[0]).removesuffix("0/"),
        **document_links(budget, editable=False),
        "files_url": budget_url("files", budget),
        "primary": primary,
        "others": others,
        "revisions": revisions(request, budget),
        "links": links(request, budget),
        "history_url": reverse("history", args=["budget.climatebudget", budget.pk]) if history else "",
    }
    return render_page(request, "budget/read.html", context)


@require_safe
def files(request: AuthenticatedRequest, year: int, scope: str, revision: int) -> HttpResponse:
    """Every form the budget can be taken away in."""
    budget = get_budget(request, year, scope, revision)
    context = {
        "page_title": _("Last ned {budget}").format(budget=budget),
        "budget": budget,
        "pdf_url": budget_url("order_document", budget),
        "chapter_url": budget_url("chapter", budget),
        "downloads": downloads(budget),
    }
    return render_page(request, "budget/files.html", context)


@require_safe
def chapter(request: AuthenticatedRequest, year: int, scope: str, revision: int) -> HttpResponse:
    """The budget as a page of plain tables, to paste into the økonomiplan document."""
    budget = get_budget(request, year, scope, revision)
    context = {"document": budget_document(budget_table(budget), read_method(budget))}
    return render_page(request, "budget/chapter.html", context)


@require_POST
def order_document(request: AuthenticatedRequest, year: int, scope: str, revision: int) -> HttpResponse:
    """Orders the PDF, and leads to the page that follows it."""
    budget = get_budget(request, year, scope, revision)
    order = orders.order_document(by=_user(request), budget=budget)
    return see_other(reverse("budget:document", args=[order.pk]))


@require_safe
def document(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """How far the PDF has come; asked every second until it is done."""
    order = _order(request, pk)
    context = {
        "page_title": _("{budget} som PDF").format(budget=order.budget),
        "budget_name": str(order.budget),
        "budget_url": order.budget.get_absolute_url(),
        "progress": _progress(order),
    }
    return render_page(request, "budget/document_order.html", context, partials={PROGRESS_ID: "progress"})


def _progress(order: DocumentOrder) -> dict[str, object]:
    done = order.state == OrderState.DONE
    return {
        "id": PROGRESS_ID,
        "title": str(order.budget),
        "url": reverse("budget:document", args=[order.pk]),
        "text": _progress_text(order),
        "done": done,
        "failed": order.state == OrderState.FAILED,
        "result_url": reverse("budget:document_pdf", args=[order.pk]) if done else "",
        "again_url": budget_url("order_document", order.budget),
        "again_fields": (),
    }


def _progress_text(order: DocumentOrder) -> str:
    waited = timezone.now() - order.ordered_at
    if order.state == OrderState.FAILED:
        return order.error
    if order.state == OrderState.DONE:
        return _("PDF-en er klar.")
    if waited > WAITED_LONG and not worker_is_up():
        sentence = _(
            "Bakgrunnsjobben er ikke i gang nå. Bestillingen er lagret, og PDF-en blir laget når den starter "
            "igjen. Varer det, meld fra til {climate_name}."
        )
        return naming(sentence)
    if waited > orders.ORDER_LIFE:
        return _("Dette tar lengre tid enn det skal. Gå tilbake og bestill på nytt.")
    return _("Vi lager PDF-en. Det tar noen sekunder.")


@require_safe
def document_pdf(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The finished PDF of an order."""
    order = _order(request, pk)
    if order.state != OrderState.DONE or order.pdf is None:
        raise Http404
    name = file_name(budget_table(order.budget, with_costs=False, with_details=False), "pdf")
    return download(bytes(order.pdf), name)


def _order(request: AuthenticatedRequest, pk: int) -> DocumentOrder:
    """One's own order of a budget one may still read. Raises Http404."""
    rows = DocumentOrder.objects.select_related("budget__target", "budget__edition__municipality")
    found = rows.filter(pk=pk, ordered_by=_user(request)).first() if pk < 2**63 else None
    if found is None or not may_read(request.user, found.budget.state):
        raise Http404
    return found


def _user(request: AuthenticatedRequest) -> User:
    return request.user
