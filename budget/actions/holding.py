"""Gives what somebody owns in the budgets to another.

For the organisation's own action, which has asked whether the actor may: nothing here does.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from django.db.models import F
from django.utils.translation import gettext as _

from budget.enums import HoldingKind
from budget.models import Scenario
from organisation.models import User
from organisation.rules import Permission, read_duties
from web.actors import Actor, acting
from web.contributions import Move
from web.refusals import Refused

_NAME_LENGTH = 120


def person_moves(person: int) -> dict[HoldingKind, Move]:
    """How what is a person's own is given to another: (by, to, day)."""
    return {HoldingKind.SCENARIOS: partial(move_scenarios, person)}


def move_scenarios(person: int, by: Actor, to: int, day: date) -> None:
    """Gives the person's «hva om» to another; one whose name she has used on that budget gets a number.

    Raises Refused for somebody who may not make any.
    """
    with acting(by, _("«Hva om» overlatt til en annen")):
        successor = User.objects.get(pk=to)
        if Permission.MAKE_SCENARIOS not in read_duties(successor, day).permissions:
            text = _("{name} kan ikke lage «hva om». Velg en annen, eller la den som slutter, slette sine.")
            raise Refused(text.format(name=successor.name))
        scenarios = list(
            Scenario.objects.select_for_update(no_key=True).filter(owner__in=[person, to]).order_by("pk")
        )
        taken = {(one.budget_id, one.name) for one in scenarios if one.owner_id == to}
        given = [one for one in scenarios if one.owner_id == person]
        renamed = [one for one in given if (one.budget_id, one.name) in taken]
        taken |= {(one.budget_id, one.name) for one in given}
        for one in renamed:
            one.name = _free_name(one, taken)
            taken.add((one.budget_id, one.name))
        Scenario.objects.bulk_update(renamed, ["name"])
        Scenario.objects.filter(pk__in=[one.pk for one in given]).update(owner=to, version=F("version") + 1)


def _free_name(scenario: Scenario, taken: set[tuple[int, str]]) -> str:
    """«Flere elbiler (2)», the first number that is free on the budget."""
    number = 2
    while True:
        end = f" ({number})"
        name = scenario.name[: _NAME_LENGTH - len(end)] + end
        if (scenario.budget_id, name) not in taken:
            return name
        number += 1
