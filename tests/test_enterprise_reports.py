"""What a KF adds to its report: when its board treats it, and its own report as a reference."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client

from organisation.enums import UnitKind
from organisation.models import Unit, User
from reporting.actions.enterprises import save_board
from reporting.models import ReportVersion
from reporting.words.versions import FieldChange, compare_versions
from tests.html_rules import broken_rules
from tests.reporting_world import World
from tests.worlds import kept
from web.once import new_submission_token
from web.refusals import Refused

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
REFERENCE = "Sak 26/1234, dokument 7"


@kept
def enterprise(world: World) -> World:
    """Samferdsel as a KF, all answered."""
    Unit.objects.filter(pk=world.cast.transport.pk).update(kind=UnitKind.ENTERPRISE)
    world.answer()
    return world


def save(world: World, day: date | None, own_report: str = REFERENCE, name: str = "kontakt") -> None:
    report = world.report()
    save_board(
        by=world.cast.people()[name], report=report, version=report.version, board_date=day,
        own_report=own_report,
    )  # fmt: skip


def test_the_form_says_that_the_board_is_missing(enterprise: World, as_user: AsUser) -> None:
    client = as_user(enterprise.cast.kontakt)
    page = client.get(enterprise.path()).content.decode()
    assert '<a href="#foretak">Styrebehandlingen</a> er ikke fylt ut.' in page
    assert "Rapporten kan sendes." not in page
    save(enterprise, None)
    assert "Rapporten kan sendes." in client.get(enterprise.path()).content.decode()


def test_a_kf_says_something_of_its_board_before_it_sends(enterprise: World) -> None:
    with pytest.raises(Refused, match="Fyll ut styrebehandlingen"):
        enterprise.submit()
    save(enterprise, None)
    enterprise.submit()
    assert ReportVersion.objects.get().content["enterprise"] == {
        "board_date": None, "own_report": REFERENCE,
    }  # fmt: skip


def test_the_board_and_the_own_report_are_frozen_and_compared(enterprise: World) -> None:
    save(enterprise, None, "")
    enterprise.submit()
    enterprise.give_back()
    save(enterprise, date(2026, 9, 22))
    enterprise.submit()
    one, two = ReportVersion.objects.order_by("number")
    assert compare_versions(one.content, two.content).report == (
        FieldChange("Styrebehandling", "–", "22.\u00a0september 2026"),
        FieldChange("Foretakets egen rapport", "–", REFERENCE),
    )


def test_other_units_have_no_board(world: World) -> None:
    with pytest.raises(Refused, match="kommunale foretak"):
        save(world, date(2026, 9, 1))
    world.answer()
    world.submit()
    assert ReportVersion.objects.get().content["enterprise"] is None


@pytest.mark.parametrize("name", ["leder", "annen", "direktor", "klima", "radmann", "revisor", "admin"])
def test_only_those_who_report_fill_it_in(enterprise: World, name: str) -> None:
    with pytest.raises(PermissionDenied):
        save(enterprise, date(2026, 9, 1), name=name)


def test_nothing_is_filled_in_after_it_is_sent(enterprise: World) -> None:
    save(enterprise, None)
    enterprise.submit()
    with pytest.raises(Refused, match="sendt inn"):
        save(enterprise, date(2026, 9, 1))


def test_a_date_and_no_date_is_not_both(enterprise: World) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE reporting_unitreport SET board_date = now(), board_pending = true")


def test_the_page(enterprise: World, as_user: AsUser) -> None:
    client, path = as_user(enterprise.cast.kontakt), enterprise.path("styret")
    form_page = client.get(enterprise.path()).content.decode()
    assert path in form_page
    assert "ikke fylt ut" in form_page
    page = client.get(path)
    assert broken_rules(page.content.decode()) == []

    def post(**given: str) -> int:
        form = {
            "version": str(enterprise.report().version),
            "submission_token": new_submission_token(enterprise.cast.kontakt),
            **given,
        }
        return client.post(path, form).status_code

    assert post(own_report=REFERENCE) == 422
    assert post(board_date="22.09.2026", board_pending="on") == 422
    assert post(board_date="i går") == 422
    assert post(board_date="22.09.2026", own_report=REFERENCE) == 303
    shown = client.get(enterprise.path()).content.decode()
    assert "ikke behandlet ennå, settes opp 22.\u00a0september 2026" in shown
    assert REFERENCE in shown
    assert post(board_date="01.09.2026") == 303
    assert "behandlet i styret 1.\u00a0september 2026" in client.get(enterprise.path()).content.decode()
    enterprise.submit()
    read = as_user(enterprise.cast.leder).get(enterprise.path()).content.decode()
    assert "behandlet i styret 1.\u00a0september 2026" in read
    assert client.get(path).status_code == 303
    assert as_user(enterprise.cast.leder).get(path).status_code == 403
    assert as_user(enterprise.cast.annen).get(path).status_code == 404


def test_a_unit_that_is_no_kf_has_no_such_page(world: World, as_user: AsUser) -> None:
    client = as_user(world.cast.kontakt)
    assert client.get(world.path("styret")).status_code == 404
    assert "Styrebehandling" not in client.get(world.path()).content.decode()
