"""Changes, shares and emissions per inhabitant, worked by hand and as properties."""

from __future__ import annotations

from decimal import Decimal as D

from hypothesis import given
from hypothesis import strategies as st

from emissions.calculations import (
    NO_ROW,
    Value,
    change,
    per_inhabitant,
    percent_change,
    share,
    timeline,
    total,
)
from emissions.enums import Absence, MissingReason

tonnes = st.decimals(0, 10**14, places=6).map(Value)
UNKNOWN = Value(None, (MissingReason.CONFIDENTIAL,))
PARTIAL = Value(D(10), (MissingReason.NOT_ESTIMATED,))
NOTHING = Value(None, (MissingReason.NOT_OCCURRING,))


def test_worked_by_hand() -> None:
    assert change(Value(D(300_000)), Value(D(212_000))) == Value(D(-88_000))
    assert percent_change(Value(D(300_000)), Value(D(212_000))) == Value(D("-29.333333"))
    assert share(Value(D(1)), Value(D(8))) == Value(D("12.5"))
    assert per_inhabitant(Value(D(210_000)), 103_291) == Value(D("2.033091"))


def test_unknown_is_never_compared_and_known_nothing_is_zero() -> None:
    for missing in (UNKNOWN, PARTIAL):
        for made in (change(missing, Value(D(1))), percent_change(Value(D(1)), missing)):
            assert made == Value(None, missing.reasons)
        assert share(missing, Value(D(1))).number is None
        assert per_inhabitant(missing, 10).reasons == missing.reasons
    assert change(Value(D(5)), NOTHING) == Value(D(-5))
    assert percent_change(NOTHING, Value(D(5))) == Value(None, (Absence.ZERO_BASE,))
    assert share(Value(D(0)), Value(D(0))) == Value(None, (Absence.ZERO_BASE,))
    assert per_inhabitant(Value(D(1)), None) == Value(None, (Absence.NO_INHABITANTS,))


def test_a_sum_keeps_the_reasons_of_its_parts() -> None:
    assert total([Value(D(1)), UNKNOWN, NO_ROW]) == Value(D(1), UNKNOWN.reasons)
    assert total([NO_ROW, NO_ROW]) == NO_ROW
    assert total([UNKNOWN]).number is None


def test_the_years_between_and_after() -> None:
    assert timeline((2009, 2011), 2012) == (
        (2009, None),
        (2010, Absence.YEAR_LEFT_OUT),
        (2011, None),
        (2012, Absence.NOT_YET_PUBLISHED),
    )
    assert timeline((2024,), 2020) == ((2024, None),)


@given(tonnes, tonnes)
def test_there_and_back_is_no_change(first: Value, second: Value) -> None:
    there, back = change(first, second).number, change(second, first).number
    assert there is not None
    assert back is not None
    assert there + back == 0


@given(st.lists(tonnes, min_size=1, max_size=12))
def test_shares_add_up_to_a_hundred(parts: list[Value]) -> None:
    everything = total(parts)
    shares = [share(part, everything).number for part in parts]
    if everything.number:
        assert abs(sum(one for one in shares if one is not None) - 100) < D("0.0001")
    else:
        assert shares == [None] * len(parts)
