"""The arithmetic of a climate budget: architecture §4, rule by rule, and its properties."""

from dataclasses import replace
from decimal import Decimal

import pytest

from budget.calculations import (
    BudgetError,
    BudgetInput,
    Effect,
    LineInput,
    OverlapInput,
    by_sector,
    compute,
    problems,
)
from budget.enums import BudgetProblemCode as Code
from budget.enums import OverlapMethod
from strategy.calculations import ceilings
from strategy.enums import Level

D = Decimal
YEAR = 2030
MUNICIPAL, REGIONAL, NATIONAL = Level.MUNICIPAL, Level.REGIONAL, Level.NATIONAL


def line(key, tonnes, *, level=MUNICIPAL, source="road", **kwargs):
    effect = tonnes if isinstance(tonnes, Effect) else Effect(D(tonnes))
    return LineInput(key, level, **{"shares": {source: D(100)}, "effects": {YEAR: effect}} | kwargs)


def product(members, basis, *, key="o", source="road"):
    return OverlapInput(key, source, OverlapMethod.PRODUCT, tuple(members), basis={YEAR: D(basis)})


def fixed(members, stated, *, key="o", source="road", **kwargs):
    return OverlapInput(key, source, OverlapMethod.FIXED, tuple(members), stated={YEAR: D(stated)}, **kwargs)


def budget(lines=(), overlaps=(), *, reference=None, ceiling="495", **kwargs):
    reference = {"road": "1000"} if reference is None else reference
    return BudgetInput(
        years=(YEAR,),
        sources=tuple(reference),
        reference={(source, YEAR): D(tonnes) for source, tonnes in reference.items() if tonnes is not None},
        lines=tuple(lines),
        overlaps=tuple(overlaps),
        ceilings=None if ceiling is None else {YEAR: D(ceiling)},
        **kwargs,
    )


def year_of(*args, **kwargs):
    return compute(budget(*args, **kwargs)).years[YEAR]


def codes(*args, **kwargs):
    given_budget = budget(*args, **kwargs)
    found = problems(given_budget)
    if found:
        with pytest.raises(BudgetError) as refused:
            compute(given_budget)
        assert refused.value.problems == found
    return [problem.code for problem in found]


# The worked examples


def test_worked_example():
    ceiling = ceilings(D(1100), [YEAR], base_year=2009, target_year=2030, percent=D(55))[YEAR]
    row = year_of([line("a", 300), line("b", 200)], [product("ab", 1000)], ceiling=ceiling)
    assert (row.gross, row.overlap, row.net, row.path, row.ceiling, row.gap) == (500, 60, 440, 560, 495, 65)


def test_worked_example_with_a_smaller_basis():
    row = year_of([line("a", 300), line("b", 200)], [product("ab", 600)])
    assert (row.gross, row.overlap, row.net, row.path, row.gap) == (500, 100, 400, 600, 105)


def test_overlap_is_shared_over_lines_and_levels_by_effect():
    result = compute(budget([line("a", 300), line("b", 200, level=NATIONAL)], [product("ab", 1000)]))
    assert {key: found.overlap[YEAR] for key, found in result.lines.items()} == {"a": 36, "b": 24}
    assert result.years[YEAR].net_by_level == {MUNICIPAL: 264, REGIONAL: 0, NATIONAL: 176}


def test_results_read_as_plain_decimals():
    row = year_of([line("a", 300), line("b", 200)], [product("ab", 1000)])
    assert [str(number) for number in (row.overlap, row.net, row.gap)] == ["60", "440", "65"]


# Effects


def test_without_lines_the_path_is_the_reference():
    row = year_of()
    assert (row.reference, row.gross, row.net, row.path, row.gap) == (1000, 0, 0, 1000, 505)


def test_effect_is_split_over_sources():
    result = compute(
        budget(
            [line("a", 200, shares={"road": D("62.5"), "heat": D("37.5")}, already_counted=D(40))],
            reference={"road": "1000", "heat": "100"},
        )
    )
    assert result.cells["road", YEAR].gross == 100
    assert result.cells["heat", YEAR].gross == 60
    assert result.lines["a"].effects == {YEAR: 160}


def test_already_counted_takes_the_effect_to_zero_and_no_further():
    assert year_of([line("a", 30, already_counted=D(40)), line("b", 50)]).gross == 50


