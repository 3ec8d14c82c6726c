"""Who a unit may ask to decide something: those its municipality has."""

from __future__ import annotations

from django.utils.translation import gettext as _

from organisation.enums import UnitKind
from organisation.models import Unit
from reporting.enums import DecisionLevel
from reporting.models import DECISION_LEVEL_LABELS
from web.names import names

# By the number of levels of leaders: those above who leads the unit.
_ABOVE: dict[int, tuple[DecisionLevel, ...]] = {
    1: (),
    2: (DecisionLevel.DIRECTOR,),
    3: (DecisionLevel.MIDDLE, DecisionLevel.DIRECTOR),
}
_OF_ENTERPRISES = (DecisionLevel.LEADER, DecisionLevel.BOARD, DecisionLevel.COUNCIL)


def levels_of_municipality() -> tuple[DecisionLevel, ...]:
    """The levels a unit of the municipality's own may ask, from below."""
    above = _ABOVE[names().leader_levels]
    return (DecisionLevel.LEADER, *above, DecisionLevel.EXECUTIVE, DecisionLevel.COUNCIL)


def levels_of(unit: Unit) -> tuple[DecisionLevel, ...]:
    """Those a unit may ask. A municipal enterprise answers to its board, and the board to the council."""
    return _OF_ENTERPRISES if unit.kind == UnitKind.ENTERPRISE else levels_of_municipality()


def why_not_asked(unit: Unit, level: str) -> str:
    """Why a unit cannot ask this level; empty when it can, and when nobody is asked."""
    if not level or level in levels_of(unit):
        return ""
    words = DECISION_LEVEL_LABELS[DecisionLevel(level)]
    if unit.kind == UnitKind.ENTERPRISE:
        return _("Et foretak svarer for styret sitt, og kan ikke be {level} avgjøre noe.").format(level=words)
    if level == DecisionLevel.BOARD:
        return _("Bare kommunale foretak har et styre. Velg en annen.")
    return _("Kommunen har ikke det ledernivået lenger. Velg en annen enn {level}.").format(level=words)
