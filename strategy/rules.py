"""Who may see and change what in the strategy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _

from organisation.models import Unit
from organisation.rules import Duties, Permission, duties, has_permission
from strategy.enums import (
    MEASURE_TRANSITIONS,
    STATES_WITH_REASON,
    HearingState,
    MeasureState,
    StrategyState,
)
from strategy.models import BarometerIndicator, Decision, HearingAnswer, HearingRound, Strategy

PUBLISHED_STATES = frozenset({StrategyState.ADOPTED, StrategyState.SUPERSEDED, StrategyState.ON_HEARING})


def may_read_drafts(user: AbstractBaseUser) -> bool:
    return has_permission(user, Permission.READ_INTERNAL)


def may_read(user: AbstractBaseUser, strategy: Strategy) -> bool:
    """A draft is read by those who read everything; what is on hearing or decided, by all who are let in."""
    return strategy.state in PUBLISHED_STATES or may_read_drafts(user)


def may_edit(user: AbstractBaseUser) -> bool:
    return has_permission(user, Permission.EDIT_STRATEGY)


@dataclass(frozen=True, slots=True)
class HearingAccess:
    """What a person is to one hearing round. `answers` is whether she may answer for her unit."""

    reads_all: bool
    edits: bool
    own_units: frozenset[int]
    # Units below hers: read only, as in reporting.
    below: frozenset[int]

    def reads(self, unit_id: int) -> bool:
        return self.reads_all or unit_id in self.own_units or unit_id in self.below


def hearing_access(user: AbstractBaseUser) -> HearingAccess:
    held = duties(user)
    return HearingAccess(
        reads_all=Permission.READ_INTERNAL in held.permissions,
        edits=Permission.EDIT_STRATEGY in held.permissions,
        own_units=held.own_units,
        below=held.units_below,
    )


def may_read_round(user: AbstractBaseUser, access: HearingAccess, hearing: HearingRound) -> bool:
    """Published rounds are read by all readers; others by those who read all, and those with a unit in it."""
    if access.reads_all:
        return True
    if hearing.state == HearingState.PUBLISHED and has_permission(user, Permission.READ_PUBLISHED):
        return True
    return hearing.answers.filter(unit__in=list(access.own_units | access.below)).exists()


def answer_is_locked(answer: HearingAnswer, hearing: HearingRound, now: datetime) -> str:
    """Why the answer cannot be given or changed now, as a sentence; empty when it can."""
    if hearing.state != HearingState.OPEN:
        return _("Høringen er avsluttet. Svaret kan ikke gis eller endres lenger.")
    if answer.verdict and not answer.is_late and now > hearing.deadline:
        return _("Fristen er ute, og svaret står slik dere ga det.")
    return ""


def impossible_figure(indicator: BarometerIndicator, value: Decimal) -> str:
    """Why an indicator cannot have this figure, as a sentence; empty when it can.

    A share lies between 0 and 100 per cent, what is counted is never below 0, and a change may be anything.
    """
    name = indicator.name.casefold()
    if "endring" in name:
        return ""
    if value < 0:
        return _("Tallet kan ikke være under 0. Se etter at det er riktig.")
    if name.startswith("andel") and indicator.unit_label.strip() == "%" and value > 100:
        return _("En andel kan ikke være over 100 prosent. Se etter at tallet er riktig.")
    return ""


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
