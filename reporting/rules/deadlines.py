"""The deadlines of a period: what is sensible, and what they must be to each other.

Whether a late report may still be sent: `why_not_editable` in rules/reports.py.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.calculations.year import YearPlan, asking_day_from
from organisation.enums import Switch, YearMark
from reporting.enums import PeriodKind
from reporting.models import Period
from web.formats import format_datetime, local
from web.instants import oslo_instant
from web.names import names

NAMES = ("opens_at", "contact_deadline", "leader_deadline", "closes_at")
# When it opens, and how many years after the one it is about.
_OPENS_ON = {
    PeriodKind.FIRST_TERTIAL: (YearMark.FIRST_TERTIAL, 0),
    PeriodKind.SECOND_TERTIAL: (YearMark.SECOND_TERTIAL, 0),
    PeriodKind.ANNUAL: (YearMark.ANNUAL_REPORT, 1),
}
# Two weeks for the contacts, then one for the leaders and one until it closes.
_DAYS = (14, 7, 7)
_OPENS = time(8, 0)
_ENDS = time(23, 59)


def end_of(day: date) -> datetime:
    """The last minute of a day, Oslo time, for what is due on it."""
    return timezone.make_aware(datetime.combine(day, _ENDS))


def kinds_in_use() -> list[PeriodKind]:
    """The periods of a year here, in order: some municipalities report once, for the whole year."""
    return list(PeriodKind) if names().is_on(Switch.TERTIALS) else [PeriodKind.ANNUAL]


def next_period(year: int, kind: PeriodKind) -> tuple[int, PeriodKind]:
    """The period that comes after this one, of those in use."""
    order = list(PeriodKind)
    later = [one for one in kinds_in_use() if order.index(one) > order.index(kind)]
    return (year, later[0]) if later else (year + 1, kinds_in_use()[0])


def suggested_deadlines(year: int, kind: PeriodKind, now: datetime, plan: YearPlan) -> dict[str, datetime]:
    """Opening and deadlines on days to ask on: from the day in the plan, or from today.

    Each has its days from the one before, so that nobody's are lost in a pause.
    """
    mark, more = _OPENS_ON[kind]
    today = local(now).date()
    days = [asking_day_from(max(plan.day_of(mark, year + more) or today, today), plan.quiet)]
    for later in _DAYS:
        days.append(asking_day_from(days[-1] + timedelta(days=later), plan.quiet))
    opens, *last = days
    instants = [oslo_instant(opens, _OPENS), *(oslo_instant(one, _ENDS) for one in last)]
    return dict(zip(NAMES, instants, strict=True))


def why_not_in_order(
    opens_at: datetime, contact_deadline: datetime, leader_deadline: datetime, closes_at: datetime
) -> str:
    """Why these are not the deadlines of a period; empty when they are."""
    if opens_at < contact_deadline <= leader_deadline <= closes_at:
        return ""
    return _("Fristene må komme i rekkefølge: åpning, kontaktpersoner, ledere og lukking.")


def why_not_extended(period: Period, contact_deadline: datetime, leader_deadline: datetime) -> str:
    """Why a unit cannot have these deadlines in the period; empty when it can."""
    if contact_deadline > leader_deadline:
        return _("Lederens frist kan ikke komme før kontaktpersonens.")
    if leader_deadline > period.closes_at:
        return _("Fristen kan ikke være senere enn at perioden lukkes, {when}.").format(
            when=format_datetime(period.closes_at)
        )
    if contact_deadline < period.contact_deadline or leader_deadline < period.leader_deadline:
        return _("Fristen kan ikke være tidligere enn de andres.")
    return ""
