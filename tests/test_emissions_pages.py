"""Klimaregnskap on the page and in spreadsheets: answer first, gaps as gaps, edition named, few queries."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from emissions.enums import MissingReason, Scope
from emissions.importers.editions import import_edition
from emissions.models import Edition, Figure, Municipality, Sector, Source
from emissions.queries.accounts import accounts, emissions_table, source_totals
from emissions.queries.editions import edition_in_force, editions_in_force, editions_of
from emissions.words.accounts import amount_text, answer
from organisation.models import User
from tests import files
from tests.cast import Cast
from tests.html_rules import broken_rules
from web.actors import COMMAND_LINE

REAL = Path(__file__).with_name("data") / "utslipp_tre_kommuner.csv"
AsUser = Callable[[User], Client]


def row(name: str, year: int, sector: str, source: str, tonnes: float) -> files.Row:
    return ("", name, year, sector, source, "", tonnes)


DRAMMEN = [
    row("Drammen", 2009, "Veitrafikk", "Personbiler", 200_000.0),
    row("Drammen", 2009, "Oppvarming", "Fossil olje", 100_000.0),
    row("Drammen", 2011, "Veitrafikk", "Personbiler", 180_000.0),
    row("Drammen", 2011, "Oppvarming", "Fossil olje", 0.0),
    row("Drammen", 2024, "Veitrafikk", "Personbiler", 211_999.75),
    row("Drammen", 2024, "Oppvarming", "Fossil olje", 0.25),
]


def bring_in(content: bytes = b"", municipality: str = "Drammen", **details: Any) -> Edition:
    given: dict[str, Any] = {
        "scope": Scope.COMMUNITY_DIRECT,
        "published": date(2025, 12, 16),
        "publisher": "Miljødirektoratet",
    }
    return import_edition(
        by=COMMAND_LINE,
        content=content or files.county_csv(DRAMMEN),
        file_name="utslipp.csv",
        municipality=municipality,
        **(given | details),
    ).edition


def skien() -> Edition:
    return bring_in(REAL.read_bytes(), "Skien")


def totals(municipality: str) -> dict[int, Decimal]:
    sums: dict[int, Decimal] = defaultdict(Decimal)
    with REAL.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            if line["Kommune"] == municipality:
                sums[int(line["År"])] += Decimal(line["Utslipp"])
    return sums


# --- Reads ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_in_force_is_the_latest_published_per_municipality_and_scope() -> None:
    older = bring_in(published=date(2024, 12, 1))
    newer = bring_in(files.county_csv(DRAMMEN[:2]), published=date(2025, 12, 1))
    own = bring_in(scope=Scope.OWN_OPERATIONS_DIRECT)
    other = skien()
    assert edition_in_force("Drammen", Scope.COMMUNITY_DIRECT) == newer
    assert edition_in_force("Drammen", Scope.OWN_OPERATIONS_DIRECT) == own
    assert edition_in_force("Tinn", Scope.COMMUNITY_DIRECT) is None
    assert editions_in_force(Scope.COMMUNITY_DIRECT) == [newer, other]
    assert editions_of(newer.municipality, Scope.COMMUNITY_DIRECT) == [newer, older]


@pytest.mark.django_db
def test_totals_are_those_of_the_file() -> None:
    [account] = accounts([skien()])
    assert {year: total.tonnes for year, total in account.total_by_year().items()} == totals("Skien")
    assert account.missing_years == (2010, 2012, 2014)
    by_source = source_totals(account.edition)
    for year, tonnes in totals("Skien").items():
        assert sum(value for key, value in by_source.items() if key[1] == year) == tonnes
    assert source_totals(account.edition, 2009) == {k: v for k, v in by_source.items() if k[1] == 2009}


@pytest.mark.django_db(transaction=True)
def test_unknown_nothing_and_zero_are_three_things() -> None:
    edition = with_reasons()
    [account] = accounts([edition])
    lines = {line.name: dict(zip(account.years, line.amounts, strict=True)) for line in account.sectors}
    assert amount_text(lines["Sjøfart"][2020]) == "unntatt offentlighet"
    assert amount_text(lines["Oppvarming"][2020]) == "0"
    assert amount_text(lines["Veitrafikk"][2020]) == "10*"
    assert amount_text(lines["Jordbruk"][2020]) == "forekommer ikke"
    assert amount_text(lines["Jordbruk"].get(2021)) == "–"
    assert amount_text(account.totals[0]) == "10*"
    assert "lavere" not in answer(account)
    known = {
        Source.objects.get(pk=pk).sector.name: tonnes
        for (pk, _y), tonnes in source_totals(edition, 2020).items()
    }
    assert known == {"Oppvarming": 0, "Jordbruk": 0}
    table = {row.sector: row.tonnes for row in emissions_table(edition, [2020])}
    assert table == {"Sjøfart": None, "Oppvarming": 0, "Veitrafikk": None, "Jordbruk": 0}


def with_reasons() -> Edition:
    """An edition with every kind of figure, as none of today's files has."""

    def source(sector: str) -> Source:
        return Source.objects.create(sector=Sector.objects.create(name=sector), name="Alt")

    with transaction.atomic():
        edition = Edition.objects.create(
            municipality=Municipality.objects.create(name="Drammen"),
            scope=Scope.COMMUNITY_DIRECT,
            publisher="Prøve",
            published=date(2025, 1, 1),
            file_name="f",
            file_sha256="0" * 64,
            shape="csv_comma",
            rows_read=1,
            rows_used=1,
            imported_by_system=COMMAND_LINE.code,
        )
        road = source("Veitrafikk")
        figures: list[tuple[Source, int, str, int | None, str]] = [
            (road, 2020, "CO2", 10, ""),
            (road, 2020, "CH4", None, MissingReason.NOT_ESTIMATED),
            (road, 2021, "CO2", 9, ""),
            (source("Sjøfart"), 2020, "", None, MissingReason.CONFIDENTIAL),
            (source("Oppvarming"), 2020, "", 0, ""),
            (source("Jordbruk"), 2020, "", None, MissingReason.NOT_OCCURRING),
        ]
        Figure.objects.bulk_create(
            Figure(edition=edition, source=s, year=y, gas=g, tonnes=t, missing_reason=r)
            for s, y, g, t, r in figures
        )
    return edition


