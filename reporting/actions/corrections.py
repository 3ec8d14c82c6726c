"""Corrections after a period has closed: opened for one report with a reason, ended by Klima's assurance."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.rules import Permission
from organisation.rules import require as require_permission
from reporting.actions import messages
from reporting.actions.chain import locked_report, move_report, refuse_closed, refuse_without, write_log
from reporting.enums import OPENED_FOR_CORRECTION, LogKind, ReportState
from reporting.models import UnitReport
from reporting.queries.frozen import frozen_content
from reporting.words.versions import compare_versions
from web.actors import Actor, acting
from web.concurrency import save_versioned
from web.refusals import Refusal, Refused

_CLOSED_AGAIN: dict[str, Any] = {"correction_reason": "", "correction_origin": ""}


def open_correction(
    *,
    by: Actor,
    report: UnitReport,
    version: int,
    reason: str,
    to_unit: bool = True,
    at: datetime | None = None,
) -> UnitReport:
    """Opens one report of a closed period: the unit corrects it and sends the next numbered version.

    With `to_unit` False the answers stay as sent, and only the steps that were not taken before the close
    are. What is published is never touched. `at` is when, None now. Raises PermissionDenied, StaleObject, and
    Refused without a reason, when the period is not closed or the report is being corrected already.
    """
    require_permission(by, Permission.ASSURE_REPORT)
    reason = refuse_without(reason, _("Skriv hvorfor rapporten åpnes for retting."))
    with acting(by, _("Åpnet rapporten for retting: {reason}").format(reason=reason)):
        fresh = locked_report(report.pk)
        refuse_closed(_why_not_opened(fresh))
        if not to_unit and fresh.state == ReportState.ASSURED:
            sentence = _("Rapporten er kvalitetssikret, så det er bare svarene som kan rettes.")
            raise Refused(Refusal(sentence, field="how"))
        now = at or timezone.now()
        opened: dict[str, Any] = {"correction_reason": reason, "correction_origin": fresh.state}
        if to_unit and fresh.state in OPENED_FOR_CORRECTION:
            move_report(
                fresh,
                by,
                version,
                ReportState.RETURNED,
                now,
                reason,
                return_comment=reason,
                area_approved_at=None,
                **opened,
            )
            messages.tell_returned(fresh, now)
        else:
            save_versioned(fresh, expected=version, fields=opened)
        write_log(fresh, by, LogKind.CORRECTION_OPENED, reason=reason, at=now)
        return fresh


def _why_not_opened(report: UnitReport) -> str:
    if report.period.closed_at is None:
        return _("Perioden er ikke lukket. Returner rapporten i stedet, så kan virksomheten rette den.")
    if report.is_corrected:
        return _("Rapporten er allerede åpnet for retting.")
    if report.handed_over_to_id is not None:
        return _("Tiltakene er overført til {unit}. Åpn den rapporten.").format(unit=report.handed_over_to)
    return ""


def withdraw_correction(*, by: Actor, report: UnitReport, version: int) -> UnitReport:
    """Gives up a correction nobody has begun on: the report stands as it stood when the period closed.

    Raises PermissionDenied, StaleObject, and Refused when the report is not being corrected, or the
    unit has changed or sent something since it was opened.
    """
    require_permission(by, Permission.ASSURE_REPORT)
    with acting(by, _("Trakk rettingen")):
        fresh = locked_report(report.pk)
        now = timezone.now()
        refuse_closed(_why_not_withdrawn(fresh, now))
        if fresh.state == fresh.correction_origin:
            save_versioned(fresh, expected=version, fields=_CLOSED_AGAIN)
        else:
            origin = ReportState(fresh.correction_origin)
            area = fresh.log.filter(kind=LogKind.AREA_APPROVED).order_by("-at", "-pk").first()
            approved = area.at if area and fresh.needs_area and origin != ReportState.SUBMITTED else None
            move_report(fresh, by, version, origin, now, area_approved_at=approved, **_CLOSED_AGAIN)
        write_log(fresh, by, LogKind.CORRECTION_WITHDRAWN, at=now)
        return fresh


def _why_not_withdrawn(report: UnitReport, now: datetime) -> str:
    if not report.is_corrected:
        return _("Rapporten er ikke åpen for retting.")
    begun = _("Virksomheten har begynt å rette. Be den sende rapporten, eller sette svarene tilbake.")
    if report.state not in (report.correction_origin, ReportState.RETURNED):
        return begun
    opened = report.log.filter(kind=LogKind.CORRECTION_OPENED).latest("at")
    latest = report.versions.order_by("-number").first()
    if latest is None:
        return ""
    if latest.submitted_at > opened.at:
        return begun
    now_says = frozen_content(report, number=latest.number, at=now, first_at=now)
    return "" if compare_versions(latest.content, now_says).nothing else begun
