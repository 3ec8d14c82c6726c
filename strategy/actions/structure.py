"""What stands in a strategy, and in which order: focus areas, themes and placed measures."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from strategy.actions.strategies import editing
from strategy.models import (
    FocusArea,
    FocusAreaGoal,
    FocusAreaPlanStrategy,
    Measure,
    Placement,
    PlanGoal,
    PlanStrategy,
    Strategy,
    Theme,
    ThemePlanStrategy,
)
from web.actors import Actor
from web.refusals import Refusal, refuse

Part = FocusArea | Theme | Placement


class Way(StrEnum):
    UP = "opp"
    DOWN = "ned"


def save_focus_area(
    *,
    by: Actor,
    strategy: Strategy,
    version: int,
    title: str,
    description: str = "",
    is_leadership: bool = False,
    goals: Collection[PlanGoal] = (),
    plan_strategies: Collection[PlanStrategy] = (),
    area: FocusArea | None = None,
) -> FocusArea:
    """Add a focus area last, or change `area`, with its links to kommuneplanen.

    `version` is the strategy's. Raises Refused, StaleObject, PermissionDenied.
    """
    reason = _("Innsatsområde endret") if area else _("Innsatsområde lagt til")
    with editing(by, strategy, version, reason) as fresh:
        title = title.strip()
        _refuse_taken(fresh.focus_areas.filter(title__iexact=title), area, _("et innsatsområde"))
        if area is None:
            area = FocusArea(strategy=fresh, order=_last(fresh.focus_areas.all()) + 1)
        area.title, area.description = title, description.strip()
        area.is_leadership = is_leadership
        area.save()
        _link(area, goals, plan_strategies)
    return area


def save_theme(
    *,
    by: Actor,
    area: FocusArea,
    version: int,
    title: str,
    plan_strategies: Collection[PlanStrategy] = (),
    theme: Theme | None = None,
) -> Theme:
    """Add a theme last in the focus area, or change `theme`, with its links to kommuneplanen.

    `version` is the strategy's. Raises Refused, StaleObject, PermissionDenied.
    """
    with editing(by, area.strategy, version, _("Tema endret") if theme else _("Tema lagt til")):
        title = title.strip()
        _refuse_taken(area.themes.filter(title__iexact=title), theme, _("et tema"))
        if theme is None:
            theme = Theme(focus_area=area, order=_last(area.themes.all()) + 1)
        theme.title = title
        theme.save()
        wanted = _unlinked(theme.plan_strategy_links.all(), plan_strategies)
        ThemePlanStrategy.objects.bulk_create(
            ThemePlanStrategy(theme=theme, plan_strategy=one) for one in wanted
        )
    return theme


def place_measure(
    *,
    by: Actor,
    strategy: Strategy,
    version: int,
    measure: Measure,
    area: FocusArea,
    theme: Theme | None = None,
) -> Placement:
    """Place a measure last under a focus area or one of its themes; one that is placed already is moved.

    `version` is the strategy's. Raises Refused for a place in another strategy, StaleObject,
    PermissionDenied.
    """
    with editing(by, strategy, version, _("Tiltak plassert")) as fresh:
        if area.strategy_id != fresh.pk or (theme is not None and theme.focus_area_id != area.pk):
            refuse(Refusal(_("Stedet finnes ikke i denne strategien. Velg et annet."), field="place"))
        placement, _made = Placement.objects.update_or_create(
            strategy=fresh,
            measure=measure,
            defaults={
                "focus_area": area,
                "theme": theme,
                "order": _last(fresh.placements.exclude(measure=measure)) + 1,
            },
        )
    return placement


def remove_part(*, by: Actor, part: Part, version: int) -> None:
    """Take a focus area, a theme or a placed measure out of the strategy. The measure itself stays.

    Raises Refused for one that something still stands under, StaleObject, PermissionDenied.
    """
    with editing(by, strategy_of(part), version, _("Tatt ut av strategien")):
        if isinstance(part, FocusArea) and (part.themes.exists() or part.placements.exists()):
            refuse(
                _("«{title}» har temaer eller tiltak. Flytt eller fjern dem først.").format(title=part.title)
            )
        if isinstance(part, Theme) and part.placements.exists():
            refuse(_("«{title}» har tiltak. Flytt eller fjern dem først.").format(title=part.title))
        part.delete()


def move_part(*, by: Actor, part: Part, version: int, way: Way) -> None:
    """One step up or down among those that stand beside it. At the end nothing moves.

    Raises Refused for an adopted strategy, StaleObject, PermissionDenied.
    """
    with editing(by, strategy_of(part), version, _("Rekkefølgen endret")):
        row: list[Part] = list(_beside(part))
        here = next(index for index, one in enumerate(row) if one.pk == part.pk)
        there = here + (-1 if way == Way.UP else 1)
        if 0 <= there < len(row):
            row[here], row[there] = row[there], row[here]
        # Numbered again: rows that came in one by one may share a number.
        for number, one in enumerate(row, start=1):
            if one.order != number:
                one.order = number
                one.save(update_fields=["order"])


def strategy_of(part: Part) -> Strategy:
    return part.focus_area.strategy if isinstance(part, Theme) else part.strategy


def _beside(part: Part) -> QuerySet[FocusArea] | QuerySet[Theme] | QuerySet[Placement]:
    """What the part is ordered among, as the page shows it."""
    if isinstance(part, FocusArea):
        return FocusArea.objects.filter(strategy=part.strategy_id).order_by("order", "title")
    if isinstance(part, Theme):
        return Theme.objects.filter(focus_area=part.focus_area_id).order_by("order", "title")
    return Placement.objects.filter(focus_area=part.focus_area_id, theme=part.theme_id).order_by(
        "order", "measure__code"
    )


def _last(rows: QuerySet[FocusArea] | QuerySet[Theme] | QuerySet[Placement]) -> int:
    return int(rows.aggregate(last=Max("order"))["last"] or 0)


def _refuse_taken(
    same: QuerySet[FocusArea] | QuerySet[Theme], own: FocusArea | Theme | None, kind: str
) -> None:
    if (same.exclude(pk=own.pk) if own else same).exists():
        sentence = _("Det finnes allerede {kind} som heter det. Velg en annen tittel.").format(kind=kind)
        refuse(Refusal(sentence, field="title"))


def _link(area: FocusArea, goals: Collection[PlanGoal], numbered: Collection[PlanStrategy]) -> None:
    area.goal_links.exclude(goal__in=goals).delete()
    have_goals = set(area.goal_links.values_list("goal_id", flat=True))
    FocusAreaGoal.objects.bulk_create(
        FocusAreaGoal(focus_area=area, goal=goal) for goal in goals if goal.pk not in have_goals
    )
    wanted = _unlinked(area.plan_strategy_links.all(), numbered)
    FocusAreaPlanStrategy.objects.bulk_create(
        FocusAreaPlanStrategy(focus_area=area, plan_strategy=one) for one in wanted
    )


def _unlinked(
    links: QuerySet[FocusAreaPlanStrategy] | QuerySet[ThemePlanStrategy], wanted: Collection[PlanStrategy]
) -> list[PlanStrategy]:
    """Takes away the links that are wanted no more, and gives the wanted ones that are not there yet."""
    links.exclude(plan_strategy__in=wanted).delete()
    present = set(links.values_list("plan_strategy_id", flat=True))
    return [one for one in wanted if one.pk not in present]
