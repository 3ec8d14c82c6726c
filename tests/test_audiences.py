"""A publication for each audience: frozen, in its reader's own language, numbered by itself, archived."""

from __future__ import annotations

import hashlib
import io
import json
import re
import threading
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from pypdf import PdfReader

from organisation.enums import UnitKind
from organisation.models import Unit, User
from publishing import jobs
from publishing.actions import publications
from publishing.actions.publications import Imprint, Rendering
from publishing.enums import Audience
from publishing.exports.publication_files import summary_file_name
from publishing.exports.summary_pdf import render_publication
from publishing.models import Publication, SummaryOrder
from publishing.queries.audiences import Addressee, addressee_of
from publishing.queries.chapter import chapter_of
from publishing.queries.documents import Frozen, thawed
from publishing.queries.period_facts import period_facts
from publishing.queries.reach import Reaches
from publishing.words.chapter import missing_words
from publishing.words.period_summary import document_for
from reporting.actions.reports import StatusAnswers, approve_report, assure_report, return_report
from reporting.enums import CommentStep, DecisionLevel, Status
from reporting.models import DeadlineExtension, MeasureComment, MeasureStatus, Period
from strategy.models import Measure
from tests import budget_factory as factory
from tests.html_rules import broken_rules
from tests.leadership_world import LATE, UNAPPROVED, Board, period_summary, quick, quick_pdf, report
from tests.races import TOO_LONG, until_waiting
from tests.reporting_world import NOW, make_measure
from tests.test_pdf import elements, metadata
from tests.worlds import kept
from web.actors import DEMO
from web.refusals import Refused

AsUser = Callable[[User], Client]
ALL = list(Audience)
CANARY = "KANARI"


def words(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("\u00a0", " ").split())


def publish(board: Board, audience: str, **more: object) -> Publication:
    unit = board.cast.area if audience == Audience.AREA else None
    return board.publish(audience, unit=unit, **more)


@kept
def published(board: Board) -> Board:
    """Published once for each audience."""
    for audience in ALL:
        publish(board, audience, by=board.cast.klima)
    return board


@pytest.fixture
def no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "render_summary", quick_pdf)
    monkeypatch.setattr(jobs, "render_publication", quick)


# --- Frozen ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("audience", ALL)
def test_nothing_that_happens_later_alters_it(board: Board, audience: Audience) -> None:
    """Reports approved, units renamed, budgets and editions added: every stored byte stays."""
    first = publish(board, audience, render=render_publication)
    before = Publication.objects.values().get(pk=first.pk)
    document = thawed(first)
    kitchen = board.report(board.cast.kitchen)
    approve_report(by=DEMO, report=kitchen, version=kitchen.version)
    Unit.objects.filter(pk=board.cast.transport.pk).update(name="Et annet navn")
    Measure.objects.update(title="En annen tittel")
    factory.make_edition({(factory.make_source(), 2009): 900})
    second = publish(board, audience)

    assert (first.number, second.number) == (1, 2)
    after = Publication.objects.values().get(pk=first.pk)
    assert {name: bytes(v) if isinstance(v, memoryview) else v for name, v in after.items()} == {
        name: bytes(v) if isinstance(v, memoryview) else v for name, v in before.items()
    }
    assert thawed(Publication.objects.get(pk=first.pk)) == document
    assert thawed(second) != document


@pytest.mark.parametrize("audience", ALL)
def test_unchanged_it_is_the_same_publication(board: Board, audience: Audience) -> None:
    first, again = publish(board, audience), publish(board, audience)
    assert (first.pk, again.number, Publication.objects.count()) == (again.pk, 1, 1)


def test_each_audience_and_area_has_numbers_of_its_own(board: Board) -> None:
    other = Unit.objects.create(name="Annet område", kind=UnitKind.AREA)
    Unit.objects.filter(pk=board.cast.klima_unit.pk).update(parent=other)
    for audience in ALL:
        assert publish(board, audience).number == 1
    assert board.publish(Audience.AREA, unit=other).number == 1
    kitchen = board.report(board.cast.kitchen)
    approve_report(by=DEMO, report=kitchen, version=kitchen.version)
    assert [publish(board, audience).number for audience in ALL] == [2, 2, 2, 2]
    # Nothing has happened in the other area.
    assert board.publish(Audience.AREA, unit=other).number == 1
    assert board.publish(period=board.first).number == 1


