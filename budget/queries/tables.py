"""The budget's one table: what page, PDF, XLSX, CSV and JSON all render. Tonnes are tCO2e per year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from budget.calculations import Band, BudgetProblem, Key, LevelSum
from budget.enums import CostKind
from strategy.enums import Level

Tonnes = Decimal | None


@dataclass(frozen=True, slots=True)
class BudgetHead:
    """Which document this is. `last_plan_year` ends the plan period that begins in `year`."""

    pk: int
    year: int
    last_plan_year: int
    scope: str
    revision: int
    state: str
    case_number: str
    adopted_on: date | None
    is_example: bool
    recorded_afterwards: bool = False


@dataclass(frozen=True, slots=True)
class EditionHead:
    published: date
    municipality: str
    publisher: str
    last_year: int
    is_example: bool


@dataclass(frozen=True, slots=True)
class TargetHead:
    """The promise. percent None: a target without a ceiling in tonnes."""

    title: str
    base_year: int | None
    target_year: int
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class TableYear:
    """One year of the budget. None: not known, or no ceiling. Positive gap: above the ceiling. band: lowest
    and highest path and gap where a line or the reference path has a range.
    """

    year: int
    reference: Tonnes
    gross: Decimal
    overlap: Decimal
    net: Decimal
    by_level: Mapping[Level, LevelSum]
    path: Tonnes
    ceiling: Tonnes
    gap: Tonnes
    band: Band | None = None
    # False where lines have figures before this year and none in it. What is cut is then unknown, not
    # nothing; the arithmetic adds up what there is, and readers are shown no sum. Not part of the hash.
    known: bool = True

    @property
    def net_by_level(self) -> Mapping[Level, Decimal]:
        return {level: self.by_level[level].net for level in Level}

    @property
    def external_net(self) -> Decimal:
        """What regional and national measures cut, after overlap."""
        return self.by_level[Level.REGIONAL].net + self.by_level[Level.NATIONAL].net


class RawEffect(NamedTuple):
    """An effect as it was typed, with the version of its cell. A tuple: a budget has thousands."""

    tonnes: Decimal
    version: int
    low: Tonnes = None
    high: Tonnes = None


@dataclass(frozen=True, slots=True)
class SourceShare:
    """Percent of a line's effect that falls on one emission source."""

    sector: str
    source: str
    share: Decimal


@dataclass(frozen=True, slots=True)
class FundingRow:
    """Money applied for and granted, NOK; None where nothing is said."""

    scheme: str
    applied_nok: Decimal | None
    granted_nok: Decimal | None
    deadline: date | None
    report_due: date | None


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A result indicator and what it should show at the end of each year that has a goal."""

    name: str
    unit_label: str
    goals: Mapping[int, Decimal]


class PriceInputs(NamedTuple):
    """What kroner per tonne is computed from: the whole merkostnad in NOK, years, and percent a year."""

    extra_cost_nok: Decimal | None = None
    lifetime_years: int | None = None
    discount_percent: Decimal | None = None


NO_PRICE = PriceInputs()


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """An entry of the decisions register that a line points at."""

    pk: int
    title: str
    case_number: str
    decided_on: date | None
    decided_when: str


@dataclass(frozen=True, slots=True)
class LineDetails:
    """What is said about a line besides its figures. Kind, state, indicators and the decision in
    the register are as they stand in the strategy today; no figure depends on them.
    """

    kind: str
    state: str
    sources: tuple[SourceShare, ...] = ()
    fundings: tuple[FundingRow, ...] = ()
    indicators: tuple[IndicatorRow, ...] = ()
    decision: DecisionRow | None = None
    decision_reference: str = ""


NO_DETAILS = LineDetails("", "")


@dataclass(frozen=True, slots=True)
class TableLine:
    """A measure in the budget.

    effects: counted tonnes per year of the horizon, less what is already in the edition; None is a year
    without a figure, or a line that is not quantified. raw: what was typed, years without a figure left
    out. costs: NOK per year, investment and operation less saving, None where no cost is given.
    """

    pk: int
    measure_id: int
    code: str
    title: str
    unit_id: int | None
    unit: str
    external_actor: str
    focus_area: str
    level: Level
    scope: str
    quantified: bool
    reason: str
    already_counted: Decimal
    effects: Mapping[int, Tonnes]
    raw: Mapping[int, RawEffect]
    costs: Mapping[int, Tonnes]
    costs_by_kind: Mapping[CostKind, Mapping[int, Decimal]]
    price_inputs: PriceInputs = NO_PRICE
    details: LineDetails = NO_DETAILS

    @property
    def name(self) -> str:
        """«T1 Utslippsfrie anleggsplasser»"""
        return f"{self.code} {self.title}"

    def counted(self, tonnes: Tonnes) -> Tonnes:
        """What of a typed figure counts: less what the inventory already shows, never below zero."""
        return None if tonnes is None else max(Decimal(0), tonnes - self.already_counted)


@dataclass(frozen=True, slots=True)
class BudgetTable:
    """A whole climate budget. `lines` are in scope or not quantified; `outside` act beyond the boundary.

    `history` is the edition's own years for the chart, never added to anything; None is a year without
    figures. `problems` are what keeps a line or an overlap out of the sums while the budget is a draft.
    `above_reference`: (line, year) → tonnes of the sources that the line alone cuts more of than they emit.
    """

    budget: BudgetHead
    edition: EditionHead
    target: TargetHead
    years: tuple[TableYear, ...]
    lines: tuple[TableLine, ...]
    outside: tuple[TableLine, ...]
    history: Mapping[int, Tonnes]
    problems: tuple[BudgetProblem, ...]
    above_reference: Mapping[tuple[Key, int], tuple[Decimal, ...]]

    @property
    def none_recorded(self) -> bool:
        """Whether it was adopted before the portal and its measures are not put in: they are unknown."""
        return self.budget.recorded_afterwards and not self.lines and not self.outside

    @property
    def plan_years(self) -> tuple[int, ...]:
        """The plan period, bridge years and the years after it left out."""
        return tuple(range(self.budget.year, self.budget.last_plan_year + 1))

    @property
    def has_ranges(self) -> bool:
        return any(row.band is not None for row in self.years)

    @property
    def horizon(self) -> tuple[int, ...]:
        return tuple(row.year for row in self.years)

    @property
    def quantified(self) -> tuple[TableLine, ...]:
        """The lines whose effects add up to gross."""
        return tuple(line for line in self.lines if line.quantified)

    @property
    def not_quantified(self) -> tuple[TableLine, ...]:
        return tuple(line for line in self.lines if not line.quantified)

    def year(self, year: int) -> TableYear:
        """The row of one year. Raises KeyError outside the horizon."""
        for row in self.years:
            if row.year == year:
                return row
        raise KeyError(year)

    @property
    def answer_year(self) -> TableYear:
        """The year the page answers for: the target year, or the last one there is."""
        return next((row for row in self.years if row.year == self.target.target_year), self.years[-1])
