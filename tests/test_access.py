"""Every route is refused unless the table says otherwise, and a page that is only read cannot write."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import InternalError, connection, transaction
from django.test import Client

from organisation.enums import UnitKind
from organisation.models import Unit
from tests.small_site import PASSWORD, make_user, small_site  # noqa: F401
from web.access import Route, route_of
from web.error_pages import server_error

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_site")]


@pytest.fixture
def member(client: Client) -> Client:
    client.force_login(make_user("edit@drammen.example"))
    return client


def test_a_public_route_needs_no_login(client: Client) -> None:
    assert client.get("/apen/").content == b"ok"


def test_a_stranger_is_sent_to_login_and_back(client: Client) -> None:
    response = client.get("/budsjett/detalj/?fane=2")
    assert response.status_code == 302
    assert response["Location"] == "/logg-inn/?next=/budsjett/detalj/%3Ffane%3D2"


def test_the_front_page_needs_no_next(client: Client) -> None:
    assert client.get("/")["Location"] == "/logg-inn/"


def test_htmx_is_told_to_load_the_login_page_never_given_it(client: Client) -> None:
    response = client.get(
        "/budsjett/detalj/",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/budsjett/?fane=3"},
    )
    assert response["HX-Redirect"] == "/logg-inn/?next=/budsjett/%3Ffane%3D3"
    assert response.content == b""


@pytest.mark.parametrize("current", ["http://evil.example/b/", "javascript:alert(1)", "//evil.example/"])
def test_htmx_from_elsewhere_returns_to_the_path_asked_for(client: Client, current: str) -> None:
    response = client.get("/budsjett/", headers={"HX-Request": "true", "HX-Current-URL": current})
    assert response["HX-Redirect"] == "/logg-inn/?next=/budsjett/"


def test_a_post_after_the_session_ended_returns_to_the_page_it_came_from(client: Client) -> None:
    response = client.post("/bare-post/", headers={"Referer": "http://testserver/budsjett/"})
    assert response["Location"] == "/logg-inn/?next=/budsjett/&ulagret=1"
    for elsewhere in ("http://evil.example/budsjett/", "http://testserver/bare-post/"):
        response = client.post("/bare-post/", headers={"Referer": elsewhere})
        assert response["Location"] == "/logg-inn/?ulagret=1"


def test_permission_is_asked_for(member: Client) -> None:
    assert member.get("/tillatt/").status_code == 200
    member.force_login(make_user("read@drammen.example"))
    response = member.get("/tillatt/")
    assert response.status_code == 403
    assert "Du har ikke tilgang" in response.text


def test_an_unclassified_route_is_an_error_for_everyone(member: Client) -> None:
    with pytest.raises(ImproperlyConfigured, match="forgotten"):
        member.get("/glemt/")
    member.raise_request_exception = False
    assert member.get("/glemt/").status_code == 500
    assert route_of("open") == Route("public")


def test_a_post_only_route_says_so(member: Client) -> None:
    response = member.get("/bare-post/")
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert member.post("/bare-post/").status_code == 200


def test_a_closed_account_is_logged_out_at_once(client: Client) -> None:
    user = make_user()
    client.login(email=user.email, password=PASSWORD)
    assert client.get("/").status_code == 200
    user.is_active = False
    user.save()
    assert client.get("/")["Location"] == "/logg-inn/"
    user.is_active = True
    user.save()
    assert client.get("/")["Location"] == "/logg-inn/", "the old session must not come back to life"


def test_a_changed_password_ends_other_sessions_also_on_a_public_page(client: Client) -> None:
    user = make_user()
    client.login(email=user.email, password=PASSWORD)
    user.set_password("et helt annet passord")
    user.save()
    assert client.get("/apen/").status_code == 200
    assert client.get("/")["Location"] == "/logg-inn/"


def test_pages_for_one_person_are_not_kept_by_the_browser(member: Client, client: Client) -> None:
    assert member.get("/")["Cache-Control"] == "no-store"
    assert member.get("/finnes-ikke/")["Cache-Control"] == "no-store"
    client.logout()
    assert "Cache-Control" not in client.get("/apen/")


# --- Read-only GET ----------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/skriver/", "/skriver-sent/"])
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_a_page_that_is_only_read_cannot_write(member: Client, address: str, method: str) -> None:
    with pytest.raises(InternalError, match="read-only transaction"):
        getattr(member, method)(address)
    assert not Unit.objects.exists()
    member.raise_request_exception = False
    assert getattr(member, method)(address).status_code == 500


def test_control_the_marked_route_may_write(member: Client) -> None:
    assert member.get("/skriver-lov/").status_code == 303
    assert Unit.objects.count() == 1


def test_a_post_may_write(member: Client) -> None:
    assert member.post("/skriver/").status_code == 303
    assert Unit.objects.count() == 1


def test_writing_is_possible_again_after_the_page(member: Client) -> None:
    assert member.get("/").status_code == 200
    Unit.objects.create(name="Etterpå", kind=UnitKind.STAFF)
    with transaction.atomic():
        Unit.objects.create(name="Og en gang til", kind=UnitKind.STAFF)


@pytest.mark.django_db(transaction=True)
def test_read_only_holds_outside_a_test_transaction_too(member: Client) -> None:
    with pytest.raises(InternalError, match="read-only transaction"):
        member.get("/skriver/")
    assert member.get("/").status_code == 200
    assert not connection.in_atomic_block
    Unit.objects.create(name="Etterpå", kind=UnitKind.STAFF)


def test_live_asks_the_database_nothing(client: Client, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert client.get("/live").status_code == 200


def test_the_session_is_saved_outside_the_page(member: Client) -> None:
    session = member.session
    session["husk"] = "dette"
    session.save()
    member.get("/")
    assert member.session["husk"] == "dette"


# --- CSRF -------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/bare-post/", "/skriver/", "/logg-inn/", "/logg-ut/", "/apen/"])
def test_nothing_is_posted_without_the_key(address: str) -> None:
    client = Client(enforce_csrf_checks=True)
    if address != "/logg-inn/":
        client.force_login(make_user())
    response = client.post(address, {"login": "kontakt@drammen.example", "password": PASSWORD})
    assert response.status_code == 403
    assert "Siden var åpen for lenge" in response.text
    assert not Unit.objects.exists()


def test_htmx_gets_the_csrf_refusal_as_one_sentence() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user())
    response = client.post("/skriver/", headers={"HX-Request": "true"})
    assert response.status_code == 403
    assert response.text == "Siden var åpen for lenge. Last den på nytt og prøv igjen."


# --- Errors -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "title"),
    [
        ("400", "Vi forsto ikke forespørselen"),
        ("403", "Du har ikke tilgang"),
        ("404", "Vi finner ikke siden"),
        ("500", "Noe gikk galt hos oss"),
    ],
)
@pytest.mark.parametrize("logged_in", [True, False])
def test_errors_say_what_to_do_and_whom_to_ask(
    client: Client, settings: object, how: str, title: str, logged_in: bool
) -> None:
    client.raise_request_exception = False
    if logged_in:
        client.force_login(make_user())
    response = client.get(f"/feil/{how}/")
    assert response.status_code == int(how)
    assert f"<h1>{title}</h1>" in response.text
    assert "mailto:" + settings.SUPPORT_EMAIL in response.text  # type: ignore[attr-defined]
    assert "hemmelig" not in response.text
    fragment = client.get(f"/feil/{how}/", headers={"HX-Request": "true"})
    assert fragment.status_code == int(how)
    assert fragment["Content-Type"] == "text/plain; charset=utf-8"
    assert "<" not in fragment.text
    assert len(fragment.text) < 100


def test_the_500_page_asks_the_database_nothing(client: Client, django_assert_num_queries: object) -> None:
    client.raise_request_exception = False
    client.force_login(make_user())
    request = client.get("/").wsgi_request
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert server_error(request).status_code == 500


def test_an_unknown_address_is_a_page_with_the_menu_for_those_logged_in(member: Client) -> None:
    response = member.get("/finnes-ikke/")
    assert response.status_code == 404
    assert "Klimabudsjett" in response.text
    member.logout()
    assert "Klimabudsjett" not in member.get("/finnes-ikke/").text


# --- The frame --------------------------------------------------------------------------------


def test_the_menu_marks_the_room_one_is_in(member: Client) -> None:
    items = member.get("/budsjett/detalj/").context["nav_items"]
    assert [item.url for item in items if item.current] == ["/budsjett/"]
    assert [str(item.title) for item in items] == [
        "Min side", "Klimaregnskap", "Strategi", "Klimabudsjett", "Rapportering", "Klimaledelse",
        "Klimalaget", "Organisasjon",
    ]  # fmt: skip
    assert [item.url for item in member.get("/").context["nav_items"] if item.current] == ["/"]


def test_the_units_reports_stand_under_rapportering_and_public_pages_in_no_room(member: Client) -> None:
    items = member.get("/rapportering/virksomhet/detalj/").context["nav_items"]
    assert [item.url for item in items if item.current] == ["/rapportering/"]
    items = member.get("/rapportering/detalj/").context["nav_items"]
    assert [item.url for item in items if item.current] == []


def test_the_frame_costs_two_queries_at_most(member: Client, django_assert_max_num_queries: object) -> None:
    member.get("/")
    # Session and user, the transaction's own three, and the frame's two.
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        member.get("/")
