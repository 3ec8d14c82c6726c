"""An edition is added once, whole and unchangeable; an upload becomes one edition however often confirmed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import Error, connection, transaction
from django.db.models import Sum
from django.utils import timezone

from emissions.actions import editions as actions
from emissions.actions.uploads import keep_statistics
from emissions.enums import Scope
from emissions.importers.editions import confirm_statistics, import_edition
from emissions.models import Edition, Figure, Municipality, Sector, Source
from tests import files
from tests.cast import Cast
from tests.clock import NOW
from web.actors import COMMAND_LINE
from web.models import Upload
from web.refusals import Refused
from web.register.uploads import UploadGone
from web.sheets.errors import UnreadableFile

REAL = Path(__file__).with_name("data") / "utslipp_tre_kommuner.csv"
DETAILS: dict[str, Any] = {
    "municipality": "Skien",
    "scope": Scope.COMMUNITY_DIRECT,
    "published": date(2025, 12, 16),
    "publisher": "Miljødirektoratet",
}


def bring_in(content: bytes = b"", **details: Any) -> Any:
    content = content or REAL.read_bytes()
    return import_edition(by=COMMAND_LINE, content=content, file_name="fil.csv", **(DETAILS | details))


def changed(content: bytes = b"") -> bytes:
    """The real file as corrected by its publisher: one figure is another."""
    return REAL.read_bytes().replace(b",3.54\n", b",3.55\n", 1)


def nothing_is_written() -> bool:
    return not any(model.objects.exists() for model in (Edition, Figure, Municipality, Sector, Source))


@pytest.mark.django_db
def test_an_edition_holds_what_the_file_says() -> None:
    result = bring_in()
    edition = Edition.objects.get()
    assert result.edition == edition
    assert not result.unchanged
    assert (edition.rows_read, edition.rows_used) == (3906, result.statistics.rows_used)
    assert edition.imported_by is None
    assert edition.imported_by_name == "kommandolinje"
    years = edition.figures.values("year").annotate(sum=Sum("tonnes")).values_list("year", "sum")
    assert dict(years) == result.statistics.years
    assert {2010, 2012, 2014}.isdisjoint(result.statistics.years)


@pytest.mark.django_db
def test_the_same_file_again_changes_nothing() -> None:
    first = bring_in()
    again = bring_in(published=date(2025, 12, 17), publisher="En annen")
    assert again.unchanged
    assert again.edition == first.edition
    assert Edition.objects.count() == 1
    assert Figure.objects.count() == len(first.statistics.figures)


@pytest.mark.django_db
def test_the_same_file_for_another_municipality_or_scope_is_another_edition() -> None:
    bring_in()
    assert not bring_in(municipality="Tinn").unchanged
    assert not bring_in(scope=Scope.COMMUNITY_INDIRECT).unchanged
    assert Edition.objects.count() == 3


@pytest.mark.django_db
def test_another_file_with_the_same_date_is_refused() -> None:
    bring_in()
    with pytest.raises(Refused, match="har allerede en utgave fra Miljødirektoratet publisert 16"):
        bring_in(changed())
    assert Edition.objects.count() == 1
    assert not bring_in(changed(), published=date(2025, 12, 17)).unchanged


@pytest.mark.django_db
def test_a_municipality_spelt_another_way_is_the_same() -> None:
    rows = [row for row in files.SMALL if row[1] == "Drammen"]
    first = bring_in(files.one_municipality_csv(rows), municipality="drammen")
    second = bring_in(municipality="TINN")
    third = bring_in(changed(), municipality="tinn", published=date(2026, 1, 1))
    assert first.edition.municipality.name == "Drammen"
    assert second.edition.municipality == third.edition.municipality


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "details", "sentence"),
    [
        (b"", {"published": NOW.date() + timedelta(days=2)}, "fram i tid"),
        (b"", {"publisher": "  "}, "Utgiveren mangler"),
        (b"", {"publisher": "x" * 121}, "Utgiver kan ha høyst 120 tegn"),
        (b"", {"municipality": "Bergen"}, "Bergen finnes ikke i filen"),
        (
            files.county_csv([("", "Skien", 2020, "S" * 130, "Biler", "", 1.0)]),
            {},
            "Sektor kan ha høyst 120 tegn",
        ),
        (
            files.county_csv([("", "Skien", 1950, "Veitrafikk", "Biler", "", 1.0)]),
            {},
            "Filen har tall for 1950",
        ),
        (
            files.county_csv([("", "K" * 90, 2020, "V", "B", "", 1.0)]),
            {"municipality": "K" * 90},
            "for langt",
        ),
    ],
)
def test_what_cannot_be_an_edition_is_refused_and_nothing_written(
    content: bytes, details: dict[str, Any], sentence: str
) -> None:
    with pytest.raises((Refused, UnreadableFile), match=sentence):
        bring_in(content, **details)
    assert nothing_is_written()


def test_only_those_who_may_import(cast: Cast) -> None:
    for name, person in cast.people().items():
        if name == "klima":
            continue
        with pytest.raises(PermissionDenied):
            import_edition(by=person, content=REAL.read_bytes(), file_name="fil.csv", **DETAILS)
    assert nothing_is_written()
    edition = import_edition(by=cast.klima, content=REAL.read_bytes(), file_name="f.csv", **DETAILS).edition
    assert (edition.imported_by, edition.imported_by_name) == (cast.klima, "Klima Eksempel")


# --- Append-only, whoever asks ----------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE emissions_figure SET tonnes = 0",
        "UPDATE emissions_figure SET edition_id = edition_id",
        "DELETE FROM emissions_figure",
        "TRUNCATE emissions_figure",
        "UPDATE emissions_edition SET published = '2020-01-01'",
        "UPDATE emissions_edition SET made_in_transaction = txid_current()",
        "DELETE FROM emissions_edition",
        "TRUNCATE emissions_edition CASCADE",
    ],
)
def test_the_database_refuses_to_change_an_edition(statement: str) -> None:
    bring_in()
    before = list(Figure.objects.order_by("pk").values_list())
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(Figure.objects.order_by("pk").values_list()) == before


LATER = (
    "INSERT INTO emissions_figure (edition_id, source_id, year, gas, tonnes, missing_reason) "
    "SELECT edition_id, source_id, 2023, 'CH4', 1, '' FROM emissions_figure LIMIT 1"
)


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_figures_that_come_later() -> None:
    with transaction.atomic():
        bring_in()
        with connection.cursor() as cursor:
            cursor.execute(LATER)  # the edition's own transaction: still being made
    before = Figure.objects.count()
    with pytest.raises(Error, match="never added to"), connection.cursor() as cursor:
        cursor.execute(LATER.replace("2023", "2022"))
    assert Figure.objects.count() == before


# --- Two at once -------------------------------------------------------------------------------------


def at_once(work: Callable[[], Any], times: int = 2) -> list[Any]:
    """What each of several threads that begin together returns or raises."""
    gate, results = threading.Barrier(times), []

    def run() -> None:
        try:
            gate.wait(10)
            results.append(work())
        except Exception as problem:
            results.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


@pytest.mark.django_db(transaction=True)
def test_two_identical_imports_at_once_make_one_edition() -> None:
    results = at_once(bring_in, 3)
    assert sorted(result.unchanged for result in results) == [False, True, True]
    assert len({result.edition.pk for result in results}) == 1
    assert Edition.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_two_at_once_would_collide(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: it is the lock on the municipality that makes the second wait and see."""
    together = threading.Barrier(2)

    def unlocked(name: str) -> Municipality:
        return Municipality.objects.get(name=name)

    def meet(*_: object) -> None:
        together.wait(10)

    Municipality.objects.create(name="Skien")
    monkeypatch.setattr(actions, "_locked_municipality", unlocked)
    monkeypatch.setattr(actions, "_refuse_second_on_date", meet)
    results = at_once(bring_in)
    assert sum(isinstance(result, Error) for result in results) == 1
    assert Edition.objects.count() == 1


