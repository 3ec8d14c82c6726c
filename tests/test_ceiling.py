"""Base year and ceiling per year: architecture §4, first two lines."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy.calculations import base_emissions, ceiling, ceiling_percent, ceilings, sector_ceilings

D = Decimal
DRAMMEN = {"base_year": 2009, "target_year": 2030, "percent": D(55)}
tonnes = st.integers(0, 10**12).map(lambda n: D(n).scaleb(-6))
percents = st.integers(0, 10_000).map(lambda n: D(n).scaleb(-2))


def test_straight_line_starts_at_zero_and_ends_at_the_target():
    assert ceiling_percent(2009, **DRAMMEN) == 0
    assert ceiling_percent(2030, **DRAMMEN) == 55
    assert ceiling_percent(2010, **DRAMMEN) == D("2.619047619048")  # 55/21
    assert ceiling_percent(2020, base_year=2010, target_year=2030, percent=D(50)) == 25


def test_ceiling_stays_after_the_target_year():
    assert ceiling_percent(2031, **DRAMMEN) == 55
    assert ceiling_percent(2050, **DRAMMEN, adopted={2030: D(60)}) == 60


def test_adopted_percent_stands_also_in_the_target_year():
    adopted = {2027: D("41.5"), 2030: D("57")}
    assert ceiling_percent(2027, **DRAMMEN, adopted=adopted) == D("41.5")
    assert ceiling_percent(2030, **DRAMMEN, adopted=adopted) == 57


def test_years_between_adopted_ones_follow_the_line_between_neighbours():
    adopted = {2024: D(20), 2026: D(30)}
    assert ceiling_percent(2025, **DRAMMEN, adopted=adopted) == 25
    assert ceiling_percent(2028, **DRAMMEN, adopted=adopted) == D("42.5")  # halfway from 30 to 55
    assert ceiling_percent(2012, **DRAMMEN, adopted=adopted) == 4  # 3/15 of the way to 20


def test_a_new_start_from_an_actual_year_is_an_adopted_percent():
    above_the_base = {2020: D(-10)}
    assert ceiling_percent(2020, **DRAMMEN, adopted=above_the_base) == -10
    assert ceiling(D(1000), ceiling_percent(2020, **DRAMMEN, adopted=above_the_base)) == 1100
    assert ceiling_percent(2025, **DRAMMEN, adopted=above_the_base) == D("22.5")


def test_ceiling_in_tonnes():
    assert ceiling(D(1100), D(55)) == 495
    assert ceilings(D(1100), [2009, 2030, 2035], **DRAMMEN) == {2009: 1100, 2030: 495, 2035: 495}


def test_ceiling_is_exact_beyond_the_default_precision():
    base, percent = D("99999999999999.999999"), D("2.619047619048")
    kept = Fraction(100 * 10**12 - 2_619047619048, 100 * 10**12)
    assert Fraction(ceiling(base, percent)) == Fraction(99999999999999_999999, 10**6) * kept


@pytest.mark.parametrize(
    ("year", "target"),
    [
        (2008, DRAMMEN),
        (2020, {**DRAMMEN, "target_year": 2009}),
        (2020, {**DRAMMEN, "percent": D("100.01")}),
        (2020, {**DRAMMEN, "percent": D("-1")}),
        (2020, {**DRAMMEN, "adopted": {2009: D(1)}}),
        (2020, {**DRAMMEN, "adopted": {2031: D(60)}}),
        (2020, {**DRAMMEN, "adopted": {2025: D(101)}}),
    ],
)
def test_impossible_targets_are_refused(year, target):
    with pytest.raises(ValueError, match=r"\d"):
        ceiling_percent(year, **target)


def test_negative_base_is_refused():
    with pytest.raises(ValueError, match="negative"):
        ceiling(D(-1), D(55))


def test_base_names_what_it_does_not_know():
    base = base_emissions({"Personbiler": D("72000.5"), "Busser": D(0), "Bruk av SF6": None})
    assert base.tonnes == D("72000.5")
    assert base.unknown == ("Bruk av SF6",)
    assert base_emissions({"Busser": D(0)}).unknown == ()


def test_base_year_the_edition_lacks_is_refused():
    with pytest.raises(ValueError, match="base year"):
        base_emissions({"Personbiler": None})
    with pytest.raises(ValueError, match="base year"):
        base_emissions({})


@given(
    bases=st.dictionaries(st.sampled_from("abcdefgh"), tonnes, min_size=1),
    percent=percents,
    adopted=st.dictionaries(st.integers(2010, 2030), percents, max_size=4),
    base_year=st.integers(1990, 2009),
)
def test_sector_ceilings_add_up_to_the_ceiling(bases, percent, adopted, base_year):
    target = {"base_year": base_year, "target_year": 2030, "percent": percent, "adopted": adopted}
    years = range(base_year, 2036)
    whole = ceilings(sum(bases.values()), years, **target)
    parts = sector_ceilings(bases, years, **target)
    for year in years:
        assert sum(parts[sector, year] for sector in bases) == whole[year]
        assert 0 <= whole[year] <= sum(bases.values())


@given(percent=percents, year=st.integers(2009, 2040))
def test_the_straight_line_only_goes_down(percent, year):
    target = {**DRAMMEN, "percent": percent}
    assert ceiling_percent(year, **target) <= ceiling_percent(year + 1, **target) <= percent
