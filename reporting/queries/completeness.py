"""How far a report has come, and what is left before it can be sent."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from reporting.enums import EDITABLE_STATES, Place
from reporting.models import MeasureStatus, UnitReport
from reporting.queries.deviations import decided_measures
from reporting.rules.reports import missing_answers, why_not_sendable


@dataclass(frozen=True, slots=True)
class Lacking:
    """A confirmed answer with something left to fill in; `number` is the measure's place in the form."""

    pk: int
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Completeness:
    """Answers that can be sent, of all; those that lack something, and whether a KF's board is missing."""

    measures: int
    confirmed: int
    lacking: tuple[Lacking, ...]
    lacks_board: bool

    @property
    def ready(self) -> bool:
        """Whether the report can be sent as it stands."""
        return self.confirmed == self.measures and not self.lacking and not self.lacks_board


def completeness_of(report: UnitReport, refused: Collection[int] = ()) -> Completeness:
    """By the rules sending follows (`actions.submit_report`); two queries.

    `refused` are statuses with something in the form that was refused just now, so is not what is stored.
    """
    statuses = list(report.statuses.select_related("measure", "line").order_by("order", "pk"))
    decided = decided_measures(status.measure_id for status in statuses)
    confirmed = [
        (number, status) for number, status in enumerate(statuses, start=1) if status.confirmed_at is not None
    ]
    lacking = tuple(
        Lacking(status.pk, number, status.adopted_title)
        for number, status in confirmed
        if status.pk in refused or lacks_answers(status, report, decided)
    )
    return Completeness(
        measures=len(statuses),
        confirmed=len(confirmed) - len(lacking),
        lacking=lacking,
        lacks_board=bool(why_not_sendable(report)),
    )


def sendable_counts(reports: Iterable[UnitReport]) -> dict[int, int]:
    """By report: how many answers can be sent, by the same rules; those that are sent can. Two queries."""
    found = list(reports)
    return count_sendable(found, MeasureStatus.objects.filter(report__in=found))


def count_sendable(reports: Iterable[UnitReport], statuses: Iterable[MeasureStatus]) -> dict[int, int]:
    """The same where the reports' answers have been read; one query."""
    by_pk = {report.pk: report for report in reports}
    confirmed = [status for status in statuses if status.confirmed_at is not None]
    decided = decided_measures(status.measure_id for status in confirmed)
    counts = dict.fromkeys(by_pk, 0)
    for status in confirmed:
        report = by_pk[status.report_id]
        counts[report.pk] += report.state not in EDITABLE_STATES or not lacks_answers(status, report, decided)
    return counts


def lacks_answers(status: MeasureStatus, report: UnitReport, decided: Collection[int]) -> bool:
    """Whether something is left to fill in; `decided` are measures a decision has been made about."""
    # What another system reports does not know of the portal's decisions.
    asked = report.place == Place.HERE and status.measure_id in decided
    return any(missing_answers(status, report.period.year, report.unit, decided=asked))
