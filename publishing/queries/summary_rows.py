"""The rows of the leadership summary, from what units have reported and their leaders approved."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.timezone import localdate

from budget.calculations import delay_loss
from budget.queries.tables import BudgetTable, TableLine
from organisation.enums import UnitKind
from organisation.queries.leading import leading_of_units
from publishing.enums import MISSING
from publishing.models import MISSING_LABEL, NOT_REPORTED_LABEL
from publishing.queries.period_summary import Change, Loss, StatusCount, UnitRow
from reporting.enums import LEADER_APPROVED_STATES, OFF_PLAN, SEVERITY, Status
from reporting.models import STATUS_LABELS, MeasureStatus, Period, UnitReport
from reporting.queries.delays import delay_of, years_summed
from web.sorting import NorskSort

ZERO = Decimal(0)
# 0 is worst.
RANK = {status: rank for rank, status in enumerate(SEVERITY)}


@dataclass(frozen=True, slots=True)
class Reported:
    """What units say in one period, with what a delay takes by status (primary key).

    `lines` are the budget's, by primary key, those outside its scope too.
    """

    reports: tuple[UnitReport, ...]
    statuses: tuple[MeasureStatus, ...]
    losses: Mapping[int, Loss]
    lines: Mapping[int, TableLine]

    @property
    def approved(self) -> tuple[MeasureStatus, ...]:
        return tuple(one for one in self.statuses if one.report.state in LEADER_APPROVED_STATES)

    @property
    def unknown_losses(self) -> int:
        """Measures off plan with figures in the budget, whose report does not say how much is lost."""
        return sum(1 for one in self.approved if self._lacks_loss(one))

    def _lacks_loss(self, one: MeasureStatus) -> bool:
        line = self.lines.get(one.line_id) if one.line_id else None
        return one.status in OFF_PLAN and line is not None and line.quantified and one.pk not in self.losses


# Of rows that may be hundreds: only what the summary shows, and nothing joined to each that is read whole.
_READ = (
    *("order", "status", "what_happened", "cause", "corrective_action", "new_date", "delayed_share"),
    *("decision_level", "decision_question", "line_id", "measure_id", "report_id"),
)


def _as_adopted(name: str) -> Coalesce:
    """The line's own word where the budget has one, so that the summary speaks of a measure as the budget."""
    return Coalesce(NullIf(F(f"line__adopted_{name}"), Value("")), F(f"measure__{name}"))


def reported_in(period: Period, table: BudgetTable, units: Collection[int] | None = None) -> Reported:
    """Reports and statuses of the period (of these units only, when given): two queries."""
    found, answers = (
        UnitReport.objects.filter(period=period),
        MeasureStatus.objects.filter(report__period=period),
    )
    if units is not None:
        found, answers = found.filter(unit__in=units), answers.filter(report__unit__in=units)
    read = answers.annotate(
        read_state=F("report__state"),
        read_at=F("report__submitted_at"),
        shown_code=_as_adopted("code"),
        shown_title=_as_adopted("title"),
    )
    statuses = tuple(read.only(*_READ).order_by("report_id", "order", "pk"))
    # After the statuses, so that each one's report is among them; joined to each they cost twice as much.
    by_key = {one.pk: one for one in found.select_related("unit").order_by(NorskSort("unit__name"), "pk")}
    for one in statuses:
        one.report = by_key[one.report_id]
        # As it stood when its answers were read: what is counted as approved comes of one statement.
        one.report.state, one.report.submitted_at = one.read_state, one.read_at
    # A unit that is closed down has nothing left to answer for.
    reports = tuple(one for one in by_key.values() if one.handed_over_to_id is None)
    lines = {line.pk: line for line in (*table.lines, *table.outside)}
    years, answer_year = years_summed(period.budget), table.answer_year.year
    losses = {}
    for one in statuses:
        delay = delay_of(one, period)
        line = lines.get(one.line_id) if one.line_id and delay else None
        if delay and line and (effects := _counted(line)):
            lost = delay_loss(effects, delay, years)
            in_year = whole(lost.by_year.get(answer_year) or ZERO)
            losses[one.pk] = Loss(whole(lost.total), in_year, counts=line.scope == period.budget.scope)
    return Reported(reports, statuses, losses, lines)


def _counted(line: TableLine) -> dict[int, Decimal]:
    """Tonnes a year, less what the inventory already shows; none of a line that is not quantified."""
    if not line.quantified:
        return {}
    return {year: max(ZERO, raw.tonnes - line.already_counted) for year, raw in line.raw.items()}


