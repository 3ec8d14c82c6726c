"""The leaders' yearly part: written by the unit, confirmed by its leader, and blank where nothing is said."""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from organisation.enums import UnitKind
from organisation.models import Unit, User
from reporting.actions.follow_ups import FollowUpText, confirm_follow_up, save_follow_up
from reporting.models import Period, StrategyFollowUp
from reporting.queries.follow_ups import follow_up_matrix
from tests.cast import Cast
from tests.html_rules import broken_rules
from tests.report_forms import posted_by, text_of
from tests.reporting_world import NOW, World
from web.actors import DEMO
from web.concurrency import StaleObject
from web.contributions import collect, min_side_task
from web.refusals import Refused

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
TEXT = FollowUpText(
    anchoring="Står i virksomhetsplanen.",
    own_actions="Vi kjøper bare utslippsfrie biler.",
    competence="Alle ledere har tatt kurset.",
    asks="Ladeplasser, av Drammen Eiendom KF.",
)


@pytest.fixture
def today(clock: time_machine.Coordinates) -> date:
    return NOW.date()


def save(cast: Cast, text: FollowUpText = TEXT, version: int = 0, **given: Any) -> StrategyFollowUp:
    values = {"by": cast.kontakt, "unit": cast.transport, "year": 2026} | given
    return save_follow_up(version=version, text=text, **values)


def confirm(cast: Cast, text: FollowUpText = TEXT, version: int = 0, **given: Any) -> StrategyFollowUp:
    values = {"by": cast.leder, "unit": cast.transport, "year": 2026} | given
    return confirm_follow_up(version=version, text=text, **values)


def path(cast: Cast, *parts: object, year: int = 2026, unit: Unit | None = None) -> str:
    rest = "".join(f"{part}/" for part in parts)
    return f"/rapportering/strategioppfolging/{year}/{(unit or cast.transport).pk}/{rest}"


# --- Writing and confirming ---------------------------------


def test_the_contact_writes_and_the_leader_confirms(cast: Cast, today: date) -> None:
    written = save(cast)
    assert (written.version, written.confirmed_at) == (1, None)
    confirmed = confirm(cast, version=1)
    assert (confirmed.confirmed_by, confirmed.confirmed_by_name) == (cast.leder, "Leder Eksempel")
    assert confirmed.anchoring == TEXT.anchoring


def test_a_change_takes_the_confirmation_away(cast: Cast, today: date) -> None:
    done = confirm(cast)
    again = save(cast, version=done.version)  # the same words
    assert again.confirmed_at is not None
    changed = save(cast, replace(TEXT, asks="Ikke noe."), version=again.version)
    assert (changed.confirmed_at, changed.confirmed_by_id, changed.confirmed_by_name) == (None, None, "")


def test_confirming_again_keeps_the_first_time(cast: Cast, clock: time_machine.Coordinates) -> None:
    first = confirm(cast)
    clock.move_to(NOW + timedelta(days=1))
    assert confirm(cast, version=first.version).confirmed_at == first.confirmed_at


def test_blanks_may_be_confirmed_but_not_silence(cast: Cast, today: date) -> None:
    with pytest.raises(Refused, match="minst ett"):
        confirm(cast, FollowUpText(asks="  "))
    assert not StrategyFollowUp.objects.exists()
    assert confirm(cast, FollowUpText(anchoring="I planen.")).confirmed_at is not None


@pytest.mark.parametrize("name", ["annen", "annen_leder", "direktor", "klima", "radmann", "revisor", "ingen"])
def test_only_the_units_own_people_write(cast: Cast, today: date, name: str) -> None:
    by = cast.people()[name]
    with pytest.raises(PermissionDenied):
        save(cast, by=by)
    with pytest.raises(PermissionDenied):
        confirm(cast, by=by)


@pytest.mark.parametrize("name", ["kontakt", "vara"])
def test_only_the_leader_confirms(cast: Cast, today: date, name: str) -> None:
    with pytest.raises(PermissionDenied):
        confirm(cast, by=cast.people()[name])


