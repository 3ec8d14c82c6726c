"""The emission factors the calculators use: the newest of each, and a form for the next."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from budget.actions.estimates import add_factor
from budget.actions.refusals import BudgetRefused
from budget.enums import Calculator
from budget.forms.estimates import FactorForm
from budget.models import CALCULATOR_LABELS, CALCULATOR_UNITS
from budget.queries.estimates import latest_factors
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS
from organisation.rules import AuthenticatedRequest
from web.http import invalid, render_page, see_other

TEMPLATE = "budget/factors.html"


@require_http_methods(["GET", "HEAD", "POST"])
def factors(request: AuthenticatedRequest) -> HttpResponse:
    """The emission factors of the calculators; a post adds one, or a new version of one."""
    form = FactorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            added = add_factor(by=request.user, **data | {"calculator": Calculator(data["calculator"])})
        except BudgetRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("{factor} er lagt inn.").format(factor=added))
            return see_other(reverse("budget:factors"))
    context = {"page_title": _("Utslippsfaktorer for anslag"), "form": form, "rows": _factor_rows()}
    if request.method != "POST":
        return render_page(request, TEMPLATE, context)
    return invalid(request, TEMPLATE, context)


def _factor_rows() -> list[dict[str, Any]]:
    return [
        {
            "row": row,
            "unit": CALCULATOR_UNITS[Calculator(row.calculator)],
            "calculator": CALCULATOR_LABELS[Calculator(row.calculator)],
            "scope": SCOPE_LABELS[Scope(row.scope)],
        }
        for row in latest_factors()
    ]
