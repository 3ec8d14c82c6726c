"""A report for those who read it: the page, and the receipt of what was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.queries.leading import UNLED, leading_of
from organisation.rules import AuthenticatedRequest
from reporting.enums import EDITABLE_STATES, LEADER_APPROVED_STATES, ReportState
from reporting.models import UnitReport
from reporting.queries.chain import waiting_for
from reporting.queries.gaps import gap_effect
from reporting.queries.log import approval_of, events_of
from reporting.queries.proposals import proposals_of
from reporting.queries.reports import answers_of, first_submitted, report_of
from reporting.rules.reports import (
    Relation,
    is_enterprise,
    is_frozen,
    is_late,
    past_close,
    relation,
    why_not_approvable,
    why_not_area_approvable,
    why_not_assurable,
    why_not_editable,
)
from reporting.words import answers as answer_words
from reporting.words.chain import said
from reporting.words.log import log_lines
from reporting.words.receipts import receipt_of
from strategy.queries.decisions import decisions_about
from web.formats import whole_number
from web.http import render_page


def get_report(request: AuthenticatedRequest, code: str, unit: int) -> tuple[UnitReport, Relation]:
    """The report and what the user is to it. To a stranger it does not exist: raises Http404."""
    found = report_of(code, unit)
    who = relation(request.user, unit)
    if found is None or not who.reads:
        raise Http404
    return found, who


def address(name: str, report: UnitReport) -> str:
    return reverse(f"reporting:{name}", args=[report.period.code, report.unit_id])


def title_of(report: UnitReport) -> str:
    return _("Klimarapport for {period}").format(period=report.period)


def read_page(
    request: AuthenticatedRequest, report: UnitReport, who: Relation, *, alert: str = "", status: int = 200
) -> HttpResponse:
    """The report as it stands, with its log and its versions. `alert`: why nothing was done."""
    answers = answer_words.said(answers_of(report))
    shows_gap = who.reads_gap and report.state in LEADER_APPROVED_STATES
    now = timezone.now()
    context = {
        "page_title": title_of(report),
        "report": report,
        "who": who,
        "answers": answers,
        "gap": gap_effect(report.period, [one.status for one in answers]) if shows_gap else None,
        "decided": decisions_about(answer.status.measure_id for answer in answers),
        "proposals": proposals_of(report),
        "answers_proposals": who.assures and report.state in LEADER_APPROVED_STATES,
        "alert": alert,
        "closed": why_not_editable(report, now) if who.reports and not alert else "",
        "late": is_late(report, first_submitted(report)),
        "waiting": said(waiting_for(report, now)),
        "log": log_lines(events_of(report)),
        "versions": report.versions.select_related("submitted_by").defer("content").order_by("-number"),
        "approve_url": address("approve", report) if who.leads and not why_not_approvable(report) else "",
        "assure_url": address("assure", report) if who.assures and not why_not_assurable(report) else "",
        "area_url": address("area_step", report)
        if who.oversees and not why_not_area_approvable(report)
        else "",
        "is_enterprise": is_enterprise(report),
        "today": timezone.localdate(now),
        "tools": _tools(report, now) if who.assures else None,
        "receipt_url": address("receipt", report),
    }
    return render_page(request, "reporting/report.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Tools:
    """What Klima can do with the report beside the steps, at this moment."""

    extends: bool
    sets_up: bool
    moves: bool
    hands_over: bool
    corrects: bool
    withdraws: bool


def _tools(report: UnitReport, now: datetime) -> Tools:
    is_open = not past_close(report.period, now) and report.handed_over_to_id is None
    editable = report.state in EDITABLE_STATES
    return Tools(
        extends=is_open and report.state not in LEADER_APPROVED_STATES,
        sets_up=is_open and report.state != ReportState.ASSURED,
        moves=is_open and editable,
        hands_over=is_open
        and report.unit.valid_to is not None
        and (editable or report.state == ReportState.SUBMITTED),
        corrects=is_frozen(report) and report.handed_over_to_id is None,
        withdraws=report.is_corrected and report.state in (report.correction_origin, ReportState.RETURNED),
    )


def refuse(request: AuthenticatedRequest, report: UnitReport, who: Relation, sentence: str) -> HttpResponse:
    """409: the report as it is now, with the reason why nothing was done."""
    fresh = report_of(report.period.code, report.unit_id)
    return read_page(request, fresh or report, who, alert=sentence, status=409)


def receipt(request: AuthenticatedRequest, code: str, unit: int) -> HttpResponse:
    """What was sent, when, and what happens next: version `nr`, or the latest."""
    report, _who = get_report(request, code, unit)
    number = request.GET.get("nr", "")
    versions = report.versions.select_related("submitted_by").order_by("-number")
    if number:
        versions = versions.filter(number=whole_number(number, 0))
    version = versions.first()
    if version is None:
        raise Http404
    # Who acts now is only told while it waits; afterwards it says who did.
    leading = leading_of(unit) if report.state == ReportState.SUBMITTED else UNLED
    context = {
        "page_title": _("Rapporten er sendt"),
        "report": report,
        "receipt": receipt_of(report, version, leading, approval_of(version)),
        "newer": report.versions.filter(number__gt=version.number).exists(),
        "report_url": address("report", report),
    }
    return render_page(request, "reporting/receipt.html", context)
