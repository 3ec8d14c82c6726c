"""Who sees on Min side that a climate budget waits for them, and which decisions are refused."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from budget.actions.transitions import hand_over, propose, register_adoption
from budget.models import ClimateBudget
from tests.demo_world import client_for
from web.actors import DEMO
from web.refusals import Refused

pytestmark = pytest.mark.usefixtures("demo_db")

TOLD = "Se budsjettet"


def told() -> set[str]:
    people = ("klima", "radmann", "analyse", "kontakt", "leder", "utvalg", "revisor")
    return {login for login in people if TOLD in client_for(login).get(reverse("min_side")).text}


def test_each_step_waits_for_the_right_person() -> None:
    budget = ClimateBudget.objects.get(year=2027)
    assert told() == set()
    budget = hand_over(by=DEMO, budget=budget, version=budget.version)
    assert told() == {"radmann"}
    budget = propose(by=DEMO, budget=budget, version=budget.version)
    assert told() == {"klima"}
    with pytest.raises(Refused, match="for lenge før budsjettåret 2027"):
        register_adoption(
            by=DEMO, budget=budget, version=budget.version, adopted_on=date(1900, 1, 1), case_number="26/1"
        )
    register_adoption(
        by=DEMO, budget=budget, version=budget.version, adopted_on=date(2026, 1, 2), case_number="26/1"
    )
    assert told() == set()
