"""Deciding about overlaps: what is refused, what warns, and that the database holds what the action says."""

from __future__ import annotations

import re
import threading
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budget.actions.overlaps import add_overlap, remove_overlap, update_overlap
from budget.actions.transitions import hand_over
from budget.enums import OverlapMethod
from budget.models import ClimateBudget, Line, Overlap, OverlapMember, OverlapYear
from budget.queries.assembling import budget_table
from budget.queries.overlaps import overlap_page, undecided_sources
from budget.words.overlaps import undecided_refusals
from tests.budget_factory import HORIZON, adopt, make_budget, make_line, make_source, worked_example
from tests.cast import Cast
from tests.html_rules import broken_rules
from tests.owner import as_owner
from tests.test_budget_pages import client_of
from tests.worlds import kept
from web.actors import DEMO
from web.concurrency import StaleObject
from web.refusals import Closed, Refused

PAGE = "/budsjett/2027/kommunen-direkte/1/overlapp/"


@kept
def three() -> tuple[ClimateBudget, list[Line]]:
    """Three lines of 100, 60 and 40 tonnes on the same cars, nothing decided."""
    budget = make_budget()
    lines = [
        make_line(budget, code, dict.fromkeys(HORIZON, tonnes))
        for code, tonnes in (("T1", 100), ("T2", 60), ("T3", 40))
    ]
    return budget, lines


def decide(budget: ClimateBudget, lines: list[Line], **more: object) -> Overlap:
    return add_overlap(
        **{
            "by": DEMO,
            "budget": budget,
            "source": make_source(),
            "method": OverlapMethod.PRODUCT,
            "lines": lines,
            "years": {year: Decimal(500) for year in HORIZON},
            "reason": "Samme biler",
            "decided_by": "Klima",
            **more,
        }  # type: ignore[arg-type]
    )


def test_lines_on_one_source_are_named_until_decided(three: tuple[ClimateBudget, list[Line]]) -> None:
    budget, lines = three
    assert [one.text for one in undecided_refusals(budget, undecided_sources(budget))] == [
        "Personbiler: T1, T2 og T3 virker på de samme utslippene i 2025–2030. Avgjør om de overlapper."
    ]
    decide(budget, lines[:2])
    assert "T1, T3 og T2" in undecided_refusals(budget, undecided_sources(budget))[0].text
    decide(budget, lines, method=OverlapMethod.NONE, years={})
    assert undecided_sources(budget) == []


def test_the_line_warns_while_what_it_shares_is_undecided(
    three: tuple[ClimateBudget, list[Line]], cast: Cast
) -> None:
    budget, lines = three
    klima, words = client_of(cast.klima), "virker på de samme utslippene"
    page = klima.get(lines[2].get_absolute_url()).text
    assert broken_rules(page) == []
    assert "Personbiler: T1, T2 og T3 virker på de samme utslippene i 2025–2030." in page
    assert f'href="{reverse("budget:overlaps", args=[2027, "kommunen-direkte", 1])}"' in page
    assert words not in client_of(cast.revisor).get(lines[2].get_absolute_url()).text
    decide(budget, lines, method=OverlapMethod.NONE, years={})
    assert words not in klima.get(lines[2].get_absolute_url()).text


def test_no_step_forwards_with_an_open_overlap(three: tuple[ClimateBudget, list[Line]], cast: Cast) -> None:
    budget, lines = three
    klima, radmann = client_of(cast.klima), client_of(cast.radmann)
    address = "/budsjett/2027/kommunen-direkte/1/"
    page = klima.get(f"{address}klargjor/").text
    assert "Dette må være på plass først" in page
    assert f'href="{PAGE}"' in page
    assert "Først må" not in page  # it is a draft already
    answer = klima.post(f"{address}klargjor/", {"version": 1})
    assert (answer.status_code, "Avgjør om de overlapper" in answer.text) == (422, True)
    # One that came through before: it is stopped at the next step, and told the way back.
    ClimateBudget.objects.filter(pk=budget.pk).update(state="handed_over")
    page = radmann.get(f"{address}foresla/").text
    assert "Først må rådmannen eller Virksomhet Klima gjøre det om til utkast igjen" in page
    assert radmann.post(f"{address}foresla/", {"version": 1}).status_code == 422
    ClimateBudget.objects.filter(pk=budget.pk).update(state="proposed")
    page = klima.get(f"{address}vedtak/").text
    assert f'href="{PAGE}"' in page
    assert "Først må rådmannen trekke det tilbake og gjøre det om til utkast igjen" in page
    decision = {"version": 1, "adopted_on": "9.12.2025", "case_number": "25/101"}
    answer = klima.post(f"{address}vedtak/", decision)
    assert (answer.status_code, "Avgjør om de overlapper" in answer.text) == (422, True)
    budget.refresh_from_db()
    assert (budget.state, budget.case_number, budget.adopted_ceilings.count()) == ("proposed", "", 0)
    assert len(lines) == 3


