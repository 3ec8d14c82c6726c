"""The money of a summary: rows of the økonomiplan with the measures they pay for. NOK this year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Max, Q
from django.utils.timezone import localdate

from budget.models import Line
from publishing.enums import MISSING
from publishing.models import MISSING_LABEL
from publishing.queries.period_summary import Money, MoneyRow, PaidMeasure
from publishing.queries.summary_rows import ZERO, Reported, code_of, title_of
from reporting.enums import LEADER_APPROVED_STATES, PeriodStepKind, Status
from reporting.models import STATUS_LABELS, MeasureStatus, Period, PlanRowMoney
from web.formats import folded
from web.sorting import NorskSort


def money_summary(period: Period, reported: Reported, units: Collection[int] | None) -> Money | None:
    """What the newest file says of rows with measures in the summary; None before there is a file.

    Of a part of the municipality (`units`) the rows its own measures are on, with every measure on them: an
    amount is never divided. Three queries at most.
    """
    newest = period.money_imports.aggregate(pk=Max("pk"))
    rows = {
        folded(row.plan_row): row
        for row in PlanRowMoney.objects.filter(source=newest["pk"]).select_related("source")
    }
    if not rows:
        return None
    said = {one.line_id: one for one in reported.statuses if one.line_id is not None}
    on_row: dict[str, list[int]] = defaultdict(list)
    for line, key in _keys(period):
        on_row[key].append(line)
    paid = {
        key: lines
        for key, lines in on_row.items()
        if key in rows and (units is None or any(line in said for line in lines))
    }
    found = [_money_row(rows[key], [_measure(line, said, reported) for line in paid[key]]) for key in paid]
    found.sort(key=lambda row: (row.deviation is None, -abs(row.deviation or ZERO), folded(row.plan_row)))
    with_money = {line for lines in paid.values() for line in lines}
    asked = reported.lines.keys() if units is None else said.keys()
    source = next(iter(rows.values())).source
    return Money(
        imported_on=localdate(source.at),
        checked=period.steps.filter(kind=PeriodStepKind.MONEY, done_at__isnull=False).exists(),
        is_example=source.is_example,
        rows=tuple(found),
        without=len(asked - with_money),
    )


def _keys(period: Period) -> Iterable[tuple[int, str]]:
    """(line, row it is linked to), as `money.plan_row_of` says, in the order of the measures' codes."""
    linked = ~Q(plan_reference="") | Q(plan_link__isnull=False)
    lines = Line.objects.filter(linked, budget_id=period.budget_id).order_by(NorskSort("measure__code"), "pk")
    for line, reference, link in lines.values_list("pk", "plan_reference", "plan_link__plan_row"):
        if key := folded(link or reference):
            yield line, key


def _measure(line: int, said: dict[int, MeasureStatus], reported: Reported) -> PaidMeasure:
    one, planned = said.get(line), reported.lines.get(line)
    if one is None:
        # Of another part of the municipality, or in nobody's report.
        code, title, unit = (planned.code, planned.title, planned.unit) if planned else ("", "", "")
        return PaidMeasure(code, title, unit, MISSING, "–")
    code, title, unit = code_of(one), title_of(one), one.report.unit.name
    if one.report.state not in LEADER_APPROVED_STATES:
        return PaidMeasure(code, title, unit, MISSING, str(MISSING_LABEL))
    return PaidMeasure(code, title, unit, one.status, str(STATUS_LABELS[Status(one.status)]))


def _money_row(row: PlanRowMoney, measures: list[PaidMeasure]) -> MoneyRow:
    return MoneyRow(row.plan_row, tuple(measures), row.budgeted, row.spent, row.forecast)
