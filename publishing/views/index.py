"""Rapportering: the periods, and where each unit's report stands."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import Unit
from organisation.queries.people import who_gives_roles
from organisation.rules import AuthenticatedRequest, Duties, Permission, duties
from publishing.models import Publication
from publishing.queries.publications import latest_publications
from publishing.rules.publications import may_open_status
from reporting.apps import reporting_tasks
from reporting.models import Period, UnitReport
from reporting.queries.chain import waiting_of
from reporting.queries.follow_ups import follow_up_year
from reporting.queries.questions import unanswered
from reporting.queries.reports import periods_newest_first, reports_in
from reporting.rules.reports import is_late, past_close
from reporting.words.chain import SaidWaiting, all_said
from web.http import render_page
from web.page_frame import show_nav_count


@dataclass(frozen=True, slots=True)
class Row:
    """A unit's report in the table of a period."""

    report: UnitReport
    late: bool
    waiting: SaidWaiting


@dataclass(frozen=True, slots=True)
class PeriodPart:
    """A period with the reports this user may see, and its latest publication."""

    period: Period
    is_open: bool
    not_yet: bool
    rows: tuple[Row, ...]
    publication: Publication | None
    # Whether the dashboard has something for this user: the period as it stands, or what is published of it.
    opens_status: bool
    # (name, address) of the bundle of each area this user leads.
    areas: tuple[tuple[str, str], ...]


def index(request: AuthenticatedRequest) -> HttpResponse:
    """All units for those who read from inside, one's own for contacts and leaders, publications for all."""
    held = duties(request.user)
    inside = Permission.READ_INTERNAL in held.permissions
    units = None if inside else held.own_units | held.units_below
    parts = _parts(held, units) if held.roles else []
    now = timezone.now()
    tasks = list(reporting_tasks(request.user, now))
    above = None if inside else held.units_below
    show_nav_count(request, "publishing:index", len(tasks))
    context = {
        "page_title": _("Rapportering"),
        "tasks": tasks,
        "parts": parts,
        "has_role": bool(held.roles),
        "roles_from": () if held.roles else who_gives_roles(),
        "sees_reports": inside or bool(units),
        "sees_inside": inside,
        "opens": Permission.ASSURE_REPORT in held.permissions,
        "sets_up": Permission.SET_UP_REPORTING in held.permissions,
        "assures": Permission.ASSURE_REPORT in held.permissions,
        "sees_deviations": inside or bool(units),
        "sees_messages": Permission.READ_MESSAGES in held.permissions,
        "sees_dashboard": Permission.READ_PUBLISHED in held.permissions,
        "late": unanswered(units=above) if inside or above else (),
        "today": timezone.localdate(),
        "follow_ups_url": reverse("reporting:follow_ups", args=[follow_up_year(now)]),
    }
    return render_page(request, "publishing/index.html", context)


def _areas(held: Duties) -> list[Unit]:
    """The areas the user leads, today, which have units below."""
    if not held.units_below:
        return []
    led = Unit.objects.filter(pk__in=held.approves_for, children__isnull=False)
    return list(led.distinct().order_by("name", "pk"))


def _parts(held: Duties, units: frozenset[int] | None) -> list[PeriodPart]:
    now, areas = timezone.now(), _areas(held)
    periods = periods_newest_first()
    published = latest_publications(periods)
    reports = reports_in(periods, units)
    waiting = all_said(waiting_of(reports, now))
    rows: dict[int, list[Row]] = defaultdict(list)
    for report in reports:
        late = is_late(report, report.first_sent)  # type: ignore[attr-defined]
        rows[report.period_id].append(Row(report, late, waiting[report.pk]))
    return [
        PeriodPart(
            period=period,
            is_open=period.opens_at <= now and not past_close(period, now),
            not_yet=now < period.opens_at,
            rows=tuple(rows[period.pk]),
            publication=published.get(period.pk),
            opens_status=may_open_status(held, published=period.pk in published),
            areas=tuple(
                (area.name, reverse("reporting:area", args=[period.code, area.pk]))
                for area in areas
                if rows[period.pk]
            ),
        )
        for period in periods
    ]