def test_no_overlap_changes_no_figure(three: tuple[ClimateBudget, list[Line]]) -> None:
    budget, lines = three
    before = budget_table(budget).years
    decide(budget, lines, method=OverlapMethod.NONE, years={})
    assert budget_table(budget).years == before
    assert adopt(budget).state == "adopted"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reason": " "}, "Skriv hvorfor"),
        ({"years": {}}, "minst ett år"),
        ({"years": {2031: Decimal(1)}}, "år som ikke er med"),
        ({"years": {2030: Decimal(-1)}}, "positivt tall"),
        ({"years": {2030: Decimal(1001)}}, "mer enn referansebanen på 1.000 tonn"),
        ({"years": {2030: Decimal(99)}}, "mer enn felles utslippsgrunnlag på 99 tonn"),
        ({"method": OverlapMethod.NONE}, "har ingen tonn"),
    ],
)
def test_what_cannot_be_decided_is_said(
    three: tuple[ClimateBudget, list[Line]], wrong: dict[str, object], sentence: str
) -> None:
    budget, lines = three
    with pytest.raises(Refused, match=sentence):
        decide(budget, lines, **wrong)
    assert not Overlap.objects.exists()


def test_only_lines_of_the_source_and_the_budget(three: tuple[ClimateBudget, list[Line]]) -> None:
    budget, lines = three
    with pytest.raises(Refused, match="minst to tiltak"):
        decide(budget, lines[:1])
    outside = make_line(budget, "F1", {2030: 5}, scope="own_operations_footprint")
    with pytest.raises(Refused, match="F1 Tiltak F1 virker ikke på denne"):
        decide(budget, [lines[0], outside])
    other = make_line(make_budget(2031, target=budget.target, edition=budget.edition), "X1", {2030: 5})
    with pytest.raises(Refused, match="stå i dette budsjettet"):
        decide(budget, [lines[0], other])


def test_changing_a_decision(three: tuple[ClimateBudget, list[Line]]) -> None:
    budget, lines = three
    overlap = decide(budget, lines[:2])
    fixed = {
        "method": OverlapMethod.FIXED,
        "lines": lines[1:],
        "years": {2030: Decimal(15)},
        "reason": "Regnet ut for seg",
        "decided_by": "Klimagruppa",
    }
    update_overlap(by=DEMO, overlap=overlap, version=1, **fixed)  # type: ignore[arg-type]
    assert budget_table(budget).year(2030).overlap == 15
    assert budget_table(budget).year(2029).overlap == 0
    with pytest.raises(StaleObject):
        update_overlap(by=DEMO, overlap=overlap, version=1, **fixed)  # type: ignore[arg-type]
    remove_overlap(by=DEMO, overlap=overlap, version=2)
    assert budget_table(budget).year(2030).overlap == 0
    assert len(undecided_sources(budget)) == 1


def test_nobody_else_decides_and_nobody_after_the_draft(
    three: tuple[ClimateBudget, list[Line]], cast: Cast
) -> None:
    budget, lines = three
    for name in set(cast.people()) - {"klima"}:
        with pytest.raises(PermissionDenied):
            decide(budget, lines, by=getattr(cast, name))
    decide(budget, lines, by=cast.klima, method=OverlapMethod.NONE, years={})
    hand_over(by=DEMO, budget=budget, version=1)
    with pytest.raises(Closed):
        decide(budget, lines)


# --- What the database holds ----------------------------------------------------------------------


def test_the_database_refuses_a_line_in_two_overlaps(three: tuple[ClimateBudget, list[Line]]) -> None:
    budget, lines = three
    decide(budget, lines[:2])
    second = Overlap.objects.create(
        budget=budget, source=make_source(), method="product", reason="x", decided_by="x"
    )
    OverlapMember.objects.create(overlap=second, line=lines[0])
    with pytest.raises(IntegrityError, match="in two overlaps"), transaction.atomic():
        OverlapYear.objects.create(overlap=second, year=2030, tonnes=500)
    OverlapMember.objects.all().filter(overlap=second).delete()
    OverlapYear.objects.create(overlap=second, year=2030, tonnes=500)
    with pytest.raises(IntegrityError, match="in two overlaps"), transaction.atomic():
        OverlapMember.objects.create(overlap=second, line=lines[0])
    OverlapMember.objects.create(overlap=second, line=lines[2])
    vans = make_source("Veitrafikk", "Varebiler")
    third = Overlap.objects.create(budget=budget, source=vans, method="fixed", reason="x", decided_by="x")
    OverlapYear.objects.create(overlap=third, year=2030, tonnes=500)
    OverlapMember.objects.create(overlap=third, line=lines[0])  # another source: allowed


def test_the_database_refuses_tonnes_of_no_overlap(three: tuple[ClimateBudget, list[Line]]) -> None:
    budget, lines = three
    none = decide(budget, lines, method=OverlapMethod.NONE, years={})
    with pytest.raises(IntegrityError, match="no tonnes"), transaction.atomic():
        OverlapYear.objects.create(overlap=none, year=2030, tonnes=1)


