"""Arithmetic of the strategy: ceilings of targets, and the periods of the klimabarometer."""

from strategy.calculations.ceilings import (
    Base,
    actual_cut,
    base_emissions,
    ceiling,
    ceiling_percent,
    ceilings,
    sector_ceilings,
)
from strategy.calculations.periods import (
    Verdict,
    last_finished,
    period_number,
    period_start,
    shifted,
    verdict,
)

__all__ = [
    "Base",
    "Verdict",
    "actual_cut",
    "base_emissions",
    "ceiling",
    "ceiling_percent",
    "ceilings",
    "last_finished",
    "period_number",
    "period_start",
    "sector_ceilings",
    "shifted",
    "verdict",
]
