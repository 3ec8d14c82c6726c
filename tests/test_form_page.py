"""A page with one form: asked, refused, in conflict, closed or done, and done once."""

from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from organisation.enums import UnitKind
from organisation.models import Unit, User
from tests import small_site
from tests.html_rules import broken_rules
from tests.report_forms import text_of
from tests.small_site import PASSWORD, make_user
from web import error_pages
from web.access import Route
from web.concurrency import StaleObject
from web.form_page import FormPage, run_form
from web.forms import HeltallField, NorskTallField, PortalForm
from web.once import new_submission_token
from web.refusals import Closed, Refusal, Refused, refuse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

ADDRESS = "/navn/"
ROUTES = {**small_site.ROUTES, "rename": Route("login"), "rename_other": Route("login")}


class RenameForm(PortalForm):
    name = forms.CharField(label="Navn")
    kind = forms.ChoiceField(label="Slag", choices=[("staff", "stab"), ("area", "område")], required=False)
    share = NorskTallField(label="Andel", required=False)
    chosen = forms.BooleanField(label="Valgt", required=False)
    reason = forms.CharField(label="Hvorfor?", required=False)
    note = forms.CharField(label="Merknad", required=False, show_hidden_initial=True)
    version = HeltallField(widget=forms.HiddenInput)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if name in SCENE.taken:
            raise ValidationError("Navnet er i bruk.")
        return name

    def besides_fields(self) -> dict[str, str]:
        return {"Rader": "1, 2" if self.is_bound else "1"}


class Scene:
    """What the page does when its form is sent; tests set it."""

    page: dict[str, Any]
    stored: dict[str, Any]
    taken: set[str]
    work: Callable[[Any], str | None]


SCENE = Scene()


def rename(request: HttpRequest) -> HttpResponse:
    page = FormPage(**{"title": "Gi nytt navn", "back_url": "/", "done": "Navnet er endret.", **SCENE.page})
    return run_form(
        request, page, lambda data: RenameForm(data, initial=SCENE.stored), lambda form: SCENE.work(form)
    )


urlpatterns = [
    *small_site.urlpatterns,
    path("navn/", rename, name="rename"),
    path("navn/2/", rename, name="rename_other"),
]
handler400 = error_pages.bad_request
may = small_site.may


