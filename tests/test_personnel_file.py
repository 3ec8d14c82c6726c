"""The personnel system's file: what is kept of it, what it does, and what it must be told it may."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from organisation.enums import AppointmentSource, Role
from organisation.importers.personnel_file import (
    ENDS_LEADER,
    ENDS_MANY,
    NotAccepted,
    kept_of,
    plan_personnel,
    write_personnel,
)
from organisation.importers.personnel_reader import personnel_rows
from organisation.models import Appointment, Unit, User
from tests import files
from tests.cast import SINCE, Cast
from tests.html_rules import broken_rules
from tests.test_emissions_breakdown import text_of
from web.models import OutboxMail, Upload
from web.register.uploads import sha256_of
from web.sheets.errors import UnreadableFile

AsUser = Callable[[User], Client]
FILE = "/organisasjon/personer/personalfil/"
HEAD = "Ansattnr;FORNAVN;Etternavn;E-post ;Org. enhet;Stilling;Lønn;Rolle;Startdato;Sluttdato"
TRANSPORT = "Samferdsel, vei- og parkforvaltning"
YESTERDAY = date(2026, 9, 6)
# Skatteetaten's own example of a number given out from 2032.
NATIONAL_ID = "30108299939"


def wage(n: int) -> str:
    return f"{7_654_321_000 + n}"


def row(n: int, given: str, email: str, unit: str = "", role: str = "", end: str = "") -> str:
    return f"{n};{given};Eksempel;{email};{unit};konsulent;{wage(n)};{role};01.08.2004;{end}"


def everybody(cast: Cast, but: tuple[str, ...] = ()) -> list[str]:
    """A row for everybody who is here, as the personnel system has them."""
    rows = []
    for n, (name, person) in enumerate(cast.people().items(), start=1):
        if name not in but:
            rows.append(row(n, person.name.removesuffix(" Eksempel"), person.email))
    return rows


def content_of(*rows: str) -> bytes:
    return "\r\n".join([HEAD, *rows]).encode("utf-8-sig")


def previewed(client: Client, content: bytes, name: str = "ansatte.csv") -> Any:
    kept = client.post(FILE, {"file": SimpleUploadedFile(name, content)})
    assert kept.status_code == 303, text_of(kept)
    return client.get(kept["Location"])


def confirmed(client: Client, page: Any, *accept: str) -> Any:
    sent = {"fingerprint": page.context["plan"].fingerprint, "accept": list(accept)}
    return client.post(page.request["PATH_INFO"], sent)


def of_file(user: User, role: Role, unit: Unit | None = None, **days: date) -> Appointment:
    return Appointment.objects.create(
        user=user, role=role, unit=unit, source=AppointmentSource.FILE, **{"valid_from": SINCE, **days}
    )


def everything_stored() -> Iterator[str]:
    """All that stands in any text or bytes of the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " JOIN information_schema.tables USING (table_schema, table_name)"
            " WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"
            " AND udt_name IN ('text', 'varchar', 'bytea', 'jsonb', 'json', 'bpchar', '_text', '_varchar')"
        )
        for table, column in cursor.fetchall():
            cursor.execute(f'SELECT "{column}"::text FROM "{table}" WHERE "{column}" IS NOT NULL')
            for (value,) in cursor.fetchall():
                yield value
                if value.startswith("\\x"):
                    yield bytes.fromhex(value[2:]).decode("utf-8", "replace")


