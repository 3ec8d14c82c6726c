"""Strategies as documents: new ones, new versions of old ones, and their head."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from emissions.actions.undoing import hold_edition
from emissions.models import Edition
from organisation.rules import Permission, require
from strategy.models import (
    FocusArea,
    FocusAreaGoal,
    FocusAreaPlanStrategy,
    Placement,
    PlanGoal,
    Strategy,
    StrategyGoal,
    Target,
    TargetIndicator,
    Theme,
    ThemePlanStrategy,
)
from web.actors import Actor, acting
from web.concurrency import save_versioned
from web.refusals import Refusal, refuse

# Words that already are addresses under /strategi/.
RESERVED = frozenset(
    {"del", "horing", "innsatsomrade", "klimabarometer", "kommuneplanen", "mal", "malindikator", "ny",
     "plassering", "tema", "tiltak", "vedtak"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """What a strategy says about itself."""

    title: str
    covers: str
    introduction: str = ""
    source: str = ""
    edition: Edition | None = None
    goals: Collection[PlanGoal] = ()


@contextmanager
def editing(by: Actor, strategy: Strategy, version: int, reason: str) -> Iterator[Strategy]:
    """One change of a document: permission, lock, state and version checked, and the version counted up.

    Raises PermissionDenied, Refused for a strategy that is no longer open, StaleObject.
    """
    require(by, Permission.EDIT_STRATEGY)
    with acting(by, reason):
        fresh = Strategy.objects.select_for_update().get(pk=strategy.pk)
        refuse_closed(fresh)
        save_versioned(fresh, expected=version, fields={})
        yield fresh


def refuse_closed(strategy: Strategy) -> None:
    """Raises Refused when the strategy is adopted."""
    if not strategy.is_editable:
        refuse(
            _("Strategien er vedtatt og kan ikke endres. Velg «Lag ny versjon» for å arbeide videre med den.")
        )


def create_strategy(*, by: Actor, head: Head, is_example: bool = False) -> Strategy:
    """Make an empty draft.

    Raises Refused for a title that is taken, PermissionDenied.
    """
    require(by, Permission.EDIT_STRATEGY)
    with acting(by, _("Strategi opprettet")):
        _check_title(head.title)
        _hold(head.edition)
        strategy = Strategy.objects.create(
            slug=free_slug(head.title), order=_next_order(), is_example=is_example, **_columns(head)
        )
        _set_goals(strategy, head.goals)
    return strategy


def create_version(*, by: Actor, source: Strategy, title: str, is_example: bool = False) -> Strategy:
    """A draft with everything `source` says: head, focus areas, themes, placements and targets.

    `source` stays in force until the new version is adopted. Ceilings adopted for single years are decisions
    about the old targets and stay with them.
    Raises Refused for a title that is taken, PermissionDenied.
    """
    require(by, Permission.EDIT_STRATEGY)
    with acting(by, _("Ny versjon påbegynt")):
        _check_title(title)
        strategy = Strategy.objects.create(
            title=title.strip(),
            slug=free_slug(title),
            covers=source.covers,
            introduction=source.introduction,
            edition=source.edition,
            replaces=source,
            order=_next_order(),
            is_example=is_example or source.is_example,
        )
        _set_goals(strategy, [link.goal for link in source.goal_links.select_related("goal")])
        _copy_structure(source, strategy)
        _copy_targets(source, strategy)
    return strategy


def update_head(*, by: Actor, strategy: Strategy, version: int, head: Head) -> Strategy:
    """Change what the document says about itself. The address stays, so that links keep working.

    Raises Refused for a title that is taken or an adopted strategy, StaleObject, PermissionDenied.
    """
    with editing(by, strategy, version, _("Strategien endret")) as fresh:
        _check_title(head.title, but=fresh)
        _hold(head.edition)
        columns = _columns(head)
        for name, value in columns.items():
            setattr(fresh, name, value)
        fresh.save(update_fields=list(columns))
        _set_goals(fresh, head.goals)
    return fresh


def _columns(head: Head) -> Mapping[str, object]:
    return {
        "title": head.title.strip(),
        "covers": head.covers.strip(),
        "introduction": head.introduction.strip(),
        "source": head.source.strip(),
        "edition": head.edition,
    }


def _hold(edition: Edition | None) -> None:
    """An edition the strategy builds on is not undone at the same moment."""
    if edition is not None:
        hold_edition(edition.pk)


def _check_title(title: str, but: Strategy | None = None) -> None:
    same = Strategy.objects.filter(title__iexact=title.strip())
    if (same.exclude(pk=but.pk) if but else same).exists():
        refuse(
            Refusal(_("Det finnes allerede en strategi som heter det. Velg en annen tittel."), field="title")
        )


def free_slug(title: str) -> str:
    """An address made of the title, with a number after it when it is taken."""
    letters = title.lower().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    base = slugify(letters)[:70] or "strategi"
    taken = set(Strategy.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | RESERVED
    if base not in taken:
        return base
    return next(slug for number in range(2, len(taken) + 3) if (slug := f"{base}-{number}") not in taken)


def _next_order() -> int:
    return int(Strategy.objects.aggregate(last=Max("order"))["last"] or 0) + 1


def _set_goals(strategy: Strategy, goals: Collection[PlanGoal]) -> None:
    wanted = {goal.pk for goal in goals}
    strategy.goal_links.exclude(goal__in=wanted).delete()
    present = set(strategy.goal_links.values_list("goal_id", flat=True))
    StrategyGoal.objects.bulk_create(
        StrategyGoal(strategy=strategy, goal_id=pk) for pk in sorted(wanted - present)
    )


def _copy_structure(source: Strategy, copy: Strategy) -> None:
    areas: dict[int, FocusArea] = {}
    for area in source.focus_areas.order_by("order", "pk"):
        areas[area.pk] = FocusArea.objects.create(
            strategy=copy,
            title=area.title,
            description=area.description,
            is_leadership=area.is_leadership,
            order=area.order,
        )
    FocusAreaGoal.objects.bulk_create(
        FocusAreaGoal(focus_area=areas[link.focus_area_id], goal_id=link.goal_id)
        for link in FocusAreaGoal.objects.filter(focus_area__in=areas).order_by("pk")
    )
    FocusAreaPlanStrategy.objects.bulk_create(
        FocusAreaPlanStrategy(focus_area=areas[link.focus_area_id], plan_strategy_id=link.plan_strategy_id)
        for link in FocusAreaPlanStrategy.objects.filter(focus_area__in=areas).order_by("pk")
    )
    old_themes = list(Theme.objects.filter(focus_area__in=areas).order_by("pk"))
    new_themes = Theme.objects.bulk_create(
        Theme(focus_area=areas[theme.focus_area_id], title=theme.title, order=theme.order)
        for theme in old_themes
    )
    themes = {old.pk: new for old, new in zip(old_themes, new_themes, strict=True)}
    ThemePlanStrategy.objects.bulk_create(
        ThemePlanStrategy(theme=themes[link.theme_id], plan_strategy_id=link.plan_strategy_id)
        for link in ThemePlanStrategy.objects.filter(theme__in=themes).order_by("pk")
    )
    Placement.objects.bulk_create(
        Placement(
            measure_id=placement.measure_id,
            strategy=copy,
            focus_area=areas[placement.focus_area_id],
            theme=themes[placement.theme_id] if placement.theme_id else None,
            order=placement.order,
        )
        for placement in source.placements.order_by("pk")
    )


def _copy_targets(source: Strategy, copy: Strategy) -> None:
    for target in source.targets.order_by("order", "pk").prefetch_related("indicators"):
        made = Target.objects.create(
            strategy=copy,
            title=target.title,
            kind=target.kind,
            scope=target.scope,
            base_year=target.base_year,
            target_year=target.target_year,
            percent=target.percent,
            source=target.source,
            order=target.order,
        )
        TargetIndicator.objects.bulk_create(
            TargetIndicator(
                target=made,
                name=indicator.name,
                unit_label=indicator.unit_label,
                direction=indicator.direction,
                goal=indicator.goal,
                source=indicator.source,
                is_example=indicator.is_example,
            )
            for indicator in target.indicators.all()
        )
