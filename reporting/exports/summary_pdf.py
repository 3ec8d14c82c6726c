"""The leadership summary as tagged PDF. The same data and number always give the same bytes."""

from __future__ import annotations

from django.utils.translation import gettext as _

from climate_portal.web.formats import format_number, format_percent
from climate_portal.web.pdf import render_pdf
from reporting.queries.sentences import budget_name, edition_name, state_line
from reporting.queries.summary import LeadershipSummary
from reporting.queries.summary_page import page_of


def render_summary(summary: LeadershipSummary, number: int | None) -> bytes:
    """PDF/UA-1 of the summary. `number` None marks a preview that is not published. Raises PdfError."""
    title = _("Klimastatus, {period}").format(period=summary.period_name)
    return render_pdf(
        "pdf/summary.html",
        {"summary": summary, "page": page_of(summary, None), "metadata": _metadata(summary, number)},
        title=title,
    )


def summary_file_name(period: str, number: int | None) -> str:
    """«klimasammendrag-2026-t2-nr1.pdf»"""
    last = f"nr{number}" if number else _("utkast")
    return f"klimasammendrag-{period.lower()}-{last}.pdf"


def _metadata(summary: LeadershipSummary, number: int | None) -> list[tuple[str, str]]:
    basis = summary.basis
    rows = [
        (
            _("Utgave"),
            _("Publikasjon nr. {n}").format(n=format_number(number))
            if number
            else _("Utkast, ikke publisert"),
        ),
        (_("Tilstand"), state_line(summary)),
        (_("Klimabudsjett"), budget_name(summary)),
        (_("Klimaregnskap"), edition_name(summary)),
    ]
    if basis.percent is not None and basis.base_year is not None:
        target = _("−{percent} innen {year}, fra {base}. {scope}.").format(
            percent=format_percent(basis.percent), year=basis.target_year, base=basis.base_year,
            scope=basis.scope_label,
        )  # fmt: skip
        rows.append((_("Mål"), target))
    return rows
