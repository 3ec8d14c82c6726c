"""What units propose in their reports, for themselves and for Klima."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.models import QuerySet

from reporting.enums import LEADER_APPROVED_STATES, ProposalState
from reporting.models import MeasureProposal, UnitReport
from strategy.models import Measure
from web.sorting import NorskSort

_IDEA = re.compile(r"I([0-9]{1,6})")


def proposals_of(report: UnitReport) -> list[MeasureProposal]:
    """The report's proposals in the order they were made: one query."""
    return list(report.proposals.select_related("measure", "answered_by").order_by("pk"))


def proposal_of(report: UnitReport, pk: int) -> MeasureProposal | None:
    """One proposal, or None if it is not the report's."""
    rows = report.proposals.select_related("measure", "answered_by", "report__unit", "report__period__budget")
    return rows.filter(pk=pk).first()


def waiting_proposals() -> QuerySet[MeasureProposal]:
    """Proposals in reports their leaders have approved, which Klima has not answered."""
    return _with_report().filter(state=ProposalState.OPEN, report__state__in=sorted(LEADER_APPROVED_STATES))


def answered_proposals(units: Iterable[int] | None, most: int = 50) -> QuerySet[MeasureProposal]:
    """The newest answers, to these units or to all."""
    rows = _with_report().exclude(state=ProposalState.OPEN)
    if units is not None:
        rows = rows.filter(report__unit__in=list(units))
    return rows.order_by("-answered_at", "-pk")[:most]


def own_proposals(units: Iterable[int]) -> QuerySet[MeasureProposal]:
    """What these units have proposed and nobody has answered yet, sent or not."""
    return _with_report().filter(state=ProposalState.OPEN, report__unit__in=list(units))


def _with_report() -> QuerySet[MeasureProposal]:
    rows = MeasureProposal.objects.select_related("measure", "answered_by", "report__unit", "report__period")
    return rows.order_by("report__period__opens_at", NorskSort("report__unit__name"), "pk")


def next_idea_code() -> str:
    """«I7», when I6 is the highest number an idea has."""
    codes = Measure.objects.filter(code__startswith="I").values_list("code", flat=True)
    numbers = [int(found[1]) for code in codes if (found := _IDEA.fullmatch(code))]
    return f"I{max(numbers, default=0) + 1}"
