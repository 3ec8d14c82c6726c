"""Sources that several lines act on: what is decided about them, and what they add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budget.calculations import Cell
from budget.calculations.undecided import NoOverlap, Undecided, undecided
from budget.enums import OverlapMethod
from budget.models import ClimateBudget, Overlap, OverlapMember
from budget.queries.assembling import BudgetRows, compute_what_can_be, is_frozen, read_rows
from budget.queries.rows import LineRow
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
class UndecidedSource:
    """A source whose lines, by their codes, act on the same emissions in `years` with nothing decided."""

    source: Source
    lines: tuple[str, ...]
    years: tuple[int, ...]


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


def undecided_sources(
    budget: ClimateBudget, line_id: int | None = None, sources: Mapping[int, Source] | None = None
) -> list[UndecidedSource]:
    """The sources that lines share without a decision; no step forwards while there is one.

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
    return [
        UndecidedSource(
            sources[int(one.source)], tuple(codes[int(line)] for line in one.lines), tuple(one.years)
        )
        for one in found
    ]


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