def test_the_database_refuses_to_change_and_to_misplace_one(board: Board) -> None:
    row = publish(board, Audience.COMMITTEE)
    with pytest.raises(DatabaseError, match="annot"), transaction.atomic():
        Publication.objects.filter(pk=row.pk).update(html="x")
    for audience, unit in (("area", None), ("committee", board.cast.area.pk), ("press", None)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Publication.objects.create(
                period=board.first, audience=audience, unit_id=unit, number=1, data={}, pdf=b"",
                published_by_system="demo",
            )  # fmt: skip


def test_a_new_case_number_is_a_new_publication_of_the_same_figures(board: Board) -> None:
    first = publish(board, Audience.COMMITTEE)
    with_case = publish(board, Audience.COMMITTEE, case_number="26/77")
    assert (with_case.number, with_case.case_number, with_case.data_sha256) == (2, "26/77", first.data_sha256)
    # The same case, or none said, is no news.
    assert publish(board, Audience.COMMITTEE, case_number="26/77").number == 2
    assert publish(board, Audience.COMMITTEE).number == 2


def test_the_periods_own_case_number_is_used_where_none_is_given(board: Board) -> None:
    Period.objects.filter(pk=board.second.pk).update(case_number="26/5")
    assert publish(board, Audience.CHAPTER).case_number == "26/5"


@pytest.mark.parametrize("unit", ["transport", "klima_unit", None])
def test_an_area_is_an_area(board: Board, unit: str | None) -> None:
    with pytest.raises(Refused, match="Velg et område"):
        board.publish(Audience.AREA, unit=getattr(board.cast, unit) if unit else None)
    with pytest.raises(Refused):
        board.publish(Audience.CHAPTER, unit=board.cast.area)
    assert not Publication.objects.exists()


# --- Two at once -------------------------------------------------------------------------------------------


def at_once(board: Board, *audiences: Audience) -> tuple[list[int], list[int]]:
    """The numbers that simultaneous publishers get (0: refused by the database), and those rendered."""
    waiting = threading.Barrier(len(audiences), timeout=TOO_LONG)
    numbers: list[int] = []
    made: list[int] = []

    def slow(frozen: Frozen, imprint: Imprint) -> Rendering:
        made.append(imprint.number)
        until_waiting(lambda: len(made) == len(audiences))
        return quick(frozen, imprint)

    def go(audience: Audience) -> None:
        try:
            waiting.wait()
            numbers.append(publish(board, audience, render=slow).number)
        except IntegrityError:
            numbers.append(0)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=[audience]) for audience in audiences]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(TOO_LONG)
    return sorted(numbers), made


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("audience", [Audience.AREA, Audience.COMMITTEE])
def test_two_at_once_give_one_number(board: Board, audience: Audience) -> None:
    assert at_once(board, audience, audience) == ([1, 1], [1])
    assert Publication.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_audiences_at_once_are_two_publications(board: Board) -> None:
    assert at_once(board, Audience.COMMITTEE, Audience.CHAPTER) == ([1, 1], [1, 1])
    assert Publication.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("audience", [Audience.AREA, Audience.COMMITTEE])
def test_without_the_lock_one_of_two_is_lost(
    board: Board, monkeypatch: pytest.MonkeyPatch, audience: Audience
) -> None:
    """The control: the test above would see it if the period were not locked."""
    monkeypatch.setattr(publications, "_locked", lambda period: period)
    assert at_once(board, audience, audience) == ([0, 1], [1, 1])


# --- The language of each audience -------------------------------------------------------------------------


