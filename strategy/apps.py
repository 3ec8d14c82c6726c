from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from web.contributions import (
    CalendarEntry,
    FirstDayStep,
    Holder,
    Holding,
    Task,
    calendar_entry,
    first_day_step,
    holding,
    min_side_task,
    register,
)

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

# Models are not loaded when this module is: what needs them is imported inside the functions.


def hearing_tasks(user: AbstractBaseUser, now: datetime) -> Iterator[Task]:
    """Hearings to answer in, and for Klima those to go on with."""
    from strategy.queries.hearings import waiting_hearings  # noqa: PLC0415
    from strategy.words import hearings  # noqa: PLC0415

    return hearings.hearing_tasks(waiting_hearings(user, now), now)


def hearing_deadlines(user: AbstractBaseUser, start: date, end: date) -> Iterator[CalendarEntry]:
    """Deadlines of open hearings, both days included."""
    from strategy.queries.hearings import hearings_due  # noqa: PLC0415
    from strategy.words import hearings  # noqa: PLC0415

    return hearings.hearing_deadlines(hearings_due(user, start, end))


def decision_tasks(user: AbstractBaseUser, now: datetime) -> Iterator[Task]:
    """Open decisions with a deadline near or past."""
    from strategy.queries.decisions import near_decisions  # noqa: PLC0415
    from strategy.words import decisions  # noqa: PLC0415

    today = timezone.localdate(now)
    return decisions.decision_tasks(near_decisions(user, today), today)


def decision_deadlines(user: AbstractBaseUser, start: date, end: date) -> Iterator[CalendarEntry]:
    """Deadlines of open decisions, both days included."""
    from strategy.queries.decisions import decisions_due  # noqa: PLC0415
    from strategy.words import decisions  # noqa: PLC0415

    return decisions.decision_deadlines(decisions_due(user, start, end))


def holdings_of(holder: Holder, day: date) -> Iterator[Holding]:
    """What of the strategy hangs on a unit, and what waits for a person in it."""
    from strategy.actions.holding import unit_moves  # noqa: PLC0415
    from strategy.queries.holding import held_by_person, held_by_unit  # noqa: PLC0415
    from strategy.words.holding import person_holdings, unit_holdings  # noqa: PLC0415

    if holder.unit is not None:
        yield from unit_holdings(held_by_unit(holder.unit, day), unit_moves(holder.unit))
    if holder.person is not None:
        yield from person_holdings(held_by_person(holder.person, day))


def strategy_steps(user: AbstractBaseUser) -> Iterator[FirstDayStep]:
    """The target and the measures."""
    from organisation.rules import Permission, has_permission  # noqa: PLC0415
    from strategy.queries.first_day import first_day  # noqa: PLC0415
    from strategy.words.first_day import first_day_steps  # noqa: PLC0415

    yield from first_day_steps(first_day(), may=has_permission(user, Permission.EDIT_STRATEGY))


class StrategyConfig(AppConfig):
    name = "strategy"
    verbose_name = _("Strategi")

    def ready(self) -> None:
        register(min_side_task, hearing_tasks)
        register(calendar_entry, hearing_deadlines)
        register(min_side_task, decision_tasks)
        register(calendar_entry, decision_deadlines)
        register(holding, holdings_of)
        register(first_day_step, strategy_steps)
