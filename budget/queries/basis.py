"""What another edition or target would do to a draft, worked out before anybody says yes."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from budget.calculations import BudgetInput, Key, LineInput
from budget.enums import ReferenceRule
from budget.models import ClimateBudget, Cost, Effect, LineSource, Overlap, ReferencePath
from budget.queries.assembling import budget_table, compute_what_can_be, read_rows, table_year
from budget.queries.copying import LineToAsk, lines_to_ask_about
from budget.queries.editions import figures_of
from budget.queries.reference_rules import RuledPath, ruled_path
from budget.queries.rows import base_of_target, horizon, last_known_year, target_row
from budget.queries.tables import TableYear
from emissions.models import Edition, Source
from strategy.models import Target


@dataclass(frozen=True, slots=True)
class NewBasis:
    """What is asked for. rule None keeps the reference path as it is, where it reaches."""

    target: Target
    edition: Edition
    rule: ReferenceRule | None
    trend_years: int | None = None


class PathFigure(NamedTuple):
    """The reference path of a source in one year, tCO2e."""

    tonnes: Decimal
    low: Decimal | None = None
    high: Decimal | None = None


class LineLoss(NamedTuple):
    """A line whose split is no longer whole: the sources that go, by name."""

    line_id: int
    name: str
    sources: tuple[str, ...]


class YearLoss(NamedTuple):
    """Figures of a year the budget no longer has: how many effects and costs."""

    year: int
    effects: int
    costs: int


@dataclass(frozen=True)
class BasisPlan:
    """Before and after, and what goes. bases: tonnes of each base year, None without one.

    `refused`: sources the new path cannot be made for, by name, with what is wrong. `to_ask`: the lines
    that must say again what is «allerede med i regnskapet»; empty where the last year is the same. The years
    after are worked out with what they say now.
    """

    years: tuple[int, ...]
    path: Mapping[tuple[int, int], PathFigure]
    ruled: RuledPath | None
    missing: tuple[str, ...]
    base_before: Decimal | None
    base_after: Decimal | None
    before: tuple[TableYear, ...]
    after: tuple[TableYear, ...]
    lines: tuple[LineLoss, ...]
    overlaps: tuple[str, ...]
    figures: tuple[YearLoss, ...]
    to_ask: tuple[LineToAsk, ...]

    @property
    def sources(self) -> frozenset[int]:
        return frozenset(source for source, _year in self.path)

    @cached_property
    def seen(self) -> str:
        """A fingerprint of what goes and what is asked, to tell whether it is still what somebody saw."""
        losses = [self.lines, self.overlaps, self.figures, [line.pk for line in self.to_ask]]
        return hashlib.sha256(json.dumps(losses).encode()).hexdigest()


def basis_plan(budget: ClimateBudget, new: NewBasis) -> BasisPlan:
    """What `new` does to the draft; a number of queries that does not grow with its lines."""
    # Another object: the budget itself stays as it is.
    changed = ClimateBudget.objects.select_related("target", "edition__municipality").get(pk=budget.pk)
    before = budget_table(changed, with_costs=False, with_details=False)
    base_before = base_of_target(changed, target_row(changed, frozen=False))
    changed.target, changed.edition = new.target, new.edition
    last_year = last_known_year(changed) or budget.year - 1
    years = horizon(changed, last_year, new.target.target_year)
    ruled = None if new.rule is None else _ruled(changed, years, new)
    path = _kept_path(budget, years) if ruled is None else _figures(ruled)
    rows = read_rows(changed, frozen=False)
    result, _problems = compute_what_can_be(_on_path(rows.input, path))
    sources = frozenset(source for source, _year in path)
    return BasisPlan(
        years=years,
        path=path,
        ruled=ruled,
        missing=_not_covered(new.edition.pk, last_year, years, path) if ruled is None else (),
        base_before=base_before,
        base_after=base_of_target(changed, rows.target),
        before=before.years,
        after=tuple(table_year(row) for row in result.years.values()),
        lines=_line_losses(budget, sources),
        overlaps=_overlap_losses(budget, sources, years),
        figures=_year_losses(budget, years),
        to_ask=tuple(lines_to_ask_about(budget, new.edition.pk, changed.inventory_until))
        if last_year != before.edition.last_year
        else (),
    )


def _ruled(changed: ClimateBudget, years: Sequence[int], new: NewBasis) -> RuledPath:
    return ruled_path(new.edition.pk, years, new.trend_years, changed.inventory_until)


def _figures(ruled: RuledPath) -> dict[tuple[int, int], PathFigure]:
    return {place: PathFigure(tonnes) for place, tonnes in ruled.path.items()}


def _kept_path(budget: ClimateBudget, years: Iterable[int]) -> dict[tuple[int, int], PathFigure]:
    rows = ReferencePath.objects.filter(budget=budget, year__in=tuple(years)).order_by("source_id", "year")
    return {(row.source_id, row.year): PathFigure(row.tonnes, row.low, row.high) for row in rows}


def _not_covered(
    edition_id: int, last_year: int, years: Iterable[int], path: Mapping[tuple[int, int], PathFigure]
) -> tuple[str, ...]:
    """Sources of the edition's last year, and of the path, that the kept path has not every year of."""
    there = {pk for pk, tonnes in figures_of(edition_id, last_year).items() if tonnes != 0}
    wanted = there | {source for source, _year in path}
    missing = {source for source in wanted for year in years if (source, year) not in path}
    return _names(missing)