def test_only_quantified_lines_in_scope_count():
    outside = line("a", 300, scope_counts=False, shares={})
    unquantified = line("b", 0, quantified=False, shares={}, effects={})
    result = compute(budget([outside, unquantified, line("c", 10)]))
    assert result.years[YEAR].gross == 10
    assert list(result.lines) == ["c"]
    assert result.years[YEAR].unknown_lines == ()


@pytest.mark.parametrize("effects", [{}, {YEAR: None}])
def test_unknown_effect_is_not_zero(effects):
    result = compute(budget([line("a", 0, effects=effects), line("zero", 0), line("b", 10)]))
    assert result.years[YEAR].unknown_lines == ("a",)
    assert result.lines["a"].effects == {YEAR: None}
    assert result.lines["a"].net == {YEAR: None}
    assert result.lines["a"].unknown_years == (YEAR,)
    assert result.lines["zero"].effects == {YEAR: 0}
    assert result.years[YEAR].gross == 10


def test_unknown_reference_is_not_zero():
    result = compute(budget([line("a", 10)], reference={"road": "1000", "sf6": None}))
    row = result.years[YEAR]
    assert row.unknown_reference == ("sf6",)
    assert (row.reference, row.path, row.gap, row.band) == (None, None, None, None)
    assert (row.gross, row.net, row.ceiling) == (10, 10, 495)
    assert result.cells["road", YEAR].path == 990
    assert year_of([line("a", 10)], reference={"road": "1000", "sf6": "0"}).path == 990


def test_footprint_budget_has_no_ceiling_and_no_gap():
    row = year_of([line("a", Effect(D(10), D(5)))], ceiling=None)
    assert (row.path, row.ceiling, row.gap) == (990, None, None)
    assert (row.band.path_high, row.band.gap_high) == (995, None)


# Overlap


@pytest.mark.parametrize(
    ("effects", "stated", "overlap"),
    [
        ((300, 200), 50, 50),
        ((300, 200), 999, 200),  # never more than all but the largest
        ((300, 200, 100), 999, 300),
        ((300, 0), 50, 0),  # fewer than two above zero
        ((0, 0), 50, 0),
        ((300, 200), 0, 0),
    ],
)
def test_fixed_overlap(effects, stated, overlap):
    lines = [line(key, tonnes) for key, tonnes in zip("abc", effects, strict=False)]
    row = year_of(lines, [fixed([found.key for found in lines], stated)])
    assert (row.gross, row.overlap) == (sum(effects), overlap)


def test_product_overlap_of_one_line_or_no_basis_is_zero():
    assert year_of([line("a", 300), line("b", 0)], [product("ab", 300)]).overlap == 0
    assert year_of([line("a", 0), line("b", 0)], [product("ab", 0)]).overlap == 0


def test_product_overlap_of_lines_that_each_take_the_whole_basis():
    assert year_of([line("a", 300), line("b", 300)], [product("ab", 300)]).net == 300


def test_product_overlap_that_does_not_divide_evenly():
    row = year_of([line("a", 1), line("b", 1)], [product("ab", 3)])
    assert row.overlap == D("0.333333333333")
    assert row.net + row.overlap == 2


def test_effects_finer_than_the_cut_divisions():
    """Twelve decimals are kept of a quotient; what is finer must not turn into a negative overlap or net."""
    lines = [line("a", "1.00000000000049"), line("b", "0.0000000000006"), line("c", "0.0000000000007")]
    assert year_of(lines[1:], [product("bc", 1)]).overlap == 0
    emptied = compute(budget(lines, reference={"road": "0"}))
    assert {found.net[YEAR] for found in emptied.lines.values()} == {D(0)}


def test_overlaps_of_one_source_are_added_and_leave_other_lines_alone():
    lines = [line("a", 300), line("b", 200), line("c", 100), line("d", 50), line("e", 7)]
    result = compute(budget(lines, [product("ab", 1000, key=1), fixed("cd", 20, key=2)]))
    assert result.years[YEAR].overlap == 80
    assert result.lines["e"].net == {YEAR: 7}


def test_overlap_stands_only_for_the_years_it_names():
    two_years = {YEAR: Effect(D(300)), 2031: Effect(D(300))}
    given_budget = replace(
        budget([line("a", 0, effects=two_years), line("b", 0, effects=two_years)], [product("ab", 1000)]),
        years=(YEAR, 2031),
        reference={("road", YEAR): D(1000), ("road", 2031): D(1000)},
    )
    assert [row.overlap for row in compute(given_budget).years.values()] == [90, 0]


