"""What goes into the arithmetic and what comes out. Tonnes are tCO2e per year, shares are percent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow
from typing import NamedTuple

from budget.enums import OverlapMethod
from strategy.enums import Level

Key = int | str

ZERO = Decimal(0)
DECIMALS = 12
# Inexact is trapped: a rounding nobody wrote down is an error, not a habit.
EXACT = Context(prec=1000, traps=[InvalidOperation, DivisionByZero, Overflow, Inexact])


def cut_division(numerator: Decimal, denominator: Decimal) -> Decimal:
    """Numerator / denominator, neither negative, cut to 12 decimals. Only under the context EXACT."""
    # Adding zero turns 5.6E+2, which normalize() makes of 560, back into 560: it ends up in exports.
    return (numerator.scaleb(DECIMALS) // denominator).scaleb(-DECIMALS).normalize() + ZERO


class Effect(NamedTuple):
    """Reduction in one year against the reference path of that year, never cumulative. Tonnes, not
    negative. A tuple: a budget has thousands.
    """

    central: Decimal
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LineInput:
    """A measure's figures in the budget.

    shares: percent of the effect per source, together 100. effects: per year; None or a missing year is
    unknown.
    already_counted: tonnes of the effect that the inventory's last year already shows, split by the same
    shares.
    A line with scope_counts False is outside the boundary; one with quantified False has no tonnes.
    Neither counts.
    """

    key: Key
    level: Level
    shares: Mapping[Key, Decimal] = field(default_factory=dict)
    effects: Mapping[int, Effect | None] = field(default_factory=dict)
    already_counted: Decimal = ZERO
    scope_counts: bool = True
    quantified: bool = True

    @property
    def counts(self) -> bool:
        return self.scope_counts and self.quantified


@dataclass(frozen=True, slots=True)
class OverlapInput:
    """A decision that lines act on the same emissions of a source.

    It stands for the years it names in `basis` (the shared emissions, tonnes) or `stated` (the overlap,
    tonnes). product needs a basis and fixed a stated overlap in each of those years; fixed may have a
    basis too.
    """

    key: Key
    source: Key
    method: OverlapMethod
    members: tuple[Key, ...]
    basis: Mapping[int, Decimal] = field(default_factory=dict)
    stated: Mapping[int, Decimal] = field(default_factory=dict)

    @property
    def years(self) -> frozenset[int]:
        return frozenset(self.basis) | frozenset(self.stated)


@dataclass(frozen=True, slots=True)
class BudgetInput:
    """One budget. reference and reference_range (low, high) in tonnes per source and year; ceilings in
    tonnes.

    `sources` are all sources of the boundary, with or without lines. ceilings None: the target has no
    percent.
    """

    years: tuple[int, ...]
    sources: tuple[Key, ...]
    reference: Mapping[tuple[Key, int], Decimal]
    lines: tuple[LineInput, ...] = ()
    overlaps: tuple[OverlapInput, ...] = ()
    ceilings: Mapping[int, Decimal] | None = None
    reference_range: Mapping[tuple[Key, int], tuple[Decimal, Decimal]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cell:
    """One source in one year, tonnes. overlap includes excess. reference and path are None when unknown."""

    reference: Decimal | None
    gross: Decimal
    overlap: Decimal
    excess: Decimal
    net: Decimal
    path: Decimal | None


@dataclass(frozen=True, slots=True)
class Band:
    """Lowest and highest path and gap of a year, tonnes. The gaps are None without a ceiling."""

    path_low: Decimal
    path_high: Decimal
    gap_low: Decimal | None
    gap_high: Decimal | None


@dataclass(frozen=True, slots=True)
class LevelSum:
    """The lines of one level in one year, tonnes: before overlap, the overlap, and after it."""

    gross: Decimal
    overlap: Decimal
    net: Decimal


@dataclass(frozen=True, slots=True)
class YearRow:
    """The whole budget in one year, tonnes.

    band is None when neither a line nor a reference has a range that year. unknown_lines are quantified lines
    without a figure for the year, unknown_reference sources without a reference.
    """

    year: int
    reference: Decimal | None
    gross: Decimal
    overlap: Decimal
    net: Decimal
    by_level: Mapping[Level, LevelSum]
    path: Decimal | None
    ceiling: Decimal | None
    gap: Decimal | None
    band: Band | None
    unknown_lines: tuple[Key, ...]
    unknown_reference: tuple[Key, ...]

    @property
    def net_by_level(self) -> Mapping[Level, Decimal]:
        return {level: part.net for level, part in self.by_level.items()}


@dataclass(frozen=True, slots=True)
class LineResult:
    """A counted line per year, tonnes: effects (less what is already counted), overlap (its part), net.

    None is a year without a figure. Effects of all lines add up to gross, nets to net.
    """

    key: Key
    level: Level
    effects: Mapping[int, Decimal | None]
    overlap: Mapping[int, Decimal | None]
    net: Mapping[int, Decimal | None]

    @property
    def unknown_years(self) -> tuple[int, ...]:
        return tuple(year for year, tonnes in self.effects.items() if tonnes is None)


@dataclass(frozen=True, slots=True)
class BudgetResult:
    """years and cells in the order of the budget; lines holds only lines that count (in scope and
    quantified).
    """

    years: Mapping[int, YearRow]
    cells: Mapping[tuple[Key, int], Cell]
    lines: Mapping[Key, LineResult]


@dataclass(frozen=True, slots=True)
class SectorRow:
    """One sector in one year, tonnes. None: unknown reference, or no ceiling."""

    reference: Decimal | None
    gross: Decimal
    overlap: Decimal
    net: Decimal
    path: Decimal | None
    ceiling: Decimal | None
    gap: Decimal | None
