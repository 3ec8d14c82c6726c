"""What the municipality and its bodies are called: read once, said everywhere, given by the administrator."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from budget.models import BUDGET_STATE_LABELS
from emissions import models as emissions
from emissions.models import Population
from organisation.actions.names import BodyNames, MunicipalityNames, name_body, name_municipality
from organisation.enums import Body, Role
from organisation.models import BODY_SLUGS, ROLE_LABELS, Appointment, BodyName, Municipality, User
from organisation.queries.municipality_codes import codes_of, municipality_codes
from organisation.queries.names import read_names
from organisation.words.names import SENTENCES
from strategy.enums import DecisionBody
from strategy.models import DECISION_BODY_LABELS, Decision
from tests.cast import Cast
from tests.html_rules import broken_rules
from tests.names import DRAMMEN
from web.actors import COMMAND_LINE
from web.concurrency import StaleObject
from web.names import BODIES, BodyCalled, Called, Names, names_read_once, naming
from web.refusals import Closed, Refused

AsUser = Callable[[User], Client]
PAGE = "/organisasjon/navn/"
MUNICIPALITY = f"{PAGE}kommunen/"
CLIMATE = f"{PAGE}organ/klima/"
GIVEN = MunicipalityNames("Ringerike", "3305", "Ringerike kommune", "kommunedirektør", "Klimanettverket", 2)
FORM = {
    "name": "Ringerike",
    "number": "3305",
    "organisation": "Ringerike kommune",
    "chief_title": "kommunedirektør",
    "network": "Klimanettverket",
    "leader_levels": "2",
    "leader_title": "virksomhetsleder",
    "middle_title": "kommunalsjef",
    "director_title": "direktør",
    "version": "0",
}
BODY_FORM = {
    "name": "Miljø",
    "definite": "miljøstaben",
    "genitive": "miljøstabens",
    "valid_from": "01.09.2026",
    "latest": "0.0",
}


@pytest.fixture(autouse=True)
def two_steps_are_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new municipality requires them of its administrator: tests/test_two_steps.py."""
    monkeypatch.setattr("organisation.queries.two_steps.has_two_steps", lambda user: True)


def named(**changed: Any) -> Municipality:
    return name_municipality(by=COMMAND_LINE, given=replace(GIVEN, **changed), version=0)


def called(name: str, since: date, body: Body = Body.CLIMATE, **latest: Any) -> BodyName:
    given = BodyNames(name, name, f"{name}s", since)
    newest = BodyName.objects.filter(body=body).order_by("-valid_from").first()
    read = latest.get("latest", (newest.pk, newest.version) if newest else (0, 0))
    return name_body(by=COMMAND_LINE, body=body, given=given, latest=read)


# --- Sentences -------------------------------------------------------------------------------------


def test_sentences_follow_the_names() -> None:
    label = naming(gettext_lazy("Klargjør for {chief}, til {chiefs} bord"))
    assert isinstance(label, Promise)
    with names_read_once(DRAMMEN):
        assert str(label) == "Klargjør for rådmannen, til rådmannens bord"
    with names_read_once(Names()):
        assert str(label) == "Klargjør for kommunedirektøren, til kommunedirektørens bord"
        assert "Foreslått av kommunedirektøren" in [str(label) for label in BUDGET_STATE_LABELS.values()]
        assert "kommunedirektørens ledergruppe" in [str(label) for label in ROLE_LABELS.values()]


def test_a_placeholder_at_the_start_begins_a_sentence() -> None:
    with names_read_once(Names()):
        assert naming("{Climate} svarer {unit}, og {climate} venter.", unit="Skole") == (
            "Klimaavdelingen svarer Skole, og klimaavdelingen venter."
        )
    with names_read_once(DRAMMEN):
        assert naming("{Climate_names} pult, {climates} råd") == "Klimas pult, Virksomhet Klimas råd"


def test_a_value_is_never_taken_for_a_placeholder() -> None:
    with names_read_once(DRAMMEN):
        assert naming("{Climate} skriver: {reason}", reason="{chief}") == "Virksomhet Klima skriver: {chief}"


def test_an_unknown_placeholder_is_an_error() -> None:
    with names_read_once(DRAMMEN), pytest.raises(KeyError):
        naming("Til {nobody}")


