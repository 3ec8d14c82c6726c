"""What a leader above units sees of a period: the reports below, «til orientering»."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from reporting.enums import LEADER_APPROVED_STATES
from reporting.models import Period, UnitReport
from reporting.queries.chain import Waiting, waiting_of
from reporting.queries.reports import Answer, answers_in, reports_in
from reporting.rules.reports import waits_for_area


@dataclass(frozen=True, slots=True)
class BundleRow:
    """One unit's report in the bundle; `answers` only when its leader has approved them, worst first."""

    report: UnitReport
    waiting: Waiting
    answers: tuple[Answer, ...]

    @property
    def approved(self) -> bool:
        return self.report.state in LEADER_APPROVED_STATES

    @property
    def off_plan(self) -> tuple[Answer, ...]:
        return tuple(answer for answer in self.answers if answer.status.off_plan)

    @property
    def rest(self) -> tuple[Answer, ...]:
        return tuple(answer for answer in self.answers if not answer.status.off_plan)

    @property
    def waits_for_area(self) -> bool:
        return waits_for_area(self.report)


def bundle_of(period: Period, units: Collection[int], now: datetime) -> list[BundleRow]:
    """The reports of these units in alphabetical order, in a fixed number of queries."""
    reports = [one for one in reports_in([period], units) if one.handed_over_to_id is None]
    waiting = waiting_of(reports, now)
    approved = [one for one in reports if one.state in LEADER_APPROVED_STATES]
    answers = answers_in(period, approved) if approved else {}
    return [BundleRow(one, waiting[one.pk], tuple(answers.get(one.pk, ()))) for one in reports]
