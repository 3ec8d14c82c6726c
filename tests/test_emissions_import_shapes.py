"""Every published shape of the municipal statistics is read to the same figures."""

import csv
import random
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emissions.importers.results import FigureRow, Statistics
from emissions.importers.statistics import read_statistics
from tests import files
from web.sheets.errors import UnreadableFile

REAL = Path(__file__).with_name("data") / "utslipp_tre_kommuner.csv"
DRAMMEN = [row for row in files.SMALL if row[1] == "Drammen"]
YEARS = {2009: Decimal("6763.728256"), 2011: Decimal("90.000000")}


def read(content: bytes, name: str = "fil.csv", municipality: str | None = "Drammen", **kw) -> Statistics:
    return read_statistics(content, name, municipality=municipality, **kw)


def codes(statistics: Statistics) -> set[str]:
    return {oddity.code for oddity in statistics.oddities}


def sentence(statistics: Statistics, code: str) -> str:
    return next(oddity.sentence for oddity in statistics.oddities if oddity.code == code)


# --- The published shapes -------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Skien", "Tinn", "Vinje"])
def test_the_real_file_sums_to_what_plain_csv_sums_to(name: str) -> None:
    expected: dict[tuple[str, str, int], Decimal] = defaultdict(Decimal)
    with REAL.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["Kommune"] == name:
            key = row["Sektor"].strip(), row["Utslippskilde"].strip(), int(row["År"])
            expected[key] += Decimal(row["Utslipp"])
    result = read(REAL.read_bytes(), REAL.name, name)
    assert {(f.sector, f.source, f.year): f.tonnes for f in result.figures} == expected
    assert all(figure.gas is None for figure in result.figures)
    assert result.rows_read == len(rows) == 3906
    assert result.rows_used == sum(row["Kommune"] == name for row in rows)
    assert result.municipalities == ("Skien", "Tinn", "Vinje")
    assert result.years.keys() == {2009, 2011, 2013, *range(2015, 2025)}
    for year, tonnes in result.years.items():
        assert tonnes == sum(v for key, v in expected.items() if key[2] == year)
    assert codes(result) == {"repeated_keys", "years_not_published"}


def test_the_real_files_labels_are_trimmed_and_otherwise_as_published() -> None:
    result = read(REAL.read_bytes(), REAL.name, "Vinje")
    labels = {figure.sector for figure in result.figures} | {figure.source for figure in result.figures}
    assert {"Tjenester tilknyttet transport", "produkter med fluorgasser", "Industri, olje og gass"} <= labels
    assert any(label.startswith("*") for label in labels)


def test_comma_csv_with_quotes() -> None:
    result = read(files.county_csv())
    assert result.shape.code == "csv_comma"
    assert result.shape.description == "CSV med komma, en rad per kommune, år, sektor og kilde"
    assert result.years == YEARS
    assert (result.rows_read, result.rows_used) == (7, 5)
    assert FigureRow("Veitrafikk", "Personbiler", 2009, None, Decimal("100.750000")) in result.figures
    assert FigureRow("Veitrafikk", "Busser", 2011, None, Decimal("0")) in result.figures


def test_semicolon_csv_with_bom_decimal_comma_and_unquoted_comma() -> None:
    content = files.sector_csv()
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"Industri, olje og gass;6662,978256" in content
    result = read(content)
    assert result.shape.description == "CSV med semikolon, en rad per kommune, år og sektor"
    assert result.years == YEARS
    assert {figure.source for figure in result.figures} == {None}


def test_csv_with_gas_and_without_municipality() -> None:
    result = read(files.one_municipality_csv(DRAMMEN))
    assert result.years == YEARS
    assert result.municipalities == ()
    assert FigureRow("Veitrafikk", "Personbiler", 2009, "CH4", Decimal("0.25")) in result.figures
    assert (
        sentence(result, "municipality_not_stated")
        == "Filen sier ikke hvilken kommune tallene gjelder. Alle radene regnes som Drammen."
    )


