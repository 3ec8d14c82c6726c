"""Rapportering: the periods, and where each unit's report stands."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from climate_portal.web.http import render_page
from climate_portal.web.page_frame import show_nav_count
from organisation.models import User
from organisation.rules import Permission, duties
from reporting.models import Period, Publication, UnitReport
from reporting.queries.follow_ups import follow_up_tasks, follow_up_year
from reporting.queries.questions import question_tasks, unanswered
from reporting.queries.reports import latest_publications, periods_newest_first, reports_in
from reporting.queries.waiting import tasks_of
from reporting.rules.reports import is_late


@dataclass(frozen=True, slots=True)
class Row:
    """A unit's report in the table of a period."""

    report: UnitReport
    late: bool


@dataclass(frozen=True, slots=True)
class PeriodPart:
    """A period with the reports this user may see, and its latest publication."""

    period: Period
    is_open: bool
    not_yet: bool
    rows: tuple[Row, ...]
    publication: Publication | None


def index(request: HttpRequest) -> HttpResponse:
    """All units for those who read from inside, one's own for contacts and leaders, publications for all."""
    assert isinstance(request.user, User)
    held = duties(request.user)
    inside = Permission.READ_INTERNAL in held.permissions
    units = None if inside else held.own_units | held.units_below
    parts = _parts(units)
    now = timezone.now()
    tasks = [*tasks_of(request.user, now), *question_tasks(request.user, now)]
    tasks += follow_up_tasks(request.user, now)
    above = None if inside else held.units_below
    show_nav_count(request, "reporting:index", len(tasks))
    context = {
        "page_title": _("Rapportering"),
        "tasks": tasks,
        "parts": parts,
        "sees_reports": inside or bool(units),
        "sees_dashboard": Permission.READ_PUBLISHED in held.permissions,
        "late": unanswered(units=above) if inside or above else (),
        "today": timezone.localdate(),
        "follow_ups_url": reverse("reporting:follow_ups", args=[follow_up_year(now)]),
    }
    return render_page(request, "reporting/index.html", context)


def _parts(units: frozenset[int] | None) -> list[PeriodPart]:
    now = timezone.now()
    periods = periods_newest_first()
    published = latest_publications(periods)
    rows: dict[int, list[Row]] = defaultdict(list)
    for report in reports_in(periods, units):
        first_sent = report.first_sent  # type: ignore[attr-defined]
        rows[report.period_id].append(Row(report, is_late(report.period, first_sent)))
    return [
        PeriodPart(
            period=period,
            is_open=period.opens_at <= now < period.closes_at,
            not_yet=now < period.opens_at,
            rows=tuple(rows[period.pk]),
            publication=published.get(period.pk),
        )
        for period in periods
    ]
