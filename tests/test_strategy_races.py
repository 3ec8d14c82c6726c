"""Two at once in the strategy: one wins, the other is told, and nothing slips in after adoption.

Each race has a negative control: without the protection the same harness loses.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from strategy.actions import hearings as hearings_module
from strategy.actions import transitions as transitions_module
from strategy.actions.hearings import answer_hearing, close_round, dispose_remark, publish_round
from strategy.actions.measures import MeasureHead, create_measure
from strategy.actions.structure import save_theme
from strategy.actions.transitions import adopt_strategy
from strategy.enums import Disposition, MeasureKind, MeasureState, Verdict
from strategy.models import (
    HearingAnswer,
    HearingRemark,
    Measure,
    Responsibility,
    Strategy,
    StrategyTransition,
    Theme,
)
from tests.cast import Cast
from tests.races import Later, at_once, both_meet, other_connection, run, without_locks, without_triggers
from tests.strategy_world import adopt, answer_of, make_draft, send
from web.actors import DEMO
from web.concurrency import StaleObject
from web.refusals import Refused

pytestmark = pytest.mark.django_db(transaction=True)

DAY = date(2026, 6, 15)
CANNOT = "an adopted strategy cannot be changed"
# What an editor writes past the action: a child of the strategy, and a grandchild.
EDITS = ("UPDATE strategy_focusarea SET description = 'Ny'", "UPDATE strategy_theme SET title = 'Ny'")


def adopts(draft: Strategy, by: Any, case: str) -> Callable[[], Any]:
    return lambda: adopt_strategy(
        by=by,
        strategy=draft,
        version=draft.version,
        decided_by="kommunestyret",
        decided_on=DAY,
        case_number=case,
    )


# --- Adoption ------------------------------------------------------------------------------------------


def test_two_who_register_different_decisions_are_not_both_told_that_it_counts(cast: Cast) -> None:
    draft = make_draft()
    results = at_once(adopts(draft, cast.klima, "26/1"), adopts(draft, DEMO, "26/2"))
    refused = [result for result in results if isinstance(result, Refused)]
    kept = [result for result in results if isinstance(result, Strategy)]
    assert (len(kept), len(refused)) == (1, 1)
    assert "andre opplysninger" in str(refused[0])
    stored = Strategy.objects.get()
    assert (stored.state, stored.case_number) == ("adopted", kept[0].case_number)
    assert StrategyTransition.objects.count() == 1


def test_the_same_decision_registered_twice_at_once_is_one(cast: Cast) -> None:
    draft = make_draft()
    results = at_once(*[adopts(draft, cast.klima, "26/1")] * 4)
    assert {result.version for result in results} == {draft.version + 1}
    assert StrategyTransition.objects.count() == 1


def test_control_without_lock_version_and_trigger_it_is_adopted_twice(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = make_draft()
    without_locks(monkeypatch, transitions_module)
    both_meet(monkeypatch, transitions_module, "what_is_missing")
    with without_triggers("strategy_strategy"):
        results = at_once(adopts(draft, cast.klima, "26/1"), adopts(draft, DEMO, "26/2"))
    assert [type(result).__name__ for result in results] == ["Strategy", "Strategy"]
    assert StrategyTransition.objects.count() == 2


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_opened_before_adoption_is_not_committed_after_it(transactional_db: None, edit: str) -> None:
    draft = make_draft()
    with other_connection() as other:
        run(other, "SELECT state FROM strategy_strategy")
        adopt(draft)
        with pytest.raises(DatabaseError, match=CANNOT):
            run(other, edit)


@pytest.mark.parametrize("edit", EDITS)
def test_control_without_the_trigger_the_same_edit_slips_in(transactional_db: None, edit: str) -> None:
    draft = make_draft()
    with without_triggers("strategy_focusarea", "strategy_theme"), other_connection() as other:
        run(other, "SELECT state FROM strategy_strategy")
        adopt(draft)
        run(other, edit)
        other.commit()
    draft.refresh_from_db()
    written = {*draft.focus_areas.values_list("description", flat=True), Theme.objects.get().title}
    assert draft.state == "adopted"
    assert "Ny" in written


def test_adoption_waits_for_an_edit_and_adopts_it(transactional_db: None) -> None:
    draft = make_draft()
    with other_connection() as other:
        run(other, EDITS[1])
        adoption = Later(lambda: adopt(draft))
        assert adoption.waits()
        other.commit()
    assert adoption.ended().state == "adopted"
    assert Theme.objects.get().title == "Ny"


def test_an_edit_waits_for_adoption_and_is_refused(cast: Cast) -> None:
    draft = make_draft()
    area = draft.focus_areas.get(title="Mobilitet")

    def raw() -> None:
        with connection.cursor() as cursor:
            cursor.execute(EDITS[0])

    def through_the_action() -> None:
        save_theme(by=cast.klima, area=area, version=draft.version, title="Buss")

    with transaction.atomic():
        adopt(draft)
        late = [Later(raw), Later(through_the_action)]
        assert all(one.waits() for one in late)
    assert CANNOT in str(late[0].ended())
    assert isinstance(late[1].ended(), Refused)
    assert Theme.objects.get().title == "Sykkel"


# --- Hearings ------------------------------------------------------------------------------------------


def answers(given: HearingAnswer, by: Any, word: str) -> Callable[[], Any]:
    """The same remark on every section, so that a mixture of two answers shows."""
    sections = given.round.sections.values_list("pk", flat=True)
    texts = dict.fromkeys(sections, word)
    mine = HearingAnswer.objects.get(pk=given.pk)
    return lambda: answer_hearing(
        by=by, answer=mine, version=mine.version, verdict=Verdict.REMARKS, remarks=texts
    )


def words_of(given: HearingAnswer) -> set[str]:
    return set(given.remarks.values_list("text", flat=True))


def test_two_people_answering_for_one_unit_one_saves_and_the_other_is_told(cast: Cast) -> None:
    given = answer_of(send(make_draft(), [cast.transport]), cast.transport)
    for _round in range(3):
        given.refresh_from_db()
        before = given.version
        results = at_once(
            answers(given, cast.kontakt, f"A{before}"), answers(given, cast.leder, f"B{before}")
        )
        assert sorted(type(result).__name__ for result in results) == ["HearingAnswer", "StaleObject"]
        given.refresh_from_db()
        winner = "A" if isinstance(results[0], HearingAnswer) else "B"
        assert given.version == before + 1
        assert words_of(given) == {f"{winner}{before}"}


def test_control_without_lock_and_version_both_are_told_that_they_saved(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = answer_of(send(make_draft(), [cast.transport]), cast.transport)
    answers(given, cast.kontakt, "Først")()
    given.refresh_from_db()
    without_locks(monkeypatch, hearings_module)
    both_meet(monkeypatch, hearings_module, "_check_answer")
    results = at_once(answers(given, cast.kontakt, "A"), answers(given, cast.leder, "B"))
    assert [type(result).__name__ for result in results] == ["HearingAnswer", "HearingAnswer"]
    assert len(words_of(given)) == 1, "one of the two is lost"


def remark_of(cast: Cast) -> HearingRemark:
    given = answer_of(send(make_draft(), [cast.transport]), cast.transport)
    section = given.round.sections.order_by("order")[0]
    answer_hearing(
        by=DEMO, answer=given, version=1, verdict=Verdict.REMARKS, remarks={section.pk: "Mer buss"}
    )
    return HearingRemark.objects.get()


def disposes(remark: HearingRemark, disposition: Disposition) -> Callable[[], Any]:
    mine = HearingRemark.objects.get(pk=remark.pk)
    return lambda: dispose_remark(
        by=DEMO, remark=mine, version=mine.version, disposition=disposition, reason=str(disposition)
    )


def test_two_dispositions_of_one_remark_one_counts(cast: Cast) -> None:
    remark = remark_of(cast)
    for _round in range(3):
        remark.refresh_from_db()
        before = remark.version
        results = at_once(disposes(remark, Disposition.LATER), disposes(remark, Disposition.REJECTED))
        assert sum(isinstance(result, StaleObject) for result in results) == 1
        remark.refresh_from_db()
        winner = next(result for result in results if isinstance(result, HearingRemark))
        assert (remark.version, remark.disposition) == (before + 1, winner.disposition)


def test_control_without_lock_and_version_both_dispositions_count(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    remark = remark_of(cast)
    without_locks(monkeypatch, hearings_module)
    results = at_once(disposes(remark, Disposition.LATER), disposes(remark, Disposition.REJECTED))
    assert [type(result).__name__ for result in results] == ["HearingRemark", "HearingRemark"]
    remark.refresh_from_db()
    assert remark.version == 2, "one of the two is lost"


def test_a_remark_taken_back_while_it_is_disposed_of(cast: Cast) -> None:
    remark = remark_of(cast)
    given = HearingAnswer.objects.get()
    late = disposes(remark, Disposition.LATER)
    answer_hearing(
        by=cast.kontakt, answer=given, version=given.version, verdict=Verdict.NO_REMARKS, remarks={}
    )
    with pytest.raises(StaleObject) as told:
        late()
    assert told.value.obj is None


def test_a_remark_is_not_disposed_of_while_the_summary_is_published(cast: Cast) -> None:
    remark = remark_of(cast)
    disposes(remark, Disposition.INCLUDED)()
    hearing = HearingAnswer.objects.get().round
    hearing = close_round(by=DEMO, hearing=hearing, version=hearing.version)
    with transaction.atomic():
        publish_round(by=DEMO, hearing=hearing, version=hearing.version, summary="Takk")
        late = Later(disposes(remark, Disposition.REJECTED))
        assert late.waits()
    assert isinstance(late.ended(), Refused)
    remark.refresh_from_db()
    assert remark.disposition == Disposition.INCLUDED


# --- Who follows up what others carry out ----------------------------------------------------------------

ACTOR = "UPDATE strategy_measure SET external_actor = 'Staten'"
NOBODY = "DELETE FROM strategy_responsibility"


def each_breaks_half_of_the_rule(cast: Cast) -> list[Any]:
    """One names the external actor while the other takes away the unit; neither alone breaks the rule."""
    head = MeasureHead(code="T9", title="Tog", kind=MeasureKind.TILTAK, level="municipal")
    create_measure(by=DEMO, head=head, state=MeasureState.PROPOSED, unit=cast.transport)
    written = threading.Barrier(2)

    def executing(sql: str) -> Callable[[], None]:
        def work() -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql)
                written.wait(10)

        return work

    return at_once(executing(ACTOR), executing(NOBODY))


def test_of_two_that_together_leave_nobody_to_follow_up_one_is_refused(cast: Cast) -> None:
    results = each_breaks_half_of_the_rule(cast)
    assert sum(isinstance(result, IntegrityError) for result in results) == 1
    assert Responsibility.objects.exists() or not Measure.objects.get().external_actor


def test_control_without_the_triggers_nobody_follows_up(cast: Cast) -> None:
    with without_triggers("strategy_measure", "strategy_responsibility"):
        assert each_breaks_half_of_the_rule(cast) == [None, None]
    assert Measure.objects.get().external_actor
    assert not Responsibility.objects.exists()
