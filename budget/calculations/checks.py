"""What the arithmetic refuses, found before it starts, all of it at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext

from budget.calculations.shapes import EXACT, ZERO, BudgetInput, Effect, Key, LineInput, OverlapInput
from budget.enums import BudgetProblemCode, OverlapMethod

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class BudgetProblem:
    """One thing to correct: where it is, the value (tonnes or percent) and the limit it breaks, where
    they apply.
    """

    code: BudgetProblemCode
    line: Key | None = None
    overlap: Key | None = None
    source: Key | None = None
    year: int | None = None
    value: Decimal | None = None
    limit: Decimal | None = None


class BudgetError(ValueError):
    """The budget cannot be computed; `problems` says why."""

    def __init__(self, found: tuple[BudgetProblem, ...]) -> None:
        super().__init__("; ".join(f"{problem.code} {problem}" for problem in found))
        self.problems = found


def problems(budget: BudgetInput) -> tuple[BudgetProblem, ...]:
    """Everything `compute` would refuse, in a stable order; empty when the budget can be computed."""
    with localcontext(EXACT):
        return (
            *_reference_problems(budget),
            *_line_problems(budget),
            *_overlap_problems(budget),
        )


def above_reference(budget: BudgetInput) -> dict[tuple[Key, int], tuple[Decimal, ...]]:
    """Where a line alone cuts more of a source than it emits: (line, year) → those references, tonnes.

    The arithmetic goes on: what exceeds the reference is taken off the sums, since a source cannot go below
    zero. A budget is not handed over with one; lines that exceed it only together are no mistake of any.
    """
    lowest: dict[Key, Decimal] = {}
    for (source, _year), tonnes in budget.reference.items():
        lowest[source] = min(tonnes, lowest.get(source, tonnes))
    found = {}
    with localcontext(EXACT):
        for line in budget.lines:
            known = [effect.central for effect in line.effects.values() if effect is not None]
            limits = [lowest[source] for source in line.shares if source in lowest]
            if not line.counts or not known or not limits or max(known) <= min(limits):
                continue
            for year, effect in line.effects.items():
                if effect is not None and (above := _exceeded(budget, line, year, effect)):
                    found[line.key, year] = above
    return found


def _exceeded(budget: BudgetInput, line: LineInput, year: int, effect: Effect) -> tuple[Decimal, ...]:
    counted = effect.central - line.already_counted
    return tuple(
        reference
        for source, share in sorted(line.shares.items())
        if (reference := budget.reference.get((source, year))) is not None
        and counted * share.scaleb(-2) > reference
    )


def _reference_problems(budget: BudgetInput) -> Iterator[BudgetProblem]:
    for (source, year), tonnes in budget.reference.items():
        if tonnes < 0:
            yield BudgetProblem(
                BudgetProblemCode.NEGATIVE_REFERENCE, source=source, year=year, value=tonnes, limit=ZERO
            )
    for (source, year), (low, high) in budget.reference_range.items():
        central = budget.reference.get((source, year))
        if central is None or not 0 <= low <= central <= high:
            yield BudgetProblem(
                BudgetProblemCode.REFERENCE_OUTSIDE_RANGE, source=source, year=year, value=central
            )


def _line_problems(budget: BudgetInput) -> Iterator[BudgetProblem]:
    seen: set[Key] = set()
    years, sources = frozenset(budget.years), frozenset(budget.sources)
    for line in budget.lines:
        if line.key in seen:
            yield BudgetProblem(BudgetProblemCode.DUPLICATE_LINE, line=line.key)
        seen.add(line.key)
        if not line.quantified:
            continue
        if line.already_counted < 0:
            yield BudgetProblem(
                BudgetProblemCode.NEGATIVE_ALREADY_COUNTED,
                line=line.key,
                value=line.already_counted,
                limit=ZERO,
            )
        for year, effect in line.effects.items():
            if year not in years:
                yield BudgetProblem(BudgetProblemCode.YEAR_OUTSIDE_BUDGET, line=line.key, year=year)
            if effect is not None:
                yield from _effect_problems(line, year, effect)
        if line.scope_counts:
            yield from _share_problems(line, sources)


def _effect_problems(line: LineInput, year: int, effect: Effect) -> Iterator[BudgetProblem]:
    central, low, high = effect.central, effect.low, effect.high
    lowest = central if low is None else low
    if central < 0 or lowest < 0:
        yield BudgetProblem(
            BudgetProblemCode.NEGATIVE_EFFECT,
            line=line.key,
            year=year,
            value=min(central, lowest),
            limit=ZERO,
        )
    if lowest > central or (high is not None and high < central):
        yield BudgetProblem(BudgetProblemCode.ESTIMATES_OUT_OF_ORDER, line=line.key, year=year, value=central)


def _share_problems(line: LineInput, sources: frozenset[Key]) -> Iterator[BudgetProblem]:
    for source, share in line.shares.items():
        if source not in sources:
            yield BudgetProblem(BudgetProblemCode.UNKNOWN_SOURCE, line=line.key, source=source)
        if share < 0:
            yield BudgetProblem(
                BudgetProblemCode.NEGATIVE_SHARE, line=line.key, source=source, value=share, limit=ZERO
            )
    total = sum(line.shares.values(), ZERO)
    if total != HUNDRED:
        yield BudgetProblem(BudgetProblemCode.SHARES_NOT_100, line=line.key, value=total, limit=HUNDRED)


def _overlap_problems(budget: BudgetInput) -> Iterator[BudgetProblem]:
    lines = {line.key: line for line in budget.lines}
    years, sources = frozenset(budget.years), frozenset(budget.sources)
    taken: set[tuple[Key, int, Key]] = set()
    for record in budget.overlaps:
        if record.source not in sources:
            yield BudgetProblem(BudgetProblemCode.UNKNOWN_SOURCE, overlap=record.key, source=record.source)
        for member in record.members:
            if member not in lines:
                yield BudgetProblem(BudgetProblemCode.UNKNOWN_LINE, overlap=record.key, line=member)
        for year in sorted(record.years):
            if year not in years:
                yield BudgetProblem(BudgetProblemCode.YEAR_OUTSIDE_BUDGET, overlap=record.key, year=year)
            yield from _amount_problems(budget, record, year)
            for member in record.members:
                place = (record.source, year, member)
                if place in taken:
                    yield _at(BudgetProblemCode.LINE_IN_TWO_OVERLAPS, record, year, line=member)
                taken.add(place)
                if member in lines:
                    yield from _basis_problems(lines[member], record, year)


def _amount_problems(budget: BudgetInput, record: OverlapInput, year: int) -> Iterator[BudgetProblem]:
    basis, stated = record.basis.get(year), record.stated.get(year)
    if basis is None and record.method == OverlapMethod.PRODUCT:
        yield _at(BudgetProblemCode.BASIS_MISSING, record, year)
    if stated is None and record.method == OverlapMethod.FIXED:
        yield _at(BudgetProblemCode.STATED_MISSING, record, year)
    if basis is not None and basis < 0:
        yield _at(BudgetProblemCode.NEGATIVE_BASIS, record, year, value=basis, limit=ZERO)
    if stated is not None and stated < 0:
        yield _at(BudgetProblemCode.NEGATIVE_STATED, record, year, value=stated, limit=ZERO)
    reference = budget.reference.get((record.source, year))
    if basis is not None and reference is not None and basis > reference:
        yield _at(BudgetProblemCode.BASIS_ABOVE_REFERENCE, record, year, value=basis, limit=reference)


def _basis_problems(line: LineInput, record: OverlapInput, year: int) -> Iterator[BudgetProblem]:
    """The highest estimate is held against the basis, so that the band can be computed too."""
    basis, effect = record.basis.get(year), line.effects.get(year)
    if basis is None or effect is None or not line.counts:
        return
    highest = effect.central if effect.high is None else effect.high
    acting = (highest - line.already_counted) * line.shares.get(record.source, ZERO).scaleb(-2)
    if acting > max(ZERO, basis):
        yield _at(
            BudgetProblemCode.EFFECT_ABOVE_BASIS, record, year, line=line.key, value=acting, limit=basis
        )


def _at(
    code: BudgetProblemCode,
    record: OverlapInput,
    year: int,
    *,
    line: Key | None = None,
    value: Decimal | None = None,
    limit: Decimal | None = None,
) -> BudgetProblem:
    return BudgetProblem(
        code, line=line, overlap=record.key, source=record.source, year=year, value=value, limit=limit
    )