@pytest.mark.parametrize(("year", "sentence"), [(2027, "åpner ved nyttår"), (2024, "er avsluttet")])
def test_other_years_are_not_written(cast: Cast, today: date, year: int, sentence: str) -> None:
    for operation in (save, confirm):
        with pytest.raises(Refused, match=sentence):
            operation(cast, year=year)
    assert save(cast, year=2025).year == 2025


def test_the_one_who_saves_last_is_told(cast: Cast, today: date) -> None:
    save(cast)
    with pytest.raises(StaleObject):
        save(cast, replace(TEXT, asks="Ikke noe."))
    with pytest.raises(StaleObject):
        confirm(cast, replace(TEXT, asks="Ikke noe."))
    save(cast, replace(TEXT, asks="Ikke noe."), version=1)
    with pytest.raises(StaleObject):
        save(cast, replace(TEXT, asks="Mer."), version=1)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reporting_strategyfollowup SET asks = 'Noe annet'",
        "UPDATE reporting_strategyfollowup SET confirmed_by_id = NULL",
        "UPDATE reporting_strategyfollowup SET confirmed_at = NULL",
        "UPDATE reporting_strategyfollowup SET anchoring = '', own_actions = '', competence = '', asks = '', "
        "confirmed_at = now()",
        "INSERT INTO reporting_strategyfollowup (unit_id, year, anchoring, own_actions, competence, asks, "
        "confirmed_by_system, is_example, version) SELECT unit_id, year, '', '', '', '', '', false, 1 "
        "FROM reporting_strategyfollowup",
    ],
)
def test_the_database_keeps_words_and_confirmation_together(cast: Cast, today: date, statement: str) -> None:
    confirm(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reporting_strategyfollowup "
        "SET asks = 'Noe annet', confirmed_at = NULL, confirmed_by_id = NULL",
        "UPDATE reporting_strategyfollowup SET asks = 'Noe annet', confirmed_at = now() + interval '1 day'",
    ],
)
def test_the_same_words_pass_with_the_confirmation_gone_or_new(
    cast: Cast, today: date, statement: str
) -> None:
    confirm(cast)
    connection.cursor().execute(statement)
    assert StrategyFollowUp.objects.get().asks == "Noe annet"


# --- The matrix ---------------------------------


def test_the_matrix_shows_blanks_and_counts(cast: Cast, today: date) -> None:
    confirm(cast, replace(TEXT, competence=""))
    matrix = follow_up_matrix(2026)
    rows = {row.unit.name: [bool(text) for text in row.texts] for row in matrix.rows}
    assert rows == {
        "Ernæring og kjøkkendrift": [False] * 4,
        "Klima": [False] * 4,
        "Samferdsel, vei- og parkforvaltning": [True, True, False, True],
    }
    assert matrix.counts == (1, 1, 0, 1)
    assert (matrix.confirmed, matrix.silent) == (1, 2)


def test_a_unit_that_has_closed_stands_in_the_years_it_lived(cast: Cast, today: date) -> None:
    Unit.objects.create(
        name="Nedlagt", kind=UnitKind.UNIT, valid_from=date(2020, 1, 1), valid_to=date(2026, 3, 1)
    )
    names = {year: [row.unit.name for row in follow_up_matrix(year).rows] for year in (2025, 2026)}
    assert "Nedlagt" in names[2025]
    assert "Nedlagt" not in names[2026]


def test_the_matrix_takes_two_queries(cast: Cast, today: date) -> None:
    counts = set()
    for number in range(2):
        save(cast, unit=(cast.transport, cast.kitchen)[number], by=DEMO)
        with CaptureQueriesContext(connection) as queries:
            follow_up_matrix(2026)
        counts.add(len(queries))
    assert counts == {2}


def test_the_sheets_hold_the_words(cast: Cast, today: date, as_user: AsUser) -> None:
    confirm(cast, replace(TEXT, competence="", asks="=2+2"))
    client = as_user(cast.klima)
    xlsx = client.get("/rapportering/strategioppfolging/2026/last-ned/xlsx/")
    assert "strategioppfolging-2026.xlsx" in xlsx.headers["Content-Disposition"]
    rows = list(load_workbook(io.BytesIO(xlsx.content)).active.values)
    mine = next(row for row in rows if row[0] == cast.transport.name)
    assert mine[1:5] == (TEXT.anchoring, TEXT.own_actions, None, "=2+2")
    assert mine[6] == "Leder Eksempel"

    answer = client.get("/rapportering/strategioppfolging/2026/last-ned/csv/")
    found = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert next(row for row in found if row[0] == cast.transport.name)[1] == TEXT.anchoring
    assert len(found) == 4
    assert client.get("/rapportering/strategioppfolging/2026/last-ned/pdf/").status_code == 404


