"""A municipal enterprise answers to its own board: nobody outside approves for it or names its people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from organisation.enums import Role, UnitKind
from organisation.models import Appointment, Unit, User
from organisation.rules import read_duties
from publishing.queries.chapter import chapter_of
from publishing.queries.period_facts import period_facts
from publishing.queries.period_summary import PeriodSummary
from publishing.queries.plain import from_plain, to_plain
from publishing.words.chapter import missing_words
from publishing.words.period_summary import summary_of
from publishing.words.summary import missing_sentence
from reporting.actions.area import approve_for_area
from reporting.actions.measures import name_reporter
from reporting.actions.reports import approve_report, assure_report, return_report, submit_report
from reporting.actions.settings import set_up_report
from reporting.enums import MessageKind, Place
from reporting.models import ReportingSettings, ReportMessage, UnitReport
from reporting.queries.chain import waiting_for
from reporting.queries.settings import set_up_of
from reporting.queries.waiting import waiting_reports
from reporting.rules.reports import relation
from reporting.words.chain import said
from tests.cast import SINCE
from tests.reporting_world import World
from tests.worlds import kept
from web.refusals import Closed, Refused

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
SENTENCE = "Venter på ny daglig leder i foretaket"


@kept(beside=["clock"])
def led(world: World) -> World:
    """The kitchen is a KF under the area; its report is sent to its daily leader, Annen-Leder."""
    Unit.objects.filter(pk=world.cast.kitchen.pk).update(kind=UnitKind.ENTERPRISE)
    UnitReport.objects.filter(unit=world.cast.kitchen).update(board_pending=True)
    world.answer(unit=world.cast.kitchen)
    report = world.report(world.cast.kitchen)
    submit_report(by=world.cast.annen, report=report, version=report.version)
    return world


@kept(beside=["clock"])
def leaderless(led: World) -> World:
    """The same, and its daily leader has left."""
    Appointment.objects.filter(user=led.cast.annen_leder).update(valid_to=date(2026, 9, 6))
    return led


def kf(world: World) -> UnitReport:
    return world.report(world.cast.kitchen)


def approve(world: World, user: User) -> UnitReport:
    report = kf(world)
    return approve_report(by=user, report=report, version=report.version)


# --- Nobody outside -----------------------------


def test_nobody_above_leads_it_for_now(leaderless: World) -> None:
    held = read_duties(leaderless.cast.direktor)
    assert leaderless.cast.kitchen.pk in held.units_below
    assert leaderless.cast.kitchen.pk not in held.approves_for | held.oversees


def test_nor_what_is_in_it(leaderless: World) -> None:
    inner = Unit.objects.create(name="Avdeling", kind=UnitKind.UNIT, parent=leaderless.cast.kitchen)
    held = read_duties(leaderless.cast.direktor)
    assert inner.pk in held.enterprises_below
    assert inner.pk not in held.approves_for


def test_its_own_daily_leader_has_what_nobody_leads_in_it(led: World) -> None:
    inner = Unit.objects.create(name="Avdeling", kind=UnitKind.UNIT, parent=led.cast.kitchen)
    assert read_duties(led.cast.annen_leder).led_for_now == {inner.pk}
    assert inner.pk not in read_duties(led.cast.direktor).approves_for


@pytest.mark.parametrize("step", ["godkjenn", "returner", "omrade"])
@pytest.mark.parametrize("who", ["direktor", "leder", "kontakt", "radmann", "revisor", "admin", "ingen"])
def test_nobody_outside_takes_a_step_with_a_guessed_address(
    leaderless: World, as_user: AsUser, step: str, who: str
) -> None:
    client, path = as_user(leaderless.cast.people()[who]), leaderless.path(step, unit=leaderless.cast.kitchen)
    report = kf(leaderless)
    posted = {"version": report.version, "comment": "Ja", "gjor": "returner"}
    assert client.get(path).status_code in (403, 404)
    assert client.post(path, posted).status_code in (403, 404)
    assert kf(leaderless).version == report.version


def test_its_actions_refuse_the_leader_above(leaderless: World) -> None:
    report, director = kf(leaderless), leaderless.cast.direktor
    for act in (approve_report, return_report, approve_for_area):
        with pytest.raises(PermissionDenied):
            act(by=director, report=report, version=report.version, comment="Ja")


def test_klima_assures_nothing_that_is_not_approved(leaderless: World) -> None:
    report = kf(leaderless)
    with pytest.raises(Refused, match="ikke godkjent av virksomhetslederen"):
        assure_report(by=leaderless.cast.klima, report=report, version=report.version)


def test_a_new_daily_leader_approves(leaderless: World) -> None:
    Appointment.objects.create(
        user=leaderless.cast.ingen, role=Role.LEADER, unit=leaderless.cast.kitchen, valid_from=SINCE
    )
    assert approve(leaderless, leaderless.cast.ingen).state == "approved"


def test_so_does_who_stands_in(leaderless: World) -> None:
    Appointment.objects.create(
        user=leaderless.cast.ingen, role=Role.STAND_IN, unit=leaderless.cast.kitchen,
        valid_from=SINCE, valid_to=date(2026, 12, 31),
    )  # fmt: skip
    assert approve(leaderless, leaderless.cast.ingen).state == "approved"


# --- It waits, and says so -----------------------------


def test_every_page_says_what_it_waits_for(leaderless: World, as_user: AsUser) -> None:
    code, kitchen = leaderless.period.code, leaderless.cast.kitchen
    for user, path in (
        (leaderless.cast.klima, leaderless.path(unit=kitchen)),
        (leaderless.cast.annen, leaderless.path(unit=kitchen)),
        (leaderless.cast.annen, leaderless.path("kvittering", unit=kitchen)),
        (leaderless.cast.annen, "/rapportering/"),
        (leaderless.cast.klima, f"/rapportering/{code}/pult/"),
        (leaderless.cast.klima, f"/rapportering/{code}/framdrift/"),
        (leaderless.cast.direktor, f"/rapportering/{code}/omrade/{leaderless.cast.area.pk}/"),
    ):
        assert SENTENCE in as_user(user).get(path).content.decode(), path


def test_klima_has_it_among_what_lacks_people(leaderless: World) -> None:
    assert said(waiting_for(kf(leaderless), timezone.now())).sentence == SENTENCE
    lacking = waiting_reports(leaderless.cast.klima, timezone.now()).lacking
    assert [report.unit for reports in lacking.values() for report in reports] == [leaderless.cast.kitchen]
    assert waiting_reports(leaderless.cast.direktor, timezone.now()).own == ()


def test_nobody_outside_gets_the_approvers_mail(leaderless: World) -> None:
    """What was sent to its leader before is all there is."""
    rows = ReportMessage.objects.filter(kind=MessageKind.WAITS)
    assert [row.user for row in rows] == [leaderless.cast.annen_leder]


def test_the_publication_says_it(leaderless: World) -> None:
    summary = summary_of(period_facts(leaderless.period))
    said_of_it = f"{SENTENCE}: Ernæring og kjøkkendrift."
    assert missing_sentence(summary).endswith(said_of_it)
    assert missing_words(chapter_of(summary)).endswith(said_of_it)
    assert from_plain(PeriodSummary, to_plain(summary)).awaiting_leader == ("Ernæring og kjøkkendrift",)


def test_the_publication_says_nothing_of_one_with_a_leader(led: World) -> None:
    assert SENTENCE not in missing_sentence(summary_of(period_facts(led.period)))


def test_what_was_published_before_is_read_as_it_was(leaderless: World) -> None:
    data = to_plain(summary_of(period_facts(leaderless.period)))
    said_of = [unit.pop("awaits_leader", None) for unit in data["units"]]
    assert sorted(said_of, key=str) == [None, True]
    assert from_plain(PeriodSummary, data).awaiting_leader == ()


# --- No area over it, and its board has the last word -----------------------------


def test_no_area_approves_for_it(led: World) -> None:
    ReportingSettings.objects.create(pk=1, area_approves=True)
    units = [led.cast.kitchen.pk, led.cast.transport.pk]
    assert [set_up_of(units)[unit].needs_area for unit in units] == [False, True]
    report = kf(led)
    with pytest.raises(Refused, match="svarer til sitt eget styre"):
        set_up_report(
            by=led.cast.klima, report=report, version=report.version, place=Place.HERE, needs_area=True,
            reason="Ja",
        )  # fmt: skip
    assert not relation(led.cast.direktor, led.cast.kitchen.pk).oversees


def test_klima_returns_it_until_the_board_has_treated_it(led: World) -> None:
    approve(led, led.cast.annen_leder)
    for day, refused in ((date(2026, 9, 6), True), (date(2026, 9, 7), False)):
        UnitReport.objects.filter(unit=led.cast.kitchen).update(board_pending=False, board_date=day)
        report = kf(led)
        if refused:
            with pytest.raises(Closed, match="Styret i foretaket behandlet rapporten 6"):
                return_report(by=led.cast.klima, report=report, version=report.version, comment="Rett")
        else:
            return_report(by=led.cast.klima, report=report, version=report.version, comment="Rett")
    assert kf(led).state == "returned"


def test_klima_proposes_people_and_does_not_name_them(led: World, as_user: AsUser) -> None:
    path = led.path("rapporterer", unit=led.cast.kitchen)
    page = as_user(led.cast.klima).get(path).content.decode()
    assert "Ernæring og kjøkkendrift setter opp sine egne folk." in page
    assert f'href="/organisasjon/{led.cast.kitchen.pk}/"' in page
    assert "Pek ut" not in page
    with pytest.raises(Closed, match="Klima kan foreslå"):
        name_reporter(by=led.cast.klima, report=kf(led), user=led.cast.ingen, reason="Ja")
    assert not Appointment.objects.filter(user=led.cast.ingen).exists()
