"""Statuses out to the existing reporting system and back: stable keys, one action, no unit answers twice."""

from __future__ import annotations

import csv
import io
import json
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from organisation.models import User
from reporting.actions import exchange as module
from reporting.actions import reports
from reporting.actions.reports import assure_report, save_status
from reporting.enums import Place, ReportState, Status
from reporting.exports.statuses import statuses_file
from reporting.importers import statuses as importer
from reporting.importers.statuses import plan_statuses
from reporting.models import Deviation, MeasureStatus, Period, StatusImport, UnitReport
from reporting.queries.exchange import exported_statuses
from reporting.views.exchange import status_import
from reporting.words.exchange import STATUS_COLUMNS
from tests import file_imports
from tests.cast import Cast
from tests.file_imports import confirm, keep
from tests.html_rules import broken_rules, parse
from tests.owner import as_owner
from tests.reporting_world import DELAYED, NOW, ON_TRACK, World, build
from tests.test_reporting_races import at_once
from web.contributions import collect, min_side_task
from web.models import Upload
from web.refusals import Refused
from web.register.uploads import ImportChanged
from web.sheets.errors import UnreadableFile

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
HEADERS = {column.name: str(column.header) for column in STATUS_COLUMNS}
KEYS = ("period", "unit_id", "measure", "status")


def text_of(response: Any) -> str:
    main = next(node for node in parse(response.content.decode()).walk() if node.tag == "main")
    return re.sub(r"\s+", " ", main.all_text())


def there(world: World) -> UnitReport:
    """Samferdsel answers in the existing system."""
    UnitReport.objects.filter(pk=world.report().pk).update(place=Place.THERE)
    return world.report()


def row(world: World, code: str = "T1", status: str = "on_track", **more: str) -> dict[str, str]:
    unit = world.cast.kitchen if code.startswith("K") else world.cast.transport
    keys = {"period": world.period.code, "unit_id": str(unit.pk), "measure": code, "status": status}
    return {**keys, **more}


def late(world: World, code: str = "T2", **more: str) -> dict[str, str]:
    said = {
        "cause": "Levering.",
        "corrective_action": "Leier.",
        "new_date": "31.05.2027",
        "delayed_share": "50",
    }
    return row(world, code, "delayed", **{**said, **more})


def file_of(rows: list[dict[str, str]]) -> bytes:
    names = list(dict.fromkeys([*KEYS, *(name for one in rows for name in one)]))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow([HEADERS[name] for name in names])
    writer.writerows([[one.get(name, "") for name in names] for one in rows])
    return out.getvalue().encode("utf-8-sig")


def whole(world: World) -> bytes:
    return file_of([row(world, "T1"), late(world), row(world, "T3"), row(world, "T4", "completed")])


def take_in(world: World, content: bytes, by: User | None = None) -> int:
    return file_imports.take_in(status_import(world.period), by or world.cast.analyse, content, "vss.csv")


def errors_of(world: World, *rows: dict[str, str]) -> list[str]:
    plan = plan_statuses(world.period, file_of(list(rows)), "vss.csv")
    return [f"{one.number} {header}: {sentence}" for one in plan.rows for header, sentence in one.errors]


# --- A unit that answers elsewhere is not asked here


def test_no_task_and_a_form_that_says_where_to_answer(world: World, as_user: AsUser) -> None:
    there(world)
    for user in (world.cast.kontakt, world.cast.leder):
        assert not [task for task in collect(min_side_task, user, NOW) if "Klimarapport" in task.title]
    page = as_user(world.cast.kontakt).get(world.path())
    assert "Virksomheten rapporterer i virksomhetsstyringssystemet. Svar der." in text_of(page)
    assert "<textarea" not in page.content.decode()
    status = world.status("T1")
    with pytest.raises(Refused, match="virksomhetsstyringssystemet"):
        save_status(by=world.cast.kontakt, status=status, version=status.version, answers=ON_TRACK)
    assert "svarer i virksomhetsstyringssystemet" in text_of(as_user(world.cast.klima).get("/rapportering/"))


