"""The register of people as files: out, a template, in; and what a file may not change."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from openpyxl import load_workbook

from organisation.actions import people_file
from organisation.actions.people import change_person, invite_person
from organisation.enums import AppointmentSource, Role
from organisation.importers.people_file import plan_people
from organisation.models import Appointment, Municipality, Unit, User
from organisation.views.people_file import people_import
from tests.cast import SINCE, Cast
from tests.clock import NOW
from tests.file_imports import confirm, keep, print_of, take_in
from tests.html_rules import broken_rules
from tests.races import at_once
from tests.register_checks import round_trips
from tests.test_emissions_breakdown import text_of
from web.actors import COMMAND_LINE
from web.models import OutboxMail, Upload
from web.register.uploads import ImportChanged

AsUser = Callable[[User], Client]
FILE = "/organisasjon/personer/fil/"
HEAD = "Navn;E-post;Rolle;Virksomhet;Fra;Til"
TODAY = NOW.date()
TRANSPORT = "Samferdsel, vei- og parkforvaltning"


def content_of(*rows: str, head: str = HEAD) -> bytes:
    return "\r\n".join([head, *rows]).encode("utf-8-sig")


def previewed(client: Client, *rows: str, head: str = HEAD) -> Any:
    file = SimpleUploadedFile("personer.csv", content_of(*rows, head=head))
    kept = client.post(FILE, {"file": file})
    assert kept.status_code == 303, text_of(kept)
    return client.get(kept["Location"])


def confirmed(client: Client, page: Any) -> Any:
    return client.post(page.request["PATH_INFO"], {"fingerprint": page.context["plan"].fingerprint})


def of_file(user: User, role: Role, unit: Unit | None = None, **days: date) -> Appointment:
    return Appointment.objects.create(
        user=user, role=role, unit=unit, source=AppointmentSource.FILE, **{"valid_from": SINCE, **days}
    )


@pytest.mark.django_db
@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_what_is_taken_out_comes_back_unchanged(cast: Cast, as_user: AsUser, file_format: str) -> None:
    of_file(cast.kontakt, Role.CONTACT, cast.kitchen, valid_from=date(2027, 1, 1), valid_to=date(2027, 6, 30))
    of_file(cast.vara, Role.STAND_IN, cast.transport, valid_to=date(2026, 12, 31))
    round_trips(as_user(cast.admin), f"{FILE}eksport/{file_format}/", people_import(), file_format)


@pytest.mark.django_db
def test_the_template_has_roles_and_units_to_choose_among(cast: Cast, as_user: AsUser) -> None:
    book = load_workbook(io.BytesIO(as_user(cast.admin).get(f"{FILE}mal/").content))
    assert [cell.value for cell in book["Personer"][1]] == HEAD.split(";")
    lists = list(book["Lister"].values)
    assert "kontaktperson" in {row[0] for row in lists}
    assert TRANSPORT in {row[1] for row in lists}
    # Not in use here.
    assert "ansatt" not in {row[0] for row in lists}
    assert len(book["Personer"].data_validations.dataValidation) == 3


@pytest.mark.django_db
def test_a_file_is_seen_over_and_written_once(cast: Cast, as_user: AsUser) -> None:
    ended = of_file(cast.ingen, Role.CONTACT, cast.kitchen)
    client = as_user(cast.admin)
    page = previewed(
        client,
        f"Nora Eksempel;NORA@drammen.example;leder;{TRANSPORT};;",
        "Nora Eksempel;NORA@drammen.example;leser;;01.10.2026;",
        "Ingen Nytt-Eksempel;ingen@drammen.example;kontaktperson;Ernæring og kjøkkendrift;;30.09.2026",
        "Uten Rolle Eksempel;uten@drammen.example;;;;",
    )
    assert broken_rules(page.content.decode()) == []
    plan = page.context["plan"]
    assert [row.outcome for row in plan.rows] == ["new", "new", "ended", "new"]
    for _click in range(2):
        assert confirmed(client, page)["Location"] == "/organisasjon/personer/"
    nora = User.objects.get(email="nora@drammen.example")
    rows = nora.appointments.order_by("valid_from").values_list("role", "unit__name", "valid_from", "source")
    assert list(rows) == [
        ("leader", TRANSPORT, TODAY, "file"),
        ("reader", None, date(2026, 10, 1), "file"),
    ]
    ended.refresh_from_db()
    assert (ended.valid_to, ended.version, ended.user.name) == (date(2026, 9, 30), 2, "Ingen Nytt-Eksempel")
    told = OutboxMail.objects.filter(kind="invitation").values_list("address", flat=True)
    assert sorted(told) == ["nora@drammen.example", "uten@drammen.example"]
    upload = Upload.objects.get()
    assert (upload.written, bytes(upload.content)) == (4, b"")


@pytest.mark.django_db
def test_files_suggest_and_the_portal_decides(cast: Cast, as_user: AsUser) -> None:
    """A role given in the portal is not changed by a file, and the row says so; its name still is."""
    client = as_user(cast.admin)
    page = previewed(
        client,
        f"Leder Eksempel;leder@drammen.example;leder;{TRANSPORT};;31.12.2026",
        "Kontakt Nytt-Eksempel;kontakt@drammen.example;;;;",
    )
    text = page.content.decode()
    assert "Ført inn i portalen, endres ikke av fil" in text
    assert broken_rules(text) == []
    assert [row.outcome for row in page.context["plan"].rows] == ["kept", "changed"]
    assert confirmed(client, page).status_code == 303
    assert Appointment.objects.get(user=cast.leder).valid_to is None
    assert User.objects.get(pk=cast.kontakt.pk).name == "Kontakt Nytt-Eksempel"


WRONG = [
    (f"Ny Eksempel;ny@x.no;lederr;{TRANSPORT};;", "kolonne Rolle: «lederr» finnes ikke. Mente du «leder»?"),
    ("Ny Eksempel;ny@x.no;leder;Ernæring og kjøkken;;", "Mente du «Ernæring og kjøkkendrift»?"),
    ("Ny Eksempel;ny@x.no;leder;;;", "kolonne Virksomhet: Rollen gjelder en virksomhet. Skriv hvilken."),
    (f"Ny Eksempel;ny@x.no;leser;{TRANSPORT};;", "Rollen gjelder hele kommunen. La cellen stå tom."),
    (f"Ny Eksempel;ny@x.no;leder;{TRANSPORT};01.10.2026;01.09.2026", "før den begynner"),
    (f"Ny Eksempel;ny@x.no;stand_in;{TRANSPORT};;", "kolonne Til: En stedfortreder har en siste dag."),
    ("Ny Eksempel;ny@x.no;ansatt;;;", "kolonne Rolle: Rollen ansatt er ikke tatt i bruk her."),
    ("Ny Eksempel;ikke en adresse;leser;;;", "kolonne E-post: Skriv en e-postadresse"),
    (";ny@x.no;leser;;;", "kolonne Navn: Må fylles ut."),
    ("Ny Eksempel;;leser;;;", "kolonne E-post: Må fylles ut."),
    (f"Ny Eksempel;ny@x.no;;{TRANSPORT};;", "kolonne Rolle: Skriv hvilken rolle det gjelder"),
    ("Ny Eksempel;ny@x.no;leser;;i går;", "kolonne Fra: Skriv en dato"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("row", "sentence"), WRONG)
def test_each_wrong_cell_is_named(cast: Cast, as_user: AsUser, row: str, sentence: str) -> None:
    client = as_user(cast.admin)
    page = previewed(client, "Utvalg Eksempel;utvalg@drammen.example;;;;", row)
    assert f"Rad 3, {sentence}" in text_of(page) or sentence in text_of(page)
    assert confirmed(client, page).status_code == 409
    assert not User.objects.filter(email="ny@x.no").exists()
    answer = client.get(f"{page.request['PATH_INFO']}feil/")
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
    assert [one[0] for one in rows[1:]] == [3]


@pytest.mark.django_db
def test_rows_that_contradict_each_other_are_refused(cast: Cast, as_user: AsUser) -> None:
    page = previewed(
        as_user(cast.admin),
        "Ny Eksempel;ny@x.no;leser;;;",
        "Ny Eksempel;Ny@x.no;revisor;;;",
        "Nye Eksempel;ny@x.no;analyst;;;",
        "To Eksempel;to@x.no;leser;;;",
        "To Eksempel;to@x.no;leser;;01.10.2026;",
    )
    text = text_of(page)
    assert "Rad 3, kolonne E-post: Adressen er skrevet på en annen måte i rad 2. Skriv den likt." in text
    assert "Rad 4, kolonne Navn: Samme adresse har navnet «Ny Eksempel» i rad 2. Bruk ett navn." in text
    assert "Rad 6: Det samme står også i rad 5. Behold bare den ene." in text


@pytest.mark.django_db
def test_who_is_shut_out_is_not_let_in_by_a_file(cast: Cast, as_user: AsUser) -> None:
    User.objects.filter(pk=cast.ingen.pk).update(is_active=False)
    page = previewed(as_user(cast.admin), "Ingen Eksempel;ingen@drammen.example;leser;;;")
    assert "Rad 2, kolonne E-post: Ingen Eksempel er stengt ute." in text_of(page)


@pytest.mark.django_db
def test_the_last_administrator_stays(cast: Cast, as_user: AsUser) -> None:
    Appointment.objects.filter(user=cast.admin).update(source=AppointmentSource.FILE)
    client = as_user(cast.admin)
    ends = "Admin Eksempel;admin@drammen.example;administrator;;;30.09.2026"
    page = previewed(client, ends)
    assert "Portalen må ha minst én administrator uten sluttdato." in text_of(page)
    assert confirmed(client, page).status_code == 409
    # Another in the same file, and she may go.
    page = previewed(client, ends, "Ny Eksempel;ny@x.no;administrator;;;")
    assert confirmed(client, page).status_code == 303
    assert Appointment.objects.get(user=cast.admin).valid_to == date(2026, 9, 30)


@pytest.mark.django_db
def test_employees_only_where_the_municipality_has_it_on(cast: Cast) -> None:
    content = content_of("Ny Eksempel;ny@x.no;ansatt;;;")
    assert plan_people(content, "a.csv").count("error") == 1
    Municipality.objects.create(
        mfa_required=False, name="Drammen", number="3301", organisation="Drammen kommune", employees_read=True
    )
    assert plan_people(content, "a.csv").count("new") == 1


@pytest.mark.django_db
def test_a_column_the_file_does_not_have_changes_nothing(cast: Cast) -> None:
    held = of_file(cast.ingen, Role.CONTACT, cast.kitchen, valid_to=date(2026, 12, 31))
    row = "Ingen Eksempel;ingen@drammen.example;kontaktperson;Ernæring og kjøkkendrift"
    plan = plan_people(content_of(row, head="Navn;E-post;Rolle;Virksomhet"), "a.csv")
    assert [one.outcome for one in plan.rows] == ["unchanged"]
    take_in(people_import(), cast.admin, content_of(f"{row};;"))
    held.refresh_from_db()
    assert (held.valid_from, held.valid_to) == (SINCE, None)


@pytest.mark.django_db
def test_a_file_over_somebody_elses_change_writes_nothing(cast: Cast) -> None:
    about = people_import()
    content = content_of("Ny Eksempel;ny@x.no;leser;;;", "Kontakt Nytt-Eksempel;kontakt@drammen.example;;;;")
    kept, fingerprint = keep(about, cast.admin, content), print_of(about, content)
    change_person(
        by=cast.admin, user=cast.kontakt, name="Kontakt Annet", email=cast.kontakt.email, expected=1
    )
    with pytest.raises(ImportChanged):
        confirm(about, cast.admin, kept, fingerprint)
    assert not User.objects.filter(email="ny@x.no").exists()
    assert User.objects.get(pk=cast.kontakt.pk).name == "Kontakt Annet"


@pytest.mark.django_db
def test_only_administrators_bring_files(cast: Cast, as_user: AsUser) -> None:
    for name, person in cast.people().items():
        if name != "admin":
            assert as_user(person).get(FILE).status_code == 403
            assert as_user(person).get(f"{FILE}eksport/csv/").status_code == 403
    assert not Upload.objects.exists()


def by_two(cast: Cast, row: str) -> list[Any]:
    """The same file, confirmed twice at the same moment."""
    about, content = people_import(), content_of(row)
    fingerprint = print_of(about, content)
    uploads = [keep(about, cast.admin, content) for _one in range(2)]
    return at_once(*(lambda kept=kept: confirm(about, cast.admin, kept, fingerprint) for kept in uploads))


def once(results: list[Any]) -> bool:
    return sorted(map(str, map(type, results))) == sorted(map(str, (int, ImportChanged)))


RENAMED = "Kontakt Nytt-Eksempel;kontakt@drammen.example;;;;"


@pytest.mark.django_db(transaction=True)
def test_two_who_write_the_same_file_write_it_once(cast: Cast) -> None:
    assert once(by_two(cast, "Ny Eksempel;ny@x.no;leser;;;"))
    assert User.objects.filter(email="ny@x.no").count() == 1
    assert Appointment.objects.filter(user__email="ny@x.no").count() == 1
    assert once(by_two(cast, RENAMED))


@pytest.mark.django_db(transaction=True)
def test_without_the_locks_both_write_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    both_have_looked = threading.Barrier(2, timeout=20)
    save = people_file._save

    def looked(model: Any, *arguments: Any) -> None:
        if model is User:
            both_have_looked.wait()
        save(model, *arguments)

    def unlocked(model: Any, wanted: Any) -> dict[int, Any]:
        return model._base_manager.in_bulk([getattr(one, "pk", one) for one in wanted])

    monkeypatch.setattr(people_file, "administrators_kept", nullcontext)
    monkeypatch.setattr(people_file, "_held", unlocked)
    monkeypatch.setattr(people_file, "_save", looked)
    assert by_two(cast, RENAMED) == [1, 1]


@pytest.mark.django_db(transaction=True)
def test_somebody_invited_meanwhile_is_not_invited_twice(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the last look and the write: nothing at all of the file is written."""
    about = people_import()
    content = content_of("Ny Eksempel;ny@x.no;leser;;;", "Annen Ny Eksempel;annen-ny@x.no;leser;;;")
    kept, fingerprint = keep(about, cast.admin, content), print_of(about, content)
    plan = about.plan

    def looked(*arguments: Any) -> Any:
        found = plan(*arguments)
        thread = threading.Thread(target=invited)
        thread.start()
        thread.join()
        return found

    def invited() -> None:
        invite_person(by=COMMAND_LINE, name="Ny Eksempel", email="ny@x.no", role=Role.READER)
        connection.close()

    object.__setattr__(about, "plan", looked)
    with pytest.raises(ImportChanged):
        confirm(about, cast.admin, kept, fingerprint)
    assert list(User.objects.filter(email__endswith="@x.no").values_list("email", flat=True)) == ["ny@x.no"]


@pytest.mark.django_db
def test_five_thousand_people_cost_as_many_queries_as_five(cast: Cast) -> None:
    counts = [_queries(cast, number, at) for at, number in enumerate((5, 5000))]
    assert counts[1] <= counts[0]
    assert Appointment.objects.filter(source=AppointmentSource.FILE).count() == 5005


def _queries(cast: Cast, number: int, at: int) -> int:
    rows = [f"P{at} {n} Eksempel;p{at}.{n}@x.no;kontaktperson;{TRANSPORT};;" for n in range(number)]
    content, about = content_of(*rows), people_import()
    kept, fingerprint = keep(about, cast.admin, content), print_of(about, content)
    asked = []

    def counting(execute: Any, sql: str, *rest: Any) -> Any:
        # The dry run of django-import-export has a savepoint for each row.
        if "SAVEPOINT" not in sql:
            asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(counting):
        assert confirm(about, cast.admin, kept, fingerprint) == number
    return len(asked)
