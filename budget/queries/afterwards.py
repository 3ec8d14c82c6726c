"""Looking back: was the ceiling kept, and what does a newer edition do to an adopted budget? tCO2e."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.db.models import Count, Sum

from budget.calculations import (
    Afterwards,
    AfterwardsInput,
    EditionEffect,
    Key,
    afterwards,
    by_sector,
    compute,
    edition_effect,
)
from budget.enums import BudgetState
from budget.models import AdoptedCeiling, ClimateBudget
from budget.queries.assembling import budget_inputs
from budget.queries.budgets import budgets
from budget.queries.editions import UNKNOWN_FIGURE
from emissions.models import Edition, Figure, Source
from emissions.queries.editions import editions_of
from strategy.calculations import ceiling
from web.names import own_municipality

DECIDED = (BudgetState.ADOPTED, BudgetState.SUPERSEDED)
Tonnes = Decimal | None
BySector = Mapping[Key, Tonnes]
# Percent below the base year, None without one, and tonnes.
AdoptedFigure = tuple[Decimal | None, Decimal]


@dataclass(frozen=True, slots=True)
class SectorAfterwards:
    name: str
    figures: Afterwards


@dataclass(frozen=True, slots=True)
class YearAfterwards:
    """One year that is over, by the budget that was in force in it.

    percent None: the ceiling was adopted in tonnes, with no base year to hold it against; it is the same by
    every edition, and has no sectors.
    """

    year: int
    budget: ClimateBudget
    percent: Decimal | None
    edition_now: Edition
    measured_first_in: Edition | None
    whole: Afterwards
    sectors: tuple[SectorAfterwards, ...]

    @property
    def own_budget(self) -> bool:
        """Whether the year had a budget of its own; if not, an earlier one looked this far."""
        return self.budget.year == self.year


@dataclass(frozen=True, slots=True)
class BudgetByNewEdition:
    """An adopted budget whose edition is no longer the newest."""

    budget: ClimateBudget
    edition_now: Edition
    base_year: int
    base_then: Tonnes
    base_now: Tonnes
    years: tuple[EditionEffect, ...]


def adopted_budgets(scope: str) -> list[ClimateBudget]:
    """The budget that counts for each year: the adopted one, else the last that was superseded. One query."""
    by_year: dict[int, ClimateBudget] = {}
    rows = budgets(DECIDED).filter(scope=scope, edition__municipality__name=own_municipality())
    for budget in rows.order_by("year", "revision"):
        before = by_year.get(budget.year)
        if before is None or before.state != BudgetState.ADOPTED:
            by_year[budget.year] = budget
    return list(by_year.values())


def years_afterwards(scope: str, today: date) -> list[YearAfterwards]:
    """Every year that is over and has an adopted ceiling, newest first.

    A year without a budget of its own is answered by the last budget before it that looked so far. The
    number of queries does not grow with years; each adopted budget is computed once per process.
    """
    adopted = adopted_budgets(scope)
    if not adopted:
        return []
    governing = _governing(adopted, today.year - 1)
    ceilings = _adopted_ceilings(adopted)
    editions = editions_of(adopted[0].edition.municipality, scope)
    years = {budget.adopted_base_year for budget in adopted} | set(governing)
    figures = _by_sector([edition.pk for edition in editions], [year for year in years if year])
    names = _sector_names()
    found = []
    for year, budget in sorted(governing.items(), reverse=True):
        own = ceilings.get(budget.pk, {}).get(year)
        if own is not None:
            found.append(_one_year(year, budget, own, editions, figures, names))
    return found


def budgets_by_new_edition(scope: str) -> list[BudgetByNewEdition]:
    """What the edition in force does to the gap of every budget in force that is built on an older one."""
    adopted = [budget for budget in adopted_budgets(scope) if budget.state == BudgetState.ADOPTED]
    if not adopted:
        return []
    newest = editions_of(adopted[0].edition.municipality, scope)[0]
    older = [budget for budget in adopted if budget.edition_id != newest.pk and budget.adopted_base_year]
    read = _read_for(older, newest)
    found = (_by_edition(budget, newest, read, _outcome(budget.pk).paths) for budget in reversed(older))
    return [row for row in found if row is not None]


def budget_by_new_edition(budget: ClimateBudget, paths: Mapping[int, Tonnes]) -> BudgetByNewEdition | None:
    """What the edition in force does to one adopted budget, whose measure path is already computed.

    None when it is built on that edition, or has no ceiling. One query, three when the edition is newer.
    """
    newest = editions_of(budget.edition.municipality, budget.scope)[0]
    if budget.edition_id == newest.pk or budget.adopted_base_year is None:
        return None
    return _by_edition(budget, newest, _read_for([budget], newest), paths)


@dataclass(frozen=True, slots=True)
class _Read:
    """Adopted ceilings per budget, and base years per edition."""

    ceilings: Mapping[int, Mapping[int, AdoptedFigure]]
    figures: Mapping[tuple[int, int], BySector]


def _read_for(older: Sequence[ClimateBudget], newest: Edition) -> _Read:
    base_years = [budget.adopted_base_year for budget in older if budget.adopted_base_year]
    editions = [newest.pk, *(budget.edition_id for budget in older)]
    return _Read(_adopted_ceilings(older), _by_sector(editions, base_years))


def _by_edition(
    budget: ClimateBudget, newest: Edition, read: _Read, paths: Mapping[int, Tonnes]
) -> BudgetByNewEdition | None:
    """None for a budget without a ceiling."""
    assert budget.adopted_base_year is not None
    own = read.ceilings.get(budget.pk)
    if not own:
        return None
    base_then, base_now = (
        _known_sum(read.figures.get((edition, budget.adopted_base_year), {}))
        for edition in (budget.edition_id, newest.pk)
    )
    then = {year: tonnes for year, (_percent, tonnes) in own.items()}
    now: dict[int, Decimal] = {}
    for year, (percent, tonnes) in own.items():
        if percent is None:
            now[year] = tonnes
        elif base_now is not None:
            now[year] = ceiling(base_now, percent)
    years = tuple(edition_effect(paths, then, now))
    return BudgetByNewEdition(budget, newest, budget.adopted_base_year, base_then, base_now, years)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What an adopted budget expected, tonnes: per year, and per sector and year. Nothing is known of one
    whose measures are not put in.
    """

    paths: Mapping[int, Tonnes]
    sectors: Mapping[tuple[Key, int], Tonnes]


