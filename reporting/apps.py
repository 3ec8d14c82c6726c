from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from web.contributions import (
    CalendarEntry,
    Evidence,
    FirstDayStep,
    Holder,
    Holding,
    Objection,
    Retention,
    Task,
    calendar_entry,
    first_day_step,
    holding,
    mail_objection,
    measure_evidence,
    min_side_task,
    register,
    retention,
)

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def reporting_tasks(user: AbstractBaseUser, now: datetime) -> Iterator[Task]:
    """Reports first, then what leaders ask and confirm, deviations, and the analyst's steps."""
    # Models are not loaded when this module is.
    from reporting.queries import deviations, follow_ups, period_steps, questions, waiting  # noqa: PLC0415
    from reporting.words import deviations as deviation_words  # noqa: PLC0415
    from reporting.words.follow_ups import follow_up_tasks  # noqa: PLC0415
    from reporting.words.period_steps import step_task  # noqa: PLC0415
    from reporting.words.questions import question_tasks  # noqa: PLC0415
    from reporting.words.waiting import waiting_tasks  # noqa: PLC0415

    yield from waiting_tasks(waiting.waiting_reports(user, now))
    yield from question_tasks(questions.questions_for(user), questions.late_below(user, now))
    yield from follow_up_tasks(*follow_ups.unconfirmed_follow_ups(user, now))
    yield from deviation_words.decision_tasks(deviations.decisions_to_make(user))
    yield from deviation_words.owner_tasks(deviations.owned_near(user, now))
    for period, step in period_steps.steps_near(user, now):
        yield step_task(period, step)


def reporting_dates(user: AbstractBaseUser, start: date, end: date) -> Iterator[CalendarEntry]:
    """The user's deadlines in reporting from start to end, both days included."""
    from reporting.queries.deadlines import deadlines_of  # noqa: PLC0415
    from reporting.queries.deviations import owned_between  # noqa: PLC0415
    from reporting.queries.questions import answers_due  # noqa: PLC0415
    from reporting.words.deadlines import deadline_entries  # noqa: PLC0415
    from reporting.words.deviations import deviation_dates  # noqa: PLC0415
    from reporting.words.questions import question_deadline  # noqa: PLC0415

    yield from deadline_entries(deadlines_of(user, start, end))
    yield from deviation_dates(owned_between(user, start, end))
    yield from map(question_deadline, answers_due(user, start, end))


def reported_evidence(user: AbstractBaseUser, measure: int) -> Iterator[Evidence]:
    """The latest approved status and the deviations of a measure, for its page in the strategy.

    For those who read from inside, and for the people of the unit the status or deviation belongs to.
    """
    from reporting.queries.deviations import status_of_measure, visible_deviations  # noqa: PLC0415
    from reporting.words.deviations import deviation_evidence, status_evidence  # noqa: PLC0415

    latest = status_of_measure(user, measure)
    if latest is not None:
        yield status_evidence(latest)
    yield from map(deviation_evidence, visible_deviations(user).filter(measure_id=measure))


def objections_to(mail: int) -> Iterator[Objection]:
    """Why a mail of reporting's that is about to be sent no longer should be: nothing is left to do."""
    from reporting.queries.message_facts import nothing_left_to_do  # noqa: PLC0415
    from reporting.words.messages import nothing_left_objection  # noqa: PLC0415

    if nothing_left_to_do(mail):
        yield nothing_left_objection()


def holdings_of(holder: Holder, day: date) -> Iterator[Holding]:
    """What of reporting hangs on a unit or a person, and how it moves."""
    from reporting.actions.holding import person_moves, report_move, unit_moves  # noqa: PLC0415
    from reporting.queries.holding import held_by_person, held_by_unit  # noqa: PLC0415
    from reporting.words.holding import person_holdings, unit_holdings  # noqa: PLC0415

    if holder.unit is not None:
        yield from unit_holdings(held_by_unit(holder.unit, day), unit_moves(holder.unit), report_move)
    if holder.person is not None:
        yield from person_holdings(held_by_person(holder.person, day), person_moves(holder.person))


def ages() -> list[Retention]:
    """What of reporting's has an age."""
    from reporting.actions import ages as there  # noqa: PLC0415

    return there.ages()


def reporting_step(user: AbstractBaseUser) -> Iterator[FirstDayStep]:
    """The first period."""
    from organisation.rules import Permission, has_permission  # noqa: PLC0415
    from reporting.models import Period  # noqa: PLC0415
    from reporting.words.first_day import first_day_step as step  # noqa: PLC0415

    newest = Period.objects.order_by("-opens_at").first()
    yield step(newest, may=has_permission(user, Permission.ASSURE_REPORT))


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = _("Rapportering")

    def ready(self) -> None:
        register(min_side_task, reporting_tasks)
        register(calendar_entry, reporting_dates)
        register(measure_evidence, reported_evidence)
        register(mail_objection, objections_to)
        register(holding, holdings_of)
        register(retention, ages)
        register(first_day_step, reporting_step)
