"""Where units report and who approves: the settings, each unit's own, and using them in an open period."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client

from organisation.models import User
from reporting.actions.periods import close_period
from reporting.actions.reports import assure_report, save_status
from reporting.actions.settings import SettingsAnswers, save_settings, set_up_report, use_settings
from reporting.enums import Place, ReportState
from reporting.models import ReportingSettings, ReportLogEntry, UnitReport, UnitReportingSetting
from reporting.queries.settings import reporting_settings, set_up_changes, set_up_of
from tests.cast import Cast
from tests.html_rules import broken_rules
from tests.reporting_world import ON_TRACK, World
from web.concurrency import StaleObject
from web.once import new_submission_token
from web.refusals import Refused

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
USUAL = SettingsAnswers(place=Place.HERE, area_approves=False, first_reminder_days=14, second_reminder_days=3)
THERE = SettingsAnswers(place=Place.THERE, area_approves=True, first_reminder_days=10, second_reminder_days=2)


def save(
    cast: Cast, answers: SettingsAnswers, version: int = 0, places: Mapping[int, Place | None] | None = None
) -> ReportingSettings:
    return save_settings(by=cast.klima, version=version, answers=answers, places=places or {})


def test_the_defaults_hold_while_nobody_has_changed_anything(cast: Cast) -> None:
    found = reporting_settings()
    assert (found.place, found.area_approves) == ("here", False)
    assert (found.first_reminder_days, found.second_reminder_days) == (14, 3)
    assert set_up_of([cast.transport.pk])[cast.transport.pk].place == Place.HERE
    assert not ReportingSettings.objects.exists()


def test_settings_and_single_units_are_saved_and_taken_away(cast: Cast) -> None:
    saved = save(cast, THERE, places={cast.transport.pk: Place.HERE, cast.kitchen.pk: None})
    assert (saved.pk, saved.version, saved.place) == (1, 1, "there")
    assert dict(UnitReportingSetting.objects.values_list("unit_id", "place")) == {cast.transport.pk: "here"}
    set_up = set_up_of([cast.transport.pk, cast.kitchen.pk, cast.klima_unit.pk])
    assert (set_up[cast.transport.pk].place, set_up[cast.kitchen.pk].place) == (Place.HERE, Place.THERE)
    # Klima stands under no area.
    assert (set_up[cast.transport.pk].needs_area, set_up[cast.klima_unit.pk].needs_area) == (True, False)
    save(cast, USUAL, version=1, places={cast.transport.pk: None})
    assert not UnitReportingSetting.objects.exists()
    assert reporting_settings().version == 2


def test_two_who_change_settings_at_once(cast: Cast) -> None:
    save(cast, THERE)
    for version in (0, 7):
        with pytest.raises(StaleObject):
            save(cast, USUAL, version=version)
    assert reporting_settings().place == Place.THERE


def test_reminders_come_in_order(cast: Cast) -> None:
    wrong = SettingsAnswers(
        place=Place.HERE, area_approves=False, first_reminder_days=3, second_reminder_days=3
    )
    with pytest.raises(Refused, match="nærmere fristen"):
        save(cast, wrong)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportingSettings.objects.create(pk=1, first_reminder_days=3, second_reminder_days=3)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO reporting_reportingsettings (id, place, area_approves, first_reminder_days, "
            "second_reminder_days, version) VALUES (2, 'here', false, 14, 3, 1)"
        )


@pytest.mark.parametrize("name", ["kontakt", "leder", "direktor", "radmann", "analyse", "revisor", "utvalg"])
def test_only_klima_and_the_administrator_set_it_up(world: World, name: str) -> None:
    by = world.cast.people()[name]
    with pytest.raises(PermissionDenied):
        save_settings(by=by, version=0, answers=THERE, places={})
    with pytest.raises(PermissionDenied):
        use_settings(by=by, period=world.period, reason="Ja", expected=0)
    report = world.report()
    with pytest.raises(PermissionDenied):
        set_up_report(by=by, report=report, version=1, place=Place.THERE, needs_area=False, reason="Ja")
    save_settings(by=world.cast.admin, version=0, answers=THERE, places={})


# --- Open periods -----------------------------


def test_changing_settings_leaves_open_reports_alone(world: World) -> None:
    before = list(UnitReport.objects.values())
    save(world.cast, THERE)
    assert list(UnitReport.objects.values()) == before
    assert len(set_up_changes(world.period)) == 2


def test_using_them_is_a_choice_that_is_logged(world: World) -> None:
    save(world.cast, THERE)
    done = use_settings(by=world.cast.klima, period=world.period, reason="Nytt fra høsten", expected=2)
    assert done == 2
    assert set(UnitReport.objects.values_list("place", "needs_area")) == {("there", True)}
    assert set(ReportLogEntry.objects.values_list("kind", "what", "reason")) == {
        ("set_up", "Rapporteres i virksomhetsstyringssystemet; området skal godkjenne", "Nytt fra høsten")
    }
    assert set_up_changes(world.period) == []
    # Nobody answers twice: the unit's own form is closed.
    with pytest.raises(Refused, match="rapporterer i virksomhetsstyringssystemet"):
        save_status(by=world.cast.kontakt, status=world.status(), version=1, answers=ON_TRACK)


def test_what_is_sent_keeps_its_place_and_what_is_assured_keeps_all(world: World) -> None:
    world.answer()
    world.submit()
    save(world.cast, THERE)
    kitchen, transport = sorted(set_up_changes(world.period), key=lambda one: one.report.unit.name)
    assert (kitchen.place, kitchen.needs_area) == (Place.THERE, True)
    assert (transport.place, transport.needs_area) == (None, True)
    report = world.approve()
    assure_report(by=world.cast.klima, report=report, version=report.version)
    assert [one.report.unit for one in set_up_changes(world.period)] == [world.cast.kitchen]


def test_another_list_than_the_one_shown_is_not_changed(world: World) -> None:
    save(world.cast, THERE)
    with pytest.raises(Refused, match="Noe er endret"):
        use_settings(by=world.cast.klima, period=world.period, reason="Ja", expected=1)
    close_period(by=world.cast.klima, period=world.period)
    with pytest.raises(Refused, match="lukket"):
        use_settings(by=world.cast.klima, period=world.period, reason="Ja", expected=2)
    assert not ReportLogEntry.objects.exists()


def test_one_report_may_be_set_up_for_itself(world: World) -> None:
    """An area without a leader: Klima lets the report pass without it."""
    UnitReport.objects.update(needs_area=True)
    world.answer()
    world.submit()
    report = world.approve()
    arguments = {"by": world.cast.klima, "report": report, "version": report.version, "reason": "Ingen leder"}
    with pytest.raises(Refused, match="Returner den"):
        set_up_report(place=Place.THERE, needs_area=True, **arguments)
    report = set_up_report(place=Place.HERE, needs_area=False, **arguments)
    assure_report(by=world.cast.klima, report=report, version=report.version)
    assert world.report().state == ReportState.ASSURED
    assert ReportLogEntry.objects.get().what == "Området skal ikke godkjenne"


# --- Pages -----------------------------


def test_the_page_saves_once_and_tells_of_open_periods(world: World, as_user: AsUser) -> None:
    client, token = as_user(world.cast.klima), new_submission_token(world.cast.klima)
    path = "/rapportering/innstillinger/"
    page = client.get(path)
    assert page.status_code == 200
    assert broken_rules(page.content.decode()) == []
    form = {
        "version": "0", "place": "there", "area_approves": "on", "first_reminder_days": "14",
        "second_reminder_days": "3", f"unit-{world.cast.transport.pk}": "here", "submission_token": token,
    }  # fmt: skip
    for _twice in range(2):
        assert client.post(path, form).status_code == 303
    assert reporting_settings().version == 1
    after = client.get(path).content.decode()
    assert "2 rapporter er satt opp annerledes" in after
    use = f"/rapportering/{world.period.code}/innstillinger/"
    shown = client.get(use).content.decode()
    assert "rapporteres i virksomhetsstyringssystemet; området skal godkjenne" in shown
    assert broken_rules(shown) == []
    token = new_submission_token(world.cast.klima)
    wrong = client.post(use, {"expected": "2", "reason": "", "submission_token": token})
    assert wrong.status_code == 422
    done = client.post(use, {"expected": "2", "reason": "Nytt", "submission_token": token})
    assert done.status_code == 303
    assert UnitReport.objects.filter(needs_area=True).count() == 2


def test_a_page_that_came_too_late_shows_what_was_typed(world: World, as_user: AsUser) -> None:
    save(world.cast, THERE)
    client = as_user(world.cast.admin)
    form = {
        "version": "0", "place": "here", "first_reminder_days": "20", "second_reminder_days": "5",
        "submission_token": new_submission_token(world.cast.admin),
    }  # fmt: skip
    answer = client.post("/rapportering/innstillinger/", form)
    assert answer.status_code == 409
    assert 'value="20"' in answer.content.decode()
    assert reporting_settings().place == Place.THERE
