"""A leader quits, a stand-in approves, a contact hands over, a unit gets a new place and a new name.

One test, in a real browser: each step stands on the one before.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from climate_portal.demo_data.organisation import LEAVES, MOVES, MOVES_TO, person
from organisation.actions.handovers import carry_out_due_handovers
from organisation.actions.units import carry_out_due_changes
from organisation.models import Handover, Unit
from tests.browser import OpenTab, Tab, faults_of, log_in, work_off_jobs
from web.actors import WORKER
from web.formats import format_numeric_date

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

UNIT, NEW_NAME = "Arealplan", "Plan og areal"
STAND_IN = "vara@drammen.example"


def test_a_year_with_a_reorganisation(open_tab: OpenTab) -> None:
    admin = open_tab()
    log_in(admin, "admin")
    the_leader_quits(admin)
    a_stand_in_is_named(admin)

    stand_in = open_tab(phone=True)
    log_in(stand_in, "vara")
    she_approves(stand_in)

    contact = open_tab()
    log_in(contact, "kontakt.kompetanse")
    the_contact_hands_over(contact)

    klima = open_tab("klima")
    the_year_is_published(klima, 1)
    a_unit_moves_on_its_day(admin)
    a_unit_gets_a_new_name(admin)
    old_documents_keep_the_old_one(admin)
    the_year_is_published(klima, 2)
    each_publication_has_the_names_of_its_day(open_tab())


def unit_page(tab: Tab, name: str) -> Page:
    return tab.go(f"/organisasjon/{Unit.objects.get(name=name).pk}/")


def save(page: Page, button: str) -> None:
    page.get_by_role("main").get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()


def the_leader_quits(admin: Tab) -> None:
    page = unit_page(admin, UNIT)
    page.get_by_role("link", name=f"Leder {UNIT}", exact=True).click()
    page.get_by_role("link", name="Steng ute").click()
    save(page, "Steng ute")
    expect(page.get_by_role("main")).to_contain_text("Stengt ute")
    page = admin.go("/organisasjon/")
    expect(page.get_by_role("main")).to_contain_text(f"{UNIT}: leder")
    assert faults_of(page) == []


def a_stand_in_is_named(admin: Tab) -> None:
    page = unit_page(admin, UNIT)
    expect(page.get_by_role("main")).to_contain_text("Virksomheten har ingen leder nå")
    page.get_by_role("link", name="Gi en rolle").click()
    page.locator("#id_role").select_option("stand_in")
    page.locator("#id_email").fill(STAND_IN)
    with admin.expecting(422):
        save(page, "Gi rollen")
        expect(page.get_by_role("main")).to_contain_text("En stedfortreder har en siste dag. Skriv den.")
    expect(page.locator("#id_email")).to_have_value(STAND_IN)
    page.locator("#id_valid_to").fill(format_numeric_date(timezone.localdate() + timedelta(days=30)))
    save(page, "Gi rollen")
    expect(page.get_by_role("main")).to_contain_text("Vara Eksempel")


def she_approves(stand_in: Tab) -> None:
    page = stand_in.go("/")
    page.get_by_role("main").get_by_role("link", name=re.compile(UNIT)).first.click()
    page.wait_for_load_state()
    assert faults_of(page) == []
    page = stand_in.go(f"/rapportering/2026-T2/{Unit.objects.get(name=UNIT).pk}/godkjenn/")
    page.get_by_role("main").get_by_role("button", name=re.compile("Godkjenn")).first.click()
    page.wait_for_load_state()
    expect(page.get_by_role("main")).to_contain_text(re.compile("stedfortreder|Godkjent"))


def the_contact_hands_over(contact: Tab) -> None:
    page = contact.go("/")
    page.get_by_role("link", name="Overlever", exact=True).click()
    page.wait_for_load_state()
    expect(page.get_by_role("heading", level=1)).to_have_text("Overlevering")
    assert faults_of(page) == []
    page.locator("#id_successor").fill("ny.kontakt@drammen.example")
    page.locator("#id_note").fill("Påmeldingene til kursene ligger i kurskalenderen.")
    save(page, "Overlever")
    expect(page.get_by_role("main")).to_contain_text("de det gjelder, får beskjed")
    handover = Handover.objects.get()
    assert (handover.successor, handover.appointment.user) == (
        person("ny.kontakt"),
        person("kontakt.kompetanse"),
    )
    last = handover.appointment.valid_to
    assert last is not None
    assert carry_out_due_handovers(by=WORKER, today=last) == 0
    assert carry_out_due_handovers(by=WORKER, today=last + timedelta(days=1)) == 1
    assert handover.appointment.unit == Unit.objects.get(name=LEAVES)


def a_unit_moves_on_its_day(admin: Tab) -> None:
    page = unit_page(admin, MOVES)
    expect(page.get_by_role("main")).to_contain_text("Planlagt")
    change = Unit.objects.get(name=MOVES).changes.get()
    assert carry_out_due_changes(by=WORKER, today=change.on - timedelta(days=1)) == 0
    assert carry_out_due_changes(by=WORKER, today=change.on) == 1
    page = unit_page(admin, MOVES)
    expect(page.get_by_role("main")).to_contain_text(f"hører til {MOVES_TO}", use_inner_text=True)
    expect(page.get_by_role("main")).to_contain_text("Gjennomført")


def a_unit_gets_a_new_name(admin: Tab) -> None:
    page = unit_page(admin, UNIT)
    page.get_by_role("link", name="Gi nytt navn").click()
    page.locator("#id_name").fill(NEW_NAME)
    save(page, "Gi nytt navn")
    expect(page.get_by_role("heading", level=1)).to_have_text(NEW_NAME)
    page = admin.go("/rapportering/")
    expect(page.get_by_role("main")).to_contain_text(NEW_NAME)


def old_documents_keep_the_old_one(admin: Tab) -> None:
    """What was adopted before keeps the name it was adopted with."""
    page = admin.go("/budsjett/2026/kommunen-direkte/1/kapittel/")
    expect(page.locator("body")).to_contain_text(UNIT)
    expect(page.locator("body")).not_to_contain_text(NEW_NAME)


def the_year_is_published(klima: Tab, number: int) -> None:
    page = klima.go("/rapportering/2026-T2/publiser/?for=klimautvalget")
    save(page, "Publiser sammendrag")
    expect(page.get_by_role("progressbar")).to_be_visible()
    work_off_jobs()
    expect(page.get_by_text(f"Publisert som nr. {number}.")).to_be_visible()


def each_publication_has_the_names_of_its_day(anybody: Tab) -> None:
    """What everybody reads without logging in: frozen as it was published, before and after."""
    for number, name, other in ((1, UNIT, NEW_NAME), (2, NEW_NAME, UNIT)):
        page = anybody.go(f"/apent/2026-T2/{number}/")
        expect(page.get_by_role("main")).to_contain_text(name)
        expect(page.get_by_role("main")).not_to_contain_text(other)
        assert faults_of(page) == []
