"""What of own operations waits to be entered, in words."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from emissions.queries.own_operations import MissingFigures
from web.contributions import Task


def activity_tasks(missing: MissingFigures) -> Iterator[Task]:
    """Each of the user's own units that lacks figures; for Klima, how many units do."""
    title = _("Egen virksomhet {year}").format(year=missing.year)
    for unit, count in missing.own:
        detail = ngettext(
            "%(unit)s har ikke tall for %(count)s aktivitet som er ført før.",
            "%(unit)s har ikke tall for %(count)s aktiviteter som er ført før.",
            count,
        )
        yield Task(
            title=title,
            detail=detail % {"unit": unit.name, "count": count},
            url=reverse("emissions:own_entry", args=[missing.year, unit.pk]),
            button=_("Før aktiviteter"),
        )
    if missing.others:
        detail = ngettext(
            "%(count)s virksomhet mangler tall: %(names)s.",
            "%(count)s virksomheter mangler tall: %(names)s.",
            len(missing.others),
        )
        names = ", ".join(unit.name for unit in missing.others)
        yield Task(
            title=title,
            detail=detail % {"count": len(missing.others), "names": names},
            url=reverse("emissions:own_units", args=[missing.year]),
            button=_("Se hvem"),
        )
