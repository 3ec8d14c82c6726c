"""Two who end each other's roles, two who draw a circle of units, and who closes what another gives to.

Each race has a control: the same without the lock goes wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.utils import timezone

from organisation.actions import appointments, units
from organisation.actions.appointments import end_role, give_role
from organisation.actions.units import plan_change
from organisation.enums import Role, UnitChangeKind, UnitKind
from organisation.models import Appointment, Unit
from strategy.actions import measures
from strategy.actions.measures import MeasureHead, create_measure
from strategy.actions.responsibility import refuse_unfit
from strategy.enums import Level, MeasureKind, MeasureState
from strategy.models import Responsibility
from tests.cast import Cast
from tests.races import at_once
from web.refusals import Refused

pytestmark = pytest.mark.django_db(transaction=True)


def today() -> date:
    return timezone.localdate()


def end_each_other(cast: Cast) -> list[Any]:
    give_role(by=cast.admin, user=cast.ingen, role=Role.ADMIN)
    first, second = Appointment.objects.filter(role=Role.ADMIN).order_by("pk")

    def ends(row: Appointment, by: Any) -> Callable[[], None]:
        return lambda: end_role(by=by, appointment=row, last_day=today(), expected=1)

    return at_once(ends(first, cast.ingen), ends(second, cast.admin))


def administrators_left() -> int:
    return Appointment.objects.filter(role=Role.ADMIN, valid_to=None).count()


def test_of_two_who_end_each_other_one_is_refused(cast: Cast) -> None:
    results = end_each_other(cast)
    assert sum(isinstance(one, Refused) for one in results) == 1
    assert administrators_left() == 1


def test_without_the_lock_both_are_gone(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    both_have_looked = Barrier(2, timeout=20)

    @contextmanager
    def looks_only() -> Iterator[None]:
        yield
        assert Appointment.objects.filter(role=Role.ADMIN, valid_to=None).exists()
        both_have_looked.wait()

    monkeypatch.setattr(appointments, "administrators_kept", looks_only)
    assert end_each_other(cast) == [None, None]
    assert administrators_left() == 0


def make_a_circle() -> list[Any]:
    by = Appointment.objects.get(role=Role.ADMIN).user
    first, second = (Unit.objects.create(name=name, kind=UnitKind.AREA) for name in ("En", "To"))

    def under(unit: Unit, parent: Unit) -> Callable[[], Any]:
        return lambda: plan_change(by=by, unit=unit, kind=UnitChangeKind.MOVE, on=today(), parent=parent)

    return at_once(under(first, second), under(second, first))


def circles() -> int:
    return Unit.objects.filter(name__in=["En", "To"], parent__isnull=False).count()


def test_of_two_moves_that_make_a_circle_one_is_refused(cast: Cast) -> None:
    results = make_a_circle()
    assert sum(isinstance(one, Refused) for one in results) == 1
    assert circles() == 1


def test_without_the_lock_there_is_a_circle(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    both_have_looked = Barrier(2, timeout=20)
    refuses = units._REFUSALS[UnitChangeKind.MOVE]

    def looks(change: Any, unit: Any) -> None:
        refuses(change, unit)
        both_have_looked.wait()

    monkeypatch.setattr(units, "locked_tree", lambda: None)
    monkeypatch.setitem(units._REFUSALS, UnitChangeKind.MOVE, looks)
    results = make_a_circle()
    assert not any(isinstance(one, Refused) for one in results)
    assert circles() == 2


def close_and_give(cast: Cast) -> list[Any]:
    """The unit is closed by the administrator while Klima makes a measure for it."""
    head = MeasureHead(code="T1", title="Tiltak", kind=MeasureKind.TILTAK, level=Level.MUNICIPAL)

    def closes() -> Any:
        return plan_change(
            by=cast.admin, unit=cast.kitchen, kind=UnitChangeKind.CLOSE, on=today(), successor=None
        )

    def gives() -> Any:
        return create_measure(by=cast.klima, head=head, state=MeasureState.IDEA, unit=cast.kitchen)

    return at_once(closes, gives)


def answers_in_a_closed_unit() -> bool:
    unit = Unit.objects.get(name="Ernæring og kjøkkendrift")
    return unit.valid_to is not None and Responsibility.objects.filter(unit=unit, valid_to=None).exists()


def test_nothing_is_given_to_a_unit_that_is_being_closed(cast: Cast) -> None:
    results = close_and_give(cast)
    refused = [str(one) for one in results if isinstance(one, Refused)]
    assert len(refused) == 1, results
    assert "Velg hvem som overtar." in refused[0] or "finnes ikke på den datoen" in refused[0]
    assert not answers_in_a_closed_unit()


def test_without_the_lock_a_closed_unit_answers(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    both_have_looked = Barrier(2, timeout=20)
    refuses = units._REFUSALS[UnitChangeKind.CLOSE]

    def looks(change: Any, unit: Any) -> None:
        refuses(change, unit)
        both_have_looked.wait()

    def looks_only(unit: Unit, since: date) -> None:
        refuse_unfit(unit, since)
        both_have_looked.wait()

    monkeypatch.setitem(units._REFUSALS, UnitChangeKind.CLOSE, looks)
    monkeypatch.setattr(measures, "refuse_unfit", looks_only)
    monkeypatch.setattr(measures, "hold_units", lambda keys: Unit.objects.in_bulk(list(keys)))
    assert not any(isinstance(one, Refused) for one in close_and_give(cast))
    assert answers_in_a_closed_unit()
