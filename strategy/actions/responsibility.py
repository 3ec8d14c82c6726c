"""Who answers for a measure, from when."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from climate_portal.web.actors import Actor, acting
from climate_portal.web.concurrency import save_versioned
from organisation.enums import UnitKind
from organisation.models import Unit
from organisation.rules import Permission, require
from strategy.models import Measure, Responsibility


class RefusedResponsibility(ValueError):
    """The unit cannot answer for the measure; the message says why, in Norwegian."""


def change_responsible(
    *, by: Actor, measure: Measure, unit: Unit, version: int, since: date | None = None
) -> Responsibility:
    """Let `unit` answer for the measure from `since` (default today); the unit before keeps its own time.

    Budgets already adopted keep the unit they were adopted with. Raises StaleObject, RefusedResponsibility
    for an area or a closed unit, and PermissionDenied.
    """
    require(by, Permission.EDIT_STRATEGY)
    since = since or timezone.localdate()
    with acting(by, _("Ansvarlig virksomhet endret")):
        save_versioned(measure, expected=version, fields={})
        _refuse_unfit(unit, since)
        # Also what was planned to begin later gives way: one unit at a time, and the newest word counts.
        later = measure.responsibilities.filter(valid_from__gte=since)
        before = (
            measure.responsibilities.filter(valid_from__lt=since)
            .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=since))
            .first()
        )
        later.delete()
        if before and before.unit_id == unit.pk and before.valid_to is None:
            return before
        if before:
            before.valid_to = since - timedelta(days=1)
            before.save(update_fields=["valid_to"])
        return Responsibility.objects.create(measure=measure, unit=unit, valid_from=since)


def _refuse_unfit(unit: Unit, since: date) -> None:
    if unit.kind == UnitKind.AREA:
        raise RefusedResponsibility(
            _("%(unit)s er et område. Velg virksomheten, staben eller foretaket som skal gjøre jobben.")
            % {"unit": unit.name}
        )
    if unit.valid_from > since or (unit.valid_to is not None and unit.valid_to < since):
        raise RefusedResponsibility(
            _("%(unit)s finnes ikke på den datoen. Velg en virksomhet som er i drift.") % {"unit": unit.name}
        )
