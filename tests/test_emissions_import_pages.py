"""Importing in the browser: upload, preview, confirm; bad files and double clicks; nothing half done."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from emissions.enums import Scope
from emissions.importers.editions import import_edition
from emissions.models import Edition, Figure, Municipality
from organisation.models import User
from tests import files
from tests.cast import Cast
from tests.clock import NOW
from tests.html_rules import broken_rules, parse
from web.actors import COMMAND_LINE
from web.models import Upload

REAL = Path(__file__).with_name("data") / "utslipp_tre_kommuner.csv"
UPLOAD = "/klimaregnskap/importer/"
DETAILS = {
    "kommune": "Skien",
    "grense": "kommunen-direkte",
    "utgiver": "Miljødirektoratet",
    "publisert": "16.12.2025",
}
RECOGNISED = {
    "kommune": "Kommune", "aar": "År", "sektor": "Sektor", "kilde": "Utslippskilde", "utslipp": "Utslipp",
}  # fmt: skip
AsUser = Callable[[User], Client]


def upload(client: Client, content: bytes = b"", name: str = "utslipp.csv", **extra: Any) -> Any:
    file = SimpleUploadedFile(name, content or REAL.read_bytes())
    return client.post(UPLOAD, {"file": file}, **extra)


def text_of(response: Any) -> str:
    return response.content.decode().replace("\u00a0", " ")


@pytest.fixture
def klima(cast: Cast, as_user: AsUser) -> Client:
    return as_user(cast.klima)


def preview_of(answer: Any) -> str:
    """The address of the review of an uploaded file; uploading leads to its columns."""
    return str(answer["Location"]).removesuffix("kolonner/")


@pytest.fixture
def preview_url(klima: Client) -> str:
    return preview_of(upload(klima))


# --- The way through ---------------------------------------------------------------------------------


def test_the_whole_way(klima: Client) -> None:
    page = klima.get(UPLOAD)
    assert broken_rules(page.content.decode()) == []
    assert "Høyst 60 MB og 1 000 000 rader" in page.content.decode()
    answer = upload(klima)
    assert answer.status_code == 303
    columns = klima.get(answer["Location"])
    assert broken_rules(columns.content.decode()) == []
    assert "Vi kjente igjen kolonnene" in text_of(columns)
    assert '<option value="Utslippskilde" selected>' in text_of(columns)
    matched = {f"kolonne_{name}": header for name, header in RECOGNISED.items()}
    onward = klima.post(answer["Location"], matched)
    url = preview_of(answer)
    assert onward["Location"] == url
    preview = klima.get(url)
    text = text_of(preview)
    assert broken_rules(preview.content.decode()) == []
    assert "Skien, Tinn, Vinje" in text
    assert "3 906" in text
    assert "Importer " not in text.split('id="forhandsvisning"')[1]
    assert not Edition.objects.exists()

    chosen = klima.get(url, DETAILS)
    text = text_of(chosen)
    assert chosen.status_code == 200
    assert broken_rules(chosen.content.decode()) == []
    assert "Sum per år for Skien" in text
    assert re.search(r"Importer 1 \d{3} rader", text)
    assert "portalens egen kommune" not in text
    assert not Edition.objects.exists()

    done = klima.post(f"{url}bekreft/", DETAILS)
    assert done.status_code == 303
    assert done["Location"] == f"{url}kvittering/"
    receipt = klima.get(done["Location"])
    text = text_of(receipt)
    assert broken_rules(receipt.content.decode()) == []
    assert "Klimaregnskapet for Skien er importert: " in text
    assert "Dette er utgaven som gjelder." in text
    assert "Angre import" in text
    accounts = "/klimaregnskap/?kommune=Skien&grense=kommunen-direkte"
    assert accounts.replace("&", "&amp;") in text
    assert "I 2024 var utslippene i Skien" in text_of(klima.get(accounts))
    edition = Edition.objects.get()
    assert (edition.municipality.name, edition.published) == ("Skien", date(2025, 12, 16))
    assert f"/klimaregnskap/utgave/{edition.pk}/" in text
    assert klima.get(url)["Location"] == done["Location"]
    stored = Upload.objects.get()
    assert (stored.file_name, stored.sha256) == ("utslipp.csv", edition.file_sha256)
    assert (stored.written, bytes(stored.content)) == (edition.rows_used, b"")


def test_confirmed_twice_is_one_edition_and_one_answer(klima: Client, preview_url: str) -> None:
    first = klima.post(f"{preview_url}bekreft/", DETAILS)
    second = klima.post(f"{preview_url}bekreft/", DETAILS)
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert Edition.objects.count() == 1
    assert "Ingenting er endret" not in text_of(klima.get(second["Location"]))


def test_with_htmx_the_preview_follows_what_is_filled_in(klima: Client, preview_url: str) -> None:
    headers = {"HX-Request": "true", "HX-Target": "forhandsvisning"}
    part = klima.get(preview_url, {**DETAILS, "utgiver": "", "publisert": "32.1.2025"}, headers=headers)
    text = text_of(part)
    assert part.status_code == 200
    assert "<html" not in text
    assert "Sum per år for Skien" in text
    assert "Utgiver: Må fylles ut." in text
    assert "Publisert: Datoen finnes ikke." in text
    assert "bekreft/" not in text
    assert "bekreft/" in text_of(klima.get(preview_url, DETAILS, headers=headers))
    form = next(
        node for node in parse(text_of(klima.get(preview_url))).walk() if node.attributes.get("hx-get")
    )
    assert form.attributes["hx-trigger"] == "change"  # the button loads the page, errors at the fields
    pressed = klima.get(preview_url, {**DETAILS, "publisert": "32.1.2025"})
    assert pressed.status_code == 422
    assert 'aria-invalid="true"' in text_of(pressed)
    assert "<ds-error-summary" in text_of(pressed)
    done = klima.post(f"{preview_url}bekreft/", DETAILS, headers=headers)
    assert done["HX-Redirect"] == f"{preview_url}kvittering/"


def test_a_file_of_one_municipality_needs_no_choice(klima: Client) -> None:
    drammen = [row for row in files.SMALL if row[1] == "Drammen"]
    url = preview_of(upload(klima, files.county_csv(drammen)))
    text = text_of(klima.get(url))
    assert '<option value="Drammen" selected>' in text
    assert "Sum per år for Drammen" in text
    assert "Drammen er portalens egen kommune." in text


def test_a_file_that_names_no_municipality_asks_for_it(klima: Client) -> None:
    rows = [row for row in files.SMALL if row[1] == "Oslo"]
    url = preview_of(upload(klima, files.one_municipality_csv(rows)))
    assert "Filen nevner ingen kommune." in text_of(klima.get(url))
    assert klima.post(f"{url}bekreft/", DETAILS | {"kommune": "Oslo"}).status_code == 303
    assert Municipality.objects.get().name == "Oslo"


def test_our_own_municipality_is_warned_about(klima: Client) -> None:
    url = preview_of(upload(klima, files.county_csv()))
    ours = DETAILS | {"kommune": "Drammen"}
    text = text_of(klima.get(url, ours))
    assert "mål og nye klimabudsjetter bygger på det" in text
    klima.post(f"{url}bekreft/", ours)
    again = preview_of(upload(klima, files.county_csv(files.SMALL[:3])))
    text = text_of(klima.get(again, ours | {"publisert": "1.12.2025"}))
    assert "Utgaven er eldre enn den som gjelder, publisert 16. desember 2025." in text
    assert "Utgaven som gjelder nå" in text


def test_the_same_file_again_is_said_before_and_after(klima: Client, preview_url: str) -> None:
    klima.post(f"{preview_url}bekreft/", DETAILS)
    klima.get("/klimaregnskap/")  # shows the first message
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        again = preview_of(upload(klima))
    text = text_of(klima.get(again, DETAILS))
    assert "Denne filen er allerede importert for Skien" in text
    assert "bekreft/" not in text
    done = klima.post(f"{again}bekreft/", DETAILS)
    assert "Ingenting er endret." in text_of(klima.get(done["Location"]))
    assert Edition.objects.count() == 1


# --- What is refused ------------------------------------------------------------------------------------

WEB_PAGE = b"<!doctype html><html><body>Siden finnes ikke</body></html>"


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (
            WEB_PAGE,
            "utslipp.xlsx",
            "Filen er en nettside, ikke et regneark, selv om navnet slutter på .xlsx.",
        ),
        (b"  \r\n", "utslipp.csv", "Filen er tom."),
        (b"%PDF-1.7 ...", "utslipp.csv", "Filen er verken et regneark (.xlsx) eller en CSV-fil."),
        (b"Navn;Telefon\nEn;22\n", "liste.csv", "kolonne"),
        (b"PK\x03\x04 kuttet", "utslipp.xlsx", "Regnearket er ikke helt: slutten av filen mangler."),
        (files.county_csv([("", "Skien", 2009, "V", "P", "", -1.0)]), "u.csv", "er negativt"),
    ],
)
def test_a_wrong_file_gets_its_sentence(klima: Client, content: bytes, name: str, sentence: str) -> None:
    answer = upload(klima, content, name)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert broken_rules(answer.content.decode()) == []
    assert not Upload.objects.exists()


def test_no_file_and_an_empty_one(klima: Client) -> None:
    nothing = klima.post(UPLOAD, {})
    assert nothing.status_code == 422
    assert "Velg en fil." in text_of(nothing)
    empty = klima.post(UPLOAD, {"file": SimpleUploadedFile("tom.csv", b"")})
    assert empty.status_code == 422
    assert "Filen er tom." in text_of(empty)
    part = klima.post(UPLOAD, {}, headers={"HX-Request": "true", "HX-Target": "import-skjema"})
    assert part.status_code == 422
    assert "<html" not in text_of(part)


def test_a_file_over_the_limit_is_refused_by_its_name(klima: Client) -> None:
    answer = upload(klima, b"x" * (60 * 1024 * 1024 + 1))
    assert answer.status_code == 422
    assert "Filen er på 60,1 MB. Grensen for opplasting er 60 MB." in text_of(answer)


@pytest.mark.parametrize(
    ("route", "who", "size", "limit"),
    [
        (UPLOAD, "klima", 62, 60),
        # Only who may import may send more than to other addresses.
        (UPLOAD, "leder", 7, 5),
        ("/strategi/", "klima", 7, 5),
    ],
)
def test_what_is_too_large_is_refused_before_they_are_parsed(
    cast: Cast, as_user: AsUser, monkeypatch: pytest.MonkeyPatch, route: str, who: str, size: int, limit: int
) -> None:
    def parsed(*_: object) -> None:
        raise AssertionError("the body was parsed")

    monkeypatch.setattr("django.http.multipartparser.MultiPartParser.parse", parsed)
    boundary = "grense"
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="stor.csv"\r\n\r\n'.encode()
    )
    body = head + b"x" * (size * 1024 * 1024) + f"\r\n--{boundary}--\r\n".encode()
    request = {"content_type": f"multipart/form-data; boundary={boundary}"}
    client = as_user(getattr(cast, who))
    answer = client.generic("POST", route, body, **request)
    assert answer.status_code == 413
    assert f"Filen er på {size + 1} MB. Grensen for opplasting er {limit} MB." in text_of(answer)
    assert broken_rules(answer.content.decode()) == []
    part = client.generic("POST", route, body, **request, headers={"HX-Request": "true"})
    assert (part.status_code, part["Content-Type"]) == (413, "text/plain; charset=utf-8")
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kommune": "Bergen"}, "Bergen finnes ikke i filen."),
        ({"kommune": ""}, "Velg en kommune."),
        ({"grense": "alt"}, "Systemgrense"),
        ({"utgiver": ""}, "Utgiver: Må fylles ut."),
        ({"publisert": "i fjor"}, "Publisert: Skriv en dato, for eksempel 31.12.2026."),
        ({"publisert": "1.1.2199"}, "Datoen er fram i tid."),
    ],
)
def test_wrong_details_are_refused_in_preview_and_on_confirmation(
    klima: Client, preview_url: str, changes: dict[str, str], sentence: str
) -> None:
    for answer in (
        klima.get(preview_url, DETAILS | changes),
        klima.post(f"{preview_url}bekreft/", DETAILS | changes),
    ):
        assert answer.status_code == 422
        assert sentence in text_of(answer)
        assert broken_rules(answer.content.decode()) == []
    assert not Edition.objects.exists()
    assert not Figure.objects.exists()
    assert klima.post(f"{preview_url}bekreft/", DETAILS).status_code == 303  # and nothing is lost


def test_a_second_edition_on_one_date_is_refused_with_a_sentence(klima: Client, preview_url: str) -> None:
    import_edition(
        by=COMMAND_LINE,
        content=REAL.read_bytes().replace(b",3.54\n", b",3.55\n", 1),
        file_name="annen.csv",
        municipality="Skien",
        scope=Scope.COMMUNITY_DIRECT,
        published=date(2025, 12, 16),
        publisher="Miljødirektoratet",
    )
    answer = klima.post(f"{preview_url}bekreft/", DETAILS)
    assert answer.status_code == 422
    assert "Skien har allerede en utgave fra Miljødirektoratet publisert 16. desember 2025" in text_of(answer)
    assert Edition.objects.count() == 1


def test_an_upload_is_seen_by_its_owner_only(
    cast: Cast, as_user: AsUser, klima: Client, preview_url: str
) -> None:
    cast.analyse.appointments.update(role="climate_editor")
    other = as_user(cast.analyse)
    assert other.get(preview_url).status_code == 404
    assert other.post(f"{preview_url}bekreft/", DETAILS).status_code == 404
    for name, person in cast.people().items():
        if name not in ("klima", "analyse"):
            client = as_user(person)
            assert client.get(preview_url).status_code == 403, name
            assert client.post(f"{preview_url}bekreft/", DETAILS).status_code == 403, name
            assert upload(client).status_code == 403, name
    assert Client().get(preview_url).status_code == 302
    assert not Edition.objects.exists()


def test_after_a_day_the_upload_is_gone_with_a_sentence(klima: Client, preview_url: str) -> None:
    Upload.objects.update(uploaded_at=timezone.now() - timedelta(hours=25))
    for answer in (klima.get(preview_url, DETAILS), klima.post(f"{preview_url}bekreft/", DETAILS)):
        assert answer.status_code == 410
        assert "lastet opp for mer enn et døgn siden" in text_of(answer)
        assert "Last opp filen på nytt" in text_of(answer)
    assert not Edition.objects.exists()


@pytest.mark.parametrize("step", ["", "kolonner/", "lesing/", "bekreft/", "kvittering/"])
def test_a_file_under_way_at_an_upgrade_is_asked_for_again(klima: Client, step: str) -> None:
    answer = klima.get(f"{UPLOAD}999999/{step}")
    assert answer.status_code == 410
    assert broken_rules(answer.content.decode()) == []
    assert "Last opp filen på nytt" in text_of(answer)
    part = klima.get(f"{UPLOAD}999999/{step}", headers={"HX-Request": "true", "HX-Target": "lesing"})
    assert part["HX-Redirect"] == f"{UPLOAD}999999/{step}"
    assert klima.post(f"{UPLOAD}999999/bekreft/", DETAILS).status_code == 410


def test_confirming_by_address_leads_to_the_preview(klima: Client, preview_url: str) -> None:
    answer = klima.get(f"{preview_url}bekreft/")
    assert (answer.status_code, answer["Location"]) == (303, preview_url)
