"""The decisions register: what it holds, who moves and notes it, and where deadlines are seen."""

import re
from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from organisation.enums import UnitKind
from organisation.models import Unit
from strategy.actions.decisions import (
    ALLOWED_MOVES,
    DecisionData,
    add_note,
    change_decision,
    move_decision,
    record_decision,
)
from strategy.actions.measures import MeasureHead, create_measure
from strategy.apps import decision_deadlines, decision_tasks
from strategy.enums import DecisionBody, DecisionStatus, MeasureKind
from strategy.models import (
    Decision,
    DecisionNote,
    DecisionTransition,
    FocusArea,
    Measure,
    Placement,
    Strategy,
)
from strategy.queries.decisions import (
    decisions_about,
    overdue_decisions,
)
from tests.html_rules import broken_rules, has
from tests.strategy_world import adopt
from tests.worlds import kept
from web.actors import DEMO
from web.concurrency import StaleObject
from web.once import new_submission_token
from web.refusals import Refused

pytestmark = pytest.mark.django_db
DONE, LAPSED, ONGOING, OPEN = (
    DecisionStatus.DONE,
    DecisionStatus.LAPSED,
    DecisionStatus.ONGOING,
    DecisionStatus.OPEN,
)


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel("2026-10-20 12:00 +0200", tick=False):
        yield


@kept
def measure():
    strategy = Strategy.objects.create(title="S", slug="s", covers="kommunen")
    measure = Measure.objects.create(code="T1", title="Elektriske biler", kind=MeasureKind.TILTAK)
    area = FocusArea.objects.create(strategy=strategy, title="Mobilitet")
    Placement.objects.create(measure=measure, strategy=strategy, focus_area=area)
    adopt(strategy)
    return measure


def data(**more):
    facts = {
        "body": DecisionBody.COUNCIL,
        "title": "Utrede klimafond",
        "text": "Saken legges fram.",
        "case_number": "26/1",
        "decided_on": date(2026, 3, 1),
        "no_unit": "Ikke fordelt ennå.",
    }
    return DecisionData(**(facts | more))


def make(*, measures=(), **more):
    return record_decision(by=DEMO, data=data(**more), measures=measures)


def form_of(**more):
    facts = {
        "body": "council", "title": "Utrede klimafond", "text": "Saken legges fram.", "case_number": "26/1",
        "decided_on": "1. mars 2026", "no_unit": "Ikke fordelt ennå.", "measures": "", "version": "0",
    }  # fmt: skip
    return facts | more


def test_a_room_above_records_a_decision_and_points_at_it(measure):
    made = make(measures=[measure])
    assert (made.status, made.closed_on) == (OPEN, None)
    assert [link.measure for link in made.measure_links.all()] == [measure]
    assert made.transitions.get().by_name == "demodata"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"case_number": ""}, "case_number"),
        ({"decided_on": None}, "decided_on"),
        ({"decided_on": date(2026, 10, 21)}, "decided_on"),
        ({"deadline": date(2026, 2, 28)}, "deadline"),
        ({"no_unit": ""}, "unit"),
    ],
)
def test_unfit_decisions_are_refused(change, field):
    with pytest.raises(Refused) as refused:
        make(**change)
    assert [reason.field for reason in refused.value.reasons] == [field]
    assert not Decision.objects.exists()


def test_a_closed_unit_is_refused_but_keeps_what_it_had():
    unit = Unit.objects.create(name="Nedlagt", kind=UnitKind.UNIT)
    made = make(unit=unit)
    unit.valid_to = date(2026, 1, 1)
    unit.save()
    with pytest.raises(Refused, match="lagt ned"):
        make(unit=unit)
    change_decision(by=DEMO, decision=made, data=data(unit=unit, title="Ny tittel"), measures=[], version=1)
    assert Decision.objects.get().title == "Ny tittel"


@pytest.mark.parametrize("before", list(DecisionStatus))
@pytest.mark.parametrize("to", list(DecisionStatus))
def test_only_the_moves_of_the_table_are_allowed(before, to):
    made = make()
    closed = date(2026, 5, 1) if before in (DONE, LAPSED) else None
    Decision.objects.filter(pk=made.pk).update(status=before, closed_on=closed)
    logged = made.transitions.count()

    def move():
        move_decision(by=DEMO, decision=made, to=to, version=1, comment="Fordi.")

    if before == to:
        move()
        assert made.transitions.count() == logged
    elif to in ALLOWED_MOVES[before]:
        move()
        made.refresh_from_db()
        assert (made.status, made.closed_on is not None) == (to, to in (DONE, LAPSED))
        assert made.transitions.count() == logged + 1
    else:
        with pytest.raises(Refused, match="kan ikke bli"):
            move()


def test_closing_needs_words_a_fit_day_and_the_version():
    made = make()
    for more, words in (
        ({}, "Skriv kort"),
        ({"comment": "Gjort", "closed_on": date(2026, 2, 1)}, "før vedtaket"),
        ({"comment": "Gjort", "closed_on": date(2026, 12, 1)}, "fram i tid"),
    ):
        with pytest.raises(Refused, match=words):
            move_decision(by=DEMO, decision=made, to=DONE, version=1, **more)
    with pytest.raises(StaleObject):
        move_decision(by=DEMO, decision=made, to=DONE, version=7, comment="Gjort")
    assert Decision.objects.get().status == OPEN


