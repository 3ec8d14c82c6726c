"""What another edition of the emissions does to targets: base year and ceiling, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from emissions.models import Edition
from emissions.queries.accounts import source_totals
from strategy.calculations import base_emissions, ceilings
from strategy.enums import TargetKind
from strategy.models import Target
from strategy.queries.targets import target_terms


@dataclass(frozen=True, slots=True)
class TargetEffect:
    """One target on two editions, tCO2e: base year, and ceiling per year from the year after it.

    None where that edition has no figure for the base year. `years` are the ceiling's.
    """

    target: Target
    base_before: Decimal | None
    base_after: Decimal | None
    years: tuple[int, ...]
    before: dict[int, Decimal]
    after: dict[int, Decimal]


def target_effects(before: Edition, after: Edition) -> list[TargetEffect]:
    """Every emission target with a percent in the editions' scope; a constant number of queries."""
    targets = (
        Target.objects.filter(kind=TargetKind.EMISSION, scope=after.scope, percent__isnull=False)
        .select_related("strategy")
        .prefetch_related("adopted_ceilings")
        .order_by("strategy__order", "order")
    )
    first, second = source_totals(before), source_totals(after)
    return [_effect(target, first, second) for target in targets if target.base_year and target.target_year]


def _effect(
    target: Target, first: dict[tuple[int, int], Decimal], second: dict[tuple[int, int], Decimal]
) -> TargetEffect:
    base_year, target_year = target.base_year or 0, target.target_year or 0
    years = tuple(range(base_year + 1, target_year + 1))
    bases = [_base(figures, base_year) for figures in (first, second)]
    before, after = (
        {} if base is None else ceilings(base, years, **target_terms(target))  # type: ignore[arg-type]
        for base in bases
    )
    return TargetEffect(target, bases[0], bases[1], years, before, after)


def _base(figures: dict[tuple[int, int], Decimal], year: int) -> Decimal | None:
    in_base = {source: tonnes for (source, at), tonnes in figures.items() if at == year}
    return base_emissions(in_base).tonnes if in_base else None
