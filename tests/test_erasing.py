"""A person whose name is no longer needed goes by what she was; nobody with a role does, whoever is first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from organisation.actions import erasing
from organisation.actions.appointments import change_dates, give_role
from organisation.actions.erasing import WAYS_IN, erase_former_people, erase_person
from organisation.actions.people import change_person, take_back_person
from organisation.actions.people_file import NewDays, NewRole, PeopleChanges, write_people_changes
from organisation.enums import LoginLogKind, Role
from organisation.models import Appointment, AppointmentProposal, LoginLogEntry, User
from organisation.words.erased import name_by_role
from tests.cast import Cast
from tests.clock import NOW
from tests.races import Later
from tests.test_people import columns_with
from web.actors import COMMAND_LINE, WORKER
from web.concurrency import StaleObject
from web.jobs import let_go
from web.refusals import Closed, Refused

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
YEAR_AGO = TODAY - timedelta(days=365)
AsUser = Callable[[User], Client]


def left(user: User, last_day: date) -> User:
    """All her roles end on the day."""
    Appointment.objects.filter(user=user).update(valid_to=last_day)
    return User.objects.get(pk=user.pk)


def erased() -> set[User]:
    return set(User.objects.exclude(erased_at=None))


def test_a_name_gives_way_to_the_role_a_year_after_the_last_day(cast: Cast) -> None:
    left(cast.kontakt, YEAR_AGO)
    let_go()
    assert erased() == set()
    left(cast.kontakt, YEAR_AGO - timedelta(days=1))
    for _twice in range(2):
        let_go()
        assert erased() == {cast.kontakt}
    gone = User.objects.get(pk=cast.kontakt.pk)
    assert gone.name == "Tidligere kontaktperson i Samferdsel, vei- og parkforvaltning"
    assert (gone.is_active, gone.last_login, gone.has_usable_password()) == (False, None, False)
    assert columns_with(["Kontakt Eksempel", "kontakt@drammen.example"]) == set()
    lines = LoginLogEntry.objects.filter(user=gone).values_list("kind", flat=True)
    assert {LoginLogKind.NAME_CHANGED, LoginLogKind.EMAIL_CHANGED} <= set(lines)


def test_whoever_has_a_role_or_is_to_have_one_is_let_be(cast: Cast) -> None:
    left(cast.kontakt, YEAR_AGO - timedelta(days=1))
    coming = TODAY + timedelta(days=300)
    give_role(by=COMMAND_LINE, user=cast.kontakt, role=Role.READER, valid_from=coming)
    left(cast.vara, TODAY)
    assert erase_former_people(by=WORKER, now=NOW) == 0


def test_one_who_was_invited_and_never_had_a_role_counts_from_then(cast: Cast) -> None:
    User.objects.filter(pk=cast.ingen.pk).update(invited_at=NOW - timedelta(days=365))
    assert erase_former_people(by=WORKER, now=NOW) == 0
    assert erase_former_people(by=WORKER, now=NOW + timedelta(days=1)) == 1
    assert User.objects.get(pk=cast.ingen.pk).name == "Tidligere bruker"


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_words_for_what_was(cast: Cast, role: Role) -> None:
    name = name_by_role(Appointment(user=cast.kontakt, role=role, unit=cast.transport))
    assert name.startswith("Tidligere ")
    assert "{" not in name
    cast.transport.name = "x" * 120
    assert len(name_by_role(Appointment(user=cast.kontakt, role=role, unit=cast.transport))) <= 120


def test_an_administrator_takes_a_name_away_on_request(cast: Cast, as_user: AsUser) -> None:
    url = reverse("organisation:erase_person", args=[cast.kontakt.pk])
    person = reverse("organisation:person", args=[cast.kontakt.pk])
    admin = as_user(cast.admin)
    assert admin.get(url).status_code == 409
    assert "har en rolle" in admin.post(url, {"version": "1"}).text
    assert url not in admin.get(person).text
    left(cast.kontakt, TODAY - timedelta(days=1))
    assert url in admin.get(person).text
    assert 'class="kp-btn danger"' in admin.get(url).text
    assert admin.post(url, {"version": "9"}).status_code == 409
    assert admin.post(url, {"version": "1"}).status_code == 303
    assert erased() == {cast.kontakt}
    page = admin.get(person).text
    assert "Navnet og adressen ble fjernet" in page
    assert "portal.invalid" not in page
    assert url not in page
    assert admin.get(url).status_code == 409
    history = as_user(cast.revisor).get(reverse("history", args=["organisation.user", cast.kontakt.pk]))
    assert "Kontakt Eksempel" not in history.text


def test_how_she_came_in_goes_with_the_name(cast: Cast) -> None:
    UserSession.objects.create(user=cast.kontakt, session_key="k", ip="127.0.0.1", user_agent="x")
    Authenticator.objects.create(user=cast.kontakt, type=Authenticator.Type.TOTP, data={})
    erase_person(by=cast.admin, user=left(cast.kontakt, YEAR_AGO), expected=1)
    assert [model for model in WAYS_IN if model._base_manager.filter(user=cast.kontakt).exists()] == []
    user_keys = {
        model
        for model in apps.get_models()
        if model.__module__.startswith("allauth.")
        and any(one.related_model is User for one in model._meta.local_fields)
    }
    assert user_keys == set(WAYS_IN)


def test_a_proposal_that_waits_goes_with_the_name(cast: Cast) -> None:
    AppointmentProposal.objects.create(
        user=left(cast.kontakt, YEAR_AGO), role=Role.CONTACT, unit=cast.kitchen, valid_from=TODAY,
        proposed_by=cast.klima,
    )  # fmt: skip
    erase_person(by=cast.admin, user=cast.kontakt, expected=1)
    assert not AppointmentProposal.objects.exists()


@pytest.mark.parametrize("name", ["klima", "leder", "kontakt", "revisor", "ingen"])
def test_nobody_else_may(cast: Cast, name: str) -> None:
    left(cast.vara, YEAR_AGO)
    with pytest.raises(PermissionDenied):
        erase_person(by=getattr(cast, name), user=cast.vara, expected=1)


@pytest.fixture
def gone(cast: Cast) -> User:
    left(cast.kontakt, YEAR_AGO)
    erase_person(by=cast.admin, user=cast.kontakt, expected=1)
    return User.objects.get(pk=cast.kontakt.pk)


def test_one_without_a_name_gets_nothing_back(cast: Cast, gone: User) -> None:
    old = Appointment.objects.get(user=gone)
    role = NewRole(person=gone.pk, role=Role.READER, unit=None, valid_from=TODAY, valid_to=None)
    days = NewDays(pk=old.pk, version=old.version, valid_from=old.valid_from, valid_to=None)
    admin: dict[str, Any] = {"by": cast.admin}
    with pytest.raises(Refused):
        give_role(**admin, user=cast.kontakt, role=Role.READER)
    for refused in (
        lambda: take_back_person(**admin, user=gone, expected=gone.version),
        lambda: change_person(**admin, user=gone, name="N", email="n@x.example", expected=gone.version),
        lambda: erase_person(**admin, user=gone, expected=gone.version),
        lambda: change_dates(
            **admin, appointment=old, valid_from=old.valid_from, valid_to=None, expected=old.version
        ),
    ):
        with pytest.raises(Closed):
            refused()
    for changes in (PeopleChanges(roles=[role]), PeopleChanges(days=[days])):
        with pytest.raises(StaleObject):
            write_people_changes(**admin, changes=changes)
    assert Appointment.objects.filter(user=gone).get().valid_to == YEAR_AGO


def test_the_database_lets_no_erased_person_in(gone: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=gone.pk).update(is_active=True)


# --- A role given at the same moment ----------------------------------------------------------------


def gives(cast: Cast) -> Appointment:
    return give_role(by=COMMAND_LINE, user=cast.kontakt, role=Role.READER)


def while_it_is_written(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> tuple[bool, Any]:
    """Whether a role given as the name is being taken away has to wait, and what becomes of it."""
    started: list[Later] = []
    waited: list[bool] = []
    original = erasing._erase

    def paused(*args: Any) -> None:
        started.append(Later(lambda: gives(cast)))
        waited.append(started[0].waits())
        original(*args)

    monkeypatch.setattr(erasing, "_erase", paused)
    assert erase_former_people(by=WORKER, now=NOW) == 1
    return waited[0], started[0].ended()


@pytest.mark.django_db(transaction=True)
def test_a_role_that_comes_while_the_name_goes_is_refused(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    left(cast.kontakt, YEAR_AGO - timedelta(days=1))
    waited, given = while_it_is_written(cast, monkeypatch)
    assert waited
    assert isinstance(given, Refused)
    assert not Appointment.objects.filter(user=cast.kontakt, role=Role.READER).exists()


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_somebody_without_a_name_gets_a_role(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control."""
    left(cast.kontakt, YEAR_AGO - timedelta(days=1))
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows.all())
    waited, given = while_it_is_written(cast, monkeypatch)
    assert not waited
    assert isinstance(given, Appointment)
    assert erased() == {cast.kontakt}


@pytest.mark.django_db(transaction=True)
def test_a_role_that_was_first_keeps_the_name(cast: Cast) -> None:
    left(cast.kontakt, YEAR_AGO - timedelta(days=1))
    with transaction.atomic():
        gives(cast)
        later = Later(lambda: erase_former_people(by=WORKER, now=NOW))
        assert later.waits()
    assert later.ended() == 0
    assert erased() == set()
