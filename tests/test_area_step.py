"""The area's step between leader and Klima, where there is one; and the bundle «til orientering»."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organisation.enums import Role
from organisation.models import Appointment, User
from reporting.actions.area import approve_for_area
from reporting.actions.corrections import open_correction, withdraw_correction
from reporting.actions.periods import close_period
from reporting.actions.reports import approve_report, assure_report, return_report
from reporting.enums import ReportState
from reporting.models import MeasureStatus, ReportLogEntry, UnitReport
from reporting.queries.area import bundle_of
from reporting.queries.log import events_of
from reporting.words.chain import waiting_sentence
from reporting.words.log import log_lines
from tests.html_rules import broken_rules, parse
from tests.leadership_world import Board
from tests.report_forms import posted_by
from tests.reporting_world import DELAYED, ON_TRACK, World
from tests.worlds import kept
from web.concurrency import StaleObject
from web.contributions import collect, min_side_task
from web.refusals import Refused

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]


def text_of(content: bytes) -> str:
    main = next(node for node in parse(content.decode()).walk() if node.tag == "main")
    return " ".join(main.all_text().split())


@kept
def stepped(world: World) -> World:
    """The areas approve in this period, and Samferdsel's leader has approved."""
    UnitReport.objects.update(needs_area=True)
    world.answer(ON_TRACK, DELAYED, ON_TRACK)
    world.submit()
    world.approve("Vi har satt inn ekstra folk.")
    return world


def approve(world: World, name: str = "direktor", **given: object) -> UnitReport:
    report = world.report()
    values = {"version": report.version, **given}
    return approve_for_area(by=world.cast.people()[name], report=report, **values)


def test_klima_waits_for_the_area(stepped: World) -> None:
    report = stepped.report()
    with pytest.raises(Refused, match="Området har ikke godkjent"):
        assure_report(by=stepped.cast.klima, report=report, version=report.version)
    report = approve(stepped, comment="Sett.")
    assert report.area_approved_at == timezone.now()
    assert log_lines(events_of(report))[0].what == "Godkjent av området"
    assert log_lines(events_of(report))[0].comment == "Sett."
    report = assure_report(by=stepped.cast.klima, report=report, version=report.version)
    assert report.state == ReportState.ASSURED


def test_the_area_returns_and_approves_again(stepped: World) -> None:
    approve(stepped)
    report = stepped.report()
    return_report(by=stepped.cast.klima, report=report, version=report.version, comment="Mer.")
    assert stepped.report().area_approved_at is None
    stepped.submit()
    stepped.approve()
    report = stepped.report()
    return_report(
        by=stepped.cast.direktor, report=report, version=report.version, comment="Skriv om kostnaden."
    )
    report = stepped.report()
    assert (report.state, report.return_comment) == (ReportState.RETURNED, "Skriv om kostnaden.")


def test_the_area_only_takes_what_the_leader_has_approved(world: World) -> None:
    UnitReport.objects.update(needs_area=True)
    with pytest.raises(Refused, match="ikke godkjent av virksomhetslederen"):
        approve(world)
    world.answer()
    world.submit()
    with pytest.raises(Refused, match="ikke godkjent av virksomhetslederen"):
        approve(world)
    report = world.report()
    with pytest.raises(Refused):
        return_report(by=world.cast.direktor, report=report, version=report.version, comment="Mer.")


def test_without_the_setting_the_area_only_reads(world: World) -> None:
    world.answer()
    world.submit()
    world.approve()
    with pytest.raises(Refused, match="til orientering"):
        approve(world)
    report = world.report()
    with pytest.raises(PermissionDenied):
        return_report(by=world.cast.direktor, report=report, version=report.version, comment="Mer.")
    assure_report(by=world.cast.klima, report=report, version=report.version)


def test_the_area_approves_once_and_what_it_has_seen(stepped: World) -> None:
    with pytest.raises(StaleObject):
        approve(stepped, version=1)
    approve(stepped)
    with pytest.raises(Refused, match="allerede"):
        approve(stepped)
    assert ReportLogEntry.objects.count() == 1


@pytest.mark.parametrize(
    "name",
    ["klima", "analyse", "radmann", "leder", "kontakt", "annen", "annen_leder", "revisor", "admin", "ingen"],
)
def test_only_those_who_lead_above_approve_for_the_area(stepped: World, name: str) -> None:
    with pytest.raises(PermissionDenied):
        approve(stepped, name)


def test_a_director_who_also_leads_the_unit_takes_both_steps(world: World) -> None:
    UnitReport.objects.update(needs_area=True)
    Appointment.objects.filter(user=world.cast.leder).update(user=world.cast.direktor)
    world.answer()
    world.submit()
    report = world.report()
    approve_report(by=world.cast.direktor, report=report, version=report.version)
    approve(world)


def test_after_the_close_the_area_waits_for_a_correction(stepped: World) -> None:
    close_period(by=stepped.cast.klima, period=stepped.period)
    with pytest.raises(Refused, match="fryst"):
        approve(stepped)
    report = stepped.report()
    open_correction(
        by=stepped.cast.klima, report=report, version=report.version, reason="Ferie", to_unit=False
    )
    approve(stepped)