@pytest.mark.django_db
def test_five_thousand_wages_are_read_past(
    cast: Cast, as_user: AsUser, caplog: pytest.LogCaptureFixture
) -> None:
    people = [row(n, f"Ansatt {n}", f"ansatt{n}@drammen.example") for n in range(100, 5100)]
    content = content_of(*everybody(cast), row(99, "Ny", "ny@drammen.example", TRANSPORT, "leder"), *people)
    client = as_user(cast.admin)
    page = previewed(client, content)
    text = page.content.decode()
    assert "5\u00a0000 rader gjelder ingen i portalen." in text
    assert broken_rules(text) == []
    upload = Upload.objects.get()
    assert (upload.file_name, upload.sha256) == ("ansatte.csv", sha256_of(content))
    stored = "\n".join(everything_stored())
    assert "ny@drammen.example" in stored
    assert "ansatt4000@drammen.example" not in stored
    assert confirmed(client, page)["Location"] == "/organisasjon/personer/"
    new = User.objects.get(email="ny@drammen.example")
    [given] = new.appointments.all()
    assert (given.role, given.unit, given.source) == ("leader", cast.transport, "file")
    assert [mail.address for mail in OutboxMail.objects.all()] == ["ny@drammen.example"]
    for place in ("\n".join(everything_stored()), caplog.text, text):
        assert "76543" not in place


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["cell", "text", "header", "name"])
def test_one_fodselsnummer_and_nothing_is_kept(
    cast: Cast, as_user: AsUser, caplog: pytest.LogCaptureFixture, where: str
) -> None:
    rows = [row(n, f"Ansatt {n}", f"ansatt{n}@drammen.example") for n in range(5000)]
    content, name = content_of(*rows), "ansatte.csv"
    if where == "cell":
        content = content_of(*rows[:4000], rows[4000].replace(wage(4000), NATIONAL_ID), *rows[4001:])
    elif where == "text":
        content = content_of(
            *rows, rows[0].replace("konsulent", f"{NATIONAL_ID[:6]} {NATIONAL_ID[6:]} vikar")
        )
    elif where == "header":
        content = content.replace("Lønn".encode(), NATIONAL_ID.encode())
    else:
        name = f"{NATIONAL_ID}.csv"
    answer = as_user(cast.admin).post(FILE, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    text = text_of(answer)
    place = {
        "cell": "Rad 4002, kolonne G",
        "text": "Rad 5002, kolonne F",
        "header": "Rad 1, kolonne G",
        "name": "Filens navn",
    }
    assert f"{place[where]}: det som står her, er et gyldig fødselsnummer." in text
    assert not Upload.objects.exists()
    for said in (text, caplog.text, "\n".join(everything_stored())):
        assert NATIONAL_ID not in said
        assert NATIONAL_ID[6:] not in said


@pytest.mark.django_db
def test_every_sheet_is_looked_at_and_numbers_without_their_zero_are_seen() -> None:
    head = ("Navn", "E-post", "Fnr")
    people = {"Ansatte": [head, ("Kari Eksempel", "kari@x.no", 5)]}
    assert [one.values["email"] for one in personnel_rows(files.workbook(people), "a.xlsx")] == ["kari@x.no"]
    for sheets in (
        {**people, "Gammelt": [("x",), (2013299997,)]},
        {**people, NATIONAL_ID: [("x",)]},
        {"Ansatte": [head, ("Kari Eksempel", "kari@x.no", float(NATIONAL_ID))]},
    ):
        with pytest.raises(UnreadableFile) as refusal:
            list(personnel_rows(files.workbook(sheets), "a.xlsx"))
        assert refusal.value.code == "national_id"
        assert "2999" not in str(refusal.value)


@pytest.mark.django_db
def test_others_end_move_and_get_new_names(cast: Cast) -> None:
    ended = of_file(cast.ingen, Role.READER)
    moved = of_file(cast.utvalg, Role.CONTACT, cast.kitchen)
    kept = of_file(cast.revisor, Role.CONTACT, cast.area)
    gone = of_file(cast.analyse, Role.DEPUTY, cast.kitchen)
    rows = [
        *everybody(cast, but=("ingen", "utvalg", "revisor", "analyse", "kontakt")),
        row(90, "Ingen", "INGEN@drammen.example", end="30.09.2026"),
        row(91, "Utvalg", "utvalg@drammen.example", TRANSPORT),
        # Employed in a part of where she is contact.
        row(92, "Revisor", "revisor@drammen.example", TRANSPORT),
        row(93, "Kontakt Gift", "kontakt@drammen.example"),
    ]
    plan = plan_personnel(kept_of(content_of(*rows), "a.csv"))
    assert not plan.count("error")
    assert [question.code for question in plan.questions] == []
    write_personnel(by=cast.admin, plan=plan, accepted=())
    for one in (ended, moved, kept, gone):
        one.refresh_from_db()
    assert [one.valid_to for one in (ended, moved, kept, gone)] == [
        date(2026, 9, 30),
        YESTERDAY,
        None,
        YESTERDAY,
    ]
    now = Appointment.objects.get(user=cast.utvalg, unit=cast.transport)
    assert (now.role, now.valid_from, now.source) == ("contact", date(2026, 9, 7), "file")
    assert User.objects.get(pk=cast.kontakt.pk).name == "Kontakt Gift Eksempel"
    # What was given in the portal stands: analyse is told of, and no more.
    assert Appointment.objects.get(user=cast.analyse, role=Role.ANALYST).valid_to is None
    told = [one for one in plan.rows if one.kept and one.detail == "Står ikke i filen"]
    assert [one.title for one in told] == ["Analyse Eksempel: Oppfølging og analyse"]
    again = plan_personnel(kept_of(content_of(*rows), "a.csv"))
    assert again.to_write == 0


@pytest.mark.django_db
def test_many_who_end_and_a_leader_must_be_accepted(cast: Cast, as_user: AsUser) -> None:
    Appointment.objects.exclude(user=cast.admin).update(source=AppointmentSource.FILE)
    content = content_of(*everybody(cast, but=("leder", "vara", "utvalg")))
    client = as_user(cast.admin)
    page = previewed(client, content)
    text = text_of(page)
    assert "3 av 12 personer med en rolle mister den. Se etter at filen er hel." in text
    assert f"En leder eller stedfortreder slutter: Leder Eksempel ({TRANSPORT})." in text
    assert broken_rules(page.content.decode()) == []
    for accept in ((), (ENDS_MANY,), (ENDS_LEADER,)):
        assert confirmed(client, page, *accept).status_code == 409
        assert not Appointment.objects.exclude(valid_to=None).exists()
    for _click in range(2):
        assert confirmed(client, page, ENDS_MANY, ENDS_LEADER).status_code == 303
    assert Appointment.objects.filter(valid_to=YESTERDAY).count() == 3
    plan = plan_personnel(kept_of(content_of(*everybody(cast, but=("annen_leder",))), "a.csv"))
    with pytest.raises(NotAccepted):
        write_personnel(by=cast.admin, plan=plan, accepted=[ENDS_MANY])


@pytest.mark.django_db
def test_rows_with_a_role_are_held_to_the_rules(cast: Cast, as_user: AsUser) -> None:
    page = previewed(
        as_user(cast.admin),
        content_of(
            *everybody(cast),
            row(80, "A", "a@x.no", TRANSPORT, "kontaktpersonn"),
            row(81, "B", "b@x.no", "Veiavdelingen", "leder"),
            row(82, "C", "ingen adresse", "", "leser"),
            # No role here: somebody else's words.
            row(83, "D", "d@x.no", "", "medarbeider"),
            row(84, "E", "e@x.no", TRANSPORT, "stand_in"),
        ),
    )
    text = text_of(page)
    assert "kolonne Rolle: «kontaktpersonn» finnes ikke. Mente du «kontaktperson»?" in text
    assert "kolonne Virksomhet: «Veiavdelingen» finnes ikke." in text
    assert "kolonne E-post: Skriv en e-postadresse" in text
    assert "kolonne Til: En stedfortreder har en siste dag." in text
    assert page.context["plan"].others == 1
    errors = as_user(cast.admin).get(f"{page.request['PATH_INFO']}feil/")
    assert errors.status_code == 200


@pytest.mark.django_db
def test_what_is_kept_is_little(cast: Cast) -> None:
    kept = json.loads(kept_of(content_of(*everybody(cast), row(1, "X", "x@x.no")), "a.csv"))
    assert kept["others"] == 1
    assert {name for _number, values in kept["rows"] for name in values} <= {
        *("name", "email", "unit", "position", "role", "valid_from", "valid_to")
    }
    assert kept["missing"] == []


@pytest.mark.django_db
def test_a_thousand_who_are_invited_cost_as_many_queries_as_five(cast: Cast) -> None:
    assert _queries(cast, 1000) <= _queries(cast, 5)


def _queries(cast: Cast, number: int) -> int:
    rows = [row(n, "P", f"p{number}.{n}@x.no", TRANSPORT, "kontaktperson") for n in range(number)]
    asked = []

    def counting(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(counting):
        plan = plan_personnel(kept_of(content_of(*everybody(cast), *rows), "a.csv"))
        write_personnel(by=cast.admin, plan=plan, accepted=[ENDS_MANY])
    assert plan.count("new") == number
    return len(asked)
