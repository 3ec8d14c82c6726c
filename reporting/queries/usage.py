"""How long a report takes: «ca. 3 minutter» is a promise, and is held against what people do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from django.utils.translation import gettext as _

from reporting.enums import Place, ReportState
from reporting.models import MeasureStatus, Period, UnitReport
from web.formats import format_number

# Longer without a save, and she has gone to do something else.
PAUSE = timedelta(minutes=5)
# Fewer reports than this would say something about somebody.
FEWEST = 5


def minutes_of(period: Period) -> str:
    """The median of minutes from first save to first sending in the portal, pauses counted as five minutes.

    Empty where fewer than five units have sent: never by unit or person. Two queries.
    """
    sent = _first_sent(period)
    if len(sent) < FEWEST:
        return ""
    times: dict[int, list[datetime]] = defaultdict(list)
    events = MeasureStatus.pgh_event_model.objects  # type: ignore[attr-defined]
    rows = events.filter(pgh_label="update", report_id__in=list(sent)).order_by("pgh_created_at")
    for report, at in rows.values_list("report_id", "pgh_created_at"):
        if at <= sent[report]:
            times[report].append(at)
    found = [active_minutes([*saves, sent[report]]) for report, saves in times.items()]
    return _words(median(found)) if len(found) >= FEWEST else ""


def _first_sent(period: Period) -> dict[int, datetime]:
    """When each report was first sent here, by the database's own clock, as the saves are."""
    events = UnitReport.pgh_event_model.objects  # type: ignore[attr-defined]
    rows = events.filter(period_id=period.pk, state=ReportState.SUBMITTED, place=Place.HERE)
    found: dict[int, datetime] = {}
    for report, at in rows.order_by("pgh_created_at").values_list("pgh_obj_id", "pgh_created_at"):
        found.setdefault(report, at)
    return found


def active_minutes(times: Sequence[datetime]) -> float:
    """Minutes between the first and the last, a longer pause counted as five minutes. Times in order."""
    gaps = (min(later - earlier, PAUSE) for earlier, later in pairwise(times))
    return sum(gaps, timedelta()).total_seconds() / 60


def _words(minutes: float) -> str:
    # «… eller mindre» follows.
    if round(minutes) <= 1:
        return _("ett minutt")
    return _("{n} minutter").format(n=format_number(round(minutes)))
