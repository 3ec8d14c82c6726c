"""Climate budgets of a chosen size, beside the demo municipality's own."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import cycle, islice

from django.db import transaction

from budget.enums import CostKind, OverlapMethod, ReferenceRule
from budget.models import (
    PLAN_YEARS,
    ClimateBudget,
    Cost,
    Effect,
    Line,
    LineSource,
    Overlap,
    OverlapMember,
    OverlapYear,
    ReferencePath,
)
from emissions.enums import Scope
from emissions.models import SCOPE_SLUGS, Edition, Figure
from organisation.enums import UnitKind
from organisation.models import Unit
from strategy.enums import Level, MeasureKind, MeasureState, TargetKind
from strategy.models import FocusArea, Measure, Placement, Responsibility, Strategy, Target

SCOPE = Scope.COMMUNITY_DIRECT
# Eight years of effects: from the year after the edition's last to the target year.
YEARS = 8
OVERLAP_EVERY = 7


@dataclass(frozen=True, slots=True)
class BudgetUnderTest:
    budget: ClimateBudget
    years: tuple[int, ...]
    lines: tuple[int, ...]

    @property
    def path(self) -> str:
        return f"/budsjett/{self.budget.year}/{SCOPE_SLUGS[SCOPE]}/"


@transaction.atomic
def make_budget(year: int, lines: int) -> BudgetUnderTest:
    """A draft with figures in every cell, as many measures as lines, and some overlaps.

    Written in bulk, past the actions: nothing is adopted, and the triggers for history run all the same.
    """
    edition = Edition.objects.filter(scope=SCOPE, is_example=True).latest("published")
    last = max(edition.figures.values_list("year", flat=True))
    years = tuple(range(last + 1, last + 1 + YEARS))
    budget = ClimateBudget.objects.create(
        year=year,
        scope=SCOPE,
        target=_target(years[-1]),
        edition=edition,
        reference_rule=ReferenceRule.TYPED,
        is_example=True,
    )
    emitted = dict(Figure.objects.filter(edition=edition, year=last).values_list("source_id", "tonnes"))
    # As far as the budget looks: the plan period may end after the effects.
    ReferencePath.objects.bulk_create(
        ReferencePath(budget=budget, source_id=source, year=one, tonnes=tonnes or 0)
        for source, tonnes in emitted.items()
        for one in range(years[0], max(years[-1], year + PLAN_YEARS - 1) + 1)
    )
    written = _lines(budget, lines, sources=[source for source, tonnes in emitted.items() if tonnes])
    _figures(written, years)
    _overlaps(budget, written, years)
    return BudgetUnderTest(budget, years, tuple(line.pk for line in written))


def _target(last_year: int) -> Target:
    """A target in a strategy of its own: the demo's are adopted, and take nothing more."""
    strategy, made = Strategy.objects.get_or_create(
        slug="maling", defaults={"title": "Strategi til måling", "covers": "målingene"}
    )
    if made:
        demo = Target.objects.filter(kind=TargetKind.EMISSION, scope=SCOPE).earliest("pk").strategy
        FocusArea.objects.bulk_create(
            FocusArea(strategy=strategy, title=area.title, order=area.order)
            for area in demo.focus_areas.order_by("order")
        )
    found, _made = Target.objects.get_or_create(
        strategy=strategy,
        title="Kutt til måling",
        defaults={
            "kind": TargetKind.EMISSION,
            "scope": SCOPE,
            "base_year": 2009,
            "target_year": last_year,
            "percent": Decimal(60),
        },
    )
    return found


def _lines(budget: ClimateBudget, count: int, sources: list[int]) -> list[Line]:
    """Lines of measures placed in all focus areas of the target's strategy, with units in turn."""
    levels = (Level.MUNICIPAL, Level.MUNICIPAL, Level.MUNICIPAL, Level.REGIONAL, Level.NATIONAL)
    measures = Measure.objects.bulk_create(
        Measure(
            code=f"B{budget.year}-{number}",
            title=f"Elektriske kjøretøy og maskiner i drift og anlegg, pulje {number}",
            kind=MeasureKind.TILTAK,
            state=MeasureState.ONGOING,
            level=levels[number % len(levels)],
            is_example=True,
        )
        for number in range(1, count + 1)
    )
    areas = cycle(FocusArea.objects.filter(strategy=budget.target.strategy).order_by("order"))
    units = cycle(Unit.objects.exclude(kind=UnitKind.AREA).order_by("pk"))
    Responsibility.objects.bulk_create(
        Responsibility(measure=measure, unit=unit) for measure, unit in zip(measures, units, strict=False)
    )
    Placement.objects.bulk_create(
        Placement(measure=measure, strategy=area.strategy, focus_area=area, order=number)
        for number, (measure, area) in enumerate(zip(measures, areas, strict=False), start=200)
    )
    lines = Line.objects.bulk_create(
        Line(budget=budget, measure=measure, order=number, scope=SCOPE)
        for number, measure in enumerate(measures, start=1)
    )
    # Every third line acts on two sources.
    LineSource.objects.bulk_create(
        LineSource(line=line, source_id=source, share=Decimal(100) / parts)
        for number, line in enumerate(lines)
        for parts in [2 if number % 3 == 0 else 1]
        for source in islice(cycle(sources), number % len(sources), number % len(sources) + parts)
    )
    return lines


def _figures(lines: list[Line], years: tuple[int, ...]) -> None:
    """Effects that grow year by year, and two kinds of cost in the plan period."""
    Effect.objects.bulk_create(
        Effect(line=line, year=year, tonnes=Decimal(number % 17 + 1) * (year - years[0] + 1) / 2)
        for number, line in enumerate(lines)
        for year in years
    )
    Cost.objects.bulk_create(
        Cost(line=line, year=year, kind=kind, nok=Decimal(100_000 + 1_000 * number))
        for number, line in enumerate(lines)
        for year in range(line.budget.year, line.budget.year + PLAN_YEARS)
        for kind in (CostKind.INVESTMENT, CostKind.OPERATION)
    )


def _overlaps(budget: ClimateBudget, lines: list[Line], years: tuple[int, ...]) -> None:
    """Every seventh line shares its source with the line a round of sources later: 40 for 300 lines."""
    sources = ReferencePath.objects.filter(budget=budget).values("source").distinct().count()
    pairs = zip(lines[::OVERLAP_EVERY], lines[sources::OVERLAP_EVERY], strict=False)
    for first, second in pairs:
        shared = set(first.sources.values_list("source", flat=True)) & set(
            second.sources.values_list("source", flat=True)
        )
        overlap = Overlap.objects.create(
            budget=budget,
            source_id=min(shared),
            method=OverlapMethod.PRODUCT,
            reason="Tiltakene bytter ut de samme maskinene.",
            decided_by="Måling",
        )
        # What they share is half of what the source emits, or all they cut where that is more.
        emitted = ReferencePath.objects.get(budget=budget, source_id=overlap.source_id, year=years[0]).tonnes
        OverlapYear.objects.bulk_create(
            OverlapYear(overlap=overlap, year=year, tonnes=max(emitted / 2, min(emitted, Decimal(100))))
            for year in years
        )
        OverlapMember.objects.bulk_create(
            OverlapMember(overlap=overlap, line=line) for line in (first, second)
        )
