"""Questions between leaders: asked with a deadline, answered once, and listed upward when they are not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organisation.models import Appointment, User
from reporting.actions import questions as question_actions
from reporting.models import LeaderQuestion
from reporting.queries.questions import unanswered
from tests.cast import Cast
from tests.html_rules import broken_rules
from tests.leadership_world import Board
from tests.leadership_world import build as build_board
from tests.report_forms import posted_by, text_of
from tests.reporting_world import NOW, World
from tests.worlds import kept
from web.concurrency import StaleObject
from web.contributions import calendar_entry, collect, min_side_task
from web.once import new_submission_token
from web.refusals import Refused

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
TODAY = date(2026, 9, 7)
DUE = date(2026, 9, 20)
QUESTION = "Når kan vi lade varebilene hos dere?"
SECRET = "UTKAST-SOM-BARE-VI-SER"


def ask(cast: Cast, **given: Any) -> LeaderQuestion:
    values = {
        "by": cast.leder,
        "from_unit": cast.transport,
        "to_unit": cast.kitchen,
        "question": QUESTION,
        "due_on": DUE,
    }
    return question_actions.ask(**values | given)


def answer(cast: Cast, question: LeaderQuestion, text: str = "Fra mandag.", **given: Any) -> LeaderQuestion:
    values = {"by": cast.annen_leder, "question": question, "version": question.version, "text": text}
    return question_actions.answer_question(**values | given)


def path(question: LeaderQuestion, *parts: str) -> str:
    return f"/rapportering/sporsmal/{question.pk}/" + "".join(f"{part}/" for part in parts)


@kept(beside=["clock"])
def asked(cast: Cast) -> LeaderQuestion:
    return ask(cast)


# --- Asking ---------------------------------


def test_a_leader_asks_another_unit(cast: Cast, asked: LeaderQuestion) -> None:
    assert (asked.asked_by, asked.asked_by_name, asked.due_on) == (cast.leder, "Leder Eksempel", DUE)
    assert (asked.answer, asked.answered_at, asked.withdrawn_at) == ("", None, None)


def test_an_areas_leader_asks_for_the_area(cast: Cast, clock: object) -> None:
    assert ask(cast, by=cast.direktor, from_unit=cast.area).from_unit == cast.area


@pytest.mark.parametrize("name", ["kontakt", "vara", "annen_leder", "direktor", "klima", "radmann", "ingen"])
def test_only_the_units_own_leader_asks_for_it(cast: Cast, clock: object, name: str) -> None:
    with pytest.raises(PermissionDenied):
        ask(cast, by=cast.people()[name])


def test_what_cannot_be_asked(cast: Cast, clock: object) -> None:
    cast.klima_unit.valid_to = date(2026, 1, 1)
    cast.klima_unit.save()
    for given, field in (
        ({"question": "  "}, "question"),
        ({"to_unit": cast.transport}, "to_unit"),
        ({"to_unit": cast.klima_unit}, "to_unit"),
        ({"due_on": TODAY - timedelta(days=1)}, "due_on"),
    ):
        with pytest.raises(Refused) as refused:
            ask(cast, **given)
        assert refused.value.reasons[0].field == field
    assert ask(cast, due_on=TODAY).pk


# --- Answering and withdrawing ---------------------------------


def test_the_contact_drafts_and_the_leader_answers(cast: Cast, asked: LeaderQuestion) -> None:
    drafted = question_actions.draft_answer(
        by=cast.annen, question=asked, version=1, text="Fra mandag, tror jeg."
    )
    assert (drafted.draft, drafted.answer, drafted.answered_at) == ("Fra mandag, tror jeg.", "", None)
    done = answer(cast, drafted)
    assert (done.answer, done.draft, done.answered_by_name) == ("Fra mandag.", "", "Annen-Leder Eksempel")
    with pytest.raises(Refused, match="besvart"):
        answer(cast, done, "Eller tirsdag.")
    with pytest.raises(Refused, match="besvart"):
        question_actions.draft_answer(by=cast.annen, question=done, version=done.version, text="Mer.")


@pytest.mark.parametrize("name", ["annen", "leder", "kontakt", "direktor", "klima", "radmann", "revisor"])
def test_only_the_leader_who_is_asked_answers(cast: Cast, asked: LeaderQuestion, name: str) -> None:
    with pytest.raises(PermissionDenied):
        answer(cast, asked, by=cast.people()[name])


def test_the_contact_answers_while_the_unit_has_no_leader(cast: Cast, asked: LeaderQuestion) -> None:
    Appointment.objects.filter(user=cast.annen_leder).update(valid_to=TODAY - timedelta(days=1))
    assert answer(cast, asked, by=cast.annen).answered_by_name == "Annen Eksempel"


def test_an_answer_says_something(cast: Cast, asked: LeaderQuestion) -> None:
    with pytest.raises(Refused, match="Skriv svaret"):
        answer(cast, asked, "  ")


def test_two_at_one_answer(cast: Cast, asked: LeaderQuestion) -> None:
    question_actions.draft_answer(by=cast.annen, question=asked, version=1, text="Fra mandag.")
    with pytest.raises(StaleObject):
        answer(cast, asked, "Fra tirsdag.", version=1)


def test_the_one_who_asked_withdraws(cast: Cast, asked: LeaderQuestion) -> None:
    for name in ("kontakt", "annen_leder", "direktor", "klima"):
        with pytest.raises(PermissionDenied):
            question_actions.withdraw_question(by=cast.people()[name], question=asked)
    first = question_actions.withdraw_question(by=cast.leder, question=asked)
    assert question_actions.withdraw_question(by=cast.leder, question=asked).version == first.version
    with pytest.raises(Refused, match="trukket"):
        answer(cast, first)


def test_what_is_answered_is_not_withdrawn(cast: Cast, asked: LeaderQuestion) -> None:
    answer(cast, asked)
    with pytest.raises(Refused, match="besvart"):
        question_actions.withdraw_question(by=cast.leder, question=asked)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reporting_leaderquestion SET question = 'Noe annet'",
        "UPDATE reporting_leaderquestion SET answer = 'Noe annet'",
        "UPDATE reporting_leaderquestion SET withdrawn_at = now()",
        "UPDATE reporting_leaderquestion SET answered_at = NULL, answer = '', answered_by_id = NULL",
        "DELETE FROM reporting_leaderquestion",
    ],
)
def test_an_answered_question_resists_raw_sql(cast: Cast, asked: LeaderQuestion, statement: str) -> None:
    answer(cast, asked)
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.parametrize(
    ("statement", "passes"),
    [
        ("UPDATE reporting_leaderquestion SET question = 'Noe annet'", False),
        ("UPDATE reporting_leaderquestion SET question = ''", False),
        ("UPDATE reporting_leaderquestion SET to_unit_id = from_unit_id", False),
        ("UPDATE reporting_leaderquestion SET answer = 'Uten dato'", False),
        ("UPDATE reporting_leaderquestion SET withdrawn_at = now()", True),
        ("UPDATE reporting_leaderquestion SET draft = 'Et utkast'", True),
    ],
)
def test_an_open_question_by_raw_sql(asked: LeaderQuestion, statement: str, passes: bool) -> None:
    if passes:
        connection.cursor().execute(statement)
        return
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(statement)


# --- Upward ---------------------------------


def test_only_what_nobody_answered_in_time_is_listed(cast: Cast, clock: time_machine.Coordinates) -> None:
    late = ask(cast, due_on=TODAY)
    other = ask(cast, by=cast.annen_leder, from_unit=cast.kitchen, to_unit=cast.transport, due_on=TODAY)
    ask(cast)  # there is still time
    answer(cast, ask(cast, due_on=TODAY))
    question_actions.withdraw_question(by=cast.leder, question=ask(cast, due_on=TODAY))
    assert list(unanswered()) == []
    clock.move_to(NOW + timedelta(days=1))
    assert list(unanswered()) == [late, other] or list(unanswered()) == [other, late]
    assert list(unanswered(units=[cast.kitchen.pk])) == [late]
    assert list(unanswered(today=TODAY)) == []
    with CaptureQueriesContext(connection) as queries:
        assert {one.to_unit.name for one in unanswered()} == {cast.kitchen.name, cast.transport.name}
    assert len(queries) == 1


def test_it_is_shown_to_the_leader_above_klima_and_leadership(
    cast: Cast, clock: time_machine.Coordinates, as_user: AsUser
) -> None:
    ask(cast, due_on=TODAY)
    for name, user in cast.people().items():
        clock.move_to(NOW)
        assert "Ikke besvart innen fristen" not in text_of(as_user(user).get("/rapportering/"))
        clock.move_to(NOW + timedelta(days=1))
        shown = "Ikke besvart innen fristen" in text_of(as_user(user).get("/rapportering/"))
        above = {"direktor", "klima", "analyse", "radmann", "revisor", "admin"}
        assert (name, shown) == (name, name in above)


def tasks(user: User, now: Any = NOW) -> list[tuple[str, str, str]]:
    fresh = User.objects.get(pk=user.pk)
    return [(one.title, one.detail, one.button) for one in collect(min_side_task, fresh, now)]


def test_min_side_of_those_it_concerns(cast: Cast, clock: time_machine.Coordinates) -> None:
    question = ask(cast, due_on=TODAY)
    title = "Spørsmål fra Samferdsel, vei- og parkforvaltning"
    assert (title, QUESTION, "Skriv utkast") in tasks(cast.annen)
    assert (title, QUESTION, "Svar") in tasks(cast.annen_leder)
    assert not any(task[0] == title for task in tasks(cast.leder) + tasks(cast.direktor))
    question_actions.draft_answer(by=cast.annen, question=question, version=1, text="Fra mandag.")
    assert not any(task[0] == title for task in tasks(cast.annen))
    later = NOW + timedelta(days=1)
    clock.move_to(later)
    late = ("Ubesvarte spørsmål", "Ett spørsmål til virksomhetene dine er ikke besvart innen fristen.")
    assert (*late, "Se spørsmålene") in tasks(cast.direktor, later)
    answer(cast, LeaderQuestion.objects.get())
    assert not any(task[0] in {title, late[0]} for task in tasks(cast.annen_leder) + tasks(cast.direktor))


def test_the_deadline_stands_in_the_year_wheel_of_those_who_answer(world: World) -> None:
    ask(world.cast)

    def entries(user: User) -> list[date]:
        fresh = User.objects.get(pk=user.pk)
        found = collect(calendar_entry, fresh, TODAY, TODAY + timedelta(days=30))
        return [one.day for one in found if "spørsmål" in one.title]

    assert entries(world.cast.annen) == entries(world.cast.annen_leder) == [DUE]
    assert entries(world.cast.leder) == entries(world.cast.klima) == []


# --- The pages ---------------------------------


def test_from_question_to_answer_without_javascript(cast: Cast, clock: object, as_user: AsUser) -> None:
    leader, contact, other = as_user(cast.leder), as_user(cast.annen), as_user(cast.annen_leder)
    page = leader.get("/rapportering/sporsmal/nytt/")
    assert broken_rules(page.content.decode()) == []
    empty = leader.post("/rapportering/sporsmal/nytt/", posted_by(page))
    assert empty.status_code == 422
    for sentence in ("Velg hvem du spør.", "Skriv hva du spør om.", "Skriv en svarfrist"):
        assert sentence in text_of(empty)
    typed = posted_by(page) | {"to_unit": str(cast.kitchen.pk), "question": QUESTION, "due_on": "20.9.2026"}
    past = leader.post("/rapportering/sporsmal/nytt/", typed | {"due_on": "1.9.2026"})
    assert past.status_code == 422
    assert "Skriv en svarfrist i dag eller senere." in text_of(past)
    sent = leader.post("/rapportering/sporsmal/nytt/", typed)
    again = leader.post("/rapportering/sporsmal/nytt/", typed)
    assert sent.status_code == 303
    assert sent.headers["Location"] == again.headers["Location"]
    question = LeaderQuestion.objects.get()
    assert (question.from_unit, question.to_unit) == (cast.transport, cast.kitchen)

    page = contact.get(path(question))
    assert broken_rules(page.content.decode()) == []
    assert "Lederen deres ser utkastet" in text_of(page)
    assert "Send svaret" not in text_of(page)
    contact.post(path(question), posted_by(page) | {"text": SECRET})
    page = other.get(path(question))
    assert posted_by(page)["text"] == SECRET
    # A draft is the unit's own.
    for name in ("leder", "kontakt", "direktor", "klima", "radmann", "revisor"):
        assert SECRET not in as_user(cast.people()[name]).get(path(question)).content.decode()
    nothing = other.post(path(question, "svar"), posted_by(page) | {"text": " "})
    assert nothing.status_code == 422
    assert "Skriv svaret." in text_of(nothing)
    assert other.post(path(question, "svar"), posted_by(page) | {"text": "Fra mandag."}).status_code == 303
    late = posted_by(page) | {
        "text": "Fra tirsdag.",
        "submission_token": new_submission_token(cast.annen_leder),
    }
    twice = other.post(path(question, "svar"), late)
    assert twice.status_code == 409
    assert "Spørsmålet er besvart." in text_of(twice)
    for client in (leader, contact, other):
        text = text_of(client.get(path(question)))
        assert "Fra mandag." in text
        assert "Annen-Leder Eksempel, 7. september 2026" in text
    assert "Besvart 7. september 2026" in text_of(leader.get("/rapportering/sporsmal/"))


def test_two_write_on_the_same_answer(cast: Cast, asked: LeaderQuestion, as_user: AsUser) -> None:
    contact, leader = as_user(cast.annen), as_user(cast.annen_leder)
    mine, hers = posted_by(contact.get(path(asked))), posted_by(leader.get(path(asked)))
    leader.post(path(asked), hers | {"text": "Fra mandag."})
    response = contact.post(path(asked), mine | {"text": "Fra tirsdag."})
    assert response.status_code == 409
    assert "Fra mandag." in text_of(response)
    assert contact.post(path(asked), posted_by(response)).status_code == 303
    assert LeaderQuestion.objects.get().draft == "Fra tirsdag."


def test_withdrawing(cast: Cast, asked: LeaderQuestion, as_user: AsUser) -> None:
    leader = as_user(cast.leder)
    assert "Trekk spørsmålet" in text_of(leader.get(path(asked)))
    assert leader.post(path(asked, "trekk")).status_code == 303
    text = text_of(as_user(cast.annen).get(path(asked)))
    assert "Dere trenger ikke svare." in text
    assert "<textarea" not in as_user(cast.annen).get(path(asked)).content.decode()
    done = ask(cast)
    answer(cast, done)
    refused = leader.post(path(done, "trekk"))
    assert refused.status_code == 409
    assert "Spørsmålet er besvart." in text_of(refused)


def test_a_leader_of_two_chooses_whom_she_asks_for(cast: Cast, clock: object, as_user: AsUser) -> None:
    Appointment.objects.create(user=cast.leder, role="leader", unit=cast.area, valid_from=date(2026, 1, 1))
    leader = as_user(cast.leder)
    typed = posted_by(leader.get("/rapportering/sporsmal/nytt/")) | {
        "from_unit": str(cast.area.pk),
        "to_unit": str(cast.kitchen.pk),
        "question": QUESTION,
        "due_on": "20.9.2026",
    }
    assert leader.post("/rapportering/sporsmal/nytt/", typed).status_code == 303
    assert LeaderQuestion.objects.get().from_unit == cast.area
    typed |= {"from_unit": str(cast.klima_unit.pk), "submission_token": new_submission_token(cast.leder)}
    strange = leader.post("/rapportering/sporsmal/nytt/", typed)
    assert strange.status_code == 422


def test_who_reads_and_who_does_what(cast: Cast, asked: LeaderQuestion, as_user: AsUser) -> None:
    reads = {
        "leder", "kontakt", "vara", "annen", "annen_leder", "direktor",
        "klima", "analyse", "radmann", "revisor", "admin",
    }  # fmt: skip
    does = {"": {"annen", "annen_leder"}, "svar": {"annen_leder"}, "trekk": {"leder"}}
    for name, user in cast.people().items():
        client = as_user(user)
        assert (name, client.get(path(asked)).status_code) == (name, 200 if name in reads else 404)
        for operation, allowed in does.items():
            if name in allowed:
                continue
            code = client.post(path(asked, *([operation] if operation else []))).status_code
            assert (name, operation, code) == (name, operation, 403 if name in reads else 404)
    assert LeaderQuestion.objects.get().version == 1


def test_who_sees_the_list_and_may_ask(cast: Cast, asked: LeaderQuestion, as_user: AsUser) -> None:
    strangers = {"utvalg", "ingen"}
    leaders = {"leder", "annen_leder", "direktor"}
    for name, user in cast.people().items():
        client = as_user(user)
        response = client.get("/rapportering/sporsmal/")
        assert (name, response.status_code) == (name, 403 if name in strangers else 200)
        if name not in strangers:
            assert QUESTION in text_of(response)
            assert ("Still et spørsmål" in text_of(response)) == (name in leaders)
        code = client.get("/rapportering/sporsmal/nytt/").status_code
        assert (name, code) == (name, 200 if name in leaders else 403)


def test_a_stranger_sees_no_others_questions(cast: Cast, asked: LeaderQuestion, as_user: AsUser) -> None:
    Appointment.objects.filter(user=cast.annen).update(unit=cast.klima_unit)
    assert "Ingen spørsmål ennå" in text_of(as_user(cast.annen).get("/rapportering/sporsmal/"))
    assert as_user(cast.annen).get(path(asked)).status_code == 404
    assert as_user(cast.klima).get("/rapportering/sporsmal/999999/").status_code == 404


def test_queries_do_not_grow_with_questions(cast: Cast, clock: object, as_user: AsUser) -> None:
    counts = set()
    for number in (1, 2):
        for _index in range(number):
            ask(cast)
        client = as_user(cast.klima)
        client.get("/rapportering/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/rapportering/sporsmal/").status_code == 200
        counts.add(len(queries))
    assert len(counts) == 1


# --- On the dashboard, upward level by level ---------------------------------


@kept(beside=["clock"])
def board(cast: Cast) -> Board:
    return build_board(cast)


LATE_HEAD = "Ikke besvart innen fristen: spørsmål mellom ledere"


@pytest.mark.parametrize(
    ("name", "level", "shown"),
    [
        ("radmann", "kommunen", True),
        ("klima", "kommunen", True),
        ("radmann", "area", True),
        ("radmann", "kitchen", True),
        # It was asked of the kitchen.
        ("radmann", "transport", False),
        ("direktor", "", True),
        ("annen_leder", "", True),
        ("leder", "", False),
    ],
)
def test_the_dashboard_lists_what_nobody_answered_at_each_level(
    board: Board, clock: time_machine.Coordinates, as_user: AsUser, name: str, level: str, shown: bool
) -> None:
    cast = board.cast
    ask(cast, due_on=TODAY)
    clock.move_to(NOW + timedelta(days=1))
    unit = getattr(cast, level, None) if level else None
    query = f"?niva={unit.pk if unit else level}" if level else ""
    response = as_user(cast.people()[name]).get(f"{board.path()}{query}")
    page = response.content.decode()
    assert response.status_code == 200
    assert broken_rules(page) == []
    assert (LATE_HEAD in page, QUESTION in page) == (shown, shown)


def test_neither_older_periods_nor_what_is_published_tell_of_it(
    board: Board, clock: time_machine.Coordinates, as_user: AsUser
) -> None:
    ask(board.cast, due_on=TODAY)
    clock.move_to(NOW + timedelta(days=1))
    radmann = as_user(board.cast.radmann)
    assert LATE_HEAD in text_of(radmann.get(board.path()))
    assert LATE_HEAD not in text_of(radmann.get(board.path(period=board.first)))
    row = board.publish()
    assert QUESTION not in str(row.data)
    assert LATE_HEAD not in text_of(as_user(board.cast.utvalg).get(board.path()))