def test_the_database_holds_what_the_actions_hold():
    made = make()
    rows = Decision.objects.filter(pk=made.pk)
    for change in (
        {"case_number": ""},
        {"decided_on": None},
        {"no_unit": ""},
        {"deadline": date(2026, 1, 1)},
        {"status": "done"},
        {"closed_on": date(2026, 5, 1)},
        {"status": "forgotten"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    # The neighbouring state passes.
    rows.update(status="done", closed_on=date(2026, 5, 1), deadline=date(2026, 3, 1))


def test_the_logs_are_append_only():
    made = make()
    add_note(by=DEMO, decision=made, text="Går bra")
    for model in (DecisionNote, DecisionTransition):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.update(by_system="worker")
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all().delete()
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")


def test_who_may_note(cast, as_user):
    made = make(unit=cast.transport)
    url = reverse("strategy:decision_note", args=[made.pk])
    expected = {"klima", "kontakt", "vara", "leder"}
    found = {}
    for name, person in cast.people().items():
        client = as_user(person)
        token = new_submission_token(person)
        found[name] = client.post(url, {"text": f"Fra {name}", "submission_token": token}).status_code
        if name not in expected:
            with pytest.raises(PermissionDenied):
                add_note(by=person, decision=made, text="x")
    assert {name for name, status in found.items() if status == 303} == expected
    assert found["annen"] == 404
    assert set(made.notes.values_list("text", flat=True)) == {f"Fra {name}" for name in expected}


def test_only_klima_records_changes_and_moves(cast):
    made = make()
    for name, person in cast.people().items():
        if name == "klima":
            continue
        for write in (
            lambda by: record_decision(by=by, data=data()),
            lambda by: change_decision(by=by, decision=made, data=data(), measures=[], version=1),
            lambda by: move_decision(by=by, decision=made, to=ONGOING, version=1),
        ):
            with pytest.raises(PermissionDenied):
                write(person)


def test_a_form_sent_twice_makes_one_decision(cast, as_user, measure):
    client, url = as_user(cast.klima), reverse("strategy:decision_new")
    token = new_submission_token(cast.klima)
    for _twice in range(2):
        answer = client.post(url, form_of(submission_token=token, measures="t1"))
        assert answer.status_code == 303
    made = Decision.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    assert made.measure_links.get().measure == measure
    page = client.get(reverse("strategy:measure", args=["T1"])).content.decode()
    assert "Vedtak om tiltaket" in page


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"case_number": ""}, "Skriv saksnummeret"),
        ({"decided_on": "2. november 2026"}, "fram i tid"),
        ({"decided_on": "i fjor"}, "i fjor"),
        ({"deadline": "1.1.2026"}, "Fristen er før vedtaket"),
        ({"measures": "T1, X9"}, "Vi finner ikke tiltak X9"),
        ({"unit": "999999"}, "lagt ned eller finnes ikke"),
        ({"no_unit": ""}, "Velg en virksomhet"),
    ],
)
def test_bad_input_is_kept_and_explained(cast, as_user, measure, change, words):
    answer = as_user(cast.klima).post(reverse("strategy:decision_new"), form_of() | change)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "Saken legges fram." in page
    assert broken_rules(page) == []
    assert not Decision.objects.exists()


def test_everything_missing_is_said_at_once_and_nothing_asked_for_is_called_optional(cast, as_user):
    client, url = as_user(cast.klima), reverse("strategy:decision_new")
    page = client.get(url).text
    for name in ("case_number", "no_case_number", "decided_on", "decided_when", "unit", "no_unit"):
        label = re.search(rf'<label[^>]*for="id_{name}">(.*?)</label>', page, re.DOTALL)
        assert label, name
        assert "Valgfritt" not in label[1], name
    assert "Valgfritt" in re.search(r'<label[^>]*for="id_source">(.*?)</label>', page, re.DOTALL)[1]
    answer = client.post(url, {"body": "municipal_council", "title": "T", "text": "V", "version": "0"})
    assert answer.status_code == 422
    for words in ("Skriv saksnummeret", "Skriv datoen", "Velg en virksomhet, eller"):
        assert words in answer.text


