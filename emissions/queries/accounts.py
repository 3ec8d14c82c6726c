"""What editions say. All figures are tCO2e, gases summed by the database.

A year without rows is a gap and is not in any answer; a figure that is missing for a reason is None with
that reason; zero is zero.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q, Sum

from emissions.enums import KNOWN_ZERO, MissingReason
from emissions.models import Edition, Figure

_MISSING = Q(tonnes__isnull=True)


_UNKNOWN = _MISSING & ~Q(missing_reason__in=KNOWN_ZERO)


_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Amount:
    """Tonnes of CO2e, and why parts of it are not there. `tonnes` is None when no part is known."""

    tonnes: Decimal | None
    reasons: tuple[MissingReason, ...] = ()

    @property
    def is_partial(self) -> bool:
        """Whether something nobody knows is left out of the tonnes."""
        return self.tonnes is not None and any(reason not in KNOWN_ZERO for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class SectorLine:
    """One sector through the account's years; None where the edition has no row for that year."""

    name: str
    amounts: tuple[Amount | None, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """What one edition says per sector and year. `years` are those it has, gaps left out."""

    edition: Edition
    years: tuple[int, ...]
    sectors: tuple[SectorLine, ...]
    totals: tuple[Amount, ...]

    @property
    def missing_years(self) -> tuple[int, ...]:
        """Years between the first and the last that the edition does not have."""
        return tuple(year for year in range(self.years[0], self.years[-1]) if year not in self.years)

    def total_by_year(self) -> dict[int, Amount]:
        """Tonnes per year, all sectors."""
        return dict(zip(self.years, self.totals, strict=True))


@dataclass(frozen=True, slots=True)
class TableRow:
    """One source in one year. `source` is None where the file has none, `tonnes` where nobody knows."""

    sector: str
    source: str | None
    year: int
    tonnes: Decimal | None


def source_totals(edition: Edition, year: int | None = None) -> dict[tuple[int, int], Decimal]:
    """Tonnes by (source id, year), of one year or all; what targets and budgets build on.

    A source with a part nobody knows in a year is left out of that year: unknown is not zero.
    """
    figures = Figure.objects.filter(edition=edition)
    if year is not None:
        figures = figures.filter(year=year)
    rows = (
        figures.values("source_id", "year")
        .annotate(known=Sum("tonnes"), unknown=Count("pk", filter=_UNKNOWN))
        .values_list("source_id", "year", "known", "unknown")
    )
    return {(source, year): known or _ZERO for source, year, known, unknown in rows if not unknown}


def accounts(editions: Sequence[Edition]) -> list[Account]:
    """What each edition says per sector and year, in the order given; one query for all.

    The sectors come in one order for all accounts, the first account's largest first, so that they can be
    laid side by side; a sector that another account lacks is a line of None there. An edition without any
    figures is left out.
    """
    found: dict[int, dict[str, dict[int, Amount]]] = {edition.pk: {} for edition in editions}
    rows = (
        Figure.objects.filter(edition__in=list(found))
        .values("edition_id", "source__sector__name", "year")
        .annotate(
            known=Sum("tonnes"),
            reasons=ArrayAgg("missing_reason", filter=_MISSING, distinct=True, default=[]),
        )
        .values_list("edition_id", "source__sector__name", "year", "known", "reasons")
    )
    for edition_id, sector, year, known, reasons in rows:
        amount = Amount(known, tuple(MissingReason(reason) for reason in sorted(reasons)))
        found[edition_id].setdefault(sector, {})[year] = amount
    sectors = _largest_first([found[edition.pk] for edition in editions])
    return [_account(edition, found[edition.pk], sectors) for edition in editions if found[edition.pk]]


def _largest_first(accounts: Iterable[dict[str, dict[int, Amount]]]) -> list[str]:
    """Every sector: the first account's by its tonnes in the last year, then what the others add."""
    ordered: dict[str, None] = {}
    for by_sector in accounts:
        last = max((year for amounts in by_sector.values() for year in amounts), default=0)
        size = {
            name: amounts[last].tonnes or _ZERO if last in amounts else _ZERO
            for name, amounts in by_sector.items()
        }
        ordered |= dict.fromkeys(sorted(by_sector, key=lambda name: (-size[name], name)))
    return list(ordered)


def _account(edition: Edition, by_sector: dict[str, dict[int, Amount]], sectors: list[str]) -> Account:
    years = tuple(sorted({year for amounts in by_sector.values() for year in amounts}))
    lines = tuple(
        SectorLine(name, tuple(by_sector.get(name, {}).get(year) for year in years)) for name in sectors
    )
    totals = tuple(_sum(line.amounts[index] for line in lines) for index in range(len(years)))
    return Account(edition, years, lines, totals)


def _sum(amounts: Iterable[Amount | None]) -> Amount:
    present = [amount for amount in amounts if amount is not None]
    known = [amount.tonnes for amount in present if amount.tonnes is not None]
    reasons = sorted({reason for amount in present for reason in amount.reasons})
    return Amount(sum(known, _ZERO) if known else None, tuple(reasons))


def emissions_table(edition: Edition, years: Collection[int] | None = None) -> list[TableRow]:
    """Every source and year of an edition, or those of some years, sorted by sector, source and year.

    Labels are as published; a source in a year with a part nobody knows has no tonnes.
    """
    figures = Figure.objects.filter(edition=edition)
    if years is not None:
        figures = figures.filter(year__in=years)
    rows = (
        figures.values("source_id", "year")
        .annotate(known=Sum("tonnes"), unknown=Count("pk", filter=_UNKNOWN))
        .values_list("source__sector__name", "source__name", "year", "known", "unknown")
    )
    table = [
        TableRow(sector, source or None, year, None if unknown else known or _ZERO)
        for sector, source, year, known, unknown in rows
    ]
    return sorted(table, key=lambda row: (row.sector, row.source or "", row.year))
