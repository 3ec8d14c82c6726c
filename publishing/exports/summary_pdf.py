"""Klimastatus and the other summaries as tagged PDF. The same data and imprint always give the same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from publishing.actions.publications import Imprint, Rendering
from publishing.enums import DashboardLevel
from publishing.queries.chapter import Chapter
from publishing.queries.documents import Frozen
from publishing.queries.period_summary import Basis
from publishing.queries.public_summary import PublicSummary
from publishing.words.chapter import chapter_tables, missing_words
from publishing.words.public_page import public_page_of, public_state
from publishing.words.summary import budget_name, edition_name, state_line, unknown_losses
from publishing.words.summary_page import page_of
from web.formats import format_number, format_percent
from web.names import naming
from web.pdf import render_copies, render_pdf

# Of the changes since last period, and of the rows of the økonomiplan: those that fit beside the rest in four
# pages. The others are counted. Of the decisions that wait none is left out: the others are named.
MOST_CHANGES = 10
MOST_ROWS = 5
MOST_DECISIONS = 5

Rows = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Pages:
    """A template with what it shows."""

    template: str
    context: dict[str, Any]
    title: str


def render_summary(frozen: Frozen, imprint: Imprint | None) -> bytes:
    """PDF/UA-1 of a summary. Without an imprint it says that it is a draft. Raises PdfError."""
    with translation.override(settings.LANGUAGE_CODE):
        pages = _pages(frozen, imprint)
    return render_pdf(pages.template, pages.context, title=pages.title)


def render_publication(frozen: Frozen, imprint: Imprint) -> Rendering:
    """Every file of a publication: PDF/UA-1, PDF/A-2a, and a chapter's text to paste. Raises PdfError."""
    with translation.override(settings.LANGUAGE_CODE):
        pages = _pages(frozen, imprint)
        html = chapter_html(frozen, imprint) if isinstance(frozen, Chapter) else ""
    copies = render_copies(pages.template, pages.context, title=pages.title)
    return Rendering(copies.reading, copies.archive, html)


def chapter_html(chapter: Chapter, imprint: Imprint | None) -> str:
    """The chapter as a document of headings and tables and nothing else, to paste into a text editor."""
    return render_to_string("publishing/chapter_document.html", chapter_context(chapter, imprint))


def chapter_context(chapter: Chapter, imprint: Imprint | None) -> dict[str, Any]:
    """What the chapter's templates show, on a page, in the document to paste, and in PDF."""
    return {
        "title": summary_title(chapter),
        "chapter": chapter,
        "tables": chapter_tables(chapter),
        "missing": missing_words(chapter),
        "unknown": unknown_losses(chapter.unknown_losses),
        "facts": _chapter_facts(chapter, imprint),
    }


def summary_title(frozen: Frozen) -> str:
    """What the document is called, the same on its first page and in its properties."""
    if isinstance(frozen, Chapter):
        return _("Klima, {period}").format(period=frozen.period_name)
    if isinstance(frozen, PublicSummary):
        return naming(_("Klimastatus for {organisation}, {period}"), period=frozen.period_name)
    if frozen.level != DashboardLevel.MUNICIPALITY:
        return _("Klimastatus for {name}, {period}").format(name=frozen.level_name, period=frozen.period_name)
    return _("Klimastatus, {period}").format(period=frozen.period_name)


def _pages(frozen: Frozen, imprint: Imprint | None) -> Pages:
    title = summary_title(frozen)
    if isinstance(frozen, Chapter):
        context = chapter_context(frozen, imprint)
        context["metadata"] = context["facts"]
        return Pages("pdf/chapter.html", context, title)
    if isinstance(frozen, PublicSummary):
        metadata = [
            *_imprint_rows(imprint),
            (_("Tilstand"), public_state(frozen)),
            *_basis_rows(frozen.basis),
        ]
        context = {"summary": frozen, "page": public_page_of(frozen), "metadata": metadata}
        return Pages("pdf/public_summary.html", context, title)
    metadata = [*_imprint_rows(imprint), (_("Tilstand"), state_line(frozen)), *_basis_rows(frozen.basis)]
    page = page_of(
        frozen, None, most_changes=MOST_CHANGES, most_rows=MOST_ROWS, most_decisions=MOST_DECISIONS
    )
    return Pages("pdf/summary.html", {"summary": frozen, "page": page, "metadata": metadata}, title)


def _imprint_rows(imprint: Imprint | None) -> Rows:
    if imprint is None:
        return [(_("Utgave"), _("Utkast, ikke publisert"))]
    rows = [(_("Utgave"), _("Publikasjon nr. {n}").format(n=format_number(imprint.number)))]
    if imprint.case_number:
        rows.append((_("Saksnummer"), imprint.case_number))
    return rows


def _basis_rows(basis: Basis) -> Rows:
    rows = [(_("Klimabudsjett"), budget_name(basis)), (_("Klimaregnskap"), edition_name(basis))]
    if basis.percent is not None and basis.base_year is not None:
        target = _("−{percent} innen {year}, fra {base}. {scope}.").format(
            percent=format_percent(basis.percent), year=basis.target_year, base=basis.base_year,
            scope=basis.scope_label,
        )  # fmt: skip
        rows.append((_("Mål"), target))
    return rows


def _chapter_facts(chapter: Chapter, imprint: Imprint | None) -> Rows:
    state = _("Endelig") if chapter.is_final else _("Foreløpig")
    rows = [*_imprint_rows(imprint), (_("Tilstand"), state), *_basis_rows(chapter.basis)]
    if chapter.basis.is_example:
        rows.append((_("Merknad"), _("Eksempeldata")))
    return rows
