"""Everything a spreadsheet of lines can say about a line, as it stands now."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from budget.models import ClimateBudget, Cost, Effect, Line, LineSource, ReferencePath
from budget.queries.decisions import decision_label
from budget.queries.rows import horizon_of
from emissions.models import Source
from strategy.models import Decision, Measure
from strategy.queries.decisions import choosable_decisions


class EffectFigures(NamedTuple):
    """Tonnes of CO2e in one year, with the low and high estimate or None."""

    tonnes: Decimal
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LineDetails:
    """What a line says beside its figures. extra_cost_nok: the whole merkostnad, NOK; discount in percent.

    decision_reference is in words, decision_id an entry of the decisions register; a line may have both.
    """

    calculated_by: str = ""
    calculated_on: date | None = None
    attachment_url: str = ""
    plan_reference: str = ""
    decision_reference: str = ""
    decision_id: int | None = None
    extra_cost_nok: Decimal | None = None
    lifetime_years: int | None = None
    discount_percent: Decimal | None = None

    def packed(self) -> list[Any]:
        """As plain texts and numbers, the same for the same details."""
        return [
            self.calculated_by,
            self.calculated_on and self.calculated_on.isoformat(),
            self.attachment_url,
            self.plan_reference,
            self.decision_reference,
            self.decision_id,
            _text(self.extra_cost_nok),
            self.lifetime_years,
            _text(self.discount_percent),
        ]


DETAIL_NAMES = tuple(one.name for one in fields(LineDetails))
NO_DETAILS = LineDetails()


def details_of_line(line: Line) -> LineDetails:
    """What a line says beside its figures, as it stands. Reads the user whose estimate it is."""
    return LineDetails(
        **{name: getattr(line, name) for name in DETAIL_NAMES} | {"calculated_by": line.calculated_by_name}
    )


@dataclass(frozen=True, slots=True)
class LineState:
    """One line. sources: percent per source id; costs: NOK per (kind, year).

    `versions` are those of the line and of each of its figures: the same amounts with other versions are
    another state, since somebody has been there.
    """

    scope: str
    reason: str = ""
    already: Decimal = Decimal(0)
    assumptions: str = ""
    sources: Mapping[int, Decimal] = field(default_factory=dict)
    effects: Mapping[int, EffectFigures] = field(default_factory=dict)
    costs: Mapping[tuple[str, int], Decimal] = field(default_factory=dict)
    details: LineDetails = NO_DETAILS
    versions: tuple[Any, ...] = field(default=(), compare=False)

    def packed(self) -> list[Any]:
        """What it says as plain lists and texts, the same for the same; who has been there is left out."""
        return [
            self.scope,
            self.reason,
            _text(self.already),
            self.assumptions,
            [[key, _text(share)] for key, share in sorted(self.sources.items())],
            [[year, *map(_text, figures)] for year, figures in sorted(self.effects.items())],
            [[kind, year, _text(nok)] for (kind, year), nok in sorted(self.costs.items())],
            self.details.packed(),
        ]

    @property
    def fingerprint(self) -> str:
        """Of what it says and of every version, to tell whether it is still what somebody saw."""
        return hashlib.sha256(json.dumps([self.packed(), self.versions]).encode()).hexdigest()


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize() + 0:f}"


def line_states(budget: ClimateBudget) -> dict[int, LineState]:
    """The state of every line by its measure's id; four queries."""
    sources: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for row in LineSource.objects.filter(line__budget=budget):
        sources[row.line_id][row.source_id] = row.share
    effects: dict[int, dict[int, EffectFigures]] = defaultdict(dict)
    versions: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for effect in Effect.objects.filter(line__budget=budget).order_by("year"):
        effects[effect.line_id][effect.year] = EffectFigures(effect.tonnes, effect.low, effect.high)
        versions[effect.line_id].append(
            (effect.year, effect.version, effect.low_version, effect.high_version)
        )
    costs: dict[int, dict[tuple[str, int], Decimal]] = defaultdict(dict)
    for cost in Cost.objects.filter(line__budget=budget).order_by("kind", "year"):
        costs[cost.line_id][cost.kind, cost.year] = cost.nok
        versions[cost.line_id].append((cost.kind, cost.year, cost.version))
    return {
        line.measure_id: LineState(
            line.scope,
            line.not_quantified_reason,
            line.already_counted,
            line.assumptions,
            sources[line.pk],
            effects[line.pk],
            costs[line.pk],
            details_of_line(line),
            (line.version, *versions[line.pk]),
        )
        for line in Line.objects.filter(budget=budget)
        .select_related("calculated_by_user")
        .order_by("order", "pk")
    }


@dataclass(frozen=True, slots=True)
class MeasureName:
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class LineBook:
    """What a spreadsheet is read against: the budget's years and sources, every measure, the decisions
    register, the reasons lines give for having no tonnes, and the lines.
    """

    scope: str
    years: tuple[int, ...]
    measures: Mapping[int, MeasureName]
    sources: Mapping[int, str]
    decisions: Mapping[int, str]
    reasons: tuple[str, ...]
    lines: Mapping[int, LineState]


def line_book(budget: ClimateBudget) -> LineBook:
    """All of it in eight queries, however many lines there are."""
    lines = line_states(budget)
    used = ReferencePath.objects.filter(budget=budget).values("source_id")
    sources = Source.objects.filter(pk__in=used).select_related("sector").order_by("sector__name", "name")
    return LineBook(
        scope=budget.scope,
        years=horizon_of(budget),
        measures={row.pk: MeasureName(row.code, row.title) for row in Measure.objects.order_by("pk")},
        sources={source.pk: f"{source.sector.name}: {source}" for source in sources},
        decisions=_labels(choosable_decisions()),
        reasons=tuple(sorted({line.reason for line in lines.values() if line.reason})),
        lines=lines,
    )


def _labels(decisions: Iterable[Decision]) -> dict[int, str]:
    """By id. Two that would be called the same are told apart by their number in the register."""
    found = {decision.pk: decision_label(decision) for decision in decisions}
    count = Counter(found.values())
    return {pk: label if count[label] == 1 else f"{label} #{pk}" for pk, label in found.items()}
