"""The reference path from a source's own history: flat and trend."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.calculations.reference import flat_path, trend_path

AHEAD = range(2025, 2031)
TONNES = st.decimals(min_value=0, max_value=10**7, places=3)
HISTORIES = st.dictionaries(st.integers(2009, 2024), TONNES, min_size=2)


def history(**years: int) -> dict[int, Decimal]:
    return {int(year.removeprefix("y")): Decimal(tonnes) for year, tonnes in years.items()}


def test_flat_is_the_last_year() -> None:
    assert flat_path(history(y2023=90, y2024=80), AHEAD) == dict.fromkeys(AHEAD, Decimal(80))
    with pytest.raises(ValueError, match="no history"):
        flat_path({}, AHEAD)


def test_trend_goes_on_from_the_last_year() -> None:
    """100, 90, 80: ten a year. With 85 in 2024 the slope is −7.5 and the path begins at 85."""
    straight = trend_path(history(y2022=100, y2023=90, y2024=80), AHEAD, 3)
    assert (straight[2025], straight[2030]) == (70, 20)
    bent = trend_path(history(y2020=500, y2022=100, y2023=90, y2024=85), AHEAD, 3)
    assert (bent[2025], bent[2030]) == (Decimal("77.5"), 40)


def test_a_year_without_figures_is_left_out_not_zero() -> None:
    assert trend_path(history(y2021=110, y2023=90, y2024=80), AHEAD, 3)[2025] == 70


def test_too_few_years_make_no_trend() -> None:
    for last in (0, 1, 3):
        with pytest.raises(ValueError, match="too few"):
            trend_path(history(y2023=90, y2024=80), AHEAD, last)


@given(known=HISTORIES, data=st.data())
def test_a_trend_is_never_negative_and_a_standstill_is_flat(
    known: dict[int, Decimal], data: st.DataObject
) -> None:
    last = data.draw(st.integers(2, len(known)))
    assert min(trend_path(known, AHEAD, last).values()) >= 0
    still = dict.fromkeys(known, Decimal(7))
    assert trend_path(still, AHEAD, last) == flat_path(still, AHEAD)
