"""The budget as a document to read: the same tables on the page, in the PDF and in the chapter to paste.

Everything comes from the one `BudgetTable`; here figures become text, rounded to whole tonnes and kroner.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from budget.queries.details import MethodNotes
from budget.queries.document_tables import (
    cost_table,
    effect_table,
    follow_up_table,
    not_quantified_table,
    outside_tables,
    sum_tables,
    summary_table,
)
from budget.queries.document_words import (
    Note,
    about_figures,
    band_sentence,
    distances,
    heading_facts,
    title_of,
)
from budget.queries.sentences import Answer, answer
from budget.queries.tables import BudgetTable
from web.reading_tables import ReadingTable


@dataclass(frozen=True, slots=True)
class BudgetDocument:
    """A whole budget in the order a reader meets it. Tables are None or empty where there is nothing."""

    title: str
    facts: tuple[tuple[str, str], ...]
    is_example: bool
    answer: Answer
    band: str
    distances: tuple[str, ...]
    summary: ReadingTable
    effects: ReadingTable | None
    costs: ReadingTable | None
    follow_up: ReadingTable | None
    not_quantified: ReadingTable | None
    outside: tuple[ReadingTable, ...]
    sums: tuple[ReadingTable, ...]
    notes: tuple[Note, ...]

    @property
    def outside_title(self) -> str:
        return _("Virkning utenfor systemgrensen")


def budget_document(table: BudgetTable, method: MethodNotes) -> BudgetDocument:
    """The document of a table that was read with costs and details; see `details.read_method`."""
    return BudgetDocument(
        title=title_of(table),
        facts=heading_facts(table),
        is_example=table.budget.is_example or table.edition.is_example,
        answer=answer(table),
        band=band_sentence(table),
        distances=distances(table),
        summary=summary_table(table),
        effects=effect_table(table),
        costs=cost_table(table),
        follow_up=follow_up_table(table),
        not_quantified=not_quantified_table(table),
        outside=outside_tables(table),
        sums=sum_tables(table),
        notes=about_figures(table, method),
    )
