"""Everything a spreadsheet of lines can say about a line, as it stands now."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from budget.models import ClimateBudget, Cost, Effect, Line, LineSource, ReferencePath
from budget.queries.reading import horizon_of
from emissions.models import Source
from strategy.models import Measure


class EffectFigures(NamedTuple):
    """Tonnes of CO2e in one year, with the low and high estimate or None."""

    tonnes: Decimal
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LineState:
    """One line. sources: percent per source id; costs: NOK per (kind, year)."""

    scope: str
    reason: str = ""
    already: Decimal = Decimal(0)
    assumptions: str = ""
    sources: Mapping[int, Decimal] = field(default_factory=dict)
    effects: Mapping[int, EffectFigures] = field(default_factory=dict)
    costs: Mapping[tuple[str, int], Decimal] = field(default_factory=dict)

    def packed(self) -> list[Any]:
        """As plain lists and texts, the same for the same state."""
        return [
            self.scope,
            self.reason,
            _text(self.already),
            self.assumptions,
            [[key, _text(share)] for key, share in sorted(self.sources.items())],
            [[year, *map(_text, figures)] for year, figures in sorted(self.effects.items())],
            [[kind, year, _text(nok)] for (kind, year), nok in sorted(self.costs.items())],
        ]

    @staticmethod
    def unpacked(packed: list[Any]) -> LineState:
        scope, reason, already, assumptions, sources, effects, costs = packed
        return LineState(
            scope,
            reason,
            Decimal(already),
            assumptions,
            {key: Decimal(share) for key, share in sources},
            {year: EffectFigures(*map(_figure, figures)) for year, *figures in effects},  # type: ignore[arg-type]
            {(kind, year): Decimal(nok) for kind, year, nok in costs},
        )

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(json.dumps(self.packed()).encode()).hexdigest()


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize() + 0:f}"


def _figure(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def line_states(budget: ClimateBudget) -> dict[int, LineState]:
    """The state of every line by its measure's id; four queries."""
    sources: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for row in LineSource.objects.filter(line__budget=budget):
        sources[row.line_id][row.source_id] = row.share
    effects: dict[int, dict[int, EffectFigures]] = defaultdict(dict)
    for effect in Effect.objects.filter(line__budget=budget):
        effects[effect.line_id][effect.year] = EffectFigures(effect.tonnes, effect.low, effect.high)
    costs: dict[int, dict[tuple[str, int], Decimal]] = defaultdict(dict)
    for cost in Cost.objects.filter(line__budget=budget):
        costs[cost.line_id][cost.kind, cost.year] = cost.nok
    return {
        line.measure_id: LineState(
            line.scope,
            line.not_quantified_reason,
            line.already_counted,
            line.assumptions,
            sources[line.pk],
            effects[line.pk],
            costs[line.pk],
        )
        for line in Line.objects.filter(budget=budget).order_by("order", "pk")
    }


@dataclass(frozen=True, slots=True)
class MeasureName:
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class LineBook:
    """What a spreadsheet is read against: the budget's years and sources, every measure, and the lines."""

    scope: str
    years: tuple[int, ...]
    measures: Mapping[int, MeasureName]
    sources: Mapping[int, str]
    lines: Mapping[int, LineState]


def line_book(budget: ClimateBudget) -> LineBook:
    """All of it in seven queries, however many lines there are."""
    used = ReferencePath.objects.filter(budget=budget).values("source_id")
    sources = Source.objects.filter(pk__in=used).select_related("sector").order_by("sector__name", "name")
    return LineBook(
        scope=budget.scope,
        years=horizon_of(budget),
        measures={row.pk: MeasureName(row.code, row.title) for row in Measure.objects.order_by("pk")},
        sources={source.pk: f"{source.sector.name}: {source}" for source in sources},
        lines=line_states(budget),
    )
