"""Kroner per tonne: worked examples, and what must hold whatever the figures are."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.calculations.costs import annuity, cost_per_tonne

KRONER = st.decimals(min_value=0, max_value=10**10, places=2)
RATES = st.decimals(min_value=0, max_value=100, places=2)
YEARS = st.integers(min_value=1, max_value=100)
TONNES = st.decimals(min_value="0.001", max_value=10**6, places=3)


def test_worked_examples() -> None:
    """1 000 000 kroner over 10 years at 4 percent is 123 290,94 a year; without interest 100 000."""
    assert annuity(Decimal(1_000_000), 10, Decimal(4)).quantize(Decimal("0.01")) == Decimal("123290.94")
    assert annuity(Decimal(1_000_000), 10, Decimal(0)) == 100_000
    found = cost_per_tonne(
        extra_cost=Decimal(1_000_000),
        lifetime_years=10,
        discount_percent=Decimal(4),
        yearly_tonnes=Decimal(50),
    )
    assert found is not None
    assert found.quantize(Decimal("0.01")) == Decimal("2465.82")


@pytest.mark.parametrize("missing", ["extra_cost", "lifetime_years", "discount_percent", "yearly_tonnes"])
def test_without_one_of_the_four_there_is_no_figure(missing: str) -> None:
    given_all = {
        "extra_cost": Decimal(1),
        "lifetime_years": 1,
        "discount_percent": Decimal(0),
        "yearly_tonnes": Decimal(1),
    }
    assert cost_per_tonne(**given_all) == 1  # type: ignore[arg-type]
    assert cost_per_tonne(**{**given_all, missing: None}) is None  # type: ignore[arg-type]


def test_nothing_cut_is_no_figure() -> None:
    assert (
        cost_per_tonne(
            extra_cost=Decimal(1),
            lifetime_years=1,
            discount_percent=Decimal(0),
            yearly_tonnes=Decimal(0),
        )
        is None
    )


@pytest.mark.parametrize(("lifetime", "rate"), [(0, "4"), (10, "-1")])
def test_what_makes_no_annuity_is_refused(lifetime: int, rate: str) -> None:
    with pytest.raises(ValueError, match="lifetime"):
        annuity(Decimal(1), lifetime, Decimal(rate))


@given(cost=KRONER, years=YEARS, rate=RATES)
def test_the_yearly_amounts_are_worth_the_cost_today(cost: Decimal, years: int, rate: Decimal) -> None:
    """Discounted one by one, by other means than the formula."""
    yearly, growth = annuity(cost, years, rate), 1 + rate / 100
    worth = sum((yearly / growth**year for year in range(1, years + 1)), Decimal(0))
    assert abs(worth - cost) < Decimal("0.01")


@given(cost=KRONER, years=YEARS, rate=RATES)
def test_interest_never_makes_it_cheaper(cost: Decimal, years: int, rate: Decimal) -> None:
    nothing = annuity(cost, years, Decimal(0))
    assert annuity(cost, years, rate) >= nothing - Decimal("0.000001")


@given(cost=KRONER, years=YEARS, rate=RATES, tonnes=TONNES)
def test_twice_the_tonnes_is_half_the_price(
    cost: Decimal, years: int, rate: Decimal, tonnes: Decimal
) -> None:
    def price(cut: Decimal) -> Decimal:
        found = cost_per_tonne(
            extra_cost=cost, lifetime_years=years, discount_percent=rate, yearly_tonnes=cut
        )
        assert found is not None
        return found

    assert abs(price(tonnes) - 2 * price(2 * tonnes)) < Decimal("0.0001")
    assert price(tonnes) >= 0
