"""Where each report stands: whom it waits for, since when, and until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from organisation.queries.leading import UNLED, Leading, leading_of_units
from organisation.queries.people import NOBODY, People, people_of_units
from reporting.enums import EDITABLE_STATES, Place, ReportState
from reporting.models import UnitReport
from reporting.queries.reports import reports_in
from reporting.rules.reports import is_frozen, past_close, waits_for_area
from web.formats import local


class Step(StrEnum):
    """Whose turn it is. Never stored."""

    CONTACT = "contact"
    SYSTEM = "system"
    LEADER = "leader"
    AREA = "area"
    CLIMATE = "climate"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Whose turn it is in one report. `names` are people; empty where nobody has the role, and of Klima.

    `due` is None where the step has no deadline of its own, and when nothing is waited for.
    """

    report: UnitReport
    step: Step
    names: tuple[str, ...]
    since: datetime
    due: datetime | None
    now: datetime
    # Who leads the unit, and who acts where nobody does.
    leading: Leading = UNLED

    @property
    def days(self) -> int:
        """Whole days by the calendar in Oslo since it became their turn."""
        return max(0, (local(self.now).date() - local(self.since).date()).days)

    @property
    def overdue(self) -> bool:
        return self.due is not None and self.now > self.due

    @property
    def lacks_people(self) -> bool:
        """Whether the report waits for a role nobody has."""
        return self.step in (Step.CONTACT, Step.LEADER, Step.AREA) and not self.names


def waiting_of(reports: Iterable[UnitReport], now: datetime) -> dict[int, Waiting]:
    """By report: whom it waits for. Reports as `queries.reports.reports_in` gives them; two queries."""
    people = people_of_units()
    leading = leading_of_units(people=people)
    return {
        report.pk: _waiting(report, people.get(report.unit_id, NOBODY), leading[report.unit_id], now)
        for report in reports
    }


def waiting_for(report: UnitReport, now: datetime) -> Waiting:
    """Whom one report waits for."""
    (row,) = reports_in([report.period], [report.unit_id])
    return waiting_of([row], now)[row.pk]


def _waiting(report: UnitReport, own: People, leading: Leading, now: datetime) -> Waiting:
    step = step_of(report, now)
    names: tuple[str, ...] = ()
    if step == Step.CONTACT:
        names = own.reporters
    elif step == Step.LEADER:
        names = leading.names
    elif step == Step.AREA:
        names = leading.over
    moved: datetime | None = report.moved_at  # type: ignore[attr-defined]
    since = moved or report.period.opens_at
    return Waiting(report, step, names, since, _due(report, step), now, leading)


def step_of(report: UnitReport, now: datetime) -> Step:
    """Whose turn it is in a report of `reports_in`."""
    if report.handed_over_to_id is not None or report.state == ReportState.ASSURED or is_frozen(report):
        return Step.DONE
    if report.state in EDITABLE_STATES:
        if past_close(report.period, now) and not report.is_corrected:
            return Step.DONE
        return Step.SYSTEM if report.place == Place.THERE else Step.CONTACT
    if report.state == ReportState.SUBMITTED:
        return Step.SYSTEM if report.place == Place.THERE else Step.LEADER
    return Step.AREA if waits_for_area(report) else Step.CLIMATE


def _due(report: UnitReport, step: Step) -> datetime | None:
    # A correction has no deadlines: the period's are past.
    if report.is_corrected:
        return None
    return {
        Step.CONTACT: report.contact_due,
        Step.SYSTEM: report.contact_due,
        Step.LEADER: report.leader_due,
        Step.AREA: report.period.closes_at,
        Step.CLIMATE: report.period.closes_at,
    }.get(step)
