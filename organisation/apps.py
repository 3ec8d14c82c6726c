from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from web.contributions import CalendarEntry, Task, calendar_entry, min_side_task, register

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def organisation_tasks(user: AbstractBaseUser, now: datetime) -> Iterator[Task]:
    """A role of hers that ends and is not handed over, and people proposed to the unit she leads."""
    # Models are not loaded when this module is.
    from organisation.queries.tasks import open_handovers, open_proposals  # noqa: PLC0415
    from organisation.words.tasks import handover_task, proposal_task  # noqa: PLC0415

    yield from map(handover_task, open_handovers(user, now))
    yield from map(proposal_task, open_proposals(user))


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
        register(calendar_entry, year_in_calendar)