def test_excess_above_the_reference_is_shared_by_effect():
    lines = [line("a", 900), line("b", 600, level=NATIONAL)]
    result = compute(budget(lines))
    cell, row = result.cells["road", YEAR], result.years[YEAR]
    assert (cell.gross, cell.excess, cell.overlap, cell.net, cell.path) == (1500, 500, 500, 1000, 0)
    assert row.net_by_level == {MUNICIPAL: 600, REGIONAL: 0, NATIONAL: 400}


def test_excess_comes_after_overlap():
    lines = [line("a", 600), line("b", 600), line("c", 600)]
    cell = compute(budget(lines, [product("ab", 1000)])).cells["road", YEAR]
    assert (cell.gross, cell.overlap, cell.excess, cell.net) == (1800, 800, 440, 1000)


def test_excess_never_takes_more_than_a_line_has_left():
    """By effect alone each of the six lines would give 50, more than the 33.3 the first three have left."""
    lines = [line(key, 100, level=MUNICIPAL if key in "abc" else NATIONAL) for key in "abcdef"]
    result = compute(budget(lines, [product("abc", 100)], reference={"road": "100"}))
    assert result.years[YEAR].net == 100
    assert result.years[YEAR].net_by_level == {MUNICIPAL: 0, REGIONAL: 0, NATIONAL: 100}
    assert all(found.net[YEAR] >= 0 for found in result.lines.values())


# Uncertainty


def test_band_runs_the_arithmetic_with_low_and_high():
    lines = [line("a", Effect(D(300), D(200), D(400))), line("b", Effect(D(200), None, D(300)))]
    row = year_of(lines, [product("ab", 1000)], reference_range={("road", YEAR): (D(900), D(1050))})
    assert row.gap == 65
    assert row.band.path_low == 900 - 580  # high effects, low reference
    assert row.band.path_high == 1050 - 360  # low effects, high reference
    assert (row.band.gap_low, row.band.gap_high) == (-175, 195)


def test_no_range_means_no_band():
    assert year_of([line("a", 300)]).band is None
    assert year_of([line("a", Effect(D(300), D(300), D(300)))]).band.path_low == 700


def test_band_stops_at_zero():
    row = year_of([line("a", Effect(D(900), D(900), D(5000)))])
    assert (row.path, row.band.path_low, row.band.path_high) == (100, 0, 100)


# Refusals


@pytest.mark.parametrize(
    ("lines", "overlaps", "code"),
    [
        ([line("a", -1)], [], Code.NEGATIVE_EFFECT),
        ([line("a", Effect(D(1), D(-1)))], [], Code.NEGATIVE_EFFECT),
        ([line("a", Effect(D(1), D(2)))], [], Code.ESTIMATES_OUT_OF_ORDER),
        ([line("a", Effect(D(3), None, D(2)))], [], Code.ESTIMATES_OUT_OF_ORDER),
        ([line("a", 1, already_counted=D(-1))], [], Code.NEGATIVE_ALREADY_COUNTED),
        ([line("a", 1), line("a", 1)], [], Code.DUPLICATE_LINE),
        ([line("a", 1, effects={2029: Effect(D(1))})], [], Code.YEAR_OUTSIDE_BUDGET),
        ([line("a", 1, shares={"road": D("99.99")})], [], Code.SHARES_NOT_100),
        ([line("a", 1, shares={})], [], Code.SHARES_NOT_100),
        ([line("a", 1, shares={"sea": D(100)})], [], Code.UNKNOWN_SOURCE),
        ([line("a", 1)], [product("az", 10)], Code.UNKNOWN_LINE),
        ([line("a", 1)], [product("a", 10, source="sea")], Code.UNKNOWN_SOURCE),
        ([line("a", 1)], [product("a", 1001)], Code.BASIS_ABOVE_REFERENCE),
        ([line("a", 0)], [product("a", -1)], Code.NEGATIVE_BASIS),
        ([line("a", 1)], [fixed("a", -1)], Code.NEGATIVE_STATED),
        ([line("a", 11)], [product("a", 10)], Code.EFFECT_ABOVE_BASIS),
        ([line("a", 1)], [product("a", 0)], Code.EFFECT_ABOVE_BASIS),
        ([line("a", Effect(D(9), None, D(11)))], [product("a", 10)], Code.EFFECT_ABOVE_BASIS),
        ([line("a", 11)], [fixed("a", 1, basis={YEAR: D(10)})], Code.EFFECT_ABOVE_BASIS),
        ([line("a", 1)], [product("a", 10, key=1), product("a", 10, key=2)], Code.LINE_IN_TWO_OVERLAPS),
        ([line("a", 1)], [product("a", 10, key=1), fixed("a", 10, key=2)], Code.LINE_IN_TWO_OVERLAPS),
        ([line("a", 1)], [product("aa", 10)], Code.LINE_IN_TWO_OVERLAPS),
        (
            [line("a", 1)],
            [OverlapInput("o", "road", OverlapMethod.PRODUCT, ("a",), stated={YEAR: D(1)})],
            Code.BASIS_MISSING,
        ),
        (
            [line("a", 1)],
            [OverlapInput("o", "road", OverlapMethod.FIXED, ("a",), basis={YEAR: D(10)})],
            Code.STATED_MISSING,
        ),
        (
            [line("a", 1)],
            [OverlapInput("o", "road", OverlapMethod.FIXED, ("a",), stated={2029: D(10)})],
            Code.YEAR_OUTSIDE_BUDGET,
        ),
    ],
)
def test_refused(lines, overlaps, code):
    assert codes(lines, overlaps) == [code]