# --- Import


def test_a_whole_file_is_an_approved_report(world: World, as_user: AsUser) -> None:
    there(world)
    assert take_in(world, whole(world)) == 4
    report = world.report()
    assert report.state == ReportState.APPROVED
    source = StatusImport.objects.get()
    assert (source.rows, source.by, source.file_name) == (4, world.cast.analyse, "vss.csv")
    statuses = world.statuses()
    assert [one.status for one in statuses] == ["on_track", "delayed", "on_track", "completed"]
    assert {one.imported_from for one in statuses} == {source}
    second = statuses[1]
    assert (second.new_date, second.delayed_share) == (date(2027, 5, 31), Decimal(50))
    assert second.confirmed_at == NOW
    log = list(report.transitions.order_by("pk").values_list("to_state", "comment"))
    assert log == [("submitted", "Importert fra vss.csv"), ("approved", "Importert fra vss.csv")]
    assert report.versions.get().content["statuses"][1]["status"] == "delayed"
    assert Deviation.objects.get().measure.code == "T2"
    page = text_of(as_user(world.cast.klima).get(world.path()))
    assert page.count("Importert fra vss.csv 7.\u00a0september 2026.".replace("\u00a0", " ")) == 4


def test_half_a_file_leaves_the_report_open(world: World) -> None:
    there(world)
    content = file_of([row(world, "T1")])
    plan = plan_statuses(world.period, content, "vss.csv")
    assert plan.incomplete == [(world.cast.transport.name, ["T2", "T3", "T4"])]
    take_in(world, content)
    assert world.report().state == ReportState.DRAFT
    take_in(world, file_of([row(world, "T2"), row(world, "T3"), row(world, "T4")]))
    assert world.report().state == ReportState.APPROVED


def test_a_second_file_is_a_new_version(world: World) -> None:
    there(world)
    take_in(world, whole(world))
    take_in(world, file_of([row(world, "T2", "completed", cause="", delayed_share="", new_date="")]))
    report = world.report()
    assert report.state == ReportState.APPROVED
    assert [version.number for version in report.versions.order_by("number")] == [1, 2]
    assert list(report.transitions.order_by("pk").values_list("to_state", flat=True)) == [
        "submitted",
        "approved",
        "returned",
        "submitted",
        "approved",
    ]
    stored = world.status("T2")
    assert (stored.status, stored.cause, stored.delayed_share) == ("completed", "", None)


def test_an_assured_report_stands(world: World) -> None:
    there(world)
    take_in(world, whole(world))
    report = world.report()
    assure_report(by=world.cast.klima, report=report, version=report.version)
    assert errors_of(world, row(world, "T1", "completed")) == [
        f"2 Virksomhet-id: Rapporten fra {world.cast.transport.name} er kvalitetssikret. "
        "Nye svar tas som en retting."
    ]
    assert errors_of(world, row(world, "T1")) == []


def test_the_same_file_again_changes_nothing(world: World) -> None:
    there(world)
    take_in(world, whole(world))
    plan = plan_statuses(world.period, whole(world), "vss.csv")
    assert (plan.to_write, plan.is_ready) == (0, False)


