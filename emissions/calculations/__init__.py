"""The arithmetic of the inventory."""

from emissions.calculations.activities import (
    Factor,
    activity_tonnes,
    exact_sum,
    factor_in,
    factor_of_gases,
    to_grams,
)
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
    "Factor",
    "Reason",
    "Value",
    "activity_tonnes",
    "change",
    "co2_equivalents",
    "exact_sum",
    "factor_in",
    "factor_of_gases",
    "per_inhabitant",
    "percent_change",
    "share",
    "timeline",
    "to_grams",
    "total",
]
