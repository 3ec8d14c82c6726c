"""What of the strategy hangs on a unit or a person, and how it moves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from organisation.enums import UnitKind
from organisation.models import Unit
from strategy.actions import holding as holding_module
from strategy.actions.decisions import DecisionData, move_decision, record_decision
from strategy.actions.hearings import answer_hearing, close_round
from strategy.actions.holding import move_responsibility
from strategy.enums import DecisionBody, DecisionStatus, MeasureKind, MeasureState, Verdict
from strategy.models import Contribution, Decision, HearingAnswer, Measure, Placement, Responsibility
from tests.cast import Cast
from tests.holdings import DAY, all_held_by, held_by, move, queries_to_ask, queries_to_move
from tests.races import at_once, both_meet, without_locks
from tests.strategy_world import answer_of, make_draft, send
from web.actors import DEMO, WORKER
from web.contributions import HoldingGoes
from web.history import latest_change
from web.refusals import Refused

NEXT = date(2027, 1, 1)


def make_measure(code: str, unit: Unit, state: MeasureState = MeasureState.ONGOING, **time: Any) -> Measure:
    measure = Measure.objects.create(code=code, title=f"Tiltak {code}", kind=MeasureKind.TILTAK, state=state)
    Responsibility.objects.create(measure=measure, unit=unit, **time)
    return measure


def times(measure: Measure) -> list[tuple[str, date, date | None]]:
    rows = measure.responsibilities.order_by("valid_from")
    return list(rows.values_list("unit__name", "valid_from", "valid_to"))


def decide(unit: Unit, title: str = "Elbiler først", deadline: date | None = None) -> Decision:
    data = DecisionData(
        body=DecisionBody.COUNCIL,
        title=title,
        text="Biler byttes.",
        case_number="26/1",
        decided_on=date(2026, 3, 1),
        unit=unit,
        deadline=deadline,
    )
    return record_decision(by=DEMO, data=data)


# --- Measures ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_measures_move_from_the_day_and_the_time_before_stays(cast: Cast) -> None:
    measure = make_measure("T1", cast.transport)
    found = held_by(cast.transport)["measures"]
    assert (found.count, found.sentence, found.goes) == (1, "1 tiltak", HoldingGoes.TO_SUCCESSOR)
    assert found.url == f"/strategi/tiltak/?virksomhet={cast.transport.pk}"
    move(cast.transport, "measures", by=cast.admin, to=cast.kitchen)
    assert times(measure) == [
        (cast.transport.name, date(2020, 1, 1), date(2026, 9, 30)),
        (cast.kitchen.name, DAY, None),
    ]
    assert "measures" not in held_by(cast.transport)
    assert held_by(cast.transport, date(2026, 9, 30))["measures"].count == 1
    assert latest_change(measure).who == "Admin Eksempel"  # type: ignore[union-attr]


@pytest.mark.django_db
def test_what_is_planned_moves_too_and_others_plans_stand(cast: Cast) -> None:
    until = make_measure("T1", cast.transport, valid_to=date(2026, 12, 31))
    Responsibility.objects.create(measure=until, unit=cast.klima_unit, valid_from=NEXT)
    planned = make_measure("T2", cast.klima_unit, valid_to=date(2026, 12, 31))
    Responsibility.objects.create(measure=planned, unit=cast.transport, valid_from=NEXT)
    assert held_by(cast.transport)["measures"].count == 2
    move(cast.transport, "measures", by=WORKER, to=cast.kitchen)
    assert times(until)[1:] == [
        (cast.kitchen.name, DAY, date(2026, 12, 31)),
        (cast.klima_unit.name, NEXT, None),
    ]
    assert times(planned)[1:] == [(cast.kitchen.name, NEXT, None)]


@pytest.mark.django_db
@pytest.mark.parametrize("state", [MeasureState.DONE, MeasureState.DISCONTINUED])
def test_what_is_over_keeps_its_unit(cast: Cast, state: MeasureState) -> None:
    over = make_measure("T1", cast.transport, state)
    make_measure("T2", cast.transport)
    found = held_by(cast.transport)
    assert found["measures"].count == 1
    assert (found["over_measures"].count, found["over_measures"].goes) == (1, HoldingGoes.STAYS)
    assert found["over_measures"].move is None
    move(cast.transport, "measures", by=cast.admin, to=cast.kitchen)
    assert times(over) == [(cast.transport.name, date(2020, 1, 1), None)]


@pytest.mark.django_db
def test_a_form_that_was_open_is_told(cast: Cast) -> None:
    measure = make_measure("T1", cast.transport)
    move(cast.transport, "measures", by=cast.admin, to=cast.kitchen)
    assert Measure.objects.get(pk=measure.pk).version == measure.version + 1


@pytest.mark.django_db
def test_a_measure_somebody_outside_carries_out_has_somebody_who_follows_it_up(cast: Cast) -> None:
    measure = make_measure("T1", cast.transport)
    Measure.objects.filter(pk=measure.pk).update(external_actor="Statens vegvesen")
    move(cast.transport, "measures", by=cast.admin, to=cast.kitchen)
    connection.check_constraints()  # what is asked at the end of the transaction


@pytest.mark.django_db
def test_an_area_and_a_closed_unit_take_over_nothing(cast: Cast) -> None:
    measure = make_measure("T1", cast.transport)
    closed = Unit.objects.create(name="Nedlagt", kind=UnitKind.UNIT, valid_to=date(2026, 9, 30))
    for unit, words in ((cast.area, "er et område"), (closed, "finnes ikke på den datoen")):
        with pytest.raises(Refused, match=words):
            move(cast.transport, "measures", by=cast.admin, to=unit)
    assert len(times(measure)) == 1


@pytest.mark.django_db
def test_measures_of_a_draft_are_named_and_follow_the_measure(cast: Cast) -> None:
    draft = make_draft()
    for placement in Placement.objects.filter(strategy=draft):
        Responsibility.objects.create(measure=placement.measure, unit=cast.transport)
    found = held_by(cast.transport)["draft_measures"]
    assert (found.sentence, found.goes) == ("2 tiltak i utkast til strategi", HoldingGoes.TO_SUCCESSOR)
    assert found.move is None
    move(cast.transport, "measures", by=cast.admin, to=cast.kitchen)
    assert held_by(cast.kitchen)["draft_measures"].count == 2


@pytest.mark.django_db
def test_contributions_move_once(cast: Cast) -> None:
    first, second, own = (make_measure(f"T{n}", cast.klima_unit) for n in (1, 2, 3))
    over = make_measure("T4", cast.klima_unit, MeasureState.DONE)
    for measure in (first, second, own, over):
        Contribution.objects.create(measure=measure, unit=cast.transport)
    Contribution.objects.create(measure=second, unit=cast.kitchen)
    own.responsibilities.update(unit=cast.kitchen)
    assert held_by(cast.transport)["contributions"].sentence == "Bidrar i 3 tiltak"
    move(cast.transport, "contributions", by=cast.admin, to=cast.kitchen)
    rows = Contribution.objects.order_by("measure__code", "unit__name").values_list("measure__code", "unit")
    assert list(rows) == [("T1", cast.kitchen.pk), ("T2", cast.kitchen.pk), ("T4", cast.transport.pk)]


@pytest.mark.django_db
def test_nobody_takes_part_in_what_she_comes_to_answer_for(cast: Cast) -> None:
    measure = make_measure("T1", cast.transport)
    Contribution.objects.create(measure=measure, unit=cast.kitchen)
    move(cast.transport, "measures", by=cast.admin, to=cast.kitchen)
    assert not Contribution.objects.exists()


# --- Decisions -----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_decisions_that_are_not_closed_move(cast: Cast) -> None:
    near = decide(cast.transport, deadline=date(2026, 11, 1))
    decide(cast.transport, "Sykkel", deadline=date(2027, 11, 1))
    closed = decide(cast.transport, "Gjort")
    move_decision(by=DEMO, decision=closed, to=DecisionStatus.DONE, version=1, comment="Gjort.")
    found = held_by(cast.transport)
    assert (found["decisions"].sentence, found["decisions"].due) == (
        "2 vedtak som ikke er avsluttet",
        date(2026, 11, 1),
    )
    assert found["closed_decisions"].sentence == "1 avsluttet vedtak"
    assert found["closed_decisions"].goes == HoldingGoes.STAYS
    move(cast.transport, "decisions", by=cast.admin, to=cast.kitchen)
    near.refresh_from_db()
    closed.refresh_from_db()
    assert (near.unit, near.version, closed.unit) == (cast.kitchen, 2, cast.transport)


# --- Hearings ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_hearing_nobody_has_answered_asks_the_one_who_takes_over(cast: Cast) -> None:
    hearing = send(make_draft(), [cast.transport, cast.klima_unit])
    found = held_by(cast.transport)["hearing_answers"]
    assert (found.count, found.due) == (1, timezone.localdate(hearing.deadline))
    assert found.url == f"/strategi/horing/{hearing.pk}/svar/{cast.transport.pk}/"
    move(cast.transport, "hearing_answers", by=cast.admin, to=cast.kitchen)
    assert {one.unit for one in hearing.answers.all()} == {cast.kitchen, cast.klima_unit}


@pytest.mark.django_db
def test_where_both_are_asked_one_answers(cast: Cast) -> None:
    hearing = send(make_draft(), [cast.transport, cast.kitchen])
    move(cast.transport, "hearing_answers", by=cast.admin, to=cast.kitchen)
    assert [one.unit for one in hearing.answers.all()] == [cast.kitchen]


def given(cast: Cast) -> HearingAnswer:
    answer = answer_of(send(make_draft(), [cast.transport]), cast.transport)
    return answer_hearing(by=DEMO, answer=answer, version=1, verdict=Verdict.NO_REMARKS, remarks={})


@pytest.mark.django_db
def test_an_answer_that_is_given_stands(cast: Cast) -> None:
    given(cast)
    found = held_by(cast.transport)
    assert "hearing_answers" not in found
    assert (found["given_answers"].sentence, found["given_answers"].move) == ("1 avgitt høringssvar", None)


@pytest.mark.django_db
def test_what_a_closed_hearing_was_answered_with_is_nobodys_to_move(cast: Cast) -> None:
    """The database refuses it, and accepts the same statement while the hearing is open."""
    answer = given(cast)
    rows = HearingAnswer.objects.filter(pk=answer.pk)
    rows.update(unit=cast.kitchen)
    rows.update(unit=cast.transport)
    hearing = answer.round
    hearing.refresh_from_db()
    close_round(by=DEMO, hearing=hearing, version=hearing.version)
    with pytest.raises(DatabaseError, match="the hearing is closed"), transaction.atomic():
        rows.update(unit=cast.kitchen)


# --- A person ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_waits_for_a_person_is_her_units(cast: Cast) -> None:
    send(make_draft(), [cast.transport])
    decide(cast.transport)
    for person in (cast.kontakt, cast.leder):
        found = held_by(person)
        assert {found[kind].goes for kind in ("hearing_answers", "decisions")} == {HoldingGoes.WITH_UNIT}
        assert found["hearing_answers"].move is None
    assert not {"hearing_answers", "decisions"} & set(held_by(cast.annen))


@pytest.mark.django_db
def test_a_person_holds_nothing_when_her_role_has_ended(cast: Cast) -> None:
    send(make_draft(), [cast.transport])
    cast.kontakt.appointments.update(valid_to=DAY - timedelta(days=1))
    assert "hearing_answers" not in held_by(cast.kontakt)
    assert "hearing_answers" in held_by(cast.kontakt, DAY - timedelta(days=1))


# --- Queries -------------------------------------------------------------------------------------------


def fill(cast: Cast, start: int, many: int) -> None:
    for number in range(start, start + many):
        make_measure(f"T{number}", cast.transport)
        make_measure(f"P{number}", cast.transport, valid_from=NEXT)
        decide(cast.transport, f"Vedtak {number}")
        other = make_measure(f"K{number}", cast.klima_unit)
        Contribution.objects.create(measure=other, unit=cast.transport)
        draft = make_draft(f"Strategi {number}")
        send(draft, [cast.transport])


@pytest.mark.django_db
def test_one_and_three_of_each_are_asked_and_moved_in_as_many_queries(cast: Cast) -> None:
    fill(cast, 10, 1)
    asked = queries_to_ask(cast.transport), queries_to_ask(cast.kontakt)
    kinds = ("measures", "contributions", "decisions", "hearing_answers")
    moved = [
        queries_to_move(all_held_by(cast.transport, kind)[0], by=cast.admin, to=cast.kitchen)
        for kind in kinds
    ]
    fill(cast, 20, 3)
    assert (queries_to_ask(cast.transport), queries_to_ask(cast.kontakt)) == asked
    assert moved == [
        queries_to_move(all_held_by(cast.transport, kind)[0], by=cast.admin, to=cast.kitchen)
        for kind in kinds
    ]


# --- Two at once ---------------------------------------------------------------------------------------


def moves(cast: Cast, to: Unit) -> Callable[[], Any]:
    return lambda: move_responsibility(cast.transport.pk, cast.admin, to.pk, DAY)


@pytest.mark.django_db(transaction=True)
def test_two_who_move_the_same_unit_move_it_once(cast: Cast) -> None:
    measures = [make_measure(f"T{number}", cast.transport) for number in (1, 2)]
    planned = make_measure("T3", cast.transport, valid_from=NEXT)
    results = at_once(moves(cast, cast.kitchen), moves(cast, cast.klima_unit))
    assert results == [None, None]
    assert {len(times(measure)) for measure in measures} == {2}
    assert len({times(measure)[-1][0] for measure in (*measures, planned)}) == 1
    assert Measure.objects.get(pk=planned.pk).version == 2


@pytest.mark.django_db(transaction=True)
def test_without_holding_the_measures_the_second_fails(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: both have read what there is to move, and move it."""
    make_measure("T1", cast.transport)
    without_locks(monkeypatch)
    both_meet(monkeypatch, holding_module, "_responsibilities")
    results = at_once(moves(cast, cast.kitchen), moves(cast, cast.klima_unit))
    assert sum(isinstance(result, IntegrityError) for result in results) == 1


@pytest.mark.django_db(transaction=True)
def test_without_holding_the_measures_what_is_planned_goes_to_two(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: what the first moved is moved again from under the one who has it."""
    measure = make_measure("T1", cast.transport, valid_from=NEXT)
    without_locks(monkeypatch)
    both_meet(monkeypatch, holding_module, "_responsibilities")
    assert at_once(moves(cast, cast.kitchen), moves(cast, cast.klima_unit)) == [None, None]
    assert Measure.objects.get(pk=measure.pk).version == 3
