"""Rows of a budget, read in a fixed number of queries however many lines it has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet
from django.utils import timezone

from budget.calculations import Key
from budget.enums import CostKind, OverlapMethod
from budget.models import (
    AdoptedCeiling,
    ClimateBudget,
    Cost,
    Effect,
    Line,
    LineSource,
    OverlapMember,
    ReferencePath,
)
from budget.queries.editions import base_of, last_year_of
from budget.queries.tables import PriceInputs
from strategy.calculations import ceilings
from strategy.enums import Level
from strategy.models import Placement, TargetCeiling

# Looking a code up is a fraction of what making the enum of it costs, and there are thousands.
_COST_KINDS: dict[str, CostKind] = {kind.value: kind for kind in CostKind}


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line with what it needs from other rooms: read there while open, from the copies once adopted."""

    pk: int
    measure_id: int
    scope: str
    reason: str
    already_counted: Decimal
    code: str
    title: str
    level: Level
    external_actor: str
    unit_id: int | None
    unit: str
    focus_area: str
    price_inputs: PriceInputs

    @property
    def quantified(self) -> bool:
        return not self.reason


@dataclass(frozen=True, slots=True)
class TargetRow:
    title: str
    base_year: int | None
    target_year: int
    percent: Decimal | None


def target_row(budget: ClimateBudget, *, frozen: bool) -> TargetRow:
    """The target as adopted when frozen, as it stands in the strategy otherwise."""
    if frozen:
        assert budget.adopted_target_year is not None
        return TargetRow(
            budget.adopted_target_title,
            budget.adopted_base_year,
            budget.adopted_target_year,
            budget.adopted_percent,
        )
    target = budget.target
    return TargetRow(target.title, target.base_year, target.target_year, target.percent)


def horizon_of(budget: ClimateBudget) -> tuple[int, ...]:
    """The years an open budget has figures for."""
    last_year = last_known_year(budget) or budget.year - 1
    return horizon(budget, last_year, budget.target.target_year)


def last_known_year(budget: ClimateBudget) -> int | None:
    """The last inventory year the budget builds on; None for an edition without figures."""
    return last_year_of(budget.edition_id, budget.inventory_until)


def horizon(budget: ClimateBudget, last_year: int, target_year: int) -> tuple[int, ...]:
    """Bridge years from the edition's last year, the plan period, and on to the target year."""
    return tuple(range(last_year + 1, max(target_year, budget.last_plan_year) + 1))


def read_ceilings(
    budget: ClimateBudget, target: TargetRow, years: Collection[int], *, frozen: bool
) -> dict[int, Decimal] | None:
    """Tonnes allowed per year, or None for a target without percent or an edition without its base year."""
    if frozen:
        return _kept_ceilings(budget, years) or None
    found = open_ceilings(budget, target, years, decided_percents(budget))
    # On its way through the states in one transaction: the tonnes that were adopted are there already.
    return (found or {}) | _kept_ceilings(budget, years) or None if budget.recorded_afterwards else found


def _kept_ceilings(budget: ClimateBudget, years: Collection[int]) -> dict[int, Decimal]:
    adopted = AdoptedCeiling.objects.filter(budget=budget, year__in=years)
    return dict(adopted.values_list("year", "tonnes"))


def decided_percents(budget: ClimateBudget) -> dict[int, Decimal]:
    """Year → percent decided for it by itself."""
    return dict(TargetCeiling.objects.filter(target_id=budget.target_id).values_list("year", "percent"))


def open_ceilings(
    budget: ClimateBudget, target: TargetRow, years: Collection[int], decided: Mapping[int, Decimal]
) -> dict[int, Decimal] | None:
    """As `read_ceilings` for an open budget, given the percents decided for single years."""
    base = base_of_target(budget, target)
    if base is None:
        return None
    assert target.base_year is not None
    assert target.percent is not None
    return ceilings(
        base,
        years,
        base_year=target.base_year,
        target_year=target.target_year,
        percent=target.percent,
        adopted=decided,
    )


def base_of_target(budget: ClimateBudget, target: TargetRow) -> Decimal | None:
    """Tonnes of the base year; None for a target without percent or an edition without that year."""
    if target.percent is None or target.base_year is None:
        return None
    try:
        return base_of(budget.edition_id, target.base_year)
    except ValueError:  # the edition does not reach back to the base year
        return None


def read_lines(budget: ClimateBudget, *, frozen: bool) -> list[LineRow]:
    """The lines in the document's order; one query, or two for an open budget."""
    rows = Line.objects.filter(budget=budget).order_by("order", "pk")
    if frozen:
        return [_frozen_line(row) for row in rows]
    return _open_lines(rows, focus_areas(budget))


