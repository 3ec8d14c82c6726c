"""A report returned with comments on its measures: what must be answered again, and by whom it was said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client

from organisation.models import User
from reporting.actions.reports import IncompleteReport, return_report, save_status
from reporting.enums import CommentStep, ReportState
from reporting.models import MeasureComment, ReportTransition
from reporting.queries.reports import answers_of
from tests.html_rules import Node, broken_rules, parse
from tests.report_forms import HTMX, form_of, posted_by, text_of
from tests.reporting_world import DELAYED, NOW, ON_TRACK, World
from tests.worlds import kept
from web.contributions import collect, min_side_task
from web.refusals import Refused

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
LATER = NOW + timedelta(hours=2)


@kept
def given_back(world: World) -> World:
    world.answer(ON_TRACK, DELAYED, ON_TRACK)
    world.submit()
    with time_machine.travel(LATER, tick=False):
        world.give_back("Nesten i mål.", T2="Hvor mange biler kommer i oktober?")
    return world


@pytest.fixture
def returned(given_back: World, clock: time_machine.Coordinates) -> World:
    """The leader has returned Samferdsel's report with a word about T2."""
    clock.move_to(LATER)
    return given_back


def cards(response: Any) -> dict[str, Node]:
    nodes = list(parse(response.content.decode()).walk())
    return {
        node.attributes["id"]: node for node in nodes if node.attributes.get("id", "").startswith("kort-")
    }


def is_open(card: Node) -> bool:
    return "open" in next(node for node in card.walk() if node.tag == "details").attributes


# --- What a return with comments does ---------------------------------


def test_what_was_commented_on_is_no_longer_confirmed(returned: World) -> None:
    comment = MeasureComment.objects.get()
    assert (comment.status.measure.code, comment.step, comment.returned) == ("T2", CommentStep.LEADER, True)
    assert (comment.by, comment.by_name) == (returned.cast.leder, "Leder Eksempel")
    confirmed = {one.measure.code: one.confirmed_at is not None for one in returned.statuses()}
    assert confirmed == {"T1": True, "T2": False, "T3": True, "T4": True}
    # The answer itself stands as it was.
    assert returned.status("T2").cause == DELAYED.cause
    assert returned.report().return_comment == "Nesten i mål."


def test_the_form_opens_what_was_returned_and_folds_the_rest(returned: World, as_user: AsUser) -> None:
    response = as_user(returned.cast.kontakt).get(returned.path())
    text = text_of(response)
    assert "Rapporten er returnert. Rett opp og send den på nytt." in text
    assert "Nesten i mål." in text
    assert "3 av 4 tiltak er bekreftet." in text
    found = cards(response)
    late = returned.status("T2")
    mine = found.pop(f"kort-{late.pk}")
    assert is_open(mine)
    assert "Hvor mange biler kommer i oktober?" in mine.all_text()
    # The comment stands above the questions.
    said = next(node for node in mine.walk() if "kp-cost" in node.attributes.get("class", ""))
    order = [node for node in mine.walk() if node is said or node.tag == "details"]
    assert order[0] is said
    assert [is_open(card) for card in found.values()] == [False] * 3
    assert not any("Hvor mange biler" in card.all_text() for card in found.values())
    assert broken_rules(response.content.decode()) == []


def test_it_is_not_sent_before_the_comment_is_answered(returned: World, as_user: AsUser) -> None:
    client = as_user(returned.cast.kontakt)
    late = returned.status("T2")
    with pytest.raises(IncompleteReport):
        returned.submit()
    with pytest.raises(DatabaseError, match="incomplete"), transaction.atomic():
        connection.cursor().execute("UPDATE reporting_unitreport SET state = 'submitted'")
    refused = client.post(returned.path("send"), form_of(client, returned))
    assert refused.status_code == 422
    assert f'href="#bekreft-{late.pk}"' in refused.content.decode()
    # Saving the whole draft untouched answers nothing.
    client.post(returned.path(), form_of(client, returned))
    assert returned.status("T2").confirmed_at is None

    form = form_of(client, returned) | {f"s-{late.pk}-what_happened": "Fire biler kommer i oktober."}
    assert client.post(returned.path("send"), form).status_code == 303
    assert returned.report().state == ReportState.SUBMITTED


