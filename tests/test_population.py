"""The register of inhabitants, and with it what every register made of its columns can do."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from openpyxl import load_workbook

from emissions.actions.population import PopulationData, save_populations
from emissions.models import Municipality, Population
from emissions.views.population import population_import
from organisation.models import User
from tests.cast import Cast
from tests.html_rules import broken_rules, has
from tests.register_checks import part_is_the_page, queries_of, round_trips, row_answers
from tests.test_emissions_breakdown import bring_in, people, text_of
from web.actors import COMMAND_LINE
from web.concurrency import StaleObject

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
LIST = "/klimaregnskap/folketall/"
IMPORT = f"{LIST}importer/"


GIVEN = {"year": "2023", "inhabitants": "103 291", "source": "planstrategi"}


def given(**changed: str) -> dict[str, str]:
    return GIVEN | {"municipality": str(Municipality.objects.get(name="Drammen").pk)} | changed


def test_inhabitants_are_registered_once(cast: Cast, as_user: AsUser) -> None:
    bring_in()
    klima = as_user(cast.klima)
    for _time in range(2):  # a double click
        answer = klima.post("/klimaregnskap/folketall/nytt/", given())
        assert (answer.status_code, answer["Location"]) == (303, "/klimaregnskap/folketall/")
    [stored] = Population.objects.all()
    assert (stored.year, stored.inhabitants, stored.version) == (2023, 103_291, 1)
    page = text_of(klima.get("/klimaregnskap/folketall/"))
    assert "103 291" in page
    assert broken_rules(page) == []
    opened = text_of(klima.get(f"/klimaregnskap/folketall/?rad={stored.pk}"))
    assert broken_rules(opened) == []
    assert f'action="/klimaregnskap/folketall/{stored.pk}/?rad={stored.pk}#rad"' in opened
    assert f"/historikk/emissions.population/{stored.pk}/" in opened
    assert "/nytt/" not in text_of(as_user(cast.utvalg).get("/klimaregnskap/folketall/"))


def test_another_number_for_the_same_year_is_a_conflict(cast: Cast, as_user: AsUser) -> None:
    bring_in()
    stored = people(2023, 103_291)
    klima = as_user(cast.klima)
    edit = f"/klimaregnskap/folketall/{stored.pk}/"
    answer = klima.post("/klimaregnskap/folketall/nytt/", given(inhabitants="5"))
    assert answer.status_code == 422
    assert "103 291. Rett det der." in text_of(answer)
    assert f'href="{edit}"' in answer.content.decode()
    # The year stands: a version is of one row only.
    assert klima.post(edit, given(inhabitants="103 300", version="1", year="2022")).status_code == 303
    late = klima.post(edit, given(inhabitants="99", version="1"))
    assert late.status_code == 409
    assert "103 300" in text_of(late)
    assert [(row.year, row.inhabitants) for row in Population.objects.all()] == [(2023, 103_300)]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"year": "i fjor"}, "Skriv et årstall med fire sifre"),
        ({"year": "1066"}, "Skriv et årstall fra 1970 til 2200."),
        ({"inhabitants": "0"}, "Skriv et tall som er 1 eller høyere."),
        ({"inhabitants": "1,5"}, "Skriv folketallet som et helt tall."),
        ({"inhabitants": "mange"}, "Skriv et tall"),
        ({"source": " "}, "Må fylles ut."),
        ({"municipality": "999999"}, "Kommunen finnes ikke i klimaregnskapet."),
    ],
)
def test_what_cannot_be_a_number_of_people_is_refused(
    cast: Cast, as_user: AsUser, changed: dict[str, str], sentence: str
) -> None:
    bring_in()
    answer = as_user(cast.klima).post("/klimaregnskap/folketall/nytt/", given(**changed))
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not Population.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("fields", ["year = 1969", "inhabitants = 0", "source = ''"])
def test_the_database_refuses_what_the_form_would(fields: str) -> None:
    bring_in()
    people(2023, 103_291)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE emissions_population SET year = 2022")
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(f"UPDATE emissions_population SET {fields}")


# --- The list ---------------------------------------------------------------------------------------------


def several(*years: int) -> None:
    bring_in()
    for year in years:
        people(year, 100_000 + year)


def test_the_list_is_filtered_in_the_address(cast: Cast, as_user: AsUser) -> None:
    several(2022, 2023)
    client = as_user(cast.utvalg)
    drammen = Municipality.objects.get(name="Drammen").pk
    assert "2 folketall." in text_of(client.get(f"{LIST}?kommune={drammen}"))
    none = client.get(f"{LIST}?sok=finnesikke")
    assert "Ingen folketall passer" in text_of(none)
    wrong = client.get(f"{LIST}?kommune=x")
    assert wrong.status_code == 422
    for page in (none, wrong):
        assert broken_rules(page.content.decode()) == []
    part_is_the_page(client, f"{LIST}?kommune={drammen}")


def test_who_may_not_change_a_row_reads_it_and_finds_no_form(cast: Cast, as_user: AsUser) -> None:
    several(2023)
    stored = Population.objects.get()
    page = text_of(as_user(cast.utvalg).get(f"{LIST}?rad={stored.pk}"))
    assert "Prøve" in page
    assert '<form class="kp-form"' not in page
    assert "/historikk/" not in page
    # A row that is gone, or nonsense, opens nothing.
    for rad in ("999999", "x", "9" * 40):
        assert "kp-open-row" not in text_of(as_user(cast.klima).get(f"{LIST}?rad={rad}"))


def test_a_row_is_mended_beside_the_list(cast: Cast, as_user: AsUser) -> None:
    several(2023)
    stored, client = Population.objects.get(), as_user(cast.klima)
    edit = f"{LIST}{stored.pk}/"
    sent = {"inhabitants": "104 000", "source": "SSB", "version": "1"}
    assert client.post(edit, sent)["Location"] == LIST
    assert client.post(edit, sent | {"source": "Annet"}).status_code == 409
    stored.refresh_from_db()
    assert (stored.inhabitants, stored.source, stored.version) == (104_000, "SSB", 2)


def test_what_is_wrong_in_a_row_is_told_beside_the_list(cast: Cast, as_user: AsUser) -> None:
    several(2022, 2023)
    stored, client = Population.objects.get(year=2023), as_user(cast.klima)
    here = f"{LIST}?kommune={stored.municipality_id}&side=1"
    sent = {"inhabitants": "104 000", "source": "SSB", "version": "1"}
    wrong, late = {"inhabitants": "mange"}, {"inhabitants": "106 000"}
    beside = row_answers(client, f"{here}&rad={stored.pk}", sent, wrong=wrong, late=late)
    assert "Skriv et tall" in beside[422]
    for theirs_beside_yours in ("104 000", "106 000", "Noen andre har lagret først"):
        assert theirs_beside_yours in beside[409]
    assert 'name="version" value="2"' in beside[409]
    stored.refresh_from_db()
    assert (stored.inhabitants, stored.version) == (104_000, 2)
    # A row that no longer passes the filter is not lost with what was typed.
    out_of_it = client.post(f"{LIST}{stored.pk}/?sok=finnesikke&rad={stored.pk}", sent | {"source": " "})
    assert (out_of_it.status_code, "kp-open-row" in text_of(out_of_it)) == (422, True)
    assert broken_rules(text_of(out_of_it)) == []


def test_the_list_costs_the_same_with_five_thousand_rows(cast: Cast, as_user: AsUser) -> None:
    several(2023)
    client = as_user(cast.klima)
    one = queries_of(client, LIST)
    many = [
        Municipality(name=f"Kommune {number:03d} eksempel", number=f"{9000 + number}") for number in range(50)
    ]
    Municipality.objects.bulk_create(many)
    Population.objects.bulk_create(
        Population(municipality=kommune, year=year, inhabitants=1000 + year, source="Eksempel")
        for kommune in many
        for year in range(1980, 2080)
    )
    assert Population.objects.count() == 5001
    assert queries_of(client, LIST) == one
    page = client.get(f"{LIST}?side=2")
    assert "Side 2 av 101" in text_of(page)
    assert page.content.count(b"<tr") < 60


# --- Files ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_what_is_taken_out_comes_back_unchanged(cast: Cast, as_user: AsUser, file_format: str) -> None:
    several(2021, 2022)
    people(2023, 103_291, is_example=True)
    round_trips(as_user(cast.klima), f"{LIST}eksport/{file_format}/", population_import(), file_format)


def csv_file(*rows: str) -> SimpleUploadedFile:
    head = "Kommune;År;Innbyggere 1. januar;Kilde"
    return SimpleUploadedFile("f.csv", "\r\n".join([head, *rows]).encode("utf-8-sig"))


def previewed(client: Client, *rows: str) -> Any:
    kept = client.post(IMPORT, {"file": csv_file(*rows)})
    assert kept.status_code == 303
    return client.get(kept["Location"])


def test_a_file_is_seen_over_and_written_once(cast: Cast, as_user: AsUser) -> None:
    bring_in()
    people(2023, 103_291, is_example=True)
    client = as_user(cast.klima)
    page = previewed(client, "drammen;2023;103 300;SSB", "Drammen;2024;104000;SSB")
    assert broken_rules(page.content.decode()) == []
    text = page.content.decode()
    assert has(text, "Innbyggere 1. januar: <del>103\u00a0291</del> → <ins>103\u00a0300</ins>")
    assert "Lagre 2 rader" in text
    sent = {"fingerprint": page.context["plan"].fingerprint}
    for _click in range(2):
        assert client.post(page.request["PATH_INFO"], sent)["Location"] == LIST
    found = Population.objects.order_by("year").values_list("year", "inhabitants", "is_example", "version")
    # A column that is not in the file changes nothing.
    assert list(found) == [(2023, 103_300, True, 2), (2024, 104_000, False, 1)]


def test_a_file_over_somebody_elses_change_writes_nothing(cast: Cast, as_user: AsUser) -> None:
    several(2023)
    client = as_user(cast.klima)
    page = previewed(client, "Drammen;2023;5;SSB", "Drammen;2024;6;SSB")
    row = PopulationData(
        municipality=Municipality.objects.get(name="Drammen"),
        year=2023,
        inhabitants=7,
        source="Prøve",
        version=1,
    )
    save_populations(by=COMMAND_LINE, rows=[row])
    late = client.post(page.request["PATH_INFO"], {"fingerprint": page.context["plan"].fingerprint})
    assert late.status_code == 409
    assert [row.inhabitants for row in Population.objects.all()] == [7]
    with pytest.raises(StaleObject):
        save_populations(by=COMMAND_LINE, rows=[row, PopulationData(
            municipality=row.municipality, year=2025, inhabitants=1, source="Prøve", version=3
        )])  # fmt: skip


def test_every_wrong_cell_is_named_and_can_be_taken_out(cast: Cast, as_user: AsUser) -> None:
    bring_in()
    client = as_user(cast.klima)
    page = previewed(
        client,
        "Drammen;2023;mange;SSB",
        "Ukjent;2023;5;SSB",
        "Drammen;1066;5;SSB",
        "Drammen;2024;0;",
        "Drammen;2022;5;SSB",
        "Drammen;2022;6;SSB",
    )
    text = text_of(page)
    for line in (
        "Rad 2, kolonne Innbyggere 1. januar: Skriv et tall",
        "Rad 3, kolonne Kommune: Kommunen finnes ikke i klimaregnskapet.",
        "Rad 4, kolonne År: Skriv et tall som er",
        "Rad 5, kolonne Innbyggere 1. januar: Skriv et tall som er 1 eller høyere.",
        "Rad 5, kolonne Kilde: Må fylles ut.",
        "Rad 7: Det samme står også i rad 6.",
    ):
        assert line in text
    assert broken_rules(page.content.decode()) == []
    url = page.request["PATH_INFO"]
    assert client.post(url, {"fingerprint": page.context["plan"].fingerprint}).status_code == 409
    rows = list(load_workbook(io.BytesIO(client.get(f"{url}feil/").content)).active.values)
    assert [row[0] for row in rows[1:]] == [2, 3, 4, 5, 7]
    assert not Population.objects.exists()


def test_only_klima_brings_files(cast: Cast, as_user: AsUser) -> None:
    bring_in()
    for name, person in cast.people().items():
        if name != "klima":
            assert as_user(person).get(IMPORT).status_code == 403
            assert as_user(person).post(IMPORT, {"file": csv_file("Drammen;2023;5;SSB")}).status_code == 403
    assert not Population.objects.exists()
