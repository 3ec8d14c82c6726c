"""«Hva om?»: a budget with some lines dropped, delayed or scaled, and others added. The budget itself is
left as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext

from budget.calculations.delay import Delay, delayed
from budget.calculations.shapes import EXACT, ZERO, BudgetInput, Effect, Key, LineInput

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Changes:
    """What is tried: lines taken out, delays and percents of the effect by line, and lines put in.

    scaled: 100 is the line as it is, 0 no effect, 150 half as much again. Estimates are scaled alike, and
    what the inventory already shows stays counted as such.
    """

    dropped: frozenset[Key] = frozenset()
    delayed: Mapping[Key, Delay] | None = None
    scaled: Mapping[Key, Decimal] | None = None
    added: tuple[LineInput, ...] = ()


@dataclass(frozen=True, slots=True)
class YearDifference:
    """One year beside the same year of the budget, tonnes. difference: positive is higher emissions.

    None where a path or a ceiling is unknown. The gap moves as much as the path does.
    """

    year: int
    path_before: Decimal | None
    path_after: Decimal | None
    gap_before: Decimal | None
    gap_after: Decimal | None
    difference: Decimal | None


def changed(budget: BudgetInput, changes: Changes) -> BudgetInput:
    """The budget's input with the changes made.

    A dropped line stays in it without counting, so overlaps keep their members. Raises KeyError for a line
    the budget does not have or an added one it has, ValueError for a negative percent.
    """
    scaled, delays = changes.scaled or {}, changes.delayed or {}
    known = {line.key for line in budget.lines}
    unknown = (changes.dropped | scaled.keys() | delays.keys()) - known
    twice = {line.key for line in changes.added} & known
    if unknown or twice:
        raise KeyError(*sorted(unknown | twice, key=str))
    for percent in scaled.values():
        if percent < 0:
            raise ValueError(f"a line cannot give {percent} percent of its effect")
    after = delayed(budget, delays)
    with localcontext(EXACT):
        lines = [
            _scaled(line, scaled[line.key]) if line.key in scaled else _kept(line, changes.dropped)
            for line in after.lines
        ]
    sources = {*after.sources, *(source for line in changes.added for source in line.shares)}
    return replace(after, lines=(*lines, *changes.added), sources=_ordered(after.sources, sources))


def differences(
    before: Mapping[int, tuple[Decimal | None, Decimal | None]],
    after: Mapping[int, tuple[Decimal | None, Decimal | None]],
) -> list[YearDifference]:
    """Path and gap (tonnes) of every year in `before` beside those in `after`, which has the same years."""
    rows = []
    with localcontext(EXACT):
        for year, (path, gap) in before.items():
            new_path, new_gap = after[year]
            known = path is not None and new_path is not None
            moved = new_path - path if known else None  # type: ignore[operator]
            rows.append(YearDifference(year, path, new_path, gap, new_gap, moved))
    return rows


def _kept(line: LineInput, dropped: frozenset[Key]) -> LineInput:
    return replace(line, quantified=False) if line.key in dropped else line


def _scaled(line: LineInput, percent: Decimal) -> LineInput:
    """Only what counts is scaled: the part beyond what the inventory already shows."""
    more = (percent - HUNDRED).scaleb(-2)

    def scale(tonnes: Decimal) -> Decimal:
        return tonnes + more * max(ZERO, tonnes - line.already_counted)

    effects = {
        year: effect
        and Effect(
            scale(effect.central),
            None if effect.low is None else scale(effect.low),
            None if effect.high is None else scale(effect.high),
        )
        for year, effect in line.effects.items()
    }
    return replace(line, effects=effects)


def _ordered(first: Iterable[Key], every: Iterable[Key]) -> tuple[Key, ...]:
    return tuple(dict.fromkeys([*first, *sorted(every, key=str)]))