def test_confirming_twice_writes_once(world: World) -> None:
    there(world)
    content = whole(world)
    upload = keep(status_import(world.period), world.cast.klima, content, "vss.csv")
    print_ = plan_statuses(world.period, content, "vss.csv").fingerprint
    for _ in range(2):
        assert confirm(status_import(world.period), world.cast.klima, upload, print_) == 4
    assert StatusImport.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"period": "2026-T1"}, "Periode: Raden gjelder «2026-T1». Her importeres 2026-T2."),
        ({"unit_id": "999999"}, "Virksomhet-id: Virksomhet 999999 rapporterer ikke i perioden."),
        ({"unit_id": ""}, "Virksomhet-id: Må fylles ut."),
        ({"unit_id": "Samferdsel"}, "Virksomhet-id: Skriv et helt tall. Det står «Samferdsel»."),
        ({"measure": "T99"}, "Tiltaksnummer: Virksomheten rapporterer ikke på «T99» i perioden."),
        (
            {"status": "bra"},
            "Statuskode: Skriv ett av disse: completed, delayed, not_started_planned, on_track, postponed, "
            "should_have_started, stopped. Det står «bra».",
        ),
        ({"status": "delayed"}, "Årsak: Skriv hva som er årsaken."),
        ({"indicator_value": "mange"}, "Resultat: Skriv et tall, for eksempel 1\u00a0234,5."),
        ({"status": "", "indicator_value": "3"}, "Statuskode: Velg hvordan tiltaket ligger an."),
        ({"what_happened": "x" * 1001}, "Siden sist: Teksten er for lang. Den kan ha høyst 1000 tegn."),
    ],
)
def test_what_is_wrong_in_a_row(world: World, change: dict[str, str], sentence: str) -> None:
    there(world)
    assert f"2 {sentence}" in errors_of(world, {**row(world), **change})


def test_wrong_date_and_share(world: World) -> None:
    there(world)
    found = errors_of(world, late(world, new_date="våren 2027", delayed_share="150"))
    assert found == ["2 Tatt igjen: Skriv en dato, for eksempel 31.12.2026."]
    assert errors_of(world, late(world, delayed_share="150")) == [
        "2 Andel forsinket, prosent: Skriv et tall over 0 og høyst 100."
    ]
    assert errors_of(world, row(world), row(world)) == [
        "3 Tiltaksnummer: Tiltaket står også i rad 2. Behold bare den ene raden."
    ]


def test_words_are_read_as_well_as_codes(world: World) -> None:
    there(world)
    take_in(world, file_of([row(world, "T1", "Gjennomført"), row(world, "t3", " i  rute ")]))
    assert (world.status("T1").status, world.status("T3").status) == ("completed", "on_track")


def test_one_wrong_row_stops_the_whole_file(world: World) -> None:
    there(world)
    with pytest.raises(ImportChanged):
        take_in(world, file_of([row(world, "T1"), row(world, "T99")]))
    assert not StatusImport.objects.exists()
    assert {one.status for one in world.statuses()} == {""}


def test_what_a_unit_has_answered_here_is_never_overwritten(world: World) -> None:
    there(world)
    kitchen = MeasureStatus.objects.get(report__unit=world.cast.kitchen)
    save_status(by=world.cast.annen, status=kitchen, version=1, answers=ON_TRACK)
    sentence = (
        f"2 Virksomhet-id: {world.cast.kitchen.name} svarer i portalen. "
        "Det som er svart der, blir ikke overskrevet."
    )
    assert errors_of(world, row(world, "K1", "completed")) == [sentence]
    # The file that went out has every unit in it, and comes back.
    same = row(world, "K1", "on_track")
    assert errors_of(world, same, row(world, "T1")) == []
    take_in(world, file_of([same, row(world, "T1")]))
    kitchen.refresh_from_db()
    assert (kitchen.imported_from, kitchen.version) == (None, 2)


def test_the_database_refuses_a_file_for_a_unit_that_answers_here(world: World) -> None:
    source = StatusImport.objects.create(
        period=world.period, file_name="x", sha256="0" * 64, rows=1, by_system="demo"
    )
    statement = "UPDATE reporting_measurestatus SET imported_from_id = %s WHERE id = %s"
    arguments = [source.pk, world.status().pk]
    with connection.cursor() as cursor:
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            cursor.execute(statement, arguments)
        there(world)
        cursor.execute(statement, arguments)


def test_an_answer_here_afterwards_is_the_persons_own(world: World) -> None:
    there(world)
    take_in(world, file_of([row(world, "T1")]))
    UnitReport.objects.filter(pk=world.report().pk).update(place=Place.HERE)
    status = world.status("T1")
    save_status(by=world.cast.kontakt, status=status, version=status.version, answers=DELAYED)
    assert world.status("T1").imported_from is None