def test_a_title_that_ends_with_e() -> None:
    assert Names(chief_title="byrådsleiande").chief == "byrådsleianden"
    assert Names(chief_title="rådmann").chief == "rådmannen"


def test_bodies_keep_what_they_were_called() -> None:
    names = Names(
        bodies=(
            BodyCalled("council", Called("bystyret", "bystyret", "bystyrets"), date(2023, 10, 1)),
            BodyCalled(
                "council", Called("kommunestyret", "kommunestyret", "kommunestyrets"), date(2019, 10, 1)
            ),
        )
    )
    with names_read_once(names):
        assert naming("{council}", date(2022, 5, 1)) == "kommunestyret"
        assert naming("{council}", date(2023, 10, 1)) == "bystyret"
        assert naming("{Council}") == "Bystyret"
        # Before the first name, the first.
        assert naming("{councils}", date(1998, 1, 1)) == "kommunestyrets"


def test_the_codes_of_bodies_are_the_same_in_both_places() -> None:
    assert tuple(Body) == BODIES
    assert set(BODY_SLUGS) == set(Body)


# --- Read once -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_page_reads_names_once(cast: Cast, as_user: AsUser) -> None:
    named()
    client = as_user(cast.admin)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = client.get(PAGE).text
    assert page.count("Ringerike kommune") >= 2  # the frame, and a sentence
    asked = [
        one["sql"] for one in queries if "organisation_bodyname" in one["sql"] and " JOIN " in one["sql"]
    ]
    assert len(asked) == 1


@pytest.mark.django_db
def test_names_are_not_stale_in_the_next_request(cast: Cast, as_user: AsUser) -> None:
    stored = named()
    client = as_user(cast.admin)
    assert "Ringerike kommune" in client.get("/").text
    name_municipality(by=COMMAND_LINE, given=replace(GIVEN, organisation="Byen"), version=stored.version)
    assert "Ringerike kommune" not in client.get("/").text


@pytest.mark.django_db
def test_nobody_has_named_anything(cast: Cast, as_user: AsUser, settings: Any) -> None:
    settings.NAMES = "organisation.queries.names.read_names"
    assert read_names() == Names()
    page = as_user(cast.admin).get(PAGE)
    assert page.status_code == 200
    assert "klimaavdelingen" in page.text
    assert "Gi kommunen navn" in page.text
    assert broken_rules(page.text) == []
    denied = as_user(cast.kontakt).get(PAGE)
    assert (denied.status_code, "Be klimaavdelingen om tilgang." in denied.text) == (403, True)


@pytest.mark.django_db
def test_a_decision_has_the_name_of_its_day(cast: Cast) -> None:
    named()
    called("Utvalg for miljø", date(2019, 10, 1), Body.COMMITTEE)
    called("Utvalg for klima", date(2023, 10, 1), Body.COMMITTEE)
    old = Decision(body=DecisionBody.CLIMATE_COMMITTEE, decided_on=date(2021, 3, 3))
    new = Decision(body=DecisionBody.CLIMATE_COMMITTEE, decided_on=date(2024, 3, 3))
    undated = Decision(body=DecisionBody.CLIMATE_COMMITTEE, decided_when="en gang")
    other = Decision(body=DecisionBody.OTHER, decided_on=date(2021, 3, 3))
    assert [one.body_then for one in (old, new, undated, other)] == [
        "Utvalg for miljø",
        "Utvalg for klima",
        "Utvalg for klima",
        "annet",
    ]
    assert str(DECISION_BODY_LABELS[DecisionBody.CLIMATE_COMMITTEE]) == "Utvalg for klima"