# --- Words ------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (DRAMMEN, "I 2024 var utslippene i Drammen 212 000 tonn CO₂e, 29 prosent lavere enn i 2009."),
        (DRAMMEN[:2], "I 2009 var utslippene i Drammen 300 000 tonn CO₂e."),
        (
            [row("Drammen", 2009, "V", "P", 100.0), row("Drammen", 2010, "V", "P", 150.0)],
            "I 2010 var utslippene i Drammen 150 tonn CO₂e, 50 prosent høyere enn i 2009.",
        ),
        (
            [row("Drammen", 2009, "V", "P", 1000.0), row("Drammen", 2010, "V", "P", 999.0)],
            "I 2010 var utslippene i Drammen 999 tonn CO₂e, omtrent som i 2009.",
        ),
        (
            [row("Drammen", 2009, "V", "P", 0.0), row("Drammen", 2010, "V", "P", 5.0)],
            "I 2010 var utslippene i Drammen 5 tonn CO₂e.",
        ),
    ],
)
def test_the_answer_is_one_sentence(rows: list[files.Row], sentence: str) -> None:
    [account] = accounts([bring_in(files.county_csv(rows))])
    assert answer(account).replace("\u00a0", " ") == sentence


# --- Pages ------------------------------------------------------------------------------------------


def text_of(response: Any) -> str:
    return response.content.decode().replace("\u00a0", " ")


