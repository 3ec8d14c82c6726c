"""How much of the portal a municipality uses: what is off is in no menu and asks nobody, and is kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from climate_portal.urls import ROUTES
from organisation.actions.switches import set_switches
from organisation.enums import SWITCHES_OF_SIZE, Size, Switch
from organisation.models import Municipality
from reporting.enums import PeriodKind
from reporting.forms.periods import OpenPeriodForm
from reporting.rules.deadlines import next_period
from tests.cast import Cast
from web import contributions
from web.concurrency import StaleObject
from web.contributions import CalendarEntry, calendar_entry, collect, register

pytestmark = pytest.mark.django_db
PAGES = {
    Switch.OWN_OPERATIONS: "emissions:own_operations",
    Switch.NETWORK: "klimalaget:index",
    Switch.LEADERSHIP: "leadership:index",
}


@pytest.fixture
def municipality() -> Municipality:
    return Municipality.objects.create(
        name="Skien", number="4003", organisation="Skien kommune", mfa_required=False
    )


def switch_on(cast: Cast, *on: Switch) -> None:
    stored = Municipality.objects.get()
    set_switches(by=cast.admin, on=on, version=stored.version)


def test_every_switch_is_of_something() -> None:
    of_pages = {route.switch for route in ROUTES.values() if route.switch}
    assert of_pages | {Switch.TERTIALS} == set(Switch)
    assert set(PAGES) == of_pages


@pytest.mark.parametrize("switch", PAGES)
def test_what_is_off_is_there_for_the_administrator_alone(
    cast: Cast, municipality: Municipality, as_user: Any, switch: Switch
) -> None:
    address = reverse(PAGES[switch])
    assert as_user(cast.klima).get(address).status_code == 200
    switch_on(cast, *(one for one in Switch if one != switch))
    assert as_user(cast.klima).get(address).status_code == 404
    assert as_user(cast.admin).get(address).status_code == 200
    for user in (cast.klima, cast.admin):
        assert f'href="{address}"' not in as_user(user).get("/").content.decode()
    assert f'href="{address}"' not in as_user(cast.klima).get("/klimaregnskap/").content.decode()
    switch_on(cast, *Switch)
    assert as_user(cast.klima).get(address).status_code == 200


def test_what_is_off_asks_nobody(
    cast: Cast, municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contributions, "_providers", {slot: [] for slot in contributions.SLOTS})
    register(calendar_entry, lambda *_: [CalendarEntry(1, "møte")], switch=Switch.NETWORK)  # type: ignore[arg-type, list-item]
    register(calendar_entry, lambda *_: [CalendarEntry(2, "frist")])  # type: ignore[arg-type, list-item]
    asked = (cast.klima, None, None)
    assert [entry.title for entry in collect(calendar_entry, *asked)] == ["møte", "frist"]  # type: ignore[arg-type]
    switch_on(cast)
    assert [entry.title for entry in collect(calendar_entry, *asked)] == ["frist"]  # type: ignore[arg-type]


def test_a_year_may_have_one_report(cast: Cast, municipality: Municipality) -> None:
    assert next_period(2026, PeriodKind.FIRST_TERTIAL) == (2026, PeriodKind.SECOND_TERTIAL)
    switch_on(cast)
    assert next_period(2026, PeriodKind.FIRST_TERTIAL) == (2026, PeriodKind.ANNUAL)
    assert next_period(2026, PeriodKind.ANNUAL) == (2027, PeriodKind.ANNUAL)
    assert [code for code, _label in OpenPeriodForm().fields["kind"].choices] == ["AR"]  # type: ignore[attr-defined]


def test_a_size_sets_the_switches_and_each_can_be_set(
    cast: Cast, municipality: Municipality, as_user: Any
) -> None:
    client = as_user(cast.admin)
    address = reverse("organisation:switches")
    for size in Size:
        version = Municipality.objects.get().version
        assert client.post(address, {"size": size, "version": version}).status_code == 303
        assert set(Municipality.objects.get().switched_on) == SWITCHES_OF_SIZE[size]
        form = client.get(address).context["form"]
        assert form["size"].value() == size
    own = {"size": "egne", "on": [Switch.NETWORK], "version": Municipality.objects.get().version}
    assert client.post(address, own).status_code == 303
    assert Municipality.objects.get().switched_on == [Switch.NETWORK]
    assert client.post(address, {"size": "stor", "version": 9}).status_code == 422
    assert as_user(cast.klima).get(address).status_code == 403


def test_two_who_choose_at_once(cast: Cast, municipality: Municipality, as_user: Any) -> None:
    switch_on(cast)
    with pytest.raises(StaleObject):
        set_switches(by=cast.admin, on=[], version=1)
    answer = as_user(cast.admin).post(reverse("organisation:switches"), {"size": "alt", "version": 1})
    assert answer.status_code == 409
