"""Two strategies side by side: what is new, what is gone, and what has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from emissions.enums import Scope
from emissions.models import SCOPE_LABELS
from strategy.models import FocusArea, Placement, Strategy, Target, Theme
from web.formats import format_percent

NEW, GONE, CHANGED, SAME = "new", "gone", "changed", "same"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in the older and the newer strategy; an empty side is not there. `code` says which it is."""

    name: str
    older: str
    newer: str
    code: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One kind of content. `rows` are what differs; `same` counts the rest."""

    title: str
    rows: tuple[Difference, ...]
    same: int


def compare(older: Strategy, newer: Strategy) -> list[Compared]:
    """Head, targets, focus areas, themes and measures of two strategies; a fixed number of queries."""
    return [
        _compared(_("Om strategien"), _head(older), _head(newer)),
        _compared(_("Mål"), _targets(older), _targets(newer)),
        _compared(_("Innsatsområder"), _areas(older), _areas(newer)),
        _compared(_("Temaer"), _themes(older), _themes(newer)),
        _compared(_("Tiltak og virkemidler"), _measures(older), _measures(newer)),
    ]


def summary(parts: list[Compared]) -> dict[str, int]:
    """How many things are new, gone and changed in all."""
    codes = [row.code for part in parts for row in part.rows]
    return {code: codes.count(code) for code in (NEW, GONE, CHANGED)}


Content = Mapping[str, tuple[str, str]]
"""Key → (name, what it says)."""


def _compared(title: str, older: Content, newer: Content) -> Compared:
    rows = []
    same = 0
    for key in [*newer, *(key for key in older if key not in newer)]:
        before, after = older.get(key), newer.get(key)
        if before == after:
            same += 1
            continue
        name = (after or before or ("", ""))[0]
        code = NEW if before is None else GONE if after is None else CHANGED
        rows.append(Difference(name, before[1] if before else "", after[1] if after else "", code))
    return Compared(title, tuple(rows), same)


def _head(strategy: Strategy) -> Content:
    goals = ", ".join(sorted(strategy.goal_links.values_list("goal__code", flat=True)))
    edition = strategy.edition
    values = {
        "covers": (_("Gjelder"), strategy.covers),
        "introduction": (_("Innledning"), strategy.introduction),
        "edition": (_("Utgave av klimaregnskapet"), str(edition) if edition else ""),
        "goals": (_("Bygger på delmål i kommuneplanen"), goals),
    }
    return {key: value for key, value in values.items() if value[1]}


def _targets(strategy: Strategy) -> Content:
    return {
        _key(target.title): (target.title, promise_in_words(target))
        for target in Target.objects.filter(strategy=strategy).order_by("order", "pk")
    }


def promise_in_words(target: Target) -> str:
    """«−55 % i 2030 fra 2021. Direkte utslipp …», or «innen 2030» for a goal without a percent."""
    if target.percent is None:
        words = _("innen {year}").format(year=target.target_year)
    else:
        words = _("−{percent} i {year} fra {base}").format(
            percent=format_percent(target.percent), year=target.target_year, base=target.base_year
        )
    scope = str(SCOPE_LABELS[Scope(target.scope)]) if target.scope else ""
    return f"{words}. {scope}" if scope else words


def _areas(strategy: Strategy) -> Content:
    areas = (
        FocusArea.objects.filter(strategy=strategy)
        .prefetch_related("goal_links__goal", "plan_strategy_links__plan_strategy")
        .order_by("order", "title")
    )
    return {_key(area.title): (area.title, _area_in_words(area)) for area in areas}


def _area_in_words(area: FocusArea) -> str:
    goals = [link.goal.code for link in area.goal_links.all()]
    numbered = [link.plan_strategy.code for link in area.plan_strategy_links.all()]
    return _with_codes(area.description, goals + numbered)


def _with_codes(text: str, codes: list[str]) -> str:
    """A text and what of kommuneplanen it serves, «… Bidrar til A, A1»."""
    served = _("Bidrar til {codes}").format(codes=", ".join(sorted(codes))) if codes else ""
    return ". ".join(part for part in (text.rstrip("."), served) if part)


def _themes(strategy: Strategy) -> Content:
    themes = (
        Theme.objects.filter(focus_area__strategy=strategy)
        .select_related("focus_area")
        .prefetch_related("plan_strategy_links__plan_strategy")
        .order_by("focus_area__order", "order", "title")
    )
    return {_key(theme.title): (theme.title, _theme_in_words(theme)) for theme in themes}


def _theme_in_words(theme: Theme) -> str:
    return _with_codes(
        theme.focus_area.title, [link.plan_strategy.code for link in theme.plan_strategy_links.all()]
    )


def _measures(strategy: Strategy) -> Content:
    placements = Placement.objects.filter(strategy=strategy).select_related("measure", "focus_area", "theme")
    return {
        placement.measure.code: (str(placement.measure), _place(placement))
        for placement in placements.order_by("focus_area__order", "order", "measure__code")
    }


def _place(placement: Placement) -> str:
    area = placement.focus_area.title
    return f"{area} – {placement.theme.title}" if placement.theme else area


def _key(title: str) -> str:
    return title.casefold().strip()
