"""Greenhouse gases as CO2 equivalents: tonnes of gas times its global warming potential over 100 years.

Sources of the tables: Miljødirektoratet's «Tabell for omregning av CO2-ekvivalenter» (AR5, in use now)
and SSB's «Endring av GWP-verdier» (AR4, until the figures of 2022). Biogenic CO2 counts zero and is not
given here; methane and nitrous oxide from biofuel count. A gas that a table does not have is refused,
never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow, localcontext

from emissions.enums import GwpSet

# Inexact is trapped: a rounding nobody wrote down is an error, not a habit.
EXACT = Context(prec=1000, traps=[InvalidOperation, DivisionByZero, Overflow, Inexact])

# Tonnes of CO2e per tonne of gas.
GWP: Mapping[GwpSet, Mapping[str, int]] = {
    GwpSet.AR4: {"CO2": 1, "CH4": 25, "N2O": 298, "SF6": 22_800, "HFK-134a": 1_430},
    GwpSet.AR5: {
        "CO2": 1,
        "CH4": 28,
        "N2O": 265,
        "SF6": 23_500,
        "HFK-134a": 1_300,
        "CF4": 6_630,
        "C2F6": 11_100,
    },
}
SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


def co2_equivalents(tonnes_by_gas: Mapping[str, Decimal], gwp: GwpSet = GwpSet.AR5) -> Decimal:
    """Tonnes of CO2e from tonnes of each gas, exact. Gases may be written CO2 or CO₂.

    Raises ValueError for a gas the table lacks and for negative tonnes.
    """
    factors = GWP[gwp]
    total = Decimal(0)
    with localcontext(EXACT):
        for gas, tonnes in tonnes_by_gas.items():
            factor = factors.get(gas.strip().translate(SUBSCRIPTS))
            if factor is None:
                raise ValueError(f"{gas} has no factor in {gwp}")
            if tonnes < 0:
                raise ValueError(f"negative tonnes of {gas}")
            total += tonnes * factor
    return total
