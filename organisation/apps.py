from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from web.contributions import (
    FirstDayStep,
    Retention,
    Task,
    first_day_step,
    min_side_task,
    register,
    retention,
)

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def organisation_tasks(user: AbstractBaseUser, now: datetime) -> Iterator[Task]:
    """A role of hers that ends and is not handed over, and people proposed to the unit she leads."""
    # Models are not loaded when this module is.
    from organisation.queries.tasks import open_handovers, open_proposals  # noqa: PLC0415
    from organisation.words.tasks import handover_task, proposal_task  # noqa: PLC0415

    yield from map(handover_task, open_handovers(user, now))
    yield from map(proposal_task, open_proposals(user))


def ages() -> list[Retention]:
    """What of the organisation's has an age."""
    from organisation.actions import ages as there  # noqa: PLC0415

    return there.ages()


def organisation_steps(user: AbstractBaseUser) -> Iterator[FirstDayStep]:
    """The municipality, its units and its first people."""
    from organisation.queries.first_day import first_day  # noqa: PLC0415
    from organisation.rules import Permission, has_permission  # noqa: PLC0415
    from organisation.words.first_day import first_day_steps  # noqa: PLC0415

    if (found := first_day()) is not None:
        yield from first_day_steps(found, may=has_permission(user, Permission.MANAGE_ORGANISATION))


class OrganisationConfig(AppConfig):
    name = "organisation"
    verbose_name = _("Organisasjon")

    def ready(self) -> None:
        register(min_side_task, organisation_tasks)
        register(retention, ages)
        register(first_day_step, organisation_steps)
