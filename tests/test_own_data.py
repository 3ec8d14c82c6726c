"""«Mine opplysninger»: all that points at her is in the file, and nothing of anybody else's."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from climate_portal.demo_data.organisation import person
from climate_portal.home.own_data import BY_NUMBER, LEFT_OUT, OWN_TEXT, own_data, pointers
from organisation.models import User
from strategy.models import Decision, DecisionNote
from tests.cast import Cast
from tests.demo_world import client_for
from tests.test_personal_data import columns_about_people
from web.actors import acting
from web.mail import Letter, queue_mail

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]


def test_every_key_to_a_person_is_walked_or_left_out_for_a_reason() -> None:
    """By another walk than the file's own."""
    keys = set()
    for name in columns_about_people():
        model, _dot, column = name.rpartition(".")
        field = apps.get_model(model)._meta.get_field(column)
        if field.related_model is User or re.match(r"^(user|recipient)_id$", column):
            keys.add(name)
    walked = {f"{model._meta.label}.{column}" for model, column in pointers()}
    assert sorted(keys - walked - LEFT_OUT.keys()) == []
    assert sorted(LEFT_OUT.keys() - keys) == []
    assert {f"{label}.{column}" for label, column in BY_NUMBER} <= walked


def test_what_is_said_of_texts_is_of_columns_that_are_there() -> None:
    there = {(model._meta.label, column) for model, column in pointers()}
    for (label, column), names in OWN_TEXT.items():
        assert (label, column) in there
        assert names <= {one.name for one in apps.get_model(label)._meta.local_fields}


def got(client: Client) -> dict[str, Any]:
    answer = client.get(reverse("own_data", args=["json"]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    return json.loads(answer.content)


@pytest.fixture
def traces(cast: Cast) -> None:
    decision = Decision.objects.create(
        body="council", case_number="25/1", decided_when="i 2025", title="El", text="Kjøp.", no_unit="Ingen"
    )
    with acting(cast.kontakt, "Notat skrevet"):
        DecisionNote.objects.create(decision=decision, by=cast.kontakt, text="Mitt notat")
        Decision.objects.filter(pk=decision.pk).update(title="Elbiler")
    with acting(cast.leder, "Notat skrevet"):
        DecisionNote.objects.create(decision=decision, by=cast.leder, text="Lederens notat")
    queue_mail(
        [
            Letter(
                key="invitation:1", kind="invitation", recipient_id=cast.kontakt.pk,
                address=cast.kontakt.email, name=cast.kontakt.name, subject="Velkommen",
                text="/hemmelig-lenke/",
            )
        ]
    )  # fmt: skip


def test_what_she_wrote_and_what_was_sent_to_her(cast: Cast, as_user: AsUser, traces: None) -> None:
    mine = got(as_user(cast.kontakt))
    assert mine["who"]["E-postadresse"] == "kontakt@drammen.example"
    assert len(mine["roles"]) == 1
    assert mine["roles"][0].startswith("Kontaktperson i Samferdsel")
    values = [value for record in mine["records"] for value in record["fields"].values()]
    assert "Mitt notat" in values
    assert "Velkommen" in values
    whole = json.dumps(mine, ensure_ascii=False)
    for others in ("Lederens notat", "Leder Eksempel", "leder@drammen.example", "hemmelig-lenke", "pbkdf2"):
        assert others not in whole
    assert mine["done"]["Notat skrevet"] == 1


def test_the_document_says_the_same_as_the_file(cast: Cast, as_user: AsUser, traces: None) -> None:
    mine = got(as_user(cast.kontakt))
    answer = as_user(cast.kontakt).get(reverse("own_data", args=["xlsx"]))
    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["Om meg", "Der du står", "Hva du har gjort", "Ikke med"]
    cells = {cell.value for sheet in book for row in sheet for cell in row}
    for record in mine["records"]:
        assert {record["kind"], *record["fields"].values()} <= cells
    assert {*mine["done"], *mine["left_out"], *mine["who"].values()} <= cells
    assert as_user(cast.kontakt).get(reverse("own_data", args=["pdf"])).status_code == 404


def test_one_who_cannot_log_in_has_the_same_file_by_command(
    cast: Cast, as_user: AsUser, traces: None, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = got(as_user(cast.kontakt))
    call_command("personal_data", "Kontakt@drammen.example")
    assert json.loads(capsys.readouterr().out) == mine
    with pytest.raises(CommandError, match="Ingen har den adressen"):
        call_command("personal_data", "finnes-ikke@drammen.example")


@pytest.mark.usefixtures("demo_db")
def test_nobody_in_the_demo_gets_anybody_elses_name_or_text() -> None:
    for login in ("kontakt", "leder", "klima", "admin"):
        mine = got(client_for(login))
        assert mine["records"]
        whole = json.dumps(mine, ensure_ascii=False)
        others = User.objects.exclude(pk=person(login).pk).values_list("name", "email")
        assert [word for row in others for word in row if word in whole] == []


@pytest.mark.usefixtures("demo_db")
def test_queries_do_not_grow_with_what_she_did() -> None:
    counts = []
    for login in ("utvalg", "klima"):
        with CaptureQueriesContext(connection) as asked:
            own_data(person(login))
        counts.append(len(asked))
    # Whoever has rows in a table asks what they point at: a query for each column, never for each row.
    assert counts[1] - counts[0] <= 60


def test_the_page_shows_her_own(cast: Cast, as_user: AsUser) -> None:
    page = as_user(cast.kontakt).get(reverse("privacy")).text
    assert "Mine opplysninger" in page
    assert "kontakt@drammen.example" in page
    assert "Kontaktperson i Samferdsel" in page
    assert "Du har ingen rolle nå." in as_user(cast.ingen).get(reverse("privacy")).text
