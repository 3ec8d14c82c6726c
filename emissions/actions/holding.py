"""Gives what a unit has entered of own operations to another.

For the organisation's own action, which has asked whether the actor may: nothing here does.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from emissions.enums import HoldingKind
from emissions.models import Activity, ActivityType
from emissions.queries.holding import open_activities
from organisation.models import Unit
from web.actors import Actor, acting
from web.contributions import Move


def unit_moves(unit: int) -> dict[HoldingKind, Move]:
    """How what the unit has entered is given to another: (by, to, day)."""
    return {HoldingKind.ACTIVITIES: partial(move_activities, unit)}


def move_activities(unit: int, by: Actor, to: int, day: date) -> None:
    """Figures of open years go to `to`; who entered them stays.

    Not what `to` has entered too, which together is what was used, nor of years before it was there. So no
    sum of any year changes.
    """
    with acting(by, _("Aktivitetene flyttet")):
        # The units as when somebody enters, then the types as when a year is closed.
        units = Unit.objects.select_for_update(no_key=True).filter(pk__in=[unit, to]).order_by("pk")
        successor = next(one for one in list(units) if one.pk == to)
        list(ActivityType.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
        own = Activity.objects.filter(unit=to, activity_type=OuterRef("activity_type"), year=OuterRef("year"))
        rows = open_activities(unit).filter(~Exists(own), year__gte=successor.valid_from.year)
        keys = list(rows.values_list("pk", flat=True))
        Activity.objects.filter(pk__in=keys).update(unit=to, version=F("version") + 1)