# --- The pages ---------------------------------


def test_from_contact_to_leader_without_javascript(cast: Cast, today: date, as_user: AsUser) -> None:
    contact, leader = as_user(cast.kontakt), as_user(cast.leder)
    page = contact.get(path(cast))
    assert broken_rules(page.content.decode()) == []
    assert "Ingenting er skrevet ennå" in text_of(page)
    assert "Lagre og bekreft" not in text_of(page)
    typed = posted_by(page) | {"anchoring": "Første linje.\r\nAndre linje."}
    assert contact.post(path(cast), typed).status_code == 303
    assert StrategyFollowUp.objects.get().anchoring == "Første linje.\nAndre linje."

    page = leader.get(path(cast))
    assert "Ikke bekreftet av lederen" in text_of(page)
    confirmed = leader.post(path(cast, "bekreft"), posted_by(page))
    assert confirmed.status_code == 303
    text = text_of(leader.get(path(cast)))
    assert "Bekreftet av Leder Eksempel 7. september 2026" in text
    assert "Endrer dere teksten, må lederen bekrefte på nytt." in text

    # The contact goes on writing: she is told what that does.
    page = contact.get(path(cast))
    contact.post(path(cast), posted_by(page) | {"asks": "Flere ladeplasser."})
    text = text_of(contact.get(path(cast)))
    assert "Lederen må bekrefte på nytt" in text
    assert "Ikke bekreftet av lederen" in text


def test_too_long_and_too_little_are_told_in_the_form(cast: Cast, today: date, as_user: AsUser) -> None:
    leader = as_user(cast.leder)
    page = posted_by(leader.get(path(cast)))
    long = leader.post(path(cast), page | {"asks": "x" * 1501})
    assert long.status_code == 422
    assert 'href="#id_asks"' in long.content.decode()
    nothing = leader.post(path(cast, "bekreft"), page)
    assert nothing.status_code == 422
    assert "Skriv noe i minst ett av feltene" in text_of(nothing)


def test_both_texts_are_shown_when_two_write(cast: Cast, today: date, as_user: AsUser) -> None:
    contact, leader = as_user(cast.kontakt), as_user(cast.leder)
    mine, theirs = posted_by(contact.get(path(cast))), posted_by(leader.get(path(cast)))
    leader.post(path(cast, "bekreft"), theirs | {"asks": "Ladeplasser."})
    response = contact.post(path(cast), mine | {"asks": "Biler."})
    assert response.status_code == 409
    assert "Ladeplasser." in text_of(response)
    assert "Biler." in text_of(response)
    assert contact.post(path(cast), posted_by(response)).status_code == 303
    assert StrategyFollowUp.objects.get().asks == "Biler."


def test_last_years_words_stand_beside(cast: Cast, today: date, as_user: AsUser) -> None:
    save(cast, year=2025)
    page = as_user(cast.kontakt).get(path(cast))
    assert f"I fjor: {TEXT.anchoring}" in text_of(page)
    assert posted_by(page)["anchoring"] == ""


def test_a_year_that_is_over_is_read(cast: Cast, clock: time_machine.Coordinates, as_user: AsUser) -> None:
    save(cast)
    clock.move_to(NOW + timedelta(days=600))
    response = as_user(cast.kontakt).get(path(cast))
    assert "Strategioppfølgingen for 2026 er avsluttet." in text_of(response)
    assert TEXT.anchoring in text_of(response)
    assert "<textarea" not in response.content.decode()