# --- The upload between preview and confirmation --------------------------------------------------------


def test_an_upload_confirmed_twice_is_one_edition(cast: Cast) -> None:
    upload = keep_statistics(by=cast.klima, file_name="fil.csv", content=REAL.read_bytes()).upload
    first = confirm_statistics(by=cast.klima, upload=upload, **DETAILS)
    second = confirm_statistics(by=cast.klima, upload=upload, **(DETAILS | {"municipality": "Tinn"}))
    assert first == second
    assert not first.unchanged
    assert Edition.objects.count() == 1
    upload.refresh_from_db()
    assert bytes(upload.content) == b""


def test_an_upload_of_a_file_imported_before_says_so(cast: Cast) -> None:
    before = bring_in().edition
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        upload = keep_statistics(by=cast.klima, file_name="fil.csv", content=REAL.read_bytes()).upload
    for _click in range(2):
        confirmed = confirm_statistics(by=cast.klima, upload=upload, **DETAILS)
        assert (confirmed.edition, confirmed.unchanged) == (before, True)


def test_an_upload_is_its_owners_for_a_day(cast: Cast) -> None:
    upload = keep_statistics(by=cast.klima, file_name="fil.csv", content=REAL.read_bytes()).upload
    cast.analyse.appointments.update(role="climate_editor")
    with pytest.raises(UploadGone):
        confirm_statistics(by=cast.analyse, upload=upload, **DETAILS)
    Upload.objects.update(uploaded_at=timezone.now() - timedelta(hours=25))
    with pytest.raises(UploadGone):
        confirm_statistics(by=cast.klima, upload=upload, **DETAILS)
    assert nothing_is_written()
    keep_statistics(by=cast.klima, file_name="ny.csv", content=b"x")
    upload.refresh_from_db()
    assert bytes(upload.content) == b""  # what nobody may confirm is not kept


def test_a_refused_confirmation_leaves_the_upload_for_another_try(cast: Cast) -> None:
    upload = keep_statistics(by=cast.klima, file_name="fil.csv", content=REAL.read_bytes()).upload
    with pytest.raises(Refused):
        confirm_statistics(by=cast.klima, upload=upload, **(DETAILS | {"publisher": ""}))
    edition = confirm_statistics(by=cast.klima, upload=upload, **DETAILS).edition
    assert edition.figures.aggregate(sum=Sum("tonnes"))["sum"] > Decimal(0)
