"""An edition down to source and gas, and how many live in its municipality."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, Sum

from emissions.calculations import NO_ROW, Value, total
from emissions.enums import MissingReason
from emissions.models import Edition, Figure, Municipality, Population


@dataclass(frozen=True, slots=True)
class Line:
    """Tonnes (tCO2e) per year of a sector, a source or a gas; empty names are what the line sums over."""

    sector: str
    source: str = ""
    gas: str = ""
    by_year: dict[int, Value] = field(default_factory=dict)

    def value(self, year: int) -> Value:
        return self.by_year.get(year, NO_ROW)


def source_lines(edition: Edition) -> list[Line]:
    """Every source through the years, gases summed; one query."""
    return _lines(edition, Q(), "source__sector__name", "source__name")


def gas_lines(edition: Edition, sector: str) -> list[Line]:
    """Every source and gas of one sector through the years; one query."""
    return _lines(edition, Q(source__sector__name=sector), "source__sector__name", "source__name", "gas")


def _lines(edition: Edition, only: Q, *names: str) -> list[Line]:
    rows = (
        Figure.objects.filter(only, edition=edition)
        .values(*names, "year")
        .annotate(
            known=Sum("tonnes"),
            reasons=ArrayAgg("missing_reason", filter=Q(tonnes__isnull=True), distinct=True, default=[]),
        )
        .values_list(*names, "year", "known", "reasons")
    )
    found: dict[tuple[str, ...], Line] = {}
    for *key, year, known, reasons in rows:
        line = found.setdefault(tuple(key), Line(*key))
        line.by_year[year] = Value(known, tuple(MissingReason(reason) for reason in sorted(reasons)))
    return largest_first(found.values())


def largest_first(lines: Iterable[Line]) -> list[Line]:
    """The lines by their tonnes in the last year any of them has, then by name."""
    known = list(lines)
    last = max((year for line in known for year in line.by_year), default=0)
    return sorted(
        known, key=lambda line: (-(line.value(last).number or 0), line.sector, line.source, line.gas)
    )


def years_of(lines: Iterable[Line]) -> tuple[int, ...]:
    """The years that any line has figures for."""
    return tuple(sorted({year for line in lines for year in line.by_year}))


def sum_of(lines: Iterable[Line], sector: str = "", source: str = "") -> Line:
    """The lines added year by year, under the given names."""
    parts = list(lines)
    by_year = {year: total(line.value(year) for line in parts) for year in years_of(parts)}
    return Line(sector, source, by_year=by_year)


def sector_lines(lines: Iterable[Line]) -> list[Line]:
    """The sources added up to their sectors, the largest first."""
    by_sector: dict[str, list[Line]] = {}
    for line in lines:
        by_sector.setdefault(line.sector, []).append(line)
    return largest_first(sum_of(parts, sector) for sector, parts in by_sector.items())


def populations(municipality: Municipality) -> dict[int, Population]:
    """Inhabitants on 1 January, by year."""
    return {row.year: row for row in Population.objects.filter(municipality=municipality).order_by("year")}
