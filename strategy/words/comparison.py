"""Two strategies side by side: what is new, what is gone, and what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from strategy.models import Target
from strategy.queries.comparison import AreaContent, MeasureContent, StrategyContent, ThemeContent
from strategy.words.targets import promise_in_words

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


def compare(older: StrategyContent, newer: StrategyContent) -> list[Compared]:
    """Head, targets, focus areas, themes and measures of two strategies."""
    return [
        _compared(_("Om strategien"), _head(older), _head(newer)),
        _compared(_("Mål"), _targets(older.targets), _targets(newer.targets)),
        _compared(_("Innsatsområder"), _areas(older.areas), _areas(newer.areas)),
        _compared(_("Temaer"), _themes(older.themes), _themes(newer.themes)),
        _compared(_("Tiltak og virkemidler"), _measures(older.measures), _measures(newer.measures)),
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


def _head(strategy: StrategyContent) -> Content:
    values = {
        "covers": (_("Gjelder"), strategy.covers),
        "introduction": (_("Innledning"), strategy.introduction),
        "edition": (_("Utgave av klimaregnskapet"), strategy.edition),
        "goals": (_("Bygger på delmål i kommuneplanen"), ", ".join(strategy.goals)),
    }
    return {key: value for key, value in values.items() if value[1]}


def _targets(targets: Iterable[Target]) -> Content:
    return {_key(target.title): (target.title, promise_in_words(target)) for target in targets}


def _areas(areas: Iterable[AreaContent]) -> Content:
    return {_key(area.title): (area.title, _with_codes(area.description, area.codes)) for area in areas}


def _with_codes(text: str, codes: Iterable[str]) -> str:
    """A text and what of kommuneplanen it serves, «… Bidrar til A, A1»."""
    listed = ", ".join(sorted(codes))
    served = _("Bidrar til {codes}").format(codes=listed) if listed else ""
    return ". ".join(part for part in (text.rstrip("."), served) if part)


def _themes(themes: Iterable[ThemeContent]) -> Content:
    return {_key(theme.title): (theme.title, _with_codes(theme.area, theme.codes)) for theme in themes}


def _measures(measures: Iterable[MeasureContent]) -> Content:
    return {measure.code: (measure.name, _place(measure)) for measure in measures}


def _place(measure: MeasureContent) -> str:
    return f"{measure.area} – {measure.theme}" if measure.theme else measure.area


def _key(title: str) -> str:
    return title.casefold().strip()
