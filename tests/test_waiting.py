"""Whom each report waits for, since when and until when; and how that is said everywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from organisation.enums import Role
from organisation.models import Appointment, Unit, User
from reporting.actions.area import approve_for_area
from reporting.actions.corrections import open_correction
from reporting.actions.extensions import extend_deadline
from reporting.actions.periods import close_due_periods, close_period
from reporting.actions.reports import assure_report
from reporting.enums import Place
from reporting.models import UnitReport
from reporting.queries.chain import waiting_for, waiting_of
from reporting.queries.reports import reports_in
from reporting.words.chain import SaidWaiting, said
from tests.html_rules import broken_rules, parse
from tests.leadership_world import Board
from tests.reporting_world import DEADLINE, NOW, World
from tests.worlds import kept
from web.contributions import CalendarEntry, calendar_entry, collect, min_side_task

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]


def text_of(content: bytes) -> str:
    main = next(node for node in parse(content.decode()).walk() if node.tag == "main")
    return " ".join(main.all_text().split())


def waiting(world: World, unit: Unit | None = None) -> SaidWaiting:
    return said(waiting_for(world.report(unit), timezone.now()))


def test_every_step_names_whom_it_waits_for_and_for_how_long(
    world: World, clock: time_machine.Coordinates
) -> None:
    assert waiting(world).sentence == "Venter på Kontakt Eksempel i 10 dager"
    assert waiting(world).due == DEADLINE
    world.answer()
    world.submit()
    assert waiting(world).sentence == "Venter på Leder Eksempel fra i dag"
    clock.shift(timedelta(days=1))
    assert waiting(world).sentence == "Venter på Leder Eksempel i 1 dag"
    assert waiting(world).due == DEADLINE + timedelta(days=7)
    world.approve()
    clock.shift(timedelta(days=3))
    assert waiting(world).sentence == "Venter på Virksomhet Klima i 3 dager"
    UnitReport.objects.filter(unit=world.cast.transport).update(needs_area=True)
    assert waiting(world).sentence == "Venter på Direktor Eksempel i 3 dager"
    report = world.report()
    approve_for_area(by=world.cast.direktor, report=report, version=report.version)
    assert waiting(world).sentence == "Venter på Virksomhet Klima fra i dag"
    report = world.report()
    assure_report(by=world.cast.klima, report=report, version=report.version)
    assert (waiting(world).sentence, waiting(world).due) == ("Ferdig", None)


def test_a_day_is_a_day_by_the_clock_in_oslo(world: World, clock: time_machine.Coordinates) -> None:
    """Sent at 23.30 in Oslo, and it is another day half an hour later, but not in UTC."""
    clock.move_to(NOW.replace(hour=21, minute=30))
    world.answer()
    world.submit()
    clock.move_to(NOW.replace(hour=22, minute=5))
    assert waiting(world).days == 1


def test_a_returned_report_waits_from_the_return(world: World, clock: time_machine.Coordinates) -> None:
    world.answer()
    world.submit()
    clock.shift(timedelta(days=2))
    world.give_back()
    clock.shift(timedelta(days=2))
    assert waiting(world).sentence == "Venter på Kontakt Eksempel i 2 dager"


def test_deputy_then_leader_when_there_is_no_contact(world: World) -> None:
    for role, name in ((Role.CONTACT, "Vara Eksempel"), (Role.DEPUTY, "Leder Eksempel")):
        Appointment.objects.filter(unit=world.cast.transport, role=role).delete()
        assert waiting(world).names == (name,)
    Appointment.objects.filter(unit=world.cast.transport).delete()
    assert waiting(world).lacks_people
    assert waiting(world).sentence == ("Ingen kan rapportere: verken kontaktperson eller leder er satt opp")


def test_two_contacts_are_either(world: World) -> None:
    Appointment.objects.filter(user=world.cast.vara).update(role=Role.CONTACT)
    assert waiting(world).sentence == "Venter på Kontakt Eksempel eller Vara Eksempel i 10 dager"


def test_what_is_answered_elsewhere_waits_for_the_file(world: World) -> None:
    UnitReport.objects.filter(unit=world.cast.kitchen).update(place=Place.THERE)
    found = waiting(world, world.cast.kitchen)
    assert found.sentence == "Venter på virksomhetsstyringssystemet i 10 dager"
    assert not found.lacks_people


def test_after_the_close_nothing_is_waited_for_but_a_correction(
    world: World, clock: time_machine.Coordinates
) -> None:
    clock.move_to(world.period.closes_at)
    assert waiting(world).sentence == "Lukket før rapporten var ferdig"
    close_due_periods(by=world.cast.klima)
    report = world.report()
    open_correction(by=world.cast.klima, report=report, version=report.version, reason="Kom sent")
    clock.shift(timedelta(days=2))
    assert waiting(world).sentence == "Venter på Kontakt Eksempel i 2 dager"
    assert waiting(world).due is None


def test_queries_do_not_grow_with_reports(board: Board) -> None:
    def read(units: list[int]) -> int:
        with CaptureQueriesContext(connection) as queries:
            rows = reports_in([board.first], units)
            waiting_of(rows, timezone.now())
        assert len(rows) == len(units)
        return len(queries)

    units = [board.cast.transport.pk, board.cast.kitchen.pk, board.cast.klima_unit.pk]
    assert read(units[:1]) == read(units)


# --- Pages -----------------------------


def test_the_report_and_the_index_say_it(world: World, as_user: AsUser) -> None:
    for client, path in (
        (as_user(world.cast.klima), world.path()),
        (as_user(world.cast.klima), "/rapportering/"),
        (as_user(world.cast.direktor), "/rapportering/"),
    ):
        assert "Venter på Kontakt Eksempel i 10 dager" in text_of(client.get(path).content)


def progress(world: World) -> str:
    return f"/rapportering/{world.period.code}/framdrift/"


def test_the_period_page_has_everything_that_needs_a_hand(world: World, as_user: AsUser) -> None:
    Appointment.objects.filter(unit=world.cast.kitchen).delete()
    Unit.objects.filter(pk=world.cast.transport.pk).update(valid_to=NOW.date() - timedelta(days=1))
    response = as_user(world.cast.klima).get(progress(world))
    text = text_of(response.content)
    assert "2 hos virksomhetene." in text
    assert "Ingen kan rapportere: verken kontaktperson eller leder er satt opp" in text
    assert "Pek ut hvem som rapporterer" in text
    assert "Samferdsel, vei- og parkforvaltning, lagt ned 6. september 2026" in text
    assert broken_rules(response.content.decode()) == []
    # Others who read from inside see how it goes, without the ways to change it.
    read = text_of(as_user(world.cast.revisor).get(progress(world)).content)
    assert "Ingen kan rapportere" in read
    assert "Pek ut" not in read
    assert "Endre frister" not in read


def test_klima_is_told_when_nobody_can_take_the_next_step(world: World) -> None:
    now = timezone.now()
    assert collect(min_side_task, world.cast.klima, now) == []
    Appointment.objects.filter(unit=world.cast.kitchen).delete()
    (task,) = collect(min_side_task, world.cast.klima, now)
    assert (task.title, task.url) == ("Noen mangler i 2. tertial 2026", progress(world))
    assert task.detail == "Ingen kan ta neste steg for Ernæring og kjøkkendrift."


def test_the_period_page_is_for_those_inside(world: World, as_user: AsUser) -> None:
    people = world.cast.people().items()
    allowed = {name for name, user in people if as_user(user).get(progress(world)).status_code == 200}
    assert allowed == {"klima", "analyse", "radmann", "revisor", "admin"}


# --- Where deadlines are used -----------------------------


@kept
def extended(world: World) -> World:
    report = world.report()
    extend_deadline(
        by=world.cast.klima, report=report, version=report.version, reason="Sykdom",
        contact_deadline=DEADLINE + timedelta(days=3), leader_deadline=DEADLINE + timedelta(days=9),
    )  # fmt: skip
    return world


def of_reporting(user: User, start: date, end: date) -> list[CalendarEntry]:
    """Her year wheel without what the organisation tells of."""
    found = collect(calendar_entry, user, start, end)
    return [one for one in found if one.url != reverse("organisation:year")]


def test_min_side_and_the_calendar_have_the_units_own_deadline(extended: World) -> None:
    cast = extended.cast
    now = timezone.now()
    assert [task.due for task in collect(min_side_task, cast.kontakt, now)] == [DEADLINE + timedelta(days=3)]
    assert [task.due for task in collect(min_side_task, cast.annen, now)] == [DEADLINE]
    span = NOW.date(), NOW.date() + timedelta(days=60)
    mine = {one.title: one.day for one in collect(calendar_entry, cast.kontakt, *span)}
    assert mine == {
        "Klimarapport for 2. tertial 2026, Samferdsel, vei- og parkforvaltning: frist for kontaktpersonen":
            (DEADLINE + timedelta(days=3)).date(),
        "Klimarapport for 2. tertial 2026, Samferdsel, vei- og parkforvaltning: frist for lederen":
            (DEADLINE + timedelta(days=9)).date(),
    }  # fmt: skip
    usual = [one.title for one in collect(calendar_entry, cast.annen, *span)]
    assert usual == [
        "Klimarapport for 2. tertial 2026: frist for kontaktpersoner",
        "Klimarapport for 2. tertial 2026: frist for ledere",
    ]
    # Klima has the municipality's year besides.
    assert [one.title for one in of_reporting(cast.klima, *span)] == usual


def test_the_form_and_the_leaders_page_have_the_units_own_deadline(extended: World, as_user: AsUser) -> None:
    form = text_of(as_user(extended.cast.kontakt).get(extended.path()).content)
    assert "frist søndag 13. september, om 6 dager (utsatt)" in form
    extended.answer()
    extended.submit()
    page = text_of(as_user(extended.cast.leder).get(extended.path("godkjenn")).content)
    assert "frist lørdag 19. september" in page
    read = text_of(as_user(extended.cast.kontakt).get(extended.path()).content)
    assert "Fristen utsatt: kontaktperson 13. september 2026 kl. 23.59" in read
    assert "Sykdom" in read


def test_closed_periods_are_nobodys_task_or_deadline(world: World) -> None:
    world.answer()
    world.submit()
    close_period(by=world.cast.klima, period=world.period)
    cast, now = world.cast, timezone.now()
    for user in (cast.kontakt, cast.leder, cast.annen, cast.klima):
        of_periods = [one for one in collect(min_side_task, user, now) if "strategioppfolging" not in one.url]
        assert of_periods == []
        assert of_reporting(user, NOW.date(), NOW.date() + timedelta(days=60)) == []