def test_the_answer_may_stand_when_the_unit_says_so(returned: World, as_user: AsUser) -> None:
    client = as_user(returned.cast.kontakt)
    late = returned.status("T2")
    response = client.post(
        returned.path("lagre", late.pk),
        {**form_of(client, returned), "bekreft": str(late.pk)},
        headers=HTMX | {"HX-Target": f"kort-{late.pk}"},
    )
    assert response.status_code == 200
    assert returned.status("T2").confirmed_at == LATER
    # The comment stands there still, and the card is folded.
    card = cards(client.get(returned.path()))[f"kort-{late.pk}"]
    assert "Hvor mange biler kommer i oktober?" in card.all_text()
    assert not is_open(card)
    assert returned.submit().state == ReportState.SUBMITTED


def test_a_form_from_before_the_return_does_not_answer_the_comment(returned: World, as_user: AsUser) -> None:
    """What was typed before she knew is held against what she has not read."""
    late = returned.status("T2")
    posted = {f"s-{late.pk}-version": str(late.version - 1), f"s-{late.pk}-status": "on_track"}
    response = as_user(returned.cast.vara).post(
        returned.path("lagre", late.pk), posted, headers=HTMX | {"HX-Target": f"lagret-{late.pk}"}
    )
    assert response.status_code == 409
    assert returned.status("T2").confirmed_at is None


def test_the_leader_reads_the_new_answer_under_her_own_words(
    returned: World, as_user: AsUser, clock: time_machine.Coordinates
) -> None:
    clock.move_to(LATER + timedelta(hours=1))
    status = returned.status("T2")
    save_status(by=returned.cast.kontakt, status=status, version=status.version, answers=DELAYED)
    returned.submit()
    answer = next(one for one in answers_of(returned.report()) if one.status.measure.code == "T2")
    assert [one.text for one in answer.comments] == ["Hvor mange biler kommer i oktober?"]
    assert answer.to_answer == ()
    text = text_of(as_user(returned.cast.leder).get(returned.path("godkjenn")))
    assert "Virksomhetsleder, Leder Eksempel, 7. september 2026:" in text
    assert "Hvor mange biler kommer i oktober?" in text

    # Klima's own return later asks about another measure, and only that.
    returned.approve()
    clock.move_to(LATER + timedelta(hours=2))
    report, other = returned.report(), returned.status("T1")
    return_report(
        by=returned.cast.klima, report=report, version=report.version, comments={other.pk: "Hvilke anlegg?"}
    )
    waiting = {one.status.measure.code: one.to_answer for one in answers_of(returned.report())}
    assert [code for code, comments in waiting.items() if comments] == ["T1"]
    assert waiting["T1"][0].step == CommentStep.CLIMATE
    assert returned.report().return_comment == "Se kommentaren til T1."
    assert returned.status("T2").confirmed_at is not None


def test_min_side_says_how_much_is_left(returned: World) -> None:
    task = next(iter(collect(min_side_task, User.objects.get(pk=returned.cast.kontakt.pk), LATER)))
    assert task.detail == "Returnert: Nesten i mål. Ett tiltak må bekreftes på nytt."
    assert task.button == "Rett opp"


# --- Writing them ---------------------------------


def test_the_page_returns_with_comments_alone(world: World, as_user: AsUser) -> None:
    world.answer()
    report, one = world.submit(), world.status("T1")
    client = as_user(world.cast.leder)
    page = client.get(world.path("godkjenn"))
    assert f"k-{one.pk}" in posted_by(page)
    empty = client.post(world.path("returner"), {"version": report.version, f"k-{one.pk}": "  "})
    assert empty.status_code == 422
    assert "Skriv hva som skal rettes, her eller ved et tiltak" in text_of(empty)
    posted = posted_by(page) | {f"k-{one.pk}": "Hvilke anlegg?"}
    assert client.post(world.path("returner"), posted).status_code == 303
    assert world.report().return_comment == "Se kommentaren til T1."
    assert ReportTransition.objects.latest("pk").comment == "Se kommentaren til T1."
    assert MeasureComment.objects.get().text == "Hvilke anlegg?"


