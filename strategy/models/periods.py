"""A period of the klimabarometer in words, both ways."""

from __future__ import annotations

import re
from datetime import date

from django.utils.translation import gettext as _

from strategy.enums import Frequency
from web.formats import MONTHS, parse_norsk_dato, without_spaces

_QUARTER = re.compile(r"([1-4])\.?(?:kvartal|kv)\.?([0-9]{4})|([0-9]{4})[-/.]?(?:k|q|kv)([1-4])")
_MONTH = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})|([0-9]{1,2})[-/.]([0-9]{4})")
_MONTH_NAME = re.compile(r"([a-zæøå]{3,})\.?([0-9]{4})")
FIRST_YEAR, LAST_YEAR = 1990, 2100


def format_period(frequency: str, start: date) -> str:
    """«september 2026», «3. kvartal 2026» or «2026»."""
    if frequency == Frequency.QUARTER:
        return _("{number}. kvartal {year}").format(number=(start.month + 2) // 3, year=start.year)
    return f"{MONTHS[start.month - 1]} {start.year}" if frequency == Frequency.MONTH else str(start.year)


def short_period(frequency: str, start: date) -> str:
    """As on the axis of a chart: «sep 26», «3.kv. 26» or «2026»."""
    year = f"{start.year % 100:02d}"
    if frequency == Frequency.QUARTER:
        return _("{number}.kv. {year}").format(number=(start.month + 2) // 3, year=year)
    return f"{MONTHS[start.month - 1][:3]} {year}" if frequency == Frequency.MONTH else str(start.year)


def period_example(frequency: str) -> str:
    """How a period of this frequency may be written."""
    examples = {
        Frequency.MONTH: _("«september 2026» eller «2026-09»"),
        Frequency.QUARTER: _("«3. kvartal 2026» eller «2026-K3»"),
        Frequency.YEAR: _("«2026»"),
    }
    return examples[Frequency(frequency)]


def parse_period(frequency: str, text: str) -> date:
    """First day of the period that is written: «3. kvartal 2026», «2026-K3», «september 2026», «2026».

    A whole date is taken where it is the first day of a period, as spreadsheets make dates of months.
    Raises ValueError with a Norwegian sentence that says how to write a period of this frequency.
    """
    plain = without_spaces(text).lower()
    written = _written(plain)
    fits = written is not None and (
        written[0] == frequency or (written[0] == "day" and _begins(frequency, written[1]))
    )
    if written is None or not fits:
        sentence = _("«{text}» er ikke {kind}. Skriv for eksempel {example}.")
        kinds = {
            Frequency.MONTH: _("en måned"),
            Frequency.QUARTER: _("et kvartal"),
            Frequency.YEAR: _("et år"),
        }
        raise ValueError(
            sentence.format(
                text=text.strip()[:40], kind=kinds[Frequency(frequency)], example=period_example(frequency)
            )
        )
    start = written[1]
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise ValueError(
            _("{year} er utenfor {first}–{last}. Se etter at årstallet er riktig.").format(
                year=start.year, first=FIRST_YEAR, last=LAST_YEAR
            )
        )
    return start


def period_code(frequency: str, start: date) -> str:
    """A period as it stands in an address: «2026-09», «2026-K3» or «2026»."""
    if frequency == Frequency.QUARTER:
        return f"{start.year}-K{(start.month + 2) // 3}"
    return f"{start:%Y-%m}" if frequency == Frequency.MONTH else str(start.year)


def parse_any_period(text: str) -> tuple[Frequency, date]:
    """Which month, quarter or year is written, and its first day.

    Raises ValueError with a Norwegian sentence.
    """
    written = _written(without_spaces(text).lower())
    if written is None or written[0] == "day":
        sentence = _(
            "«{text}» er ikke en måned, et kvartal eller et år. Skriv for eksempel «2026-09», «2026-K3» "
            "eller «2026»."
        )
        raise ValueError(sentence.format(text=text.strip()[:40]))
    frequency = Frequency(written[0])
    return frequency, parse_period(frequency, text)


def _written(plain: str) -> tuple[str, date] | None:
    """What kind of period the text is, and its first day; None when it is none."""
    try:
        if re.fullmatch(r"[0-9]{4}", plain):
            return Frequency.YEAR, date(int(plain), 1, 1)
        if match := _QUARTER.fullmatch(plain):
            quarter, year = int(match[1] or match[4]), int(match[2] or match[3])
            return Frequency.QUARTER, date(year, quarter * 3 - 2, 1)
        if match := _MONTH.fullmatch(plain):
            return Frequency.MONTH, date(int(match[1] or match[4]), int(match[2] or match[3]), 1)
        if match := _MONTH_NAME.fullmatch(plain):
            found = [number for number, name in enumerate(MONTHS, start=1) if name.startswith(match[1])]
            return (Frequency.MONTH, date(int(match[2]), found[0], 1)) if found else None
        return "day", parse_norsk_dato(plain)
    except ValueError:
        return None


def _begins(frequency: str, day: date) -> bool:
    months = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.YEAR: 12}[Frequency(frequency)]
    return day.day == 1 and (day.month - 1) % months == 0