# --- The database ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_database_holds_one_municipality() -> None:
    named()
    for row in ({"id": 1}, {"id": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Municipality.objects.create(**row, name="Modum", number="3316", organisation="Modum kommune")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong", [{"number": "33a5"}, {"number": "305"}, {"leader_levels": 4}, {"name": ""}, {"network": ""}]
)
def test_the_database_refuses_names_that_are_none(wrong: dict[str, Any]) -> None:
    good = {"name": "Modum", "number": "3316", "organisation": "Modum kommune"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Municipality.objects.create(**(good | wrong))
    Municipality.objects.create(**good)


@pytest.mark.django_db
def test_a_body_has_one_name_at_a_time() -> None:
    municipality = named()
    first = called("Miljø", date(2024, 1, 1))
    row = {"municipality": municipality, "name": "x", "definite": "x", "genitive": "x"}
    for body, since in (
        ("climate", date(2023, 1, 1)),
        ("climate", date(2025, 1, 1)),
        ("other", date(2023, 1, 1)),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            BodyName.objects.create(body=body, valid_from=since, **row)
    BodyName.objects.create(body="climate", valid_from=date(2023, 1, 1), valid_to=date(2023, 12, 31), **row)
    assert first.valid_to is None


# --- The actions -----------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"number": "33055"}, "fire sifre"),
        ({"number": "3301"}, "Kommunenummer 3301 er Drammen"),
        ({"number": "3007"}, "Ringerike har nummer 3305 nå"),
    ],
)
def test_a_number_is_the_municipalitys_own(changed: dict[str, str], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        named(**changed)
    assert not Municipality.objects.exists()


@pytest.mark.django_db
def test_a_number_newer_than_the_list_is_taken() -> None:
    assert named(number="9901", name="Nykommunen").number == "9901"


@pytest.mark.django_db
def test_a_new_name_ends_the_one_before() -> None:
    named()
    called("Miljø", date(2020, 1, 1))
    called("Klima", date(2024, 7, 1))
    rows = BodyName.objects.order_by("valid_from").values_list("name", "valid_from", "valid_to")
    assert list(rows) == [
        ("Miljø", date(2020, 1, 1), date(2024, 6, 30)),
        ("Klima", date(2024, 7, 1), None),
    ]
    # The same day corrects it; a day before it is refused.
    called("Klima og miljø", date(2024, 7, 1))
    with pytest.raises(Refused, match=r"gjelder fra 1\.\sjuli 2024"):
        called("Natur", date(2023, 1, 1))
    assert list(BodyName.objects.order_by("valid_from").values_list("name", flat=True)) == [
        "Miljø",
        "Klima og miljø",
    ]


@pytest.mark.django_db
def test_bodies_belong_to_a_named_municipality() -> None:
    with pytest.raises(Closed):
        called("Miljø", date(2020, 1, 1))


@pytest.mark.django_db
def test_the_second_of_two_is_told() -> None:
    stored = named()
    with pytest.raises(StaleObject):
        named()
    with pytest.raises(StaleObject):
        name_municipality(by=COMMAND_LINE, given=GIVEN, version=stored.version + 1)
    called("Miljø", date(2020, 1, 1))
    with pytest.raises(StaleObject):
        called("Klima", date(2024, 7, 1), latest=(0, 0))


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_names_a_body() -> None:
    named()
    barrier = Barrier(2, timeout=30)

    def name(what: str) -> str:
        barrier.wait()
        try:
            called(what, date(2024, 7, 1), latest=(0, 0))
            return what
        except StaleObject:
            return ""
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        done = list(both.map(name, ("Miljø", "Natur")))
    assert sorted(map(bool, done)) == [False, True]
    assert BodyName.objects.count() == 1


# --- The pages -------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("url", [PAGE, MUNICIPALITY, CLIMATE])
def test_only_the_administrator_names_things(url: str, cast: Cast, as_user: AsUser) -> None:
    named()
    answers = {login: as_user(user).get(url).status_code for login, user in cast.people().items()}
    assert {login for login, status in answers.items() if status == 200} == {"admin"}
    assert {status for login, status in answers.items() if login != "admin"} == {403}
    assert Client().get(url).status_code == 302
    with pytest.raises(PermissionDenied):
        name_municipality(by=cast.klima, given=GIVEN, version=1)
    with pytest.raises(PermissionDenied):
        name_body(by=cast.klima, body=Body.CLIMATE, given=BodyNames("a", "a", "a", date(2024, 1, 1)))


@pytest.mark.django_db
def test_the_way_there_is_on_the_organisations_page(cast: Cast, as_user: AsUser) -> None:
    assert PAGE in as_user(cast.admin).get("/organisasjon/").text
    assert PAGE not in as_user(cast.klima).get("/organisasjon/").text


@pytest.mark.django_db
def test_the_municipality_is_named_on_its_page(cast: Cast, as_user: AsUser) -> None:
    admin = as_user(cast.admin)
    assert broken_rules(admin.get(MUNICIPALITY).text) == []
    answer = admin.post(MUNICIPALITY, FORM)
    assert (answer.status_code, answer["Location"]) == (303, PAGE)
    page = admin.get(PAGE).text
    assert broken_rules(page) == []
    assert "Ringerike (3305)" in page
    assert "0605 Ringerike" in page
    assert "3007 Ringerike" in page
    assert "Ringerike kommune" in admin.get("/").text
    history = admin.get(f"/historikk/organisation.municipality/{Municipality.objects.get().pk}/").text
    assert "Ringerike kommune" in history
    assert "Admin Eksempel" in history


@pytest.mark.django_db
def test_sentences_are_seen_before_they_are_saved(cast: Cast, as_user: AsUser) -> None:
    admin = as_user(cast.admin)
    page = admin.post(MUNICIPALITY, FORM | {"chief_title": "rådmann", "preview": "1"})
    assert page.status_code == 200
    assert broken_rules(page.text) == []
    assert "Budsjettet er klargjort for rådmannen." in page.text
    assert "Her viser Ringerike kommune hva som er vedtatt" in page.text
    assert 'value="rådmann"' in page.text  # what was typed stands there
    assert not Municipality.objects.exists()
    [listed] = re.findall(r'id="setninger".*?<ul>(.*?)</ul>', page.text, re.DOTALL)
    assert listed.count("<li>") == 5
    wrong = admin.post(MUNICIPALITY, FORM | {"organisation": "", "preview": "1"})
    assert wrong.status_code == 422


@pytest.mark.django_db
def test_sentences_of_a_body_are_about_it(cast: Cast, as_user: AsUser) -> None:
    named()
    admin = as_user(cast.admin)
    for slug in BODY_SLUGS.values():
        page = admin.post(f"{PAGE}organ/{slug}/", BODY_FORM | {"preview": "1"})
        assert page.status_code == 200
        [listed] = re.findall(r'id="setninger".*?<ul>(.*?)</ul>', page.text, re.DOTALL)
        assert listed.count("<li>") == 5
        assert re.search("[Mm]iljø", listed)
    assert not BodyName.objects.exists()


@pytest.mark.django_db
def test_a_body_gets_a_name_on_its_page(cast: Cast, as_user: AsUser) -> None:
    admin = as_user(cast.admin)
    closed = admin.get(CLIMATE)
    assert (closed.status_code, "Gi kommunen navn først." in closed.text) == (409, True)
    named()
    assert broken_rules(admin.get(CLIMATE).text) == []
    answer = admin.post(CLIMATE, BODY_FORM)
    assert (answer.status_code, answer["Location"]) == (303, PAGE)
    assert "Be miljøstaben om tilgang." in as_user(cast.kontakt).get(PAGE).text
    assert "miljøstaben, 1.\xa0september 2026" in admin.get(PAGE).text
    assert admin.get(f"{PAGE}organ/ukjent/").status_code == 404
    history = admin.get(f"/historikk/organisation.municipality/{Municipality.objects.get().pk}/").text
    assert "miljøstabens" in history


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "form", "wrong", "sentence"),
    [
        (MUNICIPALITY, FORM, {"number": "3301"}, "Kommunenummer 3301 er Drammen"),
        (MUNICIPALITY, FORM, {"leader_levels": "7"}, "7"),
        (CLIMATE, BODY_FORM, {"genitive": ""}, "Eieform"),
        (CLIMATE, BODY_FORM, {"valid_from": "i fjor"}, "Gjelder fra"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(
    url: str, form: dict[str, str], wrong: dict[str, str], sentence: str, cast: Cast, as_user: AsUser
) -> None:
    if url == CLIMATE:
        named()
    answer = as_user(cast.admin).post(url, form | wrong)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not BodyName.objects.exists()


@pytest.mark.django_db
def test_two_administrators_are_told_of_each_other(cast: Cast, as_user: AsUser) -> None:
    admin = as_user(cast.admin)
    assert admin.post(MUNICIPALITY, FORM).status_code == 303
    late = admin.post(MUNICIPALITY, FORM | {"organisation": "Kommunen vår"})
    assert late.status_code == 409
    assert "Kommunen vår" in late.text
    assert "Ringerike kommune" in late.text
    again = admin.post(MUNICIPALITY, FORM | {"organisation": "Kommunen vår", "version": "1"})
    assert again.status_code == 303
    assert admin.post(CLIMATE, BODY_FORM).status_code == 303
    late = admin.post(CLIMATE, BODY_FORM | {"definite": "naturstaben"})
    assert late.status_code == 409
    assert "naturstaben" in late.text
    assert "miljøstaben" in late.text
    assert BodyName.objects.get().definite == "miljøstaben"


ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("sentence", [str(one) for one in SENTENCES])
def test_the_sentences_shown_are_the_portals_own(sentence: str) -> None:
    """Each stands where the portal says it, besides where it is shown."""
    said = [
        path
        for folder in ("templates", "budget", "reporting", "publishing", "strategy", "klimalaget")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".html"} and sentence in path.read_text()
    ]
    assert said


# --- Numbers and former names ----------------------------------------------------------------------


def test_every_number_has_its_municipality_of_today() -> None:
    codes = municipality_codes()
    assert len(codes) == 834
    current = {one.current_code for one in codes.values()}
    assert len(current) == 357
    for code in current:
        assert codes[code].is_current
    assert [one.code for one in codes_of("3305")] == ["3305", "3007", "0605"]


# --- What others keep about the municipality ----------------------------------------------------------


@pytest.mark.django_db
def test_the_newest_population_stands_with_the_names(cast: Cast, as_user: AsUser) -> None:
    """It is kept in the register of inhabitants alone, and told from there."""
    named()
    admin = as_user(cast.admin)
    assert "Ikke registrert" in admin.get(PAGE).text
    ringerike = emissions.Municipality.objects.create(name="Ringerike", number="3305")
    other = emissions.Municipality.objects.create(name="Modum", number="3316")
    for town, year, inhabitants in ((ringerike, 2024, 31000), (ringerike, 2025, 31450), (other, 2026, 14000)):
        Population.objects.create(municipality=town, year=year, inhabitants=inhabitants, source="SSB 07459")
    page = admin.get(PAGE).text
    assert broken_rules(page) == []
    assert "31\u00a0450 innbyggere 1. januar 2025. Kilde: SSB 07459" in page
    url = f"/klimaregnskap/folketall/?kommune={ringerike.pk}"
    assert url in page
    assert admin.get(url).status_code == 200


# --- Employees ----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_employees_are_let_in_by_a_switch_on_the_page(cast: Cast, as_user: AsUser) -> None:
    named()
    row = Municipality.objects.get()
    admin = as_user(cast.admin)
    Appointment.objects.create(user=cast.ingen, role=Role.EMPLOYEE, valid_from=date(2026, 1, 1))
    denied = as_user(cast.ingen).get("/organisasjon/").status_code
    assert "slippes ikke inn" in admin.get(PAGE).text
    form = FORM | {"version": str(row.version), "employees_read": "on"}
    assert admin.post(MUNICIPALITY, form)["Location"] == PAGE
    assert "kan slippes inn for å lese sidene for ansatte" in admin.get(PAGE).text
    assert (denied, as_user(cast.ingen).get("/organisasjon/").status_code) == (403, 200)
    off = FORM | {"version": str(row.version + 1)}
    assert admin.post(MUNICIPALITY, off)["Location"] == PAGE
    # The role stays, and gives nothing.
    assert as_user(cast.ingen).get("/organisasjon/").status_code == 403
    assert Appointment.objects.filter(user=cast.ingen, valid_to=None).exists()


@pytest.mark.django_db
def test_the_levels_titles_stand_on_the_page(cast: Cast, as_user: AsUser) -> None:
    named(leader_levels=3, middle_title="områdeleder")
    page = as_user(cast.admin).get(PAGE).text
    assert "3: virksomhetsleder, områdeleder, direktør" in page
