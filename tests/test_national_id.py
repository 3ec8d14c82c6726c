"""Whether a text holds a fødselsnummer: every kind of them, however it is written, and little else."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from web.national_id import holds_national_id, is_national_id

FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2)
SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
KINDS = [(0, 0), (40, 0), (0, 40), (0, 80), (0, 65), (40, 80), (40, 65)]


def national_id(born: date, individual: int, kind: tuple[int, int], rest: int = 0) -> str | None:
    """Made the other way than it is tried: by what the check digits are worked out to; None for no such."""
    day, month = born.day + kind[0], born.month + kind[1]
    nine = f"{day:02d}{month:02d}{born.year % 100:02d}{individual:03d}"
    k1 = (11 + rest - sum(w * int(d) for w, d in zip(FIRST, nine, strict=True)) % 11) % 11
    if k1 == 10:
        return None
    k2 = (11 - sum(w * int(d) for w, d in zip(SECOND, f"{nine}{k1}", strict=True)) % 11) % 11
    return None if k2 == 10 else f"{nine}{k1}{k2}"


@st.composite
def valid_ones(draw: st.DrawFn) -> str:
    born = draw(st.dates(date(1855, 1, 1), date(2050, 12, 31)))
    made = national_id(
        born, draw(st.integers(0, 999)), draw(st.sampled_from(KINDS)), draw(st.sampled_from([0, 0, 1, 2, 3]))
    )
    assume(made is not None)
    assert made is not None
    return made


@pytest.mark.parametrize("known", ["02013299997", "30108299920", "30108299939"])
def test_the_examples_of_skatteetaten(known: str) -> None:
    """«Nytt fødselsnummer fra 2032»: two of the old rule, and one with the remainder 1."""
    assert is_national_id(known)
    assert holds_national_id(int(known))


@given(valid_ones())
def test_every_kind_is_seen_however_it_is_written(number: str) -> None:
    assert is_national_id(number)
    for written in (
        number,
        f" {number}\n",
        f"{number[:6]} {number[6:]}",
        f"{number[:6]}.{number[6:]}",
        f"{number[:6]}-{number[6:]}",
        f"{number[:6]}\u00a0{number[6:]}",
        f"{number[:3]}\u200b{number[3:]}",
        f"f.nr. {number}, fast ansatt",
        f"Kari({number})",
        f"fnr{number}x",
        number.translate({ord("0") + n: 0xFF10 + n for n in range(10)}),
        int(number),
        float(number),
        str(int(number)),
        f"{int(number)},0",
    ):
        assert holds_national_id(written), repr(written)


@given(valid_ones(), st.integers(1, 9), st.integers(0, 10))
def test_a_number_with_one_wrong_digit_is_none(number: str, more: int, at: int) -> None:
    """But for those where the wider rule of 2032 lets another first check digit through."""
    wrong = number[:at] + str((int(number[at]) + more) % 10) + number[at + 1 :]
    second = sum(w * int(d) for w, d in zip((*SECOND, 1), wrong, strict=True)) % 11
    assert second != 0
    assert not is_national_id(wrong)


@given(valid_ones(), st.sampled_from("0123456789"))
def test_a_part_of_a_longer_number_is_none(number: str, more: str) -> None:
    assert not holds_national_id(number + more)
    assert not holds_national_id(more + number)
    assert not holds_national_id(f"a {more}{number} b")


def test_other_numbers_are_let_through() -> None:
    """Amounts, phone numbers and random digits, but for the few that pass the date and both check digits."""
    for other in (
        None,
        True,
        "",
        "32 04 60 00",
        "+47 32 04 60 00",
        "004732046000",
        1_234_567.89,
        12345678901,
        "99999999999",
        "00000000000",
        10**40,
        float("inf"),
        float("nan"),
        "3005 28 56789",
        "2026-11-30T12:00:00",
        "31.12.2026",
        "960101",
    ):
        assert not holds_national_id(other), repr(other)
    some = random.Random(7)
    numbers = [f"{some.randrange(10**11):011d}" for _n in range(20_000)]
    seen = [number for number in numbers if holds_national_id(number)]
    assert len(seen) < len(numbers) / 50
    # None of them by chance alone: the second check digit is right in every one.
    assert all(sum(w * int(d) for w, d in zip((*SECOND, 1), n, strict=True)) % 11 == 0 for n in seen)


def test_days_there_are_none_of() -> None:
    """The same check digits under days that are in no calendar."""
    for day, month in (
        (0, 1),
        (32, 1),
        (30, 2),
        (31, 4),
        (1, 0),
        (1, 13),
        (39, 1),
        (72, 1),
        (1, 53),
        (1, 93),
    ):
        for individual in range(100):
            nine = f"{day:02d}{month:02d}01{individual:03d}"
            k1 = -sum(w * int(d) for w, d in zip(FIRST, nine, strict=True)) % 11
            k2 = -sum(w * int(d) for w, d in zip(SECOND, f"{nine}{k1}"[:10], strict=False)) % 11
            if max(k1, k2) < 10:
                assert not is_national_id(f"{nine}{k1}{k2}")
    leap = [year for year in range(100) if any(is_national_id(n) for n in _born(29, 2, year))]
    assert leap == list(range(0, 100, 4))
    assert all(later - earlier == 4 for earlier, later in pairwise(leap))


def _born(day: int, month: int, year: int) -> list[str]:
    start = date(2000, month, day) + timedelta(0)
    made = (national_id(start, individual, (0, 0)) for individual in range(50))
    return [one[:4] + f"{year:02d}" + _checked(one[:4] + f"{year:02d}" + one[6:9]) for one in made if one]


def _checked(nine: str) -> str:
    k1 = -sum(w * int(d) for w, d in zip(FIRST, nine, strict=True)) % 11
    k2 = -sum(w * int(d) for w, d in zip(SECOND, f"{nine}{k1}"[:10], strict=False)) % 11
    return nine[6:] + (f"{k1}{k2}" if max(k1, k2) < 10 else "00")
