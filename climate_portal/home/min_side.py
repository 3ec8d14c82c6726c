"""Min side: what waits for the person who is logged in, her unit's measures, and the year ahead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from budget.models import Effect
from climate_portal.home.counting import word_of
from climate_portal.home.first_day import FirstDay, first_day_of
from organisation.models import Unit, User
from organisation.queries.people import who_gives_roles
from organisation.rules import AuthenticatedRequest, duties
from reporting.models import MeasureStatus, Period
from strategy.models import IndicatorTarget
from web.contributions import CalendarEntry, Task, calendar_entry, collect, min_side_task
from web.http import render_page
from web.page_frame import show_nav_count
from web.sorting import NorskSort

SOON = timedelta(days=7)
YEAR_AHEAD = timedelta(days=150)


@dataclass(frozen=True, slots=True)
class OwnMeasure:
    """One measure of the user's unit in the newest period: how it stands, and what it cuts this year (t)."""

    code: str
    title: str
    status: str
    status_label: str
    indicator: str
    value: Decimal | None
    goal: Decimal | None
    effect: Decimal | None


def min_side(request: AuthenticatedRequest) -> HttpResponse:
    now = timezone.now()
    user = request.user
    tasks = _one_primary(collect(min_side_task, user, now))
    show_nav_count(request, "min_side", len(tasks))
    period = _newest_period(now)
    held = duties(user)
    units = held.own_units
    return render_page(
        request,
        "home/min_side.html",
        {
            "page_title": "Min side",
            "tasks": tasks,
            "task_count_word": capfirst(word_of(len(tasks))),
            "first_day": _first_day(user),
            "soon": now + SOON,
            "period": period,
            "unit_links": _unit_links(units),
            "measures": own_measures(period, units) if period and units else [],
            "calendar": _calendar(user, now),
            "has_role": bool(held.roles),
            "roles_from": () if held.roles else who_gives_roles(),
        },
    )


def _first_day(user: User) -> FirstDay | None:
    """How far the municipality has come, until all of it is done."""
    found = first_day_of(user)
    return found if found is not None and not found.is_over else None


def _unit_links(units: Iterable[int]) -> list[tuple[str, str, str]]:
    """(name, what it answers for in the climate budget, its checklist) of the user's units."""
    rows = Unit.objects.filter(pk__in=units).order_by(NorskSort("name")).values_list("name", "pk")
    return [
        (name, reverse("budget:unit", args=[pk]), reverse("reporting:unit", args=[pk])) for name, pk in rows
    ]


def _one_primary(tasks: list[Task]) -> list[Task]:
    """Soonest first, and one primary button on the page: the first task's."""
    tasks.sort(key=lambda task: (task.due is None, task.due))
    return [replace(task, primary=number == 0) for number, task in enumerate(tasks)]


def _newest_period(now: datetime) -> Period | None:
    return Period.objects.filter(opens_at__lte=now).select_related("budget").order_by("-opens_at").first()


def _calendar(user: User, now: datetime) -> list[CalendarEntry]:
    today = timezone.localdate(now)
    entries = collect(calendar_entry, user, today, today + YEAR_AHEAD)
    return sorted(entries, key=lambda entry: entry.day)


def own_measures(period: Period, units: Iterable[int]) -> list[OwnMeasure]:
    """The measures the units report on in the period, in the form's order; three queries."""
    statuses = list(
        MeasureStatus.objects.filter(report__period=period, report__unit__in=units)
        .select_related("measure", "line")
        .order_by("report__unit_id", "order", "pk")
    )
    effects = dict(
        Effect.objects.filter(
            line__in=[s.line_id for s in statuses if s.line_id], year=period.year
        ).values_list("line_id", "tonnes")
    )
    goals: dict[int, tuple[str, Decimal]] = {
        measure: (label, value)
        for measure, label, value in IndicatorTarget.objects.filter(
            indicator__measure__in=[s.measure_id for s in statuses], year=period.year
        ).values_list("indicator__measure_id", "indicator__unit_label", "value")
    }
    return [
        OwnMeasure(
            code=status.measure.code,
            title=status.measure.title,
            status=status.status,
            status_label=status.get_status_display() if status.status else "",
            indicator=goals.get(status.measure_id, ("", Decimal(0)))[0],
            value=status.indicator_value,
            goal=goals[status.measure_id][1] if status.measure_id in goals else None,
            effect=effects.get(status.line_id) if status.line_id else None,
        )
        for status in statuses
    ]