@pytest.mark.parametrize("sign", ["CO2", "CO₂"])
def test_workbook_of_all_municipalities(sign: str) -> None:
    header = (*files.DETAILED_HEADER[:-1], f"Utslipp (tonn {sign}-ekvivalenter)")
    result = read(files.all_municipalities(header=header), "utslippsstatistikk_alle_kommuner.xlsx")
    assert result.shape.code == "workbook_all"
    assert result.shape.description == (
        "Regneark for alle kommuner (arket «Oversikt - detaljert»), "
        "en rad per kommune, år, sektor, kilde og gass"
    )
    assert result.years == YEARS
    assert result.municipalities == ("Drammen", "Oslo")
    assert (result.rows_read, result.rows_used) == (7, 5)
    assert codes(result) == {"years_not_published"}


def test_the_detailed_sheet_is_found_however_its_title_is_typed() -> None:
    content = files.all_municipalities(sheet="Oversikt –  Detaljert")
    assert read(content, "a.xlsx").shape.code == "workbook_all"


def test_workbook_of_one_municipality() -> None:
    result = read(files.one_municipality(DRAMMEN), "Utslippsregnskap_Drammen.xlsx")
    assert result.shape.code == "workbook_municipality"
    assert result.shape.description == "Regneark for én kommune, 2 ark med hver sin sektor"
    assert result.years == YEARS
    assert (result.rows_read, result.rows_used) == (5, 5)
    assert FigureRow("Veitrafikk", "Busser", 2011, None, Decimal("0")) in result.figures
    assert codes(result) == {"municipality_not_stated", "repeated_keys", "years_not_published"}


def test_the_overview_controls_the_sector_sheets() -> None:
    def wrong(sector: str, year: int, value: float) -> float:
        return value + 10 if (sector, year) == ("Veitrafikk", 2011) else value

    result = read(files.one_municipality(DRAMMEN, overview=wrong), "a.xlsx")
    assert result.years == YEARS
    assert sentence(result, "control_mismatch") == (
        "Arket «Oversikt» har andre summer enn arkene per sektor: Veitrafikk 2011 (90 t mot 100 t). "
        "Arkene per sektor er brukt."
    )


def test_a_sector_without_a_sheet_comes_from_the_overview() -> None:
    content = files.workbook(
        {
            "Oversikt": [("År", "Sektor", "Utslipp"), (2009, "Veitrafikk", 5.0), (2009, "Luftfart", 2.5)],
            "Veitrafikk": [("År", "Utslippskilde", "Utslipp"), (2009, "Busser", 5.0)],
        }
    )
    result = read(content, "a.xlsx")
    assert result.years == {2009: Decimal("7.5")}
    assert FigureRow("Luftfart", None, 2009, None, Decimal("2.5")) in result.figures
    assert "sector_without_sheet" in codes(result)


def test_a_file_name_of_another_municipality_is_told() -> None:
    result = read(files.one_municipality(DRAMMEN), "Utslippsregnskap_Oslo.xlsx")
    assert (
        sentence(result, "other_municipality") == "Filnavnet tyder på at tallene gjelder Oslo, ikke Drammen."
    )


def test_a_workbook_with_one_table_under_a_title() -> None:
    rows = [
        ("Klimagassutslipp",),
        (),
        ("Kommune", "År", "Sektor", "Utslipp"),
        ("Drammen", 2009, "Sjøfart", 3),
    ]
    result = read(files.workbook({"Ark1": rows}), "a.xlsx")
    assert (result.shape.code, result.years) == ("workbook_table", {2009: Decimal(3)})


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(";", "utf-8"), ("\t", "utf-16"), ("|", "utf-8-sig"), (",", "utf-8-sig")]
)
def test_other_delimiters_and_encodings(delimiter: str, encoding: str) -> None:
    header = ("Kommunenr.", "ÅR ", "Sektor", "Tonn CO₂e")
    content = files.csv_file(
        header, [("3301", 2009, "Sjøfart", "1.5")], delimiter=delimiter, encoding=encoding
    )
    assert read(content).years == {2009: Decimal("1.5")}


def test_windows_1252_is_read_and_told() -> None:
    content = files.csv_file(
        ("År", "Sektor", "Utslipp"), [(2009, "Sjøfart", 1)], delimiter=";", encoding="cp1252"
    )
    result = read(content)
    assert result.figures[0].sector == "Sjøfart"
    assert sentence(result, "windows_1252") == (
        "Filen er lagret med gammel tegnkoding (Windows-1252). Se etter at æ, ø og å er riktige."
    )


