"""What documents and files tell of a line besides its figures, and how the figures came about."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from budget.enums import OverlapMethod
from budget.models import ClimateBudget, Funding, Line, LineSource, Overlap, ReferencePolicy
from budget.queries.tables import DecisionRow, FundingRow, IndicatorRow, LineDetails, SourceShare
from strategy.models import Decision, Indicator


def read_details(budget: ClimateBudget) -> dict[int, LineDetails]:
    """Details of every line of the budget, by line; four queries."""
    sources, fundings, indicators = _sources(budget), _fundings(budget), _indicators(budget)
    lines = Line.objects.filter(budget=budget).select_related("measure", "decision")
    return {
        line.pk: LineDetails(
            kind=line.measure.kind,
            state=line.measure.state,
            sources=tuple(sources.get(line.pk, ())),
            fundings=tuple(fundings.get(line.pk, ())),
            indicators=tuple(indicators.get(line.measure_id, ())),
            decision=_decision(line.decision),
            decision_reference=line.decision_reference,
        )
        for line in lines
    }


def _decision(entry: Decision | None) -> DecisionRow | None:
    if entry is None:
        return None
    return DecisionRow(entry.pk, entry.title, entry.case_number, entry.decided_on, entry.decided_when)


def _sources(budget: ClimateBudget) -> dict[int, list[SourceShare]]:
    found: dict[int, list[SourceShare]] = defaultdict(list)
    rows = LineSource.objects.filter(line__budget=budget).order_by("-share", "pk")
    for line, sector, source, share in rows.values_list(
        "line_id", "source__sector__name", "source__name", "share"
    ):
        found[line].append(SourceShare(sector, source, share))
    return found


def _fundings(budget: ClimateBudget) -> dict[int, list[FundingRow]]:
    found: dict[int, list[FundingRow]] = defaultdict(list)
    for row in Funding.objects.filter(line__budget=budget).order_by("pk"):
        found[row.line_id].append(
            FundingRow(row.scheme, row.applied_nok, row.granted_nok, row.deadline, row.report_due)
        )
    return found


def _indicators(budget: ClimateBudget) -> dict[int, list[IndicatorRow]]:
    """By measure."""
    names: dict[int, tuple[int, str, str]] = {}
    goals: dict[int, dict[int, Decimal]] = defaultdict(dict)
    rows = Indicator.objects.filter(measure__lines__budget=budget).order_by("pk", "targets__year")
    for pk, measure, name, unit, year, tertial, value in rows.values_list(
        "pk", "measure_id", "name", "unit_label", "targets__year", "targets__tertial", "targets__value"
    ):
        names[pk] = (measure, name, unit)
        # The goal of a tertial is on the way to the year's, never instead of it.
        if year is not None and tertial is None:
            goals[pk][year] = value
    found: dict[int, list[IndicatorRow]] = defaultdict(list)
    for pk, (measure, name, unit) in names.items():
        found[measure].append(IndicatorRow(name, unit, goals[pk]))
    return found


@dataclass(frozen=True, slots=True)
class OverlapNote:
    """Why lines on one source are counted once, by which method, and which lines (their codes)."""

    source: str
    method: OverlapMethod
    reason: str
    decided_by: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MethodNotes:
    """What stands behind the figures: the rule of the reference path, what is in it, and the overlaps."""

    reference_rule: str
    reference_note: str
    policies: tuple[str, ...]
    overlaps: tuple[OverlapNote, ...]


def read_method(budget: ClimateBudget) -> MethodNotes:
    """In a fixed number of queries."""
    overlaps = (
        Overlap.objects.filter(budget=budget)
        .select_related("source__sector")
        .prefetch_related("members__line__measure")
        .order_by("pk")
    )
    return MethodNotes(
        reference_rule=budget.reference_rule,
        reference_note=budget.reference_note,
        policies=tuple(
            ReferencePolicy.objects.filter(budget=budget).order_by("pk").values_list("title", flat=True)
        ),
        overlaps=tuple(
            OverlapNote(
                source=str(overlap.source),
                method=OverlapMethod(overlap.method),
                reason=overlap.reason,
                decided_by=overlap.decided_by,
                codes=tuple(
                    member.line.adopted_code or member.line.measure.code for member in overlap.members.all()
                ),
            )
            for overlap in overlaps
        ),
    )