def test_a_closed_period_takes_no_file(world: World) -> None:
    there(world)
    content = whole(world)
    plan = plan_statuses(world.period, content, "vss.csv")
    upload = keep(status_import(world.period), world.cast.klima, content, "vss.csv")
    Period.objects.update(closed_at=NOW)
    with pytest.raises(UnreadableFile, match="Perioden er lukket"):
        confirm(status_import(Period.objects.get()), world.cast.klima, upload, plan.fingerprint)


def test_changed_since_the_preview(world: World) -> None:
    there(world)
    content = whole(world)
    old = plan_statuses(world.period, content, "vss.csv").fingerprint
    take_in(world, file_of([row(world, "T1", "completed")]))
    upload = keep(status_import(world.period), world.cast.klima, content, "vss.csv")
    with pytest.raises(ImportChanged):
        confirm(status_import(world.period), world.cast.klima, upload, old)


@pytest.mark.parametrize("name", ["kontakt", "leder", "direktor", "radmann", "revisor", "admin", "utvalg"])
def test_who_may_not_import(world: World, as_user: AsUser, name: str) -> None:
    user = world.cast.people()[name]
    with pytest.raises(PermissionDenied):
        take_in(world, whole(world), by=user)
    assert as_user(user).get("/rapportering/2026-T2/statuser/import/").status_code == 403


# --- The pages


def test_the_import_through_the_pages(world: World, as_user: AsUser) -> None:
    there(world)
    client = as_user(world.cast.analyse)
    start = client.get("/rapportering/2026-T2/statuser/")
    assert "0 av 4" in text_of(start)
    upload = client.get("/rapportering/2026-T2/statuser/import/")
    wrong = client.post(
        "/rapportering/2026-T2/statuser/import/", {"file": SimpleUploadedFile("x.csv", b"a;b\n1;2\n")}
    )
    assert wrong.status_code == 422
    assert "Filen må ha en rad med «Periode»" in text_of(wrong)
    bad = file_of([row(world, "T1"), row(world, "T99")])
    first = client.post(
        "/rapportering/2026-T2/statuser/import/", {"file": SimpleUploadedFile("vss.csv", bad)}
    )
    shown = client.get(first["Location"])
    assert "Rad 3, kolonne Tiltaksnummer: Virksomheten rapporterer ikke på «T99»" in text_of(shown)
    mended = load_workbook(io.BytesIO(client.get(f"{first['Location']}feil/").content)).active
    values = list(mended.values)
    assert values[1][0] == 3
    assert "T99" in values[1][1]
    second = client.post(
        "/rapportering/2026-T2/statuser/import/", {"file": SimpleUploadedFile("vss.csv", whole(world))}
    )
    preview = client.get(second["Location"])
    for page in (start, upload, wrong, shown, preview):
        assert broken_rules(page.content.decode()) == []
    assert "Importer 4 statuser" in preview.content.decode()
    assert "<ins>Forsinket</ins>" in preview.content.decode()
    stale = client.post(second["Location"], {"fingerprint": "another"})
    assert (stale.status_code, StatusImport.objects.count()) == (409, 0)
    mark = re.search(r'name="fingerprint" value="([0-9a-f]{64})"', preview.content.decode())
    assert mark
    done = client.post(second["Location"], {"fingerprint": mark[1]})
    assert (done.status_code, done["Location"]) == (303, "/rapportering/2026-T2/statuser/")
    assert "vss.csv, 4 statuser" in text_of(client.get("/rapportering/2026-T2/statuser/"))
    assert client.get(second["Location"]).status_code == 303
    # Somebody else's upload does not exist.
    assert as_user(world.cast.klima).get(second["Location"]).status_code == 404


