"""The reference path a rule gives from an edition's own history, for every source of its last year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budget.calculations.reference import flat_path, trend_path
from budget.queries.editions import last_year_of, source_histories


@dataclass(frozen=True, slots=True)
class RuledPath:
    """tCO2e per (source id, year). too_short: sources with too few years for the trend, which are flat;
    unknown: sources the edition has no figure for in its last year, which are not in the path.
    """

    path: Mapping[tuple[int, int], Decimal]
    too_short: tuple[int, ...]
    unknown: tuple[int, ...]


def ruled_path(
    edition_id: int, years: Sequence[int], trend_years: int | None, until: int | None = None
) -> RuledPath:
    """The flat path, or the trend through so many of the newest inventory years; one query. `until` is the
    last year that counts as known, where the edition goes on.
    """
    last_year = last_year_of(edition_id, until)
    path: dict[tuple[int, int], Decimal] = {}
    too_short, unknown = [], []
    for source, history in source_histories(edition_id, until).items():
        if last_year not in history:
            continue
        if history[last_year] is None:
            unknown.append(source)
            continue
        known = {year: tonnes for year, tonnes in history.items() if tonnes is not None}
        is_short = trend_years is not None and len(known) < trend_years
        if is_short:
            too_short.append(source)
        figures = (
            flat_path(known, years)
            if trend_years is None or is_short
            else trend_path(known, years, trend_years)
        )
        path |= {(source, year): tonnes for year, tonnes in figures.items()}
    return RuledPath(path, tuple(too_short), tuple(unknown))
