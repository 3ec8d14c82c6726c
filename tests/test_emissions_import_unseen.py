"""Files in shapes nobody has seen before: what can be understood is read, what is ambiguous is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from emissions.importers.results import Statistics
from emissions.importers.statistics import read_statistics
from tests import files
from web.sheets.errors import UnreadableFile
from web.sheets.limits import NATIONAL_STATISTICS

TWO = [("Drammen", 2009, "Veitrafikk", "Personbiler", 10.5), ("Drammen", 2011, "Sjøfart", "Cruise", 1234.25)]
YEARS = {2009: Decimal("10.5"), 2011: Decimal("1234.25")}
HEADER = ("Kommune", "År", "Sektor", "Utslippskilde", "Utslipp")


def read(content: bytes, name: str = "fil.csv", **options: object) -> Statistics:
    return read_statistics(content, name, municipality="Drammen", **options)  # type: ignore[arg-type]


def refused(content: bytes, name: str = "fil.csv", **options: object) -> str:
    with pytest.raises(UnreadableFile) as error:
        read(content, name, **options)
    return str(error.value)


def codes(statistics: Statistics) -> set[str]:
    return {oddity.code for oddity in statistics.oddities}


# --- Headers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tonnes",
    [
        "Utslipp",
        " UTSLIPP ",
        "utslipp (tonn CO2-ekvivalenter)",
        "Utslipp (tonn CO₂-ekvivalenter)",
        "Utslipp (tonn CO₂-ekv.)",
        "Utslipp, tonn CO2e",
        "Utslipp i tonn CO₂-ekvivalenter",
        "Klimagassutslipp (tonn)",
        "Tonn CO2 ekvivalenter",
        "Utslipp [t CO2e]",
    ],
)
@pytest.mark.parametrize("year", ["År", "ÅR", "Aar", "årstall", "  år  "])
def test_header_spellings(tonnes: str, year: str) -> None:
    header = ("KOMMUNE", year, "sektor ", "Utslipps_kilde".replace("_", ""), tonnes)
    assert read(files.csv_file(header, TWO)).years == YEARS


@pytest.mark.parametrize(
    "tonnes", ["Utslipp (kg)", "Utslipp (1000 tonn)", "Utslipp per innbygger", "Utslipp (kt CO2e)"]
)
def test_other_units_are_not_taken_for_tonnes(tonnes: str) -> None:
    sentence = refused(files.csv_file((*HEADER[:-1], tonnes), TWO))
    assert sentence.startswith("Filen mangler kolonnen «Utslipp».")


def test_columns_in_another_order_and_columns_we_do_not_know() -> None:
    header = ("Utslipp", "Merknad", "Sektor", "År", "Fylke", "Utslippskilde", "Kommune")
    rows = [
        (tonnes, "x", sector, year, "Buskerud", source, name) for name, year, sector, source, tonnes in TWO
    ]
    assert read(files.csv_file(header, rows)).years == YEARS


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_delimiters_in_all_encodings(delimiter: str, encoding: str) -> None:
    assert read(files.csv_file(HEADER, TWO, delimiter=delimiter, encoding=encoding)).years == YEARS


def test_a_title_above_blank_rows_between_and_a_footer_below() -> None:
    text = (
        "Klimagassutslipp i kommuner, 2009–2011\n\nKommune,År,Sektor,Utslippskilde,Utslipp\n"
        "Drammen,2009,Veitrafikk,Personbiler,10.5\n\n,,,,\nDrammen,2011,Sjøfart,Cruise,1234.25\n\n"
        "Kilde: Miljødirektoratet, publisert 2025\n* Tallene er foreløpige, og kan endres\n"
    )
    result = read(text.encode())
    assert (result.years, result.rows_read) == (YEARS, 2)
    assert "notes" in codes(result)


def test_a_row_cut_short_is_not_taken_for_a_footer() -> None:
    text = "Kommune,År,Sektor,Utslippskilde,Utslipp\nDrammen,2009,Veitrafikk\n"
    assert "Rad 2 har 3 felt, men overskriften har 5." in refused(text.encode())


def test_years_as_text_in_a_workbook() -> None:
    rows = [HEADER, *((name, str(year), *rest) for name, year, *rest in TWO)]
    assert read(files.workbook({"Ark1": rows}), "a.xlsx").years == YEARS


# --- A column per year --------------------------------------------------------------------------------

WIDE = ("Kommune", "Sektor", "Utslippskilde", "2009", "2010", "2011")
WIDE_ROWS = [
    ("Drammen", "Veitrafikk", "Personbiler", "10,5", "", "9"),
    ("Drammen", "Sjøfart", "Cruise", "0", "", "1"),
]


def test_a_wide_csv_is_read_and_told() -> None:
    result = read(files.csv_file(WIDE, WIDE_ROWS, delimiter=";"))
    assert result.years == {2009: Decimal("10.5"), 2011: Decimal(10)}
    assert result.shape.description == (
        "CSV med semikolon, en rad per kommune, sektor og kilde, og en kolonne per år"
    )


def test_a_wide_workbook_with_years_as_numbers() -> None:
    rows = [
        ("Utslipp i Drammen",),
        ("Sektor", 2009, 2011),
        ("Veitrafikk", 10.5, 9),
        ("Sjøfart", 0, 1),
        ("Sum", 10.5, 10),
    ]
    result = read(files.workbook({"Ark1": rows}), "a.xlsx")
    assert result.years == {2009: Decimal("10.5"), 2011: Decimal(10)}
    assert "og en kolonne per år" in result.shape.description


def test_a_wide_sheet_per_sector() -> None:
    sheet = [("Utslippskilde", 2009, 2011), ("Busser", 3, 4)]
    result = read(files.workbook({"Veitrafikk": sheet, "Luftfart": sheet}), "a.xlsx")
    assert result.years == {2009: Decimal(6), 2011: Decimal(8)}


def test_a_wrong_cell_in_a_wide_table_is_found_by_its_year() -> None:
    rows = [WIDE_ROWS[0], ("Drammen", "Sjøfart", "Cruise", "0", "", "mye")]
    assert (
        refused(files.csv_file(WIDE, rows, delimiter=";")) == "Rad 3, kolonne «2011»: «mye» er ikke et tall."
    )


def test_one_year_twice_is_refused() -> None:
    content = files.csv_file(("Sektor", "2009", "2009"), [("Sjøfart", 1, 2)])
    assert refused(content) == "Kolonnen «2009» står to ganger i filen. Fjern den ene, og prøv igjen."


def test_a_wide_table_with_a_row_too_long() -> None:
    text = "Sektor;2009;2011\nIndustri;1;2;3;4\n"
    assert "Rad 2 har 5 felt, men overskriften har 3." in refused(text.encode())


# --- Numbers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("delimiter", "cells", "total"),
    [
        (";", ["1.234,5", "1.234"], "2468.5"),
        (";", ["1.234.567", "2,5"], "1234569.5"),
        (",", ["1,234.5", "1,234"], "2468.5"),
        (";", ["1,234.50", "12.5"], "1247"),
        (";", ["1 234,5", "12"], "1246.5"),
    ],
)
def test_thousands_that_are_certain_are_read(delimiter: str, cells: list[str], total: str) -> None:
    rows = [(2009, "Sjøfart", cell) for cell in cells]
    result = read(files.csv_file(("År", "Sektor", "Utslipp"), rows, delimiter=delimiter))
    assert result.years == {2009: Decimal(total)}


def test_thousands_are_told() -> None:
    content = files.csv_file(("År", "Sektor", "Utslipp"), [(2009, "Sjøfart", "1.234,5")], delimiter=";")
    assert "thousands_mark" in codes(read(content))


@pytest.mark.parametrize("cells", [["1.234"], ["1.234,5", "1,234.5"], ["1.234,5", "12.5"], ["1,5", "1.5"]])
def test_numbers_that_may_be_read_in_two_ways_are_refused(cells: list[str]) -> None:
    rows = [(2009, "Sjøfart", cell) for cell in cells]
    sentence = refused(files.csv_file(("År", "Sektor", "Utslipp"), rows, delimiter=";"))
    assert any(words in sentence for words in ("kan leses på flere måter", "desimaltegn", "desimaltall"))


# --- Columns somebody has said the meaning of -----------------------------------------------------------


def test_columns_that_were_matched_by_hand() -> None:
    header = ("Place", "Year", "Branch", "Amount")
    content = files.csv_file(header, [("Drammen", 2009, "Sjøfart", 2.5), ("Oslo", 2009, "Sjøfart", 7)])
    with pytest.raises(UnreadableFile) as error:
        read(content)
    assert error.value.code == "wrong_columns"
    assert error.value.headers == header
    chosen = {"municipality": "Place", "year": "Year", "sector": "Branch", "tonnes": "Amount"}
    result = read(content, columns=chosen)
    assert result.years == {2009: Decimal("2.5")}
    assert result.columns == chosen
    assert result.headers == header


def test_recognised_columns_are_told() -> None:
    result = read(files.csv_file(("Fylke", *HEADER), [("Buskerud", *row) for row in TWO]))
    assert result.headers == ("Fylke", *HEADER)
    assert result.columns == {
        "municipality": "Kommune",
        "year": "År",
        "sector": "Sektor",
        "source": "Utslippskilde",
        "tonnes": "Utslipp",
    }


def test_labels_to_approve() -> None:
    rows = [("Drammen", 2009, "Romfart", "Raketter", 1), ("Drammen", 2009, "Veitrafikk", "Sparkesykler", 2)]
    result = read(files.csv_file(HEADER, [*rows, *TWO]))
    assert result.new_labels == (("Romfart", None), ("Veitrafikk", "Sparkesykler"))


# --- How far --------------------------------------------------------------------------------------------


def test_progress_of_a_csv_and_of_a_workbook_grows_to_the_end() -> None:
    rows = [("Drammen", 2009, "Sjøfart", "Cruise", number / 8) for number in range(12_000)]
    for content, name in (
        (files.csv_file(HEADER, rows), "a.csv"),
        (files.workbook({"Oversikt - detaljert": [HEADER, *rows]}), "a.xlsx"),
    ):
        told: list[int] = []
        read(content, name, limits=NATIONAL_STATISTICS, progress=told.append)
        assert told == sorted(told)
        assert 0 <= told[0] <= 60 <= told[-1] <= 100, name
