"""«Hva om?» and afterwards, without a database: worked examples, and what holds for every budget."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.calculations import (
    AfterwardsInput,
    Changes,
    Delay,
    Effect,
    LineInput,
    afterwards,
    changed,
    compute,
    differences,
    edition_effect,
)
from strategy.calculations import ceilings, sector_ceilings
from strategy.enums import Level
from tests.test_budget_properties import YEARS, budgets
from tests.test_delay import a_budget

D = Decimal
tonnes = st.integers(0, 3_000_000_000).map(lambda number: D(number).scaleb(-6))


def gaps(budget):
    return {year: row.gap for year, row in compute(budget).years.items()}


def test_dropping_one_of_two_that_overlap():
    without = compute(changed(a_budget(), Changes(dropped=frozenset({"b"}))))
    # 300 counted of a; nothing left to overlap with: 1000 − 300 − 495.
    assert without.years[2027].gap == 205
    assert "b" not in without.lines


def test_half_of_a_line_scales_what_counts_and_its_estimates():
    half = compute(changed(a_budget(), Changes(scaled={"a": D(50)})))
    assert half.lines["a"].effects == {2027: 150, 2028: 150}
    # 150 and 200 share a basis of 1000: overlap 30.
    assert half.years[2027].gap == 1000 - 320 - 495
    # High: 200 and 200 of a basis of 1000; low: 100 and 200.
    assert (half.years[2027].band.path_low, half.years[2027].band.path_high) == (640, 720)


def test_adding_a_measure():
    more = LineInput("new", Level.MUNICIPAL, {"road": D(100)}, {2028: Effect(D(65))})
    assert gaps(changed(a_budget(), Changes(added=(more,)))) == {2027: 65, 2028: 0}


@pytest.mark.parametrize(
    "changes",
    [
        Changes(dropped=frozenset({"z"})),
        Changes(scaled={"z": D(50)}),
        Changes(delayed={"z": Delay(D(1), date(2027, 1, 1))}),
        Changes(added=(LineInput("a", Level.MUNICIPAL),)),
    ],
)
def test_lines_the_budget_does_not_have_and_lines_it_has(changes):
    with pytest.raises(KeyError):
        changed(a_budget(), changes)


def test_a_negative_percent_is_refused():
    with pytest.raises(ValueError, match="percent"):
        changed(a_budget(), Changes(scaled={"a": D(-1)}))


@given(budgets())
def test_no_change_and_all_of_a_line_change_nothing(given_budget):
    as_it_is = Changes(
        scaled={line.key: D(100) for line in given_budget.lines[:1]},
        delayed={line.key: Delay(D(0), date(2027, 1, 1)) for line in given_budget.lines[1:]},
    )
    assert changed(given_budget, Changes()) == given_budget
    assert compute(changed(given_budget, as_it_is)) == compute(given_budget)


@given(budgets(), st.data())
def test_less_of_anything_never_narrows_a_gap_and_the_budget_is_left_alone(given_budget, data):
    before, kept = gaps(given_budget), replace(given_budget)
    keys = [line.key for line in given_budget.lines]
    fate = {key: data.draw(st.sampled_from(["drop", "scale", "delay", "keep"])) for key in keys}
    changes = Changes(
        dropped=frozenset(key for key in keys if fate[key] == "drop"),
        scaled={key: D(data.draw(st.integers(0, 100))) for key in keys if fate[key] == "scale"},
        delayed={
            key: Delay(D(data.draw(st.integers(0, 100))), date(2027, data.draw(st.integers(1, 12)), 1))
            for key in keys
            if fate[key] == "delay"
        },
    )
    after = gaps(changed(given_budget, changes))
    trace = D("0.000000001")  # divisions are cut at 12 decimals
    assert all(after[year] >= before[year] - trace for year in YEARS)
    assert given_budget == kept


@given(budgets())
def test_without_any_line_the_path_is_the_reference(given_budget):
    nothing = compute(
        changed(given_budget, Changes(dropped=frozenset(line.key for line in given_budget.lines)))
    )
    assert all(row.path == row.reference for row in nothing.years.values())


@given(budgets())
def test_the_gap_moves_as_much_as_the_path(given_budget):
    first = given_budget.lines[:1]
    before = compute(given_budget)
    after = compute(changed(given_budget, Changes(dropped=frozenset(line.key for line in first))))
    rows = differences(
        *({year: (row.path, row.gap) for year, row in one.years.items()} for one in (before, after))
    )
    for row in rows:
        assert row.difference == row.path_after - row.path_before == row.gap_after - row.gap_before


def test_an_unknown_path_has_no_difference():
    (row,) = differences({2030: (None, None)}, {2030: (D(1), D(1))})
    assert (row.path_before, row.path_after, row.difference) == (None, 1, None)


# --- Afterwards -----------------------------------------------------------------------------------


def a_year(**changes):
    return AfterwardsInput(
        **{
            # 40 percent below a base of 110, and of 125 in the newer edition.
            "ceilings_then": {"road": D(60), "sea": D(6)},
            "ceilings_now": {"road": D(66), "sea": D(6), "fluor": D(3)},
            "expected": {"road": D(70), "sea": D(6)},
            "measured_first": {"road": D(64), "sea": D("5.5")},
            "measured": {"road": D(68), "sea": D("5.5"), "fluor": D(2)},
            **changes,
        }
    )


def test_a_year_by_the_edition_then_and_now():
    whole, sectors = afterwards(a_year())
    assert (whole.ceiling_then, whole.ceiling_now) == (66, 75)
    assert (whole.expected, whole.measured_first, whole.measured) == (76, D("69.5"), D("75.5"))
    assert (whole.over, whole.over_then, whole.kept) == (D("0.5"), D("3.5"), False)
    assert whole.from_expected == D("-0.5")
    assert (sectors["road"].over, sectors["road"].kept) == (2, False)
    assert (sectors["sea"].over, sectors["sea"].kept) == (D("-0.5"), True)
    assert (sectors["fluor"].ceiling_then, sectors["fluor"].expected) == (None, None)


def test_not_measured_yet_is_no_answer():
    whole, sectors = afterwards(a_year(measured={}, measured_first={}))
    assert (whole.measured, whole.over, whole.kept) == (None, None, None)
    assert sectors["road"].kept is None


def test_a_sector_without_a_figure_is_not_zero():
    whole, sectors = afterwards(a_year(measured={"road": D(50), "sea": None}))
    assert (sectors["sea"].measured, sectors["sea"].kept) == (None, None)
    assert whole.measured == 50


def test_exactly_on_the_ceiling_is_kept():
    whole, _ = afterwards(a_year(measured={"road": D(75)}))
    assert (whole.over, whole.kept) == (0, True)


@given(
    st.dictionaries(st.sampled_from("abcd"), tonnes, min_size=1),
    st.dictionaries(st.sampled_from("abcd"), tonnes, min_size=1),
    st.integers(0, 10_000).map(lambda number: D(number).scaleb(-2)),
)
def test_sectors_add_up_to_the_year(bases, measured, percent):
    target = {"base_year": 2009, "target_year": 2030, "percent": percent}
    parts = {sector: limit for (sector, _), limit in sector_ceilings(bases, [2030], **target).items()}
    whole, sectors = afterwards(
        a_year(ceilings_then=parts, ceilings_now=parts, measured=measured, measured_first={})
    )
    assert whole.ceiling_now == ceilings(sum(bases.values()), [2030], **target)[2030]
    assert whole.measured == sum(measured.values())
    if set(bases) == set(measured):
        assert sum(row.over for row in sectors.values() if row.over is not None) == whole.over


@given(tonnes, tonnes, tonnes)
def test_a_higher_ceiling_never_widens_the_gap(path, then, more):
    (row,) = edition_effect({2030: path}, {2030: then}, {2030: then + more})
    assert (row.gap_then, row.gap_now) == (path - then, path - then - more)
    assert row.gap_now - row.gap_then == row.change == -more


def test_a_year_without_ceiling_has_no_gap():
    (row,) = edition_effect({2026: D(10)}, {}, {})
    assert (row.ceiling_now, row.gap_then, row.gap_now, row.change) == (None, None, None, None)