def _names(sources: Iterable[int]) -> tuple[str, ...]:
    found = Source.objects.filter(pk__in=sources).select_related("sector").order_by("sector__name", "name")
    return tuple(str(source) for source in found)


def _on_path(inputs: BudgetInput, path: Mapping[tuple[int, int], PathFigure]) -> BudgetInput:
    """The same lines on another path: what stood on a source that is gone, stands on nothing."""
    sources = {source for source, _year in path}
    return replace(
        inputs,
        sources=tuple(sorted(sources)),
        reference={place: figure.tonnes for place, figure in path.items()},
        reference_range={
            place: (figure.low, figure.high)
            for place, figure in path.items()
            if figure.low is not None and figure.high is not None
        },
        lines=tuple(_on_sources(line, sources) for line in inputs.lines),
        overlaps=tuple(record for record in inputs.overlaps if record.source in sources),
    )


def _on_sources(line: LineInput, sources: set[int]) -> LineInput:
    shares: dict[Key, Decimal] = {source: share for source, share in line.shares.items() if source in sources}
    return line if len(shares) == len(line.shares) else replace(line, shares=shares)


def _line_losses(budget: ClimateBudget, sources: frozenset[int]) -> tuple[LineLoss, ...]:
    rows = LineSource.objects.filter(line__budget=budget, line__scope=budget.scope).exclude(
        source__in=sources
    )
    found: dict[int, LineLoss] = {}
    for row in rows.select_related("line__measure", "source__sector").order_by(
        "line__order", "line_id", "pk"
    ):
        line = row.line
        loss = found.get(line.pk, LineLoss(line.pk, f"{line.measure.code} {line.measure.title}", ()))
        found[line.pk] = loss._replace(sources=(*loss.sources, str(row.source)))
    return tuple(found.values())


def overlaps_that_go(budget: ClimateBudget, sources: Iterable[int], years: Iterable[int]) -> list[Overlap]:
    """Decisions on sources the path no longer has, or about years that are all gone."""
    rows = Overlap.objects.filter(budget=budget).select_related("source__sector").prefetch_related("years")
    kept, horizon_years = set(sources), set(years)
    found = []
    for overlap in rows.order_by("pk"):
        stated = {row.year for row in overlap.years.all()}
        if overlap.source_id not in kept or (stated and not stated & horizon_years):
            found.append(overlap)
    return found


def _overlap_losses(budget: ClimateBudget, sources: Iterable[int], years: Iterable[int]) -> tuple[str, ...]:
    return tuple(str(overlap.source) for overlap in overlaps_that_go(budget, sources, years))


def _year_losses(budget: ClimateBudget, years: Iterable[int]) -> tuple[YearLoss, ...]:
    outside = [
        Counter(
            model.objects.filter(line__budget=budget)
            .exclude(year__in=tuple(years))
            .values_list("year", flat=True)
        )
        for model in (Effect, Cost)
    ]
    effects, costs = outside
    return tuple(YearLoss(year, effects[year], costs[year]) for year in sorted({*effects, *costs}))
