"""A unit ticks off a point of a measure's checklist, with a note on why, or takes the tick away."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from organisation.models import User
from organisation.rules import read_duties
from reporting.enums import CheckItem
from reporting.models import ChecklistTick
from reporting.rules.checklist import may_tick
from strategy.models import Measure
from strategy.queries.measures import responsible_units
from web.actor_columns import actor_values
from web.actors import Actor, SystemActor, acting
from web.refusals import Closed, Refusal, Refused


def tick_item(*, by: Actor, measure: Measure, item: CheckItem, note: str) -> ChecklistTick:
    """Says that a point does not apply, or is taken care of elsewhere. The same again changes nothing.

    Raises PermissionDenied, and Refused without a note or when it is ticked off already.
    """
    with acting(by, _("Krysset av et punkt på sjekklisten")):
        _require(by, measure)
        text = note.strip()
        if not text:
            raise Refused(Refusal(_("Skriv kort hvorfor punktet er i orden."), field="note"))
        tick, made = ChecklistTick.objects.get_or_create(
            measure=measure,
            item=item,
            defaults={
                "note": text,
                **actor_values("by", by),
            },
        )
        if not made and tick.note != text:
            raise Closed(_("{name} har allerede krysset av punktet.").format(name=tick.by_name))
        return tick


def untick_item(*, by: Actor, measure: Measure, item: CheckItem) -> None:
    """Takes the tick away; none there is no fault. Raises PermissionDenied."""
    with acting(by, _("Tok bort et kryss på sjekklisten")):
        _require(by, measure)
        ChecklistTick.objects.filter(measure=measure, item=item).delete()


def _require(by: Actor, measure: Measure) -> None:
    """Klima and the unit that answers for the measure today."""
    if isinstance(by, SystemActor):
        return
    unit = responsible_units([measure.pk]).get(measure.pk)
    if not isinstance(by, User) or not may_tick(read_duties(by), unit.pk if unit else None):
        raise PermissionDenied