def test_negative_share_is_refused_even_when_the_sum_is_100():
    shares = {"road": D(150), "heat": D(-50)}
    assert codes([line("a", 1, shares=shares)], reference={"road": "9", "heat": "9"}) == [Code.NEGATIVE_SHARE]


def test_reference_outside_its_range_or_below_zero_is_refused():
    assert codes(reference={"road": "-1"}) == [Code.NEGATIVE_REFERENCE]
    assert codes(reference_range={("road", YEAR): (D(1001), D(1002))}) == [Code.REFERENCE_OUTSIDE_RANGE]
    assert codes(reference_range={("road", YEAR): (D(-1), D(1002))}) == [Code.REFERENCE_OUTSIDE_RANGE]


def test_a_line_may_be_in_overlaps_of_different_sources():
    shares = {"road": D(50), "heat": D(50)}
    lines = [line("a", 100, shares=shares), line("b", 100, shares=shares)]
    overlaps = [product("ab", 100, key=1), product("ab", 100, key=2, source="heat")]
    assert year_of(lines, overlaps, reference={"road": "1000", "heat": "1000"}).overlap == 50


def test_what_is_already_counted_is_not_held_against_the_basis():
    lines = [line("a", 300, already_counted=D(100)), line("b", 100)]
    assert year_of(lines, [product("ab", 200)]).net == 200


def test_all_problems_are_found_at_once_and_say_where():
    found = problems(budget([line("a", -1), line("b", 20)], [product("b", 10)]))
    assert [(problem.code, problem.line, problem.year) for problem in found] == [
        (Code.NEGATIVE_EFFECT, "a", YEAR),
        (Code.EFFECT_ABOVE_BASIS, "b", YEAR),
    ]
    assert (found[1].overlap, found[1].source, found[1].value, found[1].limit) == ("o", "road", 20, 10)


def test_lines_that_do_not_count_are_not_held_against_the_basis():
    lines = [line("a", 900, scope_counts=False, shares={"road": D(100)}), line("b", 10)]
    assert codes(lines, [product("ab", 20)]) == []


# Sectors


def test_a_sector_with_a_ceiling_and_no_source_is_a_row():
    rows = by_sector(
        compute(budget([line("a", 100)])),
        {"road": "transport"},
        {("transport", YEAR): D(400), ("fluor", YEAR): D(95)},
    )
    assert rows["transport", YEAR].gap == 500
    assert (rows["fluor", YEAR].path, rows["fluor", YEAR].gap) == (0, -95)


def test_sector_without_ceilings_or_reference():
    result = compute(budget([line("a", 100)], reference={"road": "1000", "sf6": None}))
    rows = by_sector(result, {"road": "transport", "sf6": "fluor"}, None)
    assert (rows["transport", YEAR].path, rows["transport", YEAR].gap) == (900, None)
    assert rows["fluor", YEAR].path is None
    with pytest.raises(KeyError):
        by_sector(result, {"road": "transport"}, None)