def test_who_reads_and_who_writes(cast: Cast, today: date, as_user: AsUser) -> None:
    save(cast)
    writes = {"kontakt", "vara", "leder"}
    reads = writes | {"direktor", "klima", "analyse", "radmann", "revisor", "admin"}
    for name, user in cast.people().items():
        client = as_user(user)
        response = client.get(path(cast))
        assert (name, response.status_code) == (name, 200 if name in reads else 404)
        if name in reads:
            assert (name, "<textarea" in response.content.decode()) == (name, name in writes)
        refused = 403 if name in reads else 404
        assert (name, client.post(path(cast)).status_code) == (name, 422 if name in writes else refused)
        expected = 422 if name == "leder" else refused
        assert (name, client.post(path(cast, "bekreft")).status_code) == (name, expected)
    assert StrategyFollowUp.objects.get().version == 1


def test_who_sees_which_units_in_the_matrix(cast: Cast, today: date, as_user: AsUser) -> None:
    road, kitchen, klima = "Samferdsel", "Ernæring", "Klima"
    sees = {
        **{name: {road, kitchen, klima} for name in ("klima", "analyse", "radmann", "revisor", "admin")},
        **{name: {road} for name in ("kontakt", "vara", "leder")},
        **{name: {kitchen} for name in ("annen", "annen_leder")},
        "direktor": {road, kitchen},
    }
    for name, user in cast.people().items():
        response = as_user(user).get("/rapportering/strategioppfolging/2026/")
        if name not in sees:
            assert (name, response.status_code) == (name, 403)
            continue
        html = response.content.decode()
        links = {
            unit
            for unit, pk in ((road, cast.transport.pk), (kitchen, cast.kitchen.pk))
            if f"/2026/{pk}/" in html
        }
        assert (name, links) == (name, sees[name] - {klima})
        assert broken_rules(html) == []


@pytest.mark.parametrize("address", ["1999", "2101", f"2026/{2**40}"])
def test_what_is_not_there_is_not_found(cast: Cast, today: date, as_user: AsUser, address: str) -> None:
    assert as_user(cast.klima).get(f"/rapportering/strategioppfolging/{address}/").status_code == 404


def test_an_area_has_no_part_of_its_own(cast: Cast, today: date, as_user: AsUser) -> None:
    assert as_user(cast.direktor).get(path(cast, unit=cast.area)).status_code == 404


def test_the_leader_has_it_on_min_side_until_it_is_confirmed(world: World) -> None:
    cast = world.cast

    def task(user: User) -> tuple[str, str] | None:
        tasks = collect(min_side_task, User.objects.get(pk=user.pk), NOW)
        return next(((one.detail, one.button) for one in tasks if "Strategioppfølging" in one.title), None)

    assert task(cast.kontakt) is None
    assert task(cast.direktor) is None  # the area has no part
    assert task(cast.leder) == (
        "Samferdsel, vei- og parkforvaltning. Fire korte svar om hvordan dere følger opp klimastrategien.",
        "Skriv",
    )
    save(cast)
    assert task(cast.leder) == (
        "Samferdsel, vei- og parkforvaltning. Skrevet, men ikke bekreftet av deg.",
        "Se og bekreft",
    )
    confirm(cast, version=1)
    assert task(cast.leder) is None
    save(cast, replace(TEXT, asks="Mer."), version=2)
    assert task(cast.leder) is not None
    Period.objects.update(closes_at=NOW, leader_deadline=NOW, contact_deadline=NOW)
    assert task(cast.leder) is None


# --- Two at once ---------------------------------


@pytest.mark.django_db(transaction=True)
def test_writing_while_the_leader_confirms(transactional_db: None, cast: Cast, clock: object) -> None:
    """Whoever comes last is told; never are the words of one confirmed by the other's click."""
    save(cast)
    results: list[Any] = [None, None]
    start = threading.Barrier(2)

    def run(index: int, operation: Callable[[], Any]) -> None:
        try:
            start.wait(10)
            results[index] = operation()
        except Exception as error:
            results[index] = error
        finally:
            connections.close_all()

    operations = (
        lambda: save(cast, replace(TEXT, asks="Noe annet."), version=1),
        lambda: confirm(cast, version=1),
    )
    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(operations)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    stored = StrategyFollowUp.objects.get()
    assert sum(isinstance(one, StaleObject) for one in results) == 1
    assert (stored.confirmed_at is not None) == (stored.asks == TEXT.asks)
