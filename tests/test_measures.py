"""A measure's head, states, plan and dependencies: what the actions and the database let through."""

import threading
from datetime import date, timedelta
from decimal import Decimal

import pgtrigger
import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction

from organisation.enums import UnitKind
from organisation.models import Unit
from strategy.actions import measure_plan as plan_actions
from strategy.actions.measure_states import assure_plan, move_measure
from strategy.actions.measures import MeasureHead, create_measure, edit_measure
from strategy.actions.responsibility import (
    StaleMeasures,
    change_responsible,
    reassign_measures,
)
from strategy.enums import MEASURE_TRANSITIONS, STATES_WITH_REASON, Level, MeasureKind, MeasureState
from strategy.models import Measure, MeasureDependency, MeasureTransition, Responsibility
from tests.clock import NOW
from tests.owner import as_owner
from tests.worlds import kept
from web.actors import DEMO
from web.concurrency import StaleObject
from web.refusals import Refused

S = MeasureState


def head(code="T1", **values):
    own = {"title": "Elektriske biler", "kind": MeasureKind.TILTAK, "level": Level.MUNICIPAL}
    return MeasureHead(code=code, **own | values)


@kept
def measure(cast):
    return create_measure(by=DEMO, head=head(), state=S.PROPOSED, unit=cast.transport)


def fresh(measure):
    return Measure.objects.get(pk=measure.pk)


# --- Head -------------------------------------------------------------------------------------------------


def test_a_new_measure_has_its_links_and_unit(cast, measure):
    other = create_measure(
        by=cast.klima,
        head=head("T2", contributing=frozenset({cast.kitchen.pk}), needs=frozenset({measure.pk})),
        state=S.IDEA,
        unit=None,
    )
    assert list(other.contributions.values_list("unit", flat=True)) == [cast.kitchen.pk]
    assert list(other.needs_links.values_list("needs", flat=True)) == [measure.pk]
    assert not other.responsibilities.exists()


@pytest.mark.parametrize("code", ["", "T 1", "a/b", "ny", "import", "..", "x" * 21])
def test_a_number_that_cannot_stand_in_an_address_is_refused(cast, code):
    with pytest.raises(Refused) as refused:
        create_measure(by=cast.klima, head=head(code), state=S.IDEA, unit=None)
    assert [reason.field for reason in refused.value.reasons] == ["code"]
    assert not Measure.objects.exists()


def test_an_external_actor_needs_somebody_who_follows_up(cast, measure):
    outside = head("T2", external_actor="Fylkeskommunen", external_kind="county")
    with pytest.raises(Refused, match="ansvarlig virksomhet"):
        create_measure(by=cast.klima, head=outside, state=S.IDEA, unit=None)
    assert create_measure(by=cast.klima, head=outside, state=S.IDEA, unit=cast.kitchen)
    Responsibility.objects.filter(measure=measure).delete()
    with pytest.raises(Refused, match="ansvarlig virksomhet"):
        edit_measure(by=cast.klima, measure=measure, version=1, head=head(external_actor="Staten"))


FOLLOW_UP = {
    "the actor is written": (
        "UPDATE strategy_measure SET external_actor = 'Staten' WHERE id = {alone}",
        "UPDATE strategy_measure SET external_actor = 'Staten' WHERE id = {plain}",
    ),
    "nobody is left": (
        "DELETE FROM strategy_responsibility WHERE measure_id = {external}",
        "DELETE FROM strategy_responsibility WHERE measure_id = {plain}",
    ),
    "nobody follows after a date": (
        "UPDATE strategy_responsibility SET valid_to = '2099-01-01' WHERE measure_id = {external}",
        "UPDATE strategy_responsibility SET valid_to = '2099-01-01' WHERE measure_id = {plain}",
    ),
    "it is moved to another measure": (
        "UPDATE strategy_responsibility SET measure_id = {alone} WHERE measure_id = {external}",
        "UPDATE strategy_responsibility SET measure_id = {alone} WHERE measure_id = {plain}",
    ),
}


@pytest.mark.parametrize("case", FOLLOW_UP)
def test_the_database_wants_somebody_who_follows_up_an_external_actor(cast, measure, case):
    """T1 has a unit and no actor, T2 has neither, T3 has both."""
    alone = create_measure(by=DEMO, head=head("T2"), state=S.IDEA, unit=None)
    external = create_measure(
        by=DEMO, head=head("T3", external_actor="Fylket"), state=S.IDEA, unit=cast.kitchen
    )
    refused, let_through = (
        sql.format(external=external.pk, plain=measure.pk, alone=alone.pk) for sql in FOLLOW_UP[case]
    )
    at_once(let_through)
    with pytest.raises(IntegrityError, match="nobody here who follows it up"):
        at_once(refused)