@pytest.fixture
def site(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    settings.ROUTE_TABLE = f"{__name__}.ROUTES"
    settings.PERMISSION_CHECK = f"{__name__}.may"
    SCENE.page, SCENE.taken = {}, set()
    SCENE.stored = {"name": "Vei", "kind": "staff", "share": 2, "version": 3}
    SCENE.work = make_unit


def make_unit(form: Any) -> str | None:
    again = " igjen" if Unit.objects.exists() else ""
    Unit.objects.create(name=form.cleaned_data["name"] + again, kind=UnitKind.STAFF)
    return None


@pytest.fixture
def person(client: Client) -> Client:
    make_user()
    assert client.login(email="kontakt@drammen.example", password=PASSWORD)
    return client


def sent(**changed: str) -> dict[str, str]:
    return {"name": "Vei og park", "kind": "area", "share": "2", "version": "2"} | changed


def names() -> list[str]:
    return list(Unit.objects.values_list("name", flat=True))


def raising(problem: Exception) -> Callable[[Any], str | None]:
    def work(form: Any) -> str | None:
        Unit.objects.create(name="Halvveis", kind=UnitKind.STAFF)
        raise problem

    return work


def test_it_asks_with_what_stands_around_the_form(person: Client) -> None:
    SCENE.page = {
        "lead": "Navnet står i alle rapporter.",
        "note": "Det kan endres igjen.",
        "facts": [("Leder", "Leder Eksempel")],
        "crumbs": [("Organisasjon", "/organisasjon/")],
        "button": "Gi nytt navn",
    }
    answer = person.get(ADDRESS)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert broken_rules(page) == []
    for words in ("Navnet står i alle rapporter.", "Det kan endres igjen.", "Leder Eksempel"):
        assert words in page
    assert 'href="/organisasjon/"' in page
    assert "data-kp-unsaved" in page
    assert 'value="Vei"' in page
    assert "danger" not in page.partition("<form")[2]


def test_a_form_that_leads_back_to_its_own_page_has_nothing_to_cancel(person: Client) -> None:
    assert "Avbryt" in person.get(ADDRESS).content.decode()
    SCENE.page = {"back_url": ADDRESS}
    page = person.get(ADDRESS).content.decode()
    assert "Avbryt" not in page
    assert broken_rules(page) == []


def test_what_cannot_be_taken_back_has_a_red_button(person: Client) -> None:
    SCENE.page = {"danger": True}
    assert 'class="kp-btn danger"' in person.get(ADDRESS).content.decode()


def test_it_is_done_and_says_so(person: Client) -> None:
    answer = person.post(ADDRESS, sent())
    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert "Navnet er endret." in person.get("/").content.decode()
    assert names() == ["Vei og park"]


def test_what_it_says_afterwards_may_depend_on_what_was_typed(person: Client) -> None:
    SCENE.page = {"done": lambda form: f"Heter nå {form.cleaned_data['name']}."}
    person.post(ADDRESS, sent())
    assert "Heter nå Vei og park." in person.get("/").content.decode()
    SCENE.page = {"done": ""}
    person.post(ADDRESS, sent())
    assert "ds-alert" not in person.get("/").content.decode()


def test_it_leads_where_the_work_says(person: Client) -> None:
    SCENE.work = lambda form: "/organisasjon/"
    assert person.post(ADDRESS, sent())["Location"] == "/organisasjon/"


def test_an_error_stands_at_its_field_and_nothing_is_lost(person: Client) -> None:
    answer = person.post(ADDRESS, sent(share="mange", name="Vei og park"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert broken_rules(page) == []
    assert 'href="#id_share"' in page
    assert 'value="Vei og park"' in page
    assert 'value="mange"' in page
    assert names() == []


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        (Refusal("Navnet er tatt.", field="name"), 'href="#id_name"'),
        (Refusal("Enheten har åpne rapporter.", url="/rapportering/"), 'href="/rapportering/"'),
        ("Det går ikke i dag.", "Det går ikke i dag."),
        (Refusal("Om et felt som ikke finnes.", field="ukjent"), "Om et felt som ikke finnes."),
    ],
)
def test_a_refusal_stands_where_it_is_mended(person: Client, reason: Refusal | str, shown: str) -> None:
    SCENE.work = raising(Refused(reason))
    answer = person.post(ADDRESS, sent())
    page = answer.content.decode()
    assert answer.status_code == 422
    assert shown in page
    assert (reason.text if isinstance(reason, Refusal) else reason) in page
    assert 'value="Vei og park"' in page
    assert names() == []


def test_two_who_save_see_yours_beside_theirs(person: Client) -> None:
    SCENE.work = raising(StaleObject(object()))
    answer = person.post(ADDRESS, sent(chosen="on", reason="Slått sammen."))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert broken_rules(page) == []
    for theirs, yours in (("Vei", "Vei og park"), ("nei", "ja")):
        assert f"<td>{yours}</td>" in page
        assert f"<td>{theirs}</td>" in page
    # The same share, written otherwise, is no difference.
    assert "<td>2</td>" not in page
    # What is no field of its own is compared as well.
    assert "<td>1, 2</td>" in page
    assert "<td>1</td>" in page
    # Why it is changed is nowhere stored, and stands in the form alone.
    assert "Slått sammen." in page
    assert "<td>Slått sammen.</td>" not in page
    # Sent again it is saved on what stands now.
    assert 'name="version" value="3"' in page
    assert 'value="Vei og park"' in page
    assert names() == []


def test_what_was_left_alone_is_no_opinion_about_theirs(person: Client) -> None:
    """A field that carries what stood in it says whether anybody wrote in it."""
    SCENE.work = raising(StaleObject(object()))
    SCENE.stored = {**SCENE.stored, "note": "deres"}
    mine = {"note": "før", "initial-note": "før"}
    answer = person.post(ADDRESS, sent(**mine))
    assert "<td>før</td>" not in answer.content.decode()
    # It still is when the form is sent again.
    assert 'name="initial-note" value="før"' in answer.content.decode()
    assert "<td>mitt</td>" in person.post(ADDRESS, sent(**mine | {"note": "mitt"})).content.decode()


def test_what_somebody_removed_is_told(person: Client) -> None:
    SCENE.work = raising(StaleObject(None))
    answer = person.post(ADDRESS, sent())
    assert answer.status_code == 409
    assert "Noen andre har fjernet dette" in text_of(answer)


def test_what_is_closed_has_no_form(person: Client) -> None:
    SCENE.page = {"closed": "Budsjettet er vedtatt."}
    for answer in (person.get(ADDRESS), person.post(ADDRESS, sent())):
        assert answer.status_code == 409
        assert "Budsjettet er vedtatt." in text_of(answer)
        assert 'name="version"' not in answer.content.decode()
    assert names() == []


def test_what_closes_while_it_is_filled_in_is_told(person: Client) -> None:
    SCENE.work = raising(Closed("Perioden er lukket."))
    answer = person.post(ADDRESS, sent())
    assert answer.status_code == 409
    assert "Perioden er lukket." in text_of(answer)
    assert names() == []


def token_of(person: Client) -> str:
    return new_submission_token(User.objects.get(pk=person.session["_auth_user_id"]))


def test_a_double_click_does_it_once(person: Client) -> None:
    token = token_of(person)
    for _click in range(2):
        answer = person.post(ADDRESS, sent(submission_token=token))
        assert (answer.status_code, answer["Location"]) == (303, "/")
    assert names() == ["Vei og park"]


def test_without_the_token_it_is_done_twice(person: Client) -> None:
    """The negative control."""
    for _click in range(2):
        person.post(ADDRESS, sent())
    assert names() == ["Vei og park", "Vei og park igjen"]


def test_a_second_click_that_has_become_invalid_leads_where_the_first_did(person: Client) -> None:
    token = token_of(person)
    person.post(ADDRESS, sent(submission_token=token))
    SCENE.taken = {"Vei og park"}
    answer = person.post(ADDRESS, sent(submission_token=token))
    assert (answer.status_code, answer["Location"]) == (303, "/")


def test_a_token_that_is_made_up_loses_nothing_of_what_is_refused(person: Client) -> None:
    refused = person.post(ADDRESS, sent(submission_token="oppdiktet", name="", reason="Ny organisering"))
    assert refused.status_code == 422
    assert 'value="Ny organisering"' in refused.content.decode()
    SCENE.page = {"closed": "Enheten er lagt ned."}
    assert person.post(ADDRESS, sent(submission_token="oppdiktet")).status_code == 409
    SCENE.page = {}
    assert person.post(ADDRESS, sent(submission_token="oppdiktet")).status_code == 400
    assert names() == []


def test_other_words_with_the_same_token_are_another_form(person: Client) -> None:
    """Gone back to and sent again: what was written the second time is done, or refused, and never lost."""
    token = token_of(person)
    person.post(ADDRESS, sent(submission_token=token))
    assert person.post(ADDRESS, sent(submission_token=token, name="Park")).status_code == 303
    assert sorted(names()) == ["Park igjen", "Vei og park"]
    assert person.post(ADDRESS, sent(submission_token=token, name="")).status_code == 422
    SCENE.work = raising(StaleObject(object()))
    late = person.post(ADDRESS, sent(submission_token=token, name="Torg"))
    assert late.status_code == 409
    assert "Torg" in text_of(late)


def test_the_forms_of_one_page_share_its_token(person: Client) -> None:
    """Two buttons that say the same, of different rows: back from the first, the second is pressed."""
    token = token_of(person)
    for address in (ADDRESS, f"{ADDRESS}2/"):
        assert person.post(address, sent(submission_token=token)).status_code == 303
    assert names() == ["Vei og park", "Vei og park igjen"]


def test_a_second_click_on_what_the_first_closed_leads_where_the_first_did(person: Client) -> None:
    token = token_of(person)
    person.post(ADDRESS, sent(submission_token=token))
    SCENE.page = {"closed": "Navnet er endret for godt."}
    answer = person.post(ADDRESS, sent(submission_token=token))
    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert person.post(ADDRESS, sent(submission_token=token_of(person))).status_code == 409


def test_what_was_refused_can_be_sent_again(person: Client) -> None:
    token = token_of(person)
    SCENE.work = raising(Refused("Ikke ennå."))
    assert person.post(ADDRESS, sent(submission_token=token)).status_code == 422
    SCENE.work = make_unit
    assert person.post(ADDRESS, sent(submission_token=token)).status_code == 303
    assert names() == ["Vei og park"]


def test_nothing_to_say_is_no_refusal() -> None:
    refuse()
    with pytest.raises(Refused, match=r"Én ting\. Og en til\."):
        refuse("Én ting.", Refusal("Og en til.", field="name"))
