"""Units: made, renamed, moved, closed and handed over whole, at once or on a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from organisation.actions.units import cancel_change, carry_out_due_changes, create_unit, plan_change
from organisation.enums import Role, UnitChangeKind, UnitChangeState, UnitKind
from organisation.models import Appointment, Unit, UnitChange
from tests.cast import Cast
from web import contributions
from web.actors import WORKER, Actor
from web.contributions import SLOTS, Holder, Holding, HoldingGoes, holding, register
from web.refusals import Closed, Refused

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def nothing_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contributions, "_providers", {slot: [] for slot in SLOTS})


def today() -> date:
    return timezone.localdate()


def test_a_unit_is_made_from_a_day(cast: Cast) -> None:
    unit = create_unit(
        by=cast.admin,
        name="  Vann  og avløp ",
        kind=UnitKind.UNIT,
        parent=cast.area,
        valid_from=today() + DAY,
    )
    assert (unit.name, unit.parent, unit.valid_from) == ("Vann og avløp", cast.area, today() + DAY)
    with pytest.raises(Refused, match="som heter det"):
        create_unit(by=cast.admin, name="vann og AVLØP", kind=UnitKind.UNIT, parent=None)


@pytest.mark.parametrize("name", ["klima", "leder", "kontakt", "revisor"])
def test_only_the_administrator_changes_units(cast: Cast, name: str) -> None:
    by = cast.people()[name]
    with pytest.raises(PermissionDenied):
        create_unit(by=by, name="Ny", kind=UnitKind.UNIT, parent=None)
    with pytest.raises(PermissionDenied):
        plan_change(by=by, unit=cast.kitchen, kind=UnitChangeKind.RENAME, on=today(), name="Ny")
    assert not UnitChange.objects.exists()


def test_a_new_name_at_once(cast: Cast) -> None:
    change = plan_change(by=cast.admin, unit=cast.kitchen, kind=UnitChangeKind.RENAME, on=today(), name="Mat")
    cast.kitchen.refresh_from_db()
    assert (cast.kitchen.name, change.state, cast.kitchen.version) == ("Mat", UnitChangeState.DONE, 2)


def test_a_move_on_a_day_is_done_by_the_job(cast: Cast) -> None:
    other = Unit.objects.create(name="Samfunn", kind=UnitKind.AREA)
    on = today() + 3 * DAY
    plan_change(by=cast.admin, unit=cast.kitchen, kind=UnitChangeKind.MOVE, on=on, parent=other)
    assert carry_out_due_changes(by=WORKER, today=on - DAY) == 0
    cast.kitchen.refresh_from_db()
    assert cast.kitchen.parent == cast.area
    assert carry_out_due_changes(by=WORKER, today=on) == 1
    assert carry_out_due_changes(by=WORKER, today=on) == 0
    cast.kitchen.refresh_from_db()
    assert cast.kitchen.parent == other


def test_a_unit_under_its_own_child(cast: Cast) -> None:
    with pytest.raises(Refused, match="ligger selv under Tjenester og drift"):
        plan_change(by=cast.admin, unit=cast.area, kind=UnitChangeKind.MOVE, on=today(), parent=cast.kitchen)


def test_two_planned_moves_that_make_a_circle_together(cast: Cast) -> None:
    """Each is fine the day it is planned; the second one is stopped on its day, and says why."""
    first, second = (Unit.objects.create(name=name, kind=UnitKind.AREA) for name in ("En", "To"))
    on = today() + DAY
    plan_change(by=cast.admin, unit=first, kind=UnitChangeKind.MOVE, on=on, parent=second)
    plan_change(by=cast.admin, unit=second, kind=UnitChangeKind.MOVE, on=on, parent=first)
    assert carry_out_due_changes(by=WORKER, today=on) == 1
    stopped = UnitChange.objects.get(unit=second)
    assert stopped.state == UnitChangeState.STOPPED
    assert "ligger selv under To" in stopped.stopped_because


def test_the_same_twice_is_refused_and_a_planned_one_is_cancelled(cast: Cast) -> None:
    on = today() + DAY
    change = plan_change(by=cast.admin, unit=cast.kitchen, kind=UnitChangeKind.RENAME, on=on, name="Mat")
    with pytest.raises(Refused, match="allerede planlagt"):
        plan_change(by=cast.admin, unit=cast.kitchen, kind=UnitChangeKind.RENAME, on=on, name="Kjøkken")
    cancel_change(by=cast.admin, change=change, expected=1)
    assert carry_out_due_changes(by=WORKER, today=on) == 0
    with pytest.raises(Closed):
        cancel_change(by=cast.admin, change=change, expected=2)


def test_a_closed_unit_ends_its_roles_the_day_before(cast: Cast) -> None:
    plan_change(by=cast.admin, unit=cast.kitchen, kind=UnitChangeKind.CLOSE, on=today())
    cast.kitchen.refresh_from_db()
    assert cast.kitchen.valid_to == today() - DAY
    assert {row.valid_to for row in Appointment.objects.filter(unit=cast.kitchen)} == {today() - DAY}
    with pytest.raises(Closed, match="lagt ned"):
        plan_change(by=cast.admin, unit=cast.kitchen, kind=UnitChangeKind.RENAME, on=today(), name="Mat")


def test_a_unit_with_units_under_it_is_not_closed(cast: Cast) -> None:
    with pytest.raises(Refused, match="Ernæring og kjøkkendrift, Samferdsel"):
        plan_change(by=cast.admin, unit=cast.area, kind=UnitChangeKind.CLOSE, on=today())


@pytest.fixture
def moved() -> list[tuple[str, int, date]]:
    return []


@pytest.fixture
def held(cast: Cast, moved: list[tuple[str, int, date]]) -> None:
    """Two rooms that hold something of the kitchen's, in an order, and one thing that stays."""

    def provider(kind: str) -> None:
        def answers(holder: Holder, day: date) -> Iterator[Holding]:
            if holder.unit != cast.kitchen.pk:
                return

            def move(by: Actor, to: int, on: date) -> None:
                moved.append((kind, to, on))

            yield Holding(kind=kind, count=2, sentence=f"2 {kind}", goes=HoldingGoes.TO_SUCCESSOR, move=move)
            yield Holding(kind="sent", count=1, sentence="1 sendt", goes=HoldingGoes.STAYS)

        register(holding, answers)

    provider("tiltak")
    provider("rapporter")


