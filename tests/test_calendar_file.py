"""The calendar file, read back by a parser that takes RFC 5545 at its word."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisation.models import Appointment
from reporting.enums import PeriodStepKind, Place
from reporting.models import LeaderQuestion, Period, PeriodStep, UnitReport
from tests.reporting_world import DEADLINE, NOW, World
from web.calendar_file import CalendarEvent, calendar_file

MADE = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)
NAME = re.compile(r"[A-Z0-9-]+")
INSTANT = re.compile(r"\d{8}T\d{6}Z")
ESCAPED = re.compile(r"\\[\\;,nN]")
ONCE = {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "DESCRIPTION", "URL", "SEQUENCE", "TRANSP"}

Properties = dict[str, str]


def parse(content: bytes) -> tuple[Properties, list[Properties]]:
    """(the calendar's own properties, its events). Fails on whatever the standard does not allow."""
    assert content.endswith(b"\r\n")
    lines = content.split(b"\r\n")[:-1]
    assert all(b"\r" not in line and b"\n" not in line for line in lines)
    assert all(0 < len(line) <= 75 for line in lines)
    for line in lines:
        line.decode()  # no letter is cut in two
    unfolded: list[str] = []
    for line in lines:
        if line.startswith(b" "):
            unfolded[-1] += line[1:].decode()
        else:
            unfolded.append(line.decode())
    assert unfolded[0] == "BEGIN:VCALENDAR"
    assert unfolded[-1] == "END:VCALENDAR"
    calendar: Properties = {}
    events: list[Properties] = []
    inside: Properties | None = None
    for line in unfolded[1:-1]:
        name, _colon, value = line.partition(":")
        assert NAME.fullmatch(name.partition(";")[0]), line
        if line == "BEGIN:VEVENT":
            assert inside is None
            inside = {}
        elif line == "END:VEVENT":
            assert inside is not None
            events.append(inside)
            inside = None
        else:
            part = calendar if inside is None else inside
            assert name not in part, f"{name} twice"
            part[name] = value
    assert inside is None
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    for event in events:
        assert {name.partition(";")[0] for name in event} <= ONCE
        assert event["UID"]
        assert INSTANT.fullmatch(event["DTSTAMP"])
        start = event.get("DTSTART", "")
        assert INSTANT.fullmatch(start) or re.fullmatch(r"\d{8}", event.get("DTSTART;VALUE=DATE", ""))
        assert event["SEQUENCE"].isdecimal()
        for name in ("SUMMARY", "DESCRIPTION"):
            bare = ESCAPED.sub("", event.get(name, ""))
            assert not set(bare) & set("\\;,"), event
    assert len({event["UID"] for event in events}) == len(events)
    return calendar, events


def text(value: str) -> str:
    """A value of type TEXT as people read it."""
    return ESCAPED.sub(lambda found: "\n" if found[0][1] in "nN" else found[0][1], value)


def one(**fields: Any) -> Properties:
    values = {"uid": "en@drammen.example", "at": DEADLINE, "title": "Frist", **fields}
    _calendar, [event] = parse(calendar_file([CalendarEvent(**values)], name="Frister", made_at=MADE))
    return event


def test_an_instant_stands_in_utc() -> None:
    event = one(url="https://klima.example/rapportering/", revision=3)
    assert event == {
        "UID": "en@drammen.example",
        "DTSTAMP": "20260901T060000Z",
        "DTSTART": "20260910T215900Z",
        "SEQUENCE": "3",
        "SUMMARY": "Frist",
        "URL": "https://klima.example/rapportering/",
        "TRANSP": "TRANSPARENT",
    }


def test_a_day_is_a_day() -> None:
    assert one(at=date(2026, 9, 10))["DTSTART;VALUE=DATE"] == "20260910"


def test_an_empty_calendar_is_one() -> None:
    calendar, events = parse(calendar_file([], name="Frister; alle, sammen", made_at=MADE))
    assert text(calendar["X-WR-CALNAME"]) == "Frister; alle, sammen"
    assert events == []


@given(st.text(max_size=300))
def test_any_title_comes_back(title: str) -> None:
    kept = "".join(sign for sign in title.replace("\r\n", "\n") if sign == "\n" or sign.isprintable())
    event = one(title=title, text=title)
    assert text(event["SUMMARY"]) == kept
    assert text(event.get("DESCRIPTION", "")) == kept


def test_long_lines_are_folded_between_letters() -> None:
    assert text(one(title="Ærfuglåra " * 40)["SUMMARY"]) == "Ærfuglåra " * 40


# --- Whose deadlines -----------------------------


def titles(world: World, client: Any) -> list[str]:
    response = client.get("/rapportering/kalender.ics")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="klimarapportering.ics"'
    return [text(event["SUMMARY"]) for event in parse(response.content)[1]]


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
    assert (before["DTSTART"], after["DTSTART"]) == ("20260910T215900Z", "20260917T215900Z")
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])


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
