"""From a budget's input to its totals. The method stands in the package's docstring."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, localcontext

from budget.calculations.checks import BudgetError, problems
from budget.calculations.shapes import (
    EXACT,
    ZERO,
    Band,
    BudgetInput,
    BudgetResult,
    Cell,
    Effect,
    Key,
    LevelSum,
    LineInput,
    LineResult,
    OverlapInput,
    SectorRow,
    YearRow,
    cut_division,
)
from budget.enums import OverlapMethod
from strategy.enums import Level

Place = tuple[Key, int]
Acting = Mapping[Key, Mapping[int, dict[Key, Decimal]]]
Records = Mapping[Place, list[OverlapInput]]
Estimate = Callable[[Effect], Decimal]
# What overlap and excess take from a line, by line and year. Most lines share nothing and are not here.
Taken = dict[Key, dict[int, Decimal]]


def compute(budget: BudgetInput) -> BudgetResult:
    """Reference, gross, overlap, net, path and gap per year, per source and year, and per line; tonnes of
    CO2e.

    The order of lines, sources and overlaps does not change a figure.
    Raises BudgetError (a ValueError) with every problem that `problems` finds.
    """
    found = problems(budget)
    if found:
        raise BudgetError(found)
    with localcontext(EXACT):
        acting = _acting(budget, _central)
        records = _records(budget)
        taken: Taken = {}
        cells = {
            (source, year): _cell(
                budget.reference.get((source, year)),
                acting[source][year],
                records.get((source, year), []),
                year,
                taken,
            )
            for source in budget.sources
            for year in budget.years
        }
        lines = _lines(budget, taken)
        bands = _bands(budget, records)
        levels = _level_sums(budget, lines, taken)
        years = {
            year: _year(budget, year, cells, lines, levels[year], bands.get(year)) for year in budget.years
        }
    return BudgetResult(years, cells, lines)


def by_sector(
    result: BudgetResult, sector_of: Mapping[Key, Key], ceilings: Mapping[Place, Decimal] | None
) -> dict[Place, SectorRow]:
    """The result per sector and year, tonnes; the sectors' gaps add up to the gap of the year.

    sector_of names the sector of every source; ceilings are the sectors' own per (sector, year), from
    `strategy.calculations.sector_ceilings`. A sector with a ceiling and no source is a row too.
    Raises KeyError for a source without a sector.
    """
    gathered: dict[Place, list[Cell]] = {}
    for year in result.years:
        for sector in dict.fromkeys([*sector_of.values(), *(sector for sector, _ in ceilings or {})]):
            gathered[sector, year] = []
    for (source, year), cell in result.cells.items():
        gathered[sector_of[source], year].append(cell)
    with localcontext(EXACT):
        return {
            place: _sector_row(cells, None if ceilings is None else ceilings.get(place))
            for place, cells in gathered.items()
        }


def _central(effect: Effect) -> Decimal:
    return effect.central


def _low(effect: Effect) -> Decimal:
    return effect.central if effect.low is None else effect.low


def _high(effect: Effect) -> Decimal:
    return effect.central if effect.high is None else effect.high


def _acting(budget: BudgetInput, estimate: Estimate) -> Acting:
    """e of every line that counts, where it is above zero, by source and year."""
    acting: dict[Key, dict[int, dict[Key, Decimal]]] = {
        source: {year: {} for year in budget.years} for source in budget.sources
    }
    for line in budget.lines:
        if not line.counts:
            continue
        already, key = line.already_counted, line.key
        counted = [
            (year, tonnes)
            for year, effect in line.effects.items()
            if effect is not None and (tonnes := estimate(effect) - already) > 0
        ]
        for source, share in line.shares.items():
            by_year, part = acting[source], share.scaleb(-2).normalize()
            if part:
                for year, tonnes in counted:
                    by_year[year][key] = tonnes * part
    return acting


def _records(budget: BudgetInput) -> Records:
    records: dict[Place, list[OverlapInput]] = defaultdict(list)
    for record in budget.overlaps:
        for year in record.years:
            records[record.source, year].append(record)
    return records


def _record_overlap(record: OverlapInput, year: int, effects: Mapping[Key, Decimal]) -> Decimal:
    """Tonnes counted more than once among `effects`, all above zero and none above the basis."""
    if len(effects) < 2:
        return ZERO
    gross = sum(effects.values(), ZERO)
    if record.method == OverlapMethod.FIXED:
        return min(record.stated[year], gross - max(effects.values()))
    basis = record.basis[year]
    remaining, scale = basis, Decimal(1)
    for effect in effects.values():
        remaining *= basis - effect
        scale *= basis
    # Never below zero: cutting the quotient could otherwise leave a trace where effects are minute.
    return max(ZERO, gross - basis + cut_division(remaining, scale))


def _members(record: OverlapInput, effects: Mapping[Key, Decimal]) -> dict[Key, Decimal]:
    return {member: effects[member] for member in record.members if member in effects}


def _cell(
    reference: Decimal | None,
    effects: dict[Key, Decimal],
    records: list[OverlapInput],
    year: int,
    taken: Taken,
) -> Cell:
    """One source in one year; what overlap and excess take from each line is added to `taken`."""
    gross = sum(effects.values(), ZERO)
    left = dict(effects)
    overlap = ZERO
    for record in records:
        members = _members(record, effects)
        shared = _record_overlap(record, year, members)
        if shared:
            overlap += shared
            _take(shared, members, left)
    excess = ZERO if reference is None else max(ZERO, gross - overlap - reference)
    if excess:
        overlap += excess
        _take(excess, effects, left)
    if overlap:
        for key, effect in effects.items():
            if effect != left[key]:
                own = taken.setdefault(key, {})
                own[year] = own.get(year, ZERO) + effect - left[key]
    net = gross - overlap
    return Cell(reference, gross, overlap, excess, net, None if reference is None else reference - net)


def _take(tonnes: Decimal, weights: Mapping[Key, Decimal], left: dict[Key, Decimal]) -> None:
    """Take `tonnes` from `left` in proportion to the weights, from nobody more than is left.

    Those who would give more give all they have and the rest is shared among the others, again by weight.
    What the cut divisions leave over comes from the first by key, so what is taken is exactly `tonnes`.
    """
    able = dict(weights)
    weight = sum(able.values(), ZERO)
    while emptied := [key for key, own in able.items() if tonnes * own > left[key] * weight]:
        for key in emptied:
            tonnes -= left[key]
            left[key] = ZERO
            weight -= able.pop(key)
    rest = tonnes
    for key, own in able.items():
        part = cut_division(tonnes * own, weight)
        left[key] -= part
        rest -= part
    for key in sorted(able, key=str):
        part = min(rest, left[key])
        left[key] -= part
        rest -= part


def _lines(budget: BudgetInput, taken: Taken) -> dict[Key, LineResult]:
    nothing_taken = dict.fromkeys(budget.years, ZERO)
    results = {}
    for line in budget.lines:
        if not line.counts:
            continue
        effects = _counted(line, budget.years)
        overlap: Mapping[int, Decimal | None]
        net: Mapping[int, Decimal | None]
        own = taken.get(line.key)
        if own is None and len(line.effects) >= len(budget.years) and None not in line.effects.values():
            overlap, net = nothing_taken, effects
        else:
            own = own or {}
            overlap = {
                year: None if effect is None else own.get(year, ZERO) for year, effect in effects.items()
            }
            net = {
                year: None if effect is None else effect - own.get(year, ZERO)
                for year, effect in effects.items()
            }
        results[line.key] = LineResult(line.key, line.level, effects, overlap, net)
    return results


def _counted(line: LineInput, years: tuple[int, ...]) -> dict[int, Decimal | None]:
    """Tonnes per year less what the inventory already shows; None for a year without a figure."""
    given, already = line.effects, line.already_counted
    counted: dict[int, Decimal | None] = {}
    for year in years:
        effect = given.get(year)
        if effect is None:
            counted[year] = None
        else:
            tonnes = effect.central - already
            counted[year] = tonnes if tonnes > 0 else ZERO
    return counted


def _level_sums(
    budget: BudgetInput, lines: Mapping[Key, LineResult], taken: Taken
) -> dict[int, dict[Level, LevelSum]]:
    """What the lines of each level give per year, before and after overlap."""
    groups: dict[Level, list[LineResult]] = {level: [] for level in Level}
    for line in lines.values():
        groups[line.level].append(line)
    sums: dict[int, dict[Level, LevelSum]] = {year: {} for year in budget.years}
    for level, own in groups.items():
        shared = [taken[line.key] for line in own if line.key in taken]
        for year in budget.years:
            gross = sum([tonnes for line in own if (tonnes := line.effects[year]) is not None], ZERO)
            overlap = sum([parts[year] for parts in shared if year in parts], ZERO)
            sums[year][level] = LevelSum(gross, overlap, gross - overlap)
    return sums


def _year(
    budget: BudgetInput,
    year: int,
    cells: Mapping[Place, Cell],
    lines: Mapping[Key, LineResult],
    by_level: Mapping[Level, LevelSum],
    band: tuple[Decimal, Decimal] | None,
) -> YearRow:
    row = [cells[source, year] for source in budget.sources]
    reference, path = _known_sum(cell.reference for cell in row), _known_sum(cell.path for cell in row)
    ceiling = None if budget.ceilings is None else budget.ceilings.get(year)
    return YearRow(
        year=year,
        reference=reference,
        gross=sum((cell.gross for cell in row), ZERO),
        overlap=sum((cell.overlap for cell in row), ZERO),
        net=sum((cell.net for cell in row), ZERO),
        by_level=by_level,
        path=path,
        ceiling=ceiling,
        gap=_above(path, ceiling),
        band=None if band is None else _band(band, ceiling),
        unknown_lines=tuple(line.key for line in lines.values() if line.effects[year] is None),
        unknown_reference=tuple(source for source in budget.sources if cells[source, year].reference is None),
    )


def _bands(budget: BudgetInput, records: Records) -> dict[int, tuple[Decimal, Decimal]]:
    """Lowest and highest path of the years where a line or a reference has a range and all references are
    known.
    """
    ranged = {year for _, year in budget.reference_range}
    for line in budget.lines:
        if line.counts:
            ranged.update(
                year
                for year, effect in line.effects.items()
                if effect is not None and (effect.low is not None or effect.high is not None)
            )
    years = [
        year
        for year in budget.years
        if year in ranged and all((source, year) in budget.reference for source in budget.sources)
    ]
    if not years:
        return {}
    weak, strong = _acting(budget, _low), _acting(budget, _high)
    bands = {}
    for year in years:
        lowest = highest = ZERO
        for source in budget.sources:
            place = (source, year)
            central = budget.reference[place]
            low, high = budget.reference_range.get(place, (central, central))
            lowest += _path(low, strong[source][year], records.get(place, []), year)
            highest += _path(high, weak[source][year], records.get(place, []), year)
        bands[year] = (lowest, highest)
    return bands


def _path(reference: Decimal, effects: dict[Key, Decimal], records: list[OverlapInput], year: int) -> Decimal:
    cut = sum(effects.values(), ZERO)
    for record in records:
        cut -= _record_overlap(record, year, _members(record, effects))
    return max(ZERO, reference - cut)


def _band(path: tuple[Decimal, Decimal], ceiling: Decimal | None) -> Band:
    low, high = path
    return Band(low, high, _above(low, ceiling), _above(high, ceiling))


def _sector_row(cells: list[Cell], ceiling: Decimal | None) -> SectorRow:
    path = _known_sum(cell.path for cell in cells)
    return SectorRow(
        reference=_known_sum(cell.reference for cell in cells),
        gross=sum((cell.gross for cell in cells), ZERO),
        overlap=sum((cell.overlap for cell in cells), ZERO),
        net=sum((cell.net for cell in cells), ZERO),
        path=path,
        ceiling=ceiling,
        gap=_above(path, ceiling),
    )


def _known_sum(values: Iterable[Decimal | None]) -> Decimal | None:
    total = ZERO
    for value in values:
        if value is None:
            return None
        total += value
    return total


def _above(path: Decimal | None, ceiling: Decimal | None) -> Decimal | None:
    return None if path is None or ceiling is None else path - ceiling
