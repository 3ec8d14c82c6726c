"""The calculators: worked examples by hand, and what must hold for any figures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.calculations.estimates import (
    Journey,
    Machinery,
    MixedScopes,
    NegativeEstimate,
    Reduction,
    Travel,
    Vehicles,
    estimated,
    inputs_for,
    level,
    result_scope,
)
from budget.enums import Calculator
from emissions.enums import Scope

D = Decimal
YEARS = range(2026, 2031)
amounts = st.decimals(min_value=0, max_value=10**8, places=3, allow_nan=False, allow_infinity=False)
factors = st.decimals(min_value=0, max_value=100, places=6, allow_nan=False, allow_infinity=False)
per_year = st.dictionaries(st.sampled_from(list(YEARS)), amounts, min_size=1)


def test_forty_cars() -> None:
    cars = Vehicles({2028: D(40)}, D(15_000), D("0.17"), D(0))
    assert estimated(cars, YEARS) == {2026: 0, 2027: 0, 2028: 102, 2029: 102, 2030: 102}


def test_new_vehicles_add_up() -> None:
    cars = Vehicles({2027: D(10), 2029: D(30)}, D(10_000), D("0.2"), D("0.05"))
    assert estimated(cars, YEARS) == {2026: 0, 2027: 15, 2028: 15, 2029: 60, 2030: 60}


def test_litres_and_kilowatt_hours_stay_at_the_last_level() -> None:
    litres = Machinery({2027: D(1000), 2029: D(500)}, D("2.66"), D("0.66"))
    assert estimated(litres, YEARS) == {2026: 0, 2027: 2, 2028: 2, 2029: 1, 2030: 1}
    # KOSTRA: 264,5 g CO2 per kWh of oil.
    assert estimated(Reduction({2026: D(100_000)}, D("0.2645")), [2026]) == {2026: D("26.45")}


def test_more_train_beside_less_flight() -> None:
    trip = Travel((Journey({2026: D(20_000)}, D("0.2")), Journey({2026: D(-15_000)}, D("0.02"))))
    assert estimated(trip, [2026]) == {2026: D("3.7")}


def test_worse_than_before_is_refused_with_the_year() -> None:
    with pytest.raises(NegativeEstimate) as refused:
        estimated(Vehicles({2028: D(1)}, D(1000), D(0), D("0.1")), YEARS)
    assert (refused.value.year, refused.value.tonnes) == (2028, D("-0.1"))
    with pytest.raises(NegativeEstimate):
        estimated(Travel((Journey({2026: D(-1)}, D(1)),)), [2026])


@pytest.mark.parametrize(
    ("rows", "values", "each"),
    [
        ({}, {"before": D(1), "after": D(0)}, D(1)),
        ({"amount": {2026: D(1)}}, {"before": D(1)}, D(1)),
        ({"amount": {2026: D(1)}}, {"before": D(1), "after": D(0)}, None),
        ({"amount": {2026: D(-1)}}, {"before": D(1), "after": D(0)}, D(1)),
        ({"amount": {2026: D(1)}}, {"before": D("NaN"), "after": D(0)}, D(1)),
    ],
)
def test_what_is_missing_or_negative_is_no_input(rows, values, each) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=r"negative|missing"):
        inputs_for(Calculator.VEHICLES, rows, values, each)
    assert inputs_for(Calculator.VEHICLES, {"amount": {2026: D(1)}}, {"before": D(1), "after": D(0)}, D(1))


@given(per_year, amounts, amounts, factors)
def test_more_km_is_never_less_effect(
    replaced: dict[int, Decimal], km: Decimal, more: Decimal, before: Decimal
) -> None:
    less = estimated(Vehicles(replaced, km, before, D(0)), YEARS)
    greater = estimated(Vehicles(replaced, km + more, before, D(0)), YEARS)
    assert all(greater[year] >= less[year] for year in YEARS)


@given(per_year, factors, factors)
def test_the_effect_is_zero_or_more_or_refused(
    litres: dict[int, Decimal], before: Decimal, after: Decimal
) -> None:
    try:
        found = estimated(Machinery(litres, before, after), YEARS)
    except NegativeEstimate:
        assert after > before
    else:
        assert all(tonnes >= 0 for tonnes in found.values())


@given(per_year, amounts)
def test_zero_before_is_zero_effect(replaced: dict[int, Decimal], km: Decimal) -> None:
    assert set(estimated(Vehicles(replaced, km, D(0), D(0)), YEARS).values()) == {D(0)}
    assert set(estimated(Reduction(replaced, D(0)), YEARS).values()) == {D(0)}


@given(per_year, amounts, factors)
def test_the_effect_of_vehicles_never_falls(
    replaced: dict[int, Decimal], km: Decimal, before: Decimal
) -> None:
    found = list(estimated(Vehicles(replaced, km, before, D(0)), YEARS).values())
    assert found == sorted(found)


@given(per_year)
def test_before_the_first_figure_nothing_is_done(figures: dict[int, Decimal]) -> None:
    assert level(figures, min(figures) - 1) == 0
    assert level(figures, max(figures) + 5) == figures[max(figures)]


def test_scopes_are_never_mixed() -> None:
    direct, own, footprint = (
        Scope.COMMUNITY_DIRECT,
        Scope.OWN_OPERATIONS_DIRECT,
        Scope.OWN_OPERATIONS_FOOTPRINT,
    )
    assert result_scope([own, direct], direct) == direct
    assert result_scope([direct], own) == own
    assert result_scope([footprint, footprint], direct) == footprint
    assert result_scope([direct], footprint) == direct
    with pytest.raises(MixedScopes):
        result_scope([direct, footprint], footprint)
