"""Reads about strategies as documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from climate_portal.web.sorting import NorskSort
from organisation.models import Unit
from strategy.models import FocusArea, Measure, Placement, Strategy
from strategy.queries.measures import responsible_units
from strategy.rules import PUBLISHED_STATES


def visible_strategies(*, drafts: bool) -> QuerySet[Strategy]:
    """Strategies in their order; drafts only for those who may read them."""
    strategies = Strategy.objects.order_by("order", NorskSort("title"))
    return strategies if drafts else strategies.filter(state__in=sorted(PUBLISHED_STATES))


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