# --- Municipalities -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wanted", ["Drammen", "DRAMMEN", "drammen kommune", "3301", "0602", "Svelvik", " 3005 "]
)
@pytest.mark.parametrize("number", ["3301", "3005", "0602", "0625", "0711", 602, 3301])
def test_all_of_drammens_numbers_are_one_municipality(wanted: str, number: object) -> None:
    content = files.csv_file(("Kommunenummer", "År", "Sektor", "Utslipp"), [(number, 2009, "Sjøfart", 2)])
    result = read(content, municipality=wanted)
    assert result.municipality == "Drammen"
    assert result.years == {2009: Decimal(2)}


def test_former_numbers_count_and_are_told() -> None:
    rows = [
        ("0602", "Drammen", 2009, "Sjøfart", 2),
        ("0625", "Nedre Eiker", 2009, "Sjøfart", 3),
        ("0711", "Svelvik", 2009, "Sjøfart", 4),
        ("3301", "Drammen", 2020, "Sjøfart", 5),
        ("0301", "Oslo", 2009, "Sjøfart", 900),
    ]
    result = read(files.csv_file(("Kommunenummer", "Kommune", "År", "Sektor", "Utslipp"), rows))
    assert result.years == {2009: Decimal(9), 2020: Decimal(5)}
    assert sentence(result, "former_municipality") == "Rader for 0602, 0625 og 0711 er regnet med i Drammen."
    # Three municipalities that became one are not the same row three times.
    assert not codes(result) & {"repeated_keys", "overlapping_numbers"}


def test_old_and_new_numbers_in_one_year_are_told() -> None:
    rows = [("0602", 2019, "Sjøfart", 2), ("3301", 2019, "Sjøfart", 2)]
    result = read(files.csv_file(("Kommunenummer", "År", "Sektor", "Utslipp"), rows))
    assert "overlapping_numbers" in codes(result)


def test_two_municipalities_of_one_name_need_the_number() -> None:
    header = ("Kommunenummer", "Kommune", "År", "Sektor", "Utslipp")
    content = files.csv_file(
        header, [("1515", "Herøy", 2009, "Sjøfart", 2), ("1818", "Herøy", 2009, "Sjøfart", 7)]
    )
    with pytest.raises(UnreadableFile) as refused:
        read(content, municipality="Herøy")
    assert str(refused.value) == (
        "Filen har to kommuner som heter Herøy: 1515 og 1818. Oppgi kommunenummeret i stedet for navnet."
    )
    assert read(content, municipality="1818").years == {2009: Decimal(7)}


def test_without_a_choice_the_municipalities_are_listed_and_nothing_is_summed() -> None:
    result = read(files.county_csv(), municipality=None)
    assert (result.municipality, result.municipalities) == (None, ("Drammen", "Oslo"))
    assert (result.figures, result.years, result.rows_read, result.rows_used) == ((), {}, 7, 0)
    assert "choose_municipality" in codes(result)


def test_without_a_choice_the_only_municipality_is_taken() -> None:
    assert read(files.county_csv(DRAMMEN), municipality=None).municipality == "Drammen"


# --- What is told but kept ------------------------------------------------------------------------


def test_unknown_sectors_and_sources_are_kept_and_told() -> None:
    rows = [("Romfart", "Raketter", 1), ("Veitrafikk", "Sparkesykler", 2)]
    content = files.csv_file(("År", "Sektor", "Utslippskilde", "Utslipp"), [(2009, *row) for row in rows])
    result = read(content)
    assert result.years == {2009: Decimal(3)}
    assert sentence(result, "unknown_sector").endswith("«Romfart».")
    assert sentence(result, "unknown_source").endswith("«Sparkesykler».")


def test_rows_that_are_sums_of_others_are_not_counted_twice() -> None:
    rows = [("Veitrafikk", "Busser", 1), ("Veitrafikk", "Totalt", 1), ("Totalt", "", 1)]
    content = files.csv_file(("År", "Sektor", "Utslippskilde", "Utslipp"), [(2009, *row) for row in rows])
    result = read(content)
    assert (result.years, result.rows_used) == ({2009: Decimal(1)}, 1)
    assert sentence(result, "sums_left_out") == "2 rader er summer av andre rader og er ikke regnet med."


