"""What a delay costs: lost tonnes per year and in the plan period, and the effect on the gap."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.calculations import (
    BudgetInput,
    Delay,
    Effect,
    LineInput,
    OverlapInput,
    compute,
    delay_loss,
    delayed,
)
from budget.enums import OverlapMethod
from strategy.enums import Level

D = Decimal
PLAN = range(2027, 2031)
EFFECTS = {year: D(100) for year in range(2026, 2032)}


def test_whole_years_are_lost_in_full():
    loss = delay_loss(EFFECTS, Delay(D(50), date(2027, 1, 1), date(2029, 1, 1)), PLAN)
    assert loss.by_year == {2026: 0, 2027: 50, 2028: 50, 2029: 0, 2030: 0, 2031: 0}
    assert loss.total == 100
    assert loss.unknown_years == ()


def test_first_and_last_year_are_lost_by_day():
    effects = {2026: D(365), 2027: D(365), 2028: D(366)}
    loss = delay_loss(effects, Delay(D(100), date(2026, 12, 31), date(2028, 3, 1)), effects)
    assert loss.by_year == {2026: 1, 2027: 365, 2028: 60}  # 2028 is a leap year: 31 + 29 days


def test_total_is_the_plan_period_only():
    loss = delay_loss(EFFECTS, Delay(D(100), date(2026, 1, 1)), PLAN)
    assert sum(loss.by_year.values()) == 600
    assert loss.total == 400


def test_without_a_date_the_share_is_lost_as_long_as_the_budget_looks():
    loss = delay_loss(EFFECTS, Delay(D(25), date(2030, 1, 1)), PLAN)
    assert loss.by_year[2030] == loss.by_year[2031] == 25


@pytest.mark.parametrize(
    "delay",
    [
        Delay(D(0), date(2027, 1, 1)),
        Delay(D(100), date(2027, 1, 1), date(2027, 1, 1)),
        Delay(D(100), date(2020, 1, 1), date(2026, 1, 1)),
        Delay(D(100), date(2035, 1, 1)),
    ],
)
def test_no_delay_loses_nothing(delay):
    loss = delay_loss({**EFFECTS, 2029: None}, delay, PLAN)
    assert set(loss.by_year.values()) == {D(0)}
    assert (loss.total, loss.unknown_years) == (0, ())


def test_unknown_effect_is_not_a_loss_of_zero():
    loss = delay_loss({2027: D(10), 2028: None}, Delay(D(100), date(2027, 1, 1), date(2030, 1, 1)), PLAN)
    assert loss.by_year == {2027: 10, 2028: None}
    assert loss.total == 10
    assert loss.unknown_years == (2028, 2029)


@pytest.mark.parametrize("share", [D("-0.01"), D("100.01")])
def test_share_outside_0_to_100_is_refused(share):
    with pytest.raises(ValueError, match="outside"):
        Delay(share, date(2027, 1, 1))


def test_caught_up_before_it_began_is_refused():
    with pytest.raises(ValueError, match="before"):
        Delay(D(1), date(2027, 1, 2), date(2027, 1, 1))


def a_budget(*, basis="1000"):
    years = (2027, 2028)
    effects = {2027: Effect(D(340), D(240), D(440)), 2028: Effect(D(340))}
    return BudgetInput(
        years=years,
        sources=("road",),
        reference={("road", year): D(1000) for year in years},
        lines=(
            LineInput("a", Level.MUNICIPAL, {"road": D(100)}, effects, already_counted=D(40)),
            LineInput("b", Level.NATIONAL, {"road": D(100)}, {year: Effect(D(200)) for year in years}),
        ),
        overlaps=(
            OverlapInput(
                "o", "road", OverlapMethod.PRODUCT, ("a", "b"), basis={year: D(basis) for year in years}
            ),
        ),
        ceilings={year: D(495) for year in years},
    )


def test_the_gap_of_a_delayed_budget():
    after = compute(delayed(a_budget(), {"a": Delay(D(50), date(2027, 1, 1), date(2028, 1, 1))}))
    assert compute(a_budget()).years[2027].gap == 65
    assert after.lines["a"].effects == {2027: 150, 2028: 300}
    assert after.years[2027].gap == 1000 - 320 - 495  # overlap 150 * 200 / 1000 = 30
    assert after.years[2028].gap == 65
    assert (after.years[2027].band.path_low, after.years[2027].band.path_high) == (640, 720)


def test_all_of_a_measure_delayed_leaves_what_is_already_counted():
    after = compute(delayed(a_budget(), {"a": Delay(D(100), date(2020, 1, 1))}))
    assert after.lines["a"].effects == {2027: 0, 2028: 0}
    assert after.years[2028].net_by_level == {"municipal": 0, "regional": 0, "national": 200}


def test_unknown_stays_unknown_and_other_lines_stay():
    given_budget = a_budget()
    unknown = LineInput("c", Level.MUNICIPAL, {"road": D(100)}, {2027: None})
    given_budget = BudgetInput(
        given_budget.years, given_budget.sources, given_budget.reference, (*given_budget.lines, unknown)
    )
    after = delayed(given_budget, {"c": Delay(D(100), date(2020, 1, 1))})
    assert after == given_budget


def test_a_line_the_budget_does_not_have_is_refused():
    with pytest.raises(KeyError, match="z"):
        delayed(a_budget(), {"z": Delay(D(1), date(2027, 1, 1))})


@given(
    share=st.integers(0, 10_000).map(lambda number: D(number).scaleb(-2)),
    since=st.dates(date(2026, 1, 1), date(2029, 12, 31)),
    days=st.none() | st.integers(0, 1500),
    basis=st.integers(400, 1000),
)
def test_a_delay_widens_the_gap_by_at_most_what_the_measure_loses(share, since, days, basis):
    caught_up = None if days is None else date.fromordinal(since.toordinal() + days)
    delay = Delay(share, since, caught_up)
    given_budget = a_budget(basis=str(basis))
    before, after = compute(given_budget), compute(delayed(given_budget, {"a": delay}))
    loss = delay_loss(before.lines["a"].effects, delay, given_budget.years)
    trace = D("0.000000000002")  # two divisions cut at 12 decimals
    for year in given_budget.years:
        assert before.lines["a"].effects[year] - after.lines["a"].effects[year] == loss.by_year[year]
        assert 0 <= after.years[year].gap - before.years[year].gap <= loss.by_year[year] + trace
    assert loss.total == sum(loss.by_year.values())
