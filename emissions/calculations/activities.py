"""Activity times factor: GHG Protocol's calculation-based approach. Exact; unknown is never zero."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

from emissions.calculations.gwp import EXACT, co2_equivalents
from emissions.enums import GwpSet

# As many decimals as a figure of an edition has: a gram.
_GRAM = Decimal("0.000001")
_ROUNDING = Context(prec=1000)


@dataclass(frozen=True, slots=True)
class Factor:
    """kg CO2e per unit of the activity, valid from `first` to `last` year (None: until further notice)."""

    pk: int
    first: int
    last: int | None
    version: int
    kg_co2e: Decimal

    def covers(self, year: int) -> bool:
        """Whether the factor is valid in the year."""
        return self.first <= year and (self.last is None or year <= self.last)


def factor_in(year: int, factors: Iterable[Factor]) -> Factor | None:
    """The factor that counts in a year: of those valid, the highest version; None when there is none."""
    valid = [factor for factor in factors if factor.covers(year)]
    return max(valid, key=lambda factor: factor.version, default=None)


def activity_tonnes(quantity: Decimal | None, kg_co2e: Decimal | None) -> Decimal | None:
    """Tonnes of CO2e: quantity × kg CO2e per unit / 1000, exact; None when either is unknown."""
    if quantity is None or kg_co2e is None:
        return None
    with localcontext(EXACT):
        return (quantity * kg_co2e).scaleb(-3)


def factor_of_gases(kg_co2: Decimal, kg_ch4: Decimal, kg_n2o: Decimal, gwp: GwpSet) -> Decimal:
    """kg CO2e per unit from kg of each gas. Raises ValueError for negative amounts."""
    return co2_equivalents({"CO2": kg_co2, "CH4": kg_ch4, "N2O": kg_n2o}, gwp)


def exact_sum(tonnes: Iterable[Decimal]) -> Decimal:
    """The sum in tCO2e, exact whatever the number of digits."""
    with localcontext(EXACT):
        return sum(tonnes, Decimal(0))


def to_grams(tonnes: Decimal) -> Decimal:
    """Tonnes as an edition keeps them: rounded once, half up, to six decimals."""
    with localcontext(_ROUNDING):
        return tonnes.quantize(_GRAM, rounding=ROUND_HALF_UP)
