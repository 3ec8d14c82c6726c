"""A strategy from draft to hearing to decision."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.rules import Permission, require
from strategy.enums import STRATEGY_TRANSITIONS, HearingState, StrategyState
from strategy.models import HearingRemark, HearingRound, Strategy, StrategyTransition
from web.actor_columns import actor_values
from web.actors import Actor, SystemActor, acting
from web.concurrency import StaleObject, save_versioned
from web.refusals import Refusal, Refused, refuse

S = StrategyState


def adopt_strategy(
    *,
    by: Actor,
    strategy: Strategy,
    version: int,
    decided_by: str,
    decided_on: date | None = None,
    case_number: str = "",
    decided_when: str = "",
) -> Strategy:
    """Register who adopted the strategy and when, and lock it. The version it replaces is superseded.

    `decided_when` is the time in words where the day is not known. The same click twice adopts once.
    Raises Refused with everything that stands in the way and where to put it right, StaleObject,
    PermissionDenied.
    """
    require(by, Permission.EDIT_STRATEGY)
    with acting(by, _("Vedtaket registrert")):
        fresh = Strategy.objects.select_for_update().get(pk=strategy.pk)
        fields = {
            "decided_by": decided_by.strip(),
            "decided_on": decided_on,
            "decided_when": decided_when.strip(),
            "case_number": case_number.strip(),
        }
        if fresh.state == S.ADOPTED and fresh.version == version + 1:
            # The same click again; whoever registered something else is told that it did not count.
            if all(getattr(fresh, name) == value for name, value in fields.items()):
                return fresh
            refuse(_("Noen andre har registrert vedtaket med andre opplysninger. Se hva som står der nå."))
        _check_step(fresh, version, S.ADOPTED)
        # Demo data and imports may lack what the municipality's own pages lack; people may not.
        if not isinstance(by, SystemActor):
            _check_decision(decided_by, decided_on)
        refuse(*what_is_missing(fresh))
        move(by, fresh, S.ADOPTED, comment=case_number.strip(), **fields)
        before = fresh.replaces
        if before is not None and before.state == S.ADOPTED:
            # The newer before the one it replaces. A strategy replaces one that was there before it, for
            # good, so no two adoptions take the same two the other way round and wait for each other.
            older = Strategy.objects.select_for_update().get(pk=before.pk)
            move(by, older, S.SUPERSEDED, comment=fresh.title)
    return fresh


def back_to_draft(*, by: Actor, strategy: Strategy, version: int) -> Strategy:
    """Take a strategy back from hearing to draft, when no round of it is open.

    Raises Refused, StaleObject, PermissionDenied.
    """
    require(by, Permission.EDIT_STRATEGY)
    with acting(by, _("Tilbake til utkast")):
        fresh = Strategy.objects.select_for_update().get(pk=strategy.pk)
        if fresh.state == S.DRAFT and fresh.version == version + 1:
            return fresh
        _check_step(fresh, version, S.DRAFT)
        refuse(*_open_rounds(fresh))
        return move(by, fresh, S.DRAFT)


def move(
    by: Actor, strategy: Strategy, state: StrategyState, *, comment: str = "", **fields: object
) -> Strategy:
    """Move a locked strategy and write it in the log; the caller has checked that it may."""
    origin = strategy.state
    save_versioned(strategy, expected=strategy.version, fields={"state": state, **fields})
    StrategyTransition.objects.create(
        strategy=strategy,
        from_state=origin,
        to_state=state,
        **actor_values("by", by),
        comment=comment,
    )
    return strategy


def what_is_missing(strategy: Strategy) -> list[Refusal]:
    """Everything that stands in the way of adopting the strategy, with where it is put right."""
    reasons = list(_open_rounds(strategy))
    if not strategy.focus_areas.exists():
        reasons.append(
            Refusal(
                _("Strategien har ingen innsatsområder. Legg til minst ett."),
                url=reverse("strategy:edit", args=[strategy.slug]),
            )
        )
    undisposed = (
        HearingRemark.objects.filter(answer__round__strategy=strategy, disposition="")
        .select_related("answer__unit", "section")
        .order_by("answer__round_id", "section__order", "answer__unit_id")
    )
    reasons += [
        Refusal(
            _("Merknaden fra {unit} til «{section}» er ikke behandlet.").format(
                unit=remark.answer.unit.name, section=remark.section.title
            ),
            url=reverse("strategy:dispose", args=[remark.pk]),
        )
        for remark in undisposed
    ]
    return reasons


def _open_rounds(strategy: Strategy) -> Iterable[Refusal]:
    for one in HearingRound.objects.filter(strategy=strategy, state=HearingState.OPEN):
        yield Refusal(
            _("Høringen «{title}» er åpen. Avslutt den først.").format(title=one.title),
            url=one.get_absolute_url(),
        )


def _check_step(strategy: Strategy, version: int, state: StrategyState) -> None:
    if state not in STRATEGY_TRANSITIONS[S(strategy.state)]:
        raise Refused(_("Strategien kan ikke flyttes slik fra der den er nå."))
    if strategy.version != version:
        raise StaleObject(strategy)


def _check_decision(decided_by: str, decided_on: date | None) -> None:
    reasons = []
    if not decided_by.strip():
        reasons.append(Refusal(_("Skriv hvem som vedtok strategien."), field="decided_by"))
    if decided_on is None:
        reasons.append(Refusal(_("Skriv datoen strategien ble vedtatt."), field="decided_on"))
    elif decided_on > timezone.localdate():
        reasons.append(
            Refusal(
                _("Vedtaksdatoen er ikke kommet ennå. Skriv dagen vedtaket ble gjort."), field="decided_on"
            )
        )
    refuse(*reasons)
