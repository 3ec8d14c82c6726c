"""The leaders' yearly part, as tasks on Min side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from reporting.queries.follow_ups import FollowUpRow
from web.contributions import Task


def follow_up_tasks(year: int, rows: Iterable[FollowUpRow]) -> Iterator[Task]:
    """A task for each unit whose yearly part its leader has not confirmed."""
    for row in rows:
        yield Task(
            title=_("Strategioppfølging {year}").format(year=year),
            detail=_("{unit}. Skrevet, men ikke bekreftet av deg.").format(unit=row.unit.name)
            if row.written
            else _("{unit}. Fire korte svar om hvordan dere følger opp klimastrategien.").format(
                unit=row.unit.name
            ),
            url=reverse("reporting:follow_up", args=[year, row.unit.pk]),
            button=_("Se og bekreft") if row.written else _("Skriv"),
        )
