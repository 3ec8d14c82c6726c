"""The page of the municipality's year, and what goes by it from then on: suggestions, mail, deadlines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from organisation.actions.switches import set_switches
from organisation.actions.year import YearAnswers, save_year
from organisation.calculations.year import NO_QUIET_DAYS, USUAL_QUIET_DAYS, QuietDays
from organisation.enums import TOLD_ELSEWHERE, Switch, YearMark
from organisation.models import Municipality, User, YearDate, YearTable
from organisation.queries.year import year_plan
from reporting.actions.extensions import extend_deadline
from reporting.actions.messages import queue_due_messages
from reporting.actions.periods import change_deadlines, open_period
from reporting.actions.questions import ask
from reporting.enums import MessageKind, PeriodKind
from reporting.models import Period, ReportMessage
from strategy.actions.hearings import SectionText, open_round
from tests.cast import Cast
from tests.clock import NOW
from tests.html_rules import broken_rules
from tests.report_forms import text_of
from tests.reporting_world import DEADLINE, World, deadlines
from web.actors import DEMO
from web.concurrency import StaleObject
from web.contributions import calendar_entry, collect
from web.formats import OSLO
from web.refusals import Refused

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
PAGE, EDIT = "/organisasjon/aret/", "/organisasjon/aret/endre/"


def posted(client: Client, **changes: str) -> dict[str, str]:
    """The form as it stands, with these changes, as a browser would send it."""
    form = client.get(EDIT).context["form"]
    values = {name: form[name].field.widget.format_value(form[name].value()) for name in form.fields}
    values["easter"] = "on" if form["easter"].value() else ""
    data = {name: "" if value is None else str(value) for name, value in values.items()} | changes
    return {name: value for name, value in data.items() if value or name != "easter"}


def plan_year(by: Any, quiet: QuietDays = USUAL_QUIET_DAYS, **given: Any) -> YearTable:
    stored = YearTable.objects.first()
    answers = YearAnswers(quiet=quiet, **{"yearly": {}, "dated": {}, **given})
    return save_year(by=by, answers=answers, version=stored.version if stored else 0)


# --- The page ---------------------------------------------------------------------------------------


def test_the_page_says_what_comes_next_and_shows_the_year_in_order(cast: Cast, as_user: AsUser) -> None:
    answer = as_user(cast.kontakt).get(PAGE)
    text = text_of(answer)
    assert broken_rules(answer.text) == []
    assert "Neste: Gjennomgang med selskapene, torsdag 10. september, om 3 dager." in text.replace(
        "\xa0", " "
    )
    rows = answer.context["rows"]
    assert [row["what"] for row in rows][:3] == [
        "Årsrapporten åpner",
        "Møte 1 i Klimalaget",
        "Søknadsfrist for Klimasats",
    ]
    assert [row["when"] for row in rows if not row["is_known"]] == ["ikke kjent ennå"]
    assert "Uke 27–31" in text
    assert EDIT not in answer.text
    assert EDIT in as_user(cast.klima).get(PAGE).text
    assert f'href="{PAGE}"' in as_user(cast.kontakt).get("/organisasjon/").text
    assert as_user(cast.kontakt).get(EDIT).status_code == 403


@pytest.mark.parametrize("name", ["klima", "admin"])
def test_those_who_plan_it_change_it(cast: Cast, as_user: AsUser, name: str) -> None:
    client = as_user(cast.people()[name])
    assert broken_rules(client.get(EDIT).text) == []
    changes = {
        "second_tertial": "5.9.", "grants": "15.2.2027", "first_week": "28", "easter": "",
        "december_from": "", "january_until": "",
    }  # fmt: skip
    answer = client.post(EDIT, posted(client, **changes))
    assert (answer.status_code, answer["Location"]) == (303, PAGE)
    plan = year_plan()
    assert plan.quiet == QuietDays(first_week=28, last_week=31)
    assert plan.day_of(YearMark.SECOND_TERTIAL, 2027) == date(2027, 9, 5)
    assert plan.day_of(YearMark.GRANTS, 2027) == date(2027, 2, 15)
    # Only what is not as usual is stored.
    assert YearDate.objects.count() == 2
    text = text_of(client.get(PAGE)).replace("\xa0", " ")
    assert "15. februar 2027" in text
    assert "Uke 28–31" in text
    assert "Påskeuken" not in text
    # Back again: nothing is left of it.
    usual = {"second_tertial": "1.9.", "grants": ""}
    assert client.post(EDIT, posted(client, **usual)).status_code == 303
    assert YearDate.objects.count() == 0
    assert YearTable.objects.get().version == 2


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("circular", "31.2.", "Dagen finnes ikke hvert år"),
        ("circular", "29.2.", "Dagen finnes ikke hvert år"),
        ("circular", "0.13.", "Dagen finnes ikke hvert år"),
        ("circular", "våren", "Skriv dag og måned"),
        ("circular", "", "Må fylles ut."),
        ("grants", "31.2.2027", "Datoen finnes ikke."),
        ("grants", "15.2.2036", "i år eller neste år"),
        ("last_week", "54", "53 eller lavere"),
        ("first_week", "0", "1 eller høyere"),
        ("last_week", "26", "kan ikke komme før den første"),
        ("last_week", "53", "høyst 15 uker"),
        ("last_week", "", "Fyll ut begge"),
        ("january_until", "", "Fyll ut begge"),
        ("december_from", "32", "31 eller lavere"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    cast: Cast, as_user: AsUser, field: str, typed: str, sentence: str
) -> None:
    client = as_user(cast.klima)
    answer = client.post(EDIT, posted(client, **{field: typed}))
    assert answer.status_code == 422
    assert sentence in str(answer.context["form"].errors[field])
    assert not YearTable.objects.exists()


def test_two_who_plan_at_once(cast: Cast, as_user: AsUser) -> None:
    late = as_user(cast.admin)
    form = posted(late, circular="2.5.")
    plan_year(cast.klima, yearly={YearMark.CIRCULAR: (5, 3)})
    answer = late.post(EDIT, form)
    assert answer.status_code == 409
    assert "3.5." in text_of(answer)
    with pytest.raises(StaleObject):
        save_year(by=cast.klima, answers=YearAnswers(quiet=NO_QUIET_DAYS, yearly={}, dated={}), version=0)


def test_a_day_of_a_year_stays_when_the_year_is_over(cast: Cast) -> None:
    plan_year(cast.klima, dated={YearMark.GRANTS: date(2026, 2, 15)})
    plan_year(cast.klima, dated={YearMark.GRANTS: date(2027, 2, 10)})
    assert list(YearDate.objects.order_by("year").values_list("year", "day")) == [(2026, 15), (2027, 10)]
    # Written for the wrong year: the later one goes.
    plan_year(cast.klima, dated={YearMark.GRANTS: date(2026, 11, 2)})
    assert list(YearDate.objects.values_list("year", "month")) == [(2026, 11)]


@pytest.mark.parametrize(
    "fields",
    [
        {"mark": "circular", "month": 2, "day": 30},
        {"mark": "circular", "month": 2, "day": 29},
        {"mark": "circular", "month": 4, "day": 31},
        {"mark": "circular", "month": 13, "day": 1},
        {"mark": "grants", "month": 2, "day": 1},
        {"mark": "christmas", "month": 12, "day": 24},
        {"mark": "frames", "month": 6, "day": 1},
    ],
)
def test_the_database_knows_days_too(cast: Cast, fields: dict[str, Any]) -> None:
    table = plan_year(cast.klima, yearly={YearMark.FRAMES: (6, 2)})
    with pytest.raises(IntegrityError), transaction.atomic():
        YearDate.objects.create(table=table, **fields)
    YearDate.objects.create(table=table, mark="grants", year=2028, month=2, day=29)


@pytest.mark.parametrize(
    "fields",
    [
        {"id": 2},
        {"first_week": None},
        {"first_week": 32},
        {"first_week": 1},
        {"last_week": 54},
        {"january_until": None},
        {"december_from": 0},
    ],
)
def test_the_database_knows_quiet_days_too(fields: dict[str, Any]) -> None:
    usual = asdict(USUAL_QUIET_DAYS)
    with pytest.raises(IntegrityError), transaction.atomic():
        YearTable.objects.create(**usual | fields)
    YearTable.objects.create(**usual)


def test_what_is_switched_off_is_not_in_the_year(cast: Cast, as_user: AsUser) -> None:
    Municipality.objects.create(name="Skien", number="4003", organisation="Skien kommune", mfa_required=False)
    plan_year(cast.klima, yearly={YearMark.FIRST_MEETING: (2, 20)})
    set_switches(by=cast.admin, on=[Switch.OWN_OPERATIONS], version=1)
    client = as_user(cast.klima)
    text = text_of(client.get(PAGE))
    assert "Forbruket i egen virksomhet" in text
    for word in ("tertial", "Klimalaget", "fem minutter"):
        assert word not in text
    assert client.post(EDIT, posted(client, circular="4.5.")).status_code == 303
    # It is as it was when it is switched on again.
    assert year_plan().yearly(YearMark.FIRST_MEETING) == (2, 20)


# --- The year wheel ---------------------------------------------------------------------------------


def test_the_year_wheel_has_what_no_other_room_tells_of(cast: Cast) -> None:
    span = date(2026, 9, 1), date(2026, 12, 31)
    found = {one.title: one.day for one in collect(calendar_entry, cast.klima, *span)}
    assert found["Vedtak i kommunestyret"] == date(2026, 12, 10)
    assert not {"2. tertial åpner", "Møte 3 i Klimalaget"} & set(found)
    assert YearMark.SECOND_TERTIAL in TOLD_ELSEWHERE
    assert collect(calendar_entry, cast.kontakt, *span) == []


# --- Reporting goes by it ---------------------------------------------------------------------------


def test_a_period_is_suggested_by_the_year(world: World, as_user: AsUser) -> None:
    plan_year(world.cast.klima, yearly={YearMark.ANNUAL_REPORT: (1, 18)})
    form = as_user(world.cast.klima).get(reverse("reporting:open_period"), {"year": "2026", "kind": "AR"})
    assert form.context["form"]["opens_at_day"].value() == date(2027, 1, 18)


def test_quiet_weeks_send_no_reminders_but_what_somebody_did(world: World) -> None:
    week = NOW.isocalendar().week
    plan_year(world.cast.klima, QuietDays(first_week=week, last_week=week))
    before = ReportMessage.objects.count()
    assert queue_due_messages() == 0
    world.answer()
    world.submit()
    told = ReportMessage.objects.order_by("pk")[before:]
    assert {one.kind for one in told} == {MessageKind.RECEIPT, MessageKind.WAITS}
    plan_year(world.cast.klima, NO_QUIET_DAYS)
    assert queue_due_messages() > 0


CHRISTMAS = datetime(2026, 12, 28, 12, tzinfo=OSLO)
HOLIDAY = "Helligdager har ingen frister. Velg fredag 14. mai 2027 eller tirsdag 18. mai 2027."
NEAREST = "Velg mandag 21. desember eller mandag 4. januar 2027."
WHIT_MONDAY = datetime(2027, 5, 17, 23, 59, tzinfo=OSLO)


def refused_at(field: str, sentence: str, act: Callable[[], object]) -> None:
    with pytest.raises(Refused) as refused:
        act()
    found = {one.field: one.text.replace("\xa0", " ") for one in refused.value.reasons}
    assert sentence in found[field], found


def test_no_period_has_a_deadline_there(world: World) -> None:
    opens = NOW + timedelta(days=1)

    def opening(by: Any, **given: datetime) -> Period:
        wanted = {"opens_at": opens, "contact_deadline": CHRISTMAS, "leader_deadline": CHRISTMAS,
                  "closes_at": datetime(2027, 1, 12, 12, tzinfo=OSLO)} | given  # fmt: skip
        return open_period(by=by, year=2026, kind=PeriodKind.ANNUAL, budget=world.budget, **wanted)

    refused_at("contact_deadline_day", f"De stille ukene har ingen frister. {NEAREST}",
               lambda: opening(world.cast.klima))  # fmt: skip
    refused_at("leader_deadline_day", NEAREST, lambda: opening(world.cast.klima))
    near = {
        "contact_deadline": CHRISTMAS - timedelta(days=7),
        "leader_deadline": CHRISTMAS - timedelta(days=7),
    }
    refused_at("closes_at_day", HOLIDAY,
               lambda: opening(world.cast.klima, **near, closes_at=WHIT_MONDAY))  # fmt: skip
    # Until midnight is until the day before is over, and ordinary weekends are as they were.
    midnight = datetime(2026, 12, 22, 0, 0, tzinfo=OSLO)
    sunday = datetime(2026, 12, 20, 12, tzinfo=OSLO)
    assert opening(world.cast.klima, contact_deadline=sunday, leader_deadline=midnight).pk


def test_the_portal_itself_may_say_what_was(world: World) -> None:
    wanted = deadlines(NOW) | {"closes_at": CHRISTMAS}
    period = open_period(by=DEMO, year=2026, kind=PeriodKind.ANNUAL, budget=world.budget, **wanted)
    # And what stands there is not refused when something else is changed.
    other = wanted | {"leader_deadline": wanted["leader_deadline"] + timedelta(days=1)}
    assert (
        change_deadlines(by=world.cast.klima, period=period, version=1, reason="Ferie", **other).version == 2
    )
    later = CHRISTMAS + timedelta(days=1)
    refused_at("closes_at_day", NEAREST,
               lambda: change_deadlines(by=world.cast.klima, period=period, version=2, reason="Ferie",
                                        **other | {"closes_at": later}))  # fmt: skip


def test_a_unit_gets_no_time_until_a_quiet_day(world: World, as_user: AsUser) -> None:
    week = DEADLINE.isocalendar().week + 1
    plan_year(world.cast.klima, QuietDays(first_week=week, last_week=week))
    report = world.report()
    later = DEADLINE + timedelta(days=5)

    def extend(contact: datetime, leader: datetime) -> object:
        return extend_deadline(by=world.cast.klima, report=report, version=report.version,
                               contact_deadline=contact, leader_deadline=leader, reason="Sykdom")  # fmt: skip

    refused_at("contact_deadline_day", "Velg fredag 11. september eller mandag 21. september.",
               lambda: extend(later, DEADLINE + timedelta(days=12)))  # fmt: skip
    # The leaders' own, in the quiet week since before it was chosen, stands.
    assert extend(DEADLINE + timedelta(days=1), report.leader_due)
    client = as_user(world.cast.klima)
    address = world.path("frist")
    form = client.get(address).context["form"]
    data = {"contact_deadline_day": "15.09.2026", "contact_deadline_time": "12.00",
            "leader_deadline_day": "21.09.2026", "leader_deadline_time": "12.00",
            "reason": "Sykdom", "version": str(form["version"].value())}  # fmt: skip
    answer = client.post(address, data)
    assert answer.status_code == 422
    assert "De stille ukene" in str(answer.context["form"].errors["contact_deadline_day"])


def test_no_question_and_no_hearing_is_due_there(cast: Cast, as_user: AsUser) -> None:
    day = CHRISTMAS.date()

    def question(by: Any) -> object:
        return ask(by=by, from_unit=cast.transport, to_unit=cast.kitchen, question="Når?", due_on=day)

    refused_at("due_on", NEAREST, lambda: question(cast.leder))
    assert question(DEMO)

    def hearing(by: Any) -> object:
        sections = [SectionText("Mobilitet")]
        return open_round(by=by, title="Høring", sections=sections, units=[cast.kitchen], deadline=CHRISTMAS)

    refused_at("deadline", NEAREST, lambda: hearing(cast.klima))
    assert hearing(DEMO)


def test_the_day_before_is_not_named_when_it_is_past(cast: Cast) -> None:
    with time_machine.travel(datetime(2026, 12, 27, 12, tzinfo=OSLO), tick=False):
        refused_at(
            "due_on",
            "De stille ukene har ingen frister. Velg mandag 4. januar 2027.",
            lambda: ask(
                by=cast.leder,
                from_unit=cast.transport,
                to_unit=cast.kitchen,
                question="Når?",
                due_on=date(2026, 12, 29),
            ),
        )
