"""Reads about strategies as documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from organisation.models import Unit
from strategy.enums import StrategyState
from strategy.models import (
    FocusArea,
    FocusAreaPlanStrategy,
    Placement,
    Strategy,
    Theme,
    ThemePlanStrategy,
)
from strategy.queries.measures import responsible_units
from strategy.rules import PUBLISHED_STATES
from web.sorting import NorskSort


def visible_strategies(*, drafts: bool) -> QuerySet[Strategy]:
    """Strategies in their order; drafts only for those who may read them."""
    strategies = Strategy.objects.order_by("order", NorskSort("title"))
    return strategies if drafts else strategies.filter(state__in=sorted(PUBLISHED_STATES))


def strategies_in_force() -> QuerySet[Strategy]:
    """What is adopted and not superseded: the promises that count."""
    return Strategy.objects.filter(state=StrategyState.ADOPTED).order_by("order", NorskSort("title"))


@dataclass(frozen=True, slots=True)
class MeasureRow:
    code: str
    title: str
    kind_label: str
    state_label: str
    unit: str
    is_example: bool
    placement: int


@dataclass(frozen=True, slots=True)
class ThemePart:
    """Measures under one theme; an empty title for those placed straight under the focus area."""

    title: str
    measures: tuple[MeasureRow, ...]
    plan_strategies: tuple[str, ...] = ()
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class FocusAreaPart:
    pk: int
    title: str
    description: str
    goals: tuple[str, ...]
    plan_strategies: tuple[str, ...]
    themes: tuple[ThemePart, ...]

    @property
    def measure_count(self) -> int:
        return sum(len(theme.measures) for theme in self.themes)


def outline(strategy: Strategy, *, empty_themes: bool = False) -> list[FocusAreaPart]:
    """The strategy as it reads: focus areas → themes → measures with unit; a fixed number of queries.

    Themes with neither measures nor links to kommuneplanen are left out unless `empty_themes`.
    """
    placements = list(
        Placement.objects.filter(strategy=strategy)
        .select_related("measure")
        .order_by("order", "measure__code")
    )
    units = responsible_units(placement.measure_id for placement in placements)
    by_area: dict[int, list[Placement]] = {}
    for placement in placements:
        by_area.setdefault(placement.focus_area_id, []).append(placement)
    areas = (
        FocusArea.objects.filter(strategy=strategy)
        .prefetch_related(
            "goal_links__goal",
            "plan_strategy_links__plan_strategy",
            "themes__plan_strategy_links__plan_strategy",
        )
        .order_by("order", "title")
    )
    return [
        FocusAreaPart(
            pk=area.pk,
            title=area.title,
            description=area.description,
            goals=tuple(
                str(link.goal) for link in sorted(area.goal_links.all(), key=lambda link: link.goal.code)
            ),
            plan_strategies=_numbered(area.plan_strategy_links.all()),
            themes=_themes(by_area.get(area.pk, ()), units, area.themes.all(), empty=empty_themes),
        )
        for area in areas
    ]


def _numbered(links: Iterable[FocusAreaPlanStrategy] | Iterable[ThemePlanStrategy]) -> tuple[str, ...]:
    found = sorted((link.plan_strategy for link in links), key=lambda one: (one.goal_id, one.order))
    return tuple(map(str, found))


def _themes(
    placements: Iterable[Placement], units: dict[int, Unit], themes: Iterable[Theme], *, empty: bool
) -> tuple[ThemePart, ...]:
    rows: dict[int | None, list[MeasureRow]] = {}
    for placement in placements:
        row = _placed_measure(placement, units.get(placement.measure_id))
        rows.setdefault(placement.theme_id, []).append(row)
    parts = [ThemePart("", tuple(rows[None]))] if None in rows else []
    for theme in sorted(themes, key=lambda one: (one.order, one.title)):
        numbered = _numbered(theme.plan_strategy_links.all())
        if empty or numbered or theme.pk in rows:
            parts.append(ThemePart(theme.title, tuple(rows.get(theme.pk, ())), numbered, theme.pk))
    return tuple(parts)


def _placed_measure(placement: Placement, unit: Unit | None) -> MeasureRow:
    measure = placement.measure
    return MeasureRow(
        code=measure.code,
        title=measure.title,
        kind_label=measure.get_kind_display(),
        state_label=measure.get_state_display(),
        unit=unit.name if unit else "",
        is_example=measure.is_example,
        placement=placement.pk,
    )
