"""A small draft strategy with two focus areas, themes, measures and a target, and a hearing of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from emissions.enums import Scope
from organisation.models import Unit
from strategy.actions.hearings import send_on_hearing
from strategy.actions.strategies import Head, create_strategy
from strategy.actions.transitions import adopt_strategy
from strategy.enums import MeasureKind, TargetKind
from strategy.models import (
    FocusArea,
    HearingAnswer,
    HearingRound,
    Measure,
    Placement,
    PlanGoal,
    PlanStrategy,
    Strategy,
    Target,
    Theme,
)
from web.actors import DEMO


def make_draft(title: str = "Klimastrategi 2035") -> Strategy:
    """A draft: two focus areas, one theme, two placed measures, an emission target and a goal.

    Of kommuneplanen's two numbered strategies, one is followed up.
    """
    goal = PlanGoal.objects.get_or_create(code="A", defaults={"title": "Kutte utslipp"})[0]
    numbered, _unlinked = (
        PlanStrategy.objects.get_or_create(
            code=code, defaults={"title": title, "goal": goal, "order": order}
        )[0]
        for order, (code, title) in enumerate((("A1", "Gå og sykle"), ("A2", "Fortette")), start=1)
    )
    draft = create_strategy(by=DEMO, head=Head(title=title, covers="kommunen", goals=[goal]))
    mobility = FocusArea.objects.create(strategy=draft, title="Mobilitet", order=1)
    mobility.goal_links.create(goal=goal)
    mobility.plan_strategy_links.create(plan_strategy=numbered)
    FocusArea.objects.create(strategy=draft, title="Ressursbruk", order=2)
    theme = Theme.objects.create(focus_area=mobility, title="Sykkel", order=1)
    theme.plan_strategy_links.create(plan_strategy=numbered)
    for order, code in enumerate(("T1", "T2"), start=1):
        measure = Measure.objects.get_or_create(
            code=code, defaults={"title": f"Tiltak {code}", "kind": MeasureKind.TILTAK}
        )[0]
        Placement.objects.create(
            measure=measure, strategy=draft, focus_area=mobility, theme=theme, order=order
        )
    make_target(draft)
    return draft


def make_target(strategy: Strategy, **fields: object) -> Target:
    return Target.objects.create(
        strategy=strategy,
        **{
            "title": "Kutte 55 prosent",
            "kind": TargetKind.EMISSION,
            "scope": Scope.COMMUNITY_DIRECT,
            "base_year": 2009,
            "target_year": 2030,
            "percent": Decimal(55),
            **fields,
        },
    )


def adopt(strategy: Strategy) -> Strategy:
    strategy.refresh_from_db()
    return adopt_strategy(by=DEMO, strategy=strategy, version=strategy.version, decided_by="kommunestyret")


def send(strategy: Strategy, units: Sequence[Unit], deadline: datetime | None = None) -> HearingRound:
    strategy.refresh_from_db()
    return send_on_hearing(
        by=DEMO,
        strategy=strategy,
        version=strategy.version,
        title="Høring: Klimastrategi 2035",
        units=units,
        deadline=deadline or timezone.now() + timedelta(days=10),
    )


def answer_of(hearing: HearingRound, unit: Unit) -> HearingAnswer:
    return hearing.answers.get(unit=unit)
