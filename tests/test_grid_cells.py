"""The figures of a grid: saved, refused, in conflict, one by one and a whole form of them."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from tests import small_site
from tests.html_rules import broken_rules
from tests.small_site import PASSWORD, make_user
from web.access import Route
from web.concurrency import StaleFigures, StaleObject
from web.grid_cells import (
    At,
    CellError,
    Grid,
    Posted,
    Standing,
    Told,
    posted_cells,
    save_cell,
    save_cells,
)
from web.refusals import Closed, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

ROUTES = {**small_site.ROUTES, "one": Route("login"), "all": Route("login")}
HTMX = {"HX-Request": "true"}
# A figure and its version per year.
STORED: dict[int, tuple[int, int]] = {}
PROBLEM: list[Exception] = []

Change = tuple[int, int, int]


def grid() -> Grid[int, Change]:
    return Grid(
        at=lambda year: At(f"7-{year}"),
        read=read,
        place=lambda change: change[0],
        label=lambda change: f"Bilpool, {change[0]}",
        standing=lambda now: Standing(str(now[0]) if now else "", now[1] if now else 0),
        whole=whole,
        template="ds/grid_cell_answer.html",
        title=lambda: "Noen andre har lagret",
        back_url=lambda: "/",
        done="Lagret.",
        beside=lambda change: {"sums": ""},
    )


def read(year: int, posted: Posted) -> Change | None:
    if not posted.typed.isdecimal():
        raise ValueError("Skriv et tall.")
    wanted = int(posted.typed)
    return None if STORED.get(year, (None,))[0] == wanted else (year, wanted, posted.version)


def whole(errors: Mapping[int, CellError], status: int) -> HttpResponse:
    shown = [f"{year}={one.typed}/{one.message}/{one.version}" for year, one in sorted(errors.items())]
    return HttpResponse("; ".join(shown), status=status)


def save(changes: Sequence[Change]) -> None:
    for problem in PROBLEM:
        raise problem
    stale = [(one, STORED.get(one[0])) for one in changes if one[2] != STORED.get(one[0], (0, 0))[1]]
    if stale:
        raise StaleFigures(stale) if len(changes) > 1 else StaleObject(stale[0][1])
    for year, figure, version in changes:
        STORED[year] = (figure, version + 1)


def one(request: HttpRequest, year: int) -> HttpResponse:
    def tell(change: Change, saved: object) -> Told:
        return Told(Standing(f"{change[1]},0", change[2] + 1, "Et rart tall."), {}, "kp-saved")

    return save_cell(request, grid(), year, lambda change: save([change]), tell)


def everything(request: HttpRequest) -> HttpResponse:
    posted = posted_cells(request.POST, re.compile("effect-7-([0-9]{4})"), lambda match: int(match[1]))
    return save_cells(request, grid(), posted, save)


urlpatterns = [
    *small_site.urlpatterns,
    path("celle/<int:year>/", one, name="one"),
    path("lagre/", everything, name="all"),
]
may = small_site.may


@pytest.fixture
def site(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    settings.ROUTE_TABLE = f"{__name__}.ROUTES"
    settings.PERMISSION_CHECK = f"{__name__}.may"
    STORED.clear()
    STORED[2030] = (5, 3)
    PROBLEM.clear()


@pytest.fixture
def person(client: Client) -> Client:
    make_user()
    assert client.login(email="kontakt@drammen.example", password=PASSWORD)
    return client


def cells(**typed: tuple[str, int]) -> dict[str, str]:
    sent = {}
    for name, (text, version) in typed.items():
        sent |= {f"effect-7-{name[1:]}": text, f"version-7-{name[1:]}": str(version)}
    return sent


def post(person: Client, typed: str, version: int, *, htmx: bool = True) -> Any:
    headers = HTMX if htmx else {}
    return person.post("/celle/2030/", cells(y2030=(typed, version)), headers=headers)


def test_a_saved_cell_says_what_stands_in_it(person: Client) -> None:
    answer = post(person, "6", 3)
    page = answer.content.decode()
    assert (answer.status_code, answer["HX-Trigger"]) == (200, "kp-saved")
    assert 'data-kp-value="6,0"' in page
    assert 'value="4"' in page
    assert "Et rart tall." in page
    assert STORED[2030] == (6, 4)


@pytest.mark.parametrize(
    ("typed", "problem", "status", "words"),
    [
        ("mye", None, 422, "Skriv et tall."),
        ("6", Refused("For stort."), 422, "For stort."),
        ("6", Closed("Budsjettet er vedtatt."), 409, "Budsjettet er vedtatt. Last siden på nytt"),
    ],
)
def test_what_is_refused_is_said_at_the_cell(
    person: Client, typed: str, problem: Exception | None, status: int, words: str
) -> None:
    PROBLEM.extend([problem] if problem else [])
    answer = post(person, typed, 3)
    assert (answer.status_code, words in answer.content.decode()) == (status, True)
    assert "data-kp-error" in answer.content.decode()
    assert "data-kp-keep" not in answer.content.decode()
    page = post(person, typed, 3, htmx=False)
    assert page.status_code == status
    assert page.content.decode().startswith(f"2030={typed}/{words}")
    assert page.content.decode().endswith("/3")
    assert STORED[2030] == (5, 3)


@pytest.mark.parametrize(("now", "words"), [((8, 4), "lagret 8 her"), (None, "tømt cellen")])
def test_whoever_saves_second_is_told_what_stands(
    person: Client, now: tuple[int, int] | None, words: str
) -> None:
    STORED.clear()
    STORED.update({2030: now} if now else {})
    answer = post(person, "6", 3)
    page = answer.content.decode()
    assert (answer.status_code, words in answer.content.decode()) == (409, True)
    for part in ("data-kp-keep", "data-kp-undo", f'data-kp-value="{now[0] if now else ""}"'):
        assert part in page
    assert f'value="{now[1] if now else 0}"' in page


def test_the_second_without_javascript_sees_both(person: Client) -> None:
    answer = post(person, "6", 2, htmx=False)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert broken_rules(page) == []
    assert "Bilpool, 2030" in page
    assert 'name="version-7-2030" value="3"' in page


def test_a_whole_form_is_saved_or_nothing_of_it(person: Client) -> None:
    sent = cells(y2029=("4", 0), y2030=("5", 1), y2031=("mye", 0))
    refused = person.post("/lagre/", sent)
    # The one nobody changed is no matter; the right one is kept as it was typed.
    assert (refused.status_code, refused.content.decode()) == (422, "2029=4//0; 2031=mye/Skriv et tall./0")
    done = person.post("/lagre/", sent | cells(y2031=("7", 0)))
    assert (done.status_code, done["Location"]) == (303, "/")
    assert STORED == {2029: (4, 1), 2030: (5, 3), 2031: (7, 1)}


def test_a_whole_form_in_conflict_takes_the_rest_along(person: Client) -> None:
    answer = person.post("/lagre/", cells(y2029=("4", 0), y2030=("6", 2)))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert broken_rules(page) == []
    for part in ('name="effect-7-2029" value="4"', 'name="version-7-2030" value="3"'):
        assert part in page
    assert STORED == {2030: (5, 3)}


@pytest.mark.parametrize(("problem", "status"), [(Refused("Nei."), 422), (Closed("Vedtatt."), 409)])
def test_what_the_action_refuses_stands_at_every_changed_cell(
    person: Client, problem: Exception, status: int
) -> None:
    PROBLEM.append(problem)
    answer = person.post("/lagre/", cells(y2029=("4", 0), y2031=("7", 0)))
    assert answer.status_code == status
    assert answer.content.decode() == f"2029=4/{problem}/0; 2031=7/{problem}/0"