def test_a_stale_form_shows_both_and_keeps_the_measures(cast, as_user, measure):
    made, client = make(measures=[measure]), as_user(cast.klima)
    url = reverse("strategy:decision_edit", args=[made.pk])
    assert 'value="T1"' in client.get(url).content.decode()
    sent = form_of(version="1", measures="T1", title="Min")
    change_decision(by=DEMO, decision=made, data=data(title="Deres"), measures=[measure], version=1)
    answer = client.post(url, sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Min" in page
    assert "Deres" in page
    assert has(page, 'value="T1"')
    assert client.post(url, sent | {"version": "2"}).status_code == 303
    assert Decision.objects.get().title == "Min"


def test_moving_in_the_browser(cast, as_user):
    made, client = make(), as_user(cast.klima)
    url = reverse("strategy:decision_move", args=[made.pk])
    assert broken_rules(client.get(url).content.decode()) == []
    assert client.post(url, {"to": "done", "comment": "", "version": "1"}).status_code == 422
    assert client.post(url, {"to": "open", "comment": "x", "version": "1"}).status_code == 422
    sent = {"to": "done", "comment": "Gjort", "version": "1"}
    move_decision(by=DEMO, decision=made, to=ONGOING, version=1)
    stale = client.post(url, sent)
    assert stale.status_code == 409
    assert "Status nå: Under arbeid" in stale.content.decode()
    assert client.post(url, sent | {"version": "2"}).status_code == 303
    assert "Gjort" in client.get(made.get_absolute_url()).content.decode()


def test_filters_of_the_register(cast, as_user):
    late = make(title="Forsinket", deadline=date(2026, 10, 1), unit=cast.transport)
    make(title="Utvalgets", body=DecisionBody.CLIMATE_COMMITTEE, case_number="26/77")
    closed = make(title="Lukket", deadline=date(2026, 4, 1))
    move_decision(by=DEMO, decision=closed, to=DONE, version=1, comment="Gjort")

    client = as_user(cast.utvalg)

    def titles(**asked):
        page = client.get(reverse("strategy:decisions"), asked)
        return {row.title for row in page.context["rows"]}

    assert titles() == {"Forsinket", "Utvalgets", "Lukket"}
    assert titles(status="done") == {"Lukket"}
    assert titles(organ="climate_committee") == {"Utvalgets"}
    assert titles(virksomhet=cast.transport.pk) == {"Forsinket"}
    assert titles(sok="26/77") == {"Utvalgets"}
    # In another form than it stands, and as part of a word.
    assert titles(sok="lukkede") == {"Lukket"}
    assert titles(sok="sinket") == {"Forsinket"}
    assert titles(sok="lukket forsinket") == set()
    assert titles(fristute="on") == {"Forsinket"}
    assert list(overdue_decisions()) == [late]
    # On the day of the deadline there is still time.
    assert not overdue_decisions(date(2026, 10, 1))


def test_list_and_export_at_constant_cost(cast, as_user, measure):
    client = as_user(cast.utvalg)

    def queries(name, *args):
        with CaptureQueriesContext(connection) as context:
            answer = client.get(reverse(name, args=args))
        assert answer.status_code == 200
        return len(context)

    addresses = [("strategy:decisions",), ("strategy:decisions_export", "csv")]
    add_note(by=DEMO, decision=make(unit=cast.transport, measures=[measure]), text="Går bra")
    for address in addresses:
        queries(*address)
    one = [queries(*address) for address in addresses]
    for case in ("26/2", "26/3"):
        made = make(case_number=case, unit=cast.kitchen, measures=[measure])
        add_note(by=DEMO, decision=made, text="Går sent")
    assert [queries(*address) for address in addresses] == one
    csv = client.get(reverse("strategy:decisions_export", args=["csv"]) + "?virksomhet=0").content.decode()
    assert "Går bra" in csv
    assert "Samferdsel, vei- og parkforvaltning" in csv
    page = client.get(reverse("strategy:decisions") + "?sok=finnesikke").content.decode()
    assert "Ingen vedtak passer" in page
    assert broken_rules(page) == []


def test_deadlines_reach_those_they_concern(cast):
    make(title="Nær", deadline=date(2026, 11, 10), unit=cast.transport)
    make(title="Fjern", deadline=date(2027, 3, 1), unit=cast.transport)
    now = timezone.now()

    def tasks(person):
        return [task.title for task in decision_tasks(person, now)]

    assert tasks(cast.kontakt) == tasks(cast.leder) == ["Vedtak: Nær"]
    assert tasks(cast.klima) == ["Følg opp vedtak med frist"]
    for person in (cast.annen, cast.utvalg, cast.ingen, cast.revisor):
        assert tasks(person) == []

    def entries(person):
        return [entry.day for entry in decision_deadlines(person, date(2026, 10, 1), date(2026, 12, 31))]

    assert entries(cast.kontakt) == entries(cast.revisor) == [date(2026, 11, 10)]
    assert entries(cast.annen) == entries(cast.utvalg) == []


def test_the_decisions_about_several_measures_cost_one_query(cast, measure, django_assert_num_queries):
    other = create_measure(
        by=DEMO,
        head=MeasureHead(code="T10", title="Ti", kind="tiltak", level="municipal"),
        state="idea",
        unit=None,
    )
    old = make(title="Gammelt", measures=[measure])
    new = make(title="Nytt", measures=[other, measure], decided_on=date(2026, 5, 1))
    with django_assert_num_queries(1):
        found = decisions_about([other.pk, measure.pk])
    assert [(one.code, [decision.title for decision in decisions]) for one, decisions in found] == [
        (measure.code, [new.title, old.title]),
        ("T10", [new.title]),
    ]
    assert decisions_about([]) == []