def test_a_sum_that_is_all_there_is_is_kept() -> None:
    content = files.csv_file(("År", "Sektor", "Kilde", "Utslipp"), [(2009, "Veitrafikk", "Totalt", 4)])
    assert read(content).figures == (FigureRow("Veitrafikk", None, 2009, None, Decimal(4)),)


def test_a_row_without_tonnes_is_neither_zero_nor_an_error() -> None:
    content = files.csv_file(("År", "Sektor", "Utslipp"), [(2009, "Sjøfart", ""), (2011, "Sjøfart", 0)])
    result = read(content)
    assert result.years == {2011: Decimal(0)}
    assert "without_tonnes" in codes(result)


def test_notes_and_empty_rows_around_the_table() -> None:
    content = "sep=;\nUtslipp i alt\n\nÅr;Sektor;Utslipp\n2009;Sjøfart;1,5\n;;\n\nKilde: her;;\n"
    result = read(content.encode())
    assert (result.years, result.rows_read) == ({2009: Decimal("1.5")}, 1)
    assert sentence(result, "notes") == "Rad 8 står utenfor tabellen og er ikke lest."


def test_years_the_statistics_do_not_have_differ_from_years_that_are_missing() -> None:
    content = files.csv_file(("År", "Sektor", "Utslipp"), [(2009, "Sjøfart", 1), (2013, "Sjøfart", 1)])
    result = read(content)
    assert sentence(result, "years_not_published").startswith("2010 og 2012 er ikke i filen.")
    assert sentence(result, "years_missing") == "2011 er ikke i filen, men årene før og etter er der."


def test_a_workbooks_binary_floats_are_rounded_to_six_decimals() -> None:
    content = files.workbook({"A": [("År", "Sektor", "Utslipp"), *[(2009, "Sjøfart", 0.1 + 0.2)] * 3]})
    assert read(content, "a.xlsx").years == {2009: Decimal("0.900000")}


@pytest.mark.parametrize("written", ["1 234,5", "1\u00a0234,5", "1\u202f234,50", "1234,5", "1234.5"])
def test_spaces_and_both_decimal_marks(written: str) -> None:
    content = files.csv_file(("År", "Sektor", "Utslipp"), [(2009, "Sjøfart", written)], delimiter=";")
    assert read(content).years == {2009: Decimal("1234.5")}


# --- Properties -----------------------------------------------------------------------------------

tonnes = st.decimals(min_value=0, max_value=10**6, places=6)
rows_of_the_statistics = st.lists(
    st.tuples(
        st.sampled_from(["Drammen", "Oslo"]),
        st.integers(2009, 2024),
        st.sampled_from(["Veitrafikk", "Industri, olje og gass", "Sjøfart "]),
        st.sampled_from(["Busser", "Annet\u00a0", "*Estimat sjøfart"]),
        tonnes,
    ),
    min_size=1,
    max_size=40,
).filter(lambda rows: any(row[0] == "Drammen" for row in rows))


@given(rows_of_the_statistics, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter_and_the_sum_is_preserved(
    rows: list[tuple[object, ...]], chance: random.Random
) -> None:
    header = ("Kommune", "År", "Sektor", "Utslippskilde", "Utslipp")
    plain = [(*row[:4], format(row[4], "f")) for row in rows]
    result = read(files.csv_file(header, plain))
    shuffled = chance.sample(plain, len(plain))
    other = read(files.csv_file(header, shuffled))
    assert (other.figures, other.years, other.oddities) == (result.figures, result.years, result.oddities)
    total = sum(row[4] for row in rows if row[0] == "Drammen")
    assert sum(figure.tonnes for figure in result.figures) == total == sum(result.years.values())


@given(rows_of_the_statistics)
@settings(max_examples=10, deadline=None)
def test_a_workbook_and_a_csv_of_the_same_rows_give_the_same(rows: list[tuple[object, ...]]) -> None:
    header = ("Kommune", "År", "Sektor", "Utslippskilde", "Utslipp")
    as_csv = read(files.csv_file(header, [(*row[:4], format(row[4], "f")) for row in rows]))
    as_sheet = read(files.workbook({"A": [header, *((*row[:4], float(row[4])) for row in rows)]}), "a.xlsx")
    assert as_sheet.figures == as_csv.figures
    assert as_sheet.oddities == as_csv.oddities
