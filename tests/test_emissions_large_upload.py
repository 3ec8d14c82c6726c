"""Matching columns, approving names, and files that a job reads: kept in pieces, told about, confirmed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from emissions import jobs
from emissions.actions.uploads import JOB, told_progress
from emissions.enums import ReadingState
from emissions.importers.results import from_plain, to_plain
from emissions.importers.statistics import read_statistics
from emissions.models import Edition, UploadReading
from organisation.models import User
from tests import files
from tests.cast import Cast
from tests.clock import NOW
from tests.html_rules import broken_rules
from web.jobs import let_go
from web.models import Upload, UploadPart

AsUser = Callable[[User], Client]
UPLOAD = "/klimaregnskap/importer/"
DETAILS = {
    "kommune": "Drammen",
    "grense": "kommunen-direkte",
    "utgiver": "Miljødirektoratet",
    "publisert": "16.12.2025",
}
POLL = {"HX-Request": "true", "HX-Target": "lesing"}


def upload(client: Client, content: bytes, name: str = "utslipp.csv") -> Any:
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, content)})


def text_of(response: Any) -> str:
    return response.content.decode().replace("\u00a0", " ")


def queued() -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args, lock FROM procrastinate_jobs WHERE task_name = %s", [JOB])
        return [args if isinstance(args, dict) else json.loads(args) for args, _lock in cursor.fetchall()]


@pytest.fixture
def klima(cast: Cast, as_user: AsUser) -> Client:
    return as_user(cast.klima)


def large(rows: int = 61_000) -> bytes:
    """More rows than a request reads, in few bytes."""
    many = [("3301", "Drammen", 2009, "Sjøfart", "Cruise", "CO2", 1.0)] * rows
    return files.county_csv([*files.SMALL, *many])


# --- Columns ----------------------------------------------------------------------------------------


def test_unknown_headers_are_matched_and_the_choice_is_kept(klima: Client) -> None:
    header = ("Place", "Year", "Branch", "Amount")
    rows = [("Drammen", 2009, "Sjøfart", 2.5), ("Oslo", 2009, "Sjøfart", 7)]
    answer = upload(klima, files.csv_file(header, rows))
    url = answer["Location"]
    page = klima.get(url)
    assert broken_rules(page.content.decode()) == []
    assert "Vi kjente ikke igjen alle kolonnene." in text_of(page)
    assert klima.get(url.removesuffix("kolonner/"))["Location"] == url  # nothing to review yet
    wrong = klima.post(url, {"kolonne_aar": "Year", "kolonne_sektor": "Year"})
    assert wrong.status_code == 422
    assert "Velg kolonnen. Uten den kan filen ikke importeres." in text_of(wrong)
    assert "«Year» er allerede valgt som år." in text_of(wrong)
    swapped = {"kolonne_aar": "Branch", "kolonne_sektor": "Year", "kolonne_utslipp": "Amount"}
    unfit = klima.post(url, swapped)
    assert unfit.status_code == 422
    assert "«Sjøfart» er ikke et årstall." in text_of(unfit)
    right = {
        "kolonne_aar": "Year",
        "kolonne_sektor": "Branch",
        "kolonne_utslipp": "Amount",
        "kolonne_kommune": "Place",
    }
    preview = klima.post(url, right)["Location"]
    assert "Drammen, Oslo" in text_of(klima.get(preview))
    assert '<option value="Branch" selected>' in text_of(klima.get(url))  # and back works
    done = klima.post(f"{preview}bekreft/", DETAILS)
    assert done.status_code == 303
    assert Edition.objects.get().figures.get().tonnes == Decimal("2.5")


def test_a_workbook_with_a_sheet_per_sector_has_nothing_to_choose(klima: Client) -> None:
    drammen = [row for row in files.SMALL if row[1] == "Drammen"]
    answer = upload(klima, files.one_municipality(drammen), "Utslippsregnskap_Drammen.xlsx")
    page = klima.get(answer["Location"])
    assert "Det er ingenting å velge." in text_of(page)
    assert klima.post(answer["Location"])["Location"] == answer["Location"].removesuffix("kolonner/")


# --- Names ------------------------------------------------------------------------------------------


def test_new_names_must_be_approved_once(klima: Client) -> None:
    rows = [*files.SMALL, ("3301", "Drammen", 2009, "Romfart", "Raketter", "CO2", 1.0)]
    preview = upload(klima, files.county_csv(rows))["Location"].removesuffix("kolonner/")
    assert "Sektor: Romfart" in text_of(klima.get(preview, DETAILS))
    refused = klima.post(f"{preview}bekreft/", DETAILS)
    assert refused.status_code == 422
    assert "Se over de nye navnene, og kryss av for at de skal være med." in text_of(refused)
    assert broken_rules(refused.content.decode()) == []
    assert not Edition.objects.exists()
    assert klima.post(f"{preview}bekreft/", {**DETAILS, "navn_godkjent": "ja"}).status_code == 303
    again = upload(klima, files.county_csv([*rows, *rows[:1]]))["Location"].removesuffix("kolonner/")
    # What an edition has used is not new any more.
    assert "Sektor: Romfart" not in text_of(klima.get(again, DETAILS))


# --- Large files --------------------------------------------------------------------------------------


def test_a_large_file_is_kept_in_pieces_read_by_the_job_and_confirmed(klima: Client) -> None:
    content = large()
    answer = upload(klima, content)
    url = answer["Location"]
    assert url.endswith("/lesing/")
    reading = UploadReading.objects.get()
    assert (reading.state, bytes(reading.upload.content)) == (ReadingState.QUEUED, b"")
    assert UploadPart.objects.count() == -(-len(content) // (1024 * 1024)) > 1
    assert queued() == [{"upload_id": reading.pk, "attempt": 1}]
    page = klima.get(url)
    assert broken_rules(page.content.decode()) == []
    assert "Filen er lastet opp og venter på tur." in text_of(page)
    assert "hx-get" in text_of(page)
    preview = url.removesuffix("lesing/")
    assert klima.get(preview)["Location"] == url

    jobs.read_upload(reading.pk, 1)
    part = text_of(klima.get(url, headers=POLL))
    assert "<html" not in part
    assert "hx-get" not in part  # the asking stops
    assert preview in part
    text = text_of(klima.get(preview, DETAILS))
    assert "61 007" in text  # rows read
    assert "Les filen for en annen kommune" in text
    done = klima.post(f"{preview}bekreft/", DETAILS)
    assert done.status_code == 303
    edition = Edition.objects.get()
    assert (edition.rows_read, edition.municipality.name) == (61_007, "Drammen")
    expected = read_statistics(content, "u.csv", municipality="Drammen", limits=jobs.NATIONAL_STATISTICS)
    stored = Upload.objects.get()
    assert edition.file_sha256 == expected.sha256 == stored.sha256
    assert (stored.written, stored.confirmed_at) == (edition.rows_used, NOW)
    assert sum(figure.tonnes for figure in edition.figures.all()) == sum(expected.years.values())
    assert not UploadPart.objects.exists()
    assert klima.get(url)["Location"] == done["Location"]


def test_another_municipality_is_another_reading(klima: Client) -> None:
    url = upload(klima, large())["Location"]
    reading = UploadReading.objects.get()
    jobs.read_upload(reading.pk, 1)
    preview = url.removesuffix("lesing/")
    wrong = klima.get(preview, {**DETAILS, "kommune": "Oslo"})
    assert wrong.status_code == 422
    assert "Filen er lest for Drammen. Les den på nytt for Oslo først." in text_of(wrong)
    assert klima.post(url, {"kommune": "Oslo"})["Location"] == url
    jobs.read_upload(reading.pk, 1)  # the first job, late or run again: not asked for any more
    reading.refresh_from_db()
    assert reading.state == ReadingState.QUEUED
    jobs.read_upload(reading.pk, 2)
    reading.refresh_from_db()
    assert from_plain(reading.statistics).municipality == "Oslo"


def test_what_the_job_cannot_read_is_a_sentence_and_can_be_tried_again(klima: Client) -> None:
    content = large().replace(b"Drammen", b"Skien")
    url = upload(klima, content)["Location"]
    reading = UploadReading.objects.get()
    jobs.read_upload(reading.pk, 1)
    page = klima.get(url)
    assert "Drammen finnes ikke i filen. Filen har tall for Oslo og Skien." in text_of(page)
    assert broken_rules(page.content.decode()) == []
    assert not Edition.objects.exists()
    assert klima.post(url, {"kommune": ""}).status_code == 422
    klima.post(url, {"kommune": "Skien"})
    jobs.read_upload(reading.pk, 2)
    reading.refresh_from_db()
    assert reading.state == ReadingState.READ


def test_columns_of_a_large_file_are_matched_after_the_job_has_seen_them(klima: Client) -> None:
    header = ("Place", "Year", "Branch", "Amount")
    many = [("Drammen", 2009, "Sjøfart", 1)] * 350_000
    content = files.csv_file(header, many)
    assert len(content) > 5 * 1024 * 1024
    url = upload(klima, content)["Location"]
    reading = UploadReading.objects.get()
    jobs.read_upload(reading.pk, 1)
    page = text_of(klima.get(url))
    assert "Velg kolonnene selv" in page
    columns = url.replace("lesing", "kolonner")
    fields = {"kolonne_aar": "Year", "kolonne_sektor": "Branch", "kolonne_utslipp": "Amount"}
    assert klima.get(columns).status_code == 200
    assert klima.post(columns, fields).status_code == 303
    jobs.read_upload(reading.pk, 2)
    reading.refresh_from_db()
    assert from_plain(reading.statistics).years == {2009: Decimal(350_000)}


def test_an_unforeseen_error_is_told_and_raised(klima: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    url = upload(klima, large())["Location"]
    reading = UploadReading.objects.get()
    monkeypatch.setattr(jobs, "read_statistics", mock.Mock(side_effect=RuntimeError("hemmelig")))
    with pytest.raises(RuntimeError):
        jobs.read_upload(reading.pk, 1)
    text = text_of(klima.get(url))
    assert "Filen kunne ikke leses." in text
    assert "hemmelig" not in text


def test_a_reading_nobody_does_is_said_to_have_stopped(klima: Client) -> None:
    url = upload(klima, large())["Location"]
    UploadReading.objects.update(state=ReadingState.READING, touched_at=timezone.now() - timedelta(minutes=6))
    text = text_of(klima.get(url, headers=POLL))
    assert "Lesingen har stanset." in text
    assert "hx-get" not in text


def test_progress_is_told_while_reading(klima: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    url = upload(klima, large())["Location"]
    reading = UploadReading.objects.get()
    monkeypatch.setattr(jobs, "TELL_EVERY", 0.0)
    told = mock.Mock(side_effect=told_progress)
    monkeypatch.setattr(jobs, "told_progress", told)
    jobs.read_upload(reading.pk, 1)
    percents = [call.args[2] for call in told.call_args_list]
    assert len(percents) > 3
    assert percents == sorted(set(percents))
    UploadReading.objects.update(state=ReadingState.READING, percent=40)
    assert "40 prosent er lest." in text_of(klima.get(url, headers=POLL))


def test_a_large_upload_is_its_owners(cast: Cast, as_user: AsUser, klima: Client) -> None:
    url = upload(klima, large())["Location"]
    cast.analyse.appointments.update(role="climate_editor")
    other = as_user(cast.analyse)
    for address in (url, url.replace("lesing", "kolonner"), url.replace("lesing", "kvittering")):
        assert other.get(address).status_code == 404
        assert as_user(cast.leder).get(address).status_code == 403


def test_after_a_day_the_pieces_are_gone(klima: Client) -> None:
    url = upload(klima, large())["Location"]
    Upload.objects.update(uploaded_at=timezone.now() - timedelta(hours=25))
    assert klima.get(url).status_code == 410
    let_go()
    assert not UploadPart.objects.exists()
    old = Upload.objects.get()
    assert old.sha256 == hashlib.sha256(large()).hexdigest()
    jobs.read_upload(old.pk, 1)  # nothing to read, and nobody to tell
    assert klima.get(url).status_code == 410
    upload(klima, files.county_csv())
    assert UploadReading.objects.get().upload != old  # what was read of it goes too
    assert klima.get(url).status_code == 410


def test_statistics_survive_being_kept_as_json() -> None:
    rows = [*files.SMALL, ("3301", "Drammen", 2009, "Romfart", "Raketter", "CO2", 1.0)]
    said = read_statistics(files.all_municipalities(rows), "a.xlsx", municipality="Drammen")
    assert from_plain(json.loads(json.dumps(to_plain(said)))) == said
