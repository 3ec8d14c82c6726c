"""What has no owner after those who leave: one list for who answers for the unit, each with its action."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from organisation.actions.appointments import give_role
from organisation.actions.handovers import save_handover
from organisation.actions.people import deactivate_person
from organisation.enums import Role
from organisation.models import Appointment, User
from organisation.queries.unowned import leaving, unowned
from tests.cast import SINCE, Cast
from tests.html_rules import broken_rules
from web import contributions
from web.actors import COMMAND_LINE
from web.contributions import Holder, Holding, HoldingGoes, collect, holding, min_side_task

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
PAGE = "/organisasjon/uten-eier/"
OWNS = "2 avvik"


@pytest.fixture
def owns(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Everybody in the cast owns two deviations until they are moved."""
    moved: set[int] = set()

    def provider(holder: Holder, day: date) -> Iterator[Holding]:
        if holder.person is None or holder.person in moved:
            return
        person = holder.person
        yield Holding(
            kind="owned", count=2, sentence=OWNS, goes=HoldingGoes.TO_SUCCESSOR, url="/rapportering/avvik/",
            move=lambda by, to, on: moved.add(person),
        )  # fmt: skip
        yield Holding(kind="seat", count=1, sentence="én plass", goes=HoldingGoes.WITH_UNIT)

    monkeypatch.setitem(contributions._providers, holding, [(provider, "")])
    return cast


def ends(cast: Cast, days: int) -> Appointment:
    """Samferdsel's contact has her last day that many days from today."""
    role = Appointment.objects.get(user=cast.kontakt)
    role.valid_to = timezone.localdate() + timedelta(days=days)
    role.save()
    return role


def names(cast: Cast) -> list[str]:
    found = unowned([cast.transport.pk], timezone.localdate())
    return [one.appointment.user.name for one in found]


@pytest.mark.parametrize(("days", "listed"), [(-366, False), (-10, True), (0, True), (30, True), (31, False)])
def test_who_left_lately_or_leaves_soon(owns: Cast, days: int, listed: bool) -> None:
    ends(owns, days)
    assert (owns.kontakt.name in names(owns)) == listed


def test_who_goes_on_in_another_role_does_not_leave(owns: Cast) -> None:
    ends(owns, 10)
    Appointment.objects.create(user=owns.kontakt, role=Role.READER, valid_from=SINCE)
    assert names(owns) == []
    # One who is shut out goes on with nothing.
    User.objects.filter(pk=owns.kontakt.pk).update(is_active=False)
    assert names(owns) == [owns.kontakt.name]


def test_only_what_needs_an_owner_is_told(owns: Cast) -> None:
    ends(owns, 0)
    [one] = unowned(None, timezone.localdate())
    assert [held.sentence for held in one.holdings] == [OWNS]


def test_a_successor_takes_it_off_the_list(owns: Cast, as_user: AsUser) -> None:
    role = ends(owns, 10)
    leader = as_user(owns.leder)
    page = leader.get(PAGE)
    assert broken_rules(page.text) == []
    assert "To ting har ingen eier etter én person." in page.text
    action = f"/organisasjon/roller/{role.pk}/overlevering/"
    assert action in page.text
    assert leader.get(action).status_code == 200
    save_handover(by=owns.leder, appointment=role, successor=owns.vara, note="", confirm=True, expected=0)
    page = leader.get(PAGE)
    assert "Alt har en eier." in page.text
    assert owns.kontakt.name not in page.text


def test_it_is_hers_who_leads_the_unit(owns: Cast, as_user: AsUser) -> None:
    ends(owns, -1)
    seen = {
        name for name, user in owns.people().items()
        if as_user(user).get(PAGE).status_code == 200
        and owns.kontakt.name in as_user(user).get(PAGE).text
    }  # fmt: skip
    assert seen == {"leder", "direktor", "klima", "admin"}
    told = {
        name for name, user in owns.people().items()
        if any("har ingen eier" in task.title for task in collect(min_side_task, user, timezone.now()))
    }  # fmt: skip
    assert told == {"leder", "direktor"}


def test_the_units_page_has_it_for_those(owns: Cast, as_user: AsUser) -> None:
    ends(owns, -1)
    unit = f"/organisasjon/{owns.transport.pk}/"
    for user, told in (
        (owns.leder, True),
        (owns.admin, True),
        (owns.annen_leder, False),
        (owns.kontakt, False),
    ):
        page = as_user(user).get(unit)
        assert page.status_code in (200, 403)
        assert ("Uten ny eier" in page.text) == told
    # The area's page has what is below it.
    assert "Uten ny eier" in as_user(owns.direktor).get(f"/organisasjon/{owns.area.pk}/").text


def test_who_may_not_give_the_role_is_told_who_does(owns: Cast, as_user: AsUser) -> None:
    Appointment.objects.filter(user=owns.leder).update(valid_to=timezone.localdate())
    page = as_user(owns.direktor).get(PAGE).text
    assert owns.leder.name in page
    assert "Den som gir rollen, velger hvem som tar over." in page


def test_who_is_shut_out_without_a_successor_is_on_it(owns: Cast) -> None:
    user = owns.kontakt
    deactivate_person(by=COMMAND_LINE, user=user, expected=user.version)
    assert names(owns) == [user.name]


def test_one_query_finds_those_who_leave(owns: Cast, django_assert_num_queries: Any) -> None:
    for user in (owns.kontakt, owns.vara, owns.annen):
        Appointment.objects.filter(user=user).update(valid_to=timezone.localdate())
    with django_assert_num_queries(1):
        assert len(leaving(None, timezone.localdate())) == 3


# --- The page of a handover ---------------------------------------------------------------------------


def test_the_handover_says_when_it_ends_and_who_comes(owns: Cast, as_user: AsUser) -> None:
    role = ends(owns, 10)
    address = f"/organisasjon/roller/{role.pk}/overlevering/"
    unit = owns.transport.name
    page = as_user(owns.kontakt).get(address)
    assert broken_rules(page.text) == []
    assert f"Rollen din som kontaktperson i {unit} slutter 17.\u00a0september 2026." in page.text
    assert "begynner" not in page.text
    give_role(
        by=COMMAND_LINE, user=owns.ingen, role=Role.CONTACT, unit=owns.transport, valid_from=date(2026, 9, 18)
    )
    page = as_user(owns.leder).get(address)
    assert f"Rollen til {owns.kontakt.name} som kontaktperson" in page.text
    assert f"{owns.ingen.name} begynner 18.\u00a0september." in page.text
    # What goes on by itself is a table, with why.
    assert "én plass" in page.text
