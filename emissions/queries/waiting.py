"""What waits for those who enter activities: figures of last year that were there the years before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from emissions.enums import MissingReason
from emissions.models import Activity
from emissions.queries.own_operations import was_open
from emissions.rules import may_enter, may_enter_some
from organisation.models import Unit
from organisation.rules import Permission, duties
from web.contributions import Task
from web.sorting import NorskSort


def missing_figures(year: int) -> dict[int, int]:
    """Unit → how many activities it has entered for some year before, and not for `year`; one query.

    A figure that is said not to be delivered yet is missing still; other reasons are answers.
    """
    expected: set[tuple[int, int]] = set()
    said: set[tuple[int, int]] = set()
    entered = Activity.objects.filter(year__lte=year).values_list(
        "unit_id", "activity_type_id", "year", "quantity", "missing_reason"
    )
    for unit, kind, of_year, quantity, reason in entered:
        if quantity is None and not reason:
            continue  # emptied: as if it were never filled in
        if of_year < year:
            expected.add((unit, kind))
        elif reason != MissingReason.NOT_YET_DELIVERED:
            said.add((unit, kind))
        else:
            expected.add((unit, kind))
    return dict(Counter(unit for unit, _kind in expected - said))


def activity_tasks(user: AbstractBaseUser, now: datetime) -> Iterator[Task]:
    """Each of the user's own units that lacks figures of last year; for Klima, how many units do."""
    held = duties(user)
    if not may_enter_some(held):
        return
    year = timezone.localdate(now).year - 1
    missing = missing_figures(year)
    waiting = [
        unit
        for unit in Unit.objects.filter(pk__in=missing).order_by(NorskSort("name"))
        if may_enter(held, unit.pk) and was_open(unit, year)
    ]
    title = _("Egen virksomhet {year}").format(year=year)
    for unit in waiting:
        if unit.pk in held.own_units:
            count = missing[unit.pk]
            detail = ngettext(
                "%(unit)s har ikke tall for %(count)s aktivitet som er ført før.",
                "%(unit)s har ikke tall for %(count)s aktiviteter som er ført før.",
                count,
            )
            yield Task(
                title=title,
                detail=detail % {"unit": unit.name, "count": count},
                url=reverse("emissions:own_entry", args=[year, unit.pk]),
                button=_("Før aktiviteter"),
            )
    others = [unit for unit in waiting if unit.pk not in held.own_units]
    if others and Permission.EDIT_OWN_OPERATIONS in held.permissions:
        detail = ngettext(
            "%(count)s virksomhet mangler tall: %(names)s.",
            "%(count)s virksomheter mangler tall: %(names)s.",
            len(others),
        )
        yield Task(
            title=title,
            detail=detail % {"count": len(others), "names": ", ".join(unit.name for unit in others)},
            url=reverse("emissions:own_units", args=[year]),
            button=_("Se hvem"),
        )
