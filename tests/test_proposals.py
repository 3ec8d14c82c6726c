"""A unit proposes something new in its report, or says that a measure has ended. Klima answers."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organisation.models import User
from reporting.actions import proposals as proposal_actions
from reporting.actions.proposals import ProposalText
from reporting.actions.reports import return_report
from reporting.enums import ProposalKind, ProposalState, ReportState
from reporting.models import MeasureProposal, ReportVersion
from reporting.queries.proposals import next_idea_code, waiting_proposals
from strategy.enums import MeasureKind, MeasureState
from strategy.models import Measure, MeasureTransition
from tests.cast import Cast
from tests.html_rules import broken_rules
from tests.report_forms import form_of, posted_by, text_of
from tests.reporting_world import NOW, World, build, make_measure
from web.concurrency import StaleObject
from web.contributions import collect, min_side_task
from web.once import new_submission_token
from web.refusals import Refused

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
IDEA = ProposalText(kind=ProposalKind.NEW, title="Elsykler til hjemmetjenesten", reason="Kortere turer.")


def ended(world: World, code: str = "T1") -> ProposalText:
    return ProposalText(
        kind=ProposalKind.END, measure=world.status(code).measure, reason="Siste anlegg er ferdig."
    )


def propose(world: World, text: ProposalText = IDEA) -> MeasureProposal:
    return proposal_actions.propose(by=world.cast.kontakt, report=world.report(), text=text)


def approved(world: World) -> World:
    world.answer()
    world.submit()
    world.approve()
    return world


def take_in(world: World, proposal: MeasureProposal, **given: Any) -> Measure:
    values = {"code": "I1", "title": proposal.title, "kind": MeasureKind.TILTAK, "version": proposal.version}
    return proposal_actions.take_in_new(by=world.cast.klima, proposal=proposal, **values | given)


# --- Proposing ---------------------------------


def test_a_proposal_is_frozen_with_the_report(world: World) -> None:
    propose(world)
    propose(world, ended(world))
    world.answer()
    world.submit()
    assert ReportVersion.objects.get().content["proposals"] == [
        {"kind": "new", "measure": None, "title": IDEA.title, "reason": IDEA.reason},
        {
            "kind": "end",
            "measure": {"code": "T1", "title": "Tiltak T1"},
            "title": "",
            "reason": "Siste anlegg er ferdig.",
        },
    ]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": ProposalKind.NEW, "reason": "Fordi."}, "title"),
        ({"kind": ProposalKind.NEW, "title": "Sykler", "reason": "  "}, "reason"),
        ({"kind": ProposalKind.END, "reason": "Ferdig."}, "measure"),
    ],
)
def test_a_proposal_says_what_and_why(world: World, given: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        propose(world, ProposalText(**given))
    assert refused.value.reasons[0].field == field


def test_only_the_reports_own_measures_are_said_to_have_ended(world: World) -> None:
    with pytest.raises(Refused) as refused:
        propose(world, ended(world, "K1"))
    assert refused.value.reasons[0].field == "measure"
    propose(world, ended(world))
    with pytest.raises(Refused, match="allerede meldt"):
        propose(world, ended(world))


@pytest.mark.parametrize("name", ["annen", "leder", "direktor", "klima", "radmann", "revisor", "ingen"])
def test_only_those_who_report_propose(world: World, name: str) -> None:
    with pytest.raises(PermissionDenied):
        proposal_actions.propose(by=world.cast.people()[name], report=world.report(), text=IDEA)


def test_a_sent_report_is_not_proposed_in(world: World) -> None:
    made = propose(world)
    world.answer()
    world.submit()
    by = world.cast.kontakt
    for operation in (
        lambda: propose(world),
        lambda: proposal_actions.change_proposal(by=by, proposal=made, version=1, text=IDEA),
        lambda: proposal_actions.remove_proposal(by=by, proposal=made),
    ):
        with pytest.raises(Refused, match="sendt inn"):
            operation()
    world.give_back()
    proposal_actions.remove_proposal(by=by, proposal=made)
    assert not MeasureProposal.objects.exists()


def test_two_people_at_one_proposal(world: World) -> None:
    first, second = propose(world), MeasureProposal.objects.get()
    proposal_actions.change_proposal(by=world.cast.kontakt, proposal=first, version=1, text=IDEA)
    with pytest.raises(StaleObject):
        proposal_actions.change_proposal(by=world.cast.vara, proposal=second, version=1, text=IDEA)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reporting_measureproposal SET reason = 'Noe annet'",
        "UPDATE reporting_measureproposal SET title = 'Noe annet' WHERE kind = 'new'",
        "DELETE FROM reporting_measureproposal",
        "INSERT INTO reporting_measureproposal (report_id, kind, title, reason, state, answer, "
        "answered_by_system, version) SELECT report_id, 'new', 'x', 'x', 'open', '', '', 1 "
        "FROM reporting_measureproposal",
    ],
)
def test_what_was_sent_resists_raw_sql_and_the_draft_does_not(world: World, statement: str) -> None:
    propose(world)
    with transaction.atomic():
        connection.cursor().execute(statement)
        transaction.set_rollback(True)
    world.answer()
    world.submit()
    with pytest.raises(DatabaseError, match="submitted report"), transaction.atomic():
        connection.cursor().execute(statement)


# --- Answering ---------------------------------


def test_a_new_measure_is_taken_in_as_an_idea(world: World) -> None:
    proposal = propose(world)
    approved(world)
    measure = take_in(world, proposal, title="Elsykler", answer="Bra. Vi tar det med i neste budsjett.")
    assert (measure.code, measure.title, measure.state) == ("I1", "Elsykler", MeasureState.IDEA)
    assert measure.description == IDEA.reason
    assert measure.responsibilities.get().unit == world.cast.transport
    answered = MeasureProposal.objects.get()
    assert (answered.state, answered.measure, answered.answered_by_name) == (
        ProposalState.ACCEPTED,
        measure,
        "Klima Eksempel",
    )


def test_an_ended_measure_is_moved_when_klima_says_so(world: World) -> None:
    proposal = propose(world, ended(world))
    approved(world)
    measure = Measure.objects.get(code="T1")
    proposal_actions.take_in_ended(by=world.cast.klima, proposal=proposal, version=1, state=MeasureState.DONE)
    measure.refresh_from_db()
    assert measure.state == MeasureState.DONE
    assert MeasureTransition.objects.get(measure=measure).reason == "Siste anlegg er ferdig."


def test_an_ended_measure_may_be_left_where_it_is(world: World) -> None:
    proposal = propose(world, ended(world))
    approved(world)
    proposal_actions.take_in_ended(
        by=world.cast.klima, proposal=proposal, version=1, state=None, answer="Vi venter."
    )
    assert Measure.objects.get(code="T1").state == MeasureState.ONGOING
    assert MeasureProposal.objects.get().state == ProposalState.ACCEPTED


@pytest.mark.parametrize("code", ["T1", "med mellomrom", "ny"])
def test_a_measure_that_cannot_be_is_not_made(world: World, code: str) -> None:
    proposal = propose(world)
    approved(world)
    with pytest.raises(Refused) as refused:
        take_in(world, proposal, code=code)
    assert refused.value.reasons[0].field == "code"
    assert MeasureProposal.objects.get().state == ProposalState.OPEN


def test_declining_needs_a_reason(world: World) -> None:
    proposal = propose(world)
    approved(world)
    with pytest.raises(Refused) as refused:
        proposal_actions.decline_proposal(by=world.cast.klima, proposal=proposal, version=1, answer=" ")
    assert refused.value.reasons[0].field == "answer"
    proposal_actions.decline_proposal(
        by=world.cast.klima, proposal=proposal, version=1, answer="Det er med alt."
    )
    with pytest.raises(Refused, match="allerede besvart"):
        take_in(world, MeasureProposal.objects.get())
    with pytest.raises(DatabaseError, match="answered proposal"), transaction.atomic():
        connection.cursor().execute("UPDATE reporting_measureproposal SET answer = 'Noe annet'")


def test_what_no_leader_has_approved_is_not_answered(world: World) -> None:
    proposal = propose(world)
    world.answer()
    world.submit()
    assert list(waiting_proposals()) == []
    with pytest.raises(Refused, match="ikke godkjent"):
        take_in(world, proposal)
    world.approve()
    assert list(waiting_proposals()) == [proposal]


@pytest.mark.parametrize("name", ["kontakt", "leder", "direktor", "analyse", "radmann", "revisor", "utvalg"])
def test_only_klima_answers(world: World, name: str) -> None:
    proposal = propose(world)
    approved(world)
    with pytest.raises(PermissionDenied):
        proposal_actions.decline_proposal(
            by=world.cast.people()[name], proposal=proposal, version=1, answer="Nei."
        )


def test_an_answered_proposal_stays_when_the_report_is_returned(world: World) -> None:
    proposal = propose(world)
    approved(world)
    take_in(world, proposal)
    report = world.report()
    return_report(by=world.cast.klima, report=report, version=report.version, comment="Mer.")
    with pytest.raises(Refused, match="Klima har svart"):
        proposal_actions.remove_proposal(by=world.cast.kontakt, proposal=proposal)


def test_ideas_are_numbered_onwards(world: World) -> None:
    assert next_idea_code() == "I1"
    for code in ("I2", "I11", "IX", "I-3"):
        make_measure(code, None)
    assert next_idea_code() == "I12"


# --- The pages ---------------------------------


def test_from_form_to_answer_without_javascript(world: World, as_user: AsUser) -> None:
    contact, klima = as_user(world.cast.kontakt), as_user(world.cast.klima)
    # What was typed in the form is saved on the way.
    one = world.status("T1")
    form = form_of(contact, world) | {f"s-{one.pk}-status": "on_track", "videre": "nytt-tiltak"}
    onward = contact.post(world.path(), form)
    assert onward.headers["Location"] == world.path("forslag", "nytt-tiltak")
    assert world.status("T1").status == "on_track"

    page = contact.get(onward.headers["Location"])
    assert broken_rules(page.content.decode()) == []
    empty = contact.post(world.path("forslag", "nytt-tiltak"), posted_by(page))
    assert empty.status_code == 422
    assert "Skriv hva tiltaket er." in text_of(empty)
    typed = posted_by(page) | {"title": IDEA.title, "reason": IDEA.reason}
    assert contact.post(world.path("forslag", "nytt-tiltak"), typed).status_code == 303
    # The same form sent twice makes one proposal.
    assert contact.post(world.path("forslag", "nytt-tiltak"), typed).status_code == 303
    proposal = MeasureProposal.objects.get()
    assert IDEA.title in text_of(contact.get(world.path()))

    page = contact.get(world.path("forslag", proposal.pk))
    changed = posted_by(page) | {"reason": "Kortere turer, og bedre helse."}
    assert contact.post(world.path("forslag", proposal.pk), changed).status_code == 303
    again = {"reason": "For sent.", "submission_token": new_submission_token(world.cast.kontakt)}
    stale = contact.post(world.path("forslag", proposal.pk), changed | again)
    assert stale.status_code == 409
    assert "For sent." in text_of(stale)
    assert contact.post(world.path("forslag", proposal.pk), posted_by(stale)).status_code == 303
    assert MeasureProposal.objects.get().reason == "For sent."

    approved(world)
    listed = klima.get("/rapportering/forslag/")
    assert "Ett forslag venter på svar." in text_of(listed)
    assert broken_rules(listed.content.decode()) == []
    address = world.path("forslag", proposal.pk, "svar")
    assert address in listed.content.decode()
    assert address in klima.get(world.path("kvalitetssikre")).content.decode()
    page = klima.get(address)
    assert broken_rules(page.content.decode()) == []
    answer = posted_by(page)
    assert (answer["code"], answer["title"]) == ("I1", IDEA.title)
    nothing = klima.post(address, {"version": answer["version"]})
    assert nothing.status_code == 422
    assert "Velg om forslaget tas inn." in text_of(nothing)
    answer |= {"verdict": "inn", "kind": "tiltak", "answer": "Godt forslag."}
    assert klima.post(address, answer).status_code == 303

    for where in (world.path(), "/rapportering/forslag/"):
        text = text_of(contact.get(where))
        assert "Godt forslag." in text
        assert "Tatt inn" in text
    assert "Godt forslag." in text_of(klima.get("/rapportering/forslag/"))


def test_an_ended_measure_through_the_pages(world: World, as_user: AsUser) -> None:
    contact, klima = as_user(world.cast.kontakt), as_user(world.cast.klima)
    page = contact.get(world.path("forslag", "avsluttet"))
    measure = world.status("T2").measure
    typed = posted_by(page) | {"measure": str(measure.pk), "reason": "Alle biler er levert."}
    contact.post(world.path("forslag", "avsluttet"), typed)
    again = contact.post(
        world.path("forslag", "avsluttet"),
        posted_by(page)
        | {
            "measure": str(measure.pk),
            "reason": "En gang til.",
            "submission_token": new_submission_token(world.cast.kontakt),
        },
    )
    assert again.status_code == 422
    assert "allerede meldt" in text_of(again)
    approved(world)
    proposal = MeasureProposal.objects.get()
    address = world.path("forslag", proposal.pk, "svar")
    refused = klima.post(address, {"verdict": "ut", "version": "1", "answer": ""})
    assert refused.status_code == 422
    assert "Skriv hvorfor forslaget ikke tas inn." in text_of(refused)
    # Proposed is no place for what has ended.
    wrong = klima.post(address, {"verdict": "inn", "version": "1", "state": "proposed"})
    assert wrong.status_code == 422
    done = klima.post(address, {"verdict": "inn", "version": "1", "state": "done", "answer": ""})
    assert done.status_code == 303
    measure.refresh_from_db()
    assert measure.state == MeasureState.DONE
    # Both clicks of a double click are told the same.
    second = klima.post(address, {"verdict": "inn", "version": "1", "state": "done", "answer": ""})
    assert second.status_code == 409
    assert "allerede besvart" in text_of(second)


def test_removing_and_an_address_that_is_not_there(world: World, as_user: AsUser) -> None:
    proposal = propose(world)
    contact = as_user(world.cast.kontakt)
    gone = contact.post(world.path("forslag", proposal.pk, "fjern"))
    assert gone.headers["Location"] == f"{world.path()}#forslag"
    assert contact.post(world.path("forslag", proposal.pk, "fjern")).status_code == 303
    assert not MeasureProposal.objects.exists()
    for rest in (("forslag", proposal.pk), ("forslag", "tull"), ("forslag", 999_999)):
        assert contact.get(world.path(*rest)).status_code == 404


def test_another_reports_proposal_is_not_reached_through_mine(world: World, as_user: AsUser) -> None:
    proposal = propose(world)
    other = as_user(world.cast.annen)
    mine = world.path("forslag", proposal.pk, unit=world.cast.kitchen)
    assert other.get(mine).status_code == 404
    assert other.post(f"{mine}fjern/").status_code == 303
    assert MeasureProposal.objects.exists()


ONE_OF_THEM: dict[str, tuple[set[str], set[str]]] = {
    # (address, who gets in, who knows it exists)
    "nytt-tiltak": (
        {"kontakt", "vara"},
        {"leder", "direktor", "klima", "analyse", "radmann", "revisor", "admin"},
    ),
    "svar": ({"klima"}, {"kontakt", "vara", "leder", "direktor", "analyse", "radmann", "revisor", "admin"}),
}


@pytest.mark.parametrize("page", ONE_OF_THEM)
def test_who_reaches_which_page(world: World, as_user: AsUser, page: str) -> None:
    proposal = propose(world)
    if page == "svar":
        approved(world)
    rest = ("forslag", proposal.pk, "svar") if page == "svar" else ("forslag", page)
    allowed, readers = ONE_OF_THEM[page]
    for name, user in world.cast.people().items():
        expected = 200 if name in allowed else 403 if name in readers else 404
        assert (name, as_user(user).get(world.path(*rest)).status_code) == (name, expected)


def test_who_sees_the_list(world: World, as_user: AsUser) -> None:
    propose(world)
    approved(world)
    sees = {"klima", "analyse", "radmann", "revisor", "admin", "kontakt", "vara", "leder", "direktor"}
    for name, user in world.cast.people().items():
        response = as_user(user).get("/rapportering/forslag/")
        if name in {"utvalg", "ingen"}:
            assert response.status_code == 403
            continue
        assert (name, IDEA.title in text_of(response)) == (name, name in sees)
        assert ("/svar/" in response.content.decode()) == (name == "klima")


def test_klima_has_it_on_min_side(world: World) -> None:
    propose(world)
    approved(world)
    tasks = {
        task.title: task.detail
        for task in collect(min_side_task, User.objects.get(pk=world.cast.klima.pk), NOW)
    }
    assert tasks["Svar på forslag fra virksomhetene"] == "Ett forslag: Samferdsel, vei- og parkforvaltning."


def test_queries_do_not_grow_with_proposals(cast: Cast, clock: object, as_user: AsUser) -> None:
    counts: dict[str, set[int]] = {"list": set(), "form": set(), "read": set()}
    for number, year in ((1, 2026), (3, 2027)):
        world = build(cast, 2, year=year, prefix=f"{year}-")
        for index in range(number):
            propose(world, ProposalText(kind=ProposalKind.NEW, title=f"Idé {index}", reason="Fordi."))
        client = as_user(cast.kontakt)
        client.get("/rapportering/")
        for page, address in (("list", "/rapportering/forslag/"), ("form", world.path())):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts[page].add(len(queries))
        world.answer()
        world.submit()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(world.path()).status_code == 200
        counts["read"].add(len(queries))
    assert {page: len(found) for page, found in counts.items()} == {"list": 1, "form": 1, "read": 1}, counts


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_make_one_measure(transactional_db: None, cast: Cast, clock: object) -> None:
    world = approved_world_with_proposal(cast)
    proposal = MeasureProposal.objects.get()
    results: list[Any] = [None, None]
    start = threading.Barrier(2)

    def answer(index: int) -> None:
        try:
            start.wait(10)
            results[index] = take_in(world, proposal, code=f"I{index + 1}")
        except Exception as error:
            results[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=answer, args=[index]) for index in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sum(isinstance(one, Measure) for one in results) == 1
    assert sum(isinstance(one, Refused) for one in results) == 1
    assert Measure.objects.filter(state=MeasureState.IDEA).count() == 1


def approved_world_with_proposal(cast: Cast) -> World:
    world = build(cast)
    propose(world)
    return approved(world)


def test_a_report_without_proposals_says_nothing_of_them(world: World, as_user: AsUser) -> None:
    approved(world)
    assert "Forslag" not in text_of(as_user(world.cast.klima).get(world.path()))
    assert world.report().state == ReportState.APPROVED
