"""The reading pages: each view's sentence, table, address and files, and a reason for what is missing."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from emissions.actions.population import save_population
from emissions.models import Municipality, Population
from emissions.views.tables import figure_text
from organisation.models import User
from tests import files
from tests.cast import Cast
from tests.html_rules import broken_rules, one_line
from tests.test_emissions_pages import DRAMMEN, bring_in, row, skien, text_of, with_reasons
from web.actors import COMMAND_LINE

AsUser = Callable[[User], Client]
VIEWS = ("utvikling", "fordeling", "to-aar", "sektor")
SHOWN_AS = ("tonn", "endring", "prosent", "innbygger")


@pytest.fixture
def in_november() -> Iterator[None]:
    """After the day the figures are expected, which those who log in must do at."""
    with time_machine.travel(date(2026, 11, 25), tick=False):
        yield


@pytest.fixture
def client(cast: Cast, as_user: AsUser) -> Client:
    return as_user(cast.utvalg)


def people(year: int, inhabitants: int, **details: Any) -> Population:
    municipality = Municipality.objects.get(name="Drammen")
    return save_population(
        by=COMMAND_LINE,
        municipality=municipality,
        year=year,
        inhabitants=inhabitants,
        source="Prøve",
        **details,
    )


def cells_of(page: str, name: str) -> list[str]:
    """What a sighted reader sees in the row of that name, notes as letters in brackets."""
    found = re.search(
        rf"<th scope=\"row\"[^>]*>(?:<span[^>]*>[^<]*</span>)?{name}</th>(.*?)</tr>", one_line(page)
    )
    assert found, name
    texts = re.findall(r"<td class=\"num\">(.*?)</td>", found[1], re.S)
    return [re.sub(r"<sup[^>]*>(\w+)</sup><span.*", r"(\1)", text).replace("&lt;", "<") for text in texts]


def csv_rows(client: Client, address: str) -> list[dict[str, str]]:
    response = client.get(f"/klimaregnskap/eksport/{address}")
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


# --- Each view ----------------------------------------------------------------------------------------


def test_development_shows_gaps_and_what_is_to_come(in_november: None, client: Client) -> None:
    bring_in(is_example=True)
    page = text_of(client.get("/klimaregnskap/utvikling/"))
    assert "Fra 2009 til 2024 gikk utslippene i Drammen ned med 88 000 tonn CO₂e, 29 prosent." in page
    shown = dict(zip([*map(str, range(2009, 2026))], cells_of(page, "Oppvarming"), strict=True))
    assert (shown["2009"], shown["2011"], shown["2024"]) == ("100 000", "0", "< 1")
    assert (shown["2010"], shown["2025"]) == ("–(a)", "…(b)")
    assert '<span class="ds-sr-only">(ikke beregnet for dette året)</span>' in one_line(page)
    assert "<dt>b</dt><dd>Ikke publisert ennå</dd>" in page
    assert "publisert 16. desember 2025" in page
    assert "eksempeldata</span>" in page
    assert "Tall for 2025 er ikke publisert ennå." in text_of(client.get("/klimaregnskap/"))


def test_change_from_the_base_year_in_tonnes_and_percent(client: Client) -> None:
    bring_in()
    page = text_of(client.get("/klimaregnskap/utvikling/?vis=endring&basis=2011"))
    assert cells_of(page, "Veitrafikk")[0] == "+20 000"
    assert cells_of(page, "Veitrafikk")[2] == "0"
    assert "Fra 2011 til 2024 gikk utslippene i Drammen opp med 32 000 tonn CO₂e, 18 prosent." in page
    page = text_of(client.get("/klimaregnskap/utvikling/?vis=prosent"))
    assert cells_of(page, "Veitrafikk")[2] == "−10,0"
    assert cells_of(page, "Oppvarming")[15] == "−100,0"
    page = text_of(client.get("/klimaregnskap/utvikling/?vis=prosent&basis=2011"))
    assert "Kan ikke regnes ut: tallet det skal deles på, er null" in page  # no percent of nothing


def test_per_inhabitant_uses_the_same_years_inhabitants(client: Client) -> None:
    bring_in()
    assert "folketallet er ikke registrert" in text_of(client.get("/klimaregnskap/utvikling/?vis=innbygger"))
    people(2009, 100_000)
    people(2024, 106_000, is_example=True)
    page = text_of(client.get("/klimaregnskap/utvikling/?vis=innbygger"))
    assert "I 2024 var utslippene i Drammen 2,00 tonn CO₂e per innbygger, mot 3,00 i 2009." in page
    assert cells_of(page, "Sum")[0] == "3,00"
    assert cells_of(page, "Sum")[2].startswith("–(")  # 2011 has figures, but nobody was counted
    assert "Folketallet er ikke registrert</dd>" in page
    assert "eksempeldata</span>" in page
    book = load_workbook(
        io.BytesIO(client.get("/klimaregnskap/eksport/utvikling/xlsx/?vis=innbygger").content)
    )
    assert book.sheetnames == ["Drammen", "Folketall"]


def test_shares_of_one_year(client: Client) -> None:
    bring_in()
    page = text_of(client.get("/klimaregnskap/fordeling/?aar=2009"))
    assert "I 2009 kom 67 prosent av utslippene i Drammen fra Veitrafikk" in page
    assert cells_of(page, "Personbiler") == ["200 000", "66,7"]
    assert cells_of(page, "Sum") == ["300 000", "100,0"]
    assert '<rect x="0" y="0" width="66.67"' in page


def test_any_two_years_side_by_side(client: Client) -> None:
    bring_in()
    page = text_of(client.get("/klimaregnskap/to-aar/?fra=2011&til=2009"))
    assert cells_of(page, "Fossil olje")[:3] == ["0", "100 000", "+100 000"]
    assert cells_of(page, "Fossil olje")[3].startswith("–(")
    assert "Fra 2011 til 2009 gikk utslippene i Drammen opp med 120 000 tonn CO₂e, 67 prosent." in page


def test_a_sector_down_to_source_and_gas(client: Client) -> None:
    bring_in(
        files.one_municipality_csv(
            [
                ("", "Drammen", 2020, "Veitrafikk", "Personbiler", gas, tonnes)
                for gas, tonnes in (("CO2", 90.0), ("CH4", 0.0))
            ]
        )
    )
    page = text_of(client.get("/klimaregnskap/sektor/?sektor=veitrafikk"))
    assert cells_of(page, "Personbiler")[0] == "90"
    assert (cells_of(page, "CO2")[0], cells_of(page, "CH4")[0]) == ("90", "0")
    rows = csv_rows(client, "sektor/csv/?sektor=Veitrafikk")
    assert [(line["Utslippskilde"], line["Klimagass"], line["2020"]) for line in rows] == [
        ("Personbiler", "Alle gasser", "90"),
        ("Personbiler", "CO2", "90"),
        ("Personbiler", "CH4", "0"),
        ("Sum", "", "90"),
    ]


def test_another_municipality_is_read_the_same_way(client: Client) -> None:
    bring_in()
    skien()
    page = text_of(client.get("/klimaregnskap/utvikling/?kommune=skien"))
    assert "utslippene i Skien" in page
    assert 'href="/klimaregnskap/fordeling/?kommune=Skien&amp;grense=kommunen-direkte"' in page


# --- What is missing ----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_zero_unknown_and_unpublished_differ_on_the_page_and_in_files(
    in_november: None, cast: Cast, as_user: AsUser
) -> None:
    with_reasons()
    client = as_user(cast.utvalg)
    page = text_of(client.get("/klimaregnskap/utvikling/"))
    first = {
        name: cells_of(page, name)[0] for name in ("Oppvarming", "Sjøfart", "Jordbruk", "Veitrafikk", "Sum")
    }
    assert first["Oppvarming"] == "0"
    assert re.fullmatch(r"–\([a-z]\)", first["Sjøfart"])
    assert re.fullmatch(r"–\([a-z]\)", first["Jordbruk"])
    assert first["Sjøfart"] != first["Jordbruk"]
    assert re.fullmatch(r"10\([a-z]\)", first["Veitrafikk"])
    assert "En del av tallet mangler: ikke beregnet</dd>" in page
    rows = {line["Sektor"]: line for line in csv_rows(client, "utvikling/csv/")}
    assert rows["Oppvarming"]["2020"] == "0"
    assert rows["Sjøfart"]["2020"] == rows["Sjøfart"]["2025"] == ""
    assert "2020: unntatt offentlighet." in rows["Sjøfart"]["Merknad"]
    assert "2025: ikke publisert ennå." in rows["Oppvarming"]["Merknad"]
    assert "Vi kan ikke si hvordan" in page  # a part nobody knows is never compared
    book = load_workbook(io.BytesIO(client.get("/klimaregnskap/eksport/utvikling/xlsx/").content))
    in_sheet = {line[0]: line for line in book["Drammen"].iter_rows(values_only=True)}
    assert in_sheet["Oppvarming"][1] == 0
    assert in_sheet["Sjøfart"][1] is None
    assert any("publisert 1.\u00a0januar 2025" in str(line) for line in in_sheet)


@pytest.mark.parametrize(
    ("number", "decimals", "signed", "text"),
    [
        ("0", 1, False, "0"),
        ("0", 0, True, "0"),
        ("0.04", 1, False, "< 0,1"),
        ("-0.2", 0, True, "> −1"),
        ("0.2", 0, True, "< +1"),
        ("1234.5", 0, True, "+1 235"),
        ("-1234.5", 1, True, "−1 234,5"),
    ],
)
def test_only_zero_is_shown_as_zero(number: str, decimals: int, signed: bool, text: str) -> None:
    assert figure_text(Decimal(number), decimals, signed=signed).replace("\u00a0", " ") == text


# --- Addresses ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("utvikling/?basis=2010", "Utgaven har ingen tall for året «2010». Vi viser 2009."),
        ("utvikling/?vis=kilo", "Vi fant ikke «kilo». Vi viser «Tonn CO₂e»."),
        ("fordeling/?aar=²", "Utgaven har ingen tall for året «²». Vi viser 2024."),
        ("fordeling/?aar=" + "9" * 5000, "Vi viser 2024. Velg et år i listen."),
        ("to-aar/?fra=2011&til=2011", "Velg to ulike år for å se en endring."),
        ("sektor/?sektor=<b>", "Vi fant ikke «&lt;b&gt;». Vi viser «Veitrafikk»."),
        ("sektor/?grense=alt", "Vi kjenner ikke systemgrensen i adressen."),
        ("utvikling/?kommune=Bergen", "Vi har ingen tall for «Bergen» med denne systemgrensen."),
    ],
)
def test_a_wrong_address_gets_a_sentence_and_a_page(client: Client, address: str, sentence: str) -> None:
    bring_in()
    response = client.get(f"/klimaregnskap/{address}")
    page = text_of(response)
    assert response.status_code == 200
    assert sentence in page
    assert "<table" in page
    assert broken_rules(response.content.decode()) == []
    view, query = address.split("/?")
    assert client.get(f"/klimaregnskap/eksport/{view}/csv/?{query}").status_code == 404


@pytest.mark.parametrize("view", VIEWS)
def test_without_figures_the_page_says_so(client: Client, view: str) -> None:
    response = client.get(f"/klimaregnskap/{view}/")
    assert "Klimaregnskapet har ingen tall for Drammen ennå" in text_of(response)
    assert broken_rules(response.content.decode()) == []
    assert client.get(f"/klimaregnskap/eksport/{view}/csv/").status_code == 404


def test_unknown_files_are_not_found(client: Client) -> None:
    bring_in()
    for address in ("sektor/pdf/", "alt/csv/"):
        assert client.get(f"/klimaregnskap/eksport/{address}").status_code == 404


@pytest.mark.parametrize("view", VIEWS)
def test_pages_follow_the_rules_and_lead_to_their_files(client: Client, view: str) -> None:
    bring_in()
    people(2009, 100_000)
    for shown_as in SHOWN_AS if view == "utvikling" else ("",):
        response = client.get(f"/klimaregnskap/{view}/?vis={shown_as}")
        assert broken_rules(response.content.decode()) == []
        links = re.findall(rf'href="(/klimaregnskap/(?:eksport/)?{view}/[^"]*)"', response.content.decode())
        assert len(links) == 4  # tab, two files, the address itself
        for link in links:
            assert client.get(link.replace("&amp;", "&")).status_code == 200
    part = client.get(f"/klimaregnskap/{view}/", headers={"HX-Request": "true", "HX-Target": "regnskap"})
    assert b"<html" not in part.content
    assert b"<table" in part.content


def test_the_number_of_queries_does_not_grow(client: Client) -> None:
    def counts() -> list[int]:
        found = []
        for view in (*VIEWS, "utvikling/?vis=innbygger", "eksport/sektor/csv"):
            with CaptureQueriesContext(connection) as made:
                assert client.get(f"/klimaregnskap/{view}", follow=True).status_code == 200
            found.append(len(made))
        return found

    bring_in(files.county_csv(DRAMMEN[:1]), published=date(2020, 1, 1))
    people(2009, 100_000)
    counts()
    before = counts()
    more = [row("Drammen", year, "Sjøfart", name, 1.0) for year in (2009, 2015) for name in ("A", "B", "C")]
    bring_in(files.county_csv([*DRAMMEN, *more]), published=date(2021, 1, 1))
    people(2011, 101_000)
    people(2024, 105_000)
    skien()
    assert counts() == before