def _frozen_line(line: Line) -> LineRow:
    return LineRow(
        pk=line.pk,
        measure_id=line.measure_id,
        scope=line.scope,
        reason=line.not_quantified_reason,
        already_counted=line.already_counted,
        code=line.adopted_code,
        title=line.adopted_title,
        level=Level(line.adopted_level),
        external_actor=line.adopted_external_actor,
        unit_id=line.adopted_unit_id,
        unit=line.adopted_unit_name,
        focus_area=line.adopted_focus_area,
        price_inputs=PriceInputs(line.extra_cost_nok, line.lifetime_years, line.discount_percent),
    )


def _open_lines(lines: QuerySet[Line], areas: Mapping[int, str]) -> list[LineRow]:
    """With the unit that answers for the measure today, in one query."""
    today = timezone.localdate()
    path = "measure__responsibilities"
    still_valid = Q(**{f"{path}__valid_to__isnull": True}) | Q(**{f"{path}__valid_to__gte": today})
    rows = lines.annotate(
        current=FilteredRelation(path, condition=Q(still_valid, **{f"{path}__valid_from__lte": today}))
    ).values_list(
        "pk",
        "measure_id",
        "scope",
        "not_quantified_reason",
        "already_counted",
        "measure__code",
        "measure__title",
        "measure__level",
        "measure__external_actor",
        "current__unit_id",
        "current__unit__name",
        "extra_cost_nok",
        "lifetime_years",
        "discount_percent",
    )
    return [
        LineRow(
            pk=pk,
            measure_id=measure,
            scope=scope,
            reason=reason,
            already_counted=already,
            code=code,
            title=title,
            level=Level(level),
            external_actor=external,
            unit_id=unit_id,
            unit=unit or "",
            focus_area=areas.get(measure, ""),
            price_inputs=PriceInputs(cost, lifetime, rate),
        )
        for (
            pk,
            measure,
            scope,
            reason,
            already,
            code,
            title,
            level,
            external,
            unit_id,
            unit,
            cost,
            lifetime,
            rate,
        ) in rows
    ]


def focus_areas(budget: ClimateBudget) -> dict[int, str]:
    """Innsatsområde per measure: in the target's own strategy, or else in the first one it stands in."""
    rows = (
        Placement.objects.filter(measure__lines__budget=budget)
        .order_by("strategy__order", "strategy_id")
        .values_list("measure_id", "strategy_id", "focus_area__title")
    )
    found: dict[int, str] = {}
    for measure, strategy, title in rows:
        if strategy == budget.target.strategy_id or measure not in found:
            found[measure] = title
    return found


def read_shares(budget: ClimateBudget) -> dict[int, dict[Key, Decimal]]:
    """Percent per line and source."""
    shares: dict[int, dict[Key, Decimal]] = defaultdict(dict)
    rows = LineSource.objects.filter(line__budget=budget).values_list("line_id", "source_id", "share")
    for line, source, share in rows:
        shares[line][source] = share
    return shares


def read_effects(budget: ClimateBudget, years: Collection[int]) -> Iterable[tuple[Any, ...]]:
    """(line, year, tonnes, low, high, version)"""
    rows = Effect.objects.filter(line__budget=budget, year__in=years)
    return rows.values_list("line_id", "year", "tonnes", "low", "high", "version")


def read_costs(budget: ClimateBudget) -> dict[int, dict[CostKind, dict[int, Decimal]]]:
    """NOK per line, kind and year."""
    costs: dict[int, dict[CostKind, dict[int, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    rows = Cost.objects.filter(line__budget=budget).order_by("year")
    for line, kind, year, nok in rows.values_list("line_id", "kind", "year", "nok"):
        costs[line][_COST_KINDS[kind]][year] = nok
    return costs


def read_reference(budget: ClimateBudget, years: Collection[int]) -> list[tuple[Any, ...]]:
    """(source, year, tonnes, low, high)"""
    rows = ReferencePath.objects.filter(budget=budget, year__in=years)
    return list(rows.order_by("source_id", "year").values_list("source_id", "year", "tonnes", "low", "high"))


@dataclass(frozen=True, slots=True)
class OverlapRow:
    pk: int
    source_id: int
    method: OverlapMethod
    members: tuple[int, ...]
    years: Mapping[int, Decimal]


def read_overlaps(budget: ClimateBudget, years: Collection[int]) -> list[OverlapRow]:
    """Overlap records with the lines in them and what they share in each of `years`; one query."""
    members: dict[tuple[int, int, str], dict[int, None]] = defaultdict(dict)
    tonnes: dict[int, dict[int, Decimal]] = defaultdict(dict)
    rows = OverlapMember.objects.filter(overlap__budget=budget, overlap__years__year__in=years).order_by(
        "overlap_id", "line_id"
    )
    for pk, source, method, line, year, figure in rows.values_list(
        "overlap_id",
        "overlap__source_id",
        "overlap__method",
        "line_id",
        "overlap__years__year",
        "overlap__years__tonnes",
    ):
        members[pk, source, method][line] = None
        tonnes[pk][year] = figure
    return [
        OverlapRow(pk, source, OverlapMethod(method), tuple(lines), tonnes[pk])
        for (pk, source, method), lines in members.items()
    ]
