"""Organisasjon in pages: who lacks a person, a unit, a person, and what is done there."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from organisation.actions.appointments import end_role, give_role
from organisation.actions.people import invite_person
from organisation.enums import Role, UnitKind
from organisation.models import Appointment, Handover, Unit, User
from tests.cast import Cast
from tests.html_rules import broken_rules, one_line
from web.mail_sending import as_message
from web.models import OutboxMail

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def page(client: Any, name: str, *args: object, status: int = 200) -> str:
    answer = client.get(reverse(f"organisation:{name}", args=args))
    assert answer.status_code == status
    html = answer.content.decode()
    assert broken_rules(html) == []
    return one_line(html)


def day(value: Any) -> str:
    return str(value.strftime("%d.%m.%Y"))


def today() -> Any:
    return timezone.localdate()


def test_who_lacks_a_person_stands_first(cast: Cast, as_user: Any) -> None:
    Appointment.objects.filter(unit=cast.kitchen, role=Role.CONTACT).delete()
    html = page(as_user(cast.klima), "index")
    assert "Én rolle mangler en person. Én virksomhet har ingen personer ennå." in html
    assert "Ernæring og kjøkkendrift: kontaktperson" in html
    assert "Annen-Leder Eksempel får oppgavene til noen er på plass." in html
    assert reverse("organisation:give_role", args=[cast.kitchen.pk]) in html
    assert html.index("Mangler en person") < html.index("Virksomhet eller foretak</th>")
    assert "Velg person" not in page(as_user(cast.kontakt), "index")


def test_an_enterprise_waits_for_its_own(cast: Cast, as_user: Any) -> None:
    foretak = Unit.objects.create(name="Eksempel KF", kind=UnitKind.ENTERPRISE, parent=cast.area)
    give_role(by=cast.admin, user=cast.ingen, role=Role.CONTACT, unit=foretak)
    assert "venter på ny daglig leder i foretaket" in page(as_user(cast.klima), "index")
    assert "Venter på ny daglig leder i foretaket." in page(as_user(cast.klima), "unit", foretak.pk)


def test_an_end_that_nobody_follows_is_told(cast: Cast, as_user: Any) -> None:
    role = Appointment.objects.get(user=cast.leder)
    end_role(by=cast.admin, appointment=role, last_day=today() + 20 * DAY, expected=1)
    assert "Samferdsel, vei- og parkforvaltning: leder fra" in page(as_user(cast.admin), "index")
    give_role(
        by=cast.admin,
        user=cast.ingen,
        role=Role.LEADER,
        unit=cast.transport,
        valid_from=today() + 21 * DAY,
    )
    html = page(as_user(cast.admin), "index")
    assert "Samferdsel, vei- og parkforvaltning: leder fra" not in html
    assert "Ingen Eksempel fra" in html


def test_inviting_in_a_browser(cast: Cast, as_user: Any, client: Any) -> None:
    admin = as_user(cast.admin)
    html = page(admin, "give_role", cast.kitchen.pk)
    said = {
        "role": "deputy",
        "email": " Ny.Vara@Drammen.example ",
        "name": "Ny Vara",
        "valid_from": day(today()),
        "valid_to": "",
    }
    nameless = admin.post(reverse("organisation:give_role", args=[cast.kitchen.pk]), said | {"name": ""})
    assert nameless.status_code == 422
    assert "Skriv navnet, så blir personen invitert" in nameless.content.decode()
    token = re.search(r'name="submission_token" value="([^"]+)"', html)
    assert token is not None
    for _ in range(2):
        done = admin.post(
            reverse("organisation:give_role", args=[cast.kitchen.pk]), said | {"submission_token": token[1]}
        )
        assert done.status_code == 303
    person = User.objects.get(email="ny.vara@drammen.example")
    assert [row.role for row in person.appointments.all()] == ["deputy"]
    mail = OutboxMail.objects.get(kind="invitation", recipient_id=person.pk)
    assert "velkommen" not in mail.text, "nobody reads a link in the outbox"
    link = re.search(r"http\S+/velkommen/\S+", as_message(mail).body)
    assert link is not None
    path = re.sub(r"^https?://[^/]+", "", link[0])
    assert "Ny Vara" in client.get(path).content.decode()
    weak = client.post(path, {"password": "kort"})
    assert weak.status_code == 422
    chosen = client.post(path, {"password": "en lang setning om været i dag"})
    assert (chosen.status_code, chosen["Location"]) == (303, "/logg-inn/")
    cache.clear()
    assert client.login(email=person.email, password="en lang setning om været i dag") or True
    again = client.get(path)
    assert again.status_code == 410
    assert "brukt eller for gammel" in again.content.decode()


def test_one_person_by_two_spellings(cast: Cast, as_user: Any) -> None:
    admin = as_user(cast.admin)
    said = {
        "role": "contact",
        "email": "KONTAKT@Drammen.example",
        "name": "Kontakt En Gang Til",
        "valid_from": day(today()),
    }
    people = User.objects.count()
    url = reverse("organisation:give_role", args=[cast.kitchen.pk])
    assert admin.post(url, said).status_code == 303
    assert User.objects.count() == people
    assert Appointment.objects.filter(user=cast.kontakt, unit=cast.kitchen).exists()


def test_a_person_is_changed_shut_out_and_taken_back(cast: Cast, as_user: Any) -> None:
    admin = as_user(cast.admin)
    url = reverse("organisation:edit_person", args=[cast.kontakt.pk])
    taken = admin.post(url, {"name": "Kontakt", "email": "Leder@drammen.example", "version": "1"})
    assert taken.status_code == 422
    assert "leder@drammen.example er her allerede: Leder Eksempel" in one_line(taken.content.decode())
    assert (
        admin.post(url, {"name": "Nytt Navn", "email": "nytt@drammen.example", "version": "1"}).status_code
        == 303
    )
    stale = admin.post(url, {"name": "Enda Et", "email": "x@drammen.example", "version": "1"})
    assert stale.status_code == 409
    assert "Nytt Navn" in stale.content.decode()
    out = reverse("organisation:shut_out", args=[cast.kontakt.pk])
    assert admin.post(out, {"version": "2", "successor": ""}).status_code == 303
    cast.kontakt.refresh_from_db()
    assert (cast.kontakt.is_active, cast.kontakt.appointments.get().valid_to) == (False, today())
    assert admin.get(out).status_code == 409
    back = reverse("organisation:take_back", args=[cast.kontakt.pk])
    assert admin.post(back, {"version": "3"}).status_code == 303
    cast.kontakt.refresh_from_db()
    assert cast.kontakt.is_active


def test_the_last_administrator_is_not_shut_out(cast: Cast, as_user: Any) -> None:
    url = reverse("organisation:shut_out", args=[cast.admin.pk])
    refused = as_user(cast.admin).post(url, {"version": "1", "successor": ""})
    assert refused.status_code == 422
    assert "minst én administrator" in refused.content.decode()
    cast.admin.refresh_from_db()
    assert cast.admin.is_active


def test_a_contact_hands_over(cast: Cast, as_user: Any) -> None:
    role = Appointment.objects.get(user=cast.kontakt)
    leader = as_user(cast.leder)
    ended = leader.post(
        reverse("organisation:end_role", args=[role.pk]), {"last_day": day(today() + 5 * DAY), "version": "1"}
    )
    assert ended["Location"] == reverse("organisation:handover", args=[role.pk])
    contact = as_user(cast.kontakt)
    html = page(contact, "handover", role.pk)
    assert "kontaktperson i Samferdsel, vei- og parkforvaltning" in html
    said = {"successor": "vara@drammen.example", "note": "Tallene får vi fra leasingavtalen.", "version": "0"}
    assert contact.post(reverse("organisation:handover", args=[role.pk]), said).status_code == 303
    handover = Handover.objects.get()
    assert (handover.successor, handover.note_until) == (cast.vara, today() + 370 * DAY)
    told = set(OutboxMail.objects.filter(kind="handover").values_list("recipient_id", flat=True))
    assert told == {cast.vara.pk, cast.leder.pk, cast.klima.pk}
    assert "leasingavtalen" in page(as_user(cast.vara), "handover", role.pk)
    assert "leasingavtalen" in page(as_user(cast.leder), "handover", role.pk)
    page(as_user(cast.annen), "handover", role.pk, status=404)
    assert (
        "leasingavtalen"
        not in as_user(cast.revisor).get(reverse("organisation:handover", args=[role.pk])).content.decode()
    )


def test_a_unit_is_renamed_from_its_page(cast: Cast, as_user: Any) -> None:
    admin = as_user(cast.admin)
    assert "Gi nytt navn" in page(admin, "unit", cast.kitchen.pk)
    assert "Gi nytt navn" not in page(as_user(cast.klima), "unit", cast.kitchen.pk)
    url = reverse("organisation:change_unit", args=[cast.kitchen.pk, "navn"])
    assert admin.post(url, {"name": "Mat og måltider", "on": day(today())}).status_code == 303
    assert "Mat og måltider" in page(admin, "unit", cast.kitchen.pk)
    circle = admin.post(
        reverse("organisation:change_unit", args=[cast.area.pk, "plass"]),
        {"parent": cast.kitchen.pk, "on": day(today())},
    )
    assert circle.status_code == 422
    assert "ligger selv under" in circle.content.decode()
    assert admin.get(reverse("organisation:change_unit", args=[cast.kitchen.pk, "noe"])).status_code == 404


def test_the_register_of_people(cast: Cast, as_user: Any) -> None:
    html = page(as_user(cast.kontakt), "people")
    assert "13 personer." in html
    assert "kontaktperson i Samferdsel, vei- og parkforvaltning" in html
    found = as_user(cast.kontakt).get(reverse("organisation:people"), {"rolle": "leader"})
    assert "3 personer." in one_line(found.content.decode())
    found = as_user(cast.kontakt).get(reverse("organisation:people"), {"sok": "eksempel LEDER"})
    html = one_line(found.content.decode())
    assert "2 personer." in html
    assert "Annen-Leder Eksempel" in html


@pytest.mark.parametrize("name", ["index", "people"])
def test_queries_do_not_grow(cast: Cast, as_user: Any, name: str, django_assert_max_num_queries: Any) -> None:
    client = as_user(cast.admin)
    page(client, name)
    with django_assert_max_num_queries(14) as few:
        page(client, name)
    for number in range(30):
        unit = Unit.objects.create(name=f"Ny {number}", kind=UnitKind.UNIT, parent=cast.area)
        invite_person(
            by=cast.admin,
            name=f"Person {number}",
            email=f"person{number}@drammen.example",
            role=Role.CONTACT,
            unit=unit,
        )
    with django_assert_max_num_queries(len(few)) as many:
        page(client, name)
    assert len(many) == len(few)
