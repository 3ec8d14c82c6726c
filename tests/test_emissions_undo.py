"""Undoing an import: whole, with a reason, by those who may import, and never under what is built on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from budget.actions import creating as budget_creating
from budget.models import ClimateBudget
from emissions.actions.undoing import undo_edition
from emissions.enums import Scope
from emissions.importers.editions import import_edition
from emissions.models import Edition, EditionUndone, Figure
from organisation.models import User
from strategy.actions.strategies import Head, create_strategy
from strategy.models import Strategy
from tests import files
from tests.budget_factory import make_budget, make_edition, make_target
from tests.cast import Cast
from tests.html_rules import broken_rules
from tests.owner import as_owner
from tests.races import Later, at_once
from web.actors import COMMAND_LINE, DEMO
from web.refusals import Refused

AsUser = Callable[[User], Client]
WHY = "Feil publiseringsdato"


def edition(published: date = date(2025, 12, 16), **changes: Any) -> Edition:
    rows = [*files.SMALL, ("3301", "Drammen", 2013, "Sjøfart", "Cruise", "CO2", float(published.day))]
    made = import_edition(
        by=COMMAND_LINE,
        content=files.county_csv(rows),
        file_name="fil.csv",
        scope=Scope.COMMUNITY_DIRECT,
        published=published,
        publisher="Miljødirektoratet",
        **{"municipality": "Drammen", **changes},
    )
    return made.edition


def text_of(response: Any) -> str:
    return response.content.decode().replace("\u00a0", " ")


def test_the_whole_edition_goes_and_the_log_stays(cast: Cast, as_user: AsUser) -> None:
    older, newer = edition(), edition(date(2026, 1, 15))
    client = as_user(cast.klima)
    page = client.get(f"/klimaregnskap/utgave/{newer.pk}/angre/")
    assert broken_rules(page.content.decode()) == []
    assert "Etterpå gjelder utgaven fra Miljødirektoratet, publisert 16. desember 2025." in text_of(page)
    missing = client.post(f"/klimaregnskap/utgave/{newer.pk}/angre/", {"reason": " "})
    assert missing.status_code == 422
    assert "Skriv hvorfor importen angres." in text_of(missing)
    done = client.post(f"/klimaregnskap/utgave/{newer.pk}/angre/", {"reason": WHY})
    assert done.status_code == 303
    assert "Nå gjelder utgaven fra Miljødirektoratet, publisert 16. desember 2025." in text_of(
        client.get(done["Location"])
    )
    assert list(Edition.objects.all()) == [older]
    assert set(Figure.objects.values_list("edition", flat=True)) == {older.pk}
    log = EditionUndone.objects.get()
    assert (log.edition_number, log.undone_by, log.reason) == (newer.pk, cast.klima, WHY)
    assert (log.file_sha256, log.published) == (newer.file_sha256, newer.published)
    assert client.post(f"/klimaregnskap/utgave/{newer.pk}/angre/", {"reason": WHY}).status_code == 303
    assert EditionUndone.objects.count() == 1
    assert edition(date(2026, 1, 15)).pk != newer.pk  # the same file may come again


def test_when_none_is_left_that_is_said(cast: Cast, as_user: AsUser) -> None:
    only = edition()
    client = as_user(cast.klima)
    page = client.get(f"/klimaregnskap/utgave/{only.pk}/angre/")
    assert "Etterpå har portalen ingen utgave å vise." in text_of(page)
    done = client.post(f"/klimaregnskap/utgave/{only.pk}/angre/", {"reason": WHY})
    assert "Drammen har ikke lenger noen utgave for «Direkte utslipp i kommunen»." in text_of(
        client.get(done["Location"])
    )


def test_only_those_who_may_import_may_undo(cast: Cast, as_user: AsUser) -> None:
    one = edition()
    for name, person in cast.people().items():
        if name != "klima":
            answer = as_user(person).post(f"/klimaregnskap/utgave/{one.pk}/angre/", {"reason": WHY})
            assert answer.status_code == 403, name
    assert Edition.objects.filter(pk=one.pk).exists()


def test_an_edition_a_budget_builds_on_is_refused_with_a_sentence(cast: Cast, as_user: AsUser) -> None:
    budget = make_budget()
    answer = as_user(cast.klima).post(f"/klimaregnskap/utgave/{budget.edition_id}/angre/", {"reason": WHY})
    assert answer.status_code == 422
    assert "Utgaven kan ikke angres, for noe bygger på den: klimabudsjett." in text_of(answer)
    assert Figure.objects.filter(edition=budget.edition_id).exists()
    assert not EditionUndone.objects.exists()


def test_what_is_built_on_is_not_offered_for_undoing(cast: Cast, as_user: AsUser) -> None:
    budget, client = make_budget(), as_user(cast.klima)
    free = edition()
    url = f"/klimaregnskap/utgave/{budget.edition_id}/"
    page = text_of(client.get(url))
    assert f"{url}angre/" not in page
    assert "Importen kan ikke angres, for noe bygger på utgaven: klimabudsjett." in page
    asked = client.get(f"{url}angre/")
    assert "Utgaven kan ikke angres, for noe bygger på den: klimabudsjett." in text_of(asked)
    assert 'name="reason"' not in text_of(asked)
    assert broken_rules(asked.content.decode()) == []
    assert f"/klimaregnskap/utgave/{free.pk}/angre/" in text_of(
        client.get(f"/klimaregnskap/utgave/{free.pk}/")
    )
    assert 'name="reason"' in text_of(client.get(f"/klimaregnskap/utgave/{free.pk}/angre/"))


@pytest.mark.django_db
def test_the_database_lets_nothing_go_without_its_log_row() -> None:
    one, other = edition(), edition(date(2026, 1, 15))
    for statement in (
        "DELETE FROM emissions_figure WHERE edition_id = %s",
        "DELETE FROM emissions_edition WHERE id = %s",
    ):
        with pytest.raises(DatabaseError, match="taken away whole"), transaction.atomic():
            connection.cursor().execute(statement, [one.pk])
    undo_edition(by=COMMAND_LINE, edition_id=other.pk, reason=WHY)
    # The log row of one edition opens no other.
    with pytest.raises(DatabaseError, match="taken away whole"), transaction.atomic():
        connection.cursor().execute("DELETE FROM emissions_figure WHERE edition_id = %s", [one.pk])
    for statement in (
        "UPDATE emissions_editionundone SET reason = 'x'",
        "DELETE FROM emissions_editionundone",
        "TRUNCATE emissions_editionundone CASCADE",
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(statement)


@pytest.mark.django_db(transaction=True)
def test_a_log_row_of_an_earlier_transaction_opens_nothing() -> None:
    one = edition()
    columns = (
        "municipality_id, scope, publisher, published, file_name, file_sha256, rows_read, rows_used, "
        "imported_by_id, imported_by_system, imported_at"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO emissions_editionundone (edition_number, {columns}, undone_by_system, undone_at, "
            f"reason, made_in_transaction) SELECT id, {columns}, 'demo', now(), 'x', 0 FROM emissions_edition"
        )
        with pytest.raises(DatabaseError, match="taken away whole"):
            cursor.execute("DELETE FROM emissions_figure WHERE edition_id = %s", [one.pk])


@pytest.mark.django_db
def test_an_edition_that_never_was() -> None:
    with pytest.raises(Edition.DoesNotExist):
        undo_edition(by=COMMAND_LINE, edition_id=999_999, reason=WHY)
    with pytest.raises(Refused):
        undo_edition(by=COMMAND_LINE, edition_id=edition().pk, reason="  ")


# --- A budget is made on the edition at the same moment ---------------------------------------------------


def race(rounds: int = 1) -> list[tuple[Any, Any]]:
    """Results of undoing an edition and making a budget on it, let go together; one round after another."""
    found = []
    target = make_target()
    for number in range(rounds):
        one = make_edition(published=date(2024, 1, 1 + number), file_sha256=f"{number + 90:064x}")
        undone, made = at_once(
            lambda one=one: undo_edition(by=COMMAND_LINE, edition_id=one.pk, reason=WHY),  # type: ignore[misc]
            lambda one=one, year=2027 + number: make_budget(  # type: ignore[misc]
                year, target=target, edition=one
            ),
        )
        built_on = ClimateBudget.objects.filter(edition_id=one.pk).exists()
        stands = Edition.objects.filter(pk=one.pk).exists()
        assert built_on == stands, "either the budget and its edition are there, or neither"
        assert Figure.objects.filter(edition_id=one.pk).exists() == stands
        found.append((undone, made))
    return found


@pytest.mark.django_db(transaction=True)
def test_an_edition_undone_while_a_budget_is_made_on_it_one_wins_and_the_other_is_told() -> None:
    for undone, made in race(6):
        if isinstance(made, ClimateBudget):
            assert isinstance(undone, Refused)
            assert "bygger på den" in str(undone)
        else:
            assert isinstance(undone, EditionUndone)
            assert isinstance(made, Refused)


@pytest.mark.django_db(transaction=True)
def test_the_budget_waits_for_the_undoing_and_is_refused_in_words() -> None:
    one, target = make_edition(), make_target()
    with transaction.atomic():
        undo_edition(by=COMMAND_LINE, edition_id=one.pk, reason=WHY)
        late = Later(lambda: make_budget(target=target, edition=one))
        assert late.waits()
    assert isinstance(late.ended(), Refused)
    assert "angret av noen andre" in str(late.ended())
    assert not ClimateBudget.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_undoing_waits_for_the_budget_and_is_refused_in_words() -> None:
    one, target = make_edition(), make_target()
    with transaction.atomic():
        make_budget(target=target, edition=one)
        late = Later(lambda: undo_edition(by=COMMAND_LINE, edition_id=one.pk, reason=WHY))
        assert late.waits()
    assert "klimabudsjett" in str(late.ended())
    assert not EditionUndone.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_control_without_holding_the_edition_the_budget_is_refused_without_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The foreign key saves the data, but at commit, where nobody can say why."""
    monkeypatch.setattr(budget_creating, "hold_edition", lambda _edition: None)
    one, target = make_edition(), make_target()
    with transaction.atomic():
        undo_edition(by=COMMAND_LINE, edition_id=one.pk, reason=WHY)
        late = Later(lambda: make_budget(target=target, edition=one))
        assert late.waits()
    assert isinstance(late.ended(), IntegrityError)