def test_everybody_with_a_role_reads_the_accounts(cast: Cast, as_user: AsUser) -> None:
    edition = bring_in()
    for name, person in cast.people().items():
        client = as_user(person)
        expected = 403 if name == "ingen" else 200
        for url in ("/klimaregnskap/", f"/klimaregnskap/utgave/{edition.pk}/", "/klimaregnskap/eksport/csv/"):
            assert client.get(url).status_code == expected, (name, url)
        page = client.get("/klimaregnskap/")
        assert ("/klimaregnskap/importer/" in page.content.decode()) == (name == "klima")
        assert client.get("/klimaregnskap/importer/").status_code == (200 if name == "klima" else 403)
        assert client.post("/klimaregnskap/importer/").status_code == (422 if name == "klima" else 403)


def test_two_accounts_side_by_side(cast: Cast, as_user: AsUser) -> None:
    bring_in(is_example=True)
    edition = skien()
    response = as_user(cast.utvalg).get("/klimaregnskap/", {"kommune": "skien", "grense": "kommunen-direkte"})
    page = text_of(response)
    assert response.status_code == 200
    assert broken_rules(response.content.decode()) == []
    assert "I 2024 var utslippene i Drammen 212 000 tonn CO₂e, 29 prosent lavere enn i 2009." in page
    assert "I 2024 var utslippene i Skien" in page
    assert page.count("eksempeldata</span>") >= 1
    assert edition.file_sha256[:12] in page
    assert "publisert 16. desember 2025" in page
    assert "Utgaven har ingen tall for 2010, 2012 og 2014." in page
    assert page.count("<table") == 3
    assert page.count("<svg") >= 4
    assert '<td class="num">&lt; 1</td>' in page  # a quarter of a tonne is not zero
    assert '<td class="num">0</td>' in page
    assert '<td class="num">–</td>' in page  # Drammen has no 2015, Skien has


def test_htmx_gets_the_accounts_alone(cast: Cast, as_user: AsUser) -> None:
    bring_in()
    client = as_user(cast.utvalg)
    response = client.get("/klimaregnskap/", headers={"HX-Request": "true", "HX-Target": "regnskap"})
    assert "<html" not in response.content.decode()
    assert "kp-lead" in response.content.decode()
    assert "HX-Target" in response["Vary"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"kommune": "Bergen"}, "Vi har ingen tall for «Bergen» med denne systemgrensen."),
        ({"grense": "alt"}, "Vi kjenner ikke systemgrensen i adressen."),
        ({"grense": "egen-virksomhet-direkte"}, "Klimaregnskapet har ingen tall for Drammen ennå"),
        ({"kommune": "Drammen"}, "I 2024 var utslippene i Drammen"),
    ],
)
def test_what_there_is_no_figures_for(
    cast: Cast, as_user: AsUser, query: dict[str, str], sentence: str
) -> None:
    bring_in()
    response = as_user(cast.utvalg).get("/klimaregnskap/", query)
    assert response.status_code == 200
    assert sentence in text_of(response)


def test_without_any_edition_the_page_says_what_to_do(cast: Cast, as_user: AsUser) -> None:
    page = text_of(as_user(cast.klima).get("/klimaregnskap/"))
    assert "Last opp statistikk med systemgrensen «Direkte utslipp i kommunen», så står den her." in page
    assert broken_rules(page) == []
    assert as_user(cast.klima).get("/klimaregnskap/eksport/csv/").status_code == 404


def test_another_municipality_is_shown_without_our_own(cast: Cast, as_user: AsUser) -> None:
    skien()
    page = text_of(as_user(cast.utvalg).get("/klimaregnskap/", {"kommune": "Skien"}))
    assert "Klimaregnskapet har ingen tall for Drammen ennå" in page
    assert "I 2024 var utslippene i Skien" in page


