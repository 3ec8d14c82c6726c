"""«Ble rammen overholdt?», and what a newer edition does to adopted budgets."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from budget.queries.afterwards import budgets_by_new_edition, years_afterwards
from budget.views.access import scope_of
from budget.words.afterwards import (
    edition_name,
    new_edition_sentence,
    new_edition_table,
    overview_table,
    sector_table,
    year_sentence,
)
from emissions.models import SCOPE_LABELS
from organisation.rules import AuthenticatedRequest
from web.http import render_page


@require_safe
def kept(request: AuthenticatedRequest, scope: str) -> HttpResponse:
    """Every year that is over, whole and per sector, and adopted budgets by the newest edition."""
    code = scope_of(scope)
    years = years_afterwards(code, timezone.localdate())
    newer = budgets_by_new_edition(code)
    context = {
        "page_title": _("Ble rammen overholdt?"),
        "scope": SCOPE_LABELS[code],
        # The newest year there is an answer for, else the newest there is.
        "lead": next(
            (year_sentence(row) for row in years if row.whole.kept is not None),
            year_sentence(years[0]) if years else "",
        ),
        "years": [(row, year_sentence(row), sector_table(row)) for row in years],
        "overview": overview_table(years) if years else None,
        "newer": [
            (row.budget, edition_name(row.edition_now), new_edition_sentence(row), new_edition_table(row))
            for row in newer
        ],
        "is_example": any(year.budget.is_example for year in years)
        or any(row.budget.is_example for row in newer),
    }
    return render_page(request, "budget/kept.html", context)
