"""Publishing the leadership summary: frozen, numbered, once, and the same bytes for the same figures."""

import hashlib
import io
import json
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, IntegrityError, connection, transaction
from pypdf import PdfReader

from organisation.models import User
from publishing import jobs
from publishing.actions import publications
from publishing.actions.publications import Imprint, Rendering
from publishing.exports.summary_pdf import render_summary
from publishing.models import Publication, SummaryOrder
from publishing.queries.documents import Frozen
from publishing.queries.period_summary import (
    Money,
    MoneyRow,
    PaidMeasure,
    PeriodSummary,
    Remaining,
    StatusCount,
)
from publishing.queries.plain import from_plain
from publishing.queries.publications import published_summary
from reporting.actions.reports import approve_report
from reporting.queries.frozen import content_sha256
from tests.leadership_world import UNAPPROVED, Board, period_summary, quick, quick_pdf
from tests.races import TOO_LONG, until_waiting
from web.actors import COMMAND_LINE, DEMO


def publish(board: Board) -> Publication:
    return publications.publish_summary(by=DEMO, period=board.second, render=quick)


def approve_kitchen(board: Board) -> None:
    report = board.report(board.cast.kitchen)
    approve_report(by=DEMO, report=report, version=report.version)


def test_unchanged_figures_give_the_same_publication(board: Board) -> None:
    first, again = publish(board), publish(board)

    assert (first.pk, first.number) == (again.pk, 1)
    assert bytes(first.pdf) == bytes(again.pdf)
    assert Publication.objects.count() == 1


def test_changed_figures_give_the_next_number_and_leave_the_first(board: Board) -> None:
    first = publish(board)
    approve_kitchen(board)
    second = publish(board)

    assert second.number == 2
    assert from_plain(PeriodSummary, Publication.objects.get(pk=first.pk).data).missing
    assert not from_plain(PeriodSummary, second.data).missing


def test_it_is_frozen_with_hashes_of_both_data_and_pdf(board: Board) -> None:
    stored = Publication.objects.get(pk=publish(board).pk)

    assert stored.data_sha256 == content_sha256(stored.data)
    assert stored.pdf_sha256 == hashlib.sha256(bytes(stored.pdf)).hexdigest()
    assert stored.published_by_name == "demodata"
    published = published_summary(board.second)
    assert published is not None
    assert published.summary == period_summary(board.second)


