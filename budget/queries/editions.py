"""The figures of the edition a budget is built on: tonnes of CO2e per source and year, gases summed."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from functools import lru_cache

from django.db.models import Count, Max, Q, QuerySet, Sum

from emissions.models import Figure
from emissions.queries.accounts import KNOWN_ZERO
from strategy.calculations import base_emissions

UNKNOWN_FIGURE = Q(tonnes__isnull=True) & ~Q(missing_reason__in=KNOWN_ZERO)


@lru_cache(maxsize=64)
def base_of(edition_id: int, year: int) -> Decimal:
    """Tonnes of the base year. An edition is never changed, so its base is computed once per process.

    Raises ValueError, remembered by nobody, when the edition does not reach back to the year.
    """
    return base_emissions(figures_of(edition_id, year)).tonnes


def figures_of(edition_id: int, year: int) -> dict[int, Decimal | None]:
    """Tonnes per source in one year, gases summed; None where the edition does not know one of them."""
    rows = (
        Figure.objects.filter(edition_id=edition_id, year=year)
        .values("source_id")
        .annotate(sum=Sum("tonnes"), unknown=Count("pk", filter=UNKNOWN_FIGURE))
        .values_list("source_id", "sum", "unknown")
    )
    return {source: None if unknown else total or Decimal(0) for source, total, unknown in rows}


def source_histories(edition_id: int, until: int | None = None) -> dict[int, dict[int, Decimal | None]]:
    """Tonnes per source and year of the edition, to the end of `until`; None where it does not know one of
    the gases. One query.
    """
    rows = (
        _figures(edition_id, until)
        .values("source_id", "year")
        .annotate(sum=Sum("tonnes"), unknown=Count("pk", filter=UNKNOWN_FIGURE))
        .order_by("source_id", "year")
        .values_list("source_id", "year", "sum", "unknown")
    )
    found: dict[int, dict[int, Decimal | None]] = defaultdict(dict)
    for source, year, total, unknown in rows:
        found[source][year] = None if unknown else total or Decimal(0)
    return found


def history_of_edition(edition_id: int, until: int | None = None) -> dict[int, Decimal | None]:
    """Tonnes per year, all sources with a figure summed; None for a year without any figure."""
    rows = (
        _figures(edition_id, until)
        .values("year")
        .annotate(sum=Sum("tonnes"))
        .order_by("year")
        .values_list("year", "sum")
    )
    return dict(rows)


@lru_cache(maxsize=64)
def last_year_of(edition_id: int, until: int | None = None) -> int | None:
    """The edition's last year, or its last no later than `until`; None for an edition without figures. Like
    its base, it never changes.
    """
    return _figures(edition_id, until).aggregate(last=Max("year"))["last"]


def _figures(edition_id: int, until: int | None) -> QuerySet[Figure]:
    rows = Figure.objects.filter(edition_id=edition_id)
    return rows if until is None else rows.filter(year__lte=until)
