"""What the grid shows beyond effects: estimates, costs, funding, and which sector a line is shown under."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q, QuerySet, Sum

from budget.enums import COST_FIGURES, CellFigure, CostKind
from budget.models import ClimateBudget, Cost, Effect, Funding, LineSource


class StoredFigure(NamedTuple):
    """A figure with the version of its cell, tonnes or NOK. A tuple: a budget has thousands."""

    amount: Decimal
    version: int


Figures = Mapping[tuple[int, int, CellFigure], StoredFigure]


@dataclass(frozen=True, slots=True)
class LineSector:
    """The sector most of a line's effect falls on, and whether it falls on others too."""

    name: str
    and_more: bool


def line_sectors(budget: ClimateBudget) -> dict[int, LineSector]:
    """Line → the sector with the largest share of its effect, the first by name of equals; one query."""
    shares: dict[int, list[tuple[Decimal, str]]] = defaultdict(list)
    rows = (
        LineSource.objects.filter(line__budget=budget)
        .values("line_id", "source__sector__name")
        .annotate(whole=Sum("share"))
        .values_list("line_id", "whole", "source__sector__name")
    )
    for line, share, sector in rows:
        shares[line].append((-share, sector))
    return {line: LineSector(min(found)[1], len(found) > 1) for line, found in shares.items()}


def estimates(budget: ClimateBudget) -> dict[tuple[int, int, CellFigure], StoredFigure]:
    """Low and high estimates of the budget's effects, tCO2e; one query."""
    found = {}
    rows = Effect.objects.filter(Q(low__isnull=False) | Q(high__isnull=False), line__budget=budget)
    for line, year, low, low_version, high, high_version in rows.values_list(
        "line_id", "year", "low", "low_version", "high", "high_version"
    ):
        if low is not None:
            found[line, year, CellFigure.LOW] = StoredFigure(low, low_version)
        if high is not None:
            found[line, year, CellFigure.HIGH] = StoredFigure(high, high_version)
    return found


def costs(budget: ClimateBudget) -> dict[tuple[int, int, CellFigure], StoredFigure]:
    """Costs of the budget's lines, NOK; one query."""
    rows = Cost.objects.filter(line__budget=budget)
    return {
        (line, year, CellFigure(kind)): StoredFigure(nok, version)
        for line, year, kind, nok, version in rows.values_list("line_id", "year", "kind", "nok", "version")
    }


def effects(budget: ClimateBudget) -> dict[tuple[int, int, CellFigure], StoredFigure]:
    """Effects of the budget's lines, tCO2e; one query."""
    rows = Effect.objects.filter(line__budget=budget)
    return {
        (line, year, CellFigure.EFFECT): StoredFigure(tonnes, version)
        for line, year, tonnes, version in rows.values_list("line_id", "year", "tonnes", "version")
    }


def figure_before(line: int, year: int, figure: CellFigure, version: int) -> Decimal | None:
    """What a figure was when its cell had this version, tonnes or NOK; None when there was none."""
    if figure in COST_FIGURES:
        name = "nok"
        events = Cost.pgh_event_model.objects.filter(kind=figure.value, version=version)  # type: ignore[attr-defined]
    else:
        name = "tonnes" if figure == CellFigure.EFFECT else figure.value
        counted = "version" if figure == CellFigure.EFFECT else f"{figure.value}_version"
        events = Effect.pgh_event_model.objects.filter(**{counted: version})  # type: ignore[attr-defined]
    event = events.filter(line_id=line, year=year).order_by("-pgh_id").first()
    found: Decimal | None = getattr(event, name) if event else None
    return found


def net_sum(figures: Figures, lines: Collection[int], year: int) -> Decimal | None:
    """Merkostnad of lines in a year, NOK: investment and operation less saving; None when none is known."""
    found = [
        -stored.amount if kind == CellFigure.SAVING else stored.amount
        for line in lines
        for kind in COST_FIGURES
        if (stored := figures.get((line, year, kind)))
    ]
    return sum(found, Decimal(0)) if found else None


def net_costs(
    budget: ClimateBudget, lines: Collection[int], year: int
) -> tuple[Decimal | None, Decimal | None]:
    """Merkostnad of one year, NOK: of those of the budget's lines, and of all of them; one query."""
    saving = Q(kind=CostKind.SAVING)
    some = Q(line__in=lines)
    sums = Cost.objects.filter(line__budget=budget, year=year).aggregate(
        own_plus=Sum("nok", filter=some & ~saving),
        own_minus=Sum("nok", filter=some & saving),
        plus=Sum("nok", filter=~saving),
        minus=Sum("nok", filter=saving),
    )
    return _net(sums["own_plus"], sums["own_minus"]), _net(sums["plus"], sums["minus"])


def _net(plus: Decimal | None, minus: Decimal | None) -> Decimal | None:
    return None if plus is None and minus is None else (plus or Decimal(0)) - (minus or Decimal(0))


def fundings(budget: ClimateBudget) -> QuerySet[Funding]:
    """The budget's funding schemes, line by line."""
    return Funding.objects.filter(line__budget=budget).order_by("line_id", "pk")
