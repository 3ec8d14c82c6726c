"""The arithmetic of the inventory."""

from emissions.calculations.gwp import GWP, co2_equivalents

__all__ = ["GWP", "co2_equivalents"]
