"""A measure from idea to done, and Klima's assurance of its plan."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.rules import Permission, require
from strategy.enums import MEASURE_TRANSITIONS, MeasureState
from strategy.models import MEASURE_STATE_LABELS, Measure, MeasureTransition
from strategy.rules import needs_reason
from web.actor_columns import actor_values
from web.actors import Actor, acting
from web.concurrency import save_versioned
from web.names import naming
from web.refusals import Refusal, Refused


def move_measure(
    *, by: Actor, measure: Measure, version: int, state: MeasureState, reason: str = ""
) -> Measure:
    """Move the measure along the table of states, and log who, when and why.

    The same move done again changes nothing. Raises Refused for a move outside the table or without
    the reason it needs, StaleObject and PermissionDenied.
    """
    require(by, Permission.EDIT_STRATEGY)
    reason = reason.strip()
    with acting(by, _("Tilstand endret")):
        locked = Measure.objects.select_for_update().get(pk=measure.pk)
        if locked.state == state:
            return locked
        check_move(locked.state, state, reason)
        before = locked.state
        save_versioned(locked, expected=version, fields={"state": state})
        MeasureTransition.objects.create(
            measure=locked,
            from_state=before,
            to_state=state,
            **actor_values("by", by),
            reason=reason,
        )
        return locked


def check_move(before: str, state: str, reason: str) -> None:
    """Raises Refused with the sentence for the field it concerns."""
    allowed = MEASURE_TRANSITIONS[MeasureState(before)]
    if state not in allowed:
        text = _("Et tiltak kan ikke gå fra «%(before)s» til «%(after)s». Velg blant: %(allowed)s.") % {
            "before": MEASURE_STATE_LABELS[MeasureState(before)],
            "after": MEASURE_STATE_LABELS[MeasureState(state)],
            "allowed": ", ".join(str(MEASURE_STATE_LABELS[one]) for one in MeasureState if one in allowed),
        }
        raise Refused(Refusal(text, field="state"))
    if needs_reason(state) and not reason.strip():
        raise Refused(Refusal(_("Skriv hvorfor tiltaket blir utsatt eller avviklet."), field="reason"))


def assure_plan(*, by: Actor, measure: Measure, version: int) -> Measure:
    """Klima has gone through milestones and indicators as they stand now.

    Raises StaleObject when the measure was changed after it was read, and PermissionDenied.
    """
    require(by, Permission.EDIT_STRATEGY)
    with acting(by, naming(_("Planen er kvalitetssikret av {climate_name}"))):
        save_versioned(
            measure,
            expected=version,
            fields={"assured_at": timezone.now(), **actor_values("assured_by", by)},
        )
        return measure
