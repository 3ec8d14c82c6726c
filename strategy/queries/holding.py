"""What of the strategy hangs on a unit or a person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q, QuerySet

from organisation.models import User
from organisation.rules import read_duties
from strategy.enums import CLOSED_DECISIONS, EDITABLE_STATES, OVER_STATES
from strategy.models import Contribution, Decision, HearingAnswer, Measure, Placement, Responsibility
from strategy.queries.hearings import answers_to_give


def held_responsibilities(unit: int, day: date) -> QuerySet[Responsibility]:
    """The unit's times of answering for measures that are not over, as far as they are not past on `day`."""
    return _from_day(unit, day).exclude(measure__state__in=sorted(OVER_STATES))


def _from_day(unit: int, day: date) -> QuerySet[Responsibility]:
    return Responsibility.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), unit=unit)


def held_contributions(unit: int) -> QuerySet[Contribution]:
    """What the unit takes part in of what is not over."""
    return Contribution.objects.filter(unit=unit).exclude(measure__state__in=sorted(OVER_STATES))


def open_decisions(units: Collection[int]) -> QuerySet[Decision]:
    """The decisions these units carry out that are not closed."""
    return Decision.objects.filter(unit__in=list(units)).exclude(status__in=sorted(CLOSED_DECISIONS))


@dataclass(frozen=True, slots=True)
class HeldByUnit:
    """What hangs on one unit on a day. `drafts` are those of `measures` that stand in a draft strategy."""

    unit: int
    measures: int
    drafts: int
    over: int
    contributions: int
    decisions: int
    decisions_due: date | None
    closed_decisions: int
    answers: tuple[HearingAnswer, ...]
    given_answers: int


def held_by_unit(unit: int, day: date) -> HeldByUnit:
    """What hangs on the unit on the day; seven queries however much it is."""
    held = held_responsibilities(unit, day).values("measure_id")
    drafts = Placement.objects.filter(measure__in=held, strategy__state__in=sorted(EDITABLE_STATES))
    over = _from_day(unit, day).filter(measure__state__in=sorted(OVER_STATES))
    decisions = open_decisions([unit]).aggregate(found=Count("pk"), due=Min("deadline"))
    return HeldByUnit(
        unit=unit,
        measures=Measure.objects.filter(pk__in=held).count(),
        drafts=drafts.values("measure").distinct().count(),
        over=over.values("measure").distinct().count(),
        contributions=held_contributions(unit).count(),
        decisions=decisions["found"],
        decisions_due=decisions["due"],
        closed_decisions=Decision.objects.filter(unit=unit, status__in=sorted(CLOSED_DECISIONS)).count(),
        answers=tuple(answers_to_give([unit])),
        given_answers=HearingAnswer.objects.filter(unit=unit).exclude(verdict="").count(),
    )


@dataclass(frozen=True, slots=True)
class HeldByPerson:
    """What waits for a person on a day because of her roles in units: theirs, not hers."""

    decisions: int
    decisions_due: date | None
    answers: tuple[HearingAnswer, ...]


def held_by_person(person: int, day: date) -> HeldByPerson:
    """What waits for the person on the day; two queries beside her duties."""
    units = read_duties(User.objects.get(pk=person), day).own_units
    if not units:
        return HeldByPerson(0, None, ())
    decisions = open_decisions(units).aggregate(found=Count("pk"), due=Min("deadline"))
    return HeldByPerson(decisions["found"], decisions["due"], tuple(answers_to_give(units)))