def test_an_upload_a_day_old_is_gone(world: World, as_user: AsUser, clock: Any) -> None:
    there(world)
    upload = keep(status_import(world.period), world.cast.klima, whole(world), "vss.csv")
    clock.move_to(NOW + timedelta(days=1, minutes=1))
    page = as_user(world.cast.klima).get(f"/rapportering/2026-T2/statuser/import/{upload.pk}/")
    assert page.status_code == 410


def test_queries_of_the_preview_do_not_grow(cast: Cast, clock: object) -> None:
    counts = []
    for number, measures in enumerate((1, 3)):
        world = build(cast, measures, year=2026 + number, prefix=str(number))
        there(world)
        rows = [row(world, f"{number}T{one}") for one in range(1, measures + 1)]
        with CaptureQueriesContext(connection) as caught:
            plan_statuses(world.period, file_of(rows), "vss.csv")
        counts.append(sum("SAVEPOINT" not in query["sql"] for query in caught))
    assert counts[0] == counts[1]


# --- Export


def test_only_what_leaders_have_approved_goes_out(world: World) -> None:
    assert exported_statuses(world.period) == []
    assert len(exported_statuses(world.period, everything=True)) == 5
    world.answer(DELAYED)
    world.submit()
    world.approve()
    rows = exported_statuses(world.period)
    assert [one["measure"] for one in rows] == ["T1", "T2", "T3", "T4"]
    first = rows[0]
    assert (first["status"], first["period"], first["unit_id"]) == (
        Status.DELAYED,
        "2026-T2",
        world.cast.transport.pk,
    )
    assert round(first["tonnes_lost"]) == 38


def test_the_three_formats_say_the_same(world: World) -> None:
    world.answer(replace(DELAYED, indicator_value=Decimal(0), cause="=1+1"))
    world.submit()
    world.approve()
    rows = exported_statuses(world.period)
    plain = json.loads(statuses_file(world.period, rows, "json"))["statuses"]
    book = load_workbook(io.BytesIO(statuses_file(world.period, rows, "xlsx")))
    header, *lines = list(book["Statuser"].values)
    sheet = [dict(zip(header, line, strict=True)) for line in lines]
    text = statuses_file(world.period, rows, "csv").decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert len(plain) == len(sheet) == len(table) == 4
    assert plain[1]["indicator_value"] == "0.00"
    assert sheet[1][HEADERS["indicator_value"]] == 0
    assert table[1][HEADERS["indicator_value"]] == "0"
    assert sheet[1][HEADERS["cause"]] == "=1+1"
    assert {one[HEADERS["measure"]] for one in sheet} == {one["measure"] for one in plain}
    meanings = list(book["Om kolonnene"].values)
    assert [line[1] for line in meanings[1:]] == [column.name for column in STATUS_COLUMNS]


@pytest.mark.parametrize("file_format", ["xlsx", "csv"])
def test_what_goes_out_can_come_back(world: World, file_format: str) -> None:
    there(world)
    take_in(world, whole(world))
    content = statuses_file(world.period, exported_statuses(world.period), file_format)
    plan = plan_statuses(world.period, content, f"ut.{file_format}")
    assert [(one.outcome, one.errors) for one in plan.rows] == [("unchanged", [])] * 4


