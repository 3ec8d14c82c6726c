"""What changed between two kept states of a budget, in tonnes and kroner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from budget.enums import CostKind
from budget.queries.assembling import net_cost

Figure = Decimal | None
Content = Mapping[str, Any]

YEAR_FIGURES = ("reference", "gross", "overlap", "net", "path", "ceiling", "gap")
LINE_WORDS = ("code", "title", "unit", "external_actor", "focus_area", "level", "scope", "reason")


@dataclass(frozen=True, slots=True)
class Change:
    """A figure before and after; tCO2e or NOK. None is unknown, or not there."""

    before: Figure
    after: Figure

    @property
    def changed(self) -> bool:
        return self.before != self.after

    @property
    def difference(self) -> Figure:
        """After less before; None unless both are known."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True)
class LineChange:
    """One line that is new (before None), gone (after None) or changed."""

    measure: int
    before: Content | None
    after: Content | None
    tonnes: Mapping[int, Change]
    nok: Mapping[int, Change]
    already_counted: Change
    words: Mapping[str, tuple[str, str]]

    @property
    def name(self) -> str:
        line = self.after or self.before or {}
        return f"{line.get('code', '')} {line.get('title', '')}".strip()

    @property
    def is_new(self) -> bool:
        return self.before is None

    @property
    def is_gone(self) -> bool:
        return self.after is None

    @property
    def changed(self) -> bool:
        figures = (*self.tonnes.values(), *self.nok.values(), self.already_counted)
        return self.is_new or self.is_gone or bool(self.words) or any(one.changed for one in figures)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two states side by side. `totals`: name of a yearly figure → year → change, tCO2e. `nok`: all lines."""

    years: tuple[int, ...]
    totals: Mapping[str, Mapping[int, Change]]
    nok: Mapping[int, Change]
    lines: tuple[LineChange, ...]
    same_lines: int
    edition_changed: bool
    target_changed: bool


def compare(before: Content, after: Content) -> Comparison:
    """Two kept contents (`snapshot_content`) held against each other; lines in the order of the later."""
    first, second = _by_year(before), _by_year(after)
    years = tuple(sorted({*first, *second}))
    old, new = _by_measure(before), _by_measure(after)
    order = [*new, *(measure for measure in old if measure not in new)]
    lines = [_line(measure, old.get(measure), new.get(measure), years) for measure in order]
    changed = tuple(line for line in lines if line.changed)
    return Comparison(
        years=years,
        totals={
            name: {
                year: Change(_figure(first.get(year, {}).get(name)), _figure(second.get(year, {}).get(name)))
                for year in years
            }
            for name in YEAR_FIGURES
        },
        nok={year: Change(_cost_sum(old.values(), year), _cost_sum(new.values(), year)) for year in years},
        lines=changed,
        same_lines=len(lines) - len(changed),
        edition_changed=before["edition"] != after["edition"],
        target_changed=before["target"] != after["target"],
    )


def _by_year(content: Content) -> dict[int, Content]:
    return {row["year"]: row for row in content["years"]}


def _by_measure(content: Content) -> dict[int, Content]:
    return {line["measure"]: line for line in (*content["lines"], *content["outside"])}


def _line(measure: int, old: Content | None, new: Content | None, years: Iterable[int]) -> LineChange:
    return LineChange(
        measure=measure,
        before=old,
        after=new,
        tonnes={year: Change(_tonnes(old, year), _tonnes(new, year)) for year in years},
        nok={year: Change(_cost(old, year), _cost(new, year)) for year in years},
        already_counted=Change(
            _figure(old["already_counted"]) if old else None,
            _figure(new["already_counted"]) if new else None,
        ),
        words={
            name: (str(old[name]), str(new[name]))
            for name in LINE_WORDS
            if old and new and old[name] != new[name]
        },
    )


def _tonnes(line: Content | None, year: int) -> Figure:
    """What was typed: outside the boundary nothing counts, and less what is counted follows from it."""
    return _figure(line["typed"].get(str(year))) if line else None


def _cost(line: Content | None, year: int) -> Figure:
    if line is None:
        return None
    costs = {
        CostKind(kind): {int(one): Decimal(nok) for one, nok in by_year.items() if nok is not None}
        for kind, by_year in line["costs"].items()
    }
    return net_cost(costs, year)


def _cost_sum(lines: Iterable[Content], year: int) -> Figure:
    known = [nok for line in lines if (nok := _cost(line, year)) is not None]
    return sum(known, Decimal(0)) if known else None


def _figure(text: str | None) -> Figure:
    return None if text is None else Decimal(text)
