from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from web.contributions import (
    FirstDayStep,
    Holder,
    Holding,
    Task,
    first_day_step,
    holding,
    min_side_task,
    register,
)

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def activity_tasks(user: AbstractBaseUser, now: datetime) -> Iterator[Task]:
    """Figures of last year that were there the years before."""
    # Models are not loaded when this module is.
    from emissions.queries.own_operations import figures_to_enter  # noqa: PLC0415
    from emissions.words import own_operations  # noqa: PLC0415

    return own_operations.activity_tasks(figures_to_enter(user, timezone.localdate(now).year - 1))


def holdings_of(holder: Holder, day: date) -> Iterator[Holding]:
    """What a unit has entered of own operations. Nothing is a person's."""
    from emissions.actions.holding import unit_moves  # noqa: PLC0415
    from emissions.queries.holding import held_by_unit  # noqa: PLC0415
    from emissions.words.holding import unit_holdings  # noqa: PLC0415

    if holder.unit is not None:
        yield from unit_holdings(held_by_unit(holder.unit), unit_moves(holder.unit))


def statistics_step(user: AbstractBaseUser) -> Iterator[FirstDayStep]:
    """The municipality's own figures from the national statistics."""
    from emissions.enums import Scope  # noqa: PLC0415
    from emissions.queries.editions import edition_in_force  # noqa: PLC0415
    from emissions.words.first_day import first_day_step as step  # noqa: PLC0415
    from organisation.rules import Permission, has_permission  # noqa: PLC0415
    from web.names import own_municipality  # noqa: PLC0415

    edition = edition_in_force(own_municipality(), Scope.COMMUNITY_DIRECT)
    yield step(edition, may=has_permission(user, Permission.IMPORT_EMISSIONS))


class EmissionsConfig(AppConfig):
    name = "emissions"
    verbose_name = _("Klimaregnskap")

    def ready(self) -> None:
        register(min_side_task, activity_tasks, switch="own_operations")
        register(holding, holdings_of)
        register(first_day_step, statistics_step)
