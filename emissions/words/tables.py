"""The tables of the reading pages: the same rows and values for page, chart, CSV and XLSX."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from emissions.calculations import Value, change, per_inhabitant, percent_change, share, timeline
from emissions.enums import Absence, Reckoning
from emissions.queries.breakdown import Line, sector_lines, sum_of, years_of


@dataclass(frozen=True, slots=True)
class Head:
    """A column of values. `absence` is why the whole column has none; `signed` numbers are changes."""

    text: str
    decimals: int = 0
    signed: bool = False
    absence: Absence | None = None


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One row: names down to what it is, then a value per column. `is_sum` adds up those after it."""

    names: tuple[str, ...]
    values: tuple[Value, ...]
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class FigureTable:
    name_heads: tuple[str, ...]
    heads: tuple[Head, ...]
    lines: tuple[FigureLine, ...]
    total: FigureLine | None = None


def development_table(
    lines: Sequence[Line], reckoning: Reckoning, base_year: int, inhabitants: Mapping[int, int], until: int
) -> FigureTable:
    """Sectors through the years in tCO2e, as change from the base year (tCO2e or %) or per inhabitant.

    Years the edition lacks have columns too, up to `until`, with the reason as their values.
    """
    years = timeline(years_of(lines), until)

    def line_of(name: str, line: Line) -> FigureLine:
        return FigureLine(
            (name,),
            tuple(
                Value(None, (absence,))
                if absence
                else _reckoned(line, year, reckoning, base_year, inhabitants)
                for year, absence in years
            ),
        )

    return FigureTable(
        (_("Sektor"),),
        _year_heads(years, reckoning),
        tuple(line_of(line.sector, line) for line in sector_lines(lines)),
        line_of(_("Sum"), sum_of(lines)),
    )


def _reckoned(
    line: Line, year: int, reckoning: Reckoning, base_year: int, inhabitants: Mapping[int, int]
) -> Value:
    value = line.value(year)
    if reckoning == Reckoning.CHANGE:
        return change(line.value(base_year), value)
    if reckoning == Reckoning.PERCENT:
        return percent_change(line.value(base_year), value)
    if reckoning == Reckoning.PER_INHABITANT:
        return per_inhabitant(value, inhabitants.get(year))
    return value


def _year_heads(
    years: Iterable[tuple[int, Absence | None]], reckoning: Reckoning = Reckoning.TONNES
) -> tuple[Head, ...]:
    decimals = {Reckoning.PERCENT: 1, Reckoning.PER_INHABITANT: 2}.get(reckoning, 0)
    signed = reckoning in (Reckoning.CHANGE, Reckoning.PERCENT)
    return tuple(Head(str(year), decimals, signed, absence) for year, absence in years)


def share_table(lines: Sequence[Line], year: int) -> FigureTable:
    """Tonnes (tCO2e) and percent of the total in one year, per sector and source."""
    everything = sum_of(lines).value(year)

    def values(line: Line) -> tuple[Value, ...]:
        return line.value(year), share(line.value(year), everything)

    return _by_sector_and_source(lines, values, (Head(_("Tonn CO₂e")), Head(_("Andel i prosent"), 1)))


def two_years_table(lines: Sequence[Line], first: int, second: int) -> FigureTable:
    """Two years side by side per sector and source: tCO2e, and the change in tCO2e and percent."""

    def values(line: Line) -> tuple[Value, ...]:
        old, new = line.value(first), line.value(second)
        return old, new, change(old, new), percent_change(old, new)

    heads = (
        Head(str(first)),
        Head(str(second)),
        Head(_("Endring i tonn"), signed=True),
        Head(_("Endring i prosent"), 1, signed=True),
    )
    return _by_sector_and_source(lines, values, heads)


def _by_sector_and_source(
    lines: Sequence[Line], values: Callable[[Line], tuple[Value, ...]], heads: tuple[Head, ...]
) -> FigureTable:
    rows: list[FigureLine] = []
    for sector in sector_lines(lines):
        rows.append(FigureLine((sector.sector, ""), values(sector), is_sum=True))
        rows += [
            FigureLine((sector.sector, line.source), values(line))
            for line in lines
            if line.sector == sector.sector and line.source
        ]
    total = FigureLine((_("Sum"), ""), values(sum_of(lines)), is_sum=True)
    return FigureTable((_("Sektor"), _("Utslippskilde")), heads, tuple(rows), total)


def sector_table(gases: Sequence[Line], years: Sequence[int], until: int) -> FigureTable:
    """One sector down to source and gas through the years of the edition, in tCO2e.

    A source that the edition does not divide by gas has one row.
    """
    heads = timeline(years, until)

    def line_of(source: str, gas: str, line: Line, *, is_sum: bool) -> FigureLine:
        values = (Value(None, (absence,)) if absence else line.value(year) for year, absence in heads)
        return FigureLine((source, gas), tuple(values), is_sum)

    by_source: dict[str, list[Line]] = {}
    for line in gases:
        by_source.setdefault(line.source, []).append(line)
    sums = [sum_of(parts, parts[0].sector, source) for source, parts in by_source.items()]
    last = max(years)
    rows: list[FigureLine] = []
    for line in sorted(sums, key=lambda line: (-(line.value(last).number or 0), line.source)):
        name = line.source or _("Alle kilder")
        parts = [part for part in by_source[line.source] if part.gas]
        rows.append(line_of(name, _("Alle gasser") if parts else _("Ikke delt på gass"), line, is_sum=True))
        rows += [line_of(name, part.gas, part, is_sum=False) for part in parts]
    return FigureTable(
        (_("Utslippskilde"), _("Klimagass")),
        _year_heads(heads),
        tuple(rows),
        line_of(_("Sum"), "", sum_of(gases), is_sum=True),
    )
