"""Kroner per tonne. NOK and tCO2e as Decimal; interest is percent a year."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext

HUNDRED = Decimal(100)
# An annuity has no exact value: powers and divisions are rounded to 40 digits, far below an øre.
_PRECISION = Context(prec=40, rounding=ROUND_HALF_EVEN)


def annuity(extra_cost: Decimal, lifetime_years: int, discount_percent: Decimal) -> Decimal:
    """The merkostnad as one equal amount a year, NOK, over the lifetime (years, at least 1).

    Standard annuity: C * r / (1 - (1 + r)^-n), and C / n without interest (r = 0).
    Raises ValueError for a lifetime below one year or a negative rate.
    """
    if lifetime_years < 1 or discount_percent < 0:
        raise ValueError("a lifetime is at least one year, and a discount rate is not negative")
    with localcontext(_PRECISION):
        rate = discount_percent / HUNDRED
        growth = (1 + rate) ** lifetime_years
        # A rate so low that it drowns in 40 digits is no rate.
        if growth == 1:
            return extra_cost / lifetime_years
        return extra_cost * rate * growth / (growth - 1)


def cost_per_tonne(
    *,
    extra_cost: Decimal | None,
    lifetime_years: int | None,
    discount_percent: Decimal | None,
    yearly_tonnes: Decimal | None,
) -> Decimal | None:
    """NOK per tCO2e: the annuity of the whole merkostnad over its lifetime, divided by one year's tonnes.

    None when any of the four is missing, or when nothing is cut: then there is no figure, which is not 0.
    `extra_cost` is NOK against the zero alternative and negative where the measure saves money. The method
    is that of Miljødirektoratet's cost analyses (annuity of merkostnad per yearly reduction).
    """
    if extra_cost is None or lifetime_years is None or discount_percent is None or yearly_tonnes is None:
        return None
    if yearly_tonnes <= 0:
        return None
    with localcontext(_PRECISION):
        return annuity(extra_cost, lifetime_years, discount_percent) / yearly_tonnes
