"""The pages above the one a person is on, in reporting."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from reporting.models import Period, UnitReport
from web.form_page import Crumb


def start_crumb() -> Crumb:
    return (_("Rapportering"), reverse("publishing:index"))


def period_crumb(period: Period) -> Crumb:
    return (
        _("Framdrift, {period}").format(period=period),
        reverse("publishing:progress", args=[period.code]),
    )


def report_crumb(report: UnitReport) -> Crumb:
    return (report.unit.name, reverse("reporting:report", args=[report.period.code, report.unit_id]))


def crumbs_of(*parts: Crumb) -> list[Crumb]:
    """The way to a page that is no form, the page itself included, for its template."""
    return [start_crumb(), *parts]
