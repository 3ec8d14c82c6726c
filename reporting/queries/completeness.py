"""How far a report has come, and what is left before it can be sent."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from reporting.models import UnitReport
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
        if status.pk in refused
        or any(missing_answers(status, report.period.year, decided=status.measure_id in decided))
    )
    return Completeness(
        measures=len(statuses),
        confirmed=len(confirmed) - len(lacking),
        lacking=lacking,
        lacks_board=bool(why_not_sendable(report)),
    )
