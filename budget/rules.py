"""Who may see and move a climate budget. The table of states itself stands in enums and in a trigger."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth.base_user import AbstractBaseUser

from budget.enums import BudgetState
from organisation.models import User
from organisation.rules import Permission, duties, read_duties
from web.actors import Actor, SystemActor

S = BudgetState
P = Permission

# A proposal is sent to the council, so it can be read by everybody from then on.
PUBLISHED_STATES = frozenset({S.PROPOSED, S.ADOPTED, S.SUPERSEDED})

# (from, to) → any of these permissions. Nothing else moves a budget.
TRANSITION_PERMISSIONS: Mapping[tuple[BudgetState, BudgetState], frozenset[Permission]] = {
    (S.DRAFT, S.HANDED_OVER): frozenset({P.EDIT_BUDGET}),
    (S.HANDED_OVER, S.DRAFT): frozenset({P.EDIT_BUDGET, P.PROPOSE_BUDGET}),
    (S.HANDED_OVER, S.PROPOSED): frozenset({P.PROPOSE_BUDGET}),
    (S.PROPOSED, S.HANDED_OVER): frozenset({P.PROPOSE_BUDGET}),
    (S.PROPOSED, S.ADOPTED): frozenset({P.REGISTER_ADOPTION}),
    (S.ADOPTED, S.SUPERSEDED): frozenset({P.REGISTER_ADOPTION}),
}
BACKWARDS: Mapping[BudgetState, BudgetState] = {S.HANDED_OVER: S.DRAFT, S.PROPOSED: S.HANDED_OVER}


def visible_states(user: AbstractBaseUser) -> frozenset[BudgetState]:
    """The states in which the user may read a budget: all, the published ones, or none."""
    permissions = duties(user).permissions
    if P.READ_DRAFT_BUDGET in permissions:
        return frozenset(BudgetState)
    return PUBLISHED_STATES if P.READ_PUBLISHED in permissions else frozenset()


def may_read(user: AbstractBaseUser, state: str) -> bool:
    return state in visible_states(user)


def may_edit(user: AbstractBaseUser, state: str) -> bool:
    """Whether the user may change the budget's figures: the climate unit, and only while it is a draft."""
    return state == S.DRAFT and P.EDIT_BUDGET in duties(user).permissions


def may_move(user: AbstractBaseUser, origin: str, target: str) -> bool:
    """Whether the user may take a budget from one state to another."""
    return _allowed(duties(user).permissions, origin, target)


def may_record(user: AbstractBaseUser) -> bool:
    """Whether the user may record a budget that was adopted before the portal."""
    return {P.EDIT_BUDGET, P.REGISTER_ADOPTION} <= duties(user).permissions


def actor_may_move(by: Actor, origin: str, target: str) -> bool:
    """As `may_move`, with the appointments read again; system actors may make every move there is."""
    if isinstance(by, SystemActor):
        return (S(origin), S(target)) in TRANSITION_PERMISSIONS
    return isinstance(by, User) and _allowed(read_duties(by).permissions, origin, target)


def _allowed(permissions: frozenset[Permission], origin: str, target: str) -> bool:
    return not permissions.isdisjoint(TRANSITION_PERMISSIONS.get((S(origin), S(target)), frozenset()))
