"""Whether targets are reached, in sentences. They are frozen with the figures of a summary."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from budget.queries.tables import BudgetTable
from publishing.queries.period_facts import Delays, PartCounts
from publishing.queries.period_summary import TargetAnswer
from publishing.words.summary import edition_words, tonnes, unknown_losses
from reporting.words.progress import count_word
from strategy.queries.targets import TargetStanding
from web.formats import format_percent

ZERO = Decimal(0)


def verdict_of(on_track: bool | None) -> str:
    if on_track is None:
        return _("kan ikke vurderes")
    return _("i rute") if on_track else _("ikke i rute")


def budget_answer(covers: str, table: BudgetTable, delays: Delays, years: Sequence[int]) -> TargetAnswer:
    """Whether the adopted budget reaches its target, and what reported delays do to it.

    On track only when the measure path keeps below the ceiling also without what is delayed.
    """
    row = table.answer_year
    on_track = None if row.gap is None else row.gap + _lost_in_year(delays) <= 0
    first, lost = _distance(row.year, row.gap), _delays(row.year, delays, years)
    parts = [f"{first}; {lost}" if lost else f"{first}."]
    if delays.unknown:
        parts.append(unknown_losses(delays.unknown))
    return TargetAnswer(
        name=capfirst(covers),
        verdict=verdict_of(on_track),
        on_track=on_track,
        text=" ".join(parts),
        source=edition_words(table.edition.publisher, table.edition.published, table.edition.last_year),
        is_example=table.budget.is_example or table.edition.is_example,
    )


def part_answer(
    name: str, table: BudgetTable, counts: PartCounts, delays: Delays, years: Sequence[int]
) -> TargetAnswer:
    """What a part of the municipality adds to the budget's target. The gap is the municipality's own."""
    lost = _delays(counts.year, delays, years)
    if counts.tonnes is None:
        first = _("Ingen av tiltakene har tonn i klimabudsjett {year}").format(year=table.budget.year)
    else:
        first = _("Tiltakene kutter {tonnes} i {year} etter klimabudsjett {budget}").format(
            tonnes=tonnes(counts.tonnes), year=counts.year, budget=table.budget.year
        )
    parts = [f"{first}; {lost}" if lost else f"{first}."]
    if delays.unknown:
        parts.append(unknown_losses(delays.unknown))
    return TargetAnswer(
        name=name,
        verdict=_part_verdict(counts),
        on_track=None if not counts.approved else not counts.off_plan,
        text=" ".join(parts),
        source=edition_words(table.edition.publisher, table.edition.published, table.edition.last_year),
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


def _lost_in_year(delays: Delays) -> Decimal:
    return sum((loss.answer_year for loss in delays.losses if loss.counts), ZERO)


def _delays(year: int, delays: Delays, years: Sequence[int]) -> str:
    in_year = _lost_in_year(delays)
    in_all = sum((loss.total for loss in delays.losses if loss.counts), ZERO)
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
        source=edition_words(edition.publisher, edition.published, standing.newest_year) if edition else "",
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