@kept
def planted(board: Board) -> Board:
    """Canaries in every place where somebody writes for others inside, and in every person's name."""
    says = StatusAnswers(
        status=Status.DELAYED,
        what_happened=f"{CANARY}-hendt",
        cause=f"{CANARY}-årsak",
        corrective_action=f"{CANARY}-tiltak",
        new_date=LATE.new_date,
        delayed_share=LATE.delayed_share,
        decision_level=DecisionLevel.COUNCIL,
        decision_question=f"{CANARY}-spørsmål",
    )
    found = board.report(board.cast.transport)
    return_report(by=DEMO, report=found, version=found.version, comment=f"{CANARY}-retur")
    # What is not in the budget is not adopted: it is counted, and not named.
    idea = make_measure(f"{CANARY}-kode", board.cast.transport, title=f"{CANARY}-virkemiddel")
    MeasureStatus.objects.create(report=found, measure=idea, order=9, links=f"https://{CANARY}.example/")
    report(board.second, board.cast.transport, "submitted", {"T2": says, idea.code: says})
    found = board.report(board.cast.transport)
    approve_report(by=board.cast.leder, report=found, version=found.version, comment=f"{CANARY}-leder")
    found.refresh_from_db()
    assure_report(by=board.cast.klima, report=found, version=found.version, comment=f"{CANARY}-klima")
    status = MeasureStatus.objects.get(report=found, measure__code="T2")
    MeasureComment.objects.create(
        status=status, step=CommentStep.CLIMATE, text=f"{CANARY}-merknad", by=board.cast.klima
    )
    DeadlineExtension.objects.create(
        report=found, contact_deadline=NOW, leader_deadline=NOW, reason=f"{CANARY}-utsatt", by_system="demo"
    )
    for user in User.objects.all():
        User.objects.filter(pk=user.pk).update(name=f"{CANARY} {user.name}")
    draft = factory.make_budget(2027, target=board.budget.target, edition=board.budget.edition)
    factory.make_line(draft, f"{CANARY}-utkast", {2027: 987654}, unit=board.cast.transport.name)
    return board


def all_of(pdf: bytes) -> str:
    """Every text in a PDF: pages, outline, properties, XMP, and what readers are told of figures."""
    reader = PdfReader(io.BytesIO(pdf))
    pages = [page.extract_text() for page in reader.pages]
    told = [str(value) for element in elements(reader) for value in element.values()]
    outline = [str(entry) for entry in reader.outline]
    return "\n".join([*pages, *told, *outline, str(reader.metadata), metadata(reader), pdf.decode("latin-1")])


def secrets() -> list[str]:
    """What must not be where everybody reads, the portal's own address for questions left out."""
    people = [text for pair in User.objects.values_list("name", "email") for text in pair]
    return [
        CANARY,
        CANARY.lower(),
        UNAPPROVED,
        "987654",
        "987 654",
        *(text for text in people if text != settings.SUPPORT_EMAIL),
    ]


def test_nothing_internal_and_nobodys_name_is_in_any_public_byte(planted: Board) -> None:
    row = publish(planted, Audience.COMMITTEE, by=planted.cast.klima, render=render_publication)
    stranger = Client()
    front = stranger.get("/apent/").content.decode()
    page = stranger.get(f"/apent/{planted.second.code}/1/").content.decode()
    pdf = stranger.get(f"/apent/{planted.second.code}/1/pdf/").content
    assert pdf == bytes(row.pdf)

    places = {
        "front": front,
        "page": page,
        "pdf": all_of(pdf),
        "archive": all_of(bytes(row.archive_pdf or b"")),
        "data": json.dumps(row.data, ensure_ascii=False),
    }
    found = {(name, secret) for name, text in places.items() for secret in secrets() if secret in words(text)}
    assert found == set()
    # The search would see it: the same world for leadership has the words and the question.
    inside = json.dumps(publish(planted, Audience.LEADERSHIP).data, ensure_ascii=False)
    assert f"{CANARY}-årsak" in inside
    assert f"{CANARY}-virkemiddel" in inside


