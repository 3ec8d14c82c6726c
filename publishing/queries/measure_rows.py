"""The measures of a summary: by status, the largest by tonnes, and those off plan. Tonnes are tCO2e."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal

from budget.queries.tables import BudgetTable, TableLine
from publishing.enums import MISSING, DashboardLevel
from publishing.models import MISSING_LABEL
from publishing.queries.period_summary import MeasureRow, OffPlan, Remaining, StatusRow
from publishing.queries.summary_rows import RANK, ZERO, Reported, at_stake, code_of, labelled, title_of
from reporting.enums import LEADER_APPROVED_STATES, OFF_PLAN, Status
from reporting.models import STATUS_LABELS, MeasureStatus

# As many as are listed one by one: enough to see where the tonnes are, and to read.
LARGEST = 10


def status_rows(reported: Reported, table: BudgetTable, *, only_asked: bool) -> tuple[StatusRow, ...]:
    """Measures by approved status, with tonnes in the answer year by the budget and what delays take.

    Every quantified line in scope is in one row, so tonnes add up to the budget's gross; `only_asked` keeps
    to the lines in the reports that were read.
    """
    lines = {line.pk: line for line in table.quantified}
    said: dict[int, str] = {one.line_id: one.status for one in reported.approved if one.line_id is not None}
    counted: Counter[str] = Counter()
    without: Counter[str] = Counter()
    tonnes: dict[str, Decimal] = defaultdict(Decimal)
    lost: dict[str, Decimal] = defaultdict(Decimal)
    asked = {one.line_id for one in reported.statuses}
    for line in (one for pk, one in lines.items() if pk in asked or not only_asked):
        status = said.get(line.pk, MISSING)
        counted[status] += 1
        tonnes[status] += line.effects.get(table.answer_year.year) or ZERO
    for one in reported.statuses:
        status = one.status if one.report.state in LEADER_APPROVED_STATES else MISSING
        if one.line_id not in lines:
            without[status] += 1
        elif status != MISSING and (loss := reported.losses.get(one.pk)):
            lost[status] += loss.total
    return tuple(
        StatusRow(code, label, counted[code], tonnes[code], lost[code], without[code])
        for code, label in labelled()
        if counted[code] or without[code]
    )


def measure_rows(
    reported: Reported, table: BudgetTable, level: DashboardLevel
) -> tuple[tuple[MeasureRow, ...], Remaining | None]:
    """The measures that cut most in the answer year, and what the others with tonnes come to together.

    Listed and others add up to `status_rows`. Of a single unit every measure is listed, those without tonnes
    last.
    """
    year = table.answer_year.year
    asked = {one.line_id: one for one in reported.statuses if one.line_id is not None}
    whole = level == DashboardLevel.MUNICIPALITY
    lines = [line for line in table.quantified if whole or line.pk in asked]
    lines.sort(key=lambda line: (-(line.effects.get(year) or ZERO), line.code))
    # One that is left over alone takes no less room than its own row.
    all_listed = level == DashboardLevel.UNIT or len(lines) <= LARGEST + 1
    listed = lines if all_listed else lines[:LARGEST]
    rows = [_measure_row(line, asked.get(line.pk), reported, year) for line in listed]
    if level == DashboardLevel.UNIT:
        quantified = {line.pk for line in lines}
        rows += [_measure_row_without_line(one) for one in reported.statuses if one.line_id not in quantified]
    rest = lines[len(listed) :]
    tonnes = sum((line.effects.get(year) or ZERO for line in rest), ZERO)
    return tuple(rows), Remaining(len(rest), tonnes) if rest else None


def _measure_row(line: TableLine, one: MeasureStatus | None, reported: Reported, year: int) -> MeasureRow:
    status, label = _approved_status(one)
    return MeasureRow(
        code=line.code,
        title=line.title,
        unit_id=one.report.unit_id if one else line.unit_id,
        unit=one.report.unit.name if one else line.unit,
        status=status,
        label=label,
        tonnes=line.effects.get(year),
        loss=reported.losses.get(one.pk) if one and status != MISSING else None,
    )


def _measure_row_without_line(one: MeasureStatus) -> MeasureRow:
    status, label = _approved_status(one)
    return MeasureRow(
        code_of(one), title_of(one), one.report.unit_id, one.report.unit.name, status, label, None, None
    )


def _approved_status(one: MeasureStatus | None) -> tuple[str, str]:
    if one is None or one.report.state not in LEADER_APPROVED_STATES:
        return MISSING, str(MISSING_LABEL)
    return one.status, str(STATUS_LABELS[Status(one.status)])


def off_plan_rows(reported: Reported) -> tuple[OffPlan, ...]:
    """What leaders have approved that the plan does not hold for: worst first, then most tonnes."""
    off = [one for one in reported.approved if one.status in OFF_PLAN]
    off.sort(key=lambda one: (RANK[Status(one.status)], -at_stake(one, reported)))
    return tuple(
        OffPlan(
            code=code_of(one),
            title=title_of(one),
            unit=one.report.unit.name,
            status=one.status,
            label=str(STATUS_LABELS[Status(one.status)]),
            cause=one.cause,
            corrective_action=one.corrective_action,
            new_date=one.new_date,
            loss=reported.losses.get(one.pk),
            in_budget=one.line_id is not None,
        )
        for one in off
    )
