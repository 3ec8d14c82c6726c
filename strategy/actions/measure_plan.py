"""A measure's plan: milestones and indicators. Written by Klima and by the unit that answers today."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import User
from organisation.rules import Permission, read_duties
from strategy.models import EMISSIONS, Indicator, IndicatorTarget, Measure, Milestone
from web.actors import Actor, SystemActor, acting
from web.concurrency import StaleObject, save_versioned
from web.refusals import Refusal, Refused


@dataclass(frozen=True, slots=True)
class TargetValue:
    """Måltall for a year, or for one tertial of it; the value in the indicator's own unit."""

    year: int
    tertial: int | None
    value: Decimal


def add_milestone(
    *, by: Actor, measure: Measure, title: str, due: date, done_on: date | None = None
) -> Milestone:
    """A new milestone. Raises PermissionDenied."""
    with acting(by, _("Ny milepæl")):
        _open_plan(by, measure)
        return Milestone.objects.create(measure=measure, title=title, due=due, done_on=done_on)


def edit_milestone(
    *, by: Actor, milestone: Milestone, version: int, title: str, due: date, done_on: date | None
) -> Milestone:
    """Raises StaleObject and PermissionDenied."""
    with acting(by, _("Milepæl endret")):
        _open_plan(by, milestone.measure)
        fields = {"title": title, "due": due, "done_on": done_on}
        save_versioned(milestone, expected=version, fields=fields)
        return milestone


def remove_milestone(*, by: Actor, milestone: Milestone, version: int) -> None:
    """Raises StaleObject and PermissionDenied. History keeps what was removed."""
    with acting(by, _("Milepæl fjernet")):
        _open_plan(by, milestone.measure)
        _remove(milestone, version)


def add_indicator(
    *,
    by: Actor,
    measure: Measure,
    name: str,
    unit_label: str,
    direction: str,
    targets: Sequence[TargetValue] = (),
) -> Indicator:
    """A new indicator. Raises Refused and PermissionDenied."""
    with acting(by, _("Ny resultatindikator")):
        _open_plan(by, measure)
        _refuse_same_name(measure, name)
        refuse_emissions(unit_label)
        indicator = Indicator.objects.create(
            measure=measure, name=name, unit_label=unit_label, direction=direction
        )
        _write_targets(indicator, targets)
        return indicator


def edit_indicator(
    *,
    by: Actor,
    indicator: Indicator,
    version: int,
    name: str,
    unit_label: str,
    direction: str,
    targets: Sequence[TargetValue],
) -> Indicator:
    """The indicator and all its targets at once. Raises Refused, StaleObject, PermissionDenied."""
    with acting(by, _("Resultatindikator endret")):
        _open_plan(by, indicator.measure)
        _refuse_same_name(indicator.measure, name, indicator.pk)
        refuse_emissions(unit_label)
        fields = {"name": name, "unit_label": unit_label, "direction": direction}
        save_versioned(indicator, expected=version, fields=fields)
        _write_targets(indicator, targets)
        return indicator


def remove_indicator(*, by: Actor, indicator: Indicator, version: int) -> None:
    """Raises StaleObject and PermissionDenied. History keeps what was removed."""
    with acting(by, _("Resultatindikator fjernet")):
        _open_plan(by, indicator.measure)
        _remove(indicator, version)


def _open_plan(by: Actor, measure: Measure) -> None:
    """Who may write, by fresh appointments; what the unit writes is marked as newer than the assurance.

    The measure's version counts too, so that Klima never assures a plan that changed while she read it.
    """
    # The row is locked until the write is done: a unit that loses the measure loses it before or after.
    Measure.objects.select_for_update().get(pk=measure.pk)
    fields: dict[str, Any] = {"version": F("version") + 1}
    if not isinstance(by, SystemActor):
        if not isinstance(by, User):
            raise PermissionDenied
        held = read_duties(by)
        if Permission.EDIT_STRATEGY not in held.permissions:
            answers = measure.responsibilities.current().values_list("unit_id", flat=True)
            if not held.own_units.intersection(answers):
                raise PermissionDenied
            fields["plan_changed_at"] = timezone.now()
    Measure.objects.filter(pk=measure.pk).update(**fields)


def _refuse_same_name(measure: Measure, name: str, own: int = 0) -> None:
    if measure.indicators.filter(name=name).exclude(pk=own).exists():
        raise Refused(Refusal(_("Tiltaket har allerede en resultatindikator med det navnet."), field="name"))


def refuse_emissions(unit_label: str) -> None:
    """Raises Refused for a unit that is emissions: an indicator says how far a measure has come."""
    if re.search(EMISSIONS, unit_label, re.IGNORECASE):
        text = _(
            "En resultatindikator måler hvor langt tiltaket er kommet, aldri utslipp. "
            "Tonn CO₂e står i klimabudsjettet."
        )
        raise Refused(Refusal(text, field="unit_label"))


def _write_targets(indicator: Indicator, targets: Sequence[TargetValue]) -> None:
    wanted: Mapping[tuple[int, int | None], Decimal] = {(one.year, one.tertial): one.value for one in targets}
    present = {(one.year, one.tertial): one for one in indicator.targets.all()}
    for key, row in present.items():
        if key not in wanted:
            row.delete()
        elif row.value != wanted[key]:
            row.value = wanted[key]
            row.save(update_fields=["value"])
    IndicatorTarget.objects.bulk_create(
        IndicatorTarget(indicator=indicator, year=year, tertial=tertial, value=value)
        for (year, tertial), value in wanted.items()
        if (year, tertial) not in present
    )


def _remove(row: Milestone | Indicator, version: int) -> None:
    deleted, _per_model = type(row)._base_manager.filter(pk=row.pk, version=version).delete()
    if not deleted:
        raise StaleObject(type(row)._base_manager.filter(pk=row.pk).first())
