"""What a strategy says, to be held against another: its head, targets, areas, themes and measures."""

from __future__ import annotations

from dataclasses import dataclass

from strategy.models import FocusArea, Placement, Strategy, Target, Theme


@dataclass(frozen=True, slots=True)
class AreaContent:
    """A focus area; `codes` are the delmål and numbered strategies of kommuneplanen it serves."""

    title: str
    description: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThemeContent:
    """A theme and its focus area; `codes` are the numbered strategies of kommuneplanen it carries out."""

    title: str
    area: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasureContent:
    """A measure and its place; `theme` is empty for one directly under its focus area."""

    code: str
    name: str
    area: str
    theme: str


@dataclass(frozen=True, slots=True)
class StrategyContent:
    """One strategy, in the order its page has. `goals` are codes of kommuneplanens delmål, sorted."""

    covers: str
    introduction: str
    edition: str
    goals: tuple[str, ...]
    targets: tuple[Target, ...]
    areas: tuple[AreaContent, ...]
    themes: tuple[ThemeContent, ...]
    measures: tuple[MeasureContent, ...]


def content_of(strategy: Strategy) -> StrategyContent:
    """What the strategy says; a fixed number of queries."""
    edition = strategy.edition
    return StrategyContent(
        covers=strategy.covers,
        introduction=strategy.introduction,
        edition=str(edition) if edition else "",
        goals=tuple(sorted(strategy.goal_links.values_list("goal__code", flat=True))),
        targets=tuple(Target.objects.filter(strategy=strategy).order_by("order", "pk")),
        areas=_areas(strategy),
        themes=_themes(strategy),
        measures=_measures(strategy),
    )


def _areas(strategy: Strategy) -> tuple[AreaContent, ...]:
    areas = (
        FocusArea.objects.filter(strategy=strategy)
        .prefetch_related("goal_links__goal", "plan_strategy_links__plan_strategy")
        .order_by("order", "title")
    )
    return tuple(
        AreaContent(
            area.title,
            area.description,
            (
                *(link.goal.code for link in area.goal_links.all()),
                *(link.plan_strategy.code for link in area.plan_strategy_links.all()),
            ),
        )
        for area in areas
    )


def _themes(strategy: Strategy) -> tuple[ThemeContent, ...]:
    themes = (
        Theme.objects.filter(focus_area__strategy=strategy)
        .select_related("focus_area")
        .prefetch_related("plan_strategy_links__plan_strategy")
        .order_by("focus_area__order", "order", "title")
    )
    return tuple(
        ThemeContent(
            theme.title,
            theme.focus_area.title,
            tuple(link.plan_strategy.code for link in theme.plan_strategy_links.all()),
        )
        for theme in themes
    )


def _measures(strategy: Strategy) -> tuple[MeasureContent, ...]:
    placements = Placement.objects.filter(strategy=strategy).select_related("measure", "focus_area", "theme")
    return tuple(
        MeasureContent(
            placement.measure.code,
            str(placement.measure),
            placement.focus_area.title,
            placement.theme.title if placement.theme else "",
        )
        for placement in placements.order_by("focus_area__order", "order", "measure__code")
    )
