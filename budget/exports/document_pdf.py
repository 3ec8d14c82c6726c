"""The climate budget as tagged PDF for kommunestyret. The same budget always gives the same bytes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from budget.models import ClimateBudget
from budget.queries.assembling import budget_table
from budget.queries.details import read_method
from budget.words.curves import chart
from budget.words.document import band_note, budget_document
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS
from web.pdf import render_pdf

TEMPLATE = "pdf/budget.html"
PAPER_WIDTH = 680


def render_budget(budget: ClimateBudget) -> bytes:
    """PDF/UA-1. Takes seconds: call it from a job. Raises PdfError."""
    context = budget_html_context(budget)
    return render_pdf(TEMPLATE, context, title=context["pdf_title"])


def budget_html_context(budget: ClimateBudget) -> dict[str, Any]:
    """What the template gets, besides title and author."""
    table = budget_table(budget)
    document = budget_document(table, read_method(budget))
    scope = SCOPE_LABELS[Scope(budget.scope)]
    return {
        "pdf_title": _("{title}: {scope}").format(title=document.title, scope=str(scope).lower()),
        "document": document,
        "metadata": document.facts,
        "chart": chart(table, width=PAPER_WIDTH),
        "chart_note": band_note(table),
    }