def test_the_command(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world.answer()
    world.submit()
    world.approve()
    path = tmp_path / "ut.json"
    call_command("export_statuses", "2026-T2", "--output", str(path))
    assert len(json.loads(path.read_text())["statuses"]) == 4
    call_command("export_statuses", "2026-T2", "--format", "csv", "--all", "--output", str(path))
    assert path.read_text("utf-8-sig").count("2026-T2") == 5
    with pytest.raises(CommandError, match="2026-T9 finnes ikke"):
        call_command("export_statuses", "2026-T9")
    with pytest.raises(CommandError, match="Ukjent format"):
        call_command("export_statuses", "2026-T2", "--format", "pdf")


def test_the_file_from_the_page(world: World, as_user: AsUser) -> None:
    client = as_user(world.cast.revisor)
    answer = client.get("/rapportering/2026-T2/statuser/fil/csv/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="klimastatuser-2026-t2.csv"'
    assert client.get("/rapportering/2026-T2/statuser/fil/pdf/").status_code == 404
    everything = client.get("/rapportering/2026-T2/statuser/fil/csv/?alle=ja")
    assert everything.content.decode("utf-8-sig").count("2026-T2") == 5
    assert as_user(world.cast.kontakt).get("/rapportering/2026-T2/statuser/").status_code == 403


def test_every_column_is_documented() -> None:
    page = (Path(settings.BASE_DIR) / "docs" / "utveksling.md").read_text()
    for column in STATUS_COLUMNS:
        assert f"| {column.header} | `{column.name}` | {'ja' if column.read else 'nei'} |" in page


# --- Two at once


@pytest.fixture
def committed(transactional_db: None, cast: Cast, clock: object) -> World:
    return build(cast)


def _race(world: World) -> list[Any]:
    """A file planned while the unit answered there, confirmed while its contact answers here."""
    there(world)
    content = file_of([row(world, "T1", "completed")])
    plan = plan_statuses(world.period, content, "vss.csv")
    upload = keep(status_import(world.period), world.cast.klima, content, "vss.csv")
    UnitReport.objects.filter(pk=world.report().pk).update(place=Place.HERE)
    klima, kontakt = (User.objects.get(pk=user.pk) for user in (world.cast.klima, world.cast.kontakt))
    status = world.status("T1")
    return at_once(
        lambda: confirm(status_import(world.period), klima, upload, plan.fingerprint),
        lambda: save_status(by=kontakt, status=status, version=1, answers=DELAYED),
    )


@pytest.mark.django_db(transaction=True)
def test_a_file_against_an_answer(committed: World) -> None:
    imported, _answered = _race(committed)
    assert isinstance(imported, ImportChanged | Refused)
    stored = committed.status("T1")
    assert (stored.status, stored.imported_from) == ("delayed", None)


@pytest.fixture
def unguarded(monkeypatch: pytest.MonkeyPatch, committed: World) -> Iterator[None]:
    """Takes away the rule, the version and the trigger, and lets the answer be saved first."""
    planned, answered = threading.Event(), threading.Event()
    real = reports._save

    def saved(*arguments: Any) -> Any:
        planned.wait(5)
        try:
            return real(*arguments)
        finally:
            answered.set()

    def unruled(*_: object) -> str:
        planned.set()
        answered.wait(5)
        return ""

    def unversioned(obj: Any, *, expected: int, fields: Any) -> None:
        type(obj).objects.filter(pk=obj.pk).update(**fields)

    monkeypatch.setattr(reports, "_save", saved)
    monkeypatch.setattr(importer, "why_not_importable", lambda *_: "")
    monkeypatch.setattr(module, "_by_report", _unlocked)
    monkeypatch.setattr(module, "why_not_importable", unruled)
    monkeypatch.setattr(module, "save_versioned", unversioned)
    with as_owner() as owners, owners.cursor() as cursor:
        cursor.execute("ALTER TABLE reporting_measurestatus DISABLE TRIGGER USER")
    yield
    with as_owner() as owners, owners.cursor() as cursor:
        cursor.execute("ALTER TABLE reporting_measurestatus ENABLE TRIGGER USER")


def _unlocked(period: Any, rows: Any) -> list[Any]:
    found = []
    for one in rows:
        status = MeasureStatus.objects.select_related("report__unit", "report__period__budget").get(
            pk=one.status_id
        )
        found.append((status.report, [(status, one)]))
    return found


@pytest.mark.django_db(transaction=True)
def test_without_the_guards_the_answer_would_be_overwritten(committed: World, unguarded: None) -> None:
    """The negative control: the race is real, and this harness can see it."""
    imported, _answered = _race(committed)
    assert imported == 1
    stored = committed.status("T1")
    assert stored.status == "completed"
    assert stored.imported_from is not None
    assert Upload.objects.get().written == 1
