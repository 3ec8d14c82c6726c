"""Who may see and change what in the strategy."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser

from organisation.models import Unit
from organisation.rules import Duties, Permission, duties, has_permission
from strategy.enums import MEASURE_TRANSITIONS, STATES_WITH_REASON, MeasureState, StrategyState
from strategy.models import Decision, Strategy

PUBLISHED_STATES = frozenset({StrategyState.ADOPTED, StrategyState.SUPERSEDED, StrategyState.ON_HEARING})


def may_read_drafts(user: AbstractBaseUser) -> bool:
    return has_permission(user, Permission.READ_INTERNAL)


def may_read(user: AbstractBaseUser, strategy: Strategy) -> bool:
    """A draft is read by those who read everything; what is on hearing or decided, by all who are let in."""
    return strategy.state in PUBLISHED_STATES or may_read_drafts(user)


def may_edit(user: AbstractBaseUser) -> bool:
    return has_permission(user, Permission.EDIT_STRATEGY)


def may_edit_plan(user: AbstractBaseUser, responsible: Unit | None) -> bool:
    """Milestones and indicators: Klima, and contact, deputy and leader of the unit that answers today."""
    if may_edit(user):
        return True
    return responsible is not None and responsible.pk in duties(user).own_units


def next_states(state: str) -> list[MeasureState]:
    """Where a measure may go from here, in the order of a measure's life."""
    allowed = MEASURE_TRANSITIONS[MeasureState(state)]
    return [one for one in MeasureState if one in allowed]


def needs_reason(state: str) -> bool:
    return state in STATES_WITH_REASON


def may_note(held: Duties, decision: Decision) -> bool:
    """Klima, and contact, deputy or leader of the responsible unit, may say how a decision goes."""
    return Permission.EDIT_STRATEGY in held.permissions or decision.unit_id in held.own_units
