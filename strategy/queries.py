"""Reads about strategies, targets and measures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from climate_portal.web.sorting import NorskSort
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS, Edition
from emissions.queries import edition_in_force, source_totals
from organisation.models import Unit
from strategy.calculations import base_emissions, ceilings
from strategy.enums import TargetKind
from strategy.models import FocusArea, Measure, Placement, Responsibility, Strategy, Target
from strategy.rules import PUBLISHED_STATES


def visible_strategies(*, drafts: bool) -> QuerySet[Strategy]:
    """Strategies in their order; drafts only for those who may read them."""
    strategies = Strategy.objects.order_by("order", NorskSort("title"))
    return strategies if drafts else strategies.filter(state__in=sorted(PUBLISHED_STATES))


def responsible_units(measures: Iterable[int], day: date | None = None) -> dict[int, Unit]:
    """Measure → the unit that answers for it on `day` (default today); one query."""
    return {
        responsibility.measure_id: responsibility.unit
        for responsibility in Responsibility.objects.valid_on(day or timezone.localdate())
        .filter(measure__in=list(measures))
        .select_related("unit")
    }


@dataclass(frozen=True, slots=True)
class MeasureRow:
    code: str
    title: str
    kind_label: str
    state_label: str
    unit: str
    is_example: bool


@dataclass(frozen=True, slots=True)
class ThemePart:
    """Measures under one theme; an empty title for those placed straight under the focus area."""

    title: str
    measures: tuple[MeasureRow, ...]


@dataclass(frozen=True, slots=True)
class FocusAreaPart:
    title: str
    goals: tuple[str, ...]
    themes: tuple[ThemePart, ...]

    @property
    def measure_count(self) -> int:
        return sum(len(theme.measures) for theme in self.themes)


def outline(strategy: Strategy) -> list[FocusAreaPart]:
    """The strategy as it reads: focus areas → themes → measures with unit; four queries."""
    placements = list(
        Placement.objects.filter(strategy=strategy)
        .select_related("measure", "theme")
        .order_by("order", "measure__code")
    )
    units = responsible_units(placement.measure_id for placement in placements)
    by_area: dict[int, list[Placement]] = {}
    for placement in placements:
        by_area.setdefault(placement.focus_area_id, []).append(placement)
    areas = (
        FocusArea.objects.filter(strategy=strategy)
        .prefetch_related("goal_links__goal")
        .order_by("order", "title")
    )
    return [
        FocusAreaPart(
            title=area.title,
            goals=tuple(
                str(link.goal) for link in sorted(area.goal_links.all(), key=lambda link: link.goal.code)
            ),
            themes=_themes(by_area.get(area.pk, ()), units),
        )
        for area in areas
    ]


def _themes(placements: Iterable[Placement], units: dict[int, Unit]) -> tuple[ThemePart, ...]:
    grouped: dict[tuple[int, str], list[MeasureRow]] = {}
    for placement in placements:
        theme = (placement.theme.order, placement.theme.title) if placement.theme else (0, "")
        grouped.setdefault(theme, []).append(_row(placement.measure, units.get(placement.measure_id)))
    return tuple(
        ThemePart(title, tuple(rows))
        for (_order, title), rows in sorted(grouped.items(), key=lambda item: item[0])
    )


def _row(measure: Measure, unit: Unit | None) -> MeasureRow:
    return MeasureRow(
        code=measure.code,
        title=measure.title,
        kind_label=measure.get_kind_display(),
        state_label=measure.get_state_display(),
        unit=unit.name if unit else "",
        is_example=measure.is_example,
    )


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


def target_standings(strategies: Iterable[Strategy]) -> list[TargetStanding]:
    """Every target of the strategies beside its scope's edition in force; emission targets first."""
    targets = (
        Target.objects.filter(strategy__in=list(strategies))
        .select_related("strategy")
        .prefetch_related("adopted_ceilings")
        .order_by("kind", "strategy__order", "order")
    )
    totals: dict[str, tuple[Edition | None, dict[tuple[int, int], Decimal]]] = {}
    standings = []
    for target in targets:
        scope = target.scope if target.kind == TargetKind.EMISSION else ""
        if scope and scope not in totals:
            edition = edition_in_force(settings.MUNICIPALITY, Scope(scope))
            totals[scope] = (edition, source_totals(edition) if edition else {})
        standings.append(_standing(target, *totals.get(scope, (None, {}))))
    return standings


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


def measure_by_code(code: str) -> Measure | None:
    return (
        Measure.objects.filter(code=code)
        .prefetch_related(
            "contributions__unit",
            "source_links__source__sector",
            "placements__strategy",
            "placements__focus_area",
            "placements__theme",
            "milestones",
            "indicators__targets",
            "responsibilities__unit",
        )
        .first()
    )
