"""Which municipality a number or a name belongs to today: every one of the shipped list."""

from __future__ import annotations

from decimal import Decimal

import pytest

from emissions.importers.municipalities import Choice, at_the_same_time, canonical, named
from emissions.importers.statistics import read_statistics
from organisation.queries.municipality_codes import municipality_codes
from tests import files

HEADER = ("Kommunenummer", "Kommune", "År", "Sektor", "Utslipp")


def told(rows: list[tuple[object, ...]], municipality: str) -> tuple[dict[int, Decimal], set[str]]:
    """The years' tonnes of the municipality, and the codes of what was odd."""
    content = files.csv_file(HEADER, rows)
    result = read_statistics(content, "fil.csv", municipality=municipality)
    return result.years, {oddity.code for oddity in result.oddities}


def test_every_number_is_its_municipality_of_today() -> None:
    for one in municipality_codes().values():
        choice = Choice(one.current_code)
        found = named(one.code, one.name)
        assert found is not None
        assert canonical(found) == one.current_name
        assert choice.takes(found)
        assert found.former == (None if one.is_current else one.code)


def test_every_name_of_today_takes_its_own_rows_and_no_other() -> None:
    today = [one for one in municipality_codes().values() if one.is_current]
    for one in today:
        choice = Choice(one.current_name)
        taken = [other.code for other in today if choice.takes(named(other.code, other.name))]  # type: ignore[arg-type]
        assert taken == [one.code]


@pytest.mark.parametrize(
    ("name", "today"),
    [
        ("Haram", "Haram"),
        ("Skodje", "Ålesund"),
        ("Klæbu", "Trondheim - Tråante"),
        ("Trondheim", "Trondheim - Tråante"),
        ("Finnøy", "Stavanger"),
        # More than one municipality had the name: nothing is guessed.
        ("Herøy", "Herøy"),
        ("Os", "Os"),
        ("Ukjent", "Ukjent"),
    ],
)
def test_a_name_by_itself(name: str, today: str) -> None:
    found = named(None, name)
    assert found is not None
    assert canonical(found) == today


def test_the_rows_of_a_divided_municipality_are_each_its_own() -> None:
    rows = [
        ("1534", "Haram", 2019, "Sjøfart", 2),
        ("1580", "Haram", 2024, "Sjøfart", 3),
        ("1504", "Ålesund", 2019, "Sjøfart", 10),
        ("1507", "Ålesund", 2020, "Sjøfart", 20),
        ("1508", "Ålesund", 2024, "Sjøfart", 30),
    ]
    assert told(rows, "Haram") == ({2019: Decimal(2), 2024: Decimal(3)}, {"former_municipality"} | YEARS)
    years, odd = told(rows, "Ålesund")
    assert years == {2019: Decimal(10), 2020: Decimal(20), 2024: Decimal(30)}
    assert "overlapping_numbers" not in odd


YEARS = {"years_missing"}


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("0605", "3305", False),  # Ringerike before 2020 and from 2024
        ("3007", "3305", False),
        ("0605", "3007", False),
        ("1504", "1529", True),  # Ålesund and Skodje, which became one
        ("1504", "1508", False),
        ("1103", "1141", True),  # Stavanger kept its number when Finnøy came to it
        ("5001", "5030", True),  # Trondheim from 2018, and Klæbu until 2019
        ("1601", "5001", False),
        ("1243", "4624", False),  # Os became Bjørnafjorden, in a new county
        ("0125", "0125", True),
    ],
)
def test_which_numbers_were_in_use_together(one: str, other: str, together: bool) -> None:
    first, second = named(one, None), named(other, None)
    assert first is not None
    assert second is not None
    assert at_the_same_time(first, second) is together
    assert at_the_same_time(second, first) is together


def test_old_and_new_numbers_of_one_year_are_told_for_any_municipality() -> None:
    rows = [("0605", "Ringerike", 2019, "Sjøfart", 2), ("3305", "Ringerike", 2019, "Sjøfart", 2)]
    years, odd = told(rows, "Ringerike")
    assert years == {2019: Decimal(4)}
    assert {"former_municipality", "overlapping_numbers"} <= odd
