"""What stands out in a reported status, and what lacks an explanation: the rules, one by one, by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.calculations.remarks import Found, Said, missing_explanations, outliers
from reporting.enums import OFF_PLAN, PeriodKind, Remark, Status
from reporting.words.remarks import sentence
from strategy.enums import Direction

FINE = Said(
    status=Status.ON_TRACK,
    year=2026,
    period=PeriodKind.SECOND_TERTIAL,
    read_on=date(2026, 9, 20),
    what_happened="Vi følger planen.",
    asked=True,
    value=Decimal(20),
    target=Decimal(24),
    effect=Decimal(40),
    previous_status=Status.ON_TRACK,
    previous_value=Decimal(10),
)
LATE = replace(
    FINE,
    status=Status.DELAYED,
    cause="Levering.",
    corrective_action="Leier.",
    new_date=date(2027, 5, 31),
    delayed_share=Decimal(50),
)


def remarks(one: Said) -> list[Remark]:
    return [found.remark for found in outliers(one)]


def test_what_is_fine_has_no_remark() -> None:
    for one in (FINE, LATE):
        assert (outliers(one), missing_explanations(one)) == ([], [])


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (24, []),
        # At the limit it is not far above.
        (30, []),
        (31, [Remark.EFFECT_ABOVE_BUDGET]),
        (40, [Remark.EFFECT_ABOVE_BUDGET]),
    ],
)
def test_a_result_far_above_the_target_is_more_effect_than_the_budget_has(
    value: int, found: list[Remark]
) -> None:
    assert remarks(replace(FINE, value=Decimal(value))) == found


def test_the_derived_effect_by_hand() -> None:
    # 36 of 24 is one and a half: 60 t where the budget has 40.
    assert outliers(replace(FINE, value=Decimal(36))) == [
        Found(Remark.EFFECT_ABOVE_BUDGET, Decimal(60), Decimal(40))
    ]


@pytest.mark.parametrize(
    "change",
    [{"effect": None}, {"effect": Decimal(0)}, {"target": None}, {"direction": Direction.DOWN}],
)
def test_no_effect_is_derived_without_figures_to_derive_it_from(change: dict[str, object]) -> None:
    assert Remark.EFFECT_ABOVE_BUDGET not in remarks(replace(FINE, value=Decimal(99), **change))


@pytest.mark.parametrize(
    ("period", "value", "found"),
    [
        # 24 in the year is 8, 16 and 24 by the end of each tertial; far below is under half of it.
        (PeriodKind.FIRST_TERTIAL, 4, False),
        (PeriodKind.FIRST_TERTIAL, 3, True),
        (PeriodKind.SECOND_TERTIAL, 8, False),
        (PeriodKind.SECOND_TERTIAL, 7, True),
        (PeriodKind.ANNUAL, 12, False),
        (PeriodKind.ANNUAL, 11, True),
    ],
)
def test_on_track_far_below_what_should_be_there(period: PeriodKind, value: int, found: bool) -> None:
    one = replace(FINE, period=period, value=Decimal(value), previous_value=None)
    assert (remarks(one) == [Remark.BETTER_THAN_INDICATOR]) == found


@pytest.mark.parametrize(
    ("direction", "value", "found"),
    [
        (Direction.UP, 23, True),
        (Direction.UP, 24, False),
        (Direction.DOWN, 25, True),
        (Direction.DOWN, 24, False),
        (Direction.KEEP, 1, False),
    ],
)
def test_completed_short_of_the_target(direction: Direction, value: int, found: bool) -> None:
    one = replace(
        FINE, status=Status.COMPLETED, direction=direction, value=Decimal(value), previous_value=None
    )
    assert (Remark.BETTER_THAN_INDICATOR in remarks(one)) == found


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"delayed_share": None}, True),
        ({"delayed_share": None, "new_date": date(2026, 12, 31)}, False),
        ({"delayed_share": None, "effect": None}, False),
        ({}, False),
    ],
)
def test_late_with_nothing_said_to_be_lost(change: dict[str, object], found: bool) -> None:
    assert (Remark.SHARE_MISSING in remarks(replace(LATE, **change))) == found


def test_a_date_that_has_passed() -> None:
    assert remarks(replace(LATE, new_date=date(2026, 9, 19))) == [Remark.DATE_PASSED]
    assert remarks(replace(LATE, new_date=date(2026, 9, 20))) == []


def test_a_result_worse_than_last_time() -> None:
    assert remarks(replace(FINE, value=Decimal(9), previous_value=Decimal(10))) == [Remark.FELL_BACK]
    # Said to be late, it is no surprise.
    assert remarks(replace(LATE, value=Decimal(9), previous_value=Decimal(10))) == []
    fewer = replace(FINE, direction=Direction.DOWN, value=Decimal(11), previous_value=Decimal(10))
    assert remarks(fewer) == [Remark.FELL_BACK]


def test_not_started_while_the_budget_counts_on_it() -> None:
    waiting = replace(FINE, status=Status.NOT_STARTED_PLANNED, value=None)
    assert remarks(waiting) == [Remark.NOT_STARTED_BUT_COUNTED]
    assert remarks(replace(waiting, effect=Decimal(0))) == []
    assert remarks(replace(waiting, effect=None)) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"status": ""}, [Remark.STATUS_MISSING]),
        ({"status": Status.DELAYED}, [Remark.CAUSE_MISSING]),
        ({"status": Status.COMPLETED, "what_happened": " "}, [Remark.CHANGE_UNEXPLAINED]),
        ({"what_happened": ""}, []),
        ({"value": None}, [Remark.RESULT_MISSING]),
        ({"value": None, "asked": False}, []),
        ({"value": None, "status": Status.NOT_STARTED_PLANNED}, []),
        ({"decided": True}, [Remark.FOLLOW_UP_MISSING]),
        ({"decided": True, "follow_up": "Bestilt."}, []),
    ],
)
def test_what_lacks_an_explanation(change: dict[str, object], found: list[Remark]) -> None:
    one = replace(FINE, **{"previous_status": change.get("status") or Status.ON_TRACK, **change})
    if found == [Remark.CHANGE_UNEXPLAINED]:
        one = replace(one, previous_status=Status.ON_TRACK)
    assert [said.remark for said in missing_explanations(one)] == found


def test_every_remark_has_a_sentence() -> None:
    for remark in Remark:
        words = sentence(Found(remark, Decimal(60), Decimal("40.25")), 2026)
        assert words[0].isupper()
        assert words.endswith(".")
        assert "{" not in words
    assert sentence(Found(Remark.EFFECT_ABOVE_BUDGET, Decimal(60), Decimal(40)), 2026) == (
        "Resultatet er langt over måltallet. Regnet om ville tiltaket kuttet 60 tonn i 2026, "
        "og budsjettet regner med 40."
    )


_amount = st.none() | st.decimals(-1000, 1000, places=2)


@given(
    status=st.sampled_from(["", *Status]),
    period=st.sampled_from(list(PeriodKind)),
    direction=st.sampled_from(list(Direction)),
    value=_amount,
    target=_amount,
    effect=st.none() | st.decimals(0, 1000, places=2),
    previous=_amount,
    share=st.none() | st.decimals(1, 100, places=2),
    new_date=st.sampled_from([None, date(2026, 9, 19), date(2026, 12, 31), date(2027, 1, 1)]),
)
def test_whatever_is_said_the_rules_answer(
    status: str,
    period: PeriodKind,
    direction: Direction,
    value: Decimal | None,
    target: Decimal | None,
    effect: Decimal | None,
    previous: Decimal | None,
    share: Decimal | None,
    new_date: date | None,
) -> None:
    one = replace(
        FINE,
        status=status,
        period=period,
        direction=direction,
        value=value,
        target=target,
        effect=effect,
        previous_value=previous,
        delayed_share=share,
        new_date=new_date,
    )
    found = outliers(one)
    # Unknown is not zero: nothing is derived from a figure that is not there.
    if value is None:
        assert not {Remark.EFFECT_ABOVE_BUDGET, Remark.BETTER_THAN_INDICATOR} & {x.remark for x in found}
    for x in found:
        if x.remark == Remark.EFFECT_ABOVE_BUDGET:
            assert x.said is not None
            assert x.against is not None
            assert x.said > x.against > 0
        if x.remark in (Remark.SHARE_MISSING, Remark.DATE_PASSED):
            assert status in OFF_PLAN
        assert sentence(x, 2026)
