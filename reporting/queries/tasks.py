"""All that waits for a person in reporting, in the order it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser

from reporting.queries import deviation_tasks, follow_ups, period_steps, questions, waiting
from web.contributions import CalendarEntry, Task


def reporting_tasks(user: AbstractBaseUser, now: datetime) -> Iterator[Task]:
    """Reports first, then what leaders ask and confirm, deviations, and the analyst's steps."""
    yield from waiting.tasks_of(user, now)
    yield from questions.question_tasks(user, now)
    yield from follow_ups.leader_tasks(user, now)
    yield from deviation_tasks.deviation_tasks(user, now)
    yield from period_steps.step_tasks(user, now)


def reporting_dates(user: AbstractBaseUser, start: date, end: date) -> Iterator[CalendarEntry]:
    """The user's deadlines in reporting from start to end, both days included."""
    yield from waiting.deadlines_of(user, start, end)
    yield from deviation_tasks.deviation_dates(user, start, end)
    yield from questions.question_deadlines(user, start, end)