def test_what_hangs_on_it_needs_somewhere_to_go(cast: Cast, held: None, moved: list[object]) -> None:
    with pytest.raises(Refused, match="2 tiltak, 2 rapporter"):
        plan_change(by=cast.admin, unit=cast.kitchen, kind=UnitChangeKind.CLOSE, on=today())
    plan_change(
        by=cast.admin,
        unit=cast.kitchen,
        kind=UnitChangeKind.CLOSE,
        on=today(),
        successor=cast.transport,
    )
    assert moved == [("tiltak", cast.transport.pk, today()), ("rapporter", cast.transport.pk, today())]


def test_all_is_handed_over_and_the_unit_stands(cast: Cast, held: None, moved: list[object]) -> None:
    plan_change(
        by=cast.admin,
        unit=cast.kitchen,
        kind=UnitChangeKind.HAND_ALL,
        on=today(),
        successor=cast.transport,
    )
    cast.kitchen.refresh_from_db()
    assert (cast.kitchen.valid_to, len(moved)) == (None, 2)


def test_what_blocks_is_told_and_nothing_is_done(cast: Cast, held: None, moved: list[object]) -> None:
    def open_report(holder: Holder, day: date) -> Iterator[Holding]:
        yield Holding(
            kind="report",
            count=1,
            sentence="Klimarapporten",
            goes=HoldingGoes.WITH_UNIT,
            blocks="Byggesak har en åpen klimarapport.",
        )

    register(holding, open_report)
    with pytest.raises(Refused, match="åpen klimarapport"):
        plan_change(
            by=cast.admin,
            unit=cast.kitchen,
            kind=UnitChangeKind.CLOSE,
            on=today(),
            successor=cast.transport,
        )
    cast.kitchen.refresh_from_db()
    assert (cast.kitchen.valid_to, moved, UnitChange.objects.count()) == (None, [], 0)


def test_a_move_that_fails_undoes_the_whole(cast: Cast, held: None, moved: list[object]) -> None:
    def refuses(holder: Holder, day: date) -> Iterator[Holding]:
        def move(by: Actor, to: int, on: date) -> None:
            raise Refused("Kan ikke flyttes.")

        yield Holding(kind="x", count=1, sentence="1 x", goes=HoldingGoes.TO_SUCCESSOR, move=move)

    register(holding, refuses)
    with pytest.raises(Refused, match="Kan ikke flyttes"):
        plan_change(
            by=cast.admin,
            unit=cast.kitchen,
            kind=UnitChangeKind.CLOSE,
            on=today(),
            successor=cast.transport,
        )
    assert not UnitChange.objects.exists()
    assert Appointment.objects.filter(unit=cast.kitchen, valid_to=None, role=Role.CONTACT).exists()