@pytest.mark.parametrize(
    ("step", "name", "page"),
    [(CommentStep.LEADER, "leder", "godkjenn"), (CommentStep.CLIMATE, "klima", "kvalitetssikre")],
)
def test_a_comment_may_go_with_a_yes(
    world: World, as_user: AsUser, step: CommentStep, name: str, page: str
) -> None:
    world.answer()
    world.submit()
    if step == CommentStep.CLIMATE:
        world.approve()
    client, one = as_user(world.cast.people()[name]), world.status("T1")
    posted = posted_by(client.get(world.path(page))) | {f"k-{one.pk}": "Fint arbeid."}
    assert client.post(world.path(page), posted).status_code == 303
    comment = MeasureComment.objects.get()
    assert (comment.step, comment.returned, comment.status_id) == (step, False, one.pk)
    assert world.status("T1").confirmed_at is not None
    assert "Fint arbeid." in text_of(as_user(world.cast.kontakt).get(world.path()))


def test_a_too_long_comment_is_told_at_its_measure(world: World, as_user: AsUser) -> None:
    world.answer()
    world.submit()
    client, one = as_user(world.cast.leder), world.status("T1")
    posted = posted_by(client.get(world.path("godkjenn"))) | {f"k-{one.pk}": "x" * 1001, "comment": "Ja."}
    response = client.post(world.path("godkjenn"), posted)
    assert response.status_code == 422
    assert f'href="#id_k-{one.pk}"' in response.content.decode()
    assert "x" * 1001 in response.content.decode()
    assert world.report().state == ReportState.SUBMITTED


def test_another_units_measure_is_not_commented_on(world: World) -> None:
    world.answer()
    report, theirs = world.submit(), world.status("K1")
    with pytest.raises(Refused):
        return_report(by=world.cast.leder, report=report, version=report.version, comments={theirs.pk: "Hei"})
    assert not MeasureComment.objects.exists()
    assert world.report().state == ReportState.SUBMITTED


@pytest.mark.parametrize("name", ["kontakt", "direktor", "annen_leder", "radmann", "revisor"])
def test_only_those_with_a_step_comment(world: World, name: str) -> None:
    world.answer()
    report, one = world.submit(), world.status("T1")
    with pytest.raises(PermissionDenied):
        return_report(
            by=world.cast.people()[name], report=report, version=report.version, comments={one.pk: "Hei"}
        )
    assert not MeasureComment.objects.exists()


def test_when_the_report_moved_the_comments_typed_are_kept(world: World, as_user: AsUser) -> None:
    world.answer()
    old, one = world.submit().version, world.status("T1")
    world.give_back()
    world.answer(DELAYED)
    world.submit()
    posted = {"version": old, "comment": "", f"k-{one.pk}": "Hvilke anlegg?"}
    response = as_user(world.cast.leder).post(world.path("godkjenn"), posted)
    assert response.status_code == 409
    assert "Hvilke anlegg?" in text_of(response)
    assert not MeasureComment.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reporting_measurecomment SET text = 'En annen'",
        "DELETE FROM reporting_measurecomment",
        "INSERT INTO reporting_measurecomment (status_id, step, returned, text, at, by_id, by_system) "
        "SELECT status_id, step, returned, '', at, by_id, by_system FROM reporting_measurecomment",
    ],
)
def test_what_was_said_stands(returned: World, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(statement)


def test_one_may_say_more(returned: World) -> None:
    """The same insert as is refused without words."""
    connection.cursor().execute(
        "INSERT INTO reporting_measurecomment (status_id, step, returned, text, at, by_id, by_system) "
        "SELECT status_id, step, returned, 'Mer', at, by_id, by_system FROM reporting_measurecomment"
    )
    assert MeasureComment.objects.count() == 2
