"""The register of units as files: out, a template, in; the tree stays a tree."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from organisation.actions.units import create_unit
from organisation.enums import UnitChangeKind, UnitChangeState, UnitKind
from organisation.models import Appointment, Unit, UnitChange, User
from organisation.views.unit_file import unit_import
from tests.cast import Cast
from tests.clock import NOW
from tests.file_imports import confirm, keep, print_of, take_in
from tests.html_rules import broken_rules
from tests.races import at_once
from tests.register_checks import round_trips
from tests.test_emissions_breakdown import text_of
from web import contributions
from web.contributions import Holder, Holding, HoldingGoes
from web.models import Upload
from web.register.uploads import ImportChanged

AsUser = Callable[[User], Client]
FILE = "/organisasjon/virksomheter/fil/"
HEAD = "Navn;Type;Hører til;Fra;Til"
KITCHEN = "Ernæring og kjøkkendrift;virksomhet;Tjenester og drift"


def content_of(*rows: str, head: str = HEAD) -> bytes:
    return "\r\n".join([head, *rows]).encode("utf-8-sig")


def previewed(client: Client, *rows: str, head: str = HEAD) -> Any:
    kept = client.post(FILE, {"file": SimpleUploadedFile("virksomheter.csv", content_of(*rows, head=head))})
    assert kept.status_code == 303, text_of(kept)
    return client.get(kept["Location"])


def confirmed(client: Client, page: Any) -> Any:
    return client.post(page.request["PATH_INFO"], {"fingerprint": page.context["plan"].fingerprint})


@pytest.mark.django_db
@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_what_is_taken_out_comes_back_unchanged(cast: Cast, as_user: AsUser, file_format: str) -> None:
    Unit.objects.create(name="Drammen Havn KF", kind=UnitKind.ENTERPRISE, valid_from=date(2027, 1, 1))
    Unit.objects.create(name="Slutter", kind=UnitKind.STAFF, valid_to=date(2026, 12, 31))
    UnitChange.objects.create(kind=UnitChangeKind.CLOSE, unit=cast.klima_unit, on=date(2027, 7, 1))
    round_trips(as_user(cast.admin), f"{FILE}eksport/{file_format}/", unit_import(), file_format)


@pytest.mark.django_db
def test_the_template_has_kinds_and_units_to_choose_among(cast: Cast, as_user: AsUser) -> None:
    book = load_workbook(io.BytesIO(as_user(cast.admin).get(f"{FILE}mal/").content))
    assert [cell.value for cell in book["Virksomheter"][1]] == HEAD.split(";")
    lists = list(book["Lister"].values)
    assert "kommunalt foretak" in {row[0] for row in lists}
    assert "Tjenester og drift" in {row[1] for row in lists}


@pytest.mark.django_db
def test_a_file_is_seen_over_and_written_once(cast: Cast, as_user: AsUser) -> None:
    client = as_user(cast.admin)
    page = previewed(
        client,
        "Gatedrift;stab;Vei;;",
        "Vei;virksomhet;tjenester og drift;01.10.2026;",
        "Klima;stab;Vei;;",
        f"{KITCHEN};;31.12.2026",
    )
    assert broken_rules(page.content.decode()) == []
    assert [row.outcome for row in page.context["plan"].rows] == ["error", "new", "error", "ended"]
    # Neither lies under what begins after it.
    page = previewed(
        client,
        "Gatedrift;stab;Vei;;",
        "Vei;virksomhet;tjenester og drift;;",
        "Klima;stab;Vei;;",
        f"{KITCHEN};;31.12.2026",
    )
    assert [row.outcome for row in page.context["plan"].rows] == ["new", "new", "changed", "ended"]
    for _click in range(2):
        assert confirmed(client, page)["Location"] == "/organisasjon/"
    road = Unit.objects.get(name="Vei")
    assert (road.parent, road.valid_from) == (cast.area, NOW.date())
    assert Unit.objects.get(name="Gatedrift").parent == road
    klima = Unit.objects.get(pk=cast.klima_unit.pk)
    assert (klima.parent, klima.kind) == (road, UnitKind.STAFF)
    # A day to come is planned, not written.
    planned = UnitChange.objects.get(unit=cast.kitchen)
    assert (planned.kind, planned.on, planned.state) == ("close", date(2027, 1, 1), UnitChangeState.PLANNED)
    assert UnitChange.objects.get(unit=klima).state == UnitChangeState.DONE
    assert Upload.objects.latest("pk").written == 4
    again = previewed(client, f"{KITCHEN};;31.12.2026")
    assert [row.outcome for row in again.context["plan"].rows] == ["unchanged"]
    other = text_of(previewed(client, f"{KITCHEN};;30.11.2026"))
    assert "Det er planlagt at Ernæring og kjøkkendrift legges ned etter 31." in other


@pytest.mark.django_db
def test_a_unit_that_ends_takes_its_roles_with_it(cast: Cast) -> None:
    assert take_in(unit_import(), cast.admin, content_of(f"{KITCHEN};;31.08.2026")) == 1
    assert Unit.objects.get(pk=cast.kitchen.pk).valid_to == date(2026, 8, 31)
    ends = Appointment.objects.filter(unit=cast.kitchen).values_list("valid_to", flat=True)
    assert set(ends) == {date(2026, 8, 31)}


WRONG = [
    ("Ny;virksomhet;Tjenester og drif;;", "«Tjenester og drif» finnes ikke. Mente du «Tjenester og drift»?"),
    ("Ny;virksomhett;;;", "kolonne Type: «virksomhett» finnes ikke. Mente du «virksomhet»?"),
    ("Ny;;;;", "kolonne Type: Skriv om det er et område"),
    (";stab;;;", "kolonne Navn: Må fylles ut."),
    ("Ny;stab;;01.10.2026;01.09.2026", "kolonne Til: Siste dag 1.\u00a0september 2026 er før første dag"),
    ("Ny;stab;Ny;;", "kolonne Hører til: Ny kan ikke høre til seg selv."),
    ("Klima;stab;klima;;", "kolonne Hører til: Klima kan ikke høre til seg selv."),
    ("Tjenester og drift;område;Ernæring og kjøkkendrift;;", "ligger selv under Tjenester og drift."),
    ("Tjenester og drift;område;;;31.12.2026", "Under Tjenester og drift ligger"),
    ("Klima;stab;;;snart", "kolonne Til: Skriv en dato"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("row", "sentence"), WRONG)
def test_each_wrong_cell_is_named(cast: Cast, as_user: AsUser, row: str, sentence: str) -> None:
    client = as_user(cast.admin)
    page = previewed(client, "Vei;virksomhet;;;", row)
    assert sentence.replace("\u00a0", " ") in text_of(page).replace("\u00a0", " ")
    assert confirmed(client, page).status_code == 409
    assert not Unit.objects.filter(name="Vei").exists()
    rows = list(
        load_workbook(io.BytesIO(client.get(f"{page.request['PATH_INFO']}feil/").content)).active.values
    )
    assert [one[0] for one in rows[1:]] == [3]


@pytest.mark.django_db
def test_a_ring_through_the_file_is_refused(cast: Cast, as_user: AsUser) -> None:
    page = previewed(as_user(cast.admin), "A;stab;B;;", "B;stab;C;;", "C;stab;A;;", "A;stab;;;")
    text = text_of(page)
    assert "Rad 2, kolonne Hører til: B ligger selv under A. Velg et annet sted." in text
    assert "Rad 5, kolonne Navn: Det samme står også i rad 2. Behold bare den ene." in text


@pytest.mark.django_db
def test_what_hangs_on_a_unit_stops_its_closing(
    cast: Cast, as_user: AsUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def holds(holder: Holder, day: date) -> list[Holding]:
        return [
            Holding(
                kind="measure",
                count=2,
                sentence="2 tiltak",
                goes=HoldingGoes.TO_SUCCESSOR,
                move=lambda by, to, on: None,
            )
        ]

    providers = dict(contributions._providers)
    monkeypatch.setattr(contributions, "_providers", providers | {contributions.holding: [(holds, "")]})
    page = previewed(as_user(cast.admin), f"{KITCHEN};;31.12.2026")
    assert "På Ernæring og kjøkkendrift står 2 tiltak. Velg hvem som overtar." in text_of(page)
    assert "Gjør det på virksomhetens side." in text_of(page)


@pytest.mark.django_db
def test_a_name_that_was_may_be_used_again_later(cast: Cast, as_user: AsUser) -> None:
    Unit.objects.filter(pk=cast.kitchen.pk).update(valid_to=date(2026, 8, 31))
    client = as_user(cast.admin)
    early = previewed(client, f"{KITCHEN};01.08.2026;")
    assert "fantes til 31." in text_of(early)
    assert confirmed(client, previewed(client, f"{KITCHEN};;")).status_code == 303
    assert Unit.objects.filter(name=cast.kitchen.name).count() == 2


@pytest.mark.django_db
def test_a_file_over_another_tree_writes_nothing(cast: Cast) -> None:
    about, content = unit_import(), content_of("Vei;virksomhet;;;")
    kept, fingerprint = keep(about, cast.admin, content), print_of(about, content)
    create_unit(by=cast.admin, name="Park", kind=UnitKind.UNIT, parent=cast.area)
    with pytest.raises(ImportChanged):
        confirm(about, cast.admin, kept, fingerprint)
    assert not Unit.objects.filter(name="Vei").exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_write_the_same_file_write_it_once(cast: Cast) -> None:
    about, content = unit_import(), content_of("Vei;virksomhet;;;")
    fingerprint = print_of(about, content)
    uploads = [keep(about, cast.admin, content) for _one in range(2)]
    first, second = at_once(
        *(lambda kept=kept: confirm(about, cast.admin, kept, fingerprint) for kept in uploads)
    )
    assert sorted(map(str, (type(first), type(second)))) == sorted(map(str, (int, ImportChanged)))
    assert Unit.objects.filter(name="Vei").count() == 1


@pytest.mark.django_db
def test_only_administrators_bring_files(cast: Cast, as_user: AsUser) -> None:
    for name, person in cast.people().items():
        if name != "admin":
            assert as_user(person).get(FILE).status_code == 403
            assert as_user(person).get(f"{FILE}eksport/csv/").status_code == 403
    assert not Upload.objects.exists()
