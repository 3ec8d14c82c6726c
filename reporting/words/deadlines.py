"""The deadlines of reporting, as dates in the year wheel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from reporting.queries.deadlines import Deadlines, PeriodDeadlines
from web.contributions import CalendarEntry


def deadline_entries(found: Deadlines) -> Iterator[CalendarEntry]:
    for one in found.periods:
        for at, sentence in _deadlines(one):
            if found.first <= at < found.last:
                yield CalendarEntry(timezone.localdate(at), sentence, reverse("publishing:index"))


def _deadlines(found: PeriodDeadlines) -> Iterator[tuple[datetime, str]]:
    """(instant, sentence): the period's, where they are somebody's, and those of units with more time."""
    period = found.period
    yield period.opens_at, _("Rapporteringen for {period} åpner").format(period=period)
    if found.usual:
        yield (
            period.contact_deadline,
            _("Klimarapport for {period}: frist for kontaktpersoner").format(period=period),
        )
        yield period.leader_deadline, _("Klimarapport for {period}: frist for ledere").format(period=period)
    for report in found.extended:
        words = {"period": period, "unit": report.unit}
        yield (
            report.contact_due,
            _("Klimarapport for {period}, {unit}: frist for kontaktpersonen").format(**words),
        )
        yield report.leader_due, _("Klimarapport for {period}, {unit}: frist for lederen").format(**words)
