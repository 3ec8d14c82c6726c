"""What is frozen when a report is sent: its content as plain data, and the hash that proves it."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from reporting.models import MeasureProposal, MeasureStatus, UnitReport
from reporting.rules.links import split_links
from reporting.rules.reports import is_enterprise, is_late


def canonical_json(content: object) -> bytes:
    """Plain data as one text, the same however the database orders its keys."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def content_sha256(content: object) -> str:
    """SHA-256 of plain data: of its canonical JSON, so a file of that has the same."""
    return hashlib.sha256(canonical_json(content)).hexdigest()


def frozen_content(report: UnitReport, *, number: int, at: datetime, first_at: datetime) -> dict[str, Any]:
    """A report as it is sent at `at`, as version `number`: everything it says, and what it is held against.

    `first_at` is when version 1 was sent; a correction of a report that came in time is not late.
    Tonnes, results and shares are decimal strings, dates and times ISO 8601.
    """
    period, budget = report.period, report.period.budget
    statuses = (
        report.statuses.select_related("measure")
        .prefetch_related("measure__indicators__targets")
        .order_by("order", "pk")
    )
    return {
        "period": period.code,
        "unit": {"id": report.unit_id, "name": report.unit.name},
        "budget": {
            "year": budget.year,
            "scope": budget.scope,
            "revision": budget.revision,
            "adopted_on": budget.adopted_on.isoformat() if budget.adopted_on else None,
            "case": budget.case_number,
            "sha256": budget.table_sha256,
        },
        "number": number,
        "submitted_at": at.isoformat(),
        "late": is_late(report, first_at),
        "due": report.contact_due.isoformat(),
        # Only in a correction after the period closed.
        "correction": report.correction_reason,
        "enterprise": _enterprise(report),
        "statuses": [_frozen_status(status, period.year) for status in statuses],
        "proposals": [
            _frozen_proposal(one) for one in report.proposals.select_related("measure").order_by("pk")
        ],
    }


def _enterprise(report: UnitReport) -> dict[str, Any] | None:
    """What only a KF tells: when its board treats the report (null: not set yet), and its own report."""
    if not is_enterprise(report):
        return None
    return {
        "board_date": report.board_date.isoformat() if report.board_date else None,
        "own_report": report.enterprise_report,
    }


def _frozen_status(status: MeasureStatus, year: int) -> dict[str, Any]:
    return {
        "measure": {"code": status.measure.code, "title": status.measure.title},
        "line": status.line_id,
        "added_reason": status.added_reason,
        "status": status.status,
        "indicator": _frozen_indicator(status, year),
        "what_happened": status.what_happened,
        "cause": status.cause,
        "corrective_action": status.corrective_action,
        "new_date": status.new_date.isoformat() if status.new_date else None,
        "delayed_share": _text(status.delayed_share),
        "decision_level": status.decision_level,
        "decision_question": status.decision_question,
        "decision_follow_up": status.decision_follow_up,
        "links": list(split_links(status.links)),
    }


def _frozen_proposal(proposal: MeasureProposal) -> dict[str, Any]:
    measure = proposal.measure
    return {
        "kind": proposal.kind,
        "measure": {"code": measure.code, "title": measure.title} if measure else None,
        "title": proposal.title,
        "reason": proposal.reason,
    }


def _frozen_indicator(status: MeasureStatus, year: int) -> dict[str, Any] | None:
    indicators = sorted(status.measure.indicators.all(), key=lambda one: one.pk)
    if not indicators:
        return None
    target = next((one.value for one in indicators[0].targets.all() if one.year == year), None)
    return {
        "name": indicators[0].name,
        "unit": indicators[0].unit_label,
        "value": _text(status.indicator_value),
        "target": _text(target),
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
