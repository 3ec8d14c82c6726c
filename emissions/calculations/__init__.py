"""The arithmetic of the inventory."""

from emissions.calculations.development import (
    NO_ROW,
    Reason,
    Value,
    change,
    per_inhabitant,
    percent_change,
    share,
    timeline,
    total,
)
from emissions.calculations.gwp import GWP, co2_equivalents

__all__ = [
    "GWP",
    "NO_ROW",
    "Reason",
    "Value",
    "change",
    "co2_equivalents",
    "per_inhabitant",
    "percent_change",
    "share",
    "timeline",
    "total",
]
