"""The emission factors the calculators use: the newest of each, and a form for the next."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from budget.actions.estimates import add_factor
from budget.enums import Calculator
from budget.forms.estimates import FactorForm
from budget.models import CALCULATOR_LABELS, CALCULATOR_UNITS
from budget.queries.estimates import latest_factors
from budget.views.frames import crumbs
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS
from organisation.rules import AuthenticatedRequest
from web.form_page import FormPage, run_form


@require_http_methods(["GET", "HEAD", "POST"])
def factors(request: AuthenticatedRequest) -> HttpResponse:
    """The emission factors of the calculators; a post adds one, or a new version of one."""
    page = FormPage(
        title=_("Utslippsfaktorer for anslag"),
        back_url=reverse("budget:factors"),
        button=_("Legg inn"),
        done=_("Utslippsfaktoren er lagt inn."),
        crumbs=crumbs(),
        template="budget/factors.html",
        context={"rows": SimpleLazyObject(_factor_rows)},
    )

    def work(form: FactorForm) -> None:
        data = form.cleaned_data
        add_factor(by=request.user, **data | {"calculator": Calculator(data["calculator"])})

    return run_form(request, page, FactorForm, work)


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
