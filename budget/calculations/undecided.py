"""Lines that act on the same source in the same year without a decision about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from budget.calculations.shapes import ZERO, BudgetInput, Key, LineInput


@dataclass(frozen=True, slots=True)
class NoOverlap:
    """The decision that no two of `members` overlap on the source, beyond what overlap records say."""

    source: Key
    members: frozenset[Key]


@dataclass(frozen=True, slots=True)
class Undecided:
    """Lines of one source that share it with each other in some of `years` without a decision."""

    source: Key
    lines: tuple[Key, ...]
    years: tuple[int, ...]


def undecided(budget: BudgetInput, decisions: Iterable[NoOverlap]) -> tuple[Undecided, ...]:
    """One entry per source that has such lines, in the order of the sources.

    Two lines need a decision in the years in which both cut something there: an overlap record with both
    that names the year, or a «no overlap» with both. Lines outside the boundary and lines without tonnes
    need none.
    """
    acting = _acting(budget)
    covered = _covered(budget)
    parted: dict[Key, set[frozenset[Key]]] = defaultdict(set)
    for decision in decisions:
        parted[decision.source].update(map(frozenset, combinations(decision.members, 2)))
    found = []
    for source in budget.sources:
        lines: dict[Key, None] = {}
        years: set[int] = set()
        for first, second in combinations(acting.get(source, {}), 2):
            pair = frozenset((first, second))
            if pair in parted[source]:
                continue
            both = acting[source][first] & acting[source][second]
            open_years = both - covered.get((source, pair), set())
            if open_years:
                lines |= {first: None, second: None}
                years |= open_years
        if lines:
            found.append(Undecided(source, tuple(lines), tuple(sorted(years))))
    return tuple(found)


def _acting(budget: BudgetInput) -> dict[Key, dict[Key, set[int]]]:
    """Source → line → the years in which the line cuts something there."""
    acting: dict[Key, dict[Key, set[int]]] = defaultdict(dict)
    for line in budget.lines:
        years = _years(line) if line.counts else set()
        for source, share in line.shares.items():
            if years and share > 0:
                acting[source][line.key] = years
    return acting


def _years(line: LineInput) -> set[int]:
    return {
        year
        for year, effect in line.effects.items()
        if effect is not None and effect.central - line.already_counted > ZERO
    }


def _covered(budget: BudgetInput) -> dict[tuple[Key, frozenset[Key]], set[int]]:
    covered: dict[tuple[Key, frozenset[Key]], set[int]] = defaultdict(set)
    for record in budget.overlaps:
        for pair in combinations(record.members, 2):
            covered[record.source, frozenset(pair)] |= record.years
    return covered
