"""Afterwards: was the ceiling kept, and what does a newer edition do to what was adopted? Tonnes of CO2e.

The ceiling is a percent of the base year, so each edition has its own: base(edition) * (1 - c / 100), by
`strategy.calculations`, with the percent that was adopted. A year is answered by the newest edition; the
edition the budget was built on stands beside it, since that is what those who adopted it saw.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext

from budget.calculations.shapes import EXACT, ZERO, Key

Tonnes = Decimal | None


@dataclass(frozen=True, slots=True)
class Afterwards:
    """One year, or one sector of it, when it is over.

    ceiling_then and expected are the adopted budget's own; ceiling_now and measured by the newest edition;
    measured_first by the first edition that had the year. None is unknown, never zero.
    """

    ceiling_then: Tonnes
    ceiling_now: Tonnes
    expected: Tonnes
    measured_first: Tonnes
    measured: Tonnes

    @property
    def over(self) -> Tonnes:
        """Tonnes above the ceiling by the newest edition; negative is below."""
        return _minus(self.measured, self.ceiling_now)

    @property
    def over_then(self) -> Tonnes:
        """As it was first known: the first measurement against the ceiling that was adopted."""
        return _minus(self.measured_first, self.ceiling_then)

    @property
    def kept(self) -> bool | None:
        """None as long as nobody knows."""
        return None if self.over is None else self.over <= 0

    @property
    def from_expected(self) -> Tonnes:
        """Tonnes above what the budget expected; negative is below."""
        return _minus(self.measured, self.expected)


@dataclass(frozen=True, slots=True)
class AfterwardsInput:
    """What is known of a year, tonnes per sector. A sector missing from a mapping is unknown there."""

    ceilings_then: Mapping[Key, Tonnes]
    ceilings_now: Mapping[Key, Tonnes]
    expected: Mapping[Key, Tonnes]
    measured_first: Mapping[Key, Tonnes]
    measured: Mapping[Key, Tonnes]


def afterwards(year: AfterwardsInput) -> tuple[Afterwards, dict[Key, Afterwards]]:
    """The year as a whole and by sector. Known parts add up to the whole; unknown sectors are left out of
    it, and a whole without any known part is unknown.
    """
    sectors: dict[Key, Afterwards] = {}
    places = (year.ceilings_now, year.ceilings_then, year.expected, year.measured, year.measured_first)
    for sector in dict.fromkeys(sector for place in places for sector in place):
        sectors[sector] = Afterwards(
            ceiling_then=year.ceilings_then.get(sector),
            ceiling_now=year.ceilings_now.get(sector),
            expected=year.expected.get(sector),
            measured_first=year.measured_first.get(sector),
            measured=year.measured.get(sector),
        )
    rows = sectors.values()
    whole = Afterwards(
        ceiling_then=_known_sum([row.ceiling_then for row in rows]),
        ceiling_now=_known_sum([row.ceiling_now for row in rows]),
        expected=_known_sum([row.expected for row in rows]),
        measured_first=_known_sum([row.measured_first for row in rows]),
        measured=_known_sum([row.measured for row in rows]),
    )
    return whole, sectors


@dataclass(frozen=True, slots=True)
class EditionEffect:
    """One year of an adopted budget when only base and ceiling are taken from a newer edition, tonnes.

    The path is the adopted one: reference path and measures are the budget's own.
    """

    year: int
    path: Tonnes
    ceiling_then: Tonnes
    ceiling_now: Tonnes

    @property
    def gap_then(self) -> Tonnes:
        return _minus(self.path, self.ceiling_then)

    @property
    def gap_now(self) -> Tonnes:
        return _minus(self.path, self.ceiling_now)

    @property
    def change(self) -> Tonnes:
        """How much wider the gap is by the newer edition; negative is narrower."""
        return _minus(self.gap_now, self.gap_then)


def edition_effect(
    paths: Mapping[int, Tonnes],
    ceilings_then: Mapping[int, Tonnes],
    ceilings_now: Mapping[int, Tonnes],
) -> list[EditionEffect]:
    """What a newer edition's ceilings do to the gap of each year in `paths`, tonnes. A year without a
    ceiling has no gap.
    """
    return [
        EditionEffect(year, path, ceilings_then.get(year), ceilings_now.get(year))
        for year, path in paths.items()
    ]


def _minus(first: Tonnes, second: Tonnes) -> Tonnes:
    if first is None or second is None:
        return None
    with localcontext(EXACT):
        return first - second


def _known_sum(figures: list[Tonnes]) -> Tonnes:
    known = [figure for figure in figures if figure is not None]
    with localcontext(EXACT):
        return sum(known, ZERO) if known else None
