"""The reference path as its page shows it: every source with its rule, its last known year, and its years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from budget.models import ClimateBudget, ReferencePath, ReferenceSource
from budget.queries.editions import figures_of
from budget.queries.rows import last_known_year
from emissions.models import Source


@dataclass(frozen=True, slots=True)
class PathRow:
    """One source. `stated` has its rule: its own, or the budget's. `years` are (tonnes, low, high) in tCO2e,
    `last` the edition's last year, None unknown.
    """

    source: Source
    stated: ReferenceSource | ClimateBudget
    note: str
    version: int
    last: Decimal | None
    years: Mapping[int, tuple[Decimal, Decimal | None, Decimal | None]]

    @property
    def has_range(self) -> bool:
        return any(low is not None for _tonnes, low, _high in self.years.values())


@dataclass(frozen=True, slots=True)
class PathPage:
    last_year: int
    years: tuple[int, ...]
    rows: tuple[PathRow, ...]

    def total(self, year: int) -> Decimal:
        """All sources of one year, tCO2e."""
        return sum((row.years[year][0] for row in self.rows if year in row.years), Decimal(0))


def path_page(budget: ClimateBudget) -> PathPage:
    """The whole path by sector and source; a fixed number of queries."""
    last_year = last_known_year(budget) or budget.year - 1
    last = figures_of(budget.edition_id, last_year)
    own = {row.source_id: row for row in ReferenceSource.objects.filter(budget=budget)}
    sources: dict[int, Source] = {}
    figures: dict[int, dict[int, tuple[Decimal, Decimal | None, Decimal | None]]] = {}
    rows = ReferencePath.objects.filter(budget=budget).select_related("source__sector")
    for row in rows.order_by("source__sector__name", "source__name", "year"):
        sources[row.source_id] = row.source
        figures.setdefault(row.source_id, {})[row.year] = (row.tonnes, row.low, row.high)
    return PathPage(
        last_year=last_year,
        years=tuple(sorted({year for by_year in figures.values() for year in by_year})),
        rows=tuple(
            PathRow(
                source=source,
                stated=own.get(pk) or budget,
                note=own[pk].note if pk in own else "",
                version=own[pk].version if pk in own else 0,
                last=last.get(pk),
                years=figures[pk],
            )
            for pk, source in sources.items()
        ),
    )