def at_once(sql):
    """The statement, and what is otherwise looked at when the transaction ends; leaves nothing behind."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


def test_units_take_over_from_each_other_and_a_measure_goes_with_its_unit(cast, measure):
    external = create_measure(
        by=DEMO, head=head("T3", external_actor="Fylket"), state=S.IDEA, unit=cast.kitchen
    )
    at_once("SELECT 1")
    change_responsible(by=cast.klima, measure=external, unit=cast.transport, version=1)
    at_once("SELECT 1")
    external.delete()
    at_once("SELECT 1")
    assert not Responsibility.objects.filter(unit=cast.kitchen).exists()


def test_a_stale_edit_writes_nothing(cast, measure):
    edit_measure(by=cast.klima, measure=measure, version=1, head=head(title="Først"))
    with pytest.raises(StaleObject):
        edit_measure(
            by=cast.klima,
            measure=measure,
            version=1,
            head=head(title="Sist", contributing=frozenset({cast.kitchen.pk})),
        )
    assert fresh(measure).title == "Først"
    assert fresh(measure).version == 2
    assert not measure.contributions.exists()


def test_only_klima_writes_heads_states_and_stamps(cast, measure):
    for person in (cast.kontakt, cast.leder, cast.radmann, cast.revisor, cast.utvalg, cast.admin, cast.ingen):
        with pytest.raises(PermissionDenied):
            create_measure(by=person, head=head("T9"), state=S.IDEA, unit=None)
        with pytest.raises(PermissionDenied):
            edit_measure(by=person, measure=measure, version=1, head=head())
        with pytest.raises(PermissionDenied):
            move_measure(by=person, measure=measure, version=1, state=S.ADOPTED)
        with pytest.raises(PermissionDenied):
            assure_plan(by=person, measure=measure, version=1)
    assert fresh(measure).version == 1


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("co_benefits", ["gratis"]),
        ("external_kind", "county"),
        ("end_year", 1990),
        ("assured_by_system", "demo"),
    ],
)
def test_the_database_refuses_what_the_forms_do(measure, column, value):
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(pk=measure.pk).update(start_year=2020, **{column: value})


# --- States -----------------------------------------------------------------------------------------------

PAIRS = [(origin, target) for origin in S for target in S if origin != target]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("origin", "target"), PAIRS)
def test_action_and_database_agree_about_every_move(cast, measure, origin, target):
    with as_owner(), pgtrigger.ignore("strategy.Measure:state_along_the_table"):
        Measure.objects.filter(pk=measure.pk).update(state=origin)
    if target in MEASURE_TRANSITIONS[origin]:
        with transaction.atomic():
            Measure.objects.filter(pk=measure.pk).update(state=target)
            transaction.set_rollback(True)
        moved = move_measure(by=cast.klima, measure=measure, version=1, state=target, reason="Lavere pris")
        assert (moved.state, moved.version) == (target, 2)
        log = MeasureTransition.objects.get()
        assert (log.from_state, log.to_state, log.by) == (origin, target, cast.klima)
        return
    with pytest.raises(DatabaseError, match="cannot go from"), transaction.atomic():
        Measure.objects.filter(pk=measure.pk).update(state=target)
    with pytest.raises(Refused):
        move_measure(by=cast.klima, measure=measure, version=1, state=target, reason="Lavere pris")
    assert not MeasureTransition.objects.exists()


@pytest.mark.parametrize("state", sorted(STATES_WITH_REASON))
def test_postponed_and_discontinued_need_a_reason(cast, measure, state):
    with pytest.raises(Refused, match="hvorfor"):
        move_measure(by=cast.klima, measure=measure, version=1, state=state, reason="  ")
    with pytest.raises(IntegrityError), transaction.atomic():
        MeasureTransition.objects.create(
            measure=measure, from_state="proposed", to_state=state, by_system="demo", reason=" "
        )


def test_the_log_is_append_only(cast, measure):
    move_measure(by=cast.klima, measure=measure, version=1, state=S.ADOPTED)
    for change in (
        "UPDATE strategy_measuretransition SET reason = 'x'",
        "DELETE FROM strategy_measuretransition",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_the_same_move_twice_is_one(cast, measure):
    for _click in range(2):
        move_measure(by=cast.klima, measure=measure, version=1, state=S.ADOPTED)
    assert MeasureTransition.objects.count() == 1


# --- Plan -------------------------------------------------------------------------------------------------


def add_milestone(by, measure):
    return plan_actions.add_milestone(by=by, measure=measure, title="Avtale signert", due=date(2026, 12, 31))


@pytest.mark.parametrize("name", ["klima", "kontakt", "vara", "leder"])
def test_klima_and_the_units_own_people_write_the_plan(cast, measure, name):
    by = getattr(cast, name)
    milestone = add_milestone(by, measure)
    plan_actions.edit_milestone(
        by=by, milestone=milestone, version=1, title="Avtale", due=date(2027, 1, 1), done_on=date(2026, 5, 1)
    )
    plan_actions.remove_milestone(by=by, milestone=milestone, version=2)
    indicator = plan_actions.add_indicator(
        by=by,
        measure=measure,
        name="Biler byttet",
        unit_label="biler",
        direction="up",
        targets=[
            plan_actions.TargetValue(2026, None, Decimal(10)),
            plan_actions.TargetValue(2026, 1, Decimal(4)),
        ],
    )
    plan_actions.edit_indicator(
        by=by,
        indicator=indicator,
        version=1,
        name="Biler",
        unit_label="biler",
        direction="up",
        targets=[
            plan_actions.TargetValue(2026, None, Decimal(12)),
            plan_actions.TargetValue(2027, 2, Decimal(4)),
        ],
    )
    stored = list(indicator.targets.values_list("year", "tertial", "value"))
    assert stored == [(2026, None, Decimal(12)), (2027, 2, Decimal(4))]
    assert not measure.milestones.exists()


@pytest.mark.parametrize(
    "name", ["annen", "annen_leder", "direktor", "radmann", "revisor", "utvalg", "admin", "ingen", "analyse"]
)
def test_nobody_else_writes_the_plan(cast, measure, name):
    milestone = add_milestone(cast.klima, measure)
    by = getattr(cast, name)
    with pytest.raises(PermissionDenied):
        add_milestone(by, measure)
    with pytest.raises(PermissionDenied):
        plan_actions.remove_milestone(by=by, milestone=milestone, version=1)
    assert measure.milestones.count() == 1


def test_the_unit_that_had_the_measure_yesterday_writes_no_longer(cast, measure):
    change_responsible(by=cast.klima, measure=measure, unit=cast.kitchen, version=1)
    with pytest.raises(PermissionDenied):
        add_milestone(cast.kontakt, measure)
    assert add_milestone(cast.annen, measure)


def test_what_the_unit_writes_after_the_stamp_is_told(cast, measure):
    add_milestone(cast.kontakt, measure)
    assure_plan(by=cast.klima, measure=measure, version=fresh(measure).version)
    assert fresh(measure).is_assured
    assert not fresh(measure).changed_since_assured
    add_milestone(cast.klima, measure)
    assert not fresh(measure).changed_since_assured
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        add_milestone(cast.kontakt, measure)
        assert fresh(measure).changed_since_assured
        assure_plan(by=cast.klima, measure=measure, version=fresh(measure).version)
    assert not fresh(measure).changed_since_assured


def test_klima_cannot_assure_a_plan_she_has_not_seen(cast, measure):
    seen = fresh(measure).version
    add_milestone(cast.kontakt, measure)
    with pytest.raises(StaleObject):
        assure_plan(by=cast.klima, measure=measure, version=seen)


def test_a_milestone_changed_by_another_is_neither_saved_nor_removed(cast, measure):
    milestone = add_milestone(cast.kontakt, measure)
    values = {"due": milestone.due, "done_on": None}
    plan_actions.edit_milestone(by=cast.klima, milestone=milestone, version=1, title="Ny tittel", **values)
    with pytest.raises(StaleObject):
        plan_actions.edit_milestone(by=cast.kontakt, milestone=milestone, version=1, title="Gammel", **values)
    with pytest.raises(StaleObject):
        plan_actions.remove_milestone(by=cast.kontakt, milestone=milestone, version=1)
    assert measure.milestones.get().title == "Ny tittel"


@pytest.mark.parametrize(
    ("unit_label", "passes"),
    [
        ("tonn CO2", False),
        ("tonn CO₂e", False),
        ("kg co 2 per km", False),
        ("CO2-ekvivalenter", False),
        ("tusen t CO₂", False),
        ("tonn", True),
        ("CO2-sensorer", True),
        ("biler", True),
    ],
)
def test_an_indicator_never_measures_emissions(cast, measure, unit_label, passes):
    def add():
        return plan_actions.add_indicator(
            by=cast.kontakt, measure=measure, name="I", unit_label=unit_label, direction="up"
        )

    kept = plan_actions.add_indicator(
        by=DEMO, measure=measure, name="Biler", unit_label="stk", direction="up"
    )
    raw = measure.indicators.filter(pk=kept.pk)
    if passes:
        assert add().unit_label == unit_label
        assert raw.update(unit_label=unit_label) == 1
        return
    with pytest.raises(Refused, match="aldri utslipp") as refused:
        add()
    assert [reason.field for reason in refused.value.reasons] == ["unit_label"]
    with pytest.raises(Refused, match="aldri utslipp"):
        plan_actions.edit_indicator(
            by=cast.kontakt,
            indicator=kept,
            version=1,
            name="Biler",
            unit_label=unit_label,
            direction="up",
            targets=[],
        )
    with pytest.raises(IntegrityError, match="indicator_never_in_emissions"), transaction.atomic():
        raw.update(unit_label=unit_label)


def test_one_target_per_period(cast, measure):
    indicator = plan_actions.add_indicator(
        by=cast.klima, measure=measure, name="Biler", unit_label="stk", direction="up"
    )
    for tertial in (None, 2):
        indicator.targets.create(year=2027, tertial=tertial, value=1)
        with pytest.raises(IntegrityError), transaction.atomic():
            indicator.targets.create(year=2027, tertial=tertial, value=2)


# --- Dependencies -----------------------------------------------------------------------------------------


def make(code, needs=()):
    return create_measure(
        by=DEMO, head=head(code, needs=frozenset(one.pk for one in needs)), state=S.IDEA, unit=None
    )


def test_a_ring_is_refused_with_words_and_by_the_database(cast):
    first = make("A")
    second = make("B", [first])
    third = make("C", [second])
    with pytest.raises(Refused, match="C avhenger selv av A"):
        edit_measure(by=cast.klima, measure=first, version=1, head=head("A", needs=frozenset({third.pk})))
    assert not first.needs_links.exists()
    assert fresh(first).version == 1
    with pytest.raises(DatabaseError, match="cannot depend on itself"), transaction.atomic():
        MeasureDependency.objects.create(measure=first, needs=third)
    MeasureDependency.objects.create(measure=third, needs=first)


def race(ids):
    """Both ends of a ring at once, each in its own transaction; how many got through."""
    barrier, done = threading.Barrier(2, timeout=20), []

    def link(measure, needs):
        try:
            with transaction.atomic():
                # Both have begun before either has written.
                Measure.objects.count()
                barrier.wait()
                MeasureDependency.objects.create(measure_id=measure, needs_id=needs)
            done.append(measure)
        except DatabaseError:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=link, args=pair) for pair in (ids, ids[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return len(done)


def race_anew(ids):
    MeasureDependency.objects.all().delete()
    return race(ids)


@pytest.mark.django_db(transaction=True)
def test_two_cannot_close_a_ring_together():
    ids = make("A").pk, make("B").pk
    for _round in range(5):
        assert race_anew(ids) == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_get_through():
    """Negative control: the trigger without its first line lets the ring through."""
    ids = make("A").pk, make("B").pk
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_functiondef(tgfoid), tgfoid::regproc::text FROM pg_trigger"
            " WHERE tgrelid = 'strategy_measuredependency'::regclass AND tgname LIKE 'pgtrigger_no_cycle%'"
        )
        source, _name = cursor.fetchone()
        assert "pg_advisory_xact_lock" in source
    with as_owner() as owners, owners.cursor() as cursor:
        cursor.execute(
            source.replace("pg_advisory_xact_lock(hashtext('strategy_measuredependency'))", "pg_sleep(0.3)")
        )
    try:
        # On a busy machine one of them may be done before the other looks.
        assert any(race_anew(ids) == 2 for _round in range(10))
    finally:
        with as_owner() as owners, owners.cursor() as cursor:
            cursor.execute(source)


# --- Many at once -----------------------------------------------------------------------------------------


def test_a_reorganisation_is_all_or_nothing(cast, measure):
    other = create_measure(by=DEMO, head=head("T2"), state=S.IDEA, unit=cast.transport)
    day = date(2030, 1, 1)
    move = {"by": cast.klima, "from_unit": cast.transport, "to_unit": cast.kitchen, "since": day}
    with pytest.raises(StaleMeasures) as stale:
        reassign_measures(versions={measure.pk: 1, other.pk: 7}, **move)
    assert stale.value.codes == ("T2",)
    assert not Responsibility.objects.filter(unit=cast.kitchen).exists()
    assert reassign_measures(versions={measure.pk: 1, other.pk: 1}, **move) == 2
    units = Responsibility.objects.valid_on(day).values_list("unit__name", flat=True)
    assert set(units) == {cast.kitchen.name}


def test_a_measure_of_another_unit_is_never_moved_along(cast, measure):
    with pytest.raises(StaleMeasures):
        reassign_measures(
            by=cast.klima,
            versions={measure.pk: 1},
            from_unit=cast.kitchen,
            to_unit=cast.klima_unit,
            since=date(2030, 1, 1),
        )


def test_nothing_moves_to_a_unit_that_closes_before(cast, measure):
    closed = Unit.objects.create(name="Nedlagt", kind=UnitKind.UNIT, valid_to=date(2029, 12, 31))
    with pytest.raises(Refused, match="finnes ikke på den datoen"):
        reassign_measures(
            by=cast.klima,
            versions={measure.pk: 1},
            from_unit=cast.transport,
            to_unit=closed,
            since=date(2030, 1, 1),
        )
    assert measure.responsibilities.count() == 1
