from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from web.contributions import (
    CalendarEntry,
    FirstDayStep,
    Retention,
    Task,
    calendar_entry,
    first_day_step,
    min_side_task,
    register,
    retention,
)

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def organisation_tasks(user: AbstractBaseUser, now: datetime) -> Iterator[Task]:
    """Her role that ends, people proposed to the unit she leads, and what has no owner in her units."""
    # Models are not loaded when this module is.
    from organisation.queries.tasks import open_handovers, open_proposals, unowned_in_her_units  # noqa: PLC0415
    from organisation.words.tasks import handover_task, proposal_task  # noqa: PLC0415
    from organisation.words.unowned import unowned_task  # noqa: PLC0415

    yield from map(handover_task, open_handovers(user, now))
    yield from map(proposal_task, open_proposals(user))
    if found := unowned_in_her_units(user, now):
        yield unowned_task(found)


def organisation_steps(user: AbstractBaseUser) -> Iterator[FirstDayStep]:
    """The municipality, its units and its first people."""
    from organisation.queries.first_day import first_day  # noqa: PLC0415
    from organisation.rules import Permission, has_permission  # noqa: PLC0415
    from organisation.words.first_day import first_day_steps  # noqa: PLC0415

    if (found := first_day()) is not None:
        yield from first_day_steps(found, may=has_permission(user, Permission.MANAGE_ORGANISATION))


def ages() -> list[Retention]:
    """What of the organisation's has an age."""
    from organisation.actions import ages as there  # noqa: PLC0415

    return there.ages()


def year_in_calendar(user: AbstractBaseUser, start: date, end: date) -> Iterator[CalendarEntry]:
    """What comes of the municipality's year, for those who read from inside."""
    from organisation.queries.year import is_told_here, year_plan  # noqa: PLC0415
    from organisation.rules import Permission, has_permission  # noqa: PLC0415
    from organisation.words.year import year_entry  # noqa: PLC0415

    if has_permission(user, Permission.READ_INTERNAL):
        for day, mark in year_plan().between(start, end, is_told_here):
            yield year_entry(day, mark)


class OrganisationConfig(AppConfig):
    name = "organisation"
    verbose_name = _("Organisasjon")

    def ready(self) -> None:
        register(min_side_task, organisation_tasks)
        register(first_day_step, organisation_steps)
        register(retention, ages)
        register(calendar_entry, year_in_calendar)
