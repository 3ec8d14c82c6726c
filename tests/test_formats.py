"""Norwegian numbers and dates, read and written."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from web import formats
from web.formats import (
    days_until,
    format_date,
    format_datetime,
    format_number,
    format_percent,
    format_time,
    format_weekday,
    parse_norsk_dato,
    parse_norsk_tall,
)

SPACES = (
    "\u0020\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
INVISIBLE = "\u200b\ufeff\u2060\t"
figures = st.decimals(min_value=-(10**12), max_value=10**12, allow_nan=False, allow_infinity=False, places=4)


@given(figures)
def test_what_is_written_reads_back_as_the_same_number(value: Decimal) -> None:
    assert parse_norsk_tall(format_number(value)) == value


@given(st.integers(min_value=0, max_value=10**9), st.sampled_from(SPACES + INVISIBLE))
def test_every_unicode_space_may_group_a_number(value: int, space: str) -> None:
    assert parse_norsk_tall(f"{space}{value:,}{space}".replace(",", space)) == value


@given(st.text(max_size=20))
def test_any_text_is_a_finite_number_or_a_norwegian_sentence(text: str) -> None:
    value: Decimal | None = None
    sentence = ""
    try:
        value = parse_norsk_tall(text)
    except ValueError as error:
        sentence = str(error)
    if value is None:
        assert sentence.startswith(("Skriv", "Mener du", "Tallet"))
    else:
        assert value.is_finite()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 234,5", "1234.5"),
        ("1234.5", "1234.5"),
        ("\u221212,5", "-12.5"),
        ("\u201312,5", "-12.5"),
        ("- 12", "-12"),
        ("+3", "3"),
        (",5", "0.5"),
        ("007", "7"),
        ("0.123", "0.123"),
        ("1,234", "1.234"),
        ("1234.567", "1234.567"),
        ("1 234.567", "1234.567"),
        ("1.23", "1.23"),
    ],
)
def test_reads(text: str, value: str) -> None:
    assert parse_norsk_tall(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("1.234", "1\u00a0234 eller 1,234"),
        ("-12.345", "12\u00a0345 eller 12,345"),
        ("1,234.5", "1\u00a0234,5"),
        ("1.234,5", "1\u00a0234,5"),
        ("1.234.567", "tusen med mellomrom og desimaler med komma, for eksempel 1"),
        ("ca 400", "1\u00a0234,5"),
        ("", "1\u00a0234,5"),
        ("–", "1\u00a0234,5"),
        ("5,", "1\u00a0234,5"),
        ("NaN", "1\u00a0234,5"),
        ("Infinity", "1\u00a0234,5"),
        ("1e5", "1\u00a0234,5"),
        ("12 %", "1\u00a0234,5"),
        ("\u0661\u0662", "1\u00a0234,5"),
        ("9" * 31, "for langt"),
    ],
)
def test_refuses_with_an_example(text: str, hint: str) -> None:
    with pytest.raises(ValueError, match=r"\.$") as refused:
        parse_norsk_tall(text)
    assert hint in str(refused.value)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (None, None, "–"),
        (0, None, "0"),
        (Decimal("-0.4"), 0, "0"),
        (-1234, None, "−1\u00a0234"),
        (Decimal("1234567.50"), None, "1\u00a0234\u00a0567,5"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("-2.5"), 0, "−3"),
        (Decimal("3"), 1, "3,0"),
        (Decimal("1E+3"), None, "1\u00a0000"),
        (0.1, None, "0,1"),
        (Decimal("NaN"), 1, "–"),
        (
            Decimal("123456789012345678901234567890.55"),
            1,
            "123 456 789 012 345 678 901 234 567 890,6".replace(" ", "\u00a0"),
        ),
    ],
)
def test_numbers_look_norwegian(value: Decimal | int | float | None, decimals: int | None, text: str) -> None:
    assert format_number(value, decimals) == text


def test_percent() -> None:
    assert format_percent(-55) == "−55\u00a0%"
    assert format_percent(None) == "–"


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [
        ("5", "24", 21),
        ("11", "24", 46),
        ("1", "8", 13),
        ("0", "24", 0),
        ("24", "24", 100),
        ("30", "24", 125),
        # What is not finished is not shown as if it were, nor what is begun as if it were not.
        ("99.6", "100", 99),
        ("0.4", "100", 1),
        ("100.4", "100", 100),
    ],
)
def test_whole_percent(part: str, whole: str, percent: int) -> None:
    assert formats.whole_percent(Decimal(part), Decimal(whole)) == percent


def test_dates_and_times_by_the_clock_in_oslo() -> None:
    late = datetime(2026, 9, 9, 22, 42, tzinfo=UTC)
    assert format_datetime(late) == "10.\u00a0september 2026 kl.\u00a000.42"
    assert format_time(late) == "00.42"
    assert format_date(late) == "10.\u00a0september 2026"
    assert format_weekday(date(2026, 9, 10)) == "torsdag 10.\u00a0september"
    assert format_weekday(date(2028, 1, 4)) == "tirsdag 4.\u00a0januar 2028"
    assert format_weekday(date(2025, 12, 31)) == "onsdag 31.\u00a0desember 2025"
    # By the clock in Oslo: in Greenwich it is still this year.
    assert format_weekday(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == "fredag 1.\u00a0januar 2027"
    assert format_date(None) == format_datetime(None) == format_time(None) == "–"


@pytest.mark.parametrize(
    ("day", "words"),
    [(14, "om 4 dager"), (11, "i morgen"), (10, "i dag"), (9, "i går"), (7, "for 3 dager siden")],
)
def test_days_until(day: int, words: str) -> None:
    assert days_until(date(2026, 9, day), date(2026, 9, 10)) == words


@given(st.dates(min_value=date(1000, 1, 1)))
def test_dates_read_back(day: date) -> None:
    assert parse_norsk_dato(format_date(day)) == day
    assert parse_norsk_dato(formats.format_numeric_date(day)) == day
    assert parse_norsk_dato(day.isoformat()) == day


@pytest.mark.parametrize(
    "text", ["31.12.2026", "31. desember 2026", "31 des. 2026", "2026-12-31", "31/12/2026"]
)
def test_reads_dates(text: str) -> None:
    assert parse_norsk_dato(text) == date(2026, 12, 31)


@pytest.mark.parametrize(
    "text", ["", "31.12.26", "31.02.2026", "12/31/2026", "1. ma 2026", "i morgen", "0.0.0000"]
)
def test_refuses_dates(text: str) -> None:
    with pytest.raises(ValueError, match=r"31\.12\.2026"):
        parse_norsk_dato(text)


ROOMS = "budget climate_portal emissions klimalaget leadership organisation publishing reporting strategy web"


def test_figures_in_sentences_do_not_break_at_the_end_of_a_line() -> None:
    """«1 234,5» in a text to translate has the space that figures have elsewhere."""
    sources = [path for room in ROOMS.split() for path in (Path(settings.BASE_DIR) / room).rglob("*.py")]
    sources += (Path(settings.BASE_DIR) / "templates").rglob("*.html")
    grouped = re.compile(r"""(?:gettext|gettext_lazy|\b_|translate)[( ]\s*["'][^"'\n]*\b\d{1,3} \d{3}\b""")
    found = [f"{path.name}: {text}" for path in sources for text in grouped.findall(path.read_text())]
    assert found == []
    assert grouped.search('_("for eksempel 1 234,5")')
