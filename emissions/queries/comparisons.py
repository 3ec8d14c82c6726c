"""Two editions side by side: what moved, per year and sector. All figures are tCO2e."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from emissions.models import Edition
from emissions.queries.accounts import Account, Amount, accounts

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Movement:
    """One sector in one year in two editions; an empty sector is the sum of all. None: no row there."""

    year: int
    sector: str
    before: Amount | None
    after: Amount | None

    @property
    def difference(self) -> Decimal | None:
        """tCO2e from the first edition to the second; None where one of them has no known figure."""
        before, after = _known(self.before), _known(self.after)
        return None if before is None or after is None else after - before

    @property
    def percent(self) -> Decimal | None:
        """The difference in percent of the first edition's figure; None of nothing."""
        before = _known(self.before)
        return self.difference * HUNDRED / before if before and self.difference is not None else None

    @property
    def has_moved(self) -> bool:
        """Whether the two editions say something different: other tonnes, another reason, or a row less."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class EditionComparison:
    """What a second edition says otherwise than a first one; `totals` are per year, all sectors."""

    before: Edition
    after: Edition
    totals: tuple[Movement, ...]
    moved: tuple[Movement, ...]
    unmoved: tuple[Movement, ...]


def compare_editions(before: Edition, after: Edition) -> EditionComparison:
    """Every year and sector of two editions, the largest movements first; one query."""
    found = {account.edition.pk: account for account in accounts([before, after])}
    first, second = found.get(before.pk), found.get(after.pk)
    movements = _movements(_by_key(first), _by_key(second))
    totals = _movements(_totals(first), _totals(second))
    return EditionComparison(
        before,
        after,
        tuple(sorted(totals, key=lambda one: one.year)),
        tuple(sorted((one for one in movements if one.has_moved), key=_largest_first)),
        tuple(sorted((one for one in movements if not one.has_moved), key=lambda o: (o.year, o.sector))),
    )


def _by_key(account: Account | None) -> dict[tuple[int, str], Amount]:
    if account is None:
        return {}
    return {
        (year, line.name): amount
        for line in account.sectors
        for year, amount in zip(account.years, line.amounts, strict=True)
        if amount is not None
    }


def _totals(account: Account | None) -> dict[tuple[int, str], Amount]:
    return {(year, ""): amount for year, amount in account.total_by_year().items()} if account else {}


def _movements(before: dict[tuple[int, str], Amount], after: dict[tuple[int, str], Amount]) -> list[Movement]:
    keys: Iterable[tuple[int, str]] = before.keys() | after.keys()
    return [
        Movement(year, sector, before.get((year, sector)), after.get((year, sector))) for year, sector in keys
    ]


def _largest_first(one: Movement) -> tuple[bool, Decimal, int, str]:
    """Figures both editions have before those only one has: a new year is no revision."""
    known = _known(one.before) or _known(one.after) or Decimal(0)
    size = known if one.difference is None else one.difference
    return one.difference is None, -abs(size), -one.year, one.sector


def _known(amount: Amount | None) -> Decimal | None:
    return amount.tonnes if amount is not None and not amount.is_partial else None
