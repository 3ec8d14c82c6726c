"""What a unit answers for in the budgets in force."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from budget.queries.units import unit_parts
from budget.words.budgets import where_from
from budget.words.units import deadline_sentences, duties_table, effects_table, total_sentence
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS
from organisation.models import Unit
from organisation.rules import AuthenticatedRequest, duties
from web.http import render_page


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
