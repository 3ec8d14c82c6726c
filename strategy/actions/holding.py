"""Gives what of the strategy hangs on one unit to another.

For the organisation's own action, which has asked whether the actor may reorganise: nothing here does. One
transaction, and as many queries for a hundred measures as for one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from organisation.models import Unit
from strategy.actions.responsibility import why_unfit
from strategy.enums import HearingState, HoldingKind
from strategy.models import Contribution, Decision, HearingAnswer, HearingRound, Measure, Responsibility
from strategy.queries.hearings import answers_to_give
from strategy.queries.holding import held_contributions, held_responsibilities, open_decisions
from web.actors import Actor, acting
from web.contributions import Move
from web.refusals import Refused


def unit_moves(unit: int) -> dict[HoldingKind, Move]:
    """How each kind of what hangs on the unit is given to another: (by, to, day)."""
    return {
        HoldingKind.MEASURES: partial(move_responsibility, unit),
        HoldingKind.CONTRIBUTIONS: partial(move_contributions, unit),
        HoldingKind.DECISIONS: partial(move_decisions, unit),
        HoldingKind.HEARING_ANSWERS: partial(move_hearing_answers, unit),
    }


def move_responsibility(unit: int, by: Actor, to: int, day: date) -> None:
    """Lets `to` answer from `day` for the measures of `unit` that are not over, as long as it would have.

    The unit keeps the time before. What is planned for others after it stands. Raises Refused for an area,
    and for a unit that is not in operation on the day.
    """
    with acting(by, _("Ansvaret for tiltakene flyttet")):
        if sentence := why_unfit(Unit.objects.get(pk=to), day):
            raise Refused(sentence)
        _hold_measures(held_responsibilities(unit, day).values_list("measure_id", flat=True))
        rows = _responsibilities(unit, day)
        if not rows:
            return
        begun = [row for row in rows if row.valid_from < day]
        _of(begun).update(valid_to=day - timedelta(days=1))
        Responsibility.objects.bulk_create(
            Responsibility(
                measure_id=row.measure_id,
                unit_id=to,
                valid_from=day,
                valid_to=row.valid_to,
                is_example=row.is_example,
            )
            for row in begun
        )
        _of([row for row in rows if row.valid_from >= day]).update(unit=to)
        moved = Measure.objects.filter(pk__in={row.measure_id for row in rows})
        # Nobody takes part in what she answers for.
        Contribution.objects.filter(measure__in=moved, unit=to).delete()
        # A form that was open before is not saved over the new one.
        moved.update(version=F("version") + 1)


def move_contributions(unit: int, by: Actor, to: int, day: date) -> None:
    """Lets `to` take part where `unit` does, unless it does already, or answers for the measure that day."""
    with acting(by, _("Bidragene til tiltakene flyttet")):
        _hold_measures(_contributed_to(unit))
        held = _contributed_to(unit)
        there = {
            *Contribution.objects.filter(unit=to, measure__in=held).values_list("measure_id", flat=True),
            *Responsibility.objects.valid_on(day)
            .filter(unit=to, measure__in=held)
            .values_list("measure_id", flat=True),
        }
        rows = Contribution.objects.filter(unit=unit)
        rows.filter(measure__in=there).delete()
        rows.filter(measure__in=set(held) - there).update(unit=to)


def move_decisions(unit: int, by: Actor, to: int, day: date) -> None:
    """Lets `to` carry out the decisions of `unit` that are not closed."""
    with acting(by, _("Oppfølgingen av vedtakene flyttet")):
        held = list(open_decisions([unit]).select_for_update().order_by("pk").values_list("pk", flat=True))
        Decision.objects.filter(pk__in=held).update(unit=to, version=F("version") + 1)


def move_hearing_answers(unit: int, by: Actor, to: int, day: date) -> None:
    """Asks `to` what `unit` is asked in open hearings and has not answered; once, where both are asked."""
    with acting(by, _("Høringssvarene flyttet")):
        asked = HearingAnswer.objects.filter(unit=unit, verdict="").values("round")
        # The round before its answers, as whoever answers does.
        rounds = HearingRound.objects.select_for_update().filter(state=HearingState.OPEN, pk__in=asked)
        open_rounds = list(rounds.order_by("pk"))
        own = HearingAnswer.objects.filter(round__in=open_rounds, unit=to).values_list("round_id", flat=True)
        held = answers_to_give([unit]).filter(round__in=open_rounds).order_by()
        HearingAnswer.objects.filter(pk__in=_keys(held.filter(round__in=list(own)))).delete()
        HearingAnswer.objects.filter(pk__in=_keys(held)).update(unit=to, version=F("version") + 1)


def _hold_measures(measures: Iterable[int]) -> None:
    """Holds the measures until the transaction ends, by id, as everybody does who writes one."""
    list(Measure.objects.select_for_update(no_key=True).filter(pk__in=list(measures)).order_by("pk"))


def _responsibilities(unit: int, day: date) -> list[Responsibility]:
    """What there is to move, read when the measures are held: somebody may have moved it meanwhile."""
    return list(held_responsibilities(unit, day).order_by("measure_id", "valid_from"))


def _of(rows: list[Responsibility]) -> QuerySet[Responsibility]:
    return Responsibility.objects.filter(pk__in=[row.pk for row in rows])


def _contributed_to(unit: int) -> list[int]:
    return list(held_contributions(unit).values_list("measure_id", flat=True))


def _keys(rows: QuerySet[HearingAnswer]) -> list[int]:
    return list(rows.values_list("pk", flat=True))