def test_it_says_what_is_adopted_and_approved_in_plain_words(board: Board) -> None:
    row = publish(board, Audience.COMMITTEE, render=render_publication)
    page = words(Client().get("/apent/2026-T2/1/").content.decode())
    printed = words(all_of(bytes(row.pdf)))
    for sentence in (
        "I 2030 ligger utslippene an til å bli 55 tonn høyere enn utslippsrammen.",
        "Forsinkelser endrer ikke 2030, men gir 75 tonn mindre kutt samlet 2026–2030.",
        "Av 4 tiltak er 2 i rute eller gjennomført, og 1 er forsinket eller stoppet.",
        "2 av 3 virksomheter og foretak har svart.",
        "Tiltakene til de andre (50 tonn i 2030) er regnet som i budsjettet.",
        "Utslippsrammen er det kommunestyret har vedtatt",
    ):
        assert sentence in page, sentence
        assert sentence in printed, sentence
    assert "Tiltak T2 Samferdsel, vei- og parkforvaltning ▲ Forsinket 2. juli 2027 75" in page
    # What is missing is not somebody's fault in public.
    assert "Ikke rapportert" in page
    assert "Mangler" not in page


def test_the_chapter_has_what_leaders_approved_and_not_what_is_said_between(planted: Board) -> None:
    row = publish(planted, Audience.CHAPTER, render=render_publication)
    # Narrow columns break words at their hyphens.
    printed = "".join(all_of(bytes(row.pdf)).split())
    for text in (row.html, printed, json.dumps(row.data, ensure_ascii=False)):
        assert f"{CANARY}-årsak" in text
        assert f"{CANARY}-tiltak" in text
        # Asked of kommunestyret itself.
        assert f"{CANARY}-spørsmål" in text
        for hidden in ("retur", "leder", "klima", "merknad", "utsatt", "hendt"):
            assert f"{CANARY}-{hidden}" not in text, hidden
        assert UNAPPROVED not in text
        assert not [name for name in User.objects.values_list("name", flat=True) if name in text]


def test_the_chapter_says_of_nobody_who_waits_for_a_leader_that_she_has_not_answered(board: Board) -> None:
    said = missing_words(chapter_of(period_summary(board.second)))
    assert said.startswith(
        "Svar godkjent av leder i 2 av 3 virksomheter og foretak. Disse mangler godkjent svar: "
    )
    assert "har svart" not in said


def test_a_question_to_others_than_kommunestyret_is_not_in_the_chapter(board: Board) -> None:
    row = publish(board, Audience.CHAPTER)
    assert LATE.decision_question not in json.dumps(row.data, ensure_ascii=False)


def test_the_chapter_is_headings_and_tables_that_survive_pasting(board: Board) -> None:
    html = publish(board, Audience.CHAPTER, render=render_publication).html
    assert html.startswith("<!DOCTYPE html>")
    assert broken_rules(html) == []
    assert re.findall(r"<h[1-6]>([^<]+)", html) == [
        "Klima, 2. tertial 2026",
        "Tiltakene",
        "Tiltak som ikke følger planen",
        "Avstanden til utslippsrammen",
        "Om tallene",
    ]
    assert (html.count("<h2>"), html.count("<h1>")) == (1, 0)
    # Nothing that a text editor drops: no classes, styles, scripts or drawings.
    assert not re.search(r"class=|style=|<script|<svg|<img|<div|<span|<link", html)
    assert all('border="1"' in table for table in re.findall(r"<table[^>]*>", html))
    assert '<td align="right">' in html


def test_texts_from_people_are_text_in_the_chapter(board: Board, as_user: AsUser) -> None:
    hostile = StatusAnswers(
        status=Status.STOPPED, cause="</main><script>alert(1)</script>", corrective_action="<b>x</b>"
    )
    found = board.report(board.cast.transport)
    return_report(by=DEMO, report=found, version=found.version, comment="Rett.")
    report(board.second, board.cast.transport, "approved", {"T2": hostile})
    publish(board, Audience.CHAPTER, render=render_publication)
    html = as_user(board.cast.utvalg).get(board.path("klimakapittel")).content.decode()
    assert "<script>alert" not in html
    assert "&lt;/main&gt;&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "Om tallene" in html
    assert broken_rules(html) == []


# --- PDF/UA and PDF/A --------------------------------------------------------------------------------------


