"""The dashboard and the summary by order: who sees what, and that page, PDF and publication agree."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from organisation.models import User
from publishing import jobs
from publishing.actions import publications
from publishing.exports.summary_pdf import render_summary
from publishing.models import Publication, SummaryOrder
from reporting.actions.reports import approve_report
from tests.html_rules import one_line
from tests.leadership_world import LATE, UNAPPROVED, Board, period_summary, quick, quick_pdf
from tests.reporting_world import NOW
from web.actors import DEMO

AsUser = Callable[[User], Client]
HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "sammendrag"}


@pytest.fixture
def no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "render_summary", quick_pdf)
    monkeypatch.setattr(jobs, "render_publication", quick)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\u00a0", " ").split())


def get(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


@pytest.mark.parametrize("name", ["radmann", "klima", "analyse", "revisor", "admin"])
def test_those_who_read_from_inside_see_the_period_as_it_stands(
    board: Board, as_user: AsUser, name: str
) -> None:
    page = words(get(as_user(getattr(board.cast, name)), board.path()))

    assert "Drammenssamfunnet: ikke i rute. Tiltaksbanen i 2030 ligger 55 tonn over utslippsrammen" in page
    assert f"Mangler: {board.cast.kitchen.name}. Tiltakene deres (50 tonn i 2030)" in page
    assert "svar godkjent av leder i 2 av 3 virksomheter og foretak" in page
    assert LATE.decision_question in page
    assert UNAPPROVED not in page


def test_page_and_pdf_show_the_same_figures(board: Board, as_user: AsUser) -> None:
    """Every row with figures, word by word; history is a table on the page only, on paper it is a chart."""
    html = get(as_user(board.cast.radmann), board.path())
    pdf = render_summary(period_summary(board.second), None)
    printed = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    printed = "".join(printed.replace("\u00a0", " ").split())
    rows = [words(row) for row in re.findall(r"<tr.*?</tr>", html, re.S) if 'class="num"' in row]
    shown = [row for row in rows if not re.match(r"År |20(09|2[34]) ", row)]

    assert [row for row in shown if row.startswith("Over utslippsrammen")]
    assert len(shown) >= 10
    assert not [row for row in shown if "".join(row.split()) not in printed]


def test_no_publication_is_no_page_for_those_who_read_published_things(board: Board, as_user: AsUser) -> None:
    for name in ("utvalg", "kontakt"):
        get(as_user(getattr(board.cast, name)), board.path(), status=404)


def test_what_is_published_stays_as_it_was_read(board: Board, as_user: AsUser) -> None:
    board.publish()
    report = board.report(board.cast.kitchen)
    approve_report(by=DEMO, report=report, version=report.version)
    frozen = words(get(as_user(board.cast.utvalg), board.path()))
    live = words(get(as_user(board.cast.radmann), board.path()))

    assert "Mangler: Ernæring" in frozen
    assert "Publikasjon nr. 1" in frozen
    assert "Mangler: Ernæring" not in live
    assert "Se saken" not in frozen
    assert "Last ned sammendrag (PDF)" not in frozen


def test_a_leader_sees_the_part_she_leads_and_no_municipal_gap(board: Board, as_user: AsUser) -> None:
    page = words(get(as_user(board.cast.direktor), board.path()))
    assert "Til orientering" in page
    assert "utslippsrammen" not in page
    assert board.cast.transport.name in page
    assert (
        board.cast.klima_unit.name
        not in page.partition("Virksomheter og foretak")[2].partition("Klimabudsjett")[0]
    )

    own = words(get(as_user(board.cast.annen_leder), board.path()))
    assert board.cast.transport.name not in own


def test_the_period_is_chosen_in_the_address(board: Board, as_user: AsUser) -> None:
    client = as_user(board.cast.radmann)
    response = client.get(board.path(), {"periode": "2026-T1"})
    assert (response.status_code, response["Location"]) == (303, "/rapportering/2026-T1/")
    assert '<option value="2026-T1" selected>' in get(client, response["Location"])
    get(client, board.path() + "?periode=../../x")
    get(client, "/rapportering/2026-T3/", status=404)
    get(client, "/rapportering/tull/", status=404)


def test_the_first_decision_is_the_primary_button_and_leads_to_the_report(
    board: Board, as_user: AsUser
) -> None:
    html = one_line(get(as_user(board.cast.radmann), board.path()))
    assert f'<a class="kp-btn" href="{board.path(board.cast.transport.pk)}">Se saken' in html


# --- Orders ------------------------------------------------------------------------------------------------


def ordered(client: Client, board: Board, where: str = "sammendrag") -> SummaryOrder:
    response = client.post(board.path(where))
    assert response.status_code == 303
    order = SummaryOrder.objects.latest("pk")
    assert response["Location"] == board.path("sammendrag", order.pk)
    return order


@pytest.mark.usefixtures("no_pdf")
def test_a_preview_is_ordered_followed_and_fetched(board: Board, as_user: AsUser) -> None:
    client = as_user(board.cast.radmann)
    order = ordered(client, board)
    path = board.path("sammendrag", order.pk)
    waiting = get(client, path)
    assert f'hx-get="{path}"' in waiting
    assert f'<a href="{path}">Oppdater</a>' in waiting  # without JavaScript
    assert client.get(path + "pdf/").status_code == 404

    jobs.make_summary(order.pk)
    part = client.get(path, **HTMX).content.decode()
    assert "<html" not in part
    assert "hx-get" not in part
    assert "Last ned PDF" in part
    pdf = client.get(path + "pdf/")
    assert (pdf["Content-Type"], pdf.content) == ("application/pdf", b"PDF 2026-T2 None")
    assert pdf["Content-Disposition"] == 'attachment; filename="klimasammendrag-2026-t2-utkast.pdf"'
    assert pdf["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("no_pdf")
def test_an_order_belongs_to_the_one_who_made_it(board: Board, as_user: AsUser) -> None:
    order = ordered(as_user(board.cast.radmann), board)
    jobs.make_summary(order.pk)
    for name in ("klima", "analyse", "revisor"):
        stranger = as_user(getattr(board.cast, name))
        get(stranger, board.path("sammendrag", order.pk), status=404)
        get(stranger, board.path("sammendrag", order.pk, "pdf"), status=404)
    get(as_user(board.cast.radmann), board.path("sammendrag", order.pk, period=board.first), status=404)


@pytest.mark.usefixtures("no_pdf")
def test_klima_publishes_after_a_question_and_all_may_read_it(board: Board, as_user: AsUser) -> None:
    client = as_user(board.cast.klima)
    assert "Publiser sammendrag" in get(client, board.path())
    question = words(get(client, board.path("publiser")))
    assert "Publisere for rådmannens ledergruppe, 2. tertial 2026?" in question
    assert not SummaryOrder.objects.exists()

    order = ordered(client, board, "publiser")
    jobs.make_summary(order.pk)
    assert "Publisert som nr. 1." in get(client, board.path("sammendrag", order.pk))
    get(as_user(board.cast.revisor), board.path("sammendrag", order.pk))
    pdf = as_user(board.cast.utvalg).get(board.path("publikasjon", 1))
    assert pdf.content == b"PDF 2026-T2 1"
    assert pdf["Content-Disposition"] == 'attachment; filename="klimasammendrag-2026-t2-nr1.pdf"'
    get(as_user(board.cast.utvalg), board.path("publikasjon", 2), status=404)
    assert Client().get(board.path("publikasjon", 1)).status_code == 302


@pytest.mark.usefixtures("no_pdf")
def test_publishing_again_without_changes_says_so(board: Board, as_user: AsUser) -> None:
    client = as_user(board.cast.klima)
    jobs.make_summary(ordered(client, board, "publiser").pk)
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        order = ordered(client, board, "publiser")
        jobs.make_summary(order.pk)
        assert "Ingenting er endret siden publikasjon nr. 1" in get(
            client, board.path("sammendrag", order.pk)
        )


@pytest.mark.parametrize("name", ["analyse", "revisor", "admin", "utvalg", "leder", "kontakt", "direktor"])
def test_readers_order_nothing(board: Board, as_user: AsUser, name: str) -> None:
    client = as_user(getattr(board.cast, name))
    assert client.post(board.path("sammendrag")).status_code == 403
    assert client.post(board.path("publiser")).status_code == 403
    assert client.get(board.path("publiser")).status_code == 403
    assert not SummaryOrder.objects.exists()


def test_leadership_reads_and_does_not_publish(board: Board, as_user: AsUser) -> None:
    client = as_user(board.cast.radmann)
    assert "Publiser sammendrag" not in get(client, board.path())
    assert client.get(board.path("publiser")).status_code == 403
    assert client.post(board.path("publiser")).status_code == 403
    assert client.get(board.path("sammendrag")).status_code == 405


def test_a_failure_and_a_silent_worker_are_told(board: Board, as_user: AsUser) -> None:
    client = as_user(board.cast.radmann)
    order = ordered(client, board)
    path = board.path("sammendrag", order.pk)
    assert "Det tar noen sekunder." in get(client, path)
    SummaryOrder.objects.update(ordered_at=timezone.now() - timedelta(seconds=10))
    assert "Bakgrunnsjobben er ikke i gang nå." in get(client, path)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert "Det tar noen sekunder." in get(client, path)
    SummaryOrder.objects.update(ordered_at=timezone.now() - timedelta(minutes=3))
    assert "bestill på nytt" in get(client, path)
    assert ordered(client, board).pk != order.pk

    publications.fail_order(order.pk, "Sammendraget kunne ikke lages.")
    html = get(client, path)
    assert "Sammendraget kunne ikke lages." in html
    assert "hx-get" not in html.partition('id="sammendrag"')[2].partition("</div>")[0]
    assert not Publication.objects.exists()
