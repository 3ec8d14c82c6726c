"""What waits for a person in reporting: reports to write, approve and assure, and what nobody can do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser

from organisation.rules import Permission, duties
from reporting.enums import EDITABLE_STATES, Place, ReportState
from reporting.models import MeasureProposal, Period, UnitReport
from reporting.queries.chain import waiting_of
from reporting.queries.proposals import waiting_proposals
from reporting.queries.reports import reports_in
from reporting.rules.reports import (
    past_close,
    relation,
    why_not_approvable,
    why_not_area_approvable,
    why_not_assurable,
    why_not_editable,
)

ByPeriod = dict[Period, list[UnitReport]]


@dataclass(frozen=True, slots=True)
class OwnStep:
    """A report of the user's own unit: hers to approve, or else to write.

    `meanwhile`: of a unit that nobody leads, below hers.
    """

    report: UnitReport
    approves: bool
    meanwhile: bool = False


@dataclass(frozen=True, slots=True)
class WaitingReports:
    """By period, but for one's own: what the area approves, what Klima assures, what waits for a role nobody
    has; and the proposals Klima has not answered.
    """

    own: tuple[OwnStep, ...]
    for_area: ByPeriod
    to_assure: ByPeriod
    lacking: ByPeriod
    proposals: tuple[MeasureProposal, ...]


_NOTHING = WaitingReports((), {}, {}, {}, ())


def waiting_reports(user: AbstractBaseUser, now: datetime) -> WaitingReports:
    """What waits for the user: to report, to approve for a unit or an area, to assure."""
    held = duties(user)
    assures = Permission.ASSURE_REPORT in held.permissions
    if not held.own_units and not assures:
        return _NOTHING
    periods = list(Period.objects.filter(opens_at__lte=now))
    seen = None if assures else held.own_units | held.units_below
    rows = reports_in(periods, seen) if periods else []
    own = []
    for report in rows:
        if report.place == Place.THERE and report.state != ReportState.APPROVED:
            # Answered and approved in another system: nothing waits for anybody here.
            continue
        if report.state in EDITABLE_STATES and not why_not_editable(report, now):
            if report.unit_id in held.own_units and relation(user, report.unit_id).reports:
                own.append(OwnStep(report, approves=False))
        elif report.unit_id in held.approves_for and not why_not_approvable(report):
            own.append(OwnStep(report, approves=True, meanwhile=report.unit_id in held.led_for_now))
    below = held.oversees
    return WaitingReports(
        own=tuple(own),
        for_area=by_period(row for row in rows if row.unit_id in below and not why_not_area_approvable(row)),
        to_assure=by_period(row for row in rows if assures and not why_not_assurable(row)),
        lacking=_lacking(rows, now) if assures else {},
        proposals=tuple(waiting_proposals()) if assures else (),
    )


def by_period(reports: Iterable[UnitReport]) -> ByPeriod:
    found: ByPeriod = {}
    for report in reports:
        found.setdefault(report.period, []).append(report)
    return found


def _lacking(rows: Iterable[UnitReport], now: datetime) -> ByPeriod:
    """The reports that wait for a role nobody has."""
    open_rows = [row for row in rows if not past_close(row.period, now)]
    waiting = waiting_of(open_rows, now) if open_rows else {}
    return by_period(row for row in open_rows if waiting[row.pk].lacks_people)
