"""Who answers for a measure, from when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.enums import UnitKind
from organisation.models import Unit
from organisation.rules import Permission, held_unit, require
from strategy.models import Measure, Responsibility
from web.actors import Actor, acting
from web.concurrency import StaleObject, save_versioned
from web.refusals import Refusal, Refused


def change_responsible(
    *, by: Actor, measure: Measure, unit: Unit, version: int, since: date | None = None
) -> Responsibility:
    """Let `unit` answer for the measure from `since` (default today); the unit before keeps its own time.

    Budgets already adopted keep the unit they were adopted with. Raises StaleObject, Refused
    for an area or a closed unit, and PermissionDenied.
    """
    require(by, Permission.EDIT_STRATEGY)
    since = since or timezone.localdate()
    with acting(by, _("Ansvarlig virksomhet endret")):
        unit = held_unit(unit)
        save_versioned(measure, expected=version, fields={})
        refuse_unfit(unit, since)
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


class StaleMeasures(StaleObject):
    """Some of the measures were changed after they were read; none was moved. `codes` says which."""

    def __init__(self, codes: Sequence[str]) -> None:
        self.codes = tuple(codes)
        super().__init__(self.codes)


def reassign_measures(
    *, by: Actor, versions: Mapping[int, int], from_unit: Unit, to_unit: Unit, since: date
) -> int:
    """Let `to_unit` answer from `since` for the measures (id → version as previewed); returns how many.

    One operation, all or nothing. Raises StaleMeasures when any was changed after the preview or no longer
    belongs to `from_unit` that day, Refused and PermissionDenied.
    """
    require(by, Permission.EDIT_STRATEGY)
    reason = _("Ansvar flyttet fra %(before)s til %(after)s") % {
        "before": from_unit.name,
        "after": to_unit.name,
    }
    with acting(by, reason):
        refuse_unfit(held_unit(to_unit), since)
        refuse_same(from_unit, to_unit)
        found = {
            measure.pk: measure
            for measure in Measure.objects.select_for_update().filter(pk__in=versions).order_by("pk")
        }
        held = set(
            Responsibility.objects.valid_on(since)
            .filter(measure__in=list(found), unit=from_unit)
            .values_list("measure_id", flat=True)
        )
        stale = [
            found[pk].code if pk in found else str(pk)
            for pk, version in versions.items()
            if pk not in held or found[pk].version != version
        ]
        if stale:
            raise StaleMeasures(stale)
        for pk, version in versions.items():
            change_responsible(by=by, measure=found[pk], unit=to_unit, version=version, since=since)
        return len(found)


def refuse_same(from_unit: Unit, to_unit: Unit) -> None:
    """Raises Refused for a unit that would take over from itself."""
    if from_unit.pk == to_unit.pk:
        text = _("Velg en annen virksomhet enn den som har tiltakene i dag.")
        raise Refused(Refusal(text, field="to_unit"))


def refuse_unfit(unit: Unit, since: date) -> None:
    """Raises Refused for an area, and for a unit that is not in operation on the day."""
    if sentence := why_unfit(unit, since):
        raise Refused(Refusal(sentence, field="unit"))


def why_unfit(unit: Unit, since: date) -> str:
    """Why the unit cannot answer for anything from the day; empty when it can."""
    if unit.kind == UnitKind.AREA:
        text = _("%(unit)s er et område. Velg virksomheten, staben eller foretaket som skal gjøre jobben.")
        return text % {"unit": unit.name}
    if unit.valid_from > since or (unit.valid_to is not None and unit.valid_to < since):
        text = _("%(unit)s finnes ikke på den datoen. Velg en virksomhet som er i drift.")
        return text % {"unit": unit.name}
    return ""
