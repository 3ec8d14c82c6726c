"""The budget's other pages and what to know about it, for the top of its own page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from budget.models import ClimateBudget
from budget.queries.warnings import newer_edition
from budget.words.addresses import budget_url
from budget.words.warnings import newer_edition_sentence
from emissions.enums import Scope
from emissions.models import SCOPE_SLUGS


def document_links(budget: ClimateBudget, *, editable: bool) -> dict[str, Any]:
    """Context of budget/document_links.html; one query, for the newest edition."""
    newer = newer_edition(budget)
    slug = SCOPE_SLUGS[Scope(budget.scope)]
    links = [
        (_("Referansebanen"), budget_url("reference", budget)),
        (_("Overlapp"), budget_url("overlaps", budget)),
        (_("Hva ble endret"), reverse("budget:compare", args=[budget.year, slug])),
    ]
    if editable:
        links.insert(0, (_("Legg til tiltak"), budget_url("add_line", budget)))
        links.append((_("Bytt utgave eller mål"), budget_url("change_basis", budget)))
    return {
        "document_links": links,
        "newer_edition": newer,
        "newer_effect_url": reverse("budget:kept", args=[slug]) + "#ny-utgave",
        "newer_edition_text": newer_edition_sentence(budget, newer) if newer else "",
    }
