"""Sources that several lines act on: what is decided about them, and what they add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from budget.calculations import Cell
from budget.calculations.undecided import NoOverlap, Undecided, undecided
from budget.enums import OverlapMethod
from budget.models import ClimateBudget, Overlap, OverlapMember
from budget.queries.assembling import BudgetRows, compute_what_can_be, is_frozen, read_rows
from budget.queries.figure_words import listed
from budget.queries.problem_words import Place, Refusal
from budget.queries.reading import LineRow
from emissions.models import Source


@dataclass(frozen=True, slots=True)
class Decision:
    """One overlap record: its lines, and the tonnes of each year (tCO2e), empty for «ingen overlapp»."""

    overlap: Overlap
    members: tuple[LineRow, ...]
    years: Mapping[int, Decimal]


@dataclass(frozen=True, slots=True)
class SharedSource:
    """A source with more than one line, or with a decision. `cells` are its sums per year, tCO2e."""

    source: Source
    lines: tuple[LineRow, ...]
    cells: Mapping[int, Cell]
    decisions: tuple[Decision, ...]
    open: Undecided | None


@dataclass(frozen=True, slots=True)
class OverlapPage:
    years: tuple[int, ...]
    sources: tuple[SharedSource, ...]


def overlap_page(budget: ClimateBudget) -> OverlapPage:
    """Every shared source of the budget, in the order of sectors; a fixed number of queries."""
    rows = read_rows(budget, frozen=is_frozen(budget))
    result, _problems = compute_what_can_be(rows.input)
    overlaps = _overlaps(budget)
    open_by_source = {one.source: one for one in undecided(rows.input, _no_overlaps(overlaps))}
    lines = lines_by_source(rows)
    shared = {pk for pk, here in lines.items() if len(here) > 1} | {row.source_id for row in overlaps}
    by_pk = {line.pk: line for line in rows.lines}
    sources = Source.objects.filter(pk__in=shared).select_related("sector").order_by("sector__name", "name")
    return OverlapPage(
        years=rows.input.years,
        sources=tuple(
            SharedSource(
                source=source,
                lines=tuple(lines.get(source.pk, ())),
                cells={
                    year: cell
                    for year in rows.input.years
                    if (cell := result.cells.get((source.pk, year))) is not None
                },
                decisions=tuple(_decision(row, by_pk) for row in overlaps if row.source_id == source.pk),
                open=open_by_source.get(source.pk),
            )
            for source in sources
        ),
    )


def lines_by_source(rows: BudgetRows) -> dict[int, list[LineRow]]:
    """The lines in scope with tonnes that act on each source, in the document's order."""
    by_pk = {line.pk: line for line in rows.lines}
    found: dict[int, list[LineRow]] = defaultdict(list)
    for line in rows.input.lines:
        if line.counts:
            for source, share in line.shares.items():
                if share > 0:
                    found[int(source)].append(by_pk[int(line.key)])
    return found


def undecided_refusals(
    budget: ClimateBudget, line_id: int | None = None, sources: Mapping[int, Source] | None = None
) -> list[Refusal]:
    """A sentence per source that lines share without a decision; no step forwards while there is one.

    With `line_id` only those that line is among; `sources` are then the line's own, by id.
    """
    rows = read_rows(budget, frozen=is_frozen(budget))
    everything = undecided(rows.input, _no_overlaps(_overlaps(budget)))
    found = [one for one in everything if line_id is None or line_id in one.lines]
    if not found:
        return []
    if sources is None:
        sources = Source.objects.select_related("sector").in_bulk([int(one.source) for one in found])
    codes = {line.pk: line.code or line.title for line in rows.lines}
    text = _("{source}: {lines} virker på de samme utslippene i {years}. Avgjør om de overlapper.")
    return [
        Refusal(
            text.format(
                source=sources[int(one.source)],
                lines=listed([codes[int(line)] for line in one.lines]),
                years=span(one.years),
            ),
            place=Place.OVERLAPS,
        )
        for one in found
    ]


def span(years: Sequence[int]) -> str:
    """«2027», «2027–2030», or the years one by one where some are missing."""
    if len(years) > 1 and years[-1] - years[0] == len(years) - 1:
        return f"{years[0]}–{years[-1]}"
    return listed([str(year) for year in years])


def _overlaps(budget: ClimateBudget) -> list[Overlap]:
    rows = Overlap.objects.filter(budget=budget).select_related("source__sector").order_by("pk")
    return list(rows.prefetch_related("members", "years"))


def _no_overlaps(overlaps: Sequence[Overlap]) -> list[NoOverlap]:
    return [
        NoOverlap(row.source_id, frozenset(member.line_id for member in row.members.all()))
        for row in overlaps
        if row.method == OverlapMethod.NONE
    ]


def _decision(overlap: Overlap, lines: Mapping[int, LineRow]) -> Decision:
    members: list[OverlapMember] = sorted(overlap.members.all(), key=lambda member: member.line_id)
    return Decision(
        overlap=overlap,
        members=tuple(lines[member.line_id] for member in members if member.line_id in lines),
        years={row.year: row.tonnes for row in sorted(overlap.years.all(), key=lambda row: row.year)},
    )
