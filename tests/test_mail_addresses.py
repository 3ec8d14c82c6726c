"""An address mail does not reach is seen beside the person, until a mail does, or it is another address."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.urls import reverse

from organisation.actions.addresses import mark_as_returned
from organisation.actions.people import change_person, deactivate_person
from organisation.models import LoginLogEntry, User
from tests.cast import Cast
from tests.html_rules import broken_rules
from tests.mail_server import mail_server
from tests.test_outbox import letter, use
from web.mail import queue_mail
from web.mail_sending import send_waiting_mail
from web.refusals import Closed

pytestmark = pytest.mark.django_db

SAID = "E-post til adressen kom ikke fram (7. september 2026): kontroller adressen"


def send(user: User, key: str, settings: Any, answer: str = "") -> None:
    with transaction.atomic():
        queue_mail([letter(user, key)])
    with mail_server() as server:
        use(settings, server.port)
        if answer:
            server.refused[user.email] = answer
        send_waiting_mail()


def read(client: Client, url: str) -> str:
    return client.get(url).text.replace("\xa0", " ")


def failed(user: User) -> bool:
    return User.objects.get(pk=user.pk).mail_failed_at is not None


def test_mail_the_server_refuses_is_seen_beside_the_person(cast: Cast, as_user: Any, settings: Any) -> None:
    admin = as_user(cast.admin)
    person_url = reverse("organisation:person", args=[cast.kontakt.pk])
    people_url = reverse("organisation:people")
    assert SAID not in read(admin, person_url) + read(admin, people_url)
    send(cast.kontakt, "en", settings, "550 5.1.1 no such user")
    for url in (person_url, people_url):
        assert SAID in read(admin, url)
        assert not broken_rules(admin.get(url).text)
    assert not failed(cast.annen)
    send(cast.kontakt, "to", settings)
    assert SAID not in read(admin, person_url), "a mail that arrives takes it away"


@pytest.mark.parametrize("answer", ["450 4.2.1 try later", "421 closing"])
def test_not_now_is_not_never(cast: Cast, settings: Any, answer: str) -> None:
    send(cast.kontakt, "en", settings, answer)
    assert not failed(cast.kontakt)


def test_another_address_is_another_chance(cast: Cast, settings: Any) -> None:
    send(cast.kontakt, "en", settings, "550 5.1.1 no such user")
    change_person(by=cast.admin, user=cast.kontakt, name="Nytt Navn", email=cast.kontakt.email, expected=1)
    assert failed(cast.kontakt), "the same address, the same trouble"
    change_person(by=cast.admin, user=cast.kontakt, name="Nytt Navn", email="ny@drammen.example", expected=2)
    assert not failed(cast.kontakt)


def test_an_administrator_marks_an_address(cast: Cast, as_user: Any, settings: Any) -> None:
    url = reverse("organisation:mail_returned", args=[cast.kontakt.pk])
    admin = as_user(cast.admin)
    assert url in admin.get(reverse("organisation:person", args=[cast.kontakt.pk])).text
    assert admin.post(url).status_code == 303
    assert failed(cast.kontakt)
    entry = LoginLogEntry.objects.get(kind="mail_returned")
    assert (entry.user, entry.by) == (cast.kontakt, cast.admin)
    assert as_user(cast.klima).post(url).status_code == 403
    with pytest.raises(PermissionDenied):
        mark_as_returned(by=cast.klima, user=cast.kontakt)
    deactivate_person(by=cast.admin, user=cast.annen, expected=1)
    with pytest.raises(Closed):
        mark_as_returned(by=cast.admin, user=cast.annen)