def two_at_once(budget: ClimateBudget, pairs: list[list[Line]]) -> list[BaseException]:
    """Both overlaps written past the action, in transactions that end after the other began."""
    barrier, errors = threading.Barrier(2, timeout=20), []

    def write(pair: list[Line]) -> None:
        try:
            with transaction.atomic():
                overlap = Overlap.objects.create(
                    budget=budget, source=make_source(), method="product", reason="x", decided_by="x"
                )
                OverlapYear.objects.create(overlap=overlap, year=2030, tonnes=500)
                barrier.wait()
                for line in pair:
                    OverlapMember.objects.create(overlap=overlap, line=line)
        except DatabaseError as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(pair,)) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()
    return errors


def doubled(line: Line) -> bool:
    return OverlapMember.objects.filter(line=line, overlap__years__year=2030).count() > 1


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_gets_the_line() -> None:
    budget = make_budget()
    first, second, third = (make_line(budget, code, {2030: 10}) for code in ("T1", "T2", "T3"))
    errors = two_at_once(budget, [[first, second], [first, third]])
    assert ["in two overlaps" in str(error) for error in errors] == [True]
    assert not doubled(first)


@pytest.mark.django_db(transaction=True)
def test_control_without_the_trigger_both_get_it() -> None:
    budget = make_budget()
    first, second, third = (make_line(budget, code, {2030: 10}) for code in ("T1", "T2", "T3"))
    with as_owner() as owners, owners.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'budget_overlapmember'::regclass "
            "AND tgname LIKE '%in_one_overlap%'"
        )
        name = cursor.fetchone()[0]
        cursor.execute(f"ALTER TABLE budget_overlapmember DISABLE TRIGGER {name}")
    try:
        assert two_at_once(budget, [[first, second], [first, third]]) == []
        assert doubled(first)
    finally:
        with as_owner() as owners, owners.cursor() as cursor:
            cursor.execute(f"ALTER TABLE budget_overlapmember ENABLE TRIGGER {name}")


# --- The page -------------------------------------------------------------------------------------


@pytest.fixture
def klima(cast: Cast) -> Client:
    return client_of(cast.klima)


def test_the_page_shows_gross_overlap_and_net(klima: Client, cast: Cast) -> None:
    budget = worked_example()
    shared = overlap_page(budget).sources[0]
    cell = shared.cells[2030]
    assert (cell.gross, cell.overlap, cell.net) == (500, 60, 440)
    page = klima.get(PAGE).text
    assert broken_rules(page) == []
    assert "felles grunnlag: 1\u00a0000 tonn i 2025–2030" in page
    assert "Avgjort av Klima." in page
    assert "−60" in page
    adopt(budget)
    page = client_of(cast.utvalg).get(PAGE).text
    assert "Ny avgjørelse" not in page
    assert "Kutt etter overlapp" in page


def test_deciding_on_the_page(klima: Client, three: tuple[ClimateBudget, list[Line]]) -> None:
    budget, lines = three
    address = f"{PAGE}ny/?kilde={make_source().pk}"
    page = klima.get(address).text
    assert broken_rules(page) == []
    assert page.count(" checked") == 3
    token = page.partition('name="submission_token" value="')[2].partition('"')[0]
    form = {
        "lines": [str(line.pk) for line in lines[:2]],
        "method": "product",
        "reason": "Samme biler",
        "decided_by": "Klima",
        "version": "0",
        "tonnes-2030": "500",
        "submission_token": token,
    }
    assert klima.post(address, {**form, "tonnes-2030": "1 200"}).status_code == 422
    assert [klima.post(address, form).status_code for _click in range(2)] == [303, 303]
    overlap = budget.overlaps.get()
    edit = f"/budsjett/overlapp/{overlap.pk}/"
    assert broken_rules(klima.get(edit).text) == []
    del form["submission_token"]
    change = {**form, "version": "1", "tonnes-2029": "400"}
    assert klima.post(edit, change).status_code == 303
    stale = klima.post(edit, {**change, "tonnes-2029": "300"})
    assert stale.status_code == 409
    assert "Noen andre har lagret først" in stale.text
    assert re.search(r"<td>300</td>\s*<td>400</td>", stale.text)
    assert 'name="version" value="2"' in stale.text
    gone = klima.post(f"{edit}fjern/", {"version": "2"})
    assert (gone.status_code, budget.overlaps.count()) == (303, 0)


@pytest.mark.parametrize("source", ["", "x", "999999"])
def test_a_source_nobody_shares_is_404(
    klima: Client, three: tuple[ClimateBudget, list[Line]], source: str
) -> None:
    assert klima.get(f"{PAGE}ny/?kilde={source}").status_code == 404
    assert klima.get("/budsjett/overlapp/999999/").status_code == 404


def test_queries_do_not_grow(three: tuple[ClimateBudget, list[Line]]) -> None:
    budget, lines = three

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            overlap_page(budget)
        return len(caught)

    decide(budget, lines[:2])
    before = queries()
    for code in ("T4", "T5"):
        make_line(budget, code, {2030: 10})
    decide(budget, list(budget.lines.filter(measure__code__in=["T4", "T5"])), years={2030: Decimal(100)})
    assert queries() == before
