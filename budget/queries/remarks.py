"""What is odd about a figure without being wrong: said under its cell, saved all the same."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import F
from django.utils.translation import gettext as _

from budget.models import ClimateBudget, Effect
from climate_portal.web.formats import format_number


def above_reference_sentence(reference: Decimal) -> str:
    """What a cell says when it cuts more than its source emits that year, tCO2e."""
    text = _("Mer enn kilden slipper ut: {tonnes} tonn.")
    return text.format(tonnes=format_number(reference, 0))


def remarks(budget: ClimateBudget) -> dict[tuple[int, int], str]:
    """The sentence for each (line id, year) whose counted effect is above its source's reference path."""
    path = "line__sources__source__referencepath"
    rows = Effect.objects.filter(
        line__budget=budget,
        line__scope=budget.scope,
        **{
            f"{path}__budget": budget,
            f"{path}__year": F("year"),
            f"{path}__tonnes__lt": (F("tonnes") - F("line__already_counted"))
            * F("line__sources__share")
            / Decimal(100),
        },
    ).values_list("line_id", "year", f"{path}__tonnes")
    return {(line, year): above_reference_sentence(reference) for line, year, reference in rows}
