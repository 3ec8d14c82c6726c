"""Kommuneplanen beside the strategies: which parts of them carry out which goal and numbered strategy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Prefetch, QuerySet

from strategy.models import (
    FocusArea,
    FocusAreaGoal,
    FocusAreaPlanStrategy,
    PlanGoal,
    PlanStrategy,
    PolicyArea,
    ThemePlanStrategy,
)
from strategy.rules import PUBLISHED_STATES

Link = TypeVar("Link", FocusAreaGoal, FocusAreaPlanStrategy)


@dataclass(frozen=True, slots=True)
class Follower:
    """A focus area that serves a goal, or one that carries out a numbered strategy, or one of its themes."""

    title: str
    strategy: str
    slug: str


@dataclass(frozen=True, slots=True)
class NumberedPart:
    pk: int
    version: int
    code: str
    title: str
    followers: tuple[Follower, ...]


@dataclass(frozen=True, slots=True)
class GoalPart:
    pk: int
    version: int
    code: str
    title: str
    followers: tuple[Follower, ...]
    numbered: tuple[NumberedPart, ...]


@dataclass(frozen=True, slots=True)
class AreaPart:
    """A politikkområde; None is where goals without one stand."""

    area: PolicyArea | None
    goals: tuple[GoalPart, ...]


def plan_outline(*, drafts: bool) -> list[AreaPart]:
    """Politikkområde → delmål → numbered strategies, each with who carries it out; six queries."""
    goal_followers: dict[int, list[Follower]] = {}
    for link in _visible(FocusAreaGoal.objects.all(), drafts):
        goal_followers.setdefault(link.goal_id, []).append(_follower(link.focus_area))
    numbered_followers = _numbered_followers(drafts)
    numbered = Prefetch("plan_strategies", queryset=PlanStrategy.objects.order_by("order", "code"))
    parts: dict[int | None, tuple[PolicyArea | None, list[GoalPart]]] = {
        area.pk: (area, []) for area in PolicyArea.objects.order_by("order", "title")
    }
    for goal in PlanGoal.objects.prefetch_related(numbered).order_by("code"):
        _area, listed = parts.setdefault(goal.area_id, (None, []))
        listed.append(
            GoalPart(
                pk=goal.pk,
                version=goal.version,
                code=goal.code,
                title=goal.title,
                followers=tuple(goal_followers.get(goal.pk, ())),
                numbered=tuple(
                    NumberedPart(
                        one.pk, one.version, one.code, one.title, tuple(numbered_followers.get(one.pk, ()))
                    )
                    for one in goal.plan_strategies.all()
                ),
            )
        )
    return [AreaPart(area, tuple(listed)) for area, listed in parts.values()]


def _numbered_followers(drafts: bool) -> dict[int, list[Follower]]:
    """Numbered strategy → focus areas and themes, each theme after its focus area."""
    found: list[tuple[tuple[int, int, int], int, Follower]] = []
    for link in _visible(FocusAreaPlanStrategy.objects.all(), drafts):
        found.append((_place(link.focus_area), link.plan_strategy_id, _follower(link.focus_area)))
    themes = ThemePlanStrategy.objects.select_related("theme__focus_area__strategy").order_by("theme__order")
    if not drafts:
        themes = themes.filter(theme__focus_area__strategy__state__in=sorted(PUBLISHED_STATES))
    for one in themes:
        area = one.theme.focus_area
        found.append((_place(area), one.plan_strategy_id, _follower(area, one.theme.title)))
    followers: dict[int, list[Follower]] = {}
    for _where, plan_strategy, follower in sorted(found, key=lambda item: item[0]):
        followers.setdefault(plan_strategy, []).append(follower)
    return followers


def _place(area: FocusArea) -> tuple[int, int, int]:
    return area.strategy.order, area.order, area.pk


def _visible(links: QuerySet[Link], drafts: bool) -> QuerySet[Link]:
    links = links.select_related("focus_area__strategy").order_by(
        "focus_area__strategy__order", "focus_area__order"
    )
    return links if drafts else links.filter(focus_area__strategy__state__in=sorted(PUBLISHED_STATES))


def _follower(area: FocusArea, theme: str = "") -> Follower:
    title = f"{area.title} – {theme}" if theme else area.title
    return Follower(title, area.strategy.title, area.strategy.slug)