@pytest.mark.django_db(transaction=True)
def test_control_without_the_foreign_key_a_budget_stands_on_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget_creating, "hold_edition", lambda _edition: None)
    one, target = make_edition(), make_target()
    with as_owner() as owners, owners.cursor() as cursor:
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f'"
            " AND conrelid = 'budget_climatebudget'::regclass AND confrelid = 'emissions_edition'::regclass"
        )
        name, definition = cursor.fetchone()
        cursor.execute(f"ALTER TABLE budget_climatebudget DROP CONSTRAINT {name}")
    try:
        with transaction.atomic():
            undo_edition(by=COMMAND_LINE, edition_id=one.pk, reason=WHY)
            late = Later(lambda: make_budget(target=target, edition=one))
            late.ended()
        assert ClimateBudget.objects.filter(edition_id=one.pk).exists()
        assert not Edition.objects.filter(pk=one.pk).exists()
    finally:
        with as_owner() as owners, owners.cursor() as cursor:
            cursor.execute("ALTER TABLE budget_climatebudget DISABLE TRIGGER USER")
            cursor.execute("DELETE FROM budget_referencesource")
            cursor.execute("DELETE FROM budget_referencepath")
            cursor.execute("DELETE FROM budget_climatebudget")
            cursor.execute("ALTER TABLE budget_climatebudget ENABLE TRIGGER USER")
            cursor.execute(f"ALTER TABLE budget_climatebudget ADD CONSTRAINT {name} {definition}")


@pytest.mark.django_db(transaction=True)
def test_a_strategy_that_builds_on_the_edition_is_refused_in_words_too() -> None:
    one = make_edition()
    head = Head(title="Ny strategi", covers="kommunen", edition=one)
    with transaction.atomic():
        undo_edition(by=COMMAND_LINE, edition_id=one.pk, reason=WHY)
        late = Later(lambda: create_strategy(by=DEMO, head=head))
        assert late.waits()
    assert isinstance(late.ended(), Refused)
    assert late.ended().reasons[0].field == "edition"
    assert not Strategy.objects.exists()
