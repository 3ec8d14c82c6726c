from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from web.contributions import Task, min_side_task, register

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def activity_tasks(user: AbstractBaseUser, now: datetime) -> Iterator[Task]:
    """Figures of last year that were there the years before."""
    # Models are not loaded when this module is.
    from emissions.queries.own_operations import figures_to_enter  # noqa: PLC0415
    from emissions.words import own_operations  # noqa: PLC0415

    return own_operations.activity_tasks(figures_to_enter(user, timezone.localdate(now).year - 1))


class EmissionsConfig(AppConfig):
    name = "emissions"
    verbose_name = _("Klimaregnskap")

    def ready(self) -> None:
        register(min_side_task, activity_tasks)
