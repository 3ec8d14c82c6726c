"""Deviations as lists, and what other pages need to know of them. Their story: `deviation_story.py`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from organisation.enums import Role
from organisation.models import Unit, User
from organisation.rules import Duties, Permission, duties
from reporting.enums import LEADER_APPROVED_STATES, OFF_PLAN, DecisionLevel, DeviationState
from reporting.models import Deviation, MeasureStatus
from reporting.rules.deviations import LEVELS_ABOVE, level_words
from strategy.enums import CLOSED_DECISIONS
from web.sorting import NorskSort

# How long before its date a deviation asks its owner for attention.
ATTENTION = timedelta(days=14)


def visible_deviations(user: AbstractBaseUser) -> QuerySet[Deviation]:
    """Those the user may read, open ones first, then the earliest date; three queries however many."""
    held = duties(user)
    rows = Deviation.objects.select_related(
        "measure", "unit__parent", "owner", "decision", "status__report__period__budget"
    )
    if Permission.READ_INTERNAL not in held.permissions:
        own = Q(unit_id__in=held.own_units | held.units_below) | Q(owner_id=user.pk)
        rows = rows.filter(own)
    return rows.order_by(
        F("state").desc(), F("due_on").asc(nulls_last=True), NorskSort("measure__code"), "pk"
    )


def overdue(rows: QuerySet[Deviation], today: date) -> QuerySet[Deviation]:
    """Open deviations whose date is gone."""
    return rows.filter(state=DeviationState.OPEN, due_on__lt=today)


def on_plan_again(rows: QuerySet[Deviation]) -> QuerySet[Deviation]:
    """Open deviations whose measure was on plan when it was last reported on: offered for closing."""
    return rows.filter(state=DeviationState.OPEN).exclude(status__status__in=sorted(OFF_PLAN))


def awaiting_decision(rows: QuerySet[Deviation]) -> QuerySet[Deviation]:
    return rows.filter(state=DeviationState.OPEN, decision__isnull=True).exclude(decision_level="")


def awaiting_decision_by(held: Duties) -> QuerySet[Deviation]:
    """Open deviations that ask for a decision somebody with these duties records."""
    from_level = Q(decision_level="leader", unit_id__in=held.approves_for)
    from_level |= Q(decision_level__in=LEVELS_ABOVE, unit_id__in=held.units_below)
    from_level |= Q(decision_level="board", unit_id__in=held.approves_for)
    if Permission.RECORD_LEADERSHIP_DECISION in held.permissions:
        from_level |= Q(decision_level="executive")
    if Permission.ASSURE_REPORT in held.permissions:
        from_level |= Q(decision_level__in=["board", "council"])
    rows = awaiting_decision(Deviation.objects.select_related("measure", "unit"))
    return rows.filter(from_level).order_by("opened_at", "pk")


@dataclass(frozen=True, slots=True)
class OpenDecision:
    """A decision an open deviation has asked for: what the next report says what has come of.

    Not `decided`: the level has not answered, and there is nothing to follow up yet. `title` and `url` are
    the decision's own.
    """

    level_words: str
    question: str
    decided: bool
    title: str = ""
    text: str = ""
    decided_on: date | None = None
    case_number: str = ""
    url: str = ""


def open_decisions(measure_ids: Iterable[int]) -> dict[int, OpenDecision]:
    """By measure: what its open deviation asked for, until deviation or decision is closed; one query.

    For the form of the next report (`MeasureStatus.decision_follow_up`), for sending it, and for Klima's
    desk. The trigger `complete_when_submitted` has the same rule.
    """
    rows = (
        Deviation.objects.filter(measure_id__in=list(measure_ids), state=DeviationState.OPEN)
        .exclude(decision_level="")
        .exclude(decision__status__in=sorted(CLOSED_DECISIONS))
        .select_related("decision")
    )
    return {row.measure_id: _open_decision(row) for row in rows}


def decided_measures(measure_ids: Iterable[int]) -> set[int]:
    """The measures whose next report must say what has come of a decision; one query."""
    return {measure for measure, one in open_decisions(measure_ids).items() if one.decided}


def _open_decision(row: Deviation) -> OpenDecision:
    decision = row.decision
    return OpenDecision(
        level_words=level_words(row.decision_level),
        question=row.decision_question,
        decided=decision is not None,
        title=decision.title if decision else "",
        text=decision.text if decision else "",
        decided_on=decision.decided_on if decision else None,
        case_number=decision.case_number if decision else "",
        url=decision.get_absolute_url() if decision else "",
    )


def owner_choices(unit: Unit) -> QuerySet[User]:
    """Who can own a deviation of the unit: people of the unit and of the area above, and Klima."""
    from_unit = Q(appointments__unit_id__in=[unit.pk, unit.parent_id])
    climate = Q(appointments__role=Role.CLIMATE_EDITOR)
    today = timezone.localdate()
    current = Q(appointments__valid_from__lte=today) & (
        Q(appointments__valid_to__isnull=True) | Q(appointments__valid_to__gte=today)
    )
    found = User.objects.filter((from_unit | climate) & current, is_active=True)
    return User.objects.filter(pk__in=found.values("pk")).order_by(NorskSort("name"))


def status_of_measure(user: AbstractBaseUser, measure_id: int) -> MeasureStatus | None:
    """The latest approved status of a measure, for those who read from inside, and the unit's own people."""
    held = duties(user)
    inside = Permission.READ_INTERNAL in held.permissions
    mine = held.own_units | held.units_below
    latest = (
        MeasureStatus.objects.filter(measure_id=measure_id, report__state__in=sorted(LEADER_APPROVED_STATES))
        .select_related("report__period", "report__unit")
        .order_by("-report__period__opens_at", "-pk")
        .first()
    )
    return latest if latest is not None and (inside or latest.report.unit_id in mine) else None


def decisions_to_make(user: AbstractBaseUser) -> list[Deviation]:
    """The deviations that ask the user for a decision."""
    held = duties(user)
    waiting = list(awaiting_decision_by(held))
    if Permission.ASSURE_REPORT in held.permissions:
        # Klima enters what others decide too, but it is the council's matters that wait for Klima.
        waiting = [row for row in waiting if not _entered_by_others(row, held)]
    return waiting


def _entered_by_others(row: Deviation, held: Duties) -> bool:
    """Whether those who are asked, or those they answer to, have it on their own Min side."""
    if row.decision_level == DecisionLevel.BOARD:
        return row.unit_id not in held.approves_for
    return row.decision_level == DecisionLevel.EXECUTIVE


def owned_near(user: AbstractBaseUser, now: datetime) -> list[Deviation]:
    """Open deviations of the user's whose date is near or gone."""
    today = timezone.localdate(now)
    return list(
        Deviation.objects.filter(owner_id=user.pk, state=DeviationState.OPEN, due_on__lte=today + ATTENTION)
        .select_related("measure", "unit")
        .order_by("due_on", "pk")
    )


def owned_between(user: AbstractBaseUser, start: date, end: date) -> list[Deviation]:
    """Open deviations of the user's with a date from start to end."""
    rows = Deviation.objects.filter(
        owner_id=user.pk, state=DeviationState.OPEN, due_on__gte=start, due_on__lte=end
    )
    return list(rows.select_related("measure").order_by("due_on", "pk"))


def tonnes_together(rows: Iterable[Deviation]) -> Decimal:
    """tCO2e at stake in these deviations together; unknown ones are not in it."""
    return sum((row.tonnes_at_stake for row in rows if row.tonnes_at_stake is not None), Decimal(0))
