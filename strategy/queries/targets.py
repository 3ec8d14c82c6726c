"""Targets beside the newest inventory: where each stands, and one target's ceiling year by year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from emissions.enums import Scope
from emissions.models import SCOPE_LABELS, Edition
from emissions.queries.accounts import source_totals
from emissions.queries.editions import edition_in_force
from strategy.calculations import base_emissions, ceiling, ceiling_percent, ceilings
from strategy.enums import TargetKind
from strategy.models import Strategy, Target, TargetCeiling
from web.names import own_municipality


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """One target beside the newest inventory. Tonnes are None where the target or the edition has none.

    `base`, `ceiling` (in the target year), `newest`, `newest_ceiling` and `distance` are tCO2e; a positive
    distance is above the ceiling. `cut` is percent below the base year so far.
    """

    target: Target
    strategy: str
    scope_label: str
    edition: Edition | None
    base: Decimal | None = None
    ceiling: Decimal | None = None
    newest_year: int | None = None
    newest: Decimal | None = None
    newest_ceiling: Decimal | None = None
    distance: Decimal | None = None
    cut: Decimal | None = None


def target_standings(strategies: Iterable[Strategy], *, besides: Scope | None = None) -> list[TargetStanding]:
    """Every target of the strategies beside its scope's edition in force; emission targets first.

    Without the emission targets of the scope named in `besides`.
    """
    targets = (
        Target.objects.filter(strategy__in=list(strategies))
        .exclude(kind=TargetKind.EMISSION, scope=besides or "")
        .select_related("strategy")
        .prefetch_related("adopted_ceilings")
        .order_by("kind", "strategy__order", "order")
    )
    totals: dict[str, tuple[Edition | None, dict[tuple[int, int], Decimal]]] = {}
    standings = []
    for target in targets:
        scope = target.scope if target.kind == TargetKind.EMISSION else ""
        if scope and scope not in totals:
            edition = edition_in_force(own_municipality(), Scope(scope))
            totals[scope] = (edition, source_totals(edition) if edition else {})
        standings.append(_standing(target, *totals.get(scope, (None, {}))))
    return standings


def figures_of_target(target: Target) -> tuple[Edition | None, Decimal | None, dict[int, Decimal]]:
    """(edition in force, tonnes in the base year, tonnes per year) of an emission target, tCO2e.

    The base is None when the edition has no figure for the base year.
    """
    edition = edition_in_force(own_municipality(), Scope(target.scope)) if target.scope else None
    totals: dict[int, Decimal] = {}
    for (_source, year), tonnes in (source_totals(edition) if edition else {}).items():
        totals[year] = totals.get(year, Decimal(0)) + tonnes
    base = totals.get(target.base_year) if target.base_year is not None else None
    return edition, base, totals


def target_terms(target: Target) -> dict[str, object]:
    """The promise as the ceiling functions take it: base year, target year, percent, adopted percents."""
    return {
        "base_year": target.base_year,
        "target_year": target.target_year,
        "percent": target.percent,
        "adopted": {ceiling.year: ceiling.percent for ceiling in target.adopted_ceilings.all()},
    }


def _standing(
    target: Target, edition: Edition | None, figures: dict[tuple[int, int], Decimal]
) -> TargetStanding:
    head = {
        "target": target,
        "strategy": target.strategy.title,
        "scope_label": str(SCOPE_LABELS[Scope(target.scope)]) if target.scope else "",
        "edition": edition,
    }
    in_base = {source: tonnes for (source, year), tonnes in figures.items() if year == target.base_year}
    if target.base_year is None or target.percent is None or not in_base:
        return TargetStanding(**head)  # type: ignore[arg-type]
    base = base_emissions(in_base).tonnes
    newest_year = max(year for _source, year in figures)
    newest = sum((tonnes for (_source, year), tonnes in figures.items() if year == newest_year), Decimal(0))
    allowed = ceilings(base, [newest_year, target.target_year], **target_terms(target))  # type: ignore[arg-type]
    return TargetStanding(
        **head,  # type: ignore[arg-type]
        base=base,
        ceiling=allowed[target.target_year],
        newest_year=newest_year,
        newest=newest,
        newest_ceiling=allowed[newest_year],
        distance=newest - allowed[newest_year],
        cut=(1 - newest / base) * 100 if base else None,
    )


@dataclass(frozen=True, slots=True)
class CeilingYear:
    """One year. `cut` and `left` are percent of the base year; tonnes are tCO2e, None where not known."""

    year: int
    cut: Decimal
    left: Decimal
    ceiling: Decimal | None
    emitted: Decimal | None
    adopted: TargetCeiling | None

    @property
    def distance(self) -> Decimal | None:
        """Tonnes above the ceiling; negative below it."""
        if self.emitted is None or self.ceiling is None:
            return None
        return self.emitted - self.ceiling

    @property
    def under(self) -> Decimal | None:
        """Tonnes below the ceiling; negative above it."""
        return None if self.distance is None else -self.distance


@dataclass(frozen=True, slots=True)
class TargetSheet:
    """A target with its edition in force. `years` is empty for a goal without a ceiling."""

    target: Target
    edition: Edition | None
    base: Decimal | None
    totals: dict[int, Decimal]
    years: tuple[CeilingYear, ...]
    newest: CeilingYear | None

    @property
    def has_ceiling(self) -> bool:
        return self.target.kind == TargetKind.EMISSION and self.target.percent is not None


def target_sheet(target: Target) -> TargetSheet:
    """The ceiling of each year from base year to target year; a fixed number of queries.

    The percents are there also when the edition lacks the base year: they are the promise.
    """
    edition, base, totals = figures_of_target(target)
    years: list[CeilingYear] = []
    if target.kind == TargetKind.EMISSION and target.base_year is not None:
        adopted = {one.year: one for one in target.adopted_ceilings.all()}
        terms = target_terms(target)
        last = max([target.target_year, *(year for year in totals if base is not None)])
        for year in range(target.base_year, last + 1):
            cut = ceiling_percent(year, **terms)  # type: ignore[arg-type]
            years.append(
                CeilingYear(
                    year=year,
                    cut=cut,
                    left=100 - cut,
                    ceiling=None if base is None else ceiling(base, cut),
                    emitted=totals.get(year),
                    adopted=adopted.get(year),
                )
            )
    known = [row for row in years if row.emitted is not None and base is not None]
    return TargetSheet(target, edition, base, totals, tuple(years), known[-1] if known else None)
