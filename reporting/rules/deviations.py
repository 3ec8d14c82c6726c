"""Who may do what with a deviation, and who may decide what it asks."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from organisation.models import User
from organisation.rules import Duties, Permission, duties, read_duties
from reporting.enums import DecisionLevel, DeviationState
from reporting.models import DECISION_LEVEL_LABELS, Deviation
from web.actors import Actor, SystemActor


@dataclass(frozen=True, slots=True)
class DeviationAccess:
    """What a person is to one deviation. Without `reads` it does not exist for her."""

    reads: bool = False
    # Sets who owns it and by when, closes it and takes it up again.
    manages: bool = False
    # Records the decision it asks for.
    decides: bool = False
    reads_history: bool = False


# Those who lead above the unit. Who leads what says which of them it is.
LEVELS_ABOVE = (DecisionLevel.MIDDLE, DecisionLevel.DIRECTOR)
_EVERYTHING = DeviationAccess(reads=True, manages=True, decides=True, reads_history=True)


def deviation_access(by: Actor, deviation: Deviation) -> DeviationAccess:
    """For pages: appointments as read once for this request."""
    return _EVERYTHING if isinstance(by, SystemActor) else _access(duties(by), by.pk, deviation)


def fresh_deviation_access(by: Actor, deviation: Deviation) -> DeviationAccess:
    """The same with appointments read afresh: the actions' own check."""
    if isinstance(by, SystemActor):
        return _EVERYTHING
    return _access(read_duties(by), by.pk, deviation) if isinstance(by, User) else DeviationAccess()


def _access(held: Duties, user_id: int, deviation: Deviation) -> DeviationAccess:
    unit = deviation.unit_id
    manages = Permission.ASSURE_REPORT in held.permissions or unit in held.approves_for
    decides = may_decide(held, deviation.decision_level, unit)
    inside = Permission.READ_INTERNAL in held.permissions or unit in held.own_units | held.units_below
    return DeviationAccess(
        reads=inside or manages or decides or deviation.owner_id == user_id,
        manages=manages,
        decides=decides,
        reads_history=Permission.READ_HISTORY in held.permissions,
    )


def may_decide(held: Duties, level: str, unit_id: int) -> bool:
    """Whether somebody with these duties records decisions of this level for a unit.

    The leader decides for her own unit, and the nearest above for one nobody leads; who leads above it for
    those below hers. The executives' decision is entered by themselves or Klima, the council's by Klima, and
    that of an enterprise's board by its own leader or Klima.
    """
    if level == DecisionLevel.LEADER:
        return unit_id in held.approves_for
    if level in LEVELS_ABOVE:
        return unit_id in held.units_below
    if level == DecisionLevel.BOARD:
        return unit_id in held.approves_for or Permission.ASSURE_REPORT in held.permissions
    if level == DecisionLevel.EXECUTIVE:
        return Permission.RECORD_LEADERSHIP_DECISION in held.permissions
    return level == DecisionLevel.COUNCIL and Permission.ASSURE_REPORT in held.permissions


def why_not_decidable(deviation: Deviation) -> str:
    """Why no decision can be recorded now; empty when it can."""
    if deviation.state != DeviationState.OPEN:
        return _("Avviket er lukket.")
    if not deviation.decision_level:
        return _("Ingen har bedt om en beslutning i dette avviket.")
    if deviation.decision_id is not None:
        return _("Beslutningen er allerede ført inn.")
    return ""


def level_words(level: str) -> str:
    """«direktøren»; empty for no level."""
    return str(DECISION_LEVEL_LABELS[DecisionLevel(level)]) if level else ""
