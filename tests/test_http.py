"""One address answers with the page or its part; redirects stay here; a form sent twice works once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import DisallowedRedirect
from django.db import connection, transaction
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from organisation.enums import UnitKind
from organisation.models import Unit
from tests.html_rules import broken_rules
from tests.small_site import make_user, small_site  # noqa: F401
from web.actors import acting
from web.http import (
    ConflictField,
    conflict,
    htmx_redirect,
    invalid,
    redirect_either_way,
    render_page,
    safe_local_path,
    see_other,
)
from web.models import Submission
from web.once import (
    InvalidSubmission,
    claim_submission,
    finish_submission,
    new_submission_token,
    submitted_result,
)
from web.page_frame import page_frame

# A template whose part says so, and says whether the whole page was around it.
PAGE = "whole {% partialdef rows inline %}part {{ word }}{% endpartialdef %}"


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "page_of_test_http.html").write_text(PAGE)
    monkeypatch.setattr(engines["django"].engine, "dirs", [tmp_path])


def request(path: str = "/", **headers: str) -> HttpRequest:
    made = RequestFactory().get(path, headers=headers)
    made.htmx = HtmxDetails(made)  # type: ignore[attr-defined]
    return made


HTMX = {"HX-Request": "true"}
PARTIALS = {"rows-table": "rows"}


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, "whole part x"),
        (HTMX, "whole part x"),
        ({**HTMX, "HX-Target": "rows-table"}, "part x"),
        ({**HTMX, "HX-Target": "rows"}, "whole part x"),  # a partial's own name is not a key
        ({**HTMX, "HX-Target": "../../etc/passwd"}, "whole part x"),
        ({**HTMX, "HX-Target": "rows-table", "HX-Boosted": "true"}, "whole part x"),
        ({**HTMX, "HX-Target": "rows-table", "HX-History-Restore-Request": "true"}, "whole part x"),
        ({"HX-Target": "rows-table"}, "whole part x"),
    ],
)
def test_the_page_or_the_part_the_target_stands_for(headers: dict[str, str], expected: str) -> None:
    response = render_page(request(**headers), "page_of_test_http.html", {"word": "x"}, partials=PARTIALS)
    assert response.text == expected
    assert response.status_code == 200
    assert response["Vary"] == "HX-Request, HX-Target"


@pytest.mark.usefixtures("page")
def test_a_page_without_parts_does_not_vary() -> None:
    assert "Vary" not in render_page(request(), "page_of_test_http.html", {"word": "x"})


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("headers", [{}, {**HTMX, "HX-Target": "rows-table"}])
def test_an_invalid_form_is_422_with_htmx_and_without(headers: dict[str, str]) -> None:
    response = invalid(request(**headers), "page_of_test_http.html", {"word": "x"}, partials=PARTIALS)
    assert response.status_code == 422
    assert response.text.endswith("part x")


# --- Redirects --------------------------------------------------------------------------------

ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\n//evil.example",
    " //evil.example",
    "\t//evil.example",
    "https:evil.example",
    "https://evil.example/",
    "http:///evil.example",
    "HTTPS://evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "evil.example",
    "?next=//evil.example",
    "/\x00/evil.example",
    "/\u202e/evil.example",
    "/\u2028/evil.example",
    "",
    None,
]


@pytest.mark.parametrize("url", ELSEWHERE)
def test_only_paths_on_this_site_are_followed(url: str | None) -> None:
    assert safe_local_path(url) is None


@pytest.mark.parametrize("answer", [see_other, htmx_redirect])
@pytest.mark.parametrize("url", [url for url in ELSEWHERE if url is not None])
def test_no_answer_leads_elsewhere(answer: Callable[[str], object], url: str) -> None:
    with pytest.raises(DisallowedRedirect):
        answer(url)


@pytest.mark.parametrize(
    "url", ["/", "/budsjett/2027/?fane=2#linje-3", "/søk/?q=å", "/a?next=https://b.example/"]
)
def test_paths_here_are_followed(url: str) -> None:
    assert safe_local_path(url) == url


def test_redirects_in_both_ways() -> None:
    assert see_other("/x/").status_code == 303
    assert see_other("/x/")["Location"] == "/x/"
    assert htmx_redirect("/x/")["HX-Redirect"] == "/x/"
    assert redirect_either_way(request(), "/x/").status_code == 303
    assert redirect_either_way(request(**HTMX), "/x/")["HX-Redirect"] == "/x/"


# --- Conflict ---------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.usefixtures("small_site")
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_conflict_shows_both_and_posts_yours_again(headers: dict[str, str]) -> None:
    asked = request(**headers)
    response = conflict(
        asked,
        title="Rediger tiltak",
        yours=[
            ConflictField("title", "Tittel", "<b>Min</b>"),
            ConflictField("tonnes", "Tonn", "1 234,5", "1 234,5"),
        ],
        theirs=[
            ConflictField("title", "Tittel", "Deres"),
            ConflictField("tonnes", "Tonn", "1234.500000", "1 234,5"),
        ],
        action_url="/tiltak/1/",
        hidden={"version": "7"},
        back_url="/tiltak/1/",
    )
    assert response.status_code == 409
    assert response["Vary"] == "HX-Request, HX-Target"
    assert ("<!doctype" in response.text) == (not headers)
    assert response.text.count("ulikt") == 1, "the same figure written two ways is not a difference"
    assert "&lt;b&gt;Min&lt;/b&gt;" in response.text
    assert "Deres" in response.text
    assert '<input type="hidden" name="version" value="7">' in response.text
    assert '<input type="hidden" name="tonnes" value="1 234,5">' in response.text
    assert not broken_rules(response.text)


# --- A form sent twice ------------------------------------------------------------------------


def send(token: str, user: Any, work: Callable[[], None] = lambda: None) -> str:
    """An action as all are written: claim, work, result."""
    with acting(user, "Prøve"):
        claim = claim_submission(token, user)
        if claim is None:
            return submitted_result(token, user)
        work()
        unit = Unit.objects.create(name=f"Enhet {Unit.objects.count()}", kind=UnitKind.STAFF)
        finish_submission(claim, f"/enhet/{unit.pk}/")
        return claim.result_url


@pytest.mark.django_db
def test_the_second_sending_leads_where_the_first_did() -> None:
    user = make_user()
    token = new_submission_token(user)
    first = send(token, user)
    assert send(token, user) == first
    assert Unit.objects.count() == 1
    assert send(new_submission_token(user), user) != first


@pytest.mark.django_db
def test_a_failed_action_may_be_sent_again() -> None:
    user = make_user()
    token = new_submission_token(user)

    def fail() -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        send(token, user, fail)
    assert send(token, user)
    assert Unit.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("change", [lambda t: "", lambda t: t + "x", lambda t: t[1:], lambda t: "1.abc"])
def test_a_made_up_token_is_refused(change: Callable[[str], str]) -> None:
    user = make_user()
    with pytest.raises(InvalidSubmission):
        send(change(new_submission_token(user)), user)
    assert not Submission.objects.exists()


@pytest.mark.django_db
def test_a_token_is_for_the_one_it_was_given_to() -> None:
    other = make_user("annen@drammen.example")
    with pytest.raises(InvalidSubmission):
        send(new_submission_token(other), make_user())


@pytest.mark.django_db(transaction=True)
def test_a_claim_needs_the_actions_transaction() -> None:
    user = make_user()
    with pytest.raises(RuntimeError):
        claim_submission(new_submission_token(user), user)


@pytest.mark.django_db
def test_each_form_on_a_page_has_a_token_of_its_own() -> None:
    asked = request()
    asked.user = make_user()  # type: ignore[assignment]
    frame = page_frame(asked)
    assert frame["submission_token"]() != frame["submission_token"]()
    assert "submission_token" not in page_frame(request())


def at_once(work: Callable[[], str], times: int = 5) -> list[str]:
    """The work in so many threads, each with its own connection, all let go at the same moment."""
    gate = threading.Barrier(times)

    def run(_number: int) -> str:
        try:
            gate.wait(timeout=10)
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


@pytest.mark.django_db(transaction=True)
def test_many_clicks_at_the_same_moment_do_the_work_once() -> None:
    user = make_user()
    for _round in range(5):
        token = new_submission_token(user)
        before = Unit.objects.count()
        results = at_once(lambda token=token: send(token, user))  # type: ignore[misc]
        assert len(set(results)) == 1
        assert Unit.objects.count() == before + 1


@pytest.mark.django_db(transaction=True)
def test_control_looking_first_and_writing_after_works_more_than_once() -> None:
    """The race is real: without the unique claim, threads that look before they write all write."""
    looked = threading.Barrier(5)

    def careless() -> str:
        with transaction.atomic():
            is_first = not Unit.objects.filter(name__startswith="Én gang").exists()
            looked.wait(timeout=10)
            if is_first:
                Unit.objects.create(name=f"Én gang {threading.get_ident()}", kind=UnitKind.STAFF)
        return ""

    at_once(careless)
    assert Unit.objects.count() > 1
