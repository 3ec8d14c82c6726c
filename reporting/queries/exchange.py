"""The statuses of a period as they go out to other systems."""

from __future__ import annotations

from typing import Any

from reporting.enums import LEADER_APPROVED_STATES
from reporting.models import MeasureStatus, Period
from reporting.queries.delays import estimate_of
from web.sorting import NorskSort

# What is as it was answered; the rest is read beside it.
_ANSWERED = (
    *(
        "status",
        "indicator_value",
        "what_happened",
        "cause",
        "corrective_action",
        "new_date",
        "delayed_share",
    ),
    *("decision_level", "decision_question", "decision_follow_up", "links"),
)


def exported_statuses(period: Period, *, everything: bool = False) -> list[dict[str, Any]]:
    """One row per measure, sorted by unit and measure; four queries. Names: `words/exchange.py`.

    Only what leaders have approved, unless `everything` is asked for.
    """
    rows = MeasureStatus.objects.filter(report__period=period)
    if not everything:
        rows = rows.filter(report__state__in=sorted(LEADER_APPROVED_STATES))
    found = (
        rows.select_related("report__unit", "measure", "line", "imported_from")
        .prefetch_related("line__effects", "measure__indicators")
        .order_by(NorskSort("report__unit__name"), "report_id", NorskSort("measure__code"), "pk")
    )
    return [_status_row(status, period) for status in found]


def _status_row(status: MeasureStatus, period: Period) -> dict[str, Any]:
    report = status.report
    indicators = sorted(status.measure.indicators.all(), key=lambda one: one.pk)
    estimate = estimate_of(status, period)
    special: dict[str, Any] = {
        "period": period.code,
        "unit_id": report.unit_id,
        "unit": report.unit.name,
        "measure": status.measure.code,
        "title": status.adopted_title,
        "line_id": status.line_id,
        "report_state": report.state,
        "status_label": status.get_status_display() if status.status else "",
        "indicator": f"{indicators[0].name} ({indicators[0].unit_label})" if indicators else "",
        "tonnes_lost": estimate.tonnes if estimate else None,
        "approved_at": report.approved_at if report.state in LEADER_APPROVED_STATES else None,
        "imported_from": status.imported_from.file_name if status.imported_from else "",
        "board_date": report.board_date,
        "enterprise_report": report.enterprise_report,
    }
    return special | {name: getattr(status, name) for name in _ANSWERED}
