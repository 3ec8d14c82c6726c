"""How far a municipality has come with its target and its measures on the first day."""

from __future__ import annotations

from dataclasses import dataclass

from strategy.models import Measure, Strategy, Target


@dataclass(frozen=True, slots=True)
class FirstDay:
    """The newest strategy's address (empty without one), a target with a percent, how many measures."""

    strategy: str
    target: Target | None
    measures: int


def first_day() -> FirstDay:
    """Three queries."""
    newest = Strategy.objects.order_by("-order", "-pk").values_list("slug", flat=True).first()
    target = Target.objects.filter(percent__isnull=False).order_by("pk").first()
    return FirstDay(newest or "", target, Measure.objects.count())
