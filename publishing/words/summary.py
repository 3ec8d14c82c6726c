"""What Klimastatus says in words around its figures, on the page and in its PDF."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from publishing.enums import DashboardLevel
from publishing.queries.period_summary import Basis, Loss, PeriodSummary, Remaining, StatusCount, UnitRow
from reporting.enums import ReportState
from web.formats import (
    NBSP,
    format_date,
    format_datetime,
    format_day,
    format_number,
)

ZERO = Decimal(0)


UNIT_STATES = {
    ReportState.DRAFT: gettext_lazy("Mangler"),
    ReportState.RETURNED: gettext_lazy("Mangler, returnert til virksomheten"),
    ReportState.APPROVED: gettext_lazy("Godkjent av leder"),
    ReportState.ASSURED: gettext_lazy("Kvalitetssikret"),
}


def tonnes(value: Decimal) -> str:
    """«23 560 tonn», without decimals; «under 1 tonn» for what would read as none."""
    if ZERO < value < Decimal("0.5"):
        return _("under 1 tonn")
    return _("{n} tonn").format(n=format_number(value, 0))


def unknown_losses(count: int) -> str:
    """How many delays nobody has said the size of; empty for none."""
    if not count:
        return ""
    return ngettext(
        "For én forsinkelse er virkningen ikke anslått.",
        "For {n} forsinkelser er virkningen ikke anslått.",
        count,
    ).format(n=count)


def edition_words(publisher: str, published: date, last_year: int | None) -> str:
    """«Miljødirektoratet, publisert 1. desember 2025, til og med 2024»"""
    return _("{publisher}, publisert {day}, til og med {year}").format(
        publisher=publisher, day=format_date(published), year=last_year or "–"
    )


def state_line(summary: PeriodSummary, at: datetime | None = None) -> str:
    """Foreløpig or endelig, when, how many are in, and which budget it is held against."""
    state = _("Endelig") if summary.is_final else _("Foreløpig")
    head = f"{state}, {format_datetime(at)}" if at else state
    answered = _("svar godkjent av leder i {n} av {total} virksomheter og foretak").format(
        n=summary.approved_count, total=len(summary.units)
    )
    if summary.level == DashboardLevel.UNIT:
        answered = ", ".join(state_of_unit(unit, at.date() if at else None) for unit in summary.units)
        answered = answered or _("ingen rapport")
    budget = _("mot klimabudsjett {year}").format(year=summary.basis.year)
    return f"{head} · {answered} · {budget}"


def budget_name(basis: Basis) -> str:
    """«Klimabudsjett 2026, vedtatt 9. desember 2025, sak 25/101»"""
    name = _("Klimabudsjett {year}").format(year=basis.year)
    if basis.revision > 1:
        name = _("{name}, revisjon {n}").format(name=name, n=basis.revision)
    return _("{name}, vedtatt {day}, sak {case}").format(
        name=name, day=format_date(basis.adopted_on), case=basis.case_number
    )


def edition_name(basis: Basis) -> str:
    """«Miljødirektoratet, publisert 1. desember 2025, til og med 2024»"""
    return edition_words(basis.publisher, basis.published, basis.last_history_year)


def missing_sentence(summary: PeriodSummary) -> str:
    """How the measures of units without an approved report are counted; empty when nobody is missing."""
    if not summary.missing:
        return ""
    said = _("Tiltakene deres ({tonnes} i {year}) er regnet som i budsjettet.").format(
        tonnes=tonnes(summary.missing_tonnes), year=summary.answer_year
    )
    return f"{said} {awaiting_sentence(summary.awaiting_leader)}".strip()


def awaiting_sentence(names: Sequence[str]) -> str:
    """Why nobody has approved for these municipal enterprises; empty for none."""
    if not names:
        return ""
    return _("Venter på ny daglig leder i foretaket: {names}.").format(names=", ".join(names))


def hidden_changes(count: int) -> str:
    """How many changes are not shown; empty for none."""
    if not count:
        return ""
    return ngettext(
        "Ett tiltak til har annen status enn sist.", "{n} tiltak til har annen status enn sist.", count
    ).format(n=format_number(count))


def remaining_words(remaining: Remaining | None) -> str:
    """«De andre 13 tiltakene»; empty when all are listed."""
    if remaining is None:
        return ""
    return _("De andre {n} tiltakene").format(n=format_number(remaining.count))


def span(summary: PeriodSummary) -> str:
    return f"{summary.first_year}–{summary.last_year}"


def loss_words(loss: Loss | None, summary: PeriodSummary) -> str:
    """«70 tonn mindre kutt samlet 2026–2030.»; empty when nothing is known to be lost."""
    if loss is None or not loss.total:
        return ""
    words = (
        _("{tonnes} mindre kutt samlet {span}.")
        if loss.counts
        else _("{tonnes} mindre kutt samlet {span}, utenfor budsjettets systemgrense.")
    )
    return words.format(tonnes=tonnes(loss.total), span=span(summary))


def state_of_unit(unit: UnitRow, today: date | None = None) -> str:
    """How far a unit's report has come. With `today` waiting is in days, without it as a date."""
    if unit.state != ReportState.SUBMITTED:
        return str(UNIT_STATES[ReportState(unit.state)])
    if unit.awaits_leader:
        return _("Venter på ny daglig leder i foretaket")
    if unit.submitted_on is None:
        return _("Til godkjenning hos leder")
    if today is None:
        return _("Til godkjenning hos leder siden {day}").format(day=format_day(unit.submitted_on))
    days = (today - unit.submitted_on).days
    if days <= 0:
        return _("Til godkjenning hos leder, fra i dag")
    return ngettext(
        "Til godkjenning hos leder, {n} dag", "Til godkjenning hos leder, {n} dager", days
    ).format(n=days)


def counts_of_unit(counts: Iterable[StatusCount]) -> str:
    """«3 i rute, 1 forsinket», or how the measures are counted when nothing is approved."""
    words = ", ".join(f"{one.count}{NBSP}{one.label.lower()}" for one in counts)
    return words or _("regnet som i budsjettet")
