"""The first command in an empty portal, and what the portal answers before it."""

from __future__ import annotations

import os
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings as portal_settings
from django.core.management import CommandError, call_command
from django.test import Client

from organisation.enums import AppointmentSource, Role
from organisation.models import Appointment, Municipality, User
from tests.cast import Cast
from web import access
from web.models import OutboxMail
from web.names import own_municipality

pytestmark = pytest.mark.django_db
ARGUMENTS = {
    "municipality": "Skien",
    "number": "4003",
    "admin_email": "Kari@Skien.example",
    "admin_name": "Kari Eksempel",
}


def set_up(**changes: str) -> list[str]:
    out = StringIO()
    call_command("setup", **(ARGUMENTS | changes), stdout=out)
    return out.getvalue().splitlines()


def refusal(**changes: str) -> str:
    with pytest.raises(CommandError) as error:
        set_up(**changes)
    return str(error.value)


@pytest.fixture
def empty(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation nobody has set up, asked as in production."""
    monkeypatch.setattr(portal_settings, "NAMES", "organisation.queries.names.read_names")
    access._seen_set_up.clear()


def path_of(link: str) -> str:
    assert link.startswith(portal_settings.SITE_ORIGIN)
    return link.removeprefix(portal_settings.SITE_ORIGIN)


@pytest.mark.usefixtures("empty")
def test_an_empty_portal_says_that_it_is_not_set_up(client: Client) -> None:
    for address in ("/", "/logg-inn/", "/apent/", "/organisasjon/"):
        answer = client.get(address)
        assert answer.status_code == 503, address
        assert "manage.py setup" in answer.content.decode()
    assert (
        client.get("/budsjett/", headers={"HX-Request": "true"}).content
        == b"Portalen er ikke satt opp enn\xc3\xa5."
    )
    assert client.get("/ready").status_code == 503
    assert client.get("/live").status_code == 200


@pytest.mark.usefixtures("empty")
def test_the_last_line_lets_the_administrator_in_once(client: Client) -> None:
    link = path_of(set_up(title="rådmann", size="liten")[-1])
    mail = OutboxMail.objects.get()
    assert (mail.address, mail.kind) == ("kari@skien.example", "invitation")  # its link is made when it goes
    password = "mange ord etter hverandre"
    assert client.post(link, {"password": password, "repeated": password}).status_code == 303
    assert client.get(link).status_code == 410
    client.post("/logg-inn/", {"login": "kari@skien.example", "password": password})
    # A new municipality asks two steps of whoever administers it, before anything else.
    assert client.get("/organisasjon/").headers["Location"] == "/min-konto/totrinn/"
    assert own_municipality() == "Skien"
    stored = Municipality.objects.get()
    assert (stored.organisation, stored.chief_title, stored.switched_on) == ("Skien kommune", "rådmann", [])
    appointment = Appointment.objects.get()
    assert (appointment.role, appointment.source) == (Role.ADMIN, AppointmentSource.SETUP)


def test_again_changes_nothing() -> None:
    first = set_up()
    version = Municipality.objects.get().version
    again = set_up()
    assert again[0] == "Skien kommune er satt opp fra før. Ingenting er endret."
    assert again[-1].startswith(first[-1].rpartition("-")[0])  # a link still, while no password is chosen
    assert (User.objects.count(), OutboxMail.objects.count()) == (1, 1)
    assert Municipality.objects.get().version == version
    person = User.objects.get()
    person.set_password("mange ord etter hverandre")
    person.save()
    assert set_up()[-1] == "Kari Eksempel har valgt passord og kan logge inn."


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"number": "9999"}, "Ingen kommune har nummer 9999."),
        ({"number": "skien"}, "Ingen kommune har nummer skien."),
        ({"number": "0806"}, "0806 er et tidligere nummer. Skien har nummer 4003 nå."),
        ({"number": "3301"}, "Kommunenummer 3301 er Drammen."),
        ({"admin_email": "kari"}, "Skriv en e-postadresse"),
        ({"admin_name": " "}, "Skriv navnet."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(changes: dict[str, str], sentence: str) -> None:
    assert sentence in refusal(**changes)
    assert not Municipality.objects.exists()
    assert not User.objects.exists()


def test_it_is_set_up_for_one_municipality_and_one_first_administrator() -> None:
    set_up()
    assert refusal(municipality="Drammen", number="3301").startswith(
        "Portalen er satt opp for Skien (4003). Navnet endres i portalen"
    )
    assert refusal(admin_email="ola@skien.example").startswith("Portalen har allerede en administrator.")
    assert User.objects.count() == 1


def test_whoever_is_here_already_is_not_made_administrator_by_a_command(cast: Cast) -> None:
    assert "administrator" in refusal(admin_email=cast.kontakt.email)
    assert not Appointment.objects.filter(user=cast.kontakt, role=Role.ADMIN).exists()


def test_a_portal_that_lost_its_administrator_gets_one() -> None:
    set_up()
    User.objects.update(is_active=False)
    set_up(admin_email="ola@skien.example", admin_name="Ola Eksempel")
    assert Appointment.objects.get(user__email="ola@skien.example").role == Role.ADMIN


def test_djangos_own_command_says_what_to_use() -> None:
    with pytest.raises(CommandError, match=r"manage\.py setup --municipality"):
        call_command("createsuperuser")


def test_a_web_server_without_a_database_does_not_start() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    ended = subprocess.run(
        [sys.executable, "-m", "gunicorn", "--bind", "127.0.0.1:0", "climate_portal.wsgi"],
        env=environment | {"PORTAL_EMBEDDED": "", "GUNICORN_CMD_ARGS": ""},
        cwd=portal_settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 3
    assert "DATABASE_URL mangler. Sett den til adressen til PostgreSQL" in ended.stderr
    assert "Traceback" not in ended.stderr.split("DATABASE_URL mangler")[0]
