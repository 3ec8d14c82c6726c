"""The steps of the analysis unit in a period, whether anything is stored about them yet or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Prefetch

from organisation.rules import Permission, duties
from reporting.enums import PeriodStepKind
from reporting.models import PERIOD_STEP_LABELS, PERIOD_STEP_MEANINGS, Period, PeriodStep

# How long before its deadline a step asks for attention.
ATTENTION = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class StepState:
    """One step. `version` is 0 until something is stored about it."""

    kind: PeriodStepKind
    label: str
    what: str
    due_at: datetime
    done_at: datetime | None = None
    done_by: str = ""
    comment: str = ""
    version: int = 0
    pk: int | None = None

    @property
    def done(self) -> bool:
        return self.done_at is not None


def steps_of(period: Period) -> list[StepState]:
    """All steps in their order; one query."""
    return _states(period, period.steps.select_related("done_by"))


def _states(period: Period, steps: Iterable[PeriodStep]) -> list[StepState]:
    stored = {step.kind: step for step in steps}
    return [_state(period, kind, stored.get(kind)) for kind in PeriodStepKind]


def step_of(period: Period, kind: PeriodStepKind) -> StepState:
    return _state(period, kind, period.steps.select_related("done_by").filter(kind=kind).first())


def usual_deadline(period: Period, kind: PeriodStepKind) -> datetime:
    """When a step is due unless somebody has said otherwise: links with the contacts, money with the leaders,
    the chapter when the period closes."""
    return {
        PeriodStepKind.PLAN_LINKS: period.contact_deadline,
        PeriodStepKind.MONEY: period.leader_deadline,
        PeriodStepKind.CHAPTER: period.closes_at,
    }[kind]


def _state(period: Period, kind: PeriodStepKind, step: PeriodStep | None) -> StepState:
    what = str(PERIOD_STEP_MEANINGS[kind])
    usual = usual_deadline(period, kind)
    label = str(PERIOD_STEP_LABELS[kind])
    if step is None:
        return StepState(kind, label, what, usual)
    return StepState(
        kind=kind,
        label=label,
        what=what,
        due_at=step.due_at or usual,
        done_at=step.done_at,
        done_by=step.done_by_name,
        comment=step.comment,
        version=step.version,
        pk=step.pk,
    )


def steps_near(user: AbstractBaseUser, now: datetime) -> Iterator[tuple[Period, StepState]]:
    """What the analysis unit has left in the open periods, when the deadline is near or gone."""
    if Permission.ANALYSE_PERIOD not in duties(user).permissions:
        return
    periods = Period.objects.filter(opens_at__lte=now, closes_at__gt=now, closed_at__isnull=True)
    steps = Prefetch("steps", PeriodStep.objects.select_related("done_by"))
    for period in periods.prefetch_related(steps).order_by("opens_at"):
        for step in _states(period, period.steps.all()):
            if not step.done and step.due_at <= now + ATTENTION:
                yield period, step