def test_a_correction_given_up_gives_the_areas_approval_back(
    stepped: World, clock: time_machine.Coordinates
) -> None:
    approve(stepped)
    at = stepped.report().area_approved_at
    close_period(by=stepped.cast.klima, period=stepped.period)
    clock.shift(timedelta(hours=1))
    report = stepped.report()
    open_correction(by=stepped.cast.klima, report=report, version=report.version, reason="Feil")
    clock.shift(timedelta(hours=1))
    report = stepped.report()
    assert report.area_approved_at is None
    withdraw_correction(by=stepped.cast.klima, report=report, version=report.version)
    assert (stepped.report().state, stepped.report().area_approved_at) == ("approved", at)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reporting_unitreport SET state = 'assured', assured_at = now() WHERE state = 'approved'",
        "UPDATE reporting_unitreport SET area_approved_at = now() WHERE state = 'draft'",
    ],
)
def test_the_database_does_not_skip_the_area(stepped: World, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    UnitReport.objects.update(needs_area=False)
    if "assured" in statement:
        with connection.cursor() as cursor:
            cursor.execute(statement)


# --- Pages -----------------------------


def bundle_path(world: World) -> str:
    return f"/rapportering/{world.period.code}/omrade/{world.cast.area.pk}/"


def test_the_bundle_has_what_leaders_have_approved_and_names_the_rest(
    stepped: World, as_user: AsUser
) -> None:
    MeasureStatus.objects.filter(measure__code="K1").update(what_happened="KANARI")
    response = as_user(stepped.cast.direktor).get(bundle_path(stepped))
    text = text_of(response.content)
    assert response.status_code == 200
    assert "Venter på Annen Eksempel i 10 dager" in text
    assert "Vi leier fire elbiler fra oktober." in text
    assert "Fra lederen: Vi har satt inn ekstra folk." in text
    assert "KANARI" not in text
    assert broken_rules(response.content.decode()) == []


def test_the_bundle_is_read_by_its_leaders_and_from_inside_only(stepped: World, as_user: AsUser) -> None:
    readers = {
        name for name, user in stepped.cast.people().items()
        if as_user(user).get(bundle_path(stepped)).status_code == 200
    }  # fmt: skip
    assert readers == {"klima", "analyse", "radmann", "revisor", "admin", "direktor"}


def test_queries_of_the_bundle_do_not_grow(board: Board) -> None:
    units = [board.cast.transport.pk, board.cast.kitchen.pk, board.cast.klima_unit.pk]
    with CaptureQueriesContext(connection) as one:
        assert len(bundle_of(board.first, units[:1], timezone.now())) == 1
    with CaptureQueriesContext(connection) as three:
        assert len(bundle_of(board.first, units, timezone.now())) == 3
    assert len(one) == len(three)


def test_the_directors_task_leads_to_the_step_and_on(stepped: World, as_user: AsUser) -> None:
    tasks = collect(min_side_task, stepped.cast.direktor, timezone.now())
    assert [(one.title, one.detail) for one in tasks] == [
        (
            "Godkjenn klimarapporter for området, 2. tertial 2026",
            "Godkjent av leder: Samferdsel, vei- og parkforvaltning.",
        )
    ]
    client = as_user(stepped.cast.direktor)
    page = client.get(tasks[0].url)
    assert page.status_code == 200
    assert broken_rules(page.content.decode()) == []
    version = stepped.report().version
    empty = client.post(tasks[0].url, {"version": version, "comment": "", "gjor": "returner"})
    assert (empty.status_code, stepped.report().state) == (422, "approved")
    typed = posted_by(page) | {"comment": "Fint."}
    for _twice in range(2):
        done = client.post(tasks[0].url, typed)
        assert (done.status_code, done["Location"]) == (303, stepped.path())
    assert ReportLogEntry.objects.count() == 1
    assert client.get(tasks[0].url).status_code == 303
    # The session's user is fetched again, as in the next request.
    assert collect(min_side_task, User.objects.get(pk=stepped.cast.direktor.pk), timezone.now()) == []
    assert [one.title for one in collect(min_side_task, stepped.cast.klima, timezone.now())] == [
        "Kvalitetssikre klimarapporter for 2. tertial 2026"
    ]


def test_klima_has_no_task_while_the_area_has(stepped: World) -> None:
    assert collect(min_side_task, stepped.cast.klima, timezone.now()) == []


def test_the_area_returns_from_its_page(stepped: World, as_user: AsUser) -> None:
    client = as_user(stepped.cast.direktor)
    path, version = stepped.path("omrade"), stepped.report().version
    done = client.post(path, {"version": version, "comment": "Skriv mer.", "gjor": "returner"})
    assert done.status_code == 303
    assert stepped.report().state == ReportState.RETURNED
    late = client.post(path, {"version": version, "comment": "Fint."})
    assert late.status_code == 409


def test_an_area_without_a_leader_is_named_as_such(stepped: World) -> None:
    Appointment.objects.filter(user=stepped.cast.direktor, role=Role.LEADER).delete()
    row = bundle_of(stepped.period, [stepped.cast.transport.pk], timezone.now())[0]
    assert row.waiting.lacks_people
    assert waiting_sentence(row.waiting) == "Ingen kan godkjenne: området har ikke leder"
