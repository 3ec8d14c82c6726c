"""The calendar file, read back by icalendar, and held to RFC 5545 where a reader is lenient."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from organisation.models import Appointment
from reporting.enums import PeriodStepKind, Place
from reporting.models import LeaderQuestion, Period, PeriodStep, UnitReport
from tests.reporting_world import DEADLINE, NOW, World
from web.calendar_file import CalendarEvent, calendar_file

MADE = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)
ALLOWED = {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "DESCRIPTION", "URL", "SEQUENCE", "TRANSP"}
REQUIRED = {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "TRANSP"}


def parse(content: bytes) -> tuple[Calendar, list[Event]]:
    """(the calendar, its events), read by icalendar; what that forgives, is asserted here."""
    assert content.endswith(b"\r\n")
    lines = content.split(b"\r\n")[:-1]
    assert all(b"\r" not in line and b"\n" not in line for line in lines)
    assert all(0 < len(line) <= 75 for line in lines)
    for line in lines:
        line.decode()  # no letter is cut in two
    calendar = Calendar.from_ical(content)
    assert isinstance(calendar, Calendar)
    assert (calendar.name, calendar["VERSION"], calendar.errors) == ("VCALENDAR", "2.0", [])
    assert calendar["PRODID"]
    events = calendar.walk("VEVENT")
    assert len(events) == len(calendar.subcomponents)
    for event in events:
        assert event.errors == []
        assert REQUIRED <= set(event) <= ALLOWED
        # What stands twice is read as a list.
        assert not any(isinstance(value, list) for value in event.values())
        assert event["DTSTAMP"].dt.tzinfo is not None
    assert len({event["UID"] for event in events}) == len(events)
    return calendar, events


def one(**fields: Any) -> Event:
    values = {"uid": "en@drammen.example", "at": DEADLINE, "title": "Frist", **fields}
    _calendar, [event] = parse(calendar_file([CalendarEvent(**values)], name="Frister", made_at=MADE))
    return event


def test_an_instant_stands_in_utc() -> None:
    event = one(url="https://klima.example/rapportering/", revision=3)
    assert {name: getattr(value, "dt", value) for name, value in event.items()} == {
        "UID": "en@drammen.example",
        "DTSTAMP": MADE,
        "DTSTART": DEADLINE,
        "SEQUENCE": 3,
        "SUMMARY": "Frist",
        "URL": "https://klima.example/rapportering/",
        "TRANSP": "TRANSPARENT",
    }
    assert event["DTSTART"].to_ical() == b"20260910T215900Z"


def test_a_day_is_a_day() -> None:
    start = one(at=date(2026, 9, 10))["DTSTART"]
    assert (start.dt, start.params["VALUE"]) == (date(2026, 9, 10), "DATE")


def test_an_empty_calendar_is_one() -> None:
    calendar, events = parse(calendar_file([], name="Frister; alle, sammen", made_at=MADE))
    # Not of the standard, so icalendar gives it as it stands in the file.
    assert calendar["X-WR-CALNAME"] == "Frister\\; alle\\, sammen"
    assert events == []


def test_many_events_keep_their_order() -> None:
    made = [
        CalendarEvent(uid=f"{number}@drammen.example", at=DEADLINE + timedelta(days=number), title="Frist")
        for number in range(3)
    ]
    _calendar, events = parse(calendar_file(made, name="Frister", made_at=MADE))
    assert [(event["UID"], event["DTSTART"].dt) for event in events] == [(one.uid, one.at) for one in made]


@given(st.text(max_size=300))
def test_any_title_comes_back(title: str) -> None:
    kept = "".join(sign for sign in title.replace("\r\n", "\n") if sign == "\n" or sign.isprintable())
    event = one(title=title, text=title)
    assert event["SUMMARY"] == kept
    assert event.get("DESCRIPTION", "") == kept


def test_long_lines_are_folded_between_letters() -> None:
    assert one(title="Ærfuglåra " * 40)["SUMMARY"] == "Ærfuglåra " * 40


# --- Whose deadlines -----------------------------


def titles(world: World, client: Any) -> list[str]:
    response = client.get("/rapportering/kalender.ics")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="klimarapportering.ics"'
    return [str(event["SUMMARY"]) for event in parse(response.content)[1]]


OPENS = "Rapporteringen for 2. tertial 2026 åpner"
CONTACT = "Klimarapport for 2. tertial 2026: frist for Samferdsel, vei- og parkforvaltning"
LEADER = "Godkjenne klimarapport for 2. tertial 2026: Samferdsel, vei- og parkforvaltning"
PERIOD = [
    OPENS,
    "Klimarapport for 2. tertial 2026: frist for kontaktpersoner",
    "Klimarapport for 2. tertial 2026: frist for ledere",
    "Rapporteringen for 2. tertial 2026 lukkes",
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("kontakt", [OPENS, CONTACT]),
        ("vara", [OPENS, CONTACT]),
        ("leder", [OPENS, LEADER]),
        ("klima", PERIOD),
        ("analyse", PERIOD),
        ("revisor", PERIOD),
        ("direktor", [OPENS]),
        ("utvalg", []),
        ("ingen", []),
    ],
)
def test_everybody_gets_her_own(world: World, as_user: Any, name: str, expected: list[str]) -> None:
    assert titles(world, as_user(world.cast.people()[name])) == expected


@pytest.mark.django_db
def test_strangers_log_in(world: World, client: Any) -> None:
    assert client.get("/rapportering/kalender.ics").status_code == 302


@pytest.mark.django_db
def test_a_leader_who_reports_herself_gets_both(world: World, as_user: Any) -> None:
    Appointment.objects.filter(user__in=[world.cast.kontakt, world.cast.vara]).delete()
    assert titles(world, as_user(world.cast.leder)) == [OPENS, CONTACT, LEADER]


@pytest.mark.django_db
def test_an_extended_deadline_is_the_same_event_moved(world: World, as_user: Any) -> None:
    client = as_user(world.cast.kontakt)
    before = parse(client.get("/rapportering/kalender.ics").content)[1][-1]
    UnitReport.objects.filter(unit=world.cast.transport).update(
        contact_deadline=DEADLINE + timedelta(days=7),
        leader_deadline=DEADLINE + timedelta(days=9),
        version=world.report().version + 1,
    )
    after = parse(client.get("/rapportering/kalender.ics").content)[1][-1]
    assert before["UID"] == after["UID"]
    assert (before["DTSTART"].dt, after["DTSTART"].dt) == (DEADLINE, DEADLINE + timedelta(days=7))
    assert after["SEQUENCE"] > before["SEQUENCE"]


@pytest.mark.django_db
def test_units_that_answer_elsewhere_and_closed_periods_have_none(world: World, as_user: Any) -> None:
    UnitReport.objects.update(place=Place.THERE)
    assert titles(world, as_user(world.cast.kontakt)) == [OPENS]
    Period.objects.update(closed_at=NOW)
    assert titles(world, as_user(world.cast.klima)) == []


@pytest.mark.django_db
def test_the_analysts_steps_and_the_leaders_questions(world: World, as_user: Any) -> None:
    PeriodStep.objects.create(period=world.period, kind=PeriodStepKind.MONEY, due_at=DEADLINE)
    assert "Kontroll av pengene, 2. tertial 2026" in titles(world, as_user(world.cast.analyse))
    LeaderQuestion.objects.create(
        from_unit=world.cast.kitchen,
        to_unit=world.cast.transport,
        question="Kan dere levere med elbil?",
        due_on=date(2026, 10, 1),
        asked_by=world.cast.annen_leder,
    )
    assert "Svare Ernæring og kjøkkendrift på spørsmål" in titles(world, as_user(world.cast.leder))
    assert "Svare Ernæring og kjøkkendrift på spørsmål" not in titles(world, as_user(world.cast.kontakt))


@pytest.mark.django_db
def test_the_page_leads_to_it(world: World, as_user: Any) -> None:
    link = "/rapportering/kalender.ics"
    assert link in as_user(world.cast.kontakt).get("/rapportering/").content.decode()
    assert link not in as_user(world.cast.utvalg).get("/rapportering/").content.decode()