@lru_cache(maxsize=64)
def _outcome(budget_id: int) -> _Outcome:
    """Computed once per process: nothing in an adopted budget can change."""
    budget = ClimateBudget.objects.select_related("target", "edition").get(pk=budget_id)
    inputs = budget_inputs(budget)
    if budget.recorded_afterwards and not inputs.lines:
        return _Outcome(dict.fromkeys(inputs.years), {})
    result = compute(inputs)
    sources = Source.objects.filter(pk__in=inputs.sources)
    sector_of: dict[Key, Key] = dict(sources.values_list("pk", "sector_id"))
    rows = by_sector(result, sector_of, None)
    return _Outcome(
        {year: row.path for year, row in result.years.items()},
        {place: row.path for place, row in rows.items()},
    )


def _governing(adopted: Sequence[ClimateBudget], last: int) -> dict[int, ClimateBudget]:
    """Year → the budget that said what it allowed, from the first budget's year to `last`."""
    found = {}
    for year in range(adopted[0].year, last + 1):
        found[year] = [budget for budget in adopted if budget.year <= year][-1]
    return found


def _adopted_ceilings(adopted: Collection[ClimateBudget]) -> dict[int, dict[int, AdoptedFigure]]:
    """Budget → year → (percent, tonnes)."""
    found: dict[int, dict[int, AdoptedFigure]] = defaultdict(dict)
    rows = AdoptedCeiling.objects.filter(budget__in=adopted).order_by("year")
    for budget, year, percent, tonnes in rows.values_list("budget_id", "year", "percent", "tonnes"):
        found[budget][year] = (percent, tonnes)
    return found


def _one_year(
    year: int,
    budget: ClimateBudget,
    own: AdoptedFigure,
    editions: Sequence[Edition],
    figures: Mapping[tuple[int, int], BySector],
    names: Mapping[Key, str],
) -> YearAfterwards:
    percent, tonnes = own
    base_year = budget.adopted_base_year or 0
    with_year = [edition for edition in editions if (edition.pk, year) in figures]
    first = with_year[-1] if with_year else None
    now = editions[0]
    expected = {sector: path for (sector, at), path in _outcome(budget.pk).sectors.items() if at == year}
    whole, sectors = afterwards(
        AfterwardsInput(
            ceilings_then=_ceilings(figures.get((budget.edition_id, base_year), {}), percent),
            ceilings_now=_ceilings(figures.get((now.pk, base_year), {}), percent),
            expected=expected,
            measured_first=figures[first.pk, year] if first else {},
            measured=figures.get((now.pk, year), {}),
        )
    )
    if percent is None:
        whole = replace(whole, ceiling_then=tonnes, ceiling_now=tonnes)
    order = sorted(sectors, key=lambda sector: -(sectors[sector].ceiling_now or Decimal(0)))
    return YearAfterwards(
        year,
        budget,
        percent,
        now,
        first,
        whole,
        tuple(SectorAfterwards(names[sector], sectors[sector]) for sector in order),
    )


def _ceilings(bases: BySector, percent: Decimal | None) -> dict[Key, Tonnes]:
    if percent is None:
        return {}
    return {sector: None if base is None else ceiling(base, percent) for sector, base in bases.items()}


def _by_sector(editions: Collection[int], years: Collection[int]) -> dict[tuple[int, int], BySector]:
    """(edition, year) → tonnes per sector; one query.

    As for the base year, a source with an unknown part is left out; a sector of which no source is known is
    None.
    """
    rows = (
        Figure.objects.filter(edition_id__in=editions, year__in=set(years))
        .values("edition_id", "year", "source_id", "source__sector_id")
        .annotate(known=Sum("tonnes"), unknown=Count("pk", filter=UNKNOWN_FIGURE))
        .values_list("edition_id", "year", "source__sector_id", "known", "unknown")
    )
    found: dict[tuple[int, int], dict[Key, Tonnes]] = defaultdict(dict)
    for edition, year, sector, known, unknown in rows:
        sectors = found[edition, year]
        so_far = sectors.setdefault(sector, None)
        if not unknown:
            sectors[sector] = (so_far or Decimal(0)) + (known or Decimal(0))
    return dict(found)


def _sector_names() -> dict[Key, str]:
    return dict(Source.objects.values_list("sector_id", "sector__name").distinct())


def _known_sum(figures: BySector) -> Tonnes:
    known = [figure for figure in figures.values() if figure is not None]
    return sum(known, Decimal(0)) if known else None