def whole(tonnes: Decimal) -> Decimal:
    """As it is shown, so that sums of what is shown add up."""
    return tonnes.quantize(Decimal(1), rounding=ROUND_HALF_UP)


def approved_statuses(period: Period) -> dict[int, str]:
    """Status by measure, where leaders have approved one in the period."""
    return dict(
        MeasureStatus.objects.filter(
            report__period=period, report__state__in=sorted(LEADER_APPROVED_STATES)
        ).values_list("measure_id", "status")
    )


def changes(reported: Reported, before: Mapping[int, str]) -> tuple[Change, ...]:
    """Measures with another approved status than last time, and new ones off plan. Worst first."""
    changed = [
        one
        for one in reported.approved
        if one.status != before.get(one.measure_id) and (one.measure_id in before or one.off_plan)
    ]
    changed.sort(key=lambda one: (RANK[Status(one.status)], -at_stake(one, reported)))
    return tuple(_change(one, before.get(one.measure_id, ""), reported) for one in changed)


def _change(one: MeasureStatus, before: str, reported: Reported) -> Change:
    return Change(
        code=code_of(one),
        title=title_of(one),
        unit_id=one.report.unit_id,
        unit=one.report.unit.name,
        before=before,
        before_label=str(STATUS_LABELS[Status(before)]) if before else str(NOT_REPORTED_LABEL),
        now=one.status,
        now_label=str(STATUS_LABELS[Status(one.status)]),
        cause=one.cause or one.what_happened,
        off_plan=one.off_plan,
        loss=reported.losses.get(one.pk),
        in_budget=one.line_id is not None,
    )


def labelled() -> Iterable[tuple[str, str]]:
    """(code, word) of every status, best first, and last what nobody has approved anything about."""
    for status in reversed(SEVERITY):
        yield status.value, str(STATUS_LABELS[status])
    yield MISSING, str(MISSING_LABEL)


def unit_rows(reported: Reported, table: BudgetTable, period: Period) -> tuple[UnitRow, ...]:
    """Every unit with a report, in alphabetical order; counts only where the leader has approved.

    Two queries while the report of a municipal enterprise is not approved, else none.
    """
    lines: dict[int, TableLine] = {line.pk: line for line in table.quantified}
    by_report: dict[int, list[MeasureStatus]] = defaultdict(list)
    for one in reported.statuses:
        by_report[one.report_id].append(one)
    year, labels = table.answer_year.year, tuple(labelled())
    leaderless = _leaderless(reported.reports, period)
    return tuple(
        _unit_row(report, report.unit_id in leaderless, by_report[report.pk], lines, year, labels)
        for report in reported.reports
    )


def _leaderless(reports: Iterable[UnitReport], period: Period) -> frozenset[int]:
    """The municipal enterprises that could not approve because nobody led them, today or at the close."""
    waiting = [
        report.unit_id
        for report in reports
        if report.unit.kind == UnitKind.ENTERPRISE and report.state not in LEADER_APPROVED_STATES
    ]
    if not waiting:
        return frozenset()
    leading = leading_of_units(min(localdate(), localdate(period.closed_at or period.closes_at)))
    return frozenset(unit for unit in waiting if leading[unit].awaits_leader)


def _unit_row(
    report: UnitReport,
    leaderless: bool,
    statuses: list[MeasureStatus],
    lines: Mapping[int, TableLine],
    year: int,
    labels: Iterable[tuple[str, str]],
) -> UnitRow:
    counted = Counter(one.status for one in statuses)
    approved = report.state in LEADER_APPROVED_STATES
    mine = [line for one in statuses if one.line_id and (line := lines.get(one.line_id))]
    return UnitRow(
        unit_id=report.unit_id,
        name=report.unit.name,
        state=report.state,
        measures=len(statuses),
        tonnes=sum((line.effects.get(year) or ZERO for line in mine), ZERO),
        submitted_on=localdate(report.submitted_at) if report.submitted_at else None,
        counts=tuple(
            StatusCount(code, label, counted[code]) for code, label in labels if approved and counted[code]
        ),
        awaits_leader=leaderless,
    )


def at_stake(one: MeasureStatus, reported: Reported) -> Decimal:
    """Tonnes in all that a delay takes from a measure, none where nobody has said."""
    loss = reported.losses.get(one.pk)
    return loss.total if loss else ZERO


def code_of(one: MeasureStatus) -> str:
    """Of a status read by `reported_in`."""
    return str(one.shown_code)  # type: ignore[attr-defined]


def title_of(one: MeasureStatus) -> str:
    """Of a status read by `reported_in`."""
    return str(one.shown_title)  # type: ignore[attr-defined]
