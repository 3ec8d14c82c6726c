"""«Ble rammen overholdt?», what a newer edition does, and what a unit answers for."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from budget.queries.afterwards import budgets_by_new_edition, years_afterwards
from budget.queries.units import unit_parts
from budget.views.access import scope_of
from budget.views.page import where_from
from budget.words.afterwards import (
    edition_name,
    new_edition_sentence,
    new_edition_table,
    overview_table,
    sector_table,
    year_sentence,
)
from budget.words.units import deadline_sentences, duties_table, effects_table, total_sentence
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS
from organisation.models import Unit
from organisation.rules import AuthenticatedRequest, duties
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


@require_safe
def unit(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """What a unit answers for in the budgets in force, this year and to the end of them."""
    found = Unit.objects.filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise Http404
    parts = unit_parts(found, timezone.localdate())
    own = found.pk in duties(request.user).own_units
    context = {
        "page_title": _("{unit} i klimabudsjettet").format(unit=found.name),
        "unit": found,
        "parts": [
            {
                "budget": part.budget,
                "scope": SCOPE_LABELS[Scope(part.budget.scope)],
                "where_from": where_from(part.budget, part.table),
                "effects": effects_table(part),
                "duties": duties_table(part),
                "total": total_sentence(part),
                "deadlines": deadline_sentences(part),
                "is_example": part.budget.is_example,
            }
            for part in parts
        ],
        "line_base": reverse("budget:line", args=[0]).removesuffix("0/"),
        # An address is all this room knows of the one above.
        "report_url": reverse("publishing:index") if own else "",
    }
    return render_page(request, "budget/unit.html", context)