def test_an_edition_tells_where_it_came_from(cast: Cast, as_user: AsUser) -> None:
    older = bring_in(published=date(2024, 12, 1))
    newer = bring_in(REAL.read_bytes().replace(b"Skien", b"Drammen"))
    client = as_user(cast.utvalg)
    page = text_of(client.get(f"/klimaregnskap/utgave/{newer.pk}/"))
    assert broken_rules(page) == []
    assert "Dette er utgaven som gjelder." in page
    assert newer.file_sha256 in page
    assert all(oddity.replace("\u00a0", " ") in page for oddity in newer.oddities)
    assert "brukt av 3 906 lest" in page
    assert f"/klimaregnskap/utgave/{older.pk}/" in page
    assert "Denne utgaven gjelder ikke lenger." in text_of(client.get(f"/klimaregnskap/utgave/{older.pk}/"))
    assert client.get("/klimaregnskap/utgave/999999/").status_code == 404


def test_the_number_of_queries_does_not_grow(cast: Cast, as_user: AsUser) -> None:
    def count(client: Client, url: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries_made:
            assert client.get(url).status_code == 200
        return len(queries_made)

    one = bring_in(files.county_csv(DRAMMEN[:1]), published=date(2020, 1, 1))
    client = as_user(cast.utvalg)
    urls = ("/klimaregnskap/", f"/klimaregnskap/utgave/{one.pk}/", "/klimaregnskap/eksport/xlsx/")
    before = [count(client, url) for url in urls]
    rows = [*DRAMMEN, row("Drammen", 2009, "Sjøfart", "Stykkgods", 1.0)]
    bring_in(files.county_csv(rows), published=date(2021, 1, 1))
    bring_in(REAL.read_bytes().replace(b"Skien", b"Drammen"), published=date(2022, 1, 1))
    skien()
    assert [count(client, url) for url in urls] == before
    assert count(client, "/klimaregnskap/?kommune=Skien") == before[0]


# --- Spreadsheets -------------------------------------------------------------------------------------


def test_the_export_is_typed_and_is_what_the_page_shows(cast: Cast, as_user: AsUser) -> None:
    bring_in(is_example=True)
    edition = skien()
    client = as_user(cast.utvalg)
    response = client.get("/klimaregnskap/eksport/xlsx/?kommune=Skien&grense=kommunen-direkte")
    assert "klimaregnskap-kommunen-direkte-drammen-skien.xlsx" in response["Content-Disposition"]
    book = load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == ["Sum per år", "Drammen", "Skien"]
    sums = {cells[0]: cells[1:] for cells in book["Sum per år"].iter_rows(values_only=True)}
    assert sums[2024][0] == 212_000
    assert sums[2024][1] == pytest.approx(float(totals("Skien")[2024]))
    assert sums[2015][0] is None  # a gap is an empty cell, not zero
    assert any("Eksempeldata." in str(key) for key in sums)
    [account] = accounts([edition])
    named = {cells[0]: cells for cells in book["Skien"].iter_rows(values_only=True)}
    assert list(named["Sektor"][1:]) == [str(year) for year in account.years]
    assert all(isinstance(cell, int | float) for cell in named["Veitrafikk"][1:])

    text = client.get("/klimaregnskap/eksport/csv/?kommune=Skien").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    of_skien = [line for line in rows if line["Kommune"] == "Skien"]
    assert sum(Decimal(line["Tonn CO₂e"].replace(",", ".")) for line in of_skien) == sum(
        totals("Skien").values()
    )
    assert {line["Publisert"] for line in rows} == {"2025-12-16"}
    assert {line["Eksempeldata"] for line in of_skien} == {"nei"}


def test_the_export_of_nothing_is_not_found(cast: Cast, as_user: AsUser) -> None:
    bring_in()
    client = as_user(cast.utvalg)
    for address in ("pdf/", "csv/?kommune=Bergen", "csv/?grense=alt", "csv/?grense=kommunen-indirekte"):
        assert client.get(f"/klimaregnskap/eksport/{address}").status_code == 404
