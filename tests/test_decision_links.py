"""What was decided about a measure is a link away from its line in the budget and from its report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.test import Client
from django.urls import reverse

from organisation.models import User
from strategy.actions.decisions import DecisionData, record_decision
from strategy.enums import DecisionBody
from strategy.models import Decision, Measure
from tests.budget_factory import make_budget, make_line
from tests.cast import Cast
from tests.html_rules import broken_rules
from tests.reporting_world import World
from web.actors import DEMO

AsUser = Callable[[User], Client]


def decide(measure: Measure) -> Decision:
    data = DecisionData(
        body=DecisionBody.COUNCIL,
        title="Elbiler først",
        text="Biler byttes.",
        case_number="26/1",
        decided_on=date(2026, 3, 1),
        no_unit="Ikke fordelt ennå.",
    )
    return record_decision(by=DEMO, data=data, measures=[measure])


def leads_to_it(client: Client, page: str, measure: Measure) -> None:
    assert "Vedtak om tiltake" not in client.get(page).content.decode()
    made = decide(measure)
    text = client.get(page).content.decode()
    assert "Vedtak om tiltake" in text
    assert f'href="{made.get_absolute_url()}"' in text
    assert broken_rules(text) == []


def test_a_line_of_the_budget_leads_to_the_decisions_about_its_measure(cast: Cast, as_user: AsUser) -> None:
    line = make_line(make_budget(), "T1", {2030: 40})
    leads_to_it(as_user(cast.klima), reverse("budget:line", args=[line.pk]), line.measure)


def test_a_report_leads_to_the_decisions_about_its_measures(world: World, as_user: AsUser) -> None:
    leads_to_it(as_user(world.cast.klima), world.path(), world.status().measure)
