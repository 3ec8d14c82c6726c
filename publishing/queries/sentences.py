"""What the leadership summary says in words. Sentences about targets are frozen with the figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from budget.queries.tables import BudgetTable
from publishing.enums import DashboardLevel
from publishing.queries.summary import (
    Basis,
    Loss,
    PeriodSummary,
    Remaining,
    StatusCount,
    TargetAnswer,
    UnitRow,
)
from reporting.enums import ReportState
from reporting.queries.waiting import count_word
from strategy.queries.targets import TargetStanding
from web.formats import (
    NBSP,
    format_date,
    format_datetime,
    format_day,
    format_number,
    format_percent,
)

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class PartCounts:
    """Of a part of the municipality: measures with an approved status, those off plan, and what its measures
    cut in `year` by the budget (None where none has tonnes).
    """

    approved: int
    off_plan: int
    year: int
    tonnes: Decimal | None


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


def verdict_of(on_track: bool | None) -> str:
    if on_track is None:
        return _("kan ikke vurderes")
    return _("i rute") if on_track else _("ikke i rute")


def budget_answer(
    covers: str, table: BudgetTable, losses: Iterable[Loss], unknown: int, years: Sequence[int]
) -> TargetAnswer:
    """Whether the adopted budget reaches its target, and what reported delays do to it.

    On track only when the measure path keeps below the ceiling also without what is delayed.
    """
    counted = [loss for loss in losses if loss.counts]
    in_year = sum((loss.answer_year for loss in counted), ZERO)
    in_all = sum((loss.total for loss in counted), ZERO)
    row = table.answer_year
    on_track = None if row.gap is None else row.gap + in_year <= 0
    delays = _delays(row.year, in_year, in_all, years)
    parts = [f"{_distance(row.year, row.gap)}; {delays}" if delays else f"{_distance(row.year, row.gap)}."]
    if unknown:
        parts.append(unknown_losses(unknown))
    return TargetAnswer(
        name=capfirst(covers),
        verdict=verdict_of(on_track),
        on_track=on_track,
        text=" ".join(parts),
        source=_edition(table.edition.publisher, table.edition.published, table.edition.last_year),
        is_example=table.budget.is_example or table.edition.is_example,
    )


def part_answer(
    name: str,
    table: BudgetTable,
    counts: PartCounts,
    losses: Iterable[Loss],
    unknown: int,
    years: Sequence[int],
) -> TargetAnswer:
    """What a part of the municipality adds to the budget's target. The gap is the municipality's own."""
    counted = [loss for loss in losses if loss.counts]
    delays = _delays(
        counts.year,
        sum((loss.answer_year for loss in counted), ZERO),
        sum((loss.total for loss in counted), ZERO),
        years,
    )
    if counts.tonnes is None:
        first = _("Ingen av tiltakene har tonn i klimabudsjett {year}").format(year=table.budget.year)
    else:
        first = _("Tiltakene kutter {tonnes} i {year} etter klimabudsjett {budget}").format(
            tonnes=tonnes(counts.tonnes), year=counts.year, budget=table.budget.year
        )
    parts = [f"{first}; {delays}" if delays else f"{first}."]
    if unknown:
        parts.append(unknown_losses(unknown))
    return TargetAnswer(
        name=name,
        verdict=_part_verdict(counts),
        on_track=None if not counts.approved else not counts.off_plan,
        text=" ".join(parts),
        source=_edition(table.edition.publisher, table.edition.published, table.edition.last_year),
        is_example=table.budget.is_example or table.edition.is_example,
    )


def _part_verdict(counts: PartCounts) -> str:
    if not counts.approved:
        return _("ingen svar er godkjent av leder ennå")
    if not counts.off_plan:
        return _("alle svar som er godkjent, følger planen")
    return _("{off} av {count} tiltak følger ikke planen").format(
        off=count_word(counts.off_plan), count=count_word(counts.approved)
    )


def unknown_losses(count: int) -> str:
    """How many delays nobody has said the size of; empty for none."""
    if not count:
        return ""
    return ngettext(
        "For én forsinkelse er virkningen ikke anslått.",
        "For {n} forsinkelser er virkningen ikke anslått.",
        count,
    ).format(n=count)


def _distance(year: int, gap: Decimal | None) -> str:
    if gap is None:
        return _("Tiltaksbanen i {year} kan ikke regnes mot en utslippsramme").format(year=year)
    if gap > 0:
        return _("Tiltaksbanen i {year} ligger {tonnes} over utslippsrammen").format(
            year=year, tonnes=tonnes(gap)
        )
    if gap < 0:
        return _("Tiltaksbanen i {year} ligger {tonnes} under utslippsrammen").format(
            year=year, tonnes=tonnes(-gap)
        )
    return _("Tiltaksbanen i {year} er lik utslippsrammen").format(year=year)


def _delays(year: int, in_year: Decimal, in_all: Decimal, years: Sequence[int]) -> str:
    if not in_all:
        return ""
    span = f"{years[0]}–{years[-1]}"
    if not in_year:
        return _(
            "meldte forsinkelser endrer ikke {year}, men gir {tonnes} mindre kutt samlet {span}."
        ).format(year=year, tonnes=tonnes(in_all), span=span)
    return _(
        "meldte forsinkelser gir {in_year} mindre kutt i {year} og {tonnes} mindre kutt samlet {span}."
    ).format(in_year=tonnes(in_year), year=year, tonnes=tonnes(in_all), span=span)


def standing_answer(standing: TargetStanding) -> TargetAnswer:
    """A target without a budget in this period: the newest inventory against that year's ceiling."""
    edition = standing.edition
    on_track = None if standing.distance is None else standing.distance <= 0
    return TargetAnswer(
        name=capfirst(standing.target.strategy.covers),
        verdict=verdict_of(on_track),
        on_track=on_track,
        text=_standing(standing),
        source=_edition(edition.publisher, edition.published, standing.newest_year) if edition else "",
        is_example=bool(edition and edition.is_example),
    )


def _standing(standing: TargetStanding) -> str:
    base, newest = standing.target.base_year, standing.newest_year
    distance, cut = standing.distance, standing.cut
    if distance is None or cut is None or newest is None:
        return _("Klimaregnskapet mangler tall for basisåret {base}.").format(base=base)
    lower = _("Utslippene i {newest} var {cut} lavere enn i {base}")
    higher = _("Utslippene i {newest} var {cut} høyere enn i {base}")
    above = _("{tonnes} over utslippsrammen for {newest}.")
    below = _("{tonnes} under utslippsrammen for {newest}.")
    words = f"{higher if cut < 0 else lower}, {above if distance > 0 else below}"
    return words.format(
        newest=newest, cut=format_percent(abs(cut), 0), base=base, tonnes=tonnes(abs(distance))
    )


def _edition(publisher: str, published: date, last_year: int | None) -> str:
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
    return _edition(basis.publisher, basis.published, basis.last_history_year)


def missing_sentence(summary: PeriodSummary) -> str:
    """How the measures of units without an approved report are counted; empty when nobody is missing."""
    if not summary.missing:
        return ""
    return _("Tiltakene deres ({tonnes} i {year}) er regnet som i budsjettet.").format(
        tonnes=tonnes(summary.missing_tonnes), year=summary.answer_year
    )


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
