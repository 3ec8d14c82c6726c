"""The steps of the analysis unit in a period: done, not done after all, due another day."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import User
from organisation.rules import Permission, read_duties, require
from reporting.enums import PeriodStepKind
from reporting.models import Period, PeriodStep
from web.actor_columns import actor_values
from web.actors import Actor, SystemActor, acting
from web.concurrency import StaleObject, save_versioned


def finish_step(*, by: Actor, period: Period, kind: PeriodStepKind, version: int, comment: str = "") -> None:
    """The analyst has done the step; `comment` is what was found. Done again it stands as it was done.

    Raises StaleObject and PermissionDenied.
    """
    require(by, Permission.ANALYSE_PERIOD)
    with acting(by, _("Fullførte et steg i perioden")):
        step = _step(period, kind)
        if step is not None and step.done_at is not None:
            return
        fields = {
            "done_at": timezone.now(),
            **actor_values("done_by", by),
            "comment": comment.strip(),
        }
        _store(period, kind, step, version, fields)


def undo_step(*, by: Actor, period: Period, kind: PeriodStepKind, version: int) -> None:
    """The step is not done after all. Raises StaleObject and PermissionDenied."""
    require(by, Permission.ANALYSE_PERIOD)
    with acting(by, _("Åpnet et steg i perioden igjen")):
        step = _step(period, kind)
        if step is None or step.done_at is None:
            return
        _store(period, kind, step, version, {"done_at": None, **actor_values("done_by", None)})


def set_step_deadline(
    *, by: Actor, period: Period, kind: PeriodStepKind, version: int, due_at: datetime | None
) -> None:
    """Klima or the analyst says when the step is due; None is the usual deadline.

    Raises StaleObject and PermissionDenied.
    """
    if not isinstance(by, SystemActor):
        wanted = {Permission.ANALYSE_PERIOD, Permission.ASSURE_REPORT}
        if not isinstance(by, User) or not wanted & read_duties(by).permissions:
            raise PermissionDenied
    with acting(by, _("Satte frist for et steg i perioden")):
        _store(period, kind, _step(period, kind), version, {"due_at": due_at})


def _step(period: Period, kind: PeriodStepKind) -> PeriodStep | None:
    """The step if anything is stored about it; the period is held, so that only one makes it."""
    Period.objects.select_for_update(no_key=True).get(pk=period.pk)
    return PeriodStep.objects.filter(period=period, kind=kind).first()


def _store(
    period: Period, kind: PeriodStepKind, step: PeriodStep | None, version: int, fields: dict[str, Any]
) -> None:
    if step is not None:
        save_versioned(step, expected=version, fields=fields)
        return
    if version:
        raise StaleObject(None)
    PeriodStep.objects.create(period=period, kind=kind, **fields)
