"""What stands around a form of the budget: the pages above it, and why it is closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from budget.actions.editing import closed_sentence
from budget.forms.creating import SUGGESTIONS, AlreadyCountedForm
from budget.models import ClimateBudget, Line
from budget.rules import may_edit
from organisation.rules import AuthenticatedRequest
from web.form_page import Crumb, FormPage, run_form, show_form

AROUND_FORM, TABLE_FORM = "budget/around_form.html", "budget/table_form.html"


def crumbs(budget: ClimateBudget | None = None, line: Line | None = None) -> list[Crumb]:
    """The list of budgets, the budget and the line."""
    found = [(_("Klimabudsjett"), reverse("budget:index"))]
    if budget is not None:
        found.append((str(budget), budget.get_absolute_url()))
    if line is not None:
        found.append((line.measure.title, line.get_absolute_url()))
    return found


def closed_to(request: AuthenticatedRequest, budget: ClimateBudget) -> str:
    """Why nothing of the budget can be changed now; empty while it is a draft."""
    return "" if may_edit(request.user, budget.state) else closed_sentence(budget.state)


def run_with_suggestions(
    request: AuthenticatedRequest,
    page: FormPage,
    make: Callable[[QueryDict | None], AlreadyCountedForm],
    work: Callable[[Any], str | None],
) -> HttpResponse:
    """As `run_form`. «Bruk forslagene» gives the form again with them in it, and saves nothing."""
    if SUGGESTIONS not in request.POST or page.closed:
        return run_form(request, page, make, work)
    form = make(make(request.POST).with_suggestions())
    if not form.is_valid():
        return show_form(request, page, form, status=422)
    return show_form(request, replace(page, context={**page.context, "filled": True}), form)
