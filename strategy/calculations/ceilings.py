"""Base year and ceiling: what a target allows per year.

    base            sum over sources of the edition's base year, tCO2e
    percent c(y)    cut from the base year, in percent; a promise, so it never depends on the edition
    ceiling(y)      base * (1 - c(y) / 100), tCO2e

c(y) is 0 in the base year and p in the target year. An adopted percent of a year stands as adopted, also when
it is the target year's own. Years between two known points follow the straight line between those neighbours;
with nothing adopted that is the straight line from base year to target year. After the target year c stays.
A new start from an actual year is a recorded decision: that year's actual cut is an adopted percent.

Rounding: the straight line is held with 12 decimals of a percent (half to even), less than a milligram on a
base of 100 000 tonnes. Everything else is exact, so the ceilings of the sectors add up to the ceiling of the
whole to the last digit.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow, localcontext
from fractions import Fraction
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)

HUNDRED = Decimal(100)
PERCENT_DECIMALS = 12
# Inexact is trapped: a rounding nobody wrote down is an error, not a habit.
EXACT = Context(prec=1000, traps=[InvalidOperation, DivisionByZero, Overflow, Inexact])


@dataclass(frozen=True, slots=True)
class Base(Generic[Key]):
    """Emissions of the base year: tonnes of the sources with a figure, and the sources without one."""

    tonnes: Decimal
    unknown: tuple[Key, ...]


def base_emissions(figures: Mapping[Key, Decimal | None]) -> Base[Key]:
    """Add up the base year, tCO2e per source; None is a source the edition has no figure for.

    A source without a figure is named, not counted as zero. One that does not occur, or is included
    elsewhere, is a known zero and should be given as such.
    Raises ValueError when no source has a figure: the edition lacks the base year.
    """
    known = [tonnes for tonnes in figures.values() if tonnes is not None]
    if not known:
        raise ValueError("no figures for the base year")
    with localcontext(EXACT):
        return Base(sum(known, Decimal(0)), tuple(key for key, tonnes in figures.items() if tonnes is None))


def ceiling_percent(
    year: int,
    *,
    base_year: int,
    target_year: int,
    percent: Decimal,
    adopted: Mapping[int, Decimal] | None = None,
) -> Decimal:
    """Cut from the base year in percent that the target asks for in `year`; see the module for the method.

    `percent` is the target's own (0–100), `adopted` the cut in percent decided for single years. A negative
    adopted percent is an emission above the base year, which a new start may begin from.
    Raises ValueError for a year before the base year, a target year that does not come after the base year,
    a target percent outside 0–100, an adopted percent above 100, and an adopted year that is not after the
    base year and at most the target year.
    """
    adopted = adopted or {}
    _check_target(base_year, target_year, percent, adopted)
    if year < base_year:
        raise ValueError(f"{year} is before the base year {base_year}")
    known = {base_year: Decimal(0), target_year: percent, **adopted}
    year = min(year, target_year)
    if year in known:
        return known[year]
    before = max(point for point in known if point < year)
    after = min(point for point in known if point > year)
    start, end = Fraction(known[before]), Fraction(known[after])
    on_the_line = start + (end - start) * (year - before) / (after - before)
    return Decimal(round(on_the_line * 10**PERCENT_DECIMALS)).scaleb(-PERCENT_DECIMALS, EXACT)


def ceiling(base: Decimal, percent: Decimal) -> Decimal:
    """Tonnes (tCO2e) left when `base` tonnes are cut by `percent`. Exact.

    Raises ValueError for a negative base.
    """
    if base < 0:
        raise ValueError("the base cannot be negative")
    with localcontext(EXACT):
        return (base * (HUNDRED - percent)).scaleb(-2)


def ceilings(
    base: Decimal,
    years: Iterable[int],
    *,
    base_year: int,
    target_year: int,
    percent: Decimal,
    adopted: Mapping[int, Decimal] | None = None,
) -> dict[int, Decimal]:
    """Ceiling in tCO2e for each of `years`. Raises ValueError as `ceiling_percent` and `ceiling` do."""
    return {
        year: ceiling(
            base,
            ceiling_percent(
                year, base_year=base_year, target_year=target_year, percent=percent, adopted=adopted
            ),
        )
        for year in years
    }


def sector_ceilings(
    bases: Mapping[Key, Decimal],
    years: Iterable[int],
    *,
    base_year: int,
    target_year: int,
    percent: Decimal,
    adopted: Mapping[int, Decimal] | None = None,
) -> dict[tuple[Key, int], Decimal]:
    """Ceiling in tCO2e for each sector and year: the sector's base cut by the same percent as the whole.

    They add up exactly to `ceilings` of the summed base. Raises ValueError as `ceilings` does.
    """
    wanted = list(years)
    return {
        (sector, year): tonnes
        for sector, base in bases.items()
        for year, tonnes in ceilings(
            base, wanted, base_year=base_year, target_year=target_year, percent=percent, adopted=adopted
        ).items()
    }


def actual_cut(base: Decimal, tonnes: Decimal) -> Decimal:
    """Percent that `tonnes` (tCO2e) lies below `base` (tCO2e), two decimals, half up; negative above it.

    Two decimals because it is written into a decision: from then on it is the promise, exact as it stands.
    Raises ValueError for a base that is not above zero.
    """
    if base <= 0:
        raise ValueError("a cut needs a base above zero")
    cut = (1 - Fraction(tonnes) / Fraction(base)) * 10_000
    whole = (abs(cut) + Fraction(1, 2)).__floor__()
    return Decimal(whole if cut >= 0 else -whole).scaleb(-2, EXACT)


def _check_target(base_year: int, target_year: int, percent: Decimal, adopted: Mapping[int, Decimal]) -> None:
    if target_year <= base_year:
        raise ValueError(f"the target year {target_year} does not come after the base year {base_year}")
    if not 0 <= percent <= 100:
        raise ValueError(f"a target of {percent} percent is outside 0–100")
    for year, cut in adopted.items():
        if not base_year < year <= target_year:
            raise ValueError(f"an adopted ceiling in {year} is outside {base_year + 1}–{target_year}")
        if not cut <= 100:
            raise ValueError(f"an adopted cut of {cut} percent in {year} is above 100")
