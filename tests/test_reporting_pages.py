"""The pages of a report: what they say, what they refuse, and that they work without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organisation.models import User
from reporting.actions.reports import StatusAnswers, save_status
from reporting.enums import ReportState, Status
from reporting.models import ReportVersion
from tests.cast import Cast
from tests.html_rules import broken_rules, parse
from tests.report_forms import HTMX, fields, form_of, posted_by, save, text_of
from tests.reporting_world import DEADLINE, DELAYED, NOW, ON_TRACK, World, build
from web.contributions import calendar_entry, collect, min_side_task

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]


def test_the_form_names_its_budget_and_asks_about_each_measure(world: World, as_user: AsUser) -> None:
    response = as_user(world.cast.kontakt).get(world.path())
    assert response.status_code == 200
    text = text_of(response)
    assert "Klimarapport for 2. tertial 2026" in text
    assert "Rapporteres mot Klimabudsjett 2026, vedtatt 9. desember 2025." in text
    assert "ikke skriv personopplysninger" in text
    assert "Elbiler levert (måltall 24 ved årsslutt)" in text
    assert "0 av 4 tiltak er bekreftet." in text
    assert "om 3 dager" in text
    assert text.count("Ikke bekreftet") == 4
    assert "Hva er årsaken?" not in text
    assert broken_rules(response.content.decode()) == []


def test_the_whole_loop_without_javascript(world: World, as_user: AsUser) -> None:
    contact, leader, klima = (as_user(world.cast.people()[name]) for name in ("kontakt", "leder", "klima"))
    form = form_of(contact, world)
    one, two, three, four = world.statuses()
    form |= {f"s-{status.pk}-status": "on_track" for status in (one, three, four)}
    form[f"s-{two.pk}-status"] = "delayed"

    saved = contact.post(world.path(), form)
    assert (saved.status_code, saved.headers["Location"]) == (303, world.path())
    assert "Hva er årsaken?" in text_of(contact.get(world.path()))

    form = form_of(contact, world) | {
        f"s-{two.pk}-indicator_value": "11",
        f"s-{two.pk}-what_happened": "Elleve av 24 biler er levert.",
        f"s-{two.pk}-cause": "Forsinket levering.",
        f"s-{two.pk}-corrective_action": "Vi leier fire elbiler.",
        f"s-{two.pk}-new_date": "31. mai 2027",
        f"s-{two.pk}-delayed_share": "50 %".replace(" %", ""),
    }
    sent = contact.post(world.path("send"), form)
    assert sent.status_code == 303
    receipt = contact.get(sent.headers["Location"])
    assert f"2026-T2-{world.cast.transport.pk}-1" in text_of(receipt)
    assert "torsdag 17." in text_of(receipt)

    approving = leader.get(world.path("godkjenn"))
    assert "Fire tiltak, ett utenfor planen." in text_of(approving)
    assert "Forsinket levering." in text_of(approving)
    version = world.report().version
    leader.post(world.path("godkjenn"), {"version": version, "comment": "Vi følger med."})
    assert world.report().state == ReportState.APPROVED
    assuring = klima.get(world.path("kvalitetssikre"))
    assert "Vi følger med." in text_of(assuring)
    klima.post(world.path("kvalitetssikre"), {"version": world.report().version, "comment": ""})
    assert world.report().state == ReportState.ASSURED
    page = text_of(klima.get(world.path()))
    assert "Kvalitetssikret av Klima" in page
    assert "Versjon 1, sendt 7. september 2026" in page


def test_returned_reports_say_why_and_are_sent_as_the_next_version(world: World, as_user: AsUser) -> None:
    contact, leader = as_user(world.cast.kontakt), as_user(world.cast.leder)
    world.answer()
    world.submit()
    refused = leader.post(world.path("returner"), {"version": world.report().version, "comment": " "})
    assert refused.status_code == 422
    assert "Skriv hva som skal rettes" in text_of(refused)
    leader.post(world.path("returner"), {"version": world.report().version, "comment": "Hvor mange biler?"})
    page = text_of(contact.get(world.path()))
    assert "Rapporten er returnert." in page
    assert "Hvor mange biler?" in page
    sent = contact.post(world.path("send"), form_of(contact, world))
    assert sent.headers["Location"].endswith("kvittering/?nr=2")
    assert "Rapporten er sendt på nytt etter dette" in text_of(
        contact.get(world.path("kvittering") + "?nr=1")
    )


# --- Last period ---------------------------------


def test_last_answer_stands_beside_and_confirms_nothing(second_period: World, as_user: AsUser) -> None:
    text = text_of(as_user(second_period.cast.kontakt).get(second_period.path()))
    assert "2. tertial: Forsinket, 11 av 24 biler. «Fem biler levert.»" in text
    assert "0 av 4 tiltak er bekreftet." in text
    assert not any(status.status for status in second_period.statuses())


def test_the_leader_sees_deviations_then_changes_then_the_rest(second_period: World, as_user: AsUser) -> None:
    world = second_period
    world.answer(ON_TRACK, ON_TRACK, DELAYED)
    world.submit()
    text = text_of(as_user(world.cast.leder).get(world.path("godkjenn")))
    order = [text.index(words) for words in ("Utenfor planen", "Tiltak T3", "Endret siden sist", "Tiltak T2")]
    assert order == sorted(order)
    assert text.index("Tiltak T2") < text.index("tiltak uten avvik") < text.index("Tiltak T1")


# --- While typing ---------------------------------


def test_a_field_saves_itself_and_says_when(world: World, as_user: AsUser) -> None:
    response = save(
        as_user(world.cast.kontakt), world, "lagret", status="on_track", what_happened="Ni biler."
    )
    html = response.content.decode()
    assert response.status_code == 200
    assert html.startswith("Lagret kl. 10.42")
    assert "1 av 4 tiltak er bekreftet." in html
    assert f'id="v-{world.status().pk}"' in html
    assert 'value="2"' in html
    assert "<textarea" not in html  # what somebody is typing in is never replaced
    assert world.status().what_happened == "Ni biler."


def test_going_off_plan_opens_the_questions_and_back_clears_them(world: World, as_user: AsUser) -> None:
    client = as_user(world.cast.kontakt)
    opened = save(client, world, "avvik", status="delayed").content.decode()
    assert "Hva er årsaken?" in opened
    save(client, world, "lagret", status="delayed", cause="Nettet er sent.", new_date="31.5.2027")
    closed = save(
        client, world, "avvik", status="on_track", cause="Nettet er sent.", new_date="31.5.2027"
    ).content.decode()
    assert "Hva er årsaken?" not in closed.partition("hx-swap-oob")[0]
    assert "Hva er årsaken? «Nettet er sent.»" in closed  # to be copied back
    stored = world.status()
    assert (stored.status, stored.cause, stored.new_date) == ("on_track", "", None)


@pytest.mark.parametrize("new", ["delayed", "stopped", "on_track", "completed"])
def test_what_is_swapped_in_is_what_a_fresh_page_shows(world: World, as_user: AsUser, new: str) -> None:
    client = as_user(world.cast.kontakt)
    save(client, world, "avvik", status="should_have_started", cause="Sen start.", delayed_share="25")
    swapped = save(
        client, world, "avvik", status=new, cause="Sen start.", delayed_share="25", new_date="1. juni 2027"
    )
    pk = world.status().pk
    fresh = client.get(world.path()).content.decode()

    def block(html: str, identity: str) -> str:
        places = {"id": identity, "hx-swap-oob": f"innerHTML:#{identity}"}
        node = next(
            node
            for node in parse(html).walk()
            if any(node.attributes.get(name) == place for name, place in places.items())
        )
        parts = [
            f"{one.tag}{sorted((k, v) for k, v in one.attributes.items() if k != 'hx-swap-oob')}{one.text}"
            for one in node.walk()
            if one is not node
        ]
        return re.sub(r"\s+", " ", node.text + " ".join(parts))

    html = swapped.content.decode()
    for identity in (f"avvik-{pk}", f"merke-{pk}", f"svar-{pk}", f"knapp-{pk}", "fremdrift"):
        assert block(html, identity) == block(fresh, identity)
    assert f'id="v-{pk}" name="s-{pk}-version" value="{world.status().version}"' in fresh


def test_the_delay_is_told_in_tonnes_from_the_adopted_budget(world: World, as_user: AsUser) -> None:
    html = save(
        as_user(world.cast.kontakt),
        world,
        "lagret",
        status="delayed",
        delayed_share="50",
        new_date="1.7.2027",
    ).content.decode()
    # Half of 40 t in 2026, and half of 90 t for 181 of the 365 days of 2027.
    assert "Anslag: 42 tonn mindre kutt samlet 2026–2030." in html


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("indicator_value", "abc", "Skriv et tall, for eksempel 1 234,5."),
        ("indicator_value", "1.234", "Mener du"),
        ("delayed_share", "101", "100 eller lavere"),
        ("delayed_share", "0", "høyere"),
        ("new_date", "snart", "Skriv en dato"),
        ("new_date", "31.2.2027", "Datoen finnes ikke"),
        ("what_happened", "x" * 1001, "1000"),
        ("status", "made_up", "Velg ett av alternativene i listen."),
        ("decision_level", "kongen", "Velg ett av alternativene i listen."),
    ],
)
def test_wrong_input_is_refused_where_it_stands(
    world: World, as_user: AsUser, field: str, typed: str, sentence: str
) -> None:
    client = as_user(world.cast.kontakt)
    given = {"status": "delayed", field: typed}
    response = save(client, world, "lagret", **given)
    assert response.status_code == 422
    assert "Ikke lagret." in response.content.decode()
    whole = client.post(world.path(), fields(world.status(), **given))
    assert whole.status_code == 422
    assert sentence in text_of(whole)
    assert getattr(world.status(), field) in ("", None)
    assert world.status().confirmed_at is None


def test_two_people_in_one_draft_see_both_answers(world: World, as_user: AsUser) -> None:
    contact, deputy = as_user(world.cast.kontakt), as_user(world.cast.vara)
    save(contact, world, "lagret", status="on_track", what_happened="Ti biler.")
    typed = {"version": "1", "status": "delayed", "what_happened": "Ni biler."}
    refused = save(deputy, world, "lagret", **typed)
    assert refused.status_code == 409
    assert "Du skrev «Ni biler.». Lagret nå: «Ti biler.»." in refused.content.decode()
    assert world.status().what_happened == "Ti biler."

    page = deputy.post(world.path(), fields(world.status(), **typed))
    assert page.status_code == 409
    assert "Kontakt Eksempel endret dette" in text_of(page)
    hidden = {
        node.attributes["name"]: node.attributes.get("value", "")
        for node in parse(page.content.decode()).walk()
        if node.tag == "input" and node.attributes.get("name", "").startswith("s-")
    }
    assert deputy.post(world.path(), hidden).status_code == 303
    assert world.status().what_happened == "Ni biler."


def test_a_conflict_in_one_measure_saves_the_others(world: World, as_user: AsUser) -> None:
    contact, deputy = as_user(world.cast.kontakt), as_user(world.cast.vara)
    form = form_of(deputy, world)
    one, two, three, _four = world.statuses()
    save(contact, world, "lagret", status="on_track", what_happened="Ti biler.")
    form |= {
        f"s-{one.pk}-what_happened": "Første.",
        f"s-{two.pk}-what_happened": "Ni biler.",
        f"s-{three.pk}-indicator_value": "",
    }
    assert deputy.post(world.path("send"), form).status_code == 422  # statuses are missing
    form |= {f"s-{status.pk}-status": "on_track" for status in world.statuses()}
    page = deputy.post(world.path("send"), form)
    assert page.status_code == 409
    assert world.status("T1").what_happened == "Første."
    assert world.status("T2").what_happened == "Ti biler."
    assert world.report().state == ReportState.DRAFT


def test_keeping_mine_from_the_card_overwrites_on_purpose(world: World, as_user: AsUser) -> None:
    contact, deputy = as_user(world.cast.kontakt), as_user(world.cast.vara)
    save(contact, world, "lagret", status="on_track", what_happened="Ti biler.")
    status = world.status()
    posted = fields(status, version="1", status="on_track", what_happened="Ni biler.")
    posted[f"s-{status.pk}-version-keep"] = "2"
    assert deputy.post(world.path("lagre", status.pk), posted).status_code == 303
    assert world.status().what_happened == "Ni biler."


# --- Sending ---------------------------------


def test_sending_lists_what_is_missing_and_sends_nothing(world: World, as_user: AsUser) -> None:
    client = as_user(world.cast.kontakt)
    form = form_of(client, world)
    _one, two, *_rest = world.statuses()
    form[f"s-{two.pk}-status"] = "delayed"
    form[f"s-{two.pk}-what_happened"] = "Elleve biler."
    response = client.post(world.path("send"), form)
    assert response.status_code == 422
    html = response.content.decode()
    assert f'href="#id_s-{two.pk}-cause"' in html
    assert f'href="#id_s-{two.pk}-new_date"' in html
    assert "Elleve biler." in html
    assert "<title>Feil:" in html
    for link in re.findall(r'href="#(id_[^"]+)"', html):
        assert f'id="{link}"' in html
    assert not ReportVersion.objects.exists()
    assert world.status().status == ""


def test_a_bare_post_is_checked_against_what_is_stored(world: World, as_user: AsUser) -> None:
    client = as_user(world.cast.kontakt)
    world.answer(ON_TRACK, StatusAnswers(status=Status.STOPPED), ON_TRACK)
    token = form_of(client, world)["submission_token"]
    response = client.post(world.path("send"), {"version": "1", "submission_token": token})
    assert response.status_code == 422
    assert "Skriv hva som er årsaken." in text_of(response)


def test_a_double_click_gives_the_same_receipt(world: World, as_user: AsUser) -> None:
    client = as_user(world.cast.kontakt)
    world.answer()
    form = form_of(client, world)
    first, second = client.post(world.path("send"), form), client.post(world.path("send"), form)
    assert first.headers["Location"] == second.headers["Location"]
    assert ReportVersion.objects.count() == 1


def test_another_form_after_sending_is_not_taken_for_the_same(world: World, as_user: AsUser) -> None:
    contact, deputy = as_user(world.cast.kontakt), as_user(world.cast.vara)
    world.answer()
    mine, other = form_of(contact, world), form_of(deputy, world)
    contact.post(world.path("send"), mine)
    response = deputy.post(world.path("send"), other)
    assert response.status_code == 409
    assert "er sendt inn og kan ikke endres nå" in text_of(response)


def test_a_report_returned_while_open_is_not_sent_blindly(world: World, as_user: AsUser) -> None:
    client = as_user(world.cast.vara)
    world.answer()
    form = form_of(client, world)
    world.submit()
    world.give_back("Skriv mer.")
    response = client.post(world.path("send"), form)
    assert response.status_code == 409
    assert "endret siden du åpnet den" in text_of(response)
    assert world.report().state == ReportState.RETURNED


@pytest.mark.parametrize("token", ["", "made-up"])
def test_a_form_without_its_token_is_refused(world: World, as_user: AsUser, token: str) -> None:
    client = as_user(world.cast.kontakt)
    world.answer()
    form = form_of(client, world) | {"submission_token": token}
    assert client.post(world.path("send"), form).status_code == 400
    assert world.report().state == ReportState.DRAFT


def test_after_close_the_form_says_so(world: World, as_user: AsUser, clock: time_machine.Coordinates) -> None:
    client = as_user(world.cast.kontakt)
    world.answer()
    form = form_of(client, world)
    clock.move_to(world.period.closes_at)
    client = as_user(world.cast.kontakt)
    assert "ble lukket" in text_of(client.get(world.path()))
    for address in (world.path(), world.path("send")):
        response = client.post(address, form)
        assert response.status_code == 409
        assert "ble lukket" in text_of(response)
    typed = save(client, world, "lagret", status="delayed")
    assert typed.status_code == 409
    assert "ble lukket" in typed.content.decode()


def test_late_is_said_on_receipt_report_and_index(
    world: World, as_user: AsUser, clock: time_machine.Coordinates
) -> None:
    world.answer()
    clock.move_to(DEADLINE + timedelta(hours=1))
    world.submit()
    client = as_user(world.cast.kontakt)
    assert "Den kom etter fristen." in text_of(client.get(world.path("kvittering")))
    assert "sendt inn etter fristen" in text_of(client.get(world.path()))
    assert "etter fristen" in text_of(client.get("/rapportering/"))


# --- Who ---------------------------------

READERS = {"klima", "analyse", "radmann", "direktor", "leder", "kontakt", "vara", "revisor", "admin"}
STRANGERS = {"annen", "annen_leder", "utvalg", "ingen"}
# (rest of the address, who gets past the rights to it with GET, with POST)
PAGES: dict[str, tuple[set[str], set[str]]] = {
    "": (READERS, {"kontakt", "vara"}),
    "lagre": (set(), {"kontakt", "vara"}),
    "send": (set(), {"kontakt", "vara"}),
    "kvittering": (READERS, READERS),
    "godkjenn": ({"leder"}, {"leder"}),
    "returner": ({"leder", "klima"}, {"leder", "klima"}),
    "kvalitetssikre": ({"klima"}, {"klima"}),
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", sorted(READERS | STRANGERS))
def test_who_reaches_which_page(world: World, as_user: AsUser, name: str, page: str) -> None:
    world.answer()
    world.submit()
    parts: list[object] = [page] if page else []
    if page == "lagre":
        parts.append(world.status().pk)
    client = as_user(world.cast.people()[name])
    for method, allowed in zip(("get", "post"), PAGES[page], strict=True):
        before = world.report().version
        response = getattr(client, method)(world.path(*parts))
        code = response.status_code
        if name in STRANGERS:
            assert code == 404, f"{method} {page}"
        elif page in {"lagre", "send"} and method == "get":
            assert code == 405
        elif name in allowed:
            assert code not in {403, 404, 405, 500}, f"{method} {page}"
        else:
            assert code == 403, f"{method} {page}"
        assert world.report().version == before or name in allowed


@pytest.mark.parametrize("address", ["2026-T9", "2025-T2", "tull", "2026-AR", "99999-T1"])
def test_an_unknown_period_or_unit_is_not_found(world: World, as_user: AsUser, address: str) -> None:
    client = as_user(world.cast.klima)
    assert client.get(f"/rapportering/{address}/{world.cast.transport.pk}/").status_code == 404
    assert client.get(f"/rapportering/{world.period.code}/999999/").status_code == 404
    assert client.get(world.path("kvittering")).status_code == 404  # nothing is sent yet
    assert client.get(world.path("kvittering") + "?nr=x").status_code == 404


def test_another_reports_measure_is_not_reached_through_mine(world: World, as_user: AsUser) -> None:
    theirs = world.status("K1")
    client = as_user(world.cast.kontakt)
    assert client.post(world.path("lagre", theirs.pk), fields(theirs, status="on_track")).status_code == 404
    client.post(world.path(), fields(theirs, status="on_track"))
    assert world.status("K1").status == ""


def test_only_the_forms_fields_are_written(world: World, as_user: AsUser) -> None:
    extra = {"order": "9", "measure": "1", "report": "1", "line": ""}
    before = world.status()
    save(as_user(world.cast.kontakt), world, "lagret", status="on_track", **extra)
    after = world.status()
    assert (after.order, after.measure_id, after.report_id, after.line_id) == (
        before.order,
        before.measure_id,
        before.report_id,
        before.line_id,
    )


def test_double_approval_is_one_step(world: World, as_user: AsUser) -> None:
    world.answer()
    world.submit()
    client = as_user(world.cast.leder)
    posted = posted_by(client.get(world.path("godkjenn"))) | {"comment": "Ja."}
    first, second = client.post(world.path("godkjenn"), posted), client.post(world.path("godkjenn"), posted)
    assert (first.status_code, second.status_code) == (303, 303)
    assert world.report().transitions.count() == 2


def test_a_leader_with_an_old_page_reads_the_new_report_first(world: World, as_user: AsUser) -> None:
    world.answer()
    old = world.submit().version
    world.give_back()
    world.answer(DELAYED)
    world.submit()
    response = as_user(world.cast.leder).post(world.path("godkjenn"), {"version": old, "comment": "Fint."})
    assert response.status_code == 409
    text = text_of(response)
    assert "Les den på nytt" in text
    assert "Fint." in text
    assert world.report().state == ReportState.SUBMITTED


# --- Index, Min side, calendar ---------------------------------


@pytest.mark.parametrize(
    ("name", "sees", "not_this"),
    [
        ("klima", ["Samferdsel", "Ernæring"], []),
        ("revisor", ["Samferdsel", "Ernæring"], []),
        ("direktor", ["Samferdsel", "Ernæring"], []),
        ("kontakt", ["Samferdsel"], ["Ernæring"]),
        ("annen", ["Ernæring"], ["Samferdsel"]),
        ("utvalg", ["2. tertial 2026"], ["Samferdsel", "Ernæring"]),
        ("ingen", ["Du har ingen rolle"], ["2. tertial 2026", "Samferdsel", "Ernæring"]),
    ],
)
def test_the_index_shows_what_one_may_read(
    world: World, as_user: AsUser, name: str, sees: list[str], not_this: list[str]
) -> None:
    response = as_user(world.cast.people()[name]).get("/rapportering/")
    assert response.status_code == 200
    text = text_of(response)
    assert all(words in text for words in sees)
    assert not any(words in text for words in not_this)
    assert broken_rules(response.content.decode()) == []


def tasks(user: User) -> list[tuple[str, str, str]]:
    fresh = User.objects.get(pk=user.pk)
    found = [(task.title, task.detail, task.button) for task in collect(min_side_task, fresh, NOW)]
    # The leaders' yearly part waits beside all of this; tests/test_follow_ups.py.
    return [task for task in found if not task[0].startswith("Strategioppfølging")]


def test_min_side_follows_the_chain(world: World) -> None:
    cast = world.cast
    title = "Klimarapport for 2. tertial 2026"
    assert tasks(cast.kontakt) == [(title, "Fire tiltak. Ingen er bekreftet ennå.", "Start")]
    for code in ("T1", "T2"):
        status = world.status(code)
        save_status(by=cast.kontakt, status=status, version=1, answers=ON_TRACK)
    assert tasks(cast.vara) == [(title, "Fire tiltak. To er bekreftet, to gjenstår.", "Fortsett")]
    assert tasks(cast.leder) == tasks(cast.klima) == tasks(cast.direktor) == tasks(cast.utvalg) == []
    world.answer(DELAYED, ON_TRACK)
    world.submit()
    assert tasks(cast.kontakt) == []
    [(approve, detail, _button)] = tasks(cast.leder)
    assert approve == "Godkjenn klimarapporten for 2. tertial 2026"
    assert detail == "Samferdsel, vei- og parkforvaltning. Fire tiltak, ett utenfor planen."
    world.give_back("Skriv mer.")
    assert tasks(cast.kontakt) == [(title, "Returnert: Skriv mer.", "Rett opp")]
    world.submit()
    world.approve()
    assert tasks(cast.klima) == [
        (
            "Kvalitetssikre klimarapporter for 2. tertial 2026",
            "Godkjent av leder: Samferdsel, vei- og parkforvaltning.",
            "Kvalitetssikre",
        )
    ]


def test_deadlines_stand_in_the_calendar_of_those_they_concern(world: World) -> None:
    start, end = NOW.date(), NOW.date() + timedelta(days=30)

    def entries(user: User) -> list[str]:
        return [
            entry.title for entry in collect(calendar_entry, user, start, end) if "2. tertial" in entry.title
        ]

    expected = [
        "Klimarapport for 2. tertial 2026: frist for kontaktpersoner",
        "Klimarapport for 2. tertial 2026: frist for ledere",
    ]
    assert entries(world.cast.kontakt) == entries(world.cast.analyse) == expected
    assert entries(world.cast.utvalg) == []


# --- Queries ---------------------------------


@pytest.mark.parametrize("page", ["form", "read", "approve", "index", "save"])
def test_queries_do_not_grow_with_the_measures(cast: Cast, clock: object, as_user: AsUser, page: str) -> None:
    counts = {}
    for measures in (1, 3, 30):
        world = build(cast, measures, year=2025 + measures, prefix=f"{measures}-")
        later = replace(DELAYED, new_date=DELAYED.new_date.replace(year=2060))
        world.answer(later, replace(later, indicator_value=Decimal(1)))
        if page in {"read", "approve"}:
            world.submit()
        client = as_user(cast.leder if page == "approve" else cast.kontakt)
        client.get("/rapportering/")  # what is read once per process is not counted
        with CaptureQueriesContext(connection) as queries:
            if page == "save":
                status = world.statuses()[min(2, measures) - 1]
                response = client.post(
                    world.path("lagre", status.pk),
                    fields(status, status="on_track"),
                    headers=HTMX | {"HX-Target": f"lagret-{status.pk}"},
                )
            else:
                path = {"index": "/rapportering/", "approve": world.path("godkjenn")}.get(page, world.path())
                response = client.get(path)
        assert response.status_code == 200
        counts[measures] = len(queries)
    assert len(set(counts.values())) == 1, counts
