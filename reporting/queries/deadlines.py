"""The deadlines of reporting that concern a person, for the year wheel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import timezone

from organisation.enums import Role
from organisation.rules import Permission, duties
from reporting.models import Period, UnitReport
from reporting.queries.waiting import by_period


@dataclass(frozen=True, slots=True)
class PeriodDeadlines:
    """A period whose deadlines are `usual` for somebody, and the reports with more time than that."""

    period: Period
    usual: bool
    extended: tuple[UnitReport, ...]


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The periods with something from `first` to before `last`; of theirs, only what is between is shown."""

    first: datetime
    last: datetime
    periods: tuple[PeriodDeadlines, ...]


def deadlines_of(user: AbstractBaseUser, start: date, end: date) -> Deadlines:
    """The deadlines from start to end for those who have a part in reporting, or read it from inside.

    A unit with more time has its own. A period that is closed has no deadlines left. Whoever only stands in
    for a leader has those within her days.
    """
    held = duties(user)
    inside = Permission.READ_INTERNAL in held.permissions
    first = timezone.make_aware(datetime.combine(start, time.min))
    if held.roles == {Role.STAND_IN}:
        # Nothing beside standing in: what comes after her days is not hers.
        end = min(end, max(held.stands_in.values()))
    last = timezone.make_aware(datetime.combine(end + timedelta(days=1), time.min))
    if not held.own_units and not inside:
        return Deadlines(first, last, ())
    open_after = max(first, timezone.now())
    periods = list(
        Period.objects.filter(opens_at__lt=last, closes_at__gt=open_after, closed_at=None).order_by(
            "opens_at"
        )
    )
    own = UnitReport.objects.filter(
        period__in=periods, unit__in=held.own_units | held.led_for_now
    ).select_related("unit", "period")
    reports = by_period(own) if held.own_units and periods else {}
    found = []
    for period in periods:
        mine = reports.get(period, [])
        usual = inside or not mine or any(not report.extended for report in mine)
        found.append(PeriodDeadlines(period, usual, tuple(report for report in mine if report.extended)))
    return Deadlines(first, last, tuple(found))
