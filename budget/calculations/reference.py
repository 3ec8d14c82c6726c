"""The reference path of one source from its own history, tCO2e per year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Context, Decimal, localcontext

SIX_DECIMALS = Decimal("0.000001")
LEAST_TREND_YEARS = 2
_PRECISION = Context(prec=60)


def flat_path(history: Mapping[int, Decimal], years: Iterable[int]) -> dict[int, Decimal]:
    """The last year's emissions in every year. Raises ValueError without any history."""
    if not history:
        raise ValueError("no history")
    last = history[max(history)]
    return dict.fromkeys(years, last)


def trend_path(history: Mapping[int, Decimal], years: Iterable[int], last: int) -> dict[int, Decimal]:
    """From the last known year along the straight line through the `last` newest known years, tCO2e.

    The slope is that of least squares; the path begins at what the last year was, so that it never jumps
    there, and never goes below zero. Years missing from the history are left out, not taken as zero.
    Rounded to six decimals, what the table stores.
    Raises ValueError with fewer known years than `last`, or `last` below 2.
    """
    known = sorted(history)[-last:] if last >= LEAST_TREND_YEARS else []
    if len(known) < LEAST_TREND_YEARS or len(known) < last:
        raise ValueError("too few years for a trend")
    end = known[-1]
    with localcontext(_PRECISION):
        middle = Decimal(sum(known)) / len(known)
        mean = sum((history[year] for year in known), Decimal(0)) / len(known)
        slope = sum(((year - middle) * (history[year] - mean) for year in known), Decimal(0)) / sum(
            ((year - middle) ** 2 for year in known), Decimal(0)
        )
        return {
            year: max(Decimal(0), history[end] + slope * (year - end)).quantize(SIX_DECIMALS)
            for year in years
        }
