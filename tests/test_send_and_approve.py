"""Where the one who reports also approves, she does both at once, and the report says that she did."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from organisation.actions.appointments import give_role
from organisation.enums import Role
from organisation.models import User
from reporting.enums import MessageKind, ReportState
from reporting.models import ReportMessage
from tests.report_forms import form_of, text_of
from tests.reporting_world import World

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]


@pytest.fixture
def both(world: World) -> User:
    """Leader and contact of the unit, as in a small municipality."""
    person: User = world.cast.leder
    give_role(by=world.cast.admin, user=person, role=Role.CONTACT, unit=world.report().unit)
    return person


def posted(client: Client, world: World) -> dict[str, str]:
    return form_of(client, world) | {f"s-{status.pk}-status": "on_track" for status in world.statuses()}


def test_one_button_does_both_and_the_report_says_so(world: World, both: User, as_user: AsUser) -> None:
    client = as_user(both)
    page = client.get(world.path())
    assert "Send og godkjenn" in text_of(page)
    assert "Send til virksomhetsleder" not in text_of(page)
    answer = client.post(page.context["submit_url"], posted(client, world) | {"godkjenn": "1"})
    assert answer.status_code == 303
    assert world.report().state == ReportState.APPROVED
    receipt = text_of(client.get(answer.headers["Location"]))
    assert f"{both.name}, som også sendte den" in receipt
    assert "Virksomhetslederen godkjenner rapporten" not in receipt
    log = text_of(as_user(world.cast.klima).get(world.path()))
    assert "Godkjent av leder, av den som sendte den" in log


def test_nobody_hears_that_it_waits(world: World, both: User, as_user: AsUser) -> None:
    client = as_user(both)
    url = client.get(world.path()).context["submit_url"]
    client.post(url, posted(client, world) | {"godkjenn": "1"})
    kinds = set(ReportMessage.objects.filter(report=world.report()).values_list("kind", flat=True))
    assert MessageKind.RECEIPT in kinds
    assert MessageKind.WAITS not in kinds


def test_what_is_not_complete_is_neither_sent_nor_approved(world: World, both: User, as_user: AsUser) -> None:
    client = as_user(both)
    url = client.get(world.path()).context["submit_url"]
    assert client.post(url, form_of(client, world) | {"godkjenn": "1"}).status_code == 422
    assert world.report().state == ReportState.DRAFT


def test_whoever_does_not_lead_cannot_approve_by_the_button(world: World, as_user: AsUser) -> None:
    client = as_user(world.cast.kontakt)
    page = client.get(world.path())
    assert "Send og godkjenn" not in text_of(page)
    client.post(page.context["submit_url"], posted(client, world) | {"godkjenn": "1"})
    assert world.report().state == ReportState.SUBMITTED
    assert "av den som sendte den" not in text_of(as_user(world.cast.klima).get(world.path()))