@pytest.mark.parametrize("change", [{"pdf": b"annet"}, {"number": 7}])
def test_the_database_refuses_to_change_or_delete_it(board: Board, change: dict[str, object]) -> None:
    row = Publication.objects.filter(pk=publish(board).pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()


def test_a_failed_rendering_stores_nothing(board: Board) -> None:
    def fail(summary: PeriodSummary, number: int) -> bytes:
        raise RuntimeError("no font")

    with pytest.raises(RuntimeError):
        publications.publish_summary(by=DEMO, period=board.second, render=fail)
    assert not Publication.objects.exists()


@pytest.mark.parametrize("name", ["radmann", "analyse", "leder", "utvalg", "revisor", "kontakt", "admin"])
def test_only_klima_publishes(board: Board, name: str) -> None:
    by = getattr(board.cast, name)
    with pytest.raises(PermissionDenied):
        publications.publish_summary(by=by, period=board.second, render=quick)
    with pytest.raises(PermissionDenied):
        publications.order_summary(by=by, period=board.second, preview=False)


def publish_twice_at_once(board: Board) -> tuple[list[int], int]:
    """The numbers two simultaneous publishers get, and how many PDFs were made."""
    waiting = threading.Barrier(2, timeout=TOO_LONG)
    numbers: list[int] = []
    made: list[int] = []

    def slow(frozen: Frozen, imprint: Imprint) -> Rendering:
        made.append(imprint.number)
        until_waiting(lambda: len(made) == 2)
        return quick(frozen, imprint)

    def go() -> None:
        try:
            waiting.wait()
            numbers.append(publications.publish_summary(by=DEMO, period=board.second, render=slow).number)
        except IntegrityError:
            numbers.append(0)
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(TOO_LONG)
    return sorted(numbers), len(made)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_give_one_publication(board: Board) -> None:
    assert publish_twice_at_once(board) == ([1, 1], 1)
    assert Publication.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_one_of_two_fails(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the test above would see it if the period were not locked."""
    monkeypatch.setattr(publications, "_locked", lambda period: period)
    assert publish_twice_at_once(board) == ([0, 1], 2)


# --- The PDF ---------------------------------------------------------------------------------------------


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u00a0", " ").split())


def test_the_pdf_says_what_the_frozen_figures_say(board: Board) -> None:
    summary = period_summary(board.second)
    pdf = render_summary(summary, Imprint(3))
    reader, text = PdfReader(io.BytesIO(pdf)), text_of(pdf)

    assert 2 <= len(reader.pages) <= 4
    assert reader.metadata is not None
    assert reader.metadata.title == "Klimastatus, 2. tertial 2026"
    assert b"pdfuaid:part" in reader.trailer["/Root"]["/Metadata"].get_object().get_data()
    for words in (
        "Publikasjon nr. 3",
        "Klimabudsjett 2026, vedtatt 9. desember 2025, sak 25/101",
        summary.answers[0].text,
        "Skal vi leie eller kjøpe elbiler?",
        "Tiltakene deres (50 tonn i 2030) er regnet som i budsjettet.",
        "Leverandøren er forsinket.",
        "Til godkjenning hos leder siden 7. september",
    ):
        assert words in text, words
    assert UNAPPROVED not in text


def test_a_large_municipality_still_has_four_pages(board: Board) -> None:
    """Sixty units and three hundred measures, a third of the units missing and half the measures late."""
    small = period_summary(board.second)
    unit, change, measure = small.units[0], small.changes[0], small.measures[0]
    name = "Virksomhet for noe nr. {}"
    paid = [
        MoneyRow(
            f"Rad {n}",
            (
                PaidMeasure(
                    f"T{n}", f"Et tiltak med en tittel på én linje {n}", name.format(n), "on_track", "I rute"
                ),
            ),
            Decimal(4_000_000),
            Decimal(2_000_000),
            Decimal(4_000_000 + n),
        )
        for n in range(200)
    ]
    large = replace(
        small,
        units=tuple(
            replace(
                unit,
                name=name.format(n),
                state="assured" if n % 3 else "draft",
                counts=(StatusCount("on_track", "I rute", 3), StatusCount("delayed", "Forsinket", 2))
                if n % 3
                else (),
            )
            for n in range(60)
        ),
        decisions=tuple(
            replace(small.decisions[0], title=f"Et tiltak som trenger et svar {n}") for n in range(20)
        ),
        changes=tuple(replace(change, title=f"Et tiltak med en tittel på én linje {n}") for n in range(150)),
        measures=tuple(replace(measure, title=f"Et tiltak med en tittel på én linje {n}") for n in range(10)),
        remaining=Remaining(290, Decimal(40_000)),
        money=Money(date(2026, 9, 7), True, False, tuple(paid), 100),
    )
    pages = PdfReader(io.BytesIO(render_summary(large, None))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert 2 <= len(pages) <= 4
    # Every unit is in it, every column, and all that waits for a decision.
    assert all(f"Et tiltak som trenger et svar {n}" in text for n in range(20))
    assert all(name.format(n) in text for n in range(60))
    assert "De andre 195 radene i økonomiplanen" in text
    assert "140 tiltak til har annen status enn sist." in text


def test_the_same_figures_and_number_give_the_same_bytes(board: Board) -> None:
    summary = period_summary(board.second)
    assert render_summary(summary, Imprint(1)) == render_summary(summary, Imprint(1))
    assert "Utkast, ikke publisert" in text_of(render_summary(summary, None))


# --- Orders and the job ------------------------------------------------------------------------------------


@pytest.fixture
def no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "render_summary", quick_pdf)
    monkeypatch.setattr(jobs, "render_publication", quick)


def queued() -> list[dict[str, object]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, args FROM procrastinate_jobs WHERE task_name <> 'web.send_mail' ORDER BY id"
        )
        return [
            {"task": name, "args": args if isinstance(args, dict) else json.loads(args)}
            for name, args in cursor.fetchall()
        ]


def test_an_order_and_its_job_come_in_one_transaction(board: Board) -> None:
    with transaction.atomic():
        publications.order_summary(by=board.cast.radmann, period=board.second, preview=True)
        transaction.set_rollback(True)
    assert (queued(), SummaryOrder.objects.count()) == ([], 0)

    order = publications.order_summary(by=board.cast.radmann, period=board.second, preview=True)
    assert queued() == [{"task": "reporting.make_summary", "args": {"order_id": order.pk}}]


def test_a_double_click_is_one_order(board: Board) -> None:
    first = publications.order_summary(by=board.cast.radmann, period=board.second, preview=True)
    again = publications.order_summary(by=board.cast.radmann, period=board.second, preview=True)
    other = publications.order_summary(by=board.cast.klima, period=board.second, preview=True)

    assert first == again
    assert first != other
    assert len(queued()) == 2


@pytest.mark.usefixtures("no_pdf")
def test_a_preview_is_made_and_nothing_is_published(board: Board) -> None:
    order = publications.order_summary(by=board.cast.radmann, period=board.second, preview=True)
    jobs.make_summary(order.pk)
    order.refresh_from_db()

    assert (order.state, bytes(order.pdf or b"")) == ("done", b"PDF 2026-T2 None")
    assert not Publication.objects.exists()


@pytest.mark.usefixtures("no_pdf")
def test_the_job_run_twice_publishes_once(board: Board) -> None:
    order = publications.order_summary(by=board.cast.klima, period=board.second, preview=False)
    jobs.make_summary(order.pk)
    approve_kitchen(board)
    jobs.make_summary(order.pk)
    order.refresh_from_db()

    assert order.state == "done"
    assert order.publication is not None
    assert (order.publication.number, Publication.objects.count()) == (1, 1)
    assert order.publication.published_by == board.cast.klima


@pytest.mark.usefixtures("no_pdf")
def test_a_worker_killed_halfway_is_made_up_for(board: Board) -> None:
    order = publications.order_summary(by=board.cast.klima, period=board.second, preview=False)
    assert publications.start_order(order.pk)
    jobs.make_summary(order.pk)
    order.refresh_from_db()
    assert (order.state, Publication.objects.count()) == ("done", 1)


def test_a_failure_is_told_in_a_sentence(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "render_summary", mock.Mock(side_effect=RuntimeError("hemmelig")))
    order = publications.order_summary(by=board.cast.radmann, period=board.second, preview=True)
    with pytest.raises(RuntimeError):
        jobs.make_summary(order.pk)
    order.refresh_from_db()

    assert order.state == "failed"
    assert order.error.startswith("Sammendraget kunne ikke lages.")
    assert "hemmelig" not in order.error


def test_a_role_taken_away_before_the_job_ran_publishes_nothing(board: Board) -> None:
    order = publications.order_summary(by=board.cast.klima, period=board.second, preview=False)
    User.objects.filter(pk=board.cast.klima.pk).update(is_active=False)
    with pytest.raises(PermissionDenied):
        jobs.make_summary(order.pk)
    assert not Publication.objects.exists()


# --- The command -------------------------------------------------------------------------------------------

Run = Callable[..., dict[str, object]]


@pytest.fixture
def run(board: Board, tmp_path: Path, no_pdf: None, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr("publishing.management.commands.publish_summary.render_summary", quick_pdf)

    def command(period: str = "2026-T2", **options: object) -> dict[str, object]:
        out = io.StringIO()
        call_command(
            "publish_summary", period, output=str(tmp_path / "ut.pdf"), json=True, stdout=out, **options
        )
        found: dict[str, object] = json.loads(out.getvalue())
        return found

    return command


def test_the_command_publishes_and_gives_the_same_again(run: Run, tmp_path: Path) -> None:
    first, again = run(), run()

    assert first == again
    assert first["number"] == 1
    assert first["sha256"] == hashlib.sha256((tmp_path / "ut.pdf").read_bytes()).hexdigest()
    assert first["budget"] == {
        "year": 2026, "scope": "community_direct", "revision": 1, "state": "adopted", "case": "25/101",
    }  # fmt: skip
    assert first["edition"] == {
        "published": "2025-12-01", "municipality": "Drammen", "publisher": "Miljødirektoratet",
    }  # fmt: skip
    assert Publication.objects.get().published_by_name == COMMAND_LINE.name


def test_a_preview_publishes_nothing(run: Run, tmp_path: Path) -> None:
    assert run(preview=True)["number"] is None
    assert (tmp_path / "ut.pdf").read_bytes() == b"PDF 2026-T2 None"
    assert not Publication.objects.exists()


@pytest.mark.parametrize(
    ("period", "sentence"),
    [
        ("2026-T3", "Perioden 2026-T3 finnes ikke."),
        ("2026-AR", "Perioden 2026-AR finnes ikke."),
        ("tull", "Perioden tull finnes ikke."),
        ("2031-T1", "Det finnes ikke noe vedtatt klimabudsjett for 2031"),
    ],
)
def test_an_unknown_period_is_one_sentence_and_no_file(
    run: Run, tmp_path: Path, period: str, sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence) as refusal:
        run(period)
    assert "\n" not in str(refusal.value)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_publishes_nothing(board: Board, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="kan ikke skrives"):
        call_command("publish_summary", "2026-T2", output=str(tmp_path / "finnes-ikke" / "ut.pdf"))
    assert not Publication.objects.exists()


def test_the_command_acts_for_somebody_who_may(run: Run, board: Board) -> None:
    assert run(by=board.cast.klima.email)["number"] == 1
    assert Publication.objects.get().published_by == board.cast.klima
    with pytest.raises(CommandError, match="ikke rett til å publisere"):
        run(by=board.cast.utvalg.email)