@pytest.mark.parametrize("audience", ALL)
def test_each_has_a_copy_to_read_and_one_for_the_archive(board: Board, audience: Audience) -> None:
    reach = publications.reach_for(board.second, audience, board.cast.area if audience == "area" else None)
    document = document_for(audience, period_facts(board.second, reach))
    made = render_publication(document, Imprint(4, "26/9"))
    again = render_publication(document, Imprint(4, "26/9"))
    assert (made.pdf, made.archive_pdf, made.html) == (again.pdf, again.archive_pdf, again.html)

    reading, archive = (PdfReader(io.BytesIO(data or b"")) for data in (made.pdf, made.archive_pdf))
    assert "pdfuaid:part" in metadata(reading)
    assert 'pdfaid:part="2"' in metadata(archive)
    assert re.search(r'pdfaid:conformance(="|>)A', metadata(archive))
    assert archive.trailer["/Root"]["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    for reader in (reading, archive):
        assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert reader.trailer["/Root"]["/Lang"] == "nb"
        assert reader.metadata is not None
        assert "2. tertial 2026" in (reader.metadata.title or "")
        assert all("/Scope" in one["/A"] for one in elements(reader) if one.get("/S") == "/TH")
        assert 1 <= len(reader.pages) <= 4
    first = words(reading.pages[0].extract_text())
    for fact in ("Publikasjon nr. 4", "26/9", "Klimabudsjett 2026, vedtatt 9. desember 2025, sak 25/101"):
        assert fact in first, fact
    assert "Miljødirektoratet, publisert 1. desember 2025, til og med 2024" in first


# --- The archive -------------------------------------------------------------------------------------------


def files_in(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("audience", ALL)
def test_the_archive_holds_every_file_and_its_hash(board: Board, as_user: AsUser, audience: Audience) -> None:
    row = publish(board, audience, by=board.cast.klima, case_number="26/77", render=render_publication)
    slug = Addressee(audience, row.unit_id).slug
    client = as_user(board.cast.revisor)
    response = client.get(board.path("publikasjon", slug, 1, "zip"))
    content = b"".join(response.streaming_content)
    files = files_in(content)
    manifest = json.loads(files.pop("manifest.json"))

    assert response.streaming
    assert response["Content-Length"] == str(len(content))
    assert {one["name"]: one["sha256"] for one in manifest["files"]} == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items()
    }
    assert {one["name"]: one["bytes"] for one in manifest["files"]} == {
        name: len(data) for name, data in files.items()
    }
    by_ending = {name.rpartition("nr1")[2]: data for name, data in files.items()}
    assert by_ending[".pdf"] == bytes(row.pdf)
    assert by_ending["-arkiv.pdf"] == bytes(row.archive_pdf or b"")
    assert json.loads(by_ending[".json"]) == row.data
    assert hashlib.sha256(by_ending[".json"]).hexdigest() == row.data_sha256
    assert (by_ending.get(".html", b"").decode() or "") == row.html
    assert (".html" in by_ending) == (audience == Audience.CHAPTER)
    assert (manifest["case_number"], manifest["number"]) == ("26/77", 1)
    assert manifest["period"] == {"code": "2026-T2", "name": "2. tertial 2026"}
    assert manifest["budget"]["sha256"] == board.budget.table_sha256
    assert manifest["budget"]["case"] == "25/101"
    assert manifest["edition"] == {
        "municipality": "Drammen", "publisher": "Miljødirektoratet", "published": "2025-12-01",
    }  # fmt: skip
    assert manifest["published_by"] == board.cast.klima.name
    assert manifest["published_at"] == "2026-09-07T08:42:00+00:00"
    assert (manifest["area"] or {}).get("name") == (board.cast.area.name if row.unit_id else None)


def test_the_archive_is_the_same_bytes_whenever_it_is_fetched(board: Board, as_user: AsUser) -> None:
    publish(board, Audience.CHAPTER, render=render_publication)
    path = board.path("publikasjon", "klimakapittel", 1, "zip")
    first = b"".join(as_user(board.cast.klima).get(path).streaming_content)
    Unit.objects.filter(pk=board.cast.area.pk).update(name="Et nytt navn")
    with time_machine.travel(NOW + timedelta(days=400), tick=False):
        later = b"".join(as_user(board.cast.revisor).get(path).streaming_content)
    assert first == later


def test_one_from_before_there_was_an_archives_copy_is_archived_without(
    board: Board, as_user: AsUser
) -> None:
    def old(frozen: Frozen, imprint: Imprint) -> Rendering:
        return Rendering(b"PDF")

    publish(board, Audience.LEADERSHIP, render=old)
    client = as_user(board.cast.klima)
    files = files_in(
        b"".join(client.get(board.path("publikasjon", "ledergruppen", 1, "zip")).streaming_content)
    )
    assert sorted(name.rpartition("nr1")[2] for name in files) == [".json", ".pdf", "manifest.json"]
    assert client.get(board.path("publikasjon", "ledergruppen", 1, "arkiv")).status_code == 404
    assert "PDF/A til arkivet" not in client.get(board.path("publikasjoner")).content.decode()


# --- Who fetches and who publishes -------------------------------------------------------------------------

INSIDE = {"klima", "analyse", "radmann", "revisor", "admin"}
ROLES = INSIDE | {"direktor", "leder", "annen_leder", "kontakt", "vara", "annen", "utvalg"}
# audience → (who reads it, who publishes it, who may see a draft)
WHO: dict[Audience, tuple[set[str], set[str], set[str]]] = {
    Audience.LEADERSHIP: (ROLES, {"klima"}, {"klima", "radmann"}),
    Audience.AREA: (INSIDE | {"direktor"}, {"klima"}, {"klima", "radmann"}),
    Audience.COMMITTEE: (ROLES, {"klima"}, {"klima", "radmann"}),
    Audience.CHAPTER: (ROLES, {"klima", "analyse"}, {"klima", "analyse", "radmann"}),
}


@pytest.mark.parametrize("name", sorted(ROLES | {"ingen"}))
def test_who_fetches_publishes_and_sees_drafts(published: Board, as_user: AsUser, name: str) -> None:
    board = published
    slugs = {row.audience: Addressee(row.audience, row.unit_id).slug for row in Publication.objects.all()}
    client = as_user(board.cast.people()[name])
    for audience, (readers, publishers, previewers) in WHO.items():
        slug = slugs[audience]
        pdf = client.get(board.path("publikasjon", slug, 1, "pdf")).status_code
        archive = client.get(board.path("publikasjon", slug, 1, "zip")).status_code
        assert pdf == (403 if name == "ingen" else 200 if name in readers else 404), (audience, "pdf")
        assert (archive == 200) == (name in INSIDE), (audience, "zip")
        for kind in ("json", "arkiv"):
            status = client.get(board.path("publikasjon", slug, 1, kind)).status_code
            assert (status == 200) == (name in INSIDE), (audience, kind)
        ask = client.get(f"{board.path('publiser')}?for={slug}").status_code
        assert ask == (200 if name in publishers else 403), (audience, "ask")
        orders = SummaryOrder.objects.count()
        post = client.post(board.path("publiser"), {"for": slug}).status_code
        assert post == (303 if name in publishers else 403), (audience, "publish")
        draft = client.post(board.path("sammendrag"), {"for": slug}).status_code
        assert draft == (303 if name in previewers else 403), (audience, "draft")
        made = (name in publishers) + (name in previewers)
        assert SummaryOrder.objects.count() == orders + made


@pytest.mark.parametrize("audience", ALL)
def test_the_actions_ask_for_themselves(board: Board, audience: Audience) -> None:
    unit = board.cast.area if audience == Audience.AREA else None
    for name, by in board.cast.people().items():
        if name not in WHO[audience][1]:
            with pytest.raises(PermissionDenied):
                publish(board, audience, by=by)
            with pytest.raises(PermissionDenied):
                publications.order_summary(
                    by=by, period=board.second, preview=False, audience=audience, unit=unit
                )
        if name not in WHO[audience][2]:
            with pytest.raises(PermissionDenied):
                publications.order_summary(
                    by=by, period=board.second, preview=True, audience=audience, unit=unit
                )
    assert not Publication.objects.exists()


def test_a_publication_is_ordered_made_and_fetched(board: Board, as_user: AsUser, no_pdf: None) -> None:
    client = as_user(board.cast.analyse)
    response = client.post(board.path("publiser"), {"for": "klimakapittel", "case_number": " 26/88 "})
    order = SummaryOrder.objects.latest("pk")
    assert (order.audience, order.case_number, order.preview) == ("chapter", "26/88", False)
    jobs.make_summary(order.pk)
    assert "Publisert som nr. 1." in words(client.get(response["Location"]).content.decode())
    row = Publication.objects.get()
    assert (row.audience, row.case_number, row.published_by) == ("chapter", "26/88", board.cast.analyse)
    assert client.get(f"{response['Location']}pdf/").content == bytes(row.pdf)


def test_a_case_number_too_long_is_answered_and_nothing_ordered(board: Board, as_user: AsUser) -> None:
    response = as_user(board.cast.klima).post(
        board.path("publiser"), {"for": "klimautvalget", "case_number": "x" * 41}
    )
    assert response.status_code == 422
    assert broken_rules(response.content.decode()) == []
    assert not SummaryOrder.objects.exists()


def test_an_order_for_an_area_is_not_for_those_outside_it(
    board: Board, as_user: AsUser, no_pdf: None
) -> None:
    publications.order_summary(
        by=board.cast.klima, period=board.second, preview=False, audience="area", unit=board.cast.area
    )
    order = SummaryOrder.objects.get()
    jobs.make_summary(order.pk)
    path = board.path("sammendrag", order.pk, "pdf")
    assert as_user(board.cast.revisor).get(path).status_code == 200
    # The route is for those who read the dashboard; a leader of the area fetches the publication.
    assert as_user(board.cast.direktor).get(path).status_code == 403
    slug = f"omrade-{board.cast.area.pk}"
    assert as_user(board.cast.direktor).get(board.path("publikasjon", slug, 1, "pdf")).status_code == 200


@pytest.mark.parametrize(
    "whom", ["tull", "omrade", "omrade-", "omrade-x", "omrade-999999", "omrade--1", "ledergruppen-1"]
)
def test_an_unknown_audience_is_not_found(board: Board, as_user: AsUser, whom: str) -> None:
    client = as_user(board.cast.klima)
    assert client.get(f"{board.path('publiser')}?for={whom}").status_code == 404
    assert client.post(board.path("publiser"), {"for": whom}).status_code == 404
    assert client.post(board.path("sammendrag"), {"for": whom}).status_code == 404
    assert client.get(board.path("publikasjon", whom, 1, "pdf")).status_code == 404
    unit = f"omrade-{board.cast.transport.pk}"
    assert client.get(f"{board.path('publiser')}?for={unit}").status_code == 404


def test_addresses_lead_to_the_audience_they_name() -> None:
    for audience in ALL:
        unit = 12 if audience == Audience.AREA else None
        whom = Addressee(audience, unit)
        assert addressee_of(whom.slug) == whom
    assert summary_file_name("2026-T2", 3) == "klimasammendrag-2026-t2-nr3.pdf"
    area = Addressee(Audience.AREA, 12)
    assert summary_file_name("2026-T2", None, area) == "klimasammendrag-omrade-12-2026-t2-utkast.pdf"
    chapter = Addressee(Audience.CHAPTER)
    assert summary_file_name("2026-T2", 1, chapter, ".html") == "klimakapittel-2026-t2-nr1.html"


# --- Pages -------------------------------------------------------------------------------------------------


def test_the_list_shows_each_reader_what_is_hers(published: Board, as_user: AsUser) -> None:
    board = published

    def listed(user: User) -> str:
        html = as_user(user).get(board.path("publikasjoner")).content.decode()
        assert broken_rules(html) == []
        return html

    klima, utvalg, direktor = (listed(getattr(board.cast, n)) for n in ("klima", "utvalg", "direktor"))
    assert board.cast.klima.name in klima
    assert "Arkivpakke (zip)" in klima
    assert klima.count("/publiser/?for=") == 3
    for html in (utvalg, direktor):
        assert "Arkivpakke" not in html
        assert "Klima Eksempel" not in html
        assert "/publiser/" not in html
    assert "Områdene" not in utvalg
    assert board.cast.area.name in direktor
    assert f"/apent/{board.second.code}/1/" in utvalg


def test_the_chapter_page_copies_what_was_published(board: Board, as_user: AsUser) -> None:
    draft = as_user(board.cast.analyse).get(board.path("klimakapittel")).content.decode()
    assert "Utkast, slik det er nå." in draft
    assert as_user(board.cast.utvalg).get(board.path("klimakapittel")).status_code == 404
    row = publish(board, Audience.CHAPTER, render=render_publication)
    kitchen = board.report(board.cast.kitchen)
    approve_report(by=DEMO, report=kitchen, version=kitchen.version)
    client = as_user(board.cast.utvalg)
    html = client.get(board.path("klimakapittel")).content.decode()
    body = row.html.partition("<main>")[2].partition("</main>")[0]
    assert body in html
    assert 'data-kp-copy="kapittel"' in html
    assert "hidden" in html.partition("data-kp-copy")[0].rpartition("<button")[2]
    assert broken_rules(html) == []
    download = client.get(board.path("publikasjon", "klimakapittel", 1, "html"))
    assert download.content.decode() == row.html
    assert download["Content-Disposition"] == 'attachment; filename="klimakapittel-2026-t2-nr1.html"'
    # Those inside can look at what would be published now.
    now = as_user(board.cast.analyse).get(f"{board.path('klimakapittel')}?utkast=1").content.decode()
    assert "Utkast, slik det er nå." in now
    assert client.get(f"{board.path('klimakapittel')}?utkast=1").content.decode().count("Utkast, slik") == 0
    for number in ("2", "x", "99999999999"):
        assert client.get(f"{board.path('klimakapittel')}?nr={number}").status_code == 404
    assert client.get(f"{board.path('klimakapittel')}?nr=1").status_code == 200


def test_each_public_publication_keeps_its_address(board: Board) -> None:
    publish(board, Audience.COMMITTEE)
    first = words(Client().get("/apent/2026-T2/1/").content.decode())
    kitchen = board.report(board.cast.kitchen)
    approve_report(by=DEMO, report=kitchen, version=kitchen.version)
    publish(board, Audience.COMMITTEE)
    board.publish(Audience.COMMITTEE, period=board.first)
    html = Client().get("/apent/2026-T2/1/").content.decode()
    assert broken_rules(html) == []
    assert words(html).replace("Det er kommet en nyere status ", "") == first
    front = Client().get("/apent/").content.decode()
    assert 'href="/apent/2026-T2/2/"' in front.partition("Tidligere publisert")[0]
    for address in ("/apent/2026-T2/1/", "/apent/2026-T1/1/"):
        assert f'href="{address}"' in front.partition("Tidligere publisert")[2]
    for missing in ("/apent/2026-T2/3/", "/apent/2026-AR/1/", "/apent/tull/1/", "/apent/2026-T2/99999999/"):
        assert Client().get(missing).status_code == 404
        assert Client().get(f"{missing}pdf/").status_code == 404


def test_what_is_for_others_has_no_public_address(board: Board) -> None:
    for audience in (Audience.LEADERSHIP, Audience.AREA, Audience.CHAPTER):
        publish(board, audience)
    assert Client().get("/apent/2026-T2/1/").status_code == 404
    assert "Ingen status er publisert ennå" in Client().get("/apent/").content.decode()
    for slug in ("ledergruppen", "klimakapittel", "klimautvalget"):
        assert Client().get(board.path("publikasjon", slug, 1, "pdf")).status_code == 302


def test_the_choice_of_areas_is_those_with_reports(board: Board, as_user: AsUser) -> None:
    html = as_user(board.cast.klima).get(board.path("publikasjoner")).content.decode()
    options = re.findall(r'<option value="(omrade-\d+)">([^<]+)', html)
    assert options == [(f"omrade-{board.cast.area.pk}", board.cast.area.name)]
    assert [one.unit_id for one in Reaches(board.second).areas()] == [board.cast.area.pk]
