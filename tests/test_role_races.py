"""A role that ends while its holder takes a step: the step was first and stands, or she is refused.

Each race has a control: the same without holding the role loses.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from organisation.actions.appointments import end_role
from organisation.enums import Role
from organisation.models import Appointment, User
from organisation.rules import fresh_duties
from reporting.actions import chain
from reporting.actions import reports as reports_module
from reporting.actions.reports import approve_report, return_report, submit_report
from reporting.models import ReportTransition
from tests.cast import Cast
from tests.races import Later
from tests.reporting_world import World, build
from web.actors import DEMO
from web.refusals import Closed

pytestmark = pytest.mark.django_db(transaction=True)
YESTERDAY = date(2026, 9, 6)
STEPS = ["approve", "return", "submit"]


@pytest.fixture
def world(transactional_db: None, cast: Cast, clock: object) -> World:
    return build(cast)


def ready(world: World, step: str) -> tuple[Callable[[], Any], User]:
    """The step, with everything before it done, and who takes it."""
    world.answer()
    if step == "submit":
        report, actor = world.report(), world.cast.kontakt
        return lambda: submit_report(by=fresh(actor), report=report, version=report.version), actor
    report, actor = world.submit(), world.cast.leder
    if step == "return":
        return (
            lambda: return_report(by=fresh(actor), report=report, version=report.version, comment="Rett"),
            actor,
        )
    return lambda: approve_report(by=fresh(actor), report=report, version=report.version), actor


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def ends(user: User) -> None:
    appointment = Appointment.objects.get(user=user)
    end_role(by=DEMO, appointment=appointment, last_day=YESTERDAY, expected=appointment.version)


def shuts_out(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def while_it_is_taken(
    monkeypatch: pytest.MonkeyPatch, take: Callable[[], Any], other: Callable[[], None]
) -> list[str]:
    """In which order they committed when `other` comes as the step is moved: checked, and not yet written."""
    committed: list[str] = []
    started: list[Later] = []
    original = reports_module.move_report

    def other_commits() -> None:
        other()
        committed.append("ended")

    def paused(*args: Any, **named: Any) -> None:
        started.append(Later(other_commits))
        started[0].waits()
        original(*args, **named)

    monkeypatch.setattr(reports_module, "move_report", paused)
    with transaction.atomic():
        take()
        committed.append("taken")
    started[0].ended()
    return committed


@pytest.mark.parametrize("leave", [ends, shuts_out])
@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_has_begun_comes_before_the_end(
    world: World, monkeypatch: pytest.MonkeyPatch, step: str, leave: Callable[[User], None]
) -> None:
    take, actor = ready(world, step)
    assert while_it_is_taken(monkeypatch, take, lambda: leave(actor)) == ["taken", "ended"]
    assert world.report().transitions.latest("pk").by == actor


@pytest.mark.parametrize("leave", [ends, shuts_out])
@pytest.mark.parametrize("step", STEPS)
def test_without_holding_the_role_it_would_be_taken_by_one_who_has_left(
    world: World, monkeypatch: pytest.MonkeyPatch, step: str, leave: Callable[[User], None]
) -> None:
    """The negative control: her role ended, and then she took the step."""
    monkeypatch.setattr(chain, "hold_duties", fresh_duties)
    take, actor = ready(world, step)
    assert while_it_is_taken(monkeypatch, take, lambda: leave(actor)) == ["ended", "taken"]


@pytest.mark.parametrize("leave", [ends, shuts_out])
@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_comes_while_the_role_ends_is_refused_whole(
    world: World, step: str, leave: Callable[[User], None]
) -> None:
    """The end is written and not committed: the step waits for it, and is refused with a sentence."""
    take, actor = ready(world, step)
    before = world.report()
    steps = ReportTransition.objects.count()
    with transaction.atomic():
        leave(actor)
        later = Later(take)
        assert later.waits()
    refused = later.ended()
    assert isinstance(refused, Closed)
    assert str(refused) == "Rollen din i Samferdsel, vei- og parkforvaltning er endret. Ingenting er gjort."
    after = world.report()
    assert (after.state, after.version) == (before.state, before.version)
    assert ReportTransition.objects.count() == steps


def test_a_role_ended_before_she_presses_the_button(world: World) -> None:
    """The page was opened with the role she had: what it remembers makes the sentence, not the right."""
    world.answer()
    report, leader = world.submit(), fresh(world.cast.leder)
    chain.relation(leader, report.unit_id)
    ends(world.cast.leder)
    with pytest.raises(Closed, match="Rollen din i Samferdsel"):
        approve_report(by=leader, report=report, version=report.version)


def test_a_stranger_is_told_nothing(world: World) -> None:
    world.answer()
    report = world.submit()
    with pytest.raises(PermissionDenied):
        approve_report(by=fresh(world.cast.annen_leder), report=report, version=report.version)


def test_the_leader_above_and_one_who_stands_in_are_held_too(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.answer()
    report, director = world.submit(), world.cast.direktor
    Appointment.objects.filter(user=world.cast.leder, role=Role.LEADER).update(valid_to=YESTERDAY)

    def take() -> Any:
        return approve_report(by=fresh(director), report=report, version=report.version)

    assert while_it_is_taken(monkeypatch, take, lambda: ends(director)) == ["taken", "ended"]
