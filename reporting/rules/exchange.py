"""When statuses and figures from other systems may come in."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from reporting.enums import Place, ReportState
from reporting.models import Period, UnitReport
from reporting.rules.reports import past_close
from web.names import naming


def why_not_importable(report: UnitReport, now: datetime) -> str:
    """Why a file cannot speak for the unit of this report now; empty when it can."""
    if report.place != Place.THERE:
        return _("{unit} svarer i portalen. Det som er svart der, blir ikke overskrevet.").format(
            unit=report.unit.name
        )
    if past_close(report.period, now) and not report.is_corrected:
        return naming(
            _("Rapporten fra {unit} er fryst. {Climate_name} kan åpne den for retting."),
            unit=report.unit.name,
        )
    if report.state == ReportState.ASSURED:
        return _("Rapporten fra {unit} er kvalitetssikret. Nye svar tas som en retting.").format(
            unit=report.unit.name
        )
    return ""


def why_closed_to_files(period: Period, now: datetime) -> str:
    """Why no file of statuses is taken in at this moment; empty when it is."""
    if now < period.opens_at:
        return _("Perioden er ikke åpnet ennå.")
    if past_close(period, now) and not period.reports.exclude(correction_reason="").exists():
        return _("Perioden er lukket. Statuser kan ikke importeres lenger.")
    return ""
