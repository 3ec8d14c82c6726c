"""What cannot be read is refused in one place, and what was taken away from a text is told."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse

from climate_portal.wsgi import application
from strategy.actions.barometer import add_barometer_indicator
from strategy.enums import Direction, Frequency
from strategy.models import BarometerIndicator
from tests.html_rules import broken_rules
from web.actors import DEMO
from web.once import new_submission_token

pytestmark = pytest.mark.django_db

ADDRESS = "Adressen har tegn som ikke kan leses."
TEXT = "Teksten har et usynlig tegn som ikke kan lagres (NUL)."
CUT = "Skjemaet kom ikke helt fram."
NEW = {
    "name": "Sykkelturer", "unit_label": "turer", "direction": "up", "frequency": "month",
    "source": "Telleren", "order": "5", "active": "on", "version": "0",
}  # fmt: skip


@pytest.mark.parametrize(
    "url",
    [
        "/strategi/tiltak/T%00/",
        "/rapportering/%00/framdrift/",
        "/historikk/%00/1/",
        "/finnes/ikke%00/",
        "/rapportering/%FF/",
        "/%E6%F8%E5/",
        "/?side=%00",
        "/strategi/tiltak/?%00=1",
        "/strategi/tiltak/?sok=%ff",
        "/strategi/tiltak/?sok=%ed%a0%80",
    ],
)
@pytest.mark.parametrize("login", ["", "klima"])
def test_an_address_that_cannot_be_read(cast, as_user, url: str, login: str) -> None:
    client = as_user(cast.klima) if login else Client()
    page = client.get(url)
    assert page.status_code == 400
    assert ADDRESS in page.content.decode()
    assert broken_rules(page.content.decode()) == []
    assert "Content-Security-Policy" in page.headers
    assert page.headers["Cache-Control"] == "no-store"
    # The page is that of whoever is logged in.
    assert ("Klima Eksempel" in page.content.decode()) is bool(login)
    assert ("Logg ut" in page.content.decode()) is bool(login)
    part = client.get(url, headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert part.content.decode().startswith(ADDRESS)


def test_letters_of_any_language_are_read(cast, as_user) -> None:
    page = as_user(cast.klima).get("/strategi/tiltak/?sok=%C3%A5rsplan+%E2%82%AC")
    assert page.status_code == 200


@pytest.mark.parametrize("number", [2**63, 10**30])
def test_a_number_no_row_can_have(cast, as_user, number: int) -> None:
    assert as_user(cast.klima).get(f"/historikk/strategy.measure/{number}/").status_code == 404


@pytest.mark.parametrize("where", ["name", "version", "submission_token", "unknown"])
def test_nul_in_any_field_of_a_form(cast, as_user, where: str) -> None:
    form = NEW | {"submission_token": new_submission_token(cast.klima), where: "a\x00b"}
    client = as_user(cast.klima)
    page = client.post(reverse("strategy:barometer_new"), form)
    assert page.status_code == 400
    assert TEXT in page.content.decode()
    assert not BarometerIndicator.objects.exists()


class CutOff(BytesIO):
    """What a server reads from a browser that has gone."""

    def read(self, *_size: int) -> bytes:
        raise OSError("connection reset")


def test_a_form_cut_off_on_its_way(cast, as_user) -> None:
    page = as_user(cast.klima).generic(
        "POST",
        reverse("strategy:barometer_import"),
        content_type="multipart/form-data; boundary=x",
        **{
            "wsgi.input": CutOff(),
            "CONTENT_LENGTH": "900",
            "CONTENT_TYPE": "multipart/form-data; boundary=x",
        },
    )
    assert page.status_code == 400
    assert CUT in page.content.decode()


def test_nul_in_the_name_of_a_file(cast, as_user) -> None:
    """Django leaves it out of the name, so that the file is judged by what is in it."""
    body = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a\x00.csv"\r\n\r\na;b\n\r\n--x--\r\n'
    )
    page = as_user(cast.klima).generic(
        "POST", reverse("strategy:barometer_import"), body, content_type="multipart/form-data; boundary=x"
    )
    assert page.status_code == 422
    assert "Vi finner ikke kolonnene" in page.content.decode()


def served(content_type: str) -> tuple[str, str]:
    """Status and text of what the server's application answers, from the bytes on."""
    answered: list[str] = []
    body = b"login=a"
    environ = RequestFactory().generic("POST", "/logg-inn/?a=1", body).environ
    environ |= {"CONTENT_TYPE": content_type, "CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body)}
    answer = application(environ, lambda status, _headers, _info=None: answered.append(status))
    return answered[0], b"".join(answer).decode()


@pytest.mark.parametrize("charset", ["hex", "rot13", "utf-16", "idna", "latin-1", "finnes-ikke", "\x00"])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_a_form_in_another_encoding(kind: str, charset: str) -> None:
    assert served(f"{kind}; charset={charset}") == (
        "400 Bad Request",
        "Skjemaet er sendt med en tegnkoding vi ikke leser. Send det som UTF-8.",
    )


# The server's application closes its connection when it has answered, and the page it answers says names.
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"'])
def test_a_form_in_utf8(charset: str) -> None:
    # As far as the form's own key, which the browser did not send.
    status, _text = served(f"application/x-www-form-urlencoded; charset={charset}")
    assert status == "403 Forbidden"


def test_without_the_gate_django_stumbles() -> None:
    with pytest.raises(LookupError):
        RequestFactory().get("/?a=1", headers={"Content-Type": "text/plain; charset=hex"})


def test_a_session_that_cannot_be_looked_up_is_none() -> None:
    cookie = 'sessionid="\\000aaaaaaaaaaaaaaaa"; csrftoken="\\000"'
    page = Client().get("/budsjett/", headers={"Cookie": cookie})
    assert page.status_code == 302
    assert page.headers["Location"].startswith("/logg-inn/")


@pytest.mark.parametrize("headers", [{"Referer": "http://[x/"}, {"HX-Current-URL": "http://[x/"}])
def test_an_address_the_browser_came_from(headers: dict[str, str]) -> None:
    url = reverse("budget:index")
    assert Client().post(url, headers=headers).status_code == 302
    assert Client().get(url, headers={"HX-Request": "true", **headers}).status_code == 200


# --- Signs nobody sees, told ----------------------------------------------------------------------


def test_a_name_is_kept_without_them_and_it_is_told_on_the_next_page(cast, as_user) -> None:
    client = as_user(cast.klima)
    form = NEW | {"name": "Sykkel\u200btu\u00adrer", "submission_token": new_submission_token(cast.klima)}
    made = client.post(reverse("strategy:barometer_new"), form)
    assert made.status_code == 303
    assert BarometerIndicator.objects.get().name == "Sykkelturer"
    sentence = "Vi tok bort usynlige tegn fra «Navn»."
    page = client.get(made.headers["Location"]).content.decode()
    assert page.count(sentence) == 1
    assert sentence not in client.get(made.headers["Location"]).content.decode()


def test_a_form_that_is_shown_again_says_it_itself(cast, as_user) -> None:
    client = as_user(cast.klima)
    page = client.post(reverse("strategy:barometer_new"), NEW | {"name": "\u202eTurer", "source": ""})
    assert page.status_code == 422
    text = page.content.decode()
    assert text.count("Vi tok bort usynlige tegn fra «Navn».") == 1
    assert 'value="Turer"' in text
    assert "usynlige" not in client.get("/strategi/klimabarometer/").content.decode()


def test_nothing_is_told_where_nothing_was_taken(cast, as_user) -> None:
    client = as_user(cast.klima)
    form = NEW | {"name": "Čáhcesuolu 👩\u200d👧", "submission_token": new_submission_token(cast.klima)}
    made = client.post(reverse("strategy:barometer_new"), form)
    assert BarometerIndicator.objects.get().name == "Čáhcesuolu 👩\u200d👧"
    assert "usynlige" not in client.get(made.headers["Location"]).content.decode()


def test_a_password_is_left_as_it_was_typed(cast) -> None:
    cast.klima.set_password("et langt\u200b og godt passord")
    cast.klima.save()
    form = {"login": f"{cast.klima.email}\u200b", "password": "et langt\u200b og godt passord"}
    assert Client().post("/logg-inn/", form).status_code == 302


def test_a_files_preview_tells_which_rows(cast, as_user) -> None:
    fields = {"name": "Turer", "unit_label": "turer", "direction": Direction.UP, "frequency": Frequency.YEAR}
    add_barometer_indicator(by=DEMO, fields=fields | {"source": "Telleren"})
    content = "Indikator;Periode;Verdi\nTu\u00adrer;2024;\u200e5\n".encode()
    client = as_user(cast.klima)
    kept = client.post(
        reverse("strategy:barometer_import"), {"file": SimpleUploadedFile("tall.csv", content)}
    )
    page = client.get(kept["Location"])
    assert page.status_code == 200
    assert "Vi tok bort usynlige tegn i 2 celler (rad 2)." in page.content.decode()
